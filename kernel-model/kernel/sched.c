// SPDX-License-Identifier: GPL-2.0-only
/*
 * The scheduler: a run queue for each simulated processor, of which one at a
 * time does something.  A task runs until it calls schedule(); then the next
 * processor with work to do has its turn.  With a seed on the boot command line
 * the choice is made at random, the same on each run.
 */
#include <linux/sched.h>
#include <linux/percpu.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>

struct runqueue {
	spinlock_t lock;
	unsigned long nr_running;
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
}

static void deactivate_task(struct task_struct *p, struct runqueue *rq)
{
	list_del_init(&p->run_list);
	p->on_rq = 0;
	rq->nr_running--;
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

static struct task_struct *pick_from(struct runqueue *rq)
{
	struct list_head *pos = rq->queue.next;

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

		if (cpu_rq(cpu)->nr_running) {
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
	p->prio = p->static_prio;
}
EXPORT_SYMBOL(set_user_nice);

/**
 * set_cpus_allowed - move a task to processors of a set
 *
 * Returns -EINVAL if none of them is online.
 */
int set_cpus_allowed(struct task_struct *p, cpumask_t new_mask)
{
	struct runqueue *rq = task_rq(p);
	int cpu = any_online_cpu(new_mask);

	if (cpu >= NR_CPUS)
		return -EINVAL;
	p->cpus_allowed = new_mask;
	if (cpu_isset(task_cpu(p), new_mask))
		return 0;
	if (p->on_rq) {
		list_del_init(&p->run_list);
		rq->nr_running--;
		p->cpu = cpu;
		activate_task(p, task_rq(p));
	}
	p->cpu = cpu;
	return 0;
}
EXPORT_SYMBOL(set_cpus_allowed);

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

int idle_cpu(int cpu)
{
	return !cpu_rq(cpu)->nr_running;
}

void __init sched_init(void)
{
	int cpu;

	for_each_cpu(cpu) {
		INIT_LIST_HEAD(&cpu_rq(cpu)->queue);
		cpu_rq(cpu)->curr = &init_task;
	}
}
