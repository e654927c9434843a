// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit tests in the shape of KUnit.  The output is KTAP version 1.  Each case
 * runs in a task of its own, so that an assertion can end it, and is followed
 * by a comparison of all slab caches with what they were before.
 */
#include <kunit/test.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include "os.h"

#define MAX_CACHES 200

struct snapshot {
	unsigned long live[MAX_CACHES];
	unsigned int caches;
	int threads;
	unsigned long warnings;
};

struct kunit_resource {
	struct list_head node;
	void *mem;
};

struct run {
	struct kunit_suite *suite;
	struct kunit_case *test_case;
	struct kunit test;
};

static void ktap(const char *fmt, ...) __printf(1, 2);

static void ktap(const char *fmt, ...)
{
	static char buf[1024];
	va_list args;

	va_start(args, fmt);
	os_write(1, buf, vscnprintf(buf, sizeof(buf), fmt, args));
	va_end(args);
}

/* Lines of a message, each as a diagnostic of a case. */
static void diagnose(const char *text)
{
	while (*text) {
		int n = strcspn(text, "\n");

		ktap("    # %.*s\n", n, text);
		text += n + (text[n] == '\n');
	}
}

void __kunit_fail(struct kunit *test, const char *file, int line, const char *fmt, ...)
{
	static char buf[900];
	va_list args;
	int n;

	test->failed = 1;
	if (os_request.fail_nth)
		return;
	n = scnprintf(buf, sizeof(buf), "%s: EXPECTATION FAILED at %s:%d\n", test->name, file,
		      line);
	va_start(args, fmt);
	vscnprintf(buf + n, sizeof(buf) - n, fmt, args);
	va_end(args);
	diagnose(buf);
}

void __kunit_abort(struct kunit *test)
{
	test->aborted = 1;
	do_exit(0);
}

void kunit_skip(struct kunit *test, const char *why)
{
	test->skipped = why;
	do_exit(0);
}

void *kunit_kmalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	struct kunit_resource *res = kmalloc(sizeof(*res), gfp);

	if (!res)
		return NULL;
	res->mem = kmalloc(size, gfp);
	if (!res->mem) {
		kfree(res);
		return NULL;
	}
	list_add(&res->node, &test->resources);
	return res->mem;
}

void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	void *p = kunit_kmalloc(test, size, gfp);

	return p ? memset(p, 0, size) : NULL;
}

static void take_snapshot(struct snapshot *s)
{
	struct kmem_cache *c;

	rcu_barrier();
	for (s->caches = 0; s->caches < MAX_CACHES; s->caches++) {
		c = kmem_cache_nth(s->caches);
		if (!c)
			break;
		s->live[s->caches] = kmem_cache_live(c);
	}
	s->threads = nr_threads;
	s->warnings = warnings;
}

static int compare(const struct snapshot *before, const struct snapshot *after, const char *name)
{
	unsigned int i;
	int bad = 0;

	for (i = 0; i < after->caches; i++) {
		unsigned long was = i < before->caches ? before->live[i] : 0;

		if (after->live[i] == was)
			continue;
		ktap("    # %s: cache %s had %lu objects before and %lu after\n", name,
		     kmem_cache_name(kmem_cache_nth(i)), was, after->live[i]);
		bad = 1;
	}
	if (before->threads != after->threads) {
		ktap("    # %s: %d tasks before and %d after\n", name, before->threads,
		     after->threads);
		bad = 1;
	}
	if (before->warnings != after->warnings) {
		ktap("    # %s: %lu kernel warnings\n", name, after->warnings - before->warnings);
		bad = 1;
	}
	return bad;
}

static int case_thread(void *arg)
{
	struct run *run = arg;

	if (run->suite->init && run->suite->init(&run->test)) {
		__kunit_fail(&run->test, "init of suite", 0, "%s", run->suite->name);
		return 0;
	}
	run->test_case->run_case(&run->test);
	return 0;
}

static int exit_thread_fn(void *arg)
{
	struct run *run = arg;

	run->suite->exit(&run->test);
	return 0;
}

/* In a task of its own, whose children init inherits and reaps here. */
static int run_thread(int (*fn)(void *arg), struct run *run)
{
	int pid = kernel_thread(fn, run, CLONE_FS | CLONE_FILES | SIGCHLD);

	if (pid < 0)
		return pid;
	while (sys_wait4(pid, NULL, 0, NULL) != pid)
		;
	kunit_wait_idle();
	while (sys_wait4(-1, NULL, WNOHANG, NULL) > 0)
		;
	return 0;
}

/* What cleans up is no part of the test: no allocation fails there. */
static int run_exit(struct run *run)
{
	unsigned long saved = fail_nth_allocation(0);
	int err = run_thread(exit_thread_fn, run);

	fail_nth_allocation(saved);
	return err;
}

static void free_resources(struct kunit *test)
{
	struct kunit_resource *res, *n;

	list_for_each_entry_safe(res, n, &test->resources, node) {
		kfree(res->mem);
		kfree(res);
	}
}

/* With a failing allocation a case may stop anywhere; what it owns is lost. */
static int tolerated(const struct kunit *test)
{
	return os_request.fail_nth && (test->failed || test->aborted);
}

static int shows_known_bug(const struct kunit_case *c)
{
	void (*const *bug)(struct kunit *test);

	for (bug = __start_kunit_known_bugs; bug < __stop_kunit_known_bugs; bug++)
		if (*bug == c->run_case)
			return 1;
	return 0;
}

static int run_case(struct kunit_suite *suite, struct kunit_case *c, int nr)
{
	static struct snapshot before, after;
	struct run run = { .suite = suite, .test_case = c, .test = { .name = c->name } };
	int bad, err;

	INIT_LIST_HEAD(&run.test.resources);
	take_snapshot(&before);
	err = run_thread(case_thread, &run);
	if (!err && suite->exit)
		err = run_exit(&run);
	free_resources(&run.test);
	take_snapshot(&after);
	if (os_request.fail_nth) {
		bad = run.test.aborted ? 0 : compare(&before, &after, c->name);
		bad |= !tolerated(&run.test) && !err && run.test.failed;
	} else {
		bad = compare(&before, &after, c->name) | run.test.failed | err;
	}
	if (run.test.skipped && !bad)
		ktap("    ok %d %s # SKIP %s\n", nr, c->name, run.test.skipped);
	else
		ktap("    %s %d %s\n", bad ? "not ok" : "ok", nr, c->name);
	return bad;
}

/* 'suite.case', in memory that the next call uses again. */
static const char *full_name(const struct kunit_suite *suite, const struct kunit_case *c)
{
	static char name[200];

	snprintf(name, sizeof(name), "%s.%s", suite->name, c->name);
	return name;
}

static int wanted(const struct kunit_suite *suite, const struct kunit_case *c, const char *glob)
{
	return !glob || glob_match(glob, suite->name) || glob_match(glob, full_name(suite, c));
}

static int count_cases(const struct kunit_suite *suite, const char *glob)
{
	struct kunit_case *c;
	int n = 0;

	for (c = suite->test_cases; c->run_case; c++)
		n += wanted(suite, c, glob);
	return n;
}

static int run_suite(struct kunit_suite *suite, const char *glob, int nr)
{
	struct kunit_case *c;
	unsigned long saved;
	int bad = 0, n = 0;

	ktap("    KTAP version 1\n    # Subtest: %s\n    1..%d\n", suite->name,
	     count_cases(suite, glob));
	if (suite->suite_init) {
		saved = fail_nth_allocation(0);
		bad = !!suite->suite_init(suite);
		fail_nth_allocation(saved);
		if (bad)
			ktap("    # %s: init of the suite failed\n", suite->name);
	}
	for (c = suite->test_cases; c->run_case; c++) {
		if (!wanted(suite, c, glob))
			continue;
		n++;
		if (shows_known_bug(c) && (!glob || strcmp(glob, full_name(suite, c))))
			ktap("    ok %d %s # SKIP known bug\n", n, c->name);
		else
			bad |= run_case(suite, c, n);
	}
	ktap("%s %d %s\n", bad ? "not ok" : "ok", nr, suite->name);
	return bad;
}

int kunit_run_all_tests(const char *glob)
{
	struct kunit_suite *const *s;
	int n = 0, bad = 0;

	for (s = __start_kunit_suites; s < __stop_kunit_suites; s++)
		n += count_cases(*s, glob) > 0;
	if (!n) {
		static const char none[] = "error: no test fits\nhint: ./vmlinux kunit\n";

		ktap("KTAP version 1\n1..0\n");
		os_write(2, none, sizeof(none) - 1);
		return OS_EXIT_USAGE;
	}
	ktap("KTAP version 1\n1..%d\n", n);
	n = 0;
	for (s = __start_kunit_suites; s < __stop_kunit_suites; s++)
		if (count_cases(*s, glob))
			bad |= run_suite(*s, glob, ++n);
	return bad ? OS_EXIT_FAILED : OS_EXIT_OK;
}
