/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H

#include <linux/preempt.h>
#include <linux/kernel.h>

/*
 * A reader may not sleep, and only one task runs at a time: so when a task
 * switches, no reader is left.  Callbacks run there, at the end of a step.
 */
struct rcu_head {
	struct rcu_head *next;
	void (*func)(struct rcu_head *head);
};

#define RCU_HEAD_INIT		{ .next = NULL, .func = NULL }
#define INIT_RCU_HEAD(ptr)	((ptr)->next = NULL, (ptr)->func = NULL)

#define rcu_read_lock()		preempt_disable()
#define rcu_read_unlock()	preempt_enable()
#define rcu_read_lock_bh()	preempt_disable()
#define rcu_read_unlock_bh()	preempt_enable()
#define rcu_dereference(p)	(p)
#define rcu_assign_pointer(p, v) ((p) = (v))

void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));
void synchronize_rcu(void);
void rcu_barrier(void);
void rcu_process_callbacks(void);

#define synchronize_net()	synchronize_rcu()

#endif /* _LINUX_RCUPDATE_H */
