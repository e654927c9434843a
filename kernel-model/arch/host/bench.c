// SPDX-License-Identifier: GPL-2.0-only
/* Loops of fixed length, for counting instructions and comparing kernels. */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/utsname.h>
#include <asm/setup.h>
#include "os.h"

static void bench_uname(void)
{
	struct new_utsname name;

	sys_newuname((struct new_utsname __force __user *)&name);
}

static void bench_getpid(void)
{
	sys_getpid();
}

static int nothing(void *unused)
{
	return 0;
}

static void bench_fork_exit(void)
{
	kernel_thread(nothing, NULL, SIGCHLD);
	sys_wait4(-1, NULL, 0, NULL);
}

static const struct bench {
	const char *name;
	void (*run)(void);
	int count;
} benches[] = {
	{ "uname", bench_uname, 10000 },
	{ "getpid", bench_getpid, 10000 },
	{ "fork/exit", bench_fork_exit, 1000 },
};

static void run_one(const struct bench *b)
{
	unsigned long start = os_clock(), ns;
	char line[120];
	int i, n;

	for (i = 0; i < b->count; i++)
		b->run();
	ns = os_clock() - start;
	n = scnprintf(line, sizeof(line), "%-12s %8d calls %8lu ns each\n", b->name, b->count,
		      ns / b->count);
	os_write(1, line, n);
}

int bench_run(const char *name)
{
	unsigned int i, found = 0;
	char line[120];
	int n;

	for (i = 0; i < ARRAY_SIZE(benches); i++) {
		if (name && strcmp(name, benches[i].name))
			continue;
		run_one(&benches[i]);
		found++;
	}
	if (found)
		return OS_EXIT_OK;
	n = scnprintf(line, sizeof(line), "error: no loop is called '%s'\nhint: ./vmlinux bench\n",
		      name);
	os_write(2, line, n);
	return OS_EXIT_USAGE;
}
