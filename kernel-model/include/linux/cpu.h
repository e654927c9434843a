/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H

#include <linux/notifier.h>

/* What notifiers are told; their data is the number of the processor. */
#define CPU_ONLINE		0x0002
#define CPU_DOWN_PREPARE	0x0005
#define CPU_DEAD		0x0007

int register_cpu_notifier(struct notifier_block *nb);
void unregister_cpu_notifier(struct notifier_block *nb);
int cpu_down(unsigned int cpu);
int cpu_up(unsigned int cpu);

#endif /* _LINUX_CPU_H */
