/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <linux/types.h>

struct scn_task;
struct pt_regs;

/**
 * struct thread_struct - what the host keeps for a task
 * @fiber: the host's coroutine, NULL for the boot task and after death
 * @fn: what a kernel thread runs, or the body of a user program
 * @arg: its argument
 * @addr_limit: KERNEL_DS or USER_DS, see <asm/uaccess.h>
 * @preempt_count: see <linux/preempt.h>
 * @sigpending: TIF_SIGPENDING
 * @user: the scenario task that this task is
 * @child_user: what @user becomes in the next child
 */
struct thread_struct {
	void *fiber;
	int (*fn)(void *arg);
	void *arg;
	unsigned long addr_limit;
	int preempt_count;
	int sigpending;
	struct scn_task *user;
	struct scn_task *child_user;
};

struct task_struct;

int copy_thread(struct task_struct *p, int (*fn)(void *arg), void *arg);
void exit_thread(void);
void release_thread(struct task_struct *dead);
void switch_to(struct task_struct *prev, struct task_struct *next);

#endif /* _ASM_PROCESSOR_H */
