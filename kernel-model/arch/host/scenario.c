// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs a scenario: the idle task reads the next line whenever all tasks sleep,
 * gives it to its task and prints what came of it.  So each line has all its
 * effects before the next, and the trace does not depend on who ran first.
 */
#include <linux/sched.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/entry.h>
#include <asm/setup.h>
#include <asm/user.h>
#include "os.h"
#include "scn_task.h"

struct scn_task scn_tasks[SCN_TASKS];
struct scn_env scn_env;

static const char *next_text;
static int line_nr;
static struct scn_task *doing;		/* whose call the last line is */
static unsigned long pause_until;

static void emit(const struct scn_out *out)
{
	os_write(1, out->buf, out->len);
	os_write(1, "\n", 1);
}

static void give_up(int at, const char *fmt, ...) __printf(2, 3) __noreturn;

static void give_up(int at, const char *fmt, ...)
{
	static char buf[600];
	va_list args;
	int n;

	n = scnprintf(buf, sizeof(buf), "%s:%d: ", os_request.name, at);
	va_start(args, fmt);
	n += vscnprintf(buf + n, sizeof(buf) - n - 1, fmt, args);
	va_end(args);
	buf[n++] = '\n';
	/* Where memory failed, what comes later may well have no sense. */
	if (os_request.fail_nth && !fail_nth_allocation(0))
		os_exit(OS_EXIT_OK);
	os_flush();
	os_write(2, buf, n);
	os_exit(OS_EXIT_USAGE);
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
	if (t == scn_tasks + SCN_TASKS)
		give_up(line_nr, "more than %d tasks", SCN_TASKS);
	memset(t, 0, offsetof(struct scn_task, args));
	strlcpy(t->name, name, sizeof(t->name));
	t->told = 0;
	t->child = NULL;
	t->state = SCN_BORN;
	return t;
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
		give_up(t->line_nr, "%s", why);
	t->child = NULL;
}

static void tell_done(struct scn_task *t)
{
	static struct scn_out out;

	out.len = 0;
	bind_result(t);
	if (t->told)
		scn_put(&out, "%s %s ...", t->name, t->call->name);
	else
		scn_print_line(&out, &t->line);
	scn_print_result(&out, t->call, t->line.result, t->ret, t->args, t->nargs, &scn_env);
	emit(&out);
	t->told = 0;
	t->state = SCN_USER;
}

static void tell_blocked(struct scn_task *t)
{
	static struct scn_out out;

	out.len = 0;
	scn_print_line(&out, &t->line);
	scn_put(&out, t->state == SCN_DEAD ? " = ?" : " ...");
	emit(&out);
	if (t->state != SCN_DEAD)
		t->told = 1;
}

static void tell_dead(struct scn_task *t)
{
	static struct scn_out out;

	out.len = 0;
	if (t->exit_code & 0x7f)
		scn_put(&out, "%s +++ killed by %s", t->name,
			scn_signal_name(t->exit_code & 0x7f));
	else
		scn_put(&out, "%s +++ exited with %ld", t->name, t->exit_code >> 8 & 0xff);
	emit(&out);
	t->told = 1;
}

/* First the line itself, then what else happened, in the order of the tasks. */
static void tell_all(void)
{
	struct scn_task *t;

	if (doing && doing->state == SCN_DONE)
		tell_done(doing);
	else if (doing && (doing->state != SCN_DEAD || doing->told))
		tell_blocked(doing);
	doing = NULL;
	for (t = scn_tasks; t < scn_tasks + SCN_TASKS; t++) {
		if (t->state == SCN_DONE)
			tell_done(t);
		else if (t->state == SCN_DEAD && !t->told)
			tell_dead(t);
	}
}

/* 1 if time must pass first; does not return if that would not help. */
static void must_wait(const struct scn_task *t)
{
	if (next_timer_interrupt() < 0)
		give_up(t->line_nr, "'%s' waits in '%s' and nothing will wake it", t->name,
			t->call->name);
}

static void finish(void)
{
	os_exit(os_request.fail_nth && fail_nth_allocation(0) ? OS_EXIT_NOT_REACHED : OS_EXIT_OK);
}

/* "need CALL...": the scenario is skipped where a call is missing. */
static void do_need(const struct scn_line *line)
{
	static struct scn_out out;
	int i;

	for (i = -1; i < line->nargs; i++) {
		const char *name = i < 0 ? line->call : line->args[i];

		if (!name)
			give_up(line_nr, "'need' takes the names of system calls");
		if (!scn_find_call(name))
			give_up(line_nr, "unknown system call '%s'", name);
		if (find_syscall(name))
			continue;
		scn_put(&out, "skipped: no system call '%s'", name);
		emit(&out);
		finish();
	}
}

/* "pause MS": time passes. */
static void do_pause(const struct scn_line *line)
{
	const char *why;
	long ms = 0;

	if (!line->call || line->nargs)
		give_up(line_nr, "'pause' takes a number of milliseconds");
	why = scn_number(line->call, &scn_env, &ms);
	if (why || ms < 0 || ms > 3600000)
		give_up(line_nr, "'pause' takes a number of milliseconds up to an hour");
	pause_until = jiffies + msecs_to_jiffies(ms);
}

static void check_line(const struct scn_line *line, const struct scn_task *t)
{
	if (!t)
		give_up(line_nr, "unknown task '%s'", line->task);
	if (t->state == SCN_DEAD)
		give_up(line_nr, "task '%s' has ended", line->task);
	if (!line->call)
		give_up(line_nr, "a system call is missing after '%s'", line->task);
	if (!scn_find_call(line->call))
		give_up(line_nr, "unknown system call '%s'", line->call);
	if (!find_syscall(line->call))
		give_up(line_nr, "this kernel has no system call '%s'", line->call);
}

static void start_call(struct scn_task *t)
{
	const char *why;

	t->line_nr = line_nr;
	t->call = scn_find_call(t->line.call);
	t->entry = find_syscall(t->line.call);
	why = scn_read_args(t->call, &t->line, &scn_env, t->args, &t->nargs);
	if (why)
		give_up(line_nr, "%s", why);
	if (t->call->flags & SCN_NEW_TASK) {
		struct scn_task *old = find_task(t->line.result);

		if (old && old->state != SCN_DEAD)
			give_up(line_nr, "there is a task '%s' already", t->line.result);
		if (old)
			old->state = SCN_FREE;
		t->child = new_task(t->line.result);
	}
	t->told = 0;
	t->state = SCN_CALLING;
	doing = t;
	wake_up_all(&t->wake);
}

/* Takes a line; 0 if its task is not back from the one before. */
static int do_line(const char *text, unsigned long len)
{
	static struct scn_line line;
	const char *why;
	struct scn_task *t;

	why = scn_parse(text, len, &line);
	if (why)
		give_up(line_nr, "%s", why);
	if (!line.task)
		return 1;
	if (!strcmp(line.task, "need")) {
		do_need(&line);
		return 1;
	}
	if (!strcmp(line.task, "pause")) {
		do_pause(&line);
		return 1;
	}
	t = find_task(line.task);
	check_line(&line, t);
	if (t->state != SCN_USER) {
		must_wait(t);
		return 0;
	}
	scn_parse(text, len, &t->line);
	start_call(t);
	return 1;
}

static int pass_time(void)
{
	long left = pause_until - jiffies, next = next_timer_interrupt();

	if (left <= 0)
		return 0;
	do_timer(next < 0 ? left : min(left, next));
	return 1;
}

static int at_the_end(void)
{
	struct scn_task *t;

	for (t = scn_tasks; t < scn_tasks + SCN_TASKS; t++) {
		if (t->state == SCN_CALLING || t->state == SCN_BORN) {
			must_wait(t);
			return 0;
		}
	}
	finish();
	return 0;
}

/**
 * scenario_idle - nobody can run: go on with the scenario
 *
 * Returns 0 when only time can help.
 */
int scenario_idle(void)
{
	unsigned long len;

	tell_all();
	if (pass_time())
		return 1;
	while (!doing) {
		if (pause_until > jiffies)
			return pass_time();
		if (next_text == os_request.text + os_request.len)
			return at_the_end();
		len = strcspn(next_text, "\n");
		if (next_text + len < os_request.text + os_request.len && !next_text[len])
			give_up(line_nr + 1, "NUL byte");
		line_nr++;
		if (!do_line(next_text, len)) {
			line_nr--;
			return 0;
		}
		next_text += len + (next_text[len] == '\n');
	}
	return 1;
}

/* Process 1 goes to user mode as the task 'init'. */
int scenario_main(void)
{
	struct vm_area_struct *arena;
	struct mm_struct *mm = mm_alloc();

	arena = mm ? vma_alloc(mm, USER_ARENA, USER_ARENA + USER_ARENA_SIZE,
			       VM_READ | VM_WRITE | VM_MAYREAD | VM_MAYWRITE) : NULL;
	if (!arena)
		panic("no memory for init");
	vma_link(mm, arena);
	current->mm = mm;
	current->active_mm = mm;
	/* Numbers below this one mean the same everywhere; a real host has some, too. */
	last_pid = max(last_pid, RESERVED_PIDS - 1);
	next_text = os_request.text;
	current->thread.user = new_task("init");
	fail_nth_allocation(os_request.fail_nth);
	return user_mode(NULL);
}
