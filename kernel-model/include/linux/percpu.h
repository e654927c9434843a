/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

#include <linux/smp.h>
#include <linux/slab.h>

#define DEFINE_PER_CPU(type, name)	__typeof__(type) per_cpu__##name[NR_CPUS]
#define DECLARE_PER_CPU(type, name)	extern __typeof__(type) per_cpu__##name[NR_CPUS]

#define per_cpu(var, cpu)	(per_cpu__##var[cpu])
#define __get_cpu_var(var)	per_cpu(var, smp_processor_id())
#define get_cpu_var(var)	(*({ preempt_disable(); &__get_cpu_var(var); }))
#define put_cpu_var(var)	preempt_enable()

/* Dynamic per-cpu data: NR_CPUS copies side by side. */
static inline void *__alloc_percpu(size_t size)
{
	return kcalloc(NR_CPUS, size, GFP_KERNEL);
}

#define alloc_percpu(type) \
	((type *)__alloc_percpu(sizeof(type)))
#define free_percpu(ptr)	kfree(ptr)
#define per_cpu_ptr(ptr, cpu)	(&(ptr)[cpu])

#endif /* _LINUX_PERCPU_H */
