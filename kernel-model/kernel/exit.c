// SPDX-License-Identifier: GPL-2.0-only
/* How tasks end, and how their parents learn of it. */
#include <linux/sched.h>
#include <linux/file.h>
#include <linux/fs_struct.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/namespace.h>
#include <linux/percpu.h>
#include <linux/proc_fs.h>
#include <linux/sem.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/tty.h>
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

/* What the dead thread used counts for its process from now on. */
static void __exit_signal(struct task_struct *tsk)
{
	struct signal_struct *sig = tsk->signal;

	spin_lock(&tsk->sighand->siglock);
	sig->utime += tsk->utime;
	sig->stime += tsk->stime;
	sig->nvcsw += tsk->nvcsw;
	sig->nivcsw += tsk->nivcsw;
	if (sig->curr_target == tsk)
		sig->curr_target = thread_group_empty(tsk) ? NULL : next_thread(tsk);
	if (atomic_read(&sig->count) == 1)
		flush_sigqueue(&sig->shared_pending);
	/* A thread that calls exec waits for the others. */
	if (sig->group_exit_task && atomic_read(&sig->count) - 1 == sig->notify_count) {
		wake_up_process(sig->group_exit_task);
		sig->group_exit_task = NULL;
	}
	flush_sigqueue(&tsk->pending);
	clear_tsk_thread_flag(tsk, TIF_SIGPENDING);
	spin_unlock(&tsk->sighand->siglock);
	__cleanup_sighand(tsk->sighand);
	__cleanup_signal(sig);
	tsk->sighand = NULL;
	tsk->signal = NULL;
}

/**
 * release_task - the last trace of a task but its task_struct goes
 *
 * When it was the last thread but the leader, and the leader had ended before,
 * now is the time to tell the leader's parent.
 */
void release_task(struct task_struct *p)
{
	struct task_struct *leader;

	do {
		int zap_leader = 0;

		leader = p->group_leader;
		atomic_dec(&p->user->processes);
		write_lock_irq(&tasklist_lock);
		__exit_signal(p);
		__unhash_process(p);
		if (leader != p && thread_group_empty(leader) &&
		    leader->exit_state == EXIT_ZOMBIE && leader->exit_signal != -1) {
			do_notify_parent(leader, leader->exit_signal);
			zap_leader = leader->exit_signal == -1;
			if (zap_leader)
				leader->exit_state = EXIT_DEAD;
		}
		write_unlock_irq(&tasklist_lock);
		proc_flush_task(p);
		put_task_struct(p);
		p = zap_leader ? leader : NULL;
	} while (p);
}

/**
 * take_over_process - a thread becomes its process, by exec
 * @tsk: current; all other threads have been told to end
 *
 * The leader, of whom the others know, may not go before it has passed on what
 * makes it the leader.
 */
void take_over_process(struct task_struct *tsk)
{
	struct task_struct *leader = tsk->group_leader;
	struct signal_struct *sig = tsk->signal;

	write_lock_irq(&tasklist_lock);
	while (leader->exit_state != EXIT_ZOMBIE || atomic_read(&sig->count) > 2) {
		sig->group_exit_task = tsk;
		sig->notify_count = leader->exit_state == EXIT_ZOMBIE ? 2 : -1;
		__set_current_state(TASK_UNINTERRUPTIBLE);
		write_unlock_irq(&tasklist_lock);
		schedule();
		write_lock_irq(&tasklist_lock);
	}
	sig->group_exit_task = NULL;
	sig->notify_count = 0;
	remove_parent(tsk);
	remove_parent(leader);
	switch_exec_pids(leader, tsk);
	list_add_tail(&tsk->tasks, &init_task.tasks);
	tsk->real_parent = leader->real_parent;
	tsk->parent = leader->real_parent;
	tsk->group_leader = tsk;
	tsk->exit_signal = SIGCHLD;
	leader->real_parent = child_reaper;
	leader->parent = child_reaper;
	leader->exit_signal = -1;
	leader->exit_state = EXIT_DEAD;
	add_parent(tsk, tsk->parent);
	add_parent(leader, leader->parent);
	sig->tsk = tsk;
	sig->curr_target = NULL;
	__get_cpu_var(process_counts)++;
	write_unlock_irq(&tasklist_lock);
	release_task(leader);
}

/**
 * session_of_pgrp - the session that a group of processes is in, or -1
 *
 * Needs tasklist_lock.
 */
int session_of_pgrp(int pgrp)
{
	struct task_struct *p;

	do_each_task_pid(pgrp, PIDTYPE_PGID, p) {
		if (p->signal->session > 0)
			return p->signal->session;
	} while_each_task_pid(pgrp, PIDTYPE_PGID, p);
	p = find_task_by_pid(pgrp);
	return p ? p->signal->session : -1;
}

/*
 * A group is an orphan when no member has a parent in another group of the same
 * session: that would be the shell that controls it.
 */
static int will_become_orphaned_pgrp(int pgrp, struct task_struct *ignored)
{
	struct task_struct *p;

	do_each_task_pid(pgrp, PIDTYPE_PGID, p) {
		if (p == ignored || p->exit_state || p->real_parent->pid <= 1)
			continue;
		if (process_group(p->real_parent) != pgrp &&
		    p->real_parent->signal->session == p->signal->session)
			return 0;
	} while_each_task_pid(pgrp, PIDTYPE_PGID, p);
	return 1;
}

int is_orphaned_pgrp(int pgrp)
{
	int ret;

	read_lock(&tasklist_lock);
	ret = will_become_orphaned_pgrp(pgrp, NULL);
	read_unlock(&tasklist_lock);
	return ret;
}

static int has_stopped_jobs(int pgrp)
{
	struct task_struct *p;

	do_each_task_pid(pgrp, PIDTYPE_PGID, p) {
		if (p->state == TASK_STOPPED)
			return 1;
	} while_each_task_pid(pgrp, PIDTYPE_PGID, p);
	return 0;
}

/* Stopped jobs of a group that nobody controls any more are woken, and told. */
static void kill_orphaned_pgrp(int pgrp, struct task_struct *leaving)
{
	if (!will_become_orphaned_pgrp(pgrp, leaving) || !has_stopped_jobs(pgrp))
		return;
	__kill_pg_info(SIGHUP, SEND_SIG_PRIV, pgrp);
	__kill_pg_info(SIGCONT, SEND_SIG_PRIV, pgrp);
}

/* Puts the current process into a session and a group; needs tasklist_lock. */
void __set_special_pids(pid_t session, pid_t pgrp)
{
	struct task_struct *leader = current->group_leader;

	if (leader->signal->session != session) {
		detach_pid(leader, PIDTYPE_SID);
		leader->signal->session = session;
		attach_pid(leader, PIDTYPE_SID, session);
	}
	if (process_group(leader) != pgrp) {
		detach_pid(leader, PIDTYPE_PGID);
		leader->signal->pgrp = pgrp;
		attach_pid(leader, PIDTYPE_PGID, pgrp);
	}
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

/* Returns 1 if the new parent does not want to wait for it. */
static int reparent_thread(struct task_struct *p, struct task_struct *father,
			   struct task_struct *reaper)
{
	p->real_parent = reaper;
	p->parent = reaper;
	list_move_tail(&p->sibling, &reaper->children);
	if (p->pdeath_signal)
		group_send_sig_info(p->pdeath_signal, SEND_SIG_NOINFO, p);
	/* Another thread of the same process: nothing has changed outside. */
	if (p->exit_signal == -1 || reaper->signal == father->signal)
		return 0;
	/* Only SIGCHLD reaches those who did not ask for this child. */
	p->exit_signal = SIGCHLD;
	if (p->exit_state == EXIT_ZOMBIE && thread_group_empty(p))
		do_notify_parent(p, p->exit_signal);
	if (process_group(p) != process_group(father) &&
	    p->signal->session == father->signal->session)
		kill_orphaned_pgrp(process_group(p), NULL);
	return p->exit_state == EXIT_ZOMBIE && p->exit_signal == -1;
}

/* Children of the dead go to another thread of the family, or to init. */
static void forget_original_parent(struct task_struct *father, struct list_head *to_release)
{
	struct task_struct *p, *n, *reaper = father;

	do {
		reaper = next_thread(reaper);
	} while (reaper != father && (reaper->flags & PF_EXITING));
	if (reaper == father)
		reaper = child_reaper;
	list_for_each_entry_safe(p, n, &father->children, sibling) {
		if (!reparent_thread(p, father, reaper))
			continue;
		p->exit_state = EXIT_DEAD;
		list_move_tail(&p->sibling, to_release);
	}
}

static void exit_notify(struct task_struct *tsk)
{
	struct task_struct *p, *n, *t = tsk->real_parent;
	LIST_HEAD(to_release);

	write_lock_irq(&tasklist_lock);
	forget_original_parent(tsk, &to_release);
	if (process_group(t) != process_group(tsk) &&
	    t->signal->session == tsk->signal->session)
		kill_orphaned_pgrp(process_group(tsk), tsk);
	/* Neither a new program nor a stranger gets the signal that was asked for. */
	if (tsk->exit_signal != SIGCHLD && tsk->exit_signal != -1 &&
	    (tsk->parent_exec_id != t->self_exec_id || tsk->self_exec_id != tsk->parent_exec_id) &&
	    !capable(CAP_KILL))
		tsk->exit_signal = SIGCHLD;
	if (tsk->exit_signal != -1 && thread_group_empty(tsk))
		do_notify_parent(tsk, tsk->exit_signal);
	tsk->exit_state = tsk->exit_signal == -1 ? EXIT_DEAD : EXIT_ZOMBIE;
	/* A thread that calls exec waits for the leader. */
	if (thread_group_leader(tsk) && tsk->signal->notify_count < 0) {
		wake_up_process(tsk->signal->group_exit_task);
		tsk->signal->notify_count = 0;
	}
	write_unlock_irq(&tasklist_lock);
	list_for_each_entry_safe(p, n, &to_release, sibling)
		release_task(p);
	if (tsk->exit_state == EXIT_DEAD)
		release_task(tsk);
}

/**
 * do_exit - the end of the current task
 * @code: as wait4() gives it: signal in the low byte, or exit status above
 */
void do_exit(long code)
{
	struct task_struct *tsk = current;
	int group_dead;

	if (unlikely(in_interrupt()))
		panic("a task ends in an interrupt");
	if (unlikely(tsk == child_reaper))
		panic("attempt to kill init");
	if (unlikely(in_atomic()))
		panic("%s/%d exits with a lock held, count %#x", tsk->comm, tsk->pid,
		      preempt_count());
	exit_signals(tsk);
	tsk->exit_code = code;
	group_dead = atomic_dec_and_test(&tsk->signal->live);
	if (group_dead)
		del_timer_sync(&tsk->signal->real_timer);
	exit_mm(tsk);
	exit_sem(tsk);
	exit_files(tsk);
	exit_fs(tsk);
	exit_namespace(tsk);
	if (group_dead && tsk->signal->leader)
		disassociate_ctty(1);
	exit_thread();
	exit_notify(tsk);
	tsk->flags |= PF_DEAD;
	tsk->state = EXIT_DEAD;
	schedule();
	BUG();
}

/**
 * do_group_exit - the end of all threads of the current process
 * @exit_code: as for do_exit(), unless the end has begun with another one
 */
void do_group_exit(int exit_code)
{
	struct signal_struct *sig = current->signal;

	read_lock(&tasklist_lock);
	spin_lock_irq(&current->sighand->siglock);
	if (sig->flags & SIGNAL_GROUP_EXIT) {
		exit_code = sig->group_exit_code;
	} else if (!thread_group_empty(current)) {
		sig->group_exit_code = exit_code;
		zap_other_threads(current);
	}
	spin_unlock_irq(&current->sighand->siglock);
	read_unlock(&tasklist_lock);
	do_exit(exit_code);
}

asmlinkage long sys_exit(int error_code)
{
	do_exit((error_code & 0xff) << 8);
}

asmlinkage long sys_exit_group(int error_code)
{
	do_group_exit((error_code & 0xff) << 8);
}

/* What is asked for by wait4() or waitid(), and where the answer goes. */
struct wait_opts {
	pid_t pid;
	int options;
	siginfo_t __user *infop;
	int __user *stat_addr;
	struct rusage __user *ru;
};

/* 2 for a leader who has ended, but whose threads have not. */
static int eligible_child(const struct wait_opts *wo, struct task_struct *p)
{
	if (wo->pid > 0 && p->pid != wo->pid)
		return 0;
	if (!wo->pid && process_group(p) != process_group(current))
		return 0;
	if (wo->pid < -1 && process_group(p) != -wo->pid)
		return 0;
	if (p->exit_signal == -1)
		return 0;
	/* A "clone" child does not tell by SIGCHLD; only one of both is asked for. */
	if (!(p->exit_signal != SIGCHLD) != !(wo->options & __WCLONE) &&
	    !(wo->options & __WALL))
		return 0;
	return delay_group_leader(p) ? 2 : 1;
}

/**
 * wait_report - tell the waiting task about a child
 * @why: CLD_*
 * @status: exit status or number of a signal, for waitid()
 * @stat: both in one, for wait4()
 *
 * Returns the child's number, or -EFAULT.
 */
static long wait_report(const struct wait_opts *wo, struct task_struct *p, int why, int status,
			int stat)
{
	siginfo_t info;

	if (wo->ru && getrusage(p, RUSAGE_BOTH, wo->ru))
		return -EFAULT;
	if (wo->stat_addr && put_user(stat, wo->stat_addr))
		return -EFAULT;
	if (!wo->infop)
		return p->pid;
	memset(&info, 0, sizeof(info));
	info.si_signo = SIGCHLD;
	info.si_code = why;
	info.si_pid = p->pid;
	info.si_uid = p->uid;
	info.si_status = status;
	return copy_to_user(wo->infop, &info, sizeof(info)) ? -EFAULT : p->pid;
}

/* The times of a child that is waited for count as those of children. */
static void account_child(struct task_struct *p)
{
	struct signal_struct *psig = current->signal, *sig = p->signal;

	psig->cutime += p->utime + sig->utime + sig->cutime;
	psig->cstime += p->stime + sig->stime + sig->cstime;
	psig->cnvcsw += p->nvcsw + sig->nvcsw + sig->cnvcsw;
	psig->cnivcsw += p->nivcsw + sig->nivcsw + sig->cnivcsw;
}

/*
 * The three of them are called with tasklist_lock and a child to tell about,
 * and come back without the lock.
 */
static long wait_task_zombie(struct task_struct *p, const struct wait_opts *wo)
{
	int stat = p->signal->flags & SIGNAL_GROUP_EXIT ? p->signal->group_exit_code :
							  p->exit_code;
	int why = stat & 0x80 ? CLD_DUMPED : stat & 0x7f ? CLD_KILLED : CLD_EXITED;
	int noreap = wo->options & WNOWAIT;
	long retval;

	/* Keeps others from it; it must not go away while user memory is written. */
	p->exit_state = EXIT_DEAD;
	get_task_struct(p);
	read_unlock(&tasklist_lock);
	retval = wait_report(wo, p, why, why == CLD_EXITED ? stat >> 8 : stat & 0x7f, stat);
	if (noreap || retval < 0) {
		p->exit_state = EXIT_ZOMBIE;
	} else {
		account_child(p);
		release_task(p);
	}
	put_task_struct(p);
	return retval;
}

static long wait_task_stopped(struct task_struct *p, const struct wait_opts *wo)
{
	int exit_code = p->exit_code;
	long retval;

	if (!(wo->options & WNOWAIT))
		p->exit_code = 0;
	get_task_struct(p);
	read_unlock(&tasklist_lock);
	retval = wait_report(wo, p, CLD_STOPPED, exit_code, exit_code << 8 | 0x7f);
	put_task_struct(p);
	return retval;
}

static long wait_task_continued(struct task_struct *p, const struct wait_opts *wo)
{
	long retval;

	if (!(wo->options & WNOWAIT))
		p->signal->flags &= ~SIGNAL_STOP_CONTINUED;
	get_task_struct(p);
	read_unlock(&tasklist_lock);
	retval = wait_report(wo, p, CLD_CONTINUED, SIGCONT, 0xffff);
	put_task_struct(p);
	return retval;
}

static int is_stopped(struct task_struct *p)
{
	return p->state == TASK_STOPPED && !p->signal->group_stop_count && p->exit_code;
}

/* Looks at one child; 0, still with the lock, if there is nothing to tell. */
static long wait_consider_task(struct task_struct *p, const struct wait_opts *wo, int eligible)
{
	if (p->state == TASK_STOPPED)
		return wo->options & WUNTRACED && is_stopped(p) ? wait_task_stopped(p, wo) : 0;
	if (p->exit_state == EXIT_ZOMBIE && eligible == 1)
		return wo->options & WEXITED ? wait_task_zombie(p, wo) : 0;
	if ((wo->options & WCONTINUED) && (p->signal->flags & SIGNAL_STOP_CONTINUED))
		return wait_task_continued(p, wo);
	return 0;
}

/* Looks once; 0 means that there are children, but none to tell about. */
static long wait_once(const struct wait_opts *wo)
{
	struct task_struct *tsk = current, *p;
	long retval = -ECHILD, found;

	read_lock(&tasklist_lock);
	do {
		list_for_each_entry(p, &tsk->children, sibling) {
			int eligible = eligible_child(wo, p);

			if (!eligible || p->exit_state == EXIT_DEAD)
				continue;
			retval = 0;
			found = wait_consider_task(p, wo, eligible);
			if (found)
				return found;
		}
		tsk = next_thread(tsk);
	} while (tsk != current && !(wo->options & __WNOTHREAD));
	read_unlock(&tasklist_lock);
	return retval;
}

static long do_wait(const struct wait_opts *wo)
{
	DECLARE_WAITQUEUE(wait, current);
	long retval;

	add_wait_queue(&current->signal->wait_chldexit, &wait);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		retval = wait_once(wo);
		if (retval || (wo->options & WNOHANG))
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
	struct wait_opts wo = { pid, options | WEXITED, NULL, stat_addr, ru };

	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL))
		return -EINVAL;
	return do_wait(&wo);
}

asmlinkage long sys_waitid(int which, pid_t pid, siginfo_t __user *infop, int options,
			   struct rusage __user *ru)
{
	struct wait_opts wo = { pid, options, infop, NULL, ru };
	long retval;

	if (options & ~(WNOHANG | WNOWAIT | WEXITED | WUNTRACED | WCONTINUED))
		return -EINVAL;
	if (!(options & (WEXITED | WUNTRACED | WCONTINUED)))
		return -EINVAL;
	if (which != P_ALL && which != P_PID && which != P_PGID)
		return -EINVAL;
	if (which != P_ALL && pid <= 0)
		return -EINVAL;
	if (which != P_PID)
		wo.pid = which == P_ALL ? -1 : -pid;
	retval = do_wait(&wo);
	/* Nothing to tell is told by zeroes. */
	if (!retval && infop && clear_user(infop, sizeof(*infop)))
		retval = -EFAULT;
	return retval > 0 ? 0 : retval;
}
