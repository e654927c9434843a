// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>
#include <linux/capability.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

static void user_test_hash(struct kunit *test)
{
	struct user_struct *a = alloc_uid(7), *b, *other;

	KUNIT_ASSERT_NOT_NULL(test, a);
	b = alloc_uid(7);
	/* This one is in the same chain. */
	other = alloc_uid(0x700);
	KUNIT_EXPECT_PTR_EQ(test, a, b);
	KUNIT_EXPECT_PTR_NE(test, a, other);
	KUNIT_EXPECT_EQ(test, atomic_read(&a->__count), 2);
	free_uid(b);
	free_uid(other);
	free_uid(a);
	KUNIT_EXPECT_NULL(test, find_user(7));
	KUNIT_EXPECT_NULL(test, find_user(0x700));
}

static void user_test_setuid(struct kunit *test)
{
	int roots = atomic_read(&root_user.processes);

	KUNIT_EXPECT_EQ(test, sys_setuid(1000), 0);
	KUNIT_EXPECT_EQ(test, current->user->uid, 1000);
	KUNIT_EXPECT_EQ(test, atomic_read(&current->user->processes), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&root_user.processes), roots - 1);
	KUNIT_EXPECT_EQ(test, current->cap_permitted, 0);
	KUNIT_EXPECT_EQ(test, sys_setuid(0), -EPERM);
}

static int nothing(void *unused)
{
	return 0;
}

static void user_test_nproc(struct kunit *test)
{
	int pid;

	current->signal->rlim[RLIMIT_NPROC].rlim_cur = 1;
	pid = kernel_thread(nothing, NULL, SIGCHLD);
	KUNIT_EXPECT_GT(test, pid, 0);
	KUNIT_EXPECT_EQ(test, sys_setresuid(1000, 1000, 1000), 0);
	KUNIT_EXPECT_EQ(test, kernel_thread(nothing, NULL, SIGCHLD), -EAGAIN);
	KUNIT_EXPECT_EQ(test, sys_wait4(pid, NULL, 0, NULL), pid);
}

/* Root's abilities come and go with the effective id, unless it gives up all. */
static void user_test_caps(struct kunit *test)
{
	kernel_cap_t all = current->cap_permitted;

	KUNIT_EXPECT_EQ(test, sys_setresuid(-1, 1000, -1), 0);
	KUNIT_EXPECT_EQ(test, current->cap_effective, 0);
	KUNIT_EXPECT_EQ(test, current->cap_permitted, all);
	KUNIT_EXPECT_EQ(test, sys_setresuid(-1, 0, -1), 0);
	KUNIT_EXPECT_EQ(test, current->cap_effective, all);
	KUNIT_EXPECT_EQ(test, sys_setfsuid(1000), 0);
	KUNIT_EXPECT_FALSE(test, capable(CAP_DAC_OVERRIDE));
	KUNIT_EXPECT_TRUE(test, capable(CAP_KILL));
	KUNIT_EXPECT_EQ(test, sys_setfsuid(0), 1000);
	current->keep_capabilities = 1;
	KUNIT_EXPECT_EQ(test, sys_setresuid(1000, 1000, 1000), 0);
	KUNIT_EXPECT_EQ(test, current->cap_effective, 0);
	KUNIT_EXPECT_EQ(test, current->cap_permitted, all);
}

static void user_test_bset(struct kunit *test)
{
	kernel_cap_t saved = cap_bset;

	cap_lower(cap_bset, CAP_SYS_BOOT);
	cap_exec();
	cap_bset = saved;
	KUNIT_EXPECT_EQ(test, sys_reboot(0, 0, 0, NULL), -EPERM);
	KUNIT_EXPECT_TRUE(test, capable(CAP_KILL));
	KUNIT_EXPECT_FALSE(test, capable(CAP_SETPCAP));
}

static void user_test_groups(struct kunit *test)
{
	gid_t list[] = { 30, 10, 20 }, back[3];

	KUNIT_EXPECT_EQ(test, sys_setgroups(3, (gid_t __force __user *)list), 0);
	KUNIT_EXPECT_EQ(test, sys_getgroups(3, (gid_t __force __user *)back), 3);
	KUNIT_EXPECT_EQ(test, back[0], 10);
	KUNIT_EXPECT_EQ(test, back[2], 30);
	KUNIT_EXPECT_TRUE(test, in_group_p(20));
	KUNIT_EXPECT_FALSE(test, in_egroup_p(25));
	KUNIT_EXPECT_EQ(test, sys_getgroups(2, (gid_t __force __user *)back), -EINVAL);
}

static struct kunit_case user_test_cases[] = {
	KUNIT_CASE(user_test_hash),
	KUNIT_CASE(user_test_setuid),
	KUNIT_CASE(user_test_nproc),
	KUNIT_CASE(user_test_caps),
	KUNIT_CASE(user_test_bset),
	KUNIT_CASE(user_test_groups),
	{}
};

static struct kunit_suite user_test_suite = {
	.name = "user",
	.test_cases = user_test_cases,
};

kunit_test_suite(user_test_suite);
