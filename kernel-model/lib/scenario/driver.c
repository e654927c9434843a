// SPDX-License-Identifier: GPL-2.0-only
/*
 * Takes the lines of a scenario in turn, gives each call to its task and prints
 * what came of it.  A line begins when all tasks sleep, so it has all its
 * effects before the next, and the trace does not depend on who ran first.
 */
#include "driver.h"

struct scn_task scn_tasks[SCN_TASKS];
struct scn_env scn_env;
const struct scn_task *scn_waiting;

static const struct scn_ops *ops;
static const char *next_text, *text_end;
static int line_nr;
static struct scn_task *doing;		/* whose call the last line is */

static void emit(struct scn_out *out)
{
	ops->print(out->buf, out->len);
	ops->print("\n", 1);
	out->len = 0;
}

void scn_fail(int line, const char *fmt, ...)
{
	static char buf[400];
	va_list args;

	va_start(args, fmt);
	scn_vprint(buf, sizeof(buf), fmt, args);
	va_end(args);
	ops->fail(line, buf);
}

static struct scn_task *find_task(const char *name)
{
	int i;

	for (i = SCN_TASKS; i--;)
		if (scn_tasks[i].state != SCN_FREE && !strcmp(scn_tasks[i].name, name))
			return &scn_tasks[i];
	return NULL;
}

static struct scn_task *new_task(const char *name)
{
	struct scn_task *t = scn_tasks;

	while (t < scn_tasks + SCN_TASKS && t->state != SCN_FREE)
		t++;
	if (t == scn_tasks + SCN_TASKS) {
		scn_fail(line_nr, "more than %d tasks", SCN_TASKS);
		return NULL;
	}
	memset(t, 0, offsetof(struct scn_task, args));
	scnprintf(t->name, sizeof(t->name), "%s", name);
	t->state = SCN_BORN;
	return t;
}

struct scn_task *scn_begin(const struct scn_ops *backend, const char *text, unsigned long len)
{
	ops = backend;
	next_text = text;
	text_end = text + len;
	return new_task("init");
}

void scn_catch(struct scn_task *task, const struct scn_caught *caught)
{
	if (task->ncaught < SCN_CAUGHT)
		task->caught[task->ncaught++] = *caught;
}

static void tell_caught(struct scn_task *t)
{
	static struct scn_out out;
	const struct scn_var *pid;
	int i;

	for (i = 0; i < t->ncaught; i++) {
		const struct scn_caught *c = &t->caught[i];

		scn_put(&out, "%s --- %s", t->name, scn_signal_name(c->sig));
		scn_put_si_code(&out, c->sig, c->code);
		pid = scn_find_value(&scn_env.pids, c->pid);
		if (pid)
			scn_put(&out, " pid=%s", pid->name);
		else
			scn_put(&out, " pid=%d", c->pid);
		if (c->value)
			scn_put(&out, " value=%d", c->value);
		emit(&out);
	}
	t->ncaught = 0;
}

/* Gives the result its name, before it is printed. */
static void bind_result(struct scn_task *t)
{
	const char *why = NULL;

	if (t->child && t->ret < 0 && t->child->state == SCN_BORN)
		t->child->state = SCN_FREE;
	if (t->line.result && t->ret >= 0 && !(t->call->flags & SCN_NEW_TASK))
		why = scn_bind(&scn_env.vars, t->line.result, t->ret);
	if (why)
		scn_fail(t->line_nr, "%s", why);
	t->child = NULL;
}

static void tell_done(struct scn_task *t)
{
	static struct scn_out out;

	bind_result(t);
	if (t->told)
		scn_put(&out, "%s %s ...", t->name, t->call->name);
	else
		scn_print_line(&out, &t->line);
	scn_print_result(&out, t->call, t->line.result, t->ret, t->args, t->nargs, &scn_env);
	emit(&out);
	tell_caught(t);
	t->told = 0;
	t->state = SCN_USER;
}

static void tell_blocked(struct scn_task *t)
{
	static struct scn_out out;

	scn_print_line(&out, &t->line);
	scn_put(&out, t->state == SCN_DEAD ? " = ?" : " ...");
	emit(&out);
	if (t->state != SCN_DEAD)
		t->told = 1;
}

static void tell_dead(struct scn_task *t)
{
	static struct scn_out out;

	if (t->exit_code & 0x7f)
		scn_put(&out, "%s +++ killed by %s", t->name,
			scn_signal_name(t->exit_code & 0x7f));
	else
		scn_put(&out, "%s +++ exited with %ld", t->name, t->exit_code >> 8 & 0xff);
	emit(&out);
	t->told = 1;
}

/**
 * scn_tell - print what happened
 *
 * First the line itself, then what else happened, in the order of the tasks.
 */
void scn_tell(void)
{
	struct scn_task *t;

	if (doing && doing->state == SCN_DONE)
		tell_done(doing);
	else if (doing)
		tell_blocked(doing);
	doing = NULL;
	for (t = scn_tasks; t < scn_tasks + SCN_TASKS; t++) {
		if (t->state == SCN_DONE)
			tell_done(t);
		if (t->state != SCN_FREE)
			tell_caught(t);
		if (t->state == SCN_DEAD && !t->told)
			tell_dead(t);
	}
}

static int lacks(const char *what, const char *name)
{
	static struct scn_out out;

	scn_put(&out, "skipped: no %s '%s'", what, name);
	emit(&out);
	return 0;
}

/* What the kernel lacks is said in the trace. */
static int is_there(const char *name)
{
	long cap = 0;
	int set;

	if (!strcmp(name, "HARDWARE"))
		return ops->has_hardware || lacks("machine of its own:", name);
	if (!strncmp(name, "CONFIG_", 7)) {
		set = ops->has_option(name + 7);
		if (set < 0)
			scn_fail(line_nr, "no scenario can need '%s'", name);
		return set || lacks("option", name);
	}
	if (strncmp(name, "CAP_", 4) || !scn_constant(name, strlen(name), &cap))
		scn_fail(line_nr, "'%s' is no capability, no option, and not HARDWARE", name);
	return ops->has_capability(cap) || lacks("capability", name);
}

/* 0 if one is missing. */
static int do_need(const struct scn_line *line)
{
	int i;

	if (!line->call)
		scn_fail(line_nr, "'need' takes names of capabilities and options");
	if (!is_there(line->call))
		return 0;
	for (i = 0; i < line->nargs; i++)
		if (!is_there(line->args[i]))
			return 0;
	return 1;
}

/* "pause MS": time passes. */
static long do_pause(const struct scn_line *line)
{
	const char *why;
	long ms = 0;

	if (!line->call || line->nargs)
		scn_fail(line_nr, "'pause' takes a number of milliseconds");
	why = scn_number(line->call, &scn_env, &ms);
	if (why || ms < 0 || ms > 3600000)
		scn_fail(line_nr, "'pause' takes a number of milliseconds up to an hour");
	return ms;
}

static void check_line(const struct scn_line *line, const struct scn_task *t)
{
	if (!t)
		scn_fail(line_nr, "unknown task '%s'", line->task);
	if (t->state == SCN_DEAD)
		scn_fail(line_nr, "task '%s' has ended", line->task);
	if (!line->call)
		scn_fail(line_nr, "a system call is missing after '%s'", line->task);
	if (!scn_find_call(line->call))
		scn_fail(line_nr, "unknown system call '%s'", line->call);
}

/* A name may be used again when its task is dead. */
static struct scn_task *new_child(const char *name)
{
	struct scn_task *old = find_task(name);

	if (old && old->state != SCN_DEAD)
		scn_fail(line_nr, "there is a task '%s' already", name);
	if (old)
		old->state = SCN_FREE;
	return new_task(name);
}

static void start_call(struct scn_task *t)
{
	const char *why;

	t->line_nr = line_nr;
	t->call = scn_find_call(t->line.call);
	why = scn_read_args(t->call, &t->line, &scn_env, t->args, &t->nargs);
	if (why)
		scn_fail(line_nr, "%s", why);
	if (t->call->flags & SCN_NEW_TASK)
		t->child = new_child(t->line.result);
	t->told = 0;
	t->state = SCN_CALLING;
	doing = t;
	ops->start(t);
}

/* The task of a line is not back from the one before: the line stays. */
static enum scn_next do_call(const char *text, unsigned long len, const struct scn_line *line)
{
	struct scn_task *t = find_task(line->task);

	check_line(line, t);
	if (t->state != SCN_USER) {
		line_nr--;
		scn_waiting = t;
		return SCN_WAIT;
	}
	next_text = text + len + (text + len < text_end);
	scn_parse(text, len, &t->line);
	start_call(t);
	return SCN_STARTED;
}

static enum scn_next at_the_end(void)
{
	struct scn_task *t;

	for (t = scn_tasks; t < scn_tasks + SCN_TASKS; t++) {
		if (t->state == SCN_CALLING || t->state == SCN_BORN) {
			scn_waiting = t;
			return SCN_WAIT;
		}
	}
	return SCN_END;
}

static unsigned long line_length(const char *text)
{
	const char *end = memchr(text, '\n', text_end - text);

	return (end ? end : text_end) - text;
}

/* Before the first line: a trace that ends half way would be of no use. */
static int has_all_calls(void)
{
	static struct scn_line line;
	const char *text;
	unsigned long len;

	for (text = next_text; text < text_end; text += len + 1) {
		len = line_length(text);
		if (scn_parse(text, len, &line) || !line.call || !scn_find_call(line.call))
			continue;
		if (!ops->has_call(line.call))
			return lacks("system call", line.call);
	}
	return 1;
}

/**
 * scn_step - go on with the scenario, as all tasks sleep
 * @ms: how long a pause is, for SCN_PAUSE
 */
enum scn_next scn_step(long *ms)
{
	static struct scn_line line;
	const char *text = next_text, *why;
	unsigned long len;

	if (!line_nr && !has_all_calls())
		return SCN_SKIP;
	for (;; text = next_text) {
		if (text == text_end)
			return at_the_end();
		len = line_length(text);
		line_nr++;
		why = scn_parse(text, len, &line);
		if (why)
			scn_fail(line_nr, "%s", why);
		if (line.task && strcmp(line.task, "need") && strcmp(line.task, "pause"))
			return do_call(text, len, &line);
		next_text = text + len + (text + len < text_end);
		if (!line.task)
			continue;
		if (!strcmp(line.task, "pause")) {
			*ms = do_pause(&line);
			return SCN_PAUSE;
		}
		if (!do_need(&line))
			return SCN_SKIP;
	}
}
