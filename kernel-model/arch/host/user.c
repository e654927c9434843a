// SPDX-License-Identifier: GPL-2.0-only
/*
 * User mode.  A user task is a loop that takes a call from the scenario, puts
 * its arguments into the task's memory, enters the kernel and fetches what came
 * back.
 */
#include <linux/sched.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <asm/entry.h>
#include <asm/user.h>
#include "../../lib/scenario/driver.h"

/* Where each task waits for its next call. */
static wait_queue_head_t user_wait[SCN_TASKS];

static wait_queue_head_t *wait_of(const struct scn_task *me)
{
	return &user_wait[me - scn_tasks];
}

/* Called by the idle task: the call is in @user. */
void user_start(struct scn_task *user)
{
	wake_up_all(wait_of(user));
}

static unsigned long arg_address(const struct scn_task *me, int nr)
{
	BUILD_BUG_ON(USER_ARENA != SCN_ARENA || USER_ARENA_SIZE != SCN_TASKS * SCN_ARENA_PART);
	return USER_ARENA + (me - scn_tasks) * SCN_ARENA_PART + nr * SCN_DATA;
}

static int put_args(struct scn_task *me, long *regs)
{
	int i, r = 0;

	for (i = 0; i < me->nargs; i++) {
		struct scn_arg *arg = &me->args[i];
		unsigned long at = arg_address(me, i);

		scn_place(arg, at);
		if (arg->points && copy_to_user((void __user *)at, arg->data, arg->len))
			return -EFAULT;
		regs[r++] = arg->reg[0];
		if (arg->nregs == 2 && r < SYSCALL_ARGS)
			regs[r++] = arg->reg[1];
		if (r == SYSCALL_ARGS)
			break;
	}
	return 0;
}

static void get_args(struct scn_task *me)
{
	int i;

	for (i = 0; i < me->nargs; i++) {
		struct scn_arg *arg = &me->args[i];

		if (arg->points && arg->kind->out &&
		    copy_from_user(arg->data, (void __user *)arg_address(me, i), arg->len))
			arg->len = 0;
	}
}

/* Enters the kernel, once more if a signal came in between, and leaves it. */
static long call_kernel(const struct syscall_entry *entry, const long *args)
{
	struct pt_regs regs;
	int again = 0;

	do {
		regs.in_call = 1;
		regs.restart = 0;
		regs.ax = again == 2 ? sys_restart_syscall() : do_syscall(entry, args);
		do_notify_resume(&regs);
		again = regs.restart;
	} while (again);
	return regs.ax;
}

static void make_call(struct scn_task *me)
{
	long args[SYSCALL_ARGS] = { 0 };

	current->thread.child_user = me->child;
	me->ret = put_args(me, args);
	if (!me->ret)
		me->ret = call_kernel(find_syscall(me->call->name), args);
	if (me->ret >= 0)
		get_args(me);
	current->thread.child_user = NULL;
	me->state = SCN_DONE;
}

/* Signals find a task in user mode, too. */
static void wait_for_call(struct scn_task *me)
{
	struct pt_regs regs = { .in_call = 0 };
	DEFINE_WAIT(wait);

	while (me->state != SCN_CALLING) {
		prepare_to_wait(wait_of(me), &wait, TASK_INTERRUPTIBLE);
		if (me->state == SCN_CALLING)
			break;
		if (signal_pending(current)) {
			finish_wait(wait_of(me), &wait);
			do_notify_resume(&regs);
			continue;
		}
		schedule();
	}
	finish_wait(wait_of(me), &wait);
}

int user_mode(void *unused)
{
	struct scn_task *me = current->thread.user;

	if (!me)
		panic("%s/%d is no task of the scenario", current->comm, current->pid);
	current->flags &= ~PF_KTHREAD;
	set_fs(USER_DS);
	init_waitqueue_head(wait_of(me));
	me->state = SCN_USER;
	strlcpy(current->comm, me->name, sizeof(current->comm));
	scn_bind(&scn_env.pids, me->name, current->pid);
	for (;;) {
		wait_for_call(me);
		make_call(me);
	}
}

void user_exit(struct scn_task *user)
{
	user->exit_code = current->exit_code;
	user->told = user->state == SCN_CALLING && user->call->ret == SCN_RET_NONE;
	user->state = SCN_DEAD;
}
