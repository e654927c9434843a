/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CPUMASK_H
#define _LINUX_CPUMASK_H

#include <linux/bitmap.h>

#define NR_CPUS	CONFIG_NR_CPUS

typedef struct { DECLARE_BITMAP(bits, NR_CPUS); } cpumask_t;

#define CPU_MASK_NONE	((cpumask_t){ { 0 } })
#define CPU_MASK_ALL	((cpumask_t){ { (2UL << (NR_CPUS - 1)) - 1 } })

#define cpu_set(cpu, map)	set_bit((cpu), (map).bits)
#define cpu_clear(cpu, map)	clear_bit((cpu), (map).bits)
#define cpu_isset(cpu, map)	test_bit((cpu), (map).bits)
#define cpus_weight(map)	bitmap_weight((map).bits, NR_CPUS)
#define cpus_empty(map)		(!cpus_weight(map))
#define first_cpu(map)		((int)find_first_bit((map).bits, NR_CPUS))
#define next_cpu(cpu, map)	((int)find_next_bit((map).bits, NR_CPUS, (cpu) + 1))
#define any_online_cpu(mask)	__any_online_cpu(&(mask))

extern cpumask_t cpu_online_map;
extern cpumask_t cpu_possible_map;

int __any_online_cpu(const cpumask_t *mask);

#define num_online_cpus()	cpus_weight(cpu_online_map)
#define cpu_online(cpu)		cpu_isset((cpu), cpu_online_map)

#define for_each_cpu_mask(cpu, map) \
	for ((cpu) = first_cpu(map); (cpu) < NR_CPUS; (cpu) = next_cpu((cpu), (map)))
#define for_each_cpu(cpu)		for_each_cpu_mask((cpu), cpu_possible_map)
#define for_each_online_cpu(cpu)	for_each_cpu_mask((cpu), cpu_online_map)

#endif /* _LINUX_CPUMASK_H */
