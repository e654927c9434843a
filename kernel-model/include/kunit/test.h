/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _KUNIT_TEST_H
#define _KUNIT_TEST_H

#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/list.h>
#include <linux/init.h>

struct kunit;

/**
 * struct kunit_case - one test
 * @run_case: the test
 * @name: its name
 */
struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
};

#define KUNIT_CASE(fn) { .run_case = (fn), .name = #fn }

/**
 * struct kunit_suite - tests that belong together
 * @name: in the output and for the glob of './vmlinux kunit GLOB'
 * @suite_init: runs once, before all cases; what it makes may stay, and no allocation fails
 * @init: runs before each case; what it returns, if not 0, fails the case
 * @exit: runs after each case, also a failed one, and no allocation fails
 * @test_cases: ends with an empty case
 */
struct kunit_suite {
	const char *name;
	int (*suite_init)(struct kunit_suite *suite);
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
	struct kunit_case *test_cases;
};

/**
 * struct kunit - one run of a case
 * @priv: for the suite's init, cases and exit
 * @failed: an expectation did not hold
 * @aborted: an assertion did not hold; the case was left where it was
 * @skipped: why, or NULL
 * @resources: memory that goes when the case ends
 */
struct kunit {
	void *priv;
	const char *name;
	int failed;
	int aborted;
	const char *skipped;
	struct list_head resources;
};

/* Where the linker has put all suites together. */
extern struct kunit_suite *const __start_kunit_suites[] __weak;
extern struct kunit_suite *const __stop_kunit_suites[] __weak;

#define kunit_test_suites(...)						\
	static struct kunit_suite *const __kunit_suites[] __used	\
	__attribute__((section("kunit_suites"))) = { __VA_ARGS__ }
#define kunit_test_suite(suite) kunit_test_suites(&(suite))

/* Cases that show a bug which is not mended yet. */
extern void (*const __start_kunit_known_bugs[])(struct kunit *test) __weak;
extern void (*const __stop_kunit_known_bugs[])(struct kunit *test) __weak;

/*
 * Stands behind a case that fails or stops the machine, as Documentation/known-bugs.rst
 * says: the case runs only when it is asked for by its whole name.
 */
#define DECLARE_KNOWN_BUG(fn)						\
	static void (*const __kunit_known_bug_##fn)(struct kunit *test) __used	\
	__attribute__((section("kunit_known_bugs"))) = (fn)

void *kunit_kmalloc(struct kunit *test, size_t size, gfp_t gfp);
void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp);
void kunit_skip(struct kunit *test, const char *why) __noreturn;

/**
 * kunit_wait_idle - let all other tasks run until each sleeps
 */
void kunit_wait_idle(void);

/* Runs the suites that fit the glob, or all for NULL; the exit status. */
int kunit_run_all_tests(const char *glob);

void __kunit_fail(struct kunit *test, const char *file, int line, const char *fmt, ...)
	__printf(4, 5);
void __kunit_abort(struct kunit *test) __noreturn;

#define __KUNIT_CHECK(test, abort, cond, fmt, ...) do {			\
	if (!(cond)) {							\
		__kunit_fail((test), __FILE__, __LINE__, fmt, ##__VA_ARGS__); \
		if (abort)						\
			__kunit_abort(test);				\
	}								\
} while (0)

#define __KUNIT_INT(test, abort, a, op, b) do {				\
	long long __a = (long long)(a), __b = (long long)(b);		\
									\
	__KUNIT_CHECK(test, abort, __a op __b,				\
		      "expected %s " #op " %s, but\n%s == %lld\n%s == %lld", \
		      #a, #b, #a, __a, #b, __b);			\
} while (0)

#define __KUNIT_STR(test, abort, a, b) do {				\
	const char *__a = (a), *__b = (b);				\
									\
	__KUNIT_CHECK(test, abort, !strcmp(__a, __b),			\
		      "expected %s == %s, but\n%s == \"%s\"\n%s == \"%s\"", \
		      #a, #b, #a, __a, #b, __b);			\
} while (0)

#define KUNIT_FAIL(test, fmt, ...) \
	__KUNIT_CHECK(test, 0, 0, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_TRUE(test, c) \
	__KUNIT_CHECK(test, 0, c, "expected %s to be true", #c)
#define KUNIT_EXPECT_FALSE(test, c) \
	__KUNIT_CHECK(test, 0, !(c), "expected %s to be false", #c)
#define KUNIT_EXPECT_EQ(test, a, b)	__KUNIT_INT(test, 0, a, ==, b)
#define KUNIT_EXPECT_NE(test, a, b)	__KUNIT_INT(test, 0, a, !=, b)
#define KUNIT_EXPECT_LT(test, a, b)	__KUNIT_INT(test, 0, a, <, b)
#define KUNIT_EXPECT_LE(test, a, b)	__KUNIT_INT(test, 0, a, <=, b)
#define KUNIT_EXPECT_GT(test, a, b)	__KUNIT_INT(test, 0, a, >, b)
#define KUNIT_EXPECT_GE(test, a, b)	__KUNIT_INT(test, 0, a, >=, b)
#define KUNIT_EXPECT_PTR_EQ(test, a, b)	\
	__KUNIT_CHECK(test, 0, (a) == (b), "expected %s == %s", #a, #b)
#define KUNIT_EXPECT_PTR_NE(test, a, b)	\
	__KUNIT_CHECK(test, 0, (a) != (b), "expected %s != %s", #a, #b)
#define KUNIT_EXPECT_NULL(test, p) \
	__KUNIT_CHECK(test, 0, !(p), "expected %s to be NULL", #p)
#define KUNIT_EXPECT_NOT_NULL(test, p) \
	__KUNIT_CHECK(test, 0, p, "expected %s not to be NULL", #p)
#define KUNIT_EXPECT_STREQ(test, a, b)	__KUNIT_STR(test, 0, a, b)
#define KUNIT_ASSERT_TRUE(test, c) \
	__KUNIT_CHECK(test, 1, c, "expected %s to be true", #c)
#define KUNIT_ASSERT_FALSE(test, c) \
	__KUNIT_CHECK(test, 1, !(c), "expected %s to be false", #c)
#define KUNIT_ASSERT_EQ(test, a, b)	__KUNIT_INT(test, 1, a, ==, b)
#define KUNIT_ASSERT_NE(test, a, b)	__KUNIT_INT(test, 1, a, !=, b)
#define KUNIT_ASSERT_GE(test, a, b)	__KUNIT_INT(test, 1, a, >=, b)
#define KUNIT_ASSERT_GT(test, a, b)	__KUNIT_INT(test, 1, a, >, b)
#define KUNIT_ASSERT_STREQ(test, a, b)	__KUNIT_STR(test, 1, a, b)
#define KUNIT_ASSERT_NOT_NULL(test, p) \
	__KUNIT_CHECK(test, 1, p, "expected %s not to be NULL", #p)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p) \
	__KUNIT_CHECK(test, 1, (p) && !IS_ERR(p), "%s is %ld", #p, PTR_ERR(p))

#endif /* _KUNIT_TEST_H */
