// SPDX-License-Identifier: GPL-2.0-only
/*
 * Time and timers.  Time is simulated: it moves by a tick now and then while
 * tasks run, and jumps to the next timer when all sleep.
 */
#include <linux/sched.h>
#include <linux/timer.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <linux/syscalls.h>
#include <linux/sysinfo.h>
#include <linux/uaccess.h>

u64 jiffies_64;

/* The day on which 2.6.16 came out: boot is always then. */
#define BOOT_TIME 1142812800

struct timespec xtime = { .tv_sec = BOOT_TIME };

static LIST_HEAD(timer_queue);
static DEFINE_SPINLOCK(timer_lock);

unsigned long avenrun[3];

#define FSHIFT		11
#define FIXED_1		(1 << FSHIFT)
#define LOAD_FREQ	(5 * HZ)

/* Decay over 5 s for averages of 1, 5 and 15 minutes, in 1/FIXED_1. */
static const unsigned long load_exp[3] = { 1884, 2014, 2037 };

static void __add_timer(struct timer_list *timer)
{
	struct list_head *pos;

	list_for_each_prev(pos, &timer_queue) {
		struct timer_list *t = list_entry(pos, struct timer_list, entry);

		if (!time_after(t->expires, timer->expires))
			break;
	}
	list_add(&timer->entry, pos);
}

int mod_timer(struct timer_list *timer, unsigned long expires)
{
	int pending = del_timer(timer);

	spin_lock(&timer_lock);
	timer->expires = expires;
	__add_timer(timer);
	spin_unlock(&timer_lock);
	return pending;
}
EXPORT_SYMBOL(mod_timer);

void add_timer(struct timer_list *timer)
{
	BUG_ON(timer_pending(timer));
	mod_timer(timer, timer->expires);
}
EXPORT_SYMBOL(add_timer);

int del_timer(struct timer_list *timer)
{
	if (!timer_pending(timer))
		return 0;
	spin_lock(&timer_lock);
	list_del(&timer->entry);
	timer->entry.next = NULL;
	spin_unlock(&timer_lock);
	return 1;
}
EXPORT_SYMBOL(del_timer);

int del_timer_sync(struct timer_list *timer)
{
	return del_timer(timer);
}
EXPORT_SYMBOL(del_timer_sync);

long next_timer_interrupt(void)
{
	struct timer_list *t;

	if (list_empty(&timer_queue))
		return -1;
	t = list_entry(timer_queue.next, struct timer_list, entry);
	return time_after(t->expires, jiffies) ? (long)(t->expires - jiffies) : 0;
}

static void run_timers(void)
{
	struct timer_list *t;

	local_bh_disable();
	while (!next_timer_interrupt()) {
		t = list_entry(timer_queue.next, struct timer_list, entry);
		del_timer(t);
		t->function(t->data);
	}
	local_bh_enable();
}

static void calc_load(unsigned long ticks)
{
	static unsigned long count;
	unsigned long active = nr_active() * FIXED_1;
	int i;

	for (count += ticks; count >= LOAD_FREQ; count -= LOAD_FREQ)
		for (i = 0; i < 3; i++)
			avenrun[i] = (avenrun[i] * load_exp[i] +
				      active * (FIXED_1 - load_exp[i])) >> FSHIFT;
}

/**
 * do_timer - time goes on
 * @ticks: by how many jiffies
 */
void do_timer(unsigned long ticks)
{
	jiffies_64 += ticks;
	xtime.tv_sec += ticks / HZ;
	xtime.tv_nsec += ticks % HZ * (NSEC_PER_SEC / HZ);
	if (xtime.tv_nsec >= NSEC_PER_SEC) {
		xtime.tv_nsec -= NSEC_PER_SEC;
		xtime.tv_sec++;
	}
	scheduler_tick();
	calc_load(ticks);
	run_timers();
}

unsigned long get_seconds(void)
{
	return xtime.tv_sec;
}
EXPORT_SYMBOL(get_seconds);

unsigned long timespec_to_jiffies(const struct timespec *value)
{
	return value->tv_sec * HZ + DIV_ROUND_UP(value->tv_nsec, NSEC_PER_SEC / HZ);
}

void jiffies_to_timespec(unsigned long j, struct timespec *value)
{
	value->tv_sec = j / HZ;
	value->tv_nsec = j % HZ * (NSEC_PER_SEC / HZ);
}

unsigned long timeval_to_jiffies(const struct timeval *value)
{
	return value->tv_sec * HZ + DIV_ROUND_UP(value->tv_usec, USEC_PER_SEC / HZ);
}

void jiffies_to_timeval(unsigned long j, struct timeval *value)
{
	value->tv_sec = j / HZ;
	value->tv_usec = j % HZ * (USEC_PER_SEC / HZ);
}

asmlinkage long sys_getpid(void)
{
	return current->tgid;
}

/*
 * No lock is needed to look at a number: a parent that ends in between is
 * noticed, because the task has another one then.
 */
asmlinkage long sys_getppid(void)
{
	struct task_struct *me = current, *parent = me->group_leader->real_parent, *old;
	pid_t pid;

	do {
		old = parent;
		cond_resched();
		pid = parent->tgid;
		parent = me->group_leader->real_parent;
	} while (old != parent);
	return pid;
}

asmlinkage long sys_getuid(void)
{
	return current->uid;
}

asmlinkage long sys_geteuid(void)
{
	return current->euid;
}

asmlinkage long sys_getgid(void)
{
	return current->gid;
}

asmlinkage long sys_getegid(void)
{
	return current->egid;
}

asmlinkage long sys_gettid(void)
{
	return current->pid;
}

static long sleep_until(unsigned long expires, struct timespec __user *rmtp);

static long nanosleep_restart(struct restart_block *restart)
{
	return sleep_until(restart->arg0, (struct timespec __user *)restart->arg1);
}

/* A signal that needs no handler lets the sleep go on to the same end. */
static long sleep_until(unsigned long expires, struct timespec __user *rmtp)
{
	struct restart_block *restart = &current->thread.restart_block;
	long left = expires - jiffies;
	struct timespec t;

	left = schedule_timeout_interruptible(max(left, 0L));
	if (!left)
		return 0;
	jiffies_to_timespec(left, &t);
	if (rmtp && copy_to_user(rmtp, &t, sizeof(t)))
		return -EFAULT;
	restart->fn = nanosleep_restart;
	restart->arg0 = expires;
	restart->arg1 = (unsigned long)rmtp;
	return -ERESTART_RESTARTBLOCK;
}

asmlinkage long sys_nanosleep(struct timespec __user *rqtp, struct timespec __user *rmtp)
{
	struct timespec t;

	if (copy_from_user(&t, rqtp, sizeof(t)))
		return -EFAULT;
	if (!timespec_valid(&t))
		return -EINVAL;
	return sleep_until(jiffies + timespec_to_jiffies(&t), rmtp);
}

asmlinkage long sys_sysinfo(struct sysinfo __user *info)
{
	struct sysinfo val;
	int i;

	memset(&val, 0, sizeof(val));
	val.uptime = jiffies / HZ;
	for (i = 0; i < 3; i++)
		val.loads[i] = avenrun[i] << (SI_LOAD_SHIFT - FSHIFT);
	val.procs = nr_threads;
	si_meminfo(&val);
	si_swapinfo(&val);
	/* Pages would do, but the sizes fit in bytes. */
	val.totalram <<= PAGE_SHIFT;
	val.freeram <<= PAGE_SHIFT;
	val.totalswap <<= PAGE_SHIFT;
	val.freeswap <<= PAGE_SHIFT;
	val.mem_unit = 1;
	return copy_to_user(info, &val, sizeof(val)) ? -EFAULT : 0;
}
