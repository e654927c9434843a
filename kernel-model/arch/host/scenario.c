// SPDX-License-Identifier: GPL-2.0-only
/*
 * Scenarios on the model: the idle task drives them, as nothing else can run
 * when it does.
 */
#include <linux/sched.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/entry.h>
#include <asm/setup.h>
#include <asm/user.h>
#include "os.h"
#include "../../lib/scenario/driver.h"

static unsigned long pause_until;

static int has_call(const char *name)
{
	return !!find_syscall(name);
}

/* Process 1 has all capabilities. */
static int has_capability(int cap)
{
	return 1;
}

/* What an option is defined as, which is 1, or its own name. */
#define VALUE(option)	VALUE_(option)
#define VALUE_(option)	#option
#define OPTION(name)	{ #name, VALUE(CONFIG_##name) }

static const struct {
	const char *name;
	const char *value;
} options[] = {
	OPTION(DUMMY),
	OPTION(INET),
	OPTION(IP_NF_FILTER),
	OPTION(NET),
	OPTION(NETFILTER),
	OPTION(PACKET),
	OPTION(POSIX_MQUEUE),
	OPTION(PROC_FS),
	OPTION(SYSCTL),
	OPTION(SYSVIPC),
	OPTION(UNIX),
	OPTION(UNIX98_PTYS),
};

static int has_option(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(options); i++)
		if (!strcmp(options[i].name, name))
			return !strcmp(options[i].value, "1");
	return -1;
}

static void print(const char *text, unsigned long len)
{
	os_write(1, text, len);
}

static void give_up(int line, const char *why)
{
	static char buf[600];
	int n = scnprintf(buf, sizeof(buf), "%s:%d: %s\n", os_request.name, line, why);

	/* Where memory failed, what comes later may well have no sense. */
	if (os_request.fail_nth && !fail_nth_allocation(0))
		os_exit(OS_EXIT_OK);
	os_flush();
	os_write(2, buf, n);
	os_exit(OS_EXIT_USAGE);
}

static const struct scn_ops model_ops = {
	.has_call = has_call,
	.has_capability = has_capability,
	.has_option = has_option,
	.has_hardware = 1,
	.start = user_start,
	.print = print,
	.fail = give_up,
};

static void finish(void)
{
	os_exit(os_request.fail_nth && fail_nth_allocation(0) ? OS_EXIT_NOT_REACHED : OS_EXIT_OK);
}

/* Up to the next timer, but not beyond the pause. */
static int pass_time(void)
{
	long left = pause_until - jiffies, next = next_timer_interrupt();

	if (left <= 0)
		return 0;
	do_timer(next < 0 ? left : min(left, next));
	return 1;
}

/**
 * scenario_idle - nobody can run: go on with the scenario
 *
 * Returns 0 when only time can help.
 */
int scenario_idle(void)
{
	long ms;

	/* A limit of no time at all is over before anybody looks. */
	if (!next_timer_interrupt()) {
		do_timer(0);
		return 1;
	}
	scn_tell();
	if (pass_time())
		return 1;
	switch (scn_step(&ms)) {
	case SCN_STARTED:
		return 1;
	case SCN_PAUSE:
		pause_until = jiffies + msecs_to_jiffies(ms);
		return 1;
	case SCN_WAIT:
		if (next_timer_interrupt() < 0)
			scn_fail(scn_waiting->line_nr,
				 "'%s' waits in '%s' and nothing will wake it",
				 scn_waiting->name, scn_waiting->call->name);
		return 0;
	default:
		finish();
		return 0;
	}
}

/* Process 1 goes to user mode as the task 'init'. */
int scenario_main(void)
{
	struct mm_struct *mm = mm_alloc();

	if (!mm)
		panic("no memory for init");
	current->mm = mm;
	current->active_mm = mm;
	if (user_memory() || user_program())
		panic("no memory for the arguments of system calls");
	cap_exec();
	/* Numbers below this one mean the same everywhere; a real host has some, too. */
	last_pid = max(last_pid, RESERVED_PIDS - 1);
	current->thread.user = scn_begin(&model_ops, os_request.text, os_request.len);
	if (os_request.fail_nth)
		fail_nth_allocation(os_request.fail_nth | FAIL_TOLD);
	return user_mode(NULL);
}
