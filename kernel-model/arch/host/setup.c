// SPDX-License-Identifier: GPL-2.0-only
/* From boot to what the command line asked for, and the idle loop. */
#include <linux/sched.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <asm/setup.h>
#include <kunit/test.h>
#include "os.h"

static DECLARE_WAIT_QUEUE_HEAD(idle_wait);

#ifdef CONFIG_KUNIT
/* Lives here because only the idle loop knows. */
void kunit_wait_idle(void)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(&idle_wait, &wait, TASK_UNINTERRUPTIBLE);
	schedule();
	finish_wait(&idle_wait, &wait);
}
#endif

/* Nobody can run: whose turn is it?  0 when there is nothing left but timers. */
static int somebody_elses_turn(void)
{
	/* Nobody else runs who could go to sleep there in between. */
	if (waitqueue_active(&idle_wait)) {
		wake_up_all(&idle_wait);
		return 1;
	}
#ifdef CONFIG_SCENARIO
	if (os_request.mode == OS_SCENARIO)
		return scenario_idle();
#endif
	return 0;
}

/**
 * cpu_idle - what the idle task does
 *
 * When all tasks sleep, time jumps to the next timer; when there is none, too,
 * nothing will ever happen again.
 */
void cpu_idle(void)
{
	long ticks;

	for (;;) {
		schedule();
		if (somebody_elses_turn())
			continue;
		ticks = next_timer_interrupt();
		if (ticks < 0)
			panic("all tasks sleep, and nothing will wake them");
		do_timer(ticks);
	}
}

static int __maybe_unused no_such_mode(const char *what, const char *option)
{
	static char buf[200];
	int n = scnprintf(buf, sizeof(buf),
			  "error: this kernel has no %s\nhint: set %s=y in .config and make\n",
			  what, option);

	os_write(2, buf, n);
	return OS_EXIT_USAGE;
}

int run_user_mode(void)
{
	int status;

	switch (os_request.mode) {
	case OS_KUNIT:
#ifdef CONFIG_KUNIT
		if (os_request.fail_nth)
			fail_nth_allocation(os_request.fail_nth | FAIL_TOLD);
		status = kunit_run_all_tests(os_request.name);
#else
		status = no_such_mode("unit tests", "CONFIG_KUNIT");
#endif
		break;
	case OS_BENCH:
		status = bench_run(os_request.name);
		break;
	default:
#ifdef CONFIG_SCENARIO
		status = scenario_main();
#else
		status = no_such_mode("scenarios", "CONFIG_SCENARIO");
#endif
	}
	if (os_request.fail_nth && fail_nth_allocation(0) && status == OS_EXIT_OK)
		status = OS_EXIT_NOT_REACHED;
	os_exit(status);
}

/* A machine that starts anew would do the same once more. */
void machine_restart(void)
{
	printk(KERN_EMERG "Restarting system.\n");
	os_exit(OS_EXIT_OK);
}

void machine_power_off(void)
{
	printk(KERN_EMERG "Power down.\n");
	os_exit(OS_EXIT_OK);
}
