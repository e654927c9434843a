// SPDX-License-Identifier: GPL-2.0-only
/* Processors that come and go. */
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/semaphore.h>

/* One processor at a time changes. */
static DECLARE_MUTEX(cpucontrol);

static struct notifier_block *cpu_chain;

int register_cpu_notifier(struct notifier_block *nb)
{
	return notifier_chain_register(&cpu_chain, nb);
}
EXPORT_SYMBOL(register_cpu_notifier);

void unregister_cpu_notifier(struct notifier_block *nb)
{
	notifier_chain_unregister(&cpu_chain, nb);
}
EXPORT_SYMBOL(unregister_cpu_notifier);

static int take_cpu_down(unsigned int cpu)
{
	cpumask_t old_allowed = current->cpus_allowed, others = cpu_online_map;

	if (num_online_cpus() == 1)
		return -EBUSY;
	if (!cpu_online(cpu))
		return -EINVAL;
	if (notifier_call_chain(&cpu_chain, CPU_DOWN_PREPARE, (void *)(unsigned long)cpu) ==
	    NOTIFY_BAD)
		return -EINVAL;
	/* Who saws off the branch must not sit on it. */
	cpu_clear(cpu, others);
	set_cpus_allowed(current, others);
	yield();
	cpu_clear(cpu, cpu_online_map);
	migrate_live_tasks(cpu);
	notifier_call_chain(&cpu_chain, CPU_DEAD, (void *)(unsigned long)cpu);
	set_cpus_allowed(current, old_allowed);
	return 0;
}

/**
 * cpu_down - stop using a processor
 *
 * Returns -EBUSY for the last one.
 */
int cpu_down(unsigned int cpu)
{
	int err;

	down(&cpucontrol);
	err = take_cpu_down(cpu);
	up(&cpucontrol);
	return err;
}
EXPORT_SYMBOL(cpu_down);

int cpu_up(unsigned int cpu)
{
	int err = -EINVAL;

	down(&cpucontrol);
	if (cpu < NR_CPUS && !cpu_online(cpu) && cpu_isset(cpu, cpu_possible_map)) {
		cpu_set(cpu, cpu_online_map);
		notifier_call_chain(&cpu_chain, CPU_ONLINE, (void *)(unsigned long)cpu);
		err = 0;
	}
	up(&cpucontrol);
	return err;
}
EXPORT_SYMBOL(cpu_up);
