/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

#include <linux/cpumask.h>
#include <linux/preempt.h>

extern int current_cpu;

#define smp_processor_id()	current_cpu

#endif /* _LINUX_SMP_H */
