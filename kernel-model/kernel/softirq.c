// SPDX-License-Identifier: GPL-2.0-only
/* Soft interrupts: see <linux/interrupt.h>. */
#include <linux/interrupt.h>
#include <linux/bitops.h>
#include <linux/module.h>
#include <linux/sched.h>

static struct softirq_action softirq_vec[NR_SOFTIRQS];
static unsigned long softirq_pending;

void open_softirq(int nr, void (*action)(struct softirq_action *h), void *data)
{
	softirq_vec[nr].action = action;
	softirq_vec[nr].data = data;
}
EXPORT_SYMBOL(open_softirq);

void raise_softirq(unsigned int nr)
{
	softirq_pending |= 1UL << nr;
}
EXPORT_SYMBOL(raise_softirq);

/**
 * do_softirq - do what has been left for later
 *
 * Does nothing while the task holds a lock: what runs here may want it.  The
 * actions themselves cannot be interrupted by others.
 */
void do_softirq(void)
{
	unsigned long pending;

	while (softirq_pending && !preempt_count()) {
		pending = softirq_pending;
		softirq_pending = 0;
		local_bh_disable();
		for (; pending; pending &= pending - 1)
			softirq_vec[__ffs(pending)].action(&softirq_vec[__ffs(pending)]);
		preempt_count() -= SOFTIRQ_OFFSET;
	}
}
EXPORT_SYMBOL(do_softirq);
