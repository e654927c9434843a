// SPDX-License-Identifier: GPL-2.0-only
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/module.h>

/**
 * signal_wake_up - a signal is there for a task
 * @t: the task
 * @resume: a fatal one, or SIGCONT: also from where signals do not reach
 */
void signal_wake_up(struct task_struct *t, int resume)
{
	set_tsk_thread_flag(t, TIF_SIGPENDING);
	wake_up_state(t, TASK_INTERRUPTIBLE | (resume ? TASK_STOPPED | TASK_TRACED : 0));
}

/**
 * do_notify_parent - a task has become a zombie
 * @tsk: the task
 * @sig: the signal that its parent asked for when it was created
 */
void do_notify_parent(struct task_struct *tsk, int sig)
{
	wake_up_interruptible_all(&tsk->parent->signal->wait_chldexit);
}

/**
 * do_notify_resume - signals, on the way back to user mode
 */
void do_notify_resume(void)
{
	clear_thread_flag(TIF_SIGPENDING);
}
