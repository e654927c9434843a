/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SCENARIO_H
#define _SCENARIO_H

/*
 * The language of scenarios: what the model's interpreter and the one that runs
 * on a real kernel have in common.  Nothing here allocates memory, and nothing
 * needs more of a library than strings and printing.  See
 * Documentation/scenarios.rst.
 */
#ifdef __KERNEL__
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/ctype.h>
#define scn_vprint	vscnprintf
#else
#include <ctype.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define __printf(a, b)	__attribute__((format(printf, a, b)))
#define __noreturn	__attribute__((noreturn))
#define ARRAY_SIZE(x)	(sizeof(x) / sizeof((x)[0]))
#define scnprintf	scn_scnprintf
int scn_vprint(char *buf, size_t size, const char *fmt, va_list ap);
int scn_scnprintf(char *buf, size_t size, const char *fmt, ...);
#endif

#define SCN_WORDS	16
#define SCN_NAME	24
#define SCN_LINE	512
#define SCN_REGS	6
#define SCN_DATA	4096	/* most bytes that one argument points to */
#define SCN_POINTERS	6

/* Text that grows to a limit. */
struct scn_out {
	char buf[2 * SCN_LINE];
	unsigned long len;
};

void scn_put(struct scn_out *out, const char *fmt, ...) __printf(2, 3);
void scn_put_quoted(struct scn_out *out, const unsigned char *data, unsigned long len);

/**
 * struct scn_line - one line in parts
 * @task: first word, or the directive
 * @call: second word
 * @args: what is between the call and "->"
 * @result: the name after "->", or NULL
 * @text: storage of the words
 */
struct scn_line {
	const char *task;
	const char *call;
	const char *args[SCN_WORDS];
	int nargs;
	const char *result;
	char text[SCN_LINE];
};

/* Returns NULL, or why not.  A line without words has no task. */
const char *scn_parse(const char *text, unsigned long len, struct scn_line *line);

/**
 * struct scn_var - a name with a value, from "->"
 */
struct scn_var {
	char name[SCN_NAME];
	long value;
};

#define SCN_VARS 128

struct scn_vars {
	struct scn_var var[SCN_VARS];
	int n;
};

const struct scn_var *scn_find(const struct scn_vars *vars, const char *name);
const struct scn_var *scn_find_value(const struct scn_vars *vars, long value);
const char *scn_bind(struct scn_vars *vars, const char *name, long value);

/**
 * struct scn_env - what words may refer to
 * @vars: ids, descriptors and the like
 * @pids: tasks by name
 */
struct scn_env {
	struct scn_vars vars;
	struct scn_vars pids;
};

/**
 * struct scn_arg - one argument of a call
 * @kind: how it is read and printed
 * @reg: what goes into the registers
 * @nregs: how many that are, 1 or 2
 * @points: reg[0] is to be the address of data
 * @inside: reg[1] is a place in data, and to be its address
 * @npointers: how many there are of
 * @pointers: places in data that hold such a place, too
 * @unsized: the result is how long it is, which differs from kernel to kernel
 * @form: for the kind: what the argument is, or how many words it has seen
 * @len: of data
 * @data: what is there before the call, and after
 */
struct scn_arg {
	const struct scn_kind *kind;
	long reg[2];
	int nregs;
	int points;
	int inside;
	int npointers;
	unsigned short pointers[SCN_POINTERS];
	int unsized;
	int form;
	unsigned long len;
	unsigned char data[SCN_DATA];
};

/**
 * struct scn_kind - a kind of argument
 * @name: in the signatures of calls.c
 * @words: how many words of the line it takes
 * @in: fills in the argument, called for each word; returns NULL, or why not
 * @out: prints what the call left there, if it succeeded; may be NULL
 */
struct scn_kind {
	const char *name;
	int words;
	const char *(*in)(struct scn_arg *arg, const char *word, const struct scn_env *env);
	void (*out)(struct scn_out *out, const struct scn_arg *arg, long ret,
		    const struct scn_env *env);
};

/* The kinds of each area, up to one without a name. */
extern const struct scn_kind scn_fs_kinds[];
extern const struct scn_kind scn_ipc_kinds[];
extern const struct scn_kind scn_kernel_kinds[];
extern const struct scn_kind scn_message_kinds[];
extern const struct scn_kind scn_net_kinds[];

/* For kinds: the argument points to a copy of these bytes, or to zeroes. */
void scn_points_to(struct scn_arg *arg, const void *data, unsigned long len);

/* For who runs the task: its data will be there.  Fills in registers and pointers. */
void scn_place(struct scn_arg *arg, unsigned long address);

/* NULL and BAD are pointers as they are. */
int scn_is_pointer(const char *word);

#define SCN_FIELDS 32

/* Parts of a word. */
struct scn_fields {
	char text[SCN_LINE];
	const char *field[SCN_FIELDS];
	int n;
};

const char *scn_split(struct scn_fields *f, const char *word, unsigned long len, char sep);

/*
 * The kernel's struct sigaction.  A backend whose tasks run code of their own
 * puts the address of that in the place of SCN_HANDLER.
 */
struct scn_sigaction {
	unsigned long handler;
	unsigned long flags;
	unsigned long restorer;
	unsigned long mask;
};

#define SCN_HANDLER	0x7e57

const struct scn_kind *scn_find_kind(const char *name, unsigned long len);

/* How a result is printed. */
enum scn_ret {
	SCN_RET_INT,	/* the number */
	SCN_RET_ID,	/* the name it was given, or "id" */
	SCN_RET_FD,	/* the name it was given, or the number */
	SCN_RET_PID,	/* the task's name, or the number below 300 */
	SCN_RET_ADDR,	/* the name it was given, or the number in hex */
	SCN_RET_NONE,	/* does not return */
};

enum { SCN_NEW_TASK = 1 };	/* the result's name is that of a new task */

/**
 * struct scn_call - a system call
 * @name: as in the scenario
 * @ret: how its result is printed
 * @flags: SCN_NEW_TASK
 * @args: kinds of arguments, separated by a blank
 */
struct scn_call {
	const char *name;
	enum scn_ret ret;
	int flags;
	const char *args;
};

const struct scn_call *scn_find_call(const char *name);

/* Reads the words of a line; returns NULL, or why not (in a static buffer). */
const char *scn_read_args(const struct scn_call *call, const struct scn_line *line,
			  const struct scn_env *env, struct scn_arg *args, int *nargs);

/* Prints " = RESULT" and what the arguments have to say. */
void scn_print_result(struct scn_out *out, const struct scn_call *call, const char *name,
		      long ret, const struct scn_arg *args, int nargs,
		      const struct scn_env *env);

/* Prints the line as it was understood: "TASK CALL ARGS". */
void scn_print_line(struct scn_out *out, const struct scn_line *line);

/* Names of numbers. */
const char *scn_errno_name(int err);
const char *scn_signal_name(int sig);
/* " WORD=NAME", or the number when no task has it. */
void scn_put_pid(struct scn_out *out, const char *word, int pid, const struct scn_env *env);
/* " SI_USER" or whatever the code means for this signal. */
void scn_put_si_code(struct scn_out *out, int sig, int code);
int scn_constant(const char *name, unsigned long len, long *value);

/* Numbers, constants and names joined by '|'. */
const char *scn_number(const char *word, const struct scn_env *env, long *value);

#endif /* _SCENARIO_H */
