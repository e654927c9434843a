/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MQUEUE_H
#define _LINUX_MQUEUE_H

#include <linux/types.h>
#include <linux/signal.h>

#define MQ_PRIO_MAX	32768

struct mq_attr {
	long mq_flags;		/* O_NONBLOCK */
	long mq_maxmsg;		/* messages, at most */
	long mq_msgsize;	/* bytes in a message, at most */
	long mq_curmsgs;	/* messages now */
	long __reserved[4];
};

#define SIGEV_SIGNAL	0
#define SIGEV_NONE	1
#define SIGEV_THREAD	2

typedef struct sigevent {
	sigval_t sigev_value;
	int sigev_signo;
	int sigev_notify;
	int _pad[12];
} sigevent_t;

#endif /* _LINUX_MQUEUE_H */
