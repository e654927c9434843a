// SPDX-License-Identifier: GPL-2.0-only
/* When no memory is left: whom to kill. */
#include <linux/mm.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/swap.h>

static unsigned long int_sqrt(unsigned long x)
{
	unsigned long r = 0;

	while ((r + 1) * (r + 1) <= x)
		r++;
	return r;
}

/* A task is worth half of the memory of children with their own. */
static unsigned long memory_points(struct task_struct *p)
{
	unsigned long points = p->mm->total_vm;
	struct task_struct *child;

	list_for_each_entry(child, &p->children, sibling)
		if (child->mm && child->mm != p->mm)
			points += child->mm->total_vm / 2 + 1;
	return points;
}

/**
 * badness - how much would be won, for how little loss
 * @uptime: in seconds
 *
 * The size, less for what has worked much, has been there for long, or is
 * root's; more for what is nice; shifted by /proc/PID/oom_adj.
 */
unsigned long badness(struct task_struct *p, unsigned long uptime)
{
	unsigned long points, cpu_time, run_time, s;

	if (!p->mm)
		return 0;
	points = memory_points(p);
	cpu_time = (p->utime + p->stime) / (8 * HZ);
	run_time = uptime > p->start_time.tv_sec ? (uptime - p->start_time.tv_sec) >> 10 : 0;
	s = int_sqrt(cpu_time);
	if (s)
		points /= s;
	s = int_sqrt(int_sqrt(run_time));
	if (s)
		points /= s;
	if (TASK_NICE(p) > 0)
		points *= 2;
	if (cap_raised(p->cap_effective, CAP_SYS_ADMIN) || !p->uid || !p->euid)
		points /= 4;
	if (cap_raised(p->cap_effective, CAP_SYS_RAWIO))
		points /= 4;
	if (p->oomkilladj > 0)
		points <<= p->oomkilladj;
	else
		points >>= -p->oomkilladj;
	return points;
}

/*
 * The worst of all, with tasklist_lock held.  An error means that somebody is on
 * his way out and memory will come back by itself; NULL that there is nobody.
 */
static struct task_struct *select_bad_process(void)
{
	unsigned long maxpoints = 0, points, uptime = jiffies / HZ;
	struct task_struct *g, *p, *chosen = NULL;

	do_each_thread(g, p) {
		if (p->pid == 1 || p->oomkilladj == OOM_DISABLE)
			continue;
		if ((test_tsk_thread_flag(p, TIF_MEMDIE) || p->flags & PF_EXITING) &&
		    !(p->flags & PF_DEAD))
			return ERR_PTR(-EBUSY);
		points = badness(p, uptime);
		if (points > maxpoints || !chosen) {
			if (!p->mm)
				continue;
			chosen = p;
			maxpoints = points;
		}
	} while_each_thread(g, p);
	return chosen;
}

/* The victim may have all memory there is, so that it can end. */
static void __oom_kill_task(struct task_struct *p)
{
	printk(KERN_ERR "Out of Memory: Killed process %d (%s).\n", p->pid, p->comm);
	p->time_slice = HZ;
	set_tsk_thread_flag(p, TIF_MEMDIE);
	force_sig(SIGKILL, p);
}

/* And so do all who share its memory.  Returns 0 if it had none after all. */
static int oom_kill_task(struct task_struct *victim)
{
	struct mm_struct *mm = victim->mm;
	struct task_struct *g, *p;

	if (!mm || victim->pid == 1)
		return 0;
	__oom_kill_task(victim);
	do_each_thread(g, p) {
		if (p->mm == mm && p->tgid != victim->tgid)
			__oom_kill_task(p);
	} while_each_thread(g, p);
	return 1;
}

/* A child rather than the task itself, where it has memory of its own. */
static int oom_kill_process(struct task_struct *p)
{
	struct task_struct *child;

	list_for_each_entry(child, &p->children, sibling)
		if (child->mm != p->mm && oom_kill_task(child))
			return 1;
	return oom_kill_task(p);
}

/**
 * out_of_memory - kill somebody, and give him time to die
 */
void out_of_memory(gfp_t gfp_mask, int order)
{
	struct task_struct *p;

	if (printk_ratelimit()) {
		printk(KERN_ERR "oom-killer: gfp_mask=0x%x, order=%d\n", gfp_mask, order);
		show_free_areas();
	}
	read_lock(&tasklist_lock);
	p = select_bad_process();
	if (!p) {
		read_unlock(&tasklist_lock);
		panic("out of memory and no killable processes");
	}
	if (!IS_ERR(p))
		oom_kill_process(p);
	read_unlock(&tasklist_lock);
	if (!test_tsk_thread_flag(current, TIF_MEMDIE))
		schedule_timeout_interruptible(1);
}
