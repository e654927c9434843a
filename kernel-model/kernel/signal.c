// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signals: queues of them for each thread and for each process, who may send
 * them, what stops, continues and ends a process, and how a task takes them on
 * its way back to user mode.
 */
#include <linux/sched.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

static struct kmem_cache *sigqueue_cachep;

#define is_si_special(info)	((info) <= SEND_SIG_FORCED)

static __sighandler_t sig_handler(struct task_struct *t, int sig)
{
	return t->sighand->action[sig - 1].sa.sa_handler;
}

static int sig_blocked(struct task_struct *t, int sig)
{
	return sigismember(&t->blocked, sig) || sigismember(&t->real_blocked, sig);
}

/* A blocked one is kept: its handler may be another when it is unblocked. */
static int sig_ignored(struct task_struct *t, int sig)
{
	if (sig_blocked(t, sig))
		return 0;
	return sig_handler(t, sig) == SIG_IGN ||
	       (sig_handler(t, sig) == SIG_DFL && sig_kernel_ignore(sig));
}

static int sig_fatal(struct task_struct *t, int sig)
{
	return !sig_in(sig, SIG_KERNEL_IGNORE_MASK | SIG_KERNEL_STOP_MASK) &&
	       sig_handler(t, sig) == SIG_DFL;
}

static int has_pending(const struct sigpending *pending, const sigset_t *blocked)
{
	return (pending->signal.sig[0] & ~blocked->sig[0]) != 0;
}

void recalc_sigpending_tsk(struct task_struct *t)
{
	if (t->signal->group_stop_count > 0 || has_pending(&t->pending, &t->blocked) ||
	    has_pending(&t->signal->shared_pending, &t->blocked))
		set_tsk_thread_flag(t, TIF_SIGPENDING);
	else
		clear_tsk_thread_flag(t, TIF_SIGPENDING);
}

void recalc_sigpending(void)
{
	recalc_sigpending_tsk(current);
}

/* The queue entry is paid for by the user of the task that gets the signal. */
static struct sigqueue *__sigqueue_alloc(struct task_struct *t, gfp_t flags, int override_rlimit)
{
	struct sigqueue *q = NULL;

	atomic_inc(&t->user->sigpending);
	if (override_rlimit || (unsigned long)atomic_read(&t->user->sigpending) <=
			       t->signal->rlim[RLIMIT_SIGPENDING].rlim_cur)
		q = kmem_cache_alloc(sigqueue_cachep, flags);
	if (!q) {
		atomic_dec(&t->user->sigpending);
		return NULL;
	}
	INIT_LIST_HEAD(&q->list);
	q->flags = 0;
	q->user = get_uid(t->user);
	return q;
}

static void __sigqueue_free(struct sigqueue *q)
{
	atomic_dec(&q->user->sigpending);
	free_uid(q->user);
	kmem_cache_free(sigqueue_cachep, q);
}

void flush_sigqueue(struct sigpending *queue)
{
	struct sigqueue *q, *n;

	sigemptyset(&queue->signal);
	list_for_each_entry_safe(q, n, &queue->list, list) {
		list_del_init(&q->list);
		__sigqueue_free(q);
	}
}

void flush_signals(struct task_struct *t)
{
	spin_lock_irq(&t->sighand->siglock);
	clear_tsk_thread_flag(t, TIF_SIGPENDING);
	flush_sigqueue(&t->pending);
	flush_sigqueue(&t->signal->shared_pending);
	spin_unlock_irq(&t->sighand->siglock);
}
EXPORT_SYMBOL(flush_signals);

/* For exec: handlers are gone with the program, what is ignored stays so. */
void flush_signal_handlers(struct task_struct *t, int force_default)
{
	struct k_sigaction *ka = t->sighand->action;
	int i;

	for (i = 0; i < _NSIG; i++, ka++) {
		if (force_default || ka->sa.sa_handler != SIG_IGN)
			ka->sa.sa_handler = SIG_DFL;
		ka->sa.sa_flags = 0;
		sigemptyset(&ka->sa.sa_mask);
	}
}

/* Takes the oldest entry of a signal from a queue; others of it may remain. */
static void collect_signal(int sig, struct sigpending *list, siginfo_t *info)
{
	struct sigqueue *q, *first = NULL;
	int more = 0;

	list_for_each_entry(q, &list->list, list) {
		if (q->info.si_signo != sig)
			continue;
		if (first) {
			more = 1;
			break;
		}
		first = q;
	}
	if (!more)
		sigdelset(&list->signal, sig);
	memset(info, 0, sizeof(*info));
	info->si_signo = sig;
	if (!first)
		return;
	*info = first->info;
	list_del_init(&first->list);
	__sigqueue_free(first);
}

static int __dequeue_signal(struct sigpending *pending, sigset_t *mask, siginfo_t *info)
{
	unsigned long ready = pending->signal.sig[0] & ~mask->sig[0];
	int sig;

	if (!ready)
		return 0;
	sig = __ffs(ready) + 1;
	collect_signal(sig, pending, info);
	return sig;
}

/**
 * dequeue_signal - take the next signal that is not in a set
 * @tsk: current
 * @mask: what to leave alone
 * @info: where it came from
 *
 * The thread's own come before those of its process, and low numbers before
 * high ones.  Needs siglock.  Returns 0 if there is none.
 */
int dequeue_signal(struct task_struct *tsk, sigset_t *mask, siginfo_t *info)
{
	int sig = __dequeue_signal(&tsk->pending, mask, info);

	if (!sig)
		sig = __dequeue_signal(&tsk->signal->shared_pending, mask, info);
	recalc_sigpending_tsk(tsk);
	if (sig && sig_kernel_stop(sig) && !(tsk->signal->flags & SIGNAL_GROUP_EXIT))
		tsk->signal->flags |= SIGNAL_STOP_DEQUEUED;
	return sig;
}

/**
 * signal_wake_up - a signal is there for a task
 * @t: the task
 * @resume: a fatal one: also from where other signals do not reach
 */
void signal_wake_up(struct task_struct *t, int resume)
{
	set_tsk_thread_flag(t, TIF_SIGPENDING);
	wake_up_state(t, TASK_INTERRUPTIBLE | (resume ? TASK_STOPPED | TASK_TRACED : 0));
}

static void rm_from_queue(unsigned long mask, struct sigpending *s)
{
	struct sigqueue *q, *n;

	if (!sigtestsetmask(&s->signal, mask))
		return;
	sigdelsetmask(&s->signal, mask);
	list_for_each_entry_safe(q, n, &s->list, list) {
		if (!(mask & sigmask(q->info.si_signo)))
			continue;
		list_del_init(&q->list);
		__sigqueue_free(q);
	}
}

static void rm_from_group(unsigned long mask, struct task_struct *p)
{
	struct task_struct *t = p;

	rm_from_queue(mask, &p->signal->shared_pending);
	do {
		rm_from_queue(mask, &t->pending);
		recalc_sigpending_tsk(t);
		t = next_thread(t);
	} while (t != p);
}

static int check_kill_permission(int sig, siginfo_t *info, struct task_struct *t)
{
	if (sig < 0 || !valid_signal(sig))
		return -EINVAL;
	if (info != SEND_SIG_NOINFO && (is_si_special(info) || !SI_FROMUSER(info)))
		return 0;
	if (sig == SIGCONT && current->signal->session == t->signal->session)
		return 0;
	if (current->euid == t->suid || current->euid == t->uid ||
	    current->uid == t->suid || current->uid == t->uid || capable(CAP_KILL))
		return 0;
	return -EPERM;
}

static void do_notify_parent_cldstop(struct task_struct *tsk, int why);

static void continue_thread(struct task_struct *t)
{
	unsigned int state = TASK_STOPPED;

	recalc_sigpending_tsk(t);
	/* One with a handler is delivered before anything else is done. */
	if (sig_handler(t, SIGCONT) != SIG_DFL && sig_handler(t, SIGCONT) != SIG_IGN &&
	    !sigismember(&t->blocked, SIGCONT)) {
		set_tsk_thread_flag(t, TIF_SIGPENDING);
		state |= TASK_INTERRUPTIBLE;
	}
	wake_up_state(t, state);
}

static void continue_group(struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	struct task_struct *t = p;
	int why = 0;

	/* A stop that is not complete counts as one that was. */
	if (sig->group_stop_count > 0)
		why = CLD_STOPPED;
	else if (sig->flags & SIGNAL_STOP_STOPPED)
		why = CLD_CONTINUED;
	sig->group_stop_count = 0;
	rm_from_group(SIG_KERNEL_STOP_MASK, p);
	do {
		continue_thread(t);
		t = next_thread(t);
	} while (t != p);
	sig->flags &= ~SIGNAL_STOP_DEQUEUED;
	if (!why)
		return;
	sig->flags = SIGNAL_STOP_CONTINUED;
	spin_unlock(&p->sighand->siglock);
	do_notify_parent_cldstop(p->group_leader, why);
	spin_lock(&p->sighand->siglock);
	sig->group_exit_code = 0;
}

/* Stop signals and SIGCONT undo each other already when they are sent. */
static void handle_stop_signal(int sig, struct task_struct *p)
{
	if (p->signal->flags & SIGNAL_GROUP_EXIT)
		return;
	if (sig_kernel_stop(sig))
		rm_from_group(sigmask(SIGCONT), p);
	else if (sig == SIGCONT)
		continue_group(p);
	else if (sig == SIGKILL)
		p->signal->flags = 0;
}

static void fill_siginfo(siginfo_t *to, int sig, siginfo_t *info)
{
	if (!is_si_special(info)) {
		*to = *info;
		return;
	}
	memset(to, 0, sizeof(*to));
	to->si_signo = sig;
	if (info == SEND_SIG_PRIV) {
		to->si_code = SI_KERNEL;
		return;
	}
	to->si_code = SI_USER;
	to->si_pid = current->tgid;
	to->si_uid = current->uid;
}

/*
 * Without room for its origin a signal is still sent, except when a process
 * queued it on purpose: that one wants to know.
 */
static int send_signal(int sig, siginfo_t *info, struct task_struct *t,
		       struct sigpending *signals)
{
	struct sigqueue *q = NULL;
	int may_fail = sig >= SIGRTMIN || (!is_si_special(info) && info->si_code < 0);

	if (info != SEND_SIG_FORCED)
		q = __sigqueue_alloc(t, GFP_ATOMIC, !may_fail);
	if (q) {
		fill_siginfo(&q->info, sig, info);
		list_add_tail(&q->list, &signals->list);
	} else if (!is_si_special(info) && sig >= SIGRTMIN && info->si_code != SI_USER) {
		return -EAGAIN;
	}
	sigaddset(&signals->signal, sig);
	return 0;
}

static int already_pending(const struct sigpending *signals, int sig)
{
	return sig < SIGRTMIN && sigismember(&signals->signal, sig);
}

/* To one thread.  Needs siglock. */
static int specific_send_sig_info(int sig, siginfo_t *info, struct task_struct *t)
{
	int ret;

	assert_spin_locked(&t->sighand->siglock);
	if (sig_ignored(t, sig) || already_pending(&t->pending, sig))
		return 0;
	ret = send_signal(sig, info, t, &t->pending);
	if (!ret && !sigismember(&t->blocked, sig))
		signal_wake_up(t, sig == SIGKILL);
	return ret;
}

/**
 * force_sig_info - a signal that cannot be ignored or blocked: a fault
 */
int force_sig_info(int sig, siginfo_t *info, struct task_struct *t)
{
	struct k_sigaction *ka = &t->sighand->action[sig - 1];
	int ret;

	spin_lock_irq(&t->sighand->siglock);
	if (sigismember(&t->blocked, sig) || ka->sa.sa_handler == SIG_IGN) {
		ka->sa.sa_handler = SIG_DFL;
		sigdelset(&t->blocked, sig);
		recalc_sigpending_tsk(t);
	}
	ret = specific_send_sig_info(sig, info, t);
	spin_unlock_irq(&t->sighand->siglock);
	return ret;
}

void force_sig(int sig, struct task_struct *p)
{
	force_sig_info(sig, SEND_SIG_PRIV, p);
}
EXPORT_SYMBOL(force_sig);

static int wants_signal(int sig, struct task_struct *t)
{
	if (sigismember(&t->blocked, sig) || (t->flags & PF_EXITING))
		return 0;
	if (sig == SIGKILL)
		return 1;
	return !(t->state & (TASK_STOPPED | TASK_TRACED)) &&
	       (t == current || !signal_pending(t));
}

/* Which thread takes a signal for the process: @p, or the next in turn. */
static struct task_struct *choose_thread(int sig, struct task_struct *p)
{
	struct task_struct *t = p->signal->curr_target;

	if (wants_signal(sig, p))
		return p;
	if (thread_group_empty(p))
		return NULL;
	if (!t)
		t = p;
	do {
		if (wants_signal(sig, t)) {
			p->signal->curr_target = t;
			return t;
		}
		t = next_thread(t);
	} while (t != (p->signal->curr_target ? p->signal->curr_target : p));
	return NULL;
}

/* A fatal signal for one is SIGKILL for all, at once. */
static void kill_group(int sig, struct task_struct *p)
{
	struct task_struct *t = p;

	p->signal->flags = SIGNAL_GROUP_EXIT;
	p->signal->group_exit_code = sig;
	p->signal->group_stop_count = 0;
	do {
		sigaddset(&t->pending.signal, SIGKILL);
		signal_wake_up(t, 1);
		t = next_thread(t);
	} while (t != p);
}

static void __group_complete_signal(int sig, struct task_struct *p)
{
	struct task_struct *t = choose_thread(sig, p);

	if (!t)
		return;
	if (sig_fatal(p, sig) && !(p->signal->flags & SIGNAL_GROUP_EXIT) &&
	    !sigismember(&t->real_blocked, sig) && !sig_kernel_coredump(sig))
		kill_group(sig, p);
	else
		signal_wake_up(t, sig == SIGKILL);
}

/* To a process.  Needs siglock and tasklist_lock. */
int __group_send_sig_info(int sig, siginfo_t *info, struct task_struct *p)
{
	int ret;

	assert_spin_locked(&p->sighand->siglock);
	handle_stop_signal(sig, p);
	if (sig_ignored(p, sig) || already_pending(&p->signal->shared_pending, sig))
		return 0;
	ret = send_signal(sig, info, p, &p->signal->shared_pending);
	if (!ret)
		__group_complete_signal(sig, p);
	return ret;
}

/**
 * group_send_sig_info - send a signal to a process, if that is allowed
 * @sig: 0 only asks whether it is
 * @info: or SEND_SIG_*
 *
 * Needs tasklist_lock.
 */
int group_send_sig_info(int sig, siginfo_t *info, struct task_struct *p)
{
	int ret = check_kill_permission(sig, info, p);

	if (ret || !sig || !p->sighand)
		return ret;
	spin_lock_irq(&p->sighand->siglock);
	ret = __group_send_sig_info(sig, info, p);
	spin_unlock_irq(&p->sighand->siglock);
	return ret;
}

/* All threads but one are to end. */
void zap_other_threads(struct task_struct *p)
{
	struct task_struct *t;

	p->signal->flags = SIGNAL_GROUP_EXIT;
	p->signal->group_stop_count = 0;
	for (t = next_thread(p); t != p; t = next_thread(t)) {
		if (t->exit_state)
			continue;
		sigaddset(&t->pending.signal, SIGKILL);
		rm_from_queue(SIG_KERNEL_STOP_MASK, &t->pending);
		signal_wake_up(t, 1);
	}
}

/* Needs tasklist_lock, as all that go through a group of processes. */
int __kill_pg_info(int sig, siginfo_t *info, pid_t pgrp)
{
	struct task_struct *p;
	int err = -ESRCH, success = 0;

	if (pgrp <= 0)
		return -EINVAL;
	do_each_task_pid(pgrp, PIDTYPE_PGID, p) {
		err = group_send_sig_info(sig, info, p);
		success |= !err;
	} while_each_task_pid(pgrp, PIDTYPE_PGID, p);
	return success ? 0 : err;
}

int kill_pg_info(int sig, siginfo_t *info, pid_t pgrp)
{
	int ret;

	read_lock(&tasklist_lock);
	ret = __kill_pg_info(sig, info, pgrp);
	read_unlock(&tasklist_lock);
	return ret;
}

int kill_proc_info(int sig, siginfo_t *info, pid_t pid)
{
	struct task_struct *p;
	int ret;

	read_lock(&tasklist_lock);
	p = find_task_by_pid(pid);
	ret = p ? group_send_sig_info(sig, info, p) : -ESRCH;
	read_unlock(&tasklist_lock);
	return ret;
}

static int kill_all_info(int sig, siginfo_t *info)
{
	int ret = 0, err, count = 0;
	struct task_struct *p;

	read_lock(&tasklist_lock);
	for_each_process(p) {
		if (p->pid <= 1 || p->tgid == current->tgid)
			continue;
		err = group_send_sig_info(sig, info, p);
		count++;
		if (err != -EPERM)
			ret = err;
	}
	read_unlock(&tasklist_lock);
	return count ? ret : -ESRCH;
}

static int kill_something_info(int sig, siginfo_t *info, int pid)
{
	if (!pid)
		return kill_pg_info(sig, info, process_group(current));
	if (pid == -1)
		return kill_all_info(sig, info);
	if (pid < 0)
		return kill_pg_info(sig, info, -pid);
	return kill_proc_info(sig, info, pid);
}

/* To one thread, on behalf of the kernel or of the current task. */
int send_sig_info(int sig, siginfo_t *info, struct task_struct *p)
{
	int ret;

	if (!valid_signal(sig))
		return -EINVAL;
	read_lock(&tasklist_lock);
	spin_lock_irq(&p->sighand->siglock);
	ret = specific_send_sig_info(sig, info, p);
	spin_unlock_irq(&p->sighand->siglock);
	read_unlock(&tasklist_lock);
	return ret;
}
EXPORT_SYMBOL(send_sig_info);

/* To a process. */
int send_group_sig_info(int sig, siginfo_t *info, struct task_struct *p)
{
	int ret;

	read_lock(&tasklist_lock);
	ret = group_send_sig_info(sig, info, p);
	read_unlock(&tasklist_lock);
	return ret;
}

#define si_special(priv) ((priv) ? SEND_SIG_PRIV : SEND_SIG_NOINFO)

int send_sig(int sig, struct task_struct *p, int priv)
{
	return send_sig_info(sig, si_special(priv), p);
}
EXPORT_SYMBOL(send_sig);

int kill_pg(pid_t pgrp, int sig, int priv)
{
	return kill_pg_info(sig, si_special(priv), pgrp);
}
EXPORT_SYMBOL(kill_pg);

int kill_proc(pid_t pid, int sig, int priv)
{
	return kill_proc_info(sig, si_special(priv), pid);
}
EXPORT_SYMBOL(kill_proc);

static void __wake_up_parent(struct task_struct *parent)
{
	wake_up_interruptible_all(&parent->signal->wait_chldexit);
}

static void fill_sigchld(siginfo_t *info, struct task_struct *tsk, int sig)
{
	memset(info, 0, sizeof(*info));
	info->si_signo = sig;
	info->si_pid = tsk->pid;
	info->si_uid = tsk->uid;
	info->si_utime = jiffies_to_clock_t(tsk->utime + tsk->signal->utime);
	info->si_stime = jiffies_to_clock_t(tsk->stime + tsk->signal->stime);
}

/**
 * do_notify_parent - a task has become a zombie
 * @tsk: the task
 * @sig: the signal that its parent asked for when it was created
 *
 * A parent that ignores SIGCHLD does not wait: exit_signal is -1 after that,
 * and the caller is to release the task.  Needs tasklist_lock.
 */
void do_notify_parent(struct task_struct *tsk, int sig)
{
	struct sighand_struct *psig = tsk->parent->sighand;
	struct sigaction *sa = &psig->action[SIGCHLD - 1].sa;
	siginfo_t info;

	fill_sigchld(&info, tsk, sig);
	info.si_status = tsk->exit_code & 0x7f;
	if (tsk->exit_code & 0x80) {
		info.si_code = CLD_DUMPED;
	} else if (tsk->exit_code & 0x7f) {
		info.si_code = CLD_KILLED;
	} else {
		info.si_code = CLD_EXITED;
		info.si_status = tsk->exit_code >> 8;
	}
	spin_lock(&psig->siglock);
	if (sig == SIGCHLD && (sa->sa_handler == SIG_IGN || (sa->sa_flags & SA_NOCLDWAIT))) {
		tsk->exit_signal = -1;
		if (sa->sa_handler == SIG_IGN)
			sig = 0;
	}
	if (valid_signal(sig) && sig > 0)
		__group_send_sig_info(sig, &info, tsk->parent);
	__wake_up_parent(tsk->parent);
	spin_unlock(&psig->siglock);
}

/* Needs tasklist_lock, and no siglock. */
static void do_notify_parent_cldstop(struct task_struct *tsk, int why)
{
	struct task_struct *parent = tsk->parent;
	struct sigaction *sa = &parent->sighand->action[SIGCHLD - 1].sa;
	siginfo_t info;

	fill_sigchld(&info, tsk, SIGCHLD);
	info.si_code = why;
	info.si_status = why == CLD_CONTINUED ? SIGCONT : tsk->signal->group_exit_code & 0x7f;
	spin_lock(&parent->sighand->siglock);
	if (sa->sa_handler != SIG_IGN && !(sa->sa_flags & SA_NOCLDSTOP))
		__group_send_sig_info(SIGCHLD, &info, parent);
	/* Even who does not want the signal may sit in wait4(). */
	__wake_up_parent(parent);
	spin_unlock(&parent->sighand->siglock);
}

/* The last thread to stop tells the parent. */
static void finish_stop(int stop_count)
{
	if (!stop_count) {
		read_lock(&tasklist_lock);
		do_notify_parent_cldstop(current->group_leader, CLD_STOPPED);
		read_unlock(&tasklist_lock);
	}
	schedule();
	current->exit_code = 0;
}

/*
 * Takes part in a stop of the whole process, the first to come begins it.  Holds
 * siglock, and has given it back when it returns 1.
 */
static int do_signal_stop(int signr)
{
	struct signal_struct *sig = current->signal;
	struct task_struct *t;

	if (signr && !(sig->flags & SIGNAL_STOP_DEQUEUED))
		return 0;
	if (!sig->group_stop_count) {
		sig->group_exit_code = signr;
		for (t = next_thread(current); t != current; t = next_thread(t)) {
			if ((t->flags & PF_EXITING) || (t->state & (TASK_STOPPED | TASK_TRACED)))
				continue;
			sig->group_stop_count++;
			signal_wake_up(t, 0);
		}
	} else {
		sig->group_stop_count--;
	}
	if (!sig->group_stop_count)
		sig->flags = SIGNAL_STOP_STOPPED;
	current->exit_code = sig->group_exit_code;
	set_current_state(TASK_STOPPED);
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
	finish_stop(sig->group_stop_count);
	return 1;
}

/* The default action ends the process, or stops it; 1 if it went on after that. */
static int default_action(int signr)
{
	struct sighand_struct *sighand = current->sighand;

	if (sig_kernel_ignore(signr) || current->group_leader == child_reaper)
		return 0;
	if (sig_kernel_stop(signr)) {
		if (signr != SIGSTOP) {
			int orphaned;

			spin_unlock_irq(&sighand->siglock);
			orphaned = is_orphaned_pgrp(process_group(current));
			spin_lock_irq(&sighand->siglock);
			/* Nobody is left who could continue it. */
			if (orphaned)
				return 0;
		}
		return do_signal_stop(signr);
	}
	spin_unlock_irq(&sighand->siglock);
	current->flags |= PF_SIGNALED;
	do_group_exit(signr);
}

/**
 * get_signal_to_deliver - the next signal that has a handler
 * @info: where it came from
 * @return_ka: the handler
 * @regs: user mode
 *
 * Does what the other signals ask for, which may not return.  Returns 0 when
 * none is left.
 */
int get_signal_to_deliver(siginfo_t *info, struct k_sigaction *return_ka, struct pt_regs *regs)
{
	struct sighand_struct *sighand = current->sighand;
	struct k_sigaction *ka;
	int signr;

	spin_lock_irq(&sighand->siglock);
	for (;;) {
		if (current->signal->group_stop_count > 0 && do_signal_stop(0)) {
			spin_lock_irq(&sighand->siglock);
			continue;
		}
		signr = dequeue_signal(current, &current->blocked, info);
		if (!signr)
			break;
		ka = &sighand->action[signr - 1];
		if (ka->sa.sa_handler == SIG_IGN)
			continue;
		if (ka->sa.sa_handler != SIG_DFL) {
			*return_ka = *ka;
			if (ka->sa.sa_flags & SA_RESETHAND)
				ka->sa.sa_handler = SIG_DFL;
			break;
		}
		if (default_action(signr))
			spin_lock_irq(&sighand->siglock);
	}
	spin_unlock_irq(&sighand->siglock);
	return signr;
}

/* What a dying thread would have taken, another has to. */
void exit_signals(struct task_struct *tsk)
{
	struct task_struct *t;
	int stopped = 0;

	spin_lock_irq(&tsk->sighand->siglock);
	tsk->flags |= PF_EXITING;
	if (!(tsk->signal->flags & SIGNAL_GROUP_EXIT)) {
		for (t = next_thread(tsk); t != tsk; t = next_thread(t))
			if (!(t->flags & PF_EXITING) && !signal_pending(t) &&
			    has_pending(&tsk->signal->shared_pending, &t->blocked))
				signal_wake_up(t, 0);
	}
	/* A stop must not wait for it. */
	if (tsk->signal->group_stop_count > 0 && !--tsk->signal->group_stop_count) {
		tsk->signal->flags = SIGNAL_STOP_STOPPED;
		stopped = 1;
	}
	spin_unlock_irq(&tsk->sighand->siglock);
	if (!stopped)
		return;
	read_lock(&tasklist_lock);
	do_notify_parent_cldstop(tsk->group_leader, CLD_STOPPED);
	read_unlock(&tasklist_lock);
}

/* System calls. */

int sigprocmask(int how, sigset_t *set, sigset_t *oldset)
{
	int error = 0;

	spin_lock_irq(&current->sighand->siglock);
	if (oldset)
		*oldset = current->blocked;
	switch (how) {
	case SIG_BLOCK:
		sigorsets(&current->blocked, &current->blocked, set);
		break;
	case SIG_UNBLOCK:
		signandsets(&current->blocked, &current->blocked, set);
		break;
	case SIG_SETMASK:
		current->blocked = *set;
		break;
	default:
		error = -EINVAL;
	}
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
	return error;
}

asmlinkage long sys_rt_sigprocmask(int how, sigset_t __user *set, sigset_t __user *oset,
				   size_t sigsetsize)
{
	sigset_t new_set, old_set = current->blocked;
	int error;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (set) {
		if (copy_from_user(&new_set, set, sizeof(*set)))
			return -EFAULT;
		sigdelsetmask(&new_set, SIG_KERNEL_ONLY_MASK);
		error = sigprocmask(how, &new_set, NULL);
		if (error)
			return error;
	}
	if (oset && copy_to_user(oset, &old_set, sizeof(*oset)))
		return -EFAULT;
	return 0;
}

asmlinkage long sys_rt_sigpending(sigset_t __user *set, size_t sigsetsize)
{
	sigset_t pending;

	if (sigsetsize > sizeof(sigset_t))
		return -EINVAL;
	spin_lock_irq(&current->sighand->siglock);
	sigorsets(&pending, &current->pending.signal, &current->signal->shared_pending.signal);
	spin_unlock_irq(&current->sighand->siglock);
	sigandsets(&pending, &pending, &current->blocked);
	return copy_to_user(set, &pending, sigsetsize) ? -EFAULT : 0;
}

int do_sigaction(int sig, struct k_sigaction *act, struct k_sigaction *oact)
{
	struct k_sigaction *k;

	if (sig < 1 || !valid_signal(sig) || (act && sig_kernel_only(sig)))
		return -EINVAL;
	k = &current->sighand->action[sig - 1];
	spin_lock_irq(&current->sighand->siglock);
	if (oact)
		*oact = *k;
	if (act) {
		sigdelsetmask(&act->sa.sa_mask, SIG_KERNEL_ONLY_MASK);
		*k = *act;
		/* What is ignored from now on is not pending any more, either. */
		if (k->sa.sa_handler == SIG_IGN ||
		    (k->sa.sa_handler == SIG_DFL && sig_kernel_ignore(sig)))
			rm_from_group(sigmask(sig), current);
	}
	spin_unlock_irq(&current->sighand->siglock);
	return 0;
}

asmlinkage long sys_rt_sigaction(int sig, const struct sigaction __user *act,
				 struct sigaction __user *oact, size_t sigsetsize)
{
	struct k_sigaction new_sa, old_sa;
	int ret;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (act && copy_from_user(&new_sa.sa, act, sizeof(new_sa.sa)))
		return -EFAULT;
	ret = do_sigaction(sig, act ? &new_sa : NULL, oact ? &old_sa : NULL);
	if (!ret && oact && copy_to_user(oact, &old_sa.sa, sizeof(old_sa.sa)))
		return -EFAULT;
	return ret;
}

asmlinkage long sys_kill(int pid, int sig)
{
	siginfo_t info;

	fill_siginfo(&info, sig, SEND_SIG_NOINFO);
	return kill_something_info(sig, &info, pid);
}

/* To a thread; @tgid 0 stands for whatever process it belongs to. */
static int do_tkill(int tgid, int pid, int sig)
{
	struct task_struct *p;
	siginfo_t info;
	int error = -ESRCH;

	fill_siginfo(&info, sig, SEND_SIG_NOINFO);
	info.si_code = SI_TKILL;
	read_lock(&tasklist_lock);
	p = find_task_by_pid(pid);
	if (p && (!tgid || p->tgid == tgid)) {
		error = check_kill_permission(sig, &info, p);
		if (!error && sig && p->sighand) {
			spin_lock_irq(&p->sighand->siglock);
			handle_stop_signal(sig, p);
			error = specific_send_sig_info(sig, &info, p);
			spin_unlock_irq(&p->sighand->siglock);
		}
	}
	read_unlock(&tasklist_lock);
	return error;
}

asmlinkage long sys_tgkill(int tgid, int pid, int sig)
{
	return tgid <= 0 || pid <= 0 ? -EINVAL : do_tkill(tgid, pid, sig);
}

asmlinkage long sys_tkill(int pid, int sig)
{
	return pid <= 0 ? -EINVAL : do_tkill(0, pid, sig);
}

asmlinkage long sys_rt_sigqueueinfo(int pid, int sig, siginfo_t __user *uinfo)
{
	siginfo_t info;

	if (copy_from_user(&info, uinfo, sizeof(info)))
		return -EFAULT;
	/* Nobody may pretend to be the kernel, or kill(). */
	if (info.si_code >= 0)
		return -EPERM;
	info.si_signo = sig;
	return kill_proc_info(sig, &info, pid);
}

asmlinkage long sys_pause(void)
{
	while (!signal_pending(current)) {
		set_current_state(TASK_INTERRUPTIBLE);
		schedule();
	}
	return -ERESTARTNOHAND;
}

asmlinkage long sys_rt_sigsuspend(sigset_t __user *unewset, size_t sigsetsize)
{
	sigset_t newset;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&newset, unewset, sizeof(newset)))
		return -EFAULT;
	sigdelsetmask(&newset, SIG_KERNEL_ONLY_MASK);
	current->saved_sigmask = current->blocked;
	sigprocmask(SIG_SETMASK, &newset, NULL);
	/* Handlers run with the new mask, then the old one comes back. */
	set_thread_flag(TIF_RESTORE_SIGMASK);
	return sys_pause();
}

/* Sleeps with @these unblocked, and takes one of them. */
static int sigtimedwait(sigset_t *these, siginfo_t *info, long timeout)
{
	struct sighand_struct *sighand = current->sighand;
	sigset_t others = *these;
	int sig;

	signotset(&others);
	spin_lock_irq(&sighand->siglock);
	sig = dequeue_signal(current, &others, info);
	if (!sig && timeout) {
		current->real_blocked = current->blocked;
		sigandsets(&current->blocked, &current->blocked, &others);
		recalc_sigpending();
		if (!signal_pending(current)) {
			spin_unlock_irq(&sighand->siglock);
			timeout = schedule_timeout_interruptible(timeout);
			spin_lock_irq(&sighand->siglock);
		}
		sig = dequeue_signal(current, &others, info);
		current->blocked = current->real_blocked;
		sigemptyset(&current->real_blocked);
		recalc_sigpending();
	}
	spin_unlock_irq(&sighand->siglock);
	if (sig)
		return sig;
	return timeout ? -EINTR : -EAGAIN;
}

asmlinkage long sys_rt_sigtimedwait(const sigset_t __user *uthese, siginfo_t __user *uinfo,
				    const struct timespec __user *uts, size_t sigsetsize)
{
	long timeout = MAX_SCHEDULE_TIMEOUT;
	struct timespec ts;
	sigset_t these;
	siginfo_t info;
	int ret;

	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&these, uthese, sizeof(these)))
		return -EFAULT;
	sigdelsetmask(&these, SIG_KERNEL_ONLY_MASK);
	if (uts) {
		if (copy_from_user(&ts, uts, sizeof(ts)))
			return -EFAULT;
		if (!timespec_valid(&ts))
			return -EINVAL;
		timeout = timespec_to_jiffies(&ts);
	}
	ret = sigtimedwait(&these, &info, timeout);
	if (ret > 0 && uinfo && copy_to_user(uinfo, &info, sizeof(info)))
		return -EFAULT;
	return ret;
}

asmlinkage long sys_restart_syscall(void)
{
	struct restart_block *restart = &current->thread.restart_block;

	return restart->fn(restart);
}

void __init signals_init(void)
{
	sigqueue_cachep = kmem_cache_create("sigqueue", sizeof(struct sigqueue), 0, SLAB_PANIC,
					    NULL, NULL);
}
