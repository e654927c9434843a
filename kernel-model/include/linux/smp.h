/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

#include <linux/cpumask.h>
#include <linux/preempt.h>

extern int current_cpu;

#define smp_processor_id()	current_cpu
#define raw_smp_processor_id()	current_cpu
#define get_cpu()		({ preempt_disable(); smp_processor_id(); })
#define put_cpu()		preempt_enable()

#define smp_mb()	barrier()
#define smp_rmb()	barrier()
#define smp_wmb()	barrier()
#define mb()		barrier()
#define rmb()		barrier()
#define wmb()		barrier()

#endif /* _LINUX_SMP_H */
