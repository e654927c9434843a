/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/preempt.h>

/*
 * Work that an interrupt, or what stands for one, leaves for later.  It runs
 * when the running task lets go of its last lock with local_bh_enable(), when
 * a system call ends and before each switch of tasks.
 */
enum {
	NET_TX_SOFTIRQ,
	NET_RX_SOFTIRQ,
	NR_SOFTIRQS
};

struct softirq_action {
	void (*action)(struct softirq_action *h);
	void *data;
};

void open_softirq(int nr, void (*action)(struct softirq_action *h), void *data);
void raise_softirq(unsigned int nr);
void do_softirq(void);

#endif /* _LINUX_INTERRUPT_H */
