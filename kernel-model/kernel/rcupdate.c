// SPDX-License-Identifier: GPL-2.0-only
#include <linux/rcupdate.h>
#include <linux/module.h>
#include <linux/types.h>

static struct rcu_head *rcu_curlist;
static struct rcu_head **rcu_curtail = &rcu_curlist;

void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head))
{
	head->func = func;
	head->next = NULL;
	*rcu_curtail = head;
	rcu_curtail = &head->next;
}
EXPORT_SYMBOL(call_rcu);

/* The caller is no reader, and nobody else runs: all readers are done. */
void rcu_process_callbacks(void)
{
	struct rcu_head *head, *next;

	while (rcu_curlist) {
		head = rcu_curlist;
		rcu_curlist = NULL;
		rcu_curtail = &rcu_curlist;
		for (; head; head = next) {
			next = head->next;
			head->func(head);
		}
	}
}

void synchronize_rcu(void)
{
	might_sleep();
	rcu_process_callbacks();
}
EXPORT_SYMBOL(synchronize_rcu);

void rcu_barrier(void)
{
	synchronize_rcu();
}
EXPORT_SYMBOL(rcu_barrier);
