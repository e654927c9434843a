/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <linux/types.h>

struct scn_task;

/**
 * struct pt_regs - user mode, while in the kernel
 * @ax: what the system call gives back
 * @in_call: it is one; user mode may also be left for signals alone
 * @restart: do it once more, by the function in the restart block if it is 2
 */
struct pt_regs {
	long ax;
	int in_call;
	int restart;
};

struct restart_block {
	long (*fn)(struct restart_block *restart);
	unsigned long arg0, arg1;
};

/**
 * struct thread_struct - what the host keeps for a task
 * @fiber: the host's coroutine, NULL for the boot task and after death
 * @fn: what a kernel thread runs, or the body of a user program
 * @arg: its argument
 * @addr_limit: KERNEL_DS or USER_DS, see <asm/uaccess.h>
 * @preempt_count: see <linux/preempt.h>
 * @flags: TIF_*
 * @restart_block: how an interrupted call goes on, see sys_restart_syscall()
 * @user: the scenario task that this task is
 * @child_user: what @user becomes in the next child
 */
struct thread_struct {
	void *fiber;
	int (*fn)(void *arg);
	void *arg;
	unsigned long addr_limit;
	int preempt_count;
	unsigned long flags;
	struct restart_block restart_block;
	struct scn_task *user;
	struct scn_task *child_user;
};

struct task_struct;

int copy_thread(struct task_struct *p, int (*fn)(void *arg), void *arg);
void exit_thread(void);
void release_thread(struct task_struct *dead);
void switch_to(struct task_struct *prev, struct task_struct *next);

#endif /* _ASM_PROCESSOR_H */
