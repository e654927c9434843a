/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SCN_TASK_H
#define _SCN_TASK_H

#include <linux/wait.h>
#include "../../lib/scenario/scenario.h"

enum scn_state {
	SCN_FREE,		/* the slot has no task */
	SCN_BORN,		/* a call that makes it is under way */
	SCN_USER,		/* in user mode, without a call */
	SCN_CALLING,		/* in the kernel */
	SCN_DONE,		/* back, and not yet told about */
	SCN_DEAD,
};

/**
 * struct scn_task - a task as the scenario knows it
 * @name: its name there
 * @state: see above; the task and the driver hand it to each other
 * @line: what it does
 * @line_nr: where that stands
 * @call: the signature
 * @entry: the function
 * @args: the arguments
 * @ret: the result
 * @child: the slot of the task that the call makes
 * @told: its blocking has been printed, or its death
 * @exit_code: as for wait4(), when it is dead
 * @wake: the task waits here for its next call
 */
struct scn_task {
	char name[SCN_NAME];
	enum scn_state state;
	struct scn_line line;
	int line_nr;
	const struct scn_call *call;
	const struct syscall_entry *entry;
	struct scn_arg args[SCN_REGS];
	int nargs;
	long ret;
	struct scn_task *child;
	int told;
	long exit_code;
	wait_queue_head_t wake;
};

#define SCN_TASKS 32

extern struct scn_task scn_tasks[SCN_TASKS];
extern struct scn_env scn_env;

#endif /* _SCN_TASK_H */
