// SPDX-License-Identifier: GPL-2.0-only
/* './vmlinux --fail-nth': every allocation of a run fails once. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sweep.h"

/* More allocations than any run here makes: a sweep must end. */
#define SWEEP_LIMIT 1000000

/* In seconds of processor time, so that a busy machine does not matter. */
#define ENDLESS 20

/* Where the allocation that failed was made; parent and child share it. */
static char *where;
#define WHERE_SIZE 4096

void os_allocation_fails(void)
{
	static const char *const allocators[] = {
		"trace_callers", "os_allocation_fails", "should_fail_allocation",
		"kmem_cache_alloc", "kmem_cache_zalloc", "kmalloc", "__kmalloc", "kzalloc",
		"kcalloc", "alloc_pages", "__get_free_pages", "get_zeroed_page", NULL
	};
	/* Beyond these, nothing differs from one allocation to the next. */
	static const char *const roots[] = { "do_syscall", "case_thread", NULL };
	static char own[WHERE_SIZE];

	trace_callers(where ? where : own, WHERE_SIZE, allocators, roots);
	if (!where)
		fprintf(stderr, "allocation %lu fails in %s\n", os_request.fail_nth, own);
}

static void __attribute__((noreturn)) run_one(unsigned long n, const char *command_line)
{
	static const struct rlimit endless = { ENDLESS, ENDLESS };

	os_request.fail_nth = n;
	if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr) ||
	    setrlimit(RLIMIT_CPU, &endless))
		_exit(OS_EXIT_USAGE);
	start_kernel(command_line);
}

static void report(unsigned long n, int status)
{
	printf("allocation %lu in %s: ", n, where);
	if (!WIFSIGNALED(status))
		printf("exit status %d\n", WEXITSTATUS(status));
	else if (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)
		printf("no end after %d s\n", ENDLESS);
	else
		printf("killed by signal %d\n", WTERMSIG(status));
}

/*
 * One child per allocation: each boots afresh, and a crash in one is seen here.
 * A child says by status OS_EXIT_NOT_REACHED that it ran to the end before its
 * allocation came, which ends the sweep.
 */
int run_sweep(const char *command_line)
{
	int status, bad = 0;
	unsigned long n;
	pid_t pid;

	where = mmap(NULL, WHERE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (where == MAP_FAILED) {
		perror("error: mmap");
		return OS_EXIT_USAGE;
	}
	for (n = 1; n < SWEEP_LIMIT; n++) {
		fflush(stdout);
		pid = fork();
		if (!pid)
			run_one(n, command_line);
		if (pid < 0 || waitpid(pid, &status, 0) < 0) {
			perror("error: fork");
			return OS_EXIT_USAGE;
		}
		if (WIFEXITED(status) && WEXITSTATUS(status) == OS_EXIT_NOT_REACHED)
			break;
		if (WIFEXITED(status) && WEXITSTATUS(status) == OS_EXIT_OK)
			continue;
		if (WIFEXITED(status) && WEXITSTATUS(status) == OS_EXIT_USAGE) {
			fputs("error: the scenario is wrong\nhint: run it without --fail-nth\n",
			      stderr);
			return OS_EXIT_USAGE;
		}
		bad++;
		report(n, status);
	}
	printf("%lu allocations failed in turn, %d badly\n", n - 1, bad);
	return bad ? OS_EXIT_FAILED : OS_EXIT_OK;
}
