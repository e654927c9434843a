/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/list.h>
#include <linux/timer.h>

struct workqueue_struct;

/**
 * struct work_struct - something to do later, by a thread that may sleep
 * @pending: bit 0 is set while it waits to be done
 * @func: what to do; the work may be queued anew from there
 * @data: for @func
 * @wq_data: the queue, for delayed work
 * @timer: for delayed work
 */
struct work_struct {
	unsigned long pending;
	struct list_head entry;
	void (*func)(void *data);
	void *data;
	struct workqueue_struct *wq_data;
	struct timer_list timer;
};

#define __WORK_INITIALIZER(n, f, d) \
	{ .entry = LIST_HEAD_INIT((n).entry), .func = (f), .data = (d) }
#define DECLARE_WORK(n, f, d) struct work_struct n = __WORK_INITIALIZER(n, f, d)
#define INIT_WORK(work, f, d) do {			\
	INIT_LIST_HEAD(&(work)->entry);			\
	(work)->pending = 0;				\
	(work)->func = (f);				\
	(work)->data = (d);				\
	init_timer(&(work)->timer);			\
} while (0)

struct workqueue_struct *create_workqueue(const char *name);
#define create_singlethread_workqueue(name) create_workqueue(name)
void destroy_workqueue(struct workqueue_struct *wq);
int queue_work(struct workqueue_struct *wq, struct work_struct *work);
int queue_delayed_work(struct workqueue_struct *wq, struct work_struct *work,
		       unsigned long delay);
void flush_workqueue(struct workqueue_struct *wq);

/* The same on keventd's queue. */
int schedule_work(struct work_struct *work);
int schedule_delayed_work(struct work_struct *work, unsigned long delay);
void flush_scheduled_work(void);

/* Returns 1 if the work will not be done, 0 if it has begun or never was queued. */
static inline int cancel_delayed_work(struct work_struct *work)
{
	int ret = del_timer_sync(&work->timer);

	if (ret)
		work->pending = 0;
	return ret;
}

#endif /* _LINUX_WORKQUEUE_H */
