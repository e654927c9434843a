// SPDX-License-Identifier: GPL-2.0-only
/* How tasks end, and how their parents learn of it. */
#include <linux/sched.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/sem.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

static void __unhash_process(struct task_struct *p)
{
	nr_threads--;
	detach_pid(p, PIDTYPE_PID);
	detach_pid(p, PIDTYPE_TGID);
	if (thread_group_leader(p)) {
		detach_pid(p, PIDTYPE_PGID);
		detach_pid(p, PIDTYPE_SID);
		__get_cpu_var(process_counts)--;
	}
	REMOVE_LINKS(p);
}

/**
 * release_task - the last trace of a task but its task_struct goes
 */
void release_task(struct task_struct *p)
{
	atomic_dec(&p->user->processes);
	write_lock_irq(&tasklist_lock);
	__unhash_process(p);
	write_unlock_irq(&tasklist_lock);
	__cleanup_sighand(p->sighand);
	__cleanup_signal(p->signal);
	p->sighand = NULL;
	p->signal = NULL;
	put_task_struct(p);
}

static void exit_mm(struct task_struct *tsk)
{
	struct mm_struct *mm = tsk->mm;

	mm_release(tsk, mm);
	if (!mm)
		return;
	task_lock(tsk);
	tsk->mm = NULL;
	task_unlock(tsk);
	mmput(mm);
}

/* Children of the dead go to another thread of the family, or to init. */
static void forget_original_parent(struct task_struct *father)
{
	struct task_struct *p, *n, *reaper = father;

	do {
		reaper = next_thread(reaper);
	} while (reaper != father && reaper->exit_state);
	if (reaper == father)
		reaper = child_reaper;
	list_for_each_entry_safe(p, n, &father->children, sibling) {
		p->real_parent = reaper;
		p->parent = reaper;
		list_move_tail(&p->sibling, &reaper->children);
		if (p->exit_state == EXIT_ZOMBIE && p->exit_signal != -1 &&
		    !delay_group_leader(p))
			do_notify_parent(p, SIGCHLD);
	}
}

static void exit_notify(struct task_struct *tsk)
{
	struct task_struct *leader = tsk->group_leader;

	write_lock_irq(&tasklist_lock);
	forget_original_parent(tsk);
	tsk->exit_state = tsk->exit_signal == -1 ? EXIT_DEAD : EXIT_ZOMBIE;
	if (tsk->exit_signal != -1 && thread_group_empty(tsk))
		do_notify_parent(tsk, tsk->exit_signal);
	write_unlock_irq(&tasklist_lock);
	if (tsk->exit_state != EXIT_DEAD)
		return;
	release_task(tsk);
	/* The leader waited for the last thread before its parent is told. */
	if (leader->exit_state == EXIT_ZOMBIE && thread_group_empty(leader))
		do_notify_parent(leader, leader->exit_signal);
}

/**
 * do_exit - the end of the current task
 * @code: as wait4() gives it: signal in the low byte, or exit status above
 */
void do_exit(long code)
{
	struct task_struct *tsk = current;

	if (unlikely(in_interrupt()))
		panic("a task ends in an interrupt");
	if (unlikely(tsk == child_reaper))
		panic("attempt to kill init");
	if (unlikely(in_atomic()))
		panic("%s/%d exits with a lock held, count %#x", tsk->comm, tsk->pid,
		      preempt_count());
	tsk->flags |= PF_EXITING;
	tsk->exit_code = code;
	exit_mm(tsk);
	exit_sem(tsk);
	atomic_dec(&tsk->signal->live);
	exit_thread();
	exit_notify(tsk);
	tsk->flags |= PF_DEAD;
	tsk->state = EXIT_DEAD;
	schedule();
	BUG();
}

void do_group_exit(int code)
{
	do_exit(code);
}

asmlinkage long sys_exit(int error_code)
{
	do_exit((error_code & 0xff) << 8);
}

asmlinkage long sys_exit_group(int error_code)
{
	do_group_exit((error_code & 0xff) << 8);
}

static int eligible_child(pid_t pid, int options, struct task_struct *p)
{
	if (pid > 0 && p->pid != pid)
		return 0;
	if (!pid && process_group(p) != process_group(current))
		return 0;
	if (pid < -1 && process_group(p) != -pid)
		return 0;
	if (p->exit_signal == -1)
		return 0;
	/* A "clone" child does not tell by SIGCHLD; only one of both is asked for. */
	if (((p->exit_signal != SIGCHLD) ^ ((options & __WCLONE) != 0)) && !(options & __WALL))
		return 0;
	return !delay_group_leader(p) || p->exit_state != EXIT_ZOMBIE ? 1 : 2;
}

static long wait_task_zombie(struct task_struct *p, int __user *stat_addr)
{
	pid_t pid = p->pid;
	int status = p->signal->flags & SIGNAL_GROUP_EXIT ? p->signal->group_exit_code :
							    p->exit_code;

	p->exit_state = EXIT_DEAD;
	read_unlock(&tasklist_lock);
	if (stat_addr && put_user(status, stat_addr)) {
		p->exit_state = EXIT_ZOMBIE;
		return -EFAULT;
	}
	release_task(p);
	return pid;
}

/* Looks once; 0 means that there are children, but none to tell about. */
static long wait_once(pid_t pid, int options, int __user *stat_addr)
{
	struct task_struct *tsk = current, *p;
	long retval = -ECHILD;

	read_lock(&tasklist_lock);
	do {
		list_for_each_entry(p, &tsk->children, sibling) {
			int eligible = eligible_child(pid, options, p);

			if (!eligible)
				continue;
			retval = 0;
			if (eligible == 1 && p->exit_state == EXIT_ZOMBIE)
				return wait_task_zombie(p, stat_addr);
		}
		tsk = next_thread(tsk);
	} while (tsk != current && !(options & __WNOTHREAD));
	read_unlock(&tasklist_lock);
	return retval;
}

long do_wait(pid_t pid, int options, int __user *stat_addr)
{
	DECLARE_WAITQUEUE(wait, current);
	long retval;

	add_wait_queue(&current->signal->wait_chldexit, &wait);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		retval = wait_once(pid, options, stat_addr);
		if (retval || (options & WNOHANG))
			break;
		if (signal_pending(current)) {
			retval = -ERESTARTSYS;
			break;
		}
		schedule();
	}
	set_current_state(TASK_RUNNING);
	remove_wait_queue(&current->signal->wait_chldexit, &wait);
	return retval;
}

asmlinkage long sys_wait4(pid_t pid, int __user *stat_addr, int options,
			  struct rusage __user *ru)
{
	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL))
		return -EINVAL;
	return do_wait(pid, options, stat_addr);
}
