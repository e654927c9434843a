// SPDX-License-Identifier: GPL-2.0-only
/*
 * The scheduler: a run queue for each simulated processor, of which one at a
 * time does something.  A task runs until it calls schedule(); then the next
 * processor with work to do has its turn.  With a seed on the boot command line
 * the choice is made at random, the same on each run.
 */
#include <linux/sched.h>
#include <linux/interrupt.h>
#include <linux/percpu.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

struct runqueue {
	spinlock_t lock;		/* of all that is here */
	unsigned long nr_running;
	unsigned long nr_rt;
	unsigned long nr_uninterruptible;
	unsigned long nr_switches;
	struct task_struct *curr;
	struct list_head queue;
};

static DEFINE_PER_CPU(struct runqueue, runqueues);

#define cpu_rq(cpu)	(&per_cpu(runqueues, cpu))
#define task_rq(p)	cpu_rq(task_cpu(p))

cpumask_t cpu_online_map = CPU_MASK_ALL;
cpumask_t cpu_possible_map = CPU_MASK_ALL;
int current_cpu;
struct task_struct *current_task = &init_task;

/* Time moves by a tick when this many switches went by without anyone idle. */
#define SWITCHES_PER_TICK 64

static u64 sched_seed;

static int __init seed_setup(char *value)
{
	sched_seed = simple_strtoul(value, NULL, 0);
	return 0;
}
__setup("seed=", seed_setup);

/**
 * sched_reseed - begin another order of tasks
 * @seed: 0 for tasks in turn, and no switch at cond_resched()
 *
 * Returns the state of the old one, with which it would go on.
 */
u64 sched_reseed(u64 seed)
{
	u64 old = sched_seed;

	sched_seed = seed;
	return old;
}

int *preempt_count_ptr(void)
{
	return &current->thread.preempt_count;
}

/* xorshift64*: only for the order of tasks. */
static unsigned int sched_random(unsigned int below)
{
	sched_seed ^= sched_seed >> 12;
	sched_seed ^= sched_seed << 25;
	sched_seed ^= sched_seed >> 27;
	return (sched_seed * 0x2545f4914f6cdd1dULL >> 32) % below;
}

static void activate_task(struct task_struct *p, struct runqueue *rq)
{
	list_add_tail(&p->run_list, &rq->queue);
	p->on_rq = 1;
	rq->nr_running++;
	rq->nr_rt += rt_task(p);
}

static void deactivate_task(struct task_struct *p, struct runqueue *rq)
{
	list_del_init(&p->run_list);
	p->on_rq = 0;
	rq->nr_running--;
	rq->nr_rt -= rt_task(p);
	if (p->state == TASK_UNINTERRUPTIBLE)
		rq->nr_uninterruptible++;
}

static int try_to_wake_up(struct task_struct *p, unsigned int state)
{
	struct runqueue *rq = task_rq(p);

	if (!(p->state & state))
		return 0;
	spin_lock(&rq->lock);
	if (!p->on_rq) {
		if (p->state == TASK_UNINTERRUPTIBLE)
			rq->nr_uninterruptible--;
		activate_task(p, rq);
	}
	p->state = TASK_RUNNING;
	spin_unlock(&rq->lock);
	return 1;
}

int wake_up_process(struct task_struct *p)
{
	return try_to_wake_up(p, TASK_STOPPED | TASK_TRACED | TASK_INTERRUPTIBLE |
			      TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wake_up_process);

int wake_up_state(struct task_struct *p, unsigned int state)
{
	return try_to_wake_up(p, state);
}

/* The processor that has least to do, and that the task may use. */
static int find_idlest_cpu(struct task_struct *p)
{
	int cpu, best = -1;

	for_each_online_cpu(cpu) {
		if (!cpu_isset(cpu, p->cpus_allowed))
			continue;
		if (best < 0 || cpu_rq(cpu)->nr_running < cpu_rq(best)->nr_running)
			best = cpu;
	}
	return best < 0 ? 0 : best;
}

void sched_fork(struct task_struct *p)
{
	INIT_LIST_HEAD(&p->run_list);
	p->on_rq = 0;
	p->state = TASK_RUNNING;
	p->prio = p->static_prio;
	p->time_slice = DEF_TIMESLICE;
}

void wake_up_new_task(struct task_struct *p)
{
	struct runqueue *rq;

	p->cpu = find_idlest_cpu(p);
	rq = task_rq(p);
	spin_lock(&rq->lock);
	activate_task(p, rq);
	spin_unlock(&rq->lock);
}

/* The most urgent one with a real-time policy comes before all others. */
static struct task_struct *pick_rt(struct runqueue *rq)
{
	struct task_struct *p, *best = NULL;

	list_for_each_entry(p, &rq->queue, run_list)
		if (rt_task(p) && (!best || p->prio < best->prio))
			best = p;
	return best;
}

static struct task_struct *pick_from(struct runqueue *rq)
{
	struct list_head *pos = rq->queue.next;

	if (rq->nr_rt)
		return pick_rt(rq);

	if (sched_seed) {
		unsigned int skip = sched_random(rq->nr_running);

		while (skip--)
			pos = pos->next;
	}
	return list_entry(pos, struct task_struct, run_list);
}

static struct task_struct *pick_next_task(void)
{
	int first = sched_seed ? (int)sched_random(NR_CPUS) : current_cpu + 1;
	int i;

	for (i = 0; i < NR_CPUS; i++) {
		int cpu = (first + i) % NR_CPUS;

		if (cpu_online(cpu) && cpu_rq(cpu)->nr_running) {
			current_cpu = cpu;
			return pick_from(cpu_rq(cpu));
		}
	}
	return &init_task;
}

/* On the way out of a switch, in the task that runs now. */
static void finish_task_switch(struct task_struct *prev)
{
	if (prev->flags & PF_DEAD) {
		release_thread(prev);
		put_task_struct(prev);
	}
}

/* Who ran before: the task that a switch leads to must know. */
static struct task_struct *switched_from;

static void context_switch(struct task_struct *prev, struct task_struct *next)
{
	cpu_rq(current_cpu)->nr_switches++;
	cpu_rq(current_cpu)->curr = next;
	switched_from = prev;
	current_task = next;
	switch_to(prev, next);
	finish_task_switch(switched_from);
}

/* What a new task does first: the other end of the switch to it. */
void schedule_tail(void)
{
	finish_task_switch(switched_from);
}

static void schedule_debug(struct task_struct *prev)
{
	if (unlikely(in_atomic()))
		panic("scheduling while atomic: %s/%d, count %#x", prev->comm, prev->pid,
		      preempt_count());
}

/**
 * schedule - let another task run
 *
 * The caller has set current->state: a task that is not TASK_RUNNING stays away
 * until someone wakes it.
 */
void schedule(void)
{
	struct task_struct *prev = current, *next;
	static unsigned int switches;

	schedule_debug(prev);
	do_softirq();
	rcu_process_callbacks();
	if (++switches % SWITCHES_PER_TICK == 0)
		do_timer(1);
	if (prev != &init_task) {
		struct runqueue *rq = task_rq(prev);

		if (prev->state == TASK_INTERRUPTIBLE && signal_pending(prev))
			prev->state = TASK_RUNNING;
		spin_lock(&rq->lock);
		if (prev->state && prev->on_rq)
			deactivate_task(prev, rq);
		else if (prev->on_rq)
			list_move_tail(&prev->run_list, &rq->queue);
		spin_unlock(&rq->lock);
		prev->nvcsw++;
	}
	next = pick_next_task();
	if (next != prev)
		context_switch(prev, next);
}
EXPORT_SYMBOL(schedule);

void yield(void)
{
	set_current_state(TASK_RUNNING);
	schedule();
}
EXPORT_SYMBOL(yield);

/**
 * cond_resched - a point at which another task may run
 *
 * With a seed this is where races are tried out.
 */
int cond_resched(void)
{
	if (!sched_seed || in_atomic() || sched_random(2))
		return 0;
	yield();
	return 1;
}
EXPORT_SYMBOL(cond_resched);

void __might_sleep(const char *file, int line)
{
	if (unlikely(in_atomic()))
		panic("sleeping function called from invalid context at %s:%d", file, line);
}

static void process_timeout(unsigned long data)
{
	wake_up_process((struct task_struct *)data);
}

/**
 * schedule_timeout - schedule(), at most for so many jiffies
 *
 * Returns what is left of the time, 0 when it is over.
 */
long schedule_timeout(long timeout)
{
	struct timer_list timer;
	unsigned long expires = timeout + jiffies;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	BUG_ON(timeout < 0);
	setup_timer(&timer, process_timeout, (unsigned long)current);
	timer.expires = expires;
	add_timer(&timer);
	schedule();
	del_timer_sync(&timer);
	timeout = expires - jiffies;
	return timeout < 0 ? 0 : timeout;
}
EXPORT_SYMBOL(schedule_timeout);

long schedule_timeout_interruptible(long timeout)
{
	__set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}

long schedule_timeout_uninterruptible(long timeout)
{
	__set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}

void msleep(unsigned int msecs)
{
	long timeout = msecs_to_jiffies(msecs);

	while (timeout)
		timeout = schedule_timeout_uninterruptible(timeout);
}
EXPORT_SYMBOL(msleep);

/* Called from the timer tick. */
void scheduler_tick(void)
{
	struct task_struct *p = current;

	if (p == &init_task)
		return;
	p->stime++;
	if (!--p->time_slice)
		p->time_slice = DEF_TIMESLICE;
}

void set_user_nice(struct task_struct *p, long nice)
{
	p->static_prio = NICE_TO_PRIO(nice);
	if (!rt_task(p))
		p->prio = p->static_prio;
}
EXPORT_SYMBOL(set_user_nice);

int task_nice(const struct task_struct *p)
{
	return TASK_NICE(p);
}

/* Niceness 19 to -20 is 1 to 40 in RLIMIT_NICE. */
int can_nice(const struct task_struct *p, int nice)
{
	return 20UL - nice <= p->signal->rlim[RLIMIT_NICE].rlim_cur || capable(CAP_SYS_NICE);
}

asmlinkage long sys_nice(int increment)
{
	long nice;

	increment = max(-40, min(40, increment));
	nice = max(-20, min(19, task_nice(current) + increment));
	if (increment < 0 && !can_nice(current, nice))
		return -EPERM;
	set_user_nice(current, nice);
	return 0;
}

static void __setscheduler(struct task_struct *p, int policy, int prio)
{
	struct runqueue *rq = task_rq(p);

	spin_lock(&rq->lock);
	rq->nr_rt -= p->on_rq && rt_task(p);
	p->policy = policy;
	p->rt_priority = prio;
	p->prio = prio ? MAX_RT_PRIO - 1 - prio : p->static_prio;
	rq->nr_rt += p->on_rq && rt_task(p);
	spin_unlock(&rq->lock);
}

/* Users may take what RLIMIT_RTPRIO lets them, of their own tasks. */
static int may_setscheduler(const struct task_struct *p, int policy, int prio)
{
	unsigned long rlim_rtprio = p->signal->rlim[RLIMIT_RTPRIO].rlim_cur;

	if (capable(CAP_SYS_NICE))
		return 1;
	if (policy != (int)p->policy && !rlim_rtprio)
		return 0;
	if (prio > (int)p->rt_priority && (unsigned long)prio > rlim_rtprio)
		return 0;
	return current->euid == p->euid || current->euid == p->uid;
}

/**
 * sched_setscheduler - change how a task is chosen to run
 * @p: the task
 * @policy: SCHED_*, or -1 for the one it has
 * @param: its priority, 1 to 99 for SCHED_FIFO and SCHED_RR, else 0
 */
int sched_setscheduler(struct task_struct *p, int policy, struct sched_param *param)
{
	int prio = param->sched_priority;

	if (policy < 0)
		policy = p->policy;
	else if (policy > SCHED_BATCH)
		return -EINVAL;
	if (prio < 0 || prio > MAX_USER_RT_PRIO - 1)
		return -EINVAL;
	if ((policy == SCHED_NORMAL || policy == SCHED_BATCH) != !prio)
		return -EINVAL;
	if (!may_setscheduler(p, policy, prio))
		return -EPERM;
	__setscheduler(p, policy, prio);
	return 0;
}
EXPORT_SYMBOL(sched_setscheduler);

static struct task_struct *find_process_by_pid(pid_t pid)
{
	return pid ? find_task_by_pid(pid) : current;
}

static int do_sched_setscheduler(pid_t pid, int policy, struct sched_param __user *param)
{
	struct sched_param lparam;
	struct task_struct *p;
	int retval = -ESRCH;

	if (!param || pid < 0)
		return -EINVAL;
	if (copy_from_user(&lparam, param, sizeof(lparam)))
		return -EFAULT;
	read_lock(&tasklist_lock);
	p = find_process_by_pid(pid);
	if (p)
		retval = sched_setscheduler(p, policy, &lparam);
	read_unlock(&tasklist_lock);
	return retval;
}

asmlinkage long sys_sched_setscheduler(pid_t pid, int policy, struct sched_param __user *param)
{
	return policy < 0 ? -EINVAL : do_sched_setscheduler(pid, policy, param);
}

asmlinkage long sys_sched_setparam(pid_t pid, struct sched_param __user *param)
{
	return do_sched_setscheduler(pid, -1, param);
}

asmlinkage long sys_sched_getscheduler(pid_t pid)
{
	struct task_struct *p;
	long retval = -ESRCH;

	if (pid < 0)
		return -EINVAL;
	read_lock(&tasklist_lock);
	p = find_process_by_pid(pid);
	if (p)
		retval = p->policy;
	read_unlock(&tasklist_lock);
	return retval;
}

asmlinkage long sys_sched_getparam(pid_t pid, struct sched_param __user *param)
{
	struct sched_param lp = { 0 };
	struct task_struct *p;

	if (!param || pid < 0)
		return -EINVAL;
	read_lock(&tasklist_lock);
	p = find_process_by_pid(pid);
	if (p)
		lp.sched_priority = p->rt_priority;
	read_unlock(&tasklist_lock);
	if (!p)
		return -ESRCH;
	return copy_to_user(param, &lp, sizeof(lp)) ? -EFAULT : 0;
}

static long priority_limit(int policy, long limit)
{
	switch (policy) {
	case SCHED_FIFO:
	case SCHED_RR:
		return limit;
	case SCHED_NORMAL:
	case SCHED_BATCH:
		return 0;
	}
	return -EINVAL;
}

asmlinkage long sys_sched_get_priority_max(int policy)
{
	return priority_limit(policy, MAX_USER_RT_PRIO - 1);
}

asmlinkage long sys_sched_get_priority_min(int policy)
{
	return priority_limit(policy, 1);
}

asmlinkage long sys_sched_yield(void)
{
	yield();
	return 0;
}

/* Takes a task to another processor, unless it must not run there. */
static void __migrate_task(struct task_struct *p, int src_cpu, int dest_cpu)
{
	struct runqueue *src = cpu_rq(src_cpu);

	if (task_cpu(p) != src_cpu || !cpu_online(dest_cpu) ||
	    !cpu_isset(dest_cpu, p->cpus_allowed))
		return;
	spin_lock(&src->lock);
	p->cpu = dest_cpu;
	if (p->on_rq) {
		list_del_init(&p->run_list);
		src->nr_running--;
		src->nr_rt -= rt_task(p);
		activate_task(p, cpu_rq(dest_cpu));
	} else if (p->state == TASK_UNINTERRUPTIBLE) {
		src->nr_uninterruptible--;
		cpu_rq(dest_cpu)->nr_uninterruptible++;
	}
	spin_unlock(&src->lock);
}

/**
 * set_cpus_allowed - move a task to processors of a set
 *
 * Returns -EINVAL if none of them is online.
 */
int set_cpus_allowed(struct task_struct *p, cpumask_t new_mask)
{
	int cpu = any_online_cpu(new_mask);

	if (cpu >= NR_CPUS)
		return -EINVAL;
	p->cpus_allowed = new_mask;
	if (!cpu_isset(task_cpu(p), new_mask))
		__migrate_task(p, task_cpu(p), cpu);
	return 0;
}
EXPORT_SYMBOL(set_cpus_allowed);

/* When all it may use are gone, a task may use any processor. */
static void move_task_off_dead_cpu(int dead_cpu, struct task_struct *tsk)
{
	int dest_cpu = any_online_cpu(tsk->cpus_allowed);

	if (dest_cpu >= NR_CPUS) {
		tsk->cpus_allowed = CPU_MASK_ALL;
		dest_cpu = any_online_cpu(tsk->cpus_allowed);
		printk(KERN_INFO "process %d (%s) no longer affine to cpu%d\n", tsk->pid,
		       tsk->comm, dead_cpu);
	}
	cond_resched();
	__migrate_task(tsk, dead_cpu, dest_cpu);
}

/**
 * migrate_live_tasks - a processor is gone: its tasks go to others
 * @src_cpu: not in cpu_online_map any more
 */
void migrate_live_tasks(int src_cpu)
{
	struct task_struct *p;
	int pid;

	for (pid = 1; pid < pid_max; pid++) {
		read_lock(&tasklist_lock);
		p = find_task_by_pid(pid);
		if (p && task_cpu(p) == src_cpu)
			get_task_struct(p);
		else
			p = NULL;
		read_unlock(&tasklist_lock);
		if (!p)
			continue;
		move_task_off_dead_cpu(src_cpu, p);
		put_task_struct(p);
	}
	BUG_ON(cpu_rq(src_cpu)->nr_running);
}

static int may_set_affinity(const struct task_struct *p)
{
	return current->euid == p->euid || current->euid == p->uid || capable(CAP_SYS_NICE);
}

asmlinkage long sys_sched_setaffinity(pid_t pid, unsigned int len,
				      unsigned long __user *user_mask_ptr)
{
	cpumask_t new_mask = CPU_MASK_NONE;
	struct task_struct *p;
	int retval;

	if (copy_from_user(&new_mask, user_mask_ptr, min_t(unsigned int, len, sizeof(new_mask))))
		return -EFAULT;
	new_mask.bits[0] &= cpu_possible_map.bits[0];
	read_lock(&tasklist_lock);
	p = find_process_by_pid(pid);
	if (!p)
		retval = -ESRCH;
	else
		retval = may_set_affinity(p) ? set_cpus_allowed(p, new_mask) : -EPERM;
	read_unlock(&tasklist_lock);
	return retval;
}

/* Returns how many bytes the kernel's set has. */
asmlinkage long sys_sched_getaffinity(pid_t pid, unsigned int len,
				      unsigned long __user *user_mask_ptr)
{
	struct task_struct *p;
	cpumask_t mask;

	if (len < sizeof(mask))
		return -EINVAL;
	read_lock(&tasklist_lock);
	p = find_process_by_pid(pid);
	if (p)
		bitmap_and(mask.bits, p->cpus_allowed.bits, cpu_online_map.bits, NR_CPUS);
	read_unlock(&tasklist_lock);
	if (!p)
		return -ESRCH;
	return copy_to_user(user_mask_ptr, &mask, sizeof(mask)) ? -EFAULT : (long)sizeof(mask);
}

unsigned long nr_running(void)
{
	unsigned long sum = 0;
	int cpu;

	for_each_online_cpu(cpu)
		sum += cpu_rq(cpu)->nr_running;
	return sum;
}

unsigned long nr_active(void)
{
	unsigned long sum = nr_running();
	int cpu;

	for_each_online_cpu(cpu)
		sum += cpu_rq(cpu)->nr_uninterruptible;
	return sum;
}

unsigned long nr_context_switches(void)
{
	unsigned long sum = 0;
	int cpu;

	for_each_cpu(cpu)
		sum += cpu_rq(cpu)->nr_switches;
	return sum;
}

void __init sched_init(void)
{
	int cpu;

	for_each_cpu(cpu) {
		INIT_LIST_HEAD(&cpu_rq(cpu)->queue);
		cpu_rq(cpu)->curr = &init_task;
	}
}
