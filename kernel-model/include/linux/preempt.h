/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

#include <linux/compiler.h>

/*
 * How many reasons the running task has not to sleep.  Belongs to the task;
 * schedule() refuses to switch while it is not zero.
 */
int *preempt_count_ptr(void);

#define preempt_count()		(*preempt_count_ptr())
#define preempt_disable()	do { preempt_count()++; barrier(); } while (0)
#define preempt_enable()	do { barrier(); preempt_count()--; } while (0)

#define SOFTIRQ_OFFSET		0x100

#define in_softirq()		(preempt_count() & 0xff00)
#define in_interrupt()		(preempt_count() & 0xffff00)
#define in_atomic()		(preempt_count() != 0)

#define local_bh_disable()	((void)(preempt_count() += SOFTIRQ_OFFSET))

/* kernel/softirq.c: what was held back may run when nothing else is in the way. */
void do_softirq(void);

#define local_bh_enable()	do { preempt_count() -= SOFTIRQ_OFFSET; do_softirq(); } while (0)

#endif /* _LINUX_PREEMPT_H */
