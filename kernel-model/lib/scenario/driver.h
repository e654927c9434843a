/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SCENARIO_DRIVER_H
#define _SCENARIO_DRIVER_H

/*
 * Who does what, and what is printed: the same for the model and for a real
 * kernel.  A backend runs the tasks and says what became of them by their state;
 * it calls scn_tell() and then scn_step() whenever all tasks sleep.
 */
#include "scenario.h"

enum scn_state {
	SCN_FREE,		/* the slot has no task */
	SCN_BORN,		/* a call that makes it is under way */
	SCN_USER,		/* in user mode, without a call */
	SCN_CALLING,		/* in the kernel */
	SCN_DONE,		/* back, and not yet told about */
	SCN_DEAD,
};

/**
 * struct scn_caught - a signal that a handler was called for
 * @sig: which
 * @code: si_code
 * @pid: who sent it, or which child it is about
 * @value: what a sender added, si_int, or the status of the child
 */
struct scn_caught {
	int sig;
	int code;
	int pid;
	int value;
};

#define SCN_CAUGHT 16

/**
 * struct scn_task - a task as the scenario knows it
 * @name: its name there
 * @state: see above; the task and the driver hand it to each other
 * @line: what it does
 * @line_nr: where that stands
 * @call: the signature
 * @nargs: how many of @args there are
 * @ret: the result
 * @child: the slot of the task that the call makes
 * @told: its blocking has been printed, or its death
 * @exit_code: as for wait4(), when it is dead
 * @caught: signals since it was last told about
 * @ncaught: how many
 * @args: the arguments
 */
struct scn_task {
	char name[SCN_NAME];
	enum scn_state state;
	struct scn_line line;
	int line_nr;
	const struct scn_call *call;
	int nargs;
	long ret;
	struct scn_task *child;
	int told;
	long exit_code;
	struct scn_caught caught[SCN_CAUGHT];
	int ncaught;
	struct scn_arg args[SCN_REGS];
};

#define SCN_TASKS 32

/* Where arguments lie in the memory of a task: tasks may share it, so each has a part. */
#define SCN_ARENA	0x10000000UL
#define SCN_ARENA_PART	(SCN_REGS * SCN_DATA)

extern struct scn_task scn_tasks[SCN_TASKS];
extern struct scn_env scn_env;

/**
 * struct scn_ops - what a backend can do
 * @has_call: whether the kernel has such a system call
 * @has_capability: whether process 1 has it
 * @has_option: whether CONFIG_<name> is set; negative if scenarios know no such option
 * @has_hardware: the kernel is not a program of another one, with less address
 *	space and no protection from itself
 * @start: gives its call to a task, whose state is SCN_CALLING now
 * @print: adds to the trace
 * @fail: the scenario is wrong at this line; does not return
 */
struct scn_ops {
	int (*has_call)(const char *name);
	int (*has_capability)(int cap);
	int (*has_option)(const char *name);
	int has_hardware;
	void (*start)(struct scn_task *task);
	void (*print)(const char *text, unsigned long len);
	void (*fail)(int line, const char *why);
};

/* What is next in the scenario. */
enum scn_next {
	SCN_STARTED,		/* a call is under way */
	SCN_PAUSE,		/* *ms have to pass */
	SCN_WAIT,		/* only time can bring scn_waiting back */
	SCN_SKIP,		/* this kernel lacks what the scenario needs */
	SCN_END,
};

extern const struct scn_task *scn_waiting;

/* Takes a scenario; its first task is 'init', SCN_BORN. */
struct scn_task *scn_begin(const struct scn_ops *ops, const char *text, unsigned long len);
void scn_tell(void);
enum scn_next scn_step(long *ms);
void scn_fail(int line, const char *fmt, ...) __printf(2, 3);

/* A handler was called in @task. */
void scn_catch(struct scn_task *task, const struct scn_caught *caught);

#endif /* _SCENARIO_DRIVER_H */
