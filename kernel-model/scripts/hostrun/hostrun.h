/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _HOSTRUN_H
#define _HOSTRUN_H

/*
 * hostrun plays scenarios on the kernel that it runs on.
 *
 *   hostrun ── runner (one for each scenario) ─ reads lines, watches, prints
 *                └─ init ─ process 1 of a new pid namespace, with a new root
 *                     └─ tasks ─ made by the scenario's own clone() calls
 *
 * Runner and tasks share one struct cell for each task.  Tasks call the kernel
 * without libc: threads made by a bare clone() have no thread-local storage.
 */
#include <sys/types.h>

#include "../../lib/scenario/driver.h"

enum cell_state {
	CELL_FREE,
	CELL_NEW,		/* the task is being made */
	CELL_USER,		/* it waits for a call */
	CELL_CALL,		/* it has one */
	CELL_DONE,		/* the result is in */
};

/* One argument that is memory. */
struct cell_data {
	int points;
	int back;		/* fetch it after the call */
	unsigned long len;
	unsigned char bytes[SCN_DATA];
};

/**
 * struct cell - what a task and the runner tell each other
 * @state: see above; a futex
 * @tid: the task's number in its own pid namespace
 * @nr: system call number
 * @regs: its arguments
 * @ret: its result, negative for an error
 * @child: the cell of the task that the call makes
 * @name: for the task's comm
 * @ncaught: signals caught since the task was made
 * @caught: the last of them
 * @nargs: how many arguments there are in @data
 */
struct cell {
	int state;
	int tid;
	long nr;
	long regs[SCN_REGS];
	long ret;
	int child;
	char name[SCN_NAME];
	int ncaught;
	struct scn_caught caught[SCN_CAUGHT];
	int nargs;
	struct cell_data data[SCN_REGS];
};

/* Both sides write state, tid and ncaught. */
#define cell_get(field)		__atomic_load_n(&(field), __ATOMIC_SEQ_CST)
#define cell_set(field, value)	__atomic_store_n(&(field), value, __ATOMIC_SEQ_CST)

extern struct cell *cells;	/* SCN_TASKS of them, in shared memory */

/*
 * A program that a task runs finds them by this descriptor, which is beyond
 * what scenarios may open.
 */
#define CELLS_FD	4000
#define CELLS_SIZE	(SCN_TASKS * sizeof(struct cell))
#define PROGRAM		"bin/program"	/* below the root of the sandbox */

/* task.c: the body of each task. */
void task_prepare(void);
void __noreturn task_run_init(void);
int task_is_program(int argc, char **argv);
void __noreturn task_run_program(void);

/* calls.c: numbers by name. */
long call_number(const char *name);

/* sandbox.c: what the model has at boot, in namespaces of this process. */
#define SANDBOX_FLAGS	(CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNET)
struct sandbox {
	int in_turn, with_dummy, with_program, cells_fd;
};

void sandbox_enter(const struct sandbox *how);

/* net.c: what scenarios may need of net/. */
int net_make_dummy(void);
int net_has_dummy(void);
int net_has_filter(void);

/* modules.c: parts of user-mode Linux that are not built in. */
void modules_load(const char *name);

/* watch.c: what tasks are doing, by /proc. */
enum watch_state { WATCH_RUNS, WATCH_SLEEPS, WATCH_DEEP, WATCH_DEAD };
enum watch_state watch_task(pid_t tid, unsigned long *switches);
pid_t watch_find(pid_t root, int tid);

/* exits.c: exit codes of all tasks, by taskstats. */
void exits_open(void);
void exits_read(void);
int exits_code(pid_t tid);

/* main.c: this is a user-mode Linux that runs nothing else. */
extern int own_machine;

/* runner.c: one scenario; the exit status. */
int run_scenario(const char *name, const char *text, unsigned long len, int out);

void __noreturn die(const char *fmt, ...) __printf(1, 2);

#endif /* _HOSTRUN_H */
