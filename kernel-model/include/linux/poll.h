/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_POLL_H
#define _LINUX_POLL_H

#include <linux/wait.h>
#include <linux/posix_types.h>
#include <linux/time.h>

#define POLLIN		0x0001
#define POLLPRI		0x0002
#define POLLOUT		0x0004
#define POLLERR		0x0008
#define POLLHUP		0x0010
#define POLLNVAL	0x0020
#define POLLRDNORM	0x0040
#define POLLRDBAND	0x0080
#define POLLWRNORM	0x0100
#define POLLWRBAND	0x0200

#define DEFAULT_POLLMASK (POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM)

struct pollfd {
	int fd;
	short events;
	short revents;
};

struct file;

/**
 * struct poll_table_struct - collects the queues that a poller waits on
 * @qproc: called by poll_wait() for each queue; NULL once nothing will sleep
 */
typedef struct poll_table_struct {
	void (*qproc)(struct file *filp, wait_queue_head_t *q, struct poll_table_struct *p);
} poll_table;

static inline void poll_wait(struct file *filp, wait_queue_head_t *q, poll_table *p)
{
	if (p && p->qproc && q)
		p->qproc(filp, q, p);
}

#endif /* _LINUX_POLL_H */
