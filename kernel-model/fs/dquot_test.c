// SPDX-License-Identifier: GPL-2.0-only
/* Tests of quotas, on a file system that is mounted for each case. */
#include <kunit/test.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/quota.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

/* Cases run in kernel threads, whose pointers are good for system calls. */
#define U(s)	((const char __force __user *)(s))

#define USER	7
#define OTHER	8

static int quota(unsigned int cmd, uid_t id, struct if_dqblk *dq)
{
	return sys_quotactl(QCMD(cmd, USRQUOTA), U("/tmp/q"), id, (void __force __user *)dq);
}

/* Limits in files and in blocks of 1 KiB; 0 is none. */
static int set_limits(uid_t id, int files, int blocks)
{
	struct if_dqblk dq = { .dqb_ihardlimit = files, .dqb_bhardlimit = blocks,
			       .dqb_valid = QIF_ILIMITS | QIF_BLIMITS };

	return quota(Q_SETQUOTA, id, &dq);
}

static struct if_dqblk has(uid_t id)
{
	struct if_dqblk dq = { .dqb_curinodes = ~0ULL, .dqb_curspace = ~0ULL };

	quota(Q_GETQUOTA, id, &dq);
	return dq;
}

/* From here on the task is this user as far as files are concerned. */
static void become(uid_t uid)
{
	current->fsuid = uid;
	cap_lower(current->cap_effective, CAP_SYS_RESOURCE);
}

static int create(const char *path)
{
	int fd = sys_open(U(path), O_CREAT | O_EXCL | O_RDWR, 0600);

	if (fd >= 0)
		sys_close(fd);
	return fd < 0 ? fd : 0;
}

static int fill(const char *path, int pages)
{
	static const char page[PAGE_SIZE];
	int fd = sys_open(U(path), O_CREAT | O_WRONLY, 0600), n = 0, err = fd;

	while (fd >= 0 && n < pages) {
		err = sys_write(fd, U(page), PAGE_SIZE);
		if (err != PAGE_SIZE)
			break;
		n++;
	}
	if (fd >= 0)
		sys_close(fd);
	return err < 0 ? err : n;
}

static void quota_test_files(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, set_limits(USER, 3, 0), 0);
	become(USER);
	KUNIT_EXPECT_EQ(test, create("/tmp/q/a"), 0);
	KUNIT_EXPECT_EQ(test, sys_mkdir(U("/tmp/q/b"), 0700), 0);
	KUNIT_EXPECT_EQ(test, sys_symlink(U("a"), U("/tmp/q/c")), 0);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curinodes, 3);
	KUNIT_EXPECT_EQ(test, create("/tmp/q/d"), -EDQUOT);
	KUNIT_EXPECT_EQ(test, sys_mkdir(U("/tmp/q/d"), 0700), -EDQUOT);
	/* Another name is no other file; a file without a name is one as long as it is open. */
	KUNIT_EXPECT_EQ(test, sys_link(U("/tmp/q/a"), U("/tmp/q/d")), 0);
	KUNIT_EXPECT_EQ(test, sys_unlink(U("/tmp/q/a")), 0);
	KUNIT_EXPECT_EQ(test, create("/tmp/q/a"), -EDQUOT);
	KUNIT_EXPECT_EQ(test, sys_unlink(U("/tmp/q/d")), 0);
	KUNIT_EXPECT_EQ(test, create("/tmp/q/a"), 0);
	become(OTHER);
	KUNIT_EXPECT_EQ(test, create("/tmp/q/d"), 0);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curinodes, 3);
	KUNIT_EXPECT_EQ(test, has(OTHER).dqb_curinodes, 1);
}

static void quota_test_space(struct kunit *test)
{
	int blocks = 3 * PAGE_SIZE / QUOTABLOCK_SIZE;

	KUNIT_EXPECT_EQ(test, set_limits(USER, 0, blocks), 0);
	become(USER);
	KUNIT_EXPECT_EQ(test, fill("/tmp/q/a", 2), 2);
	KUNIT_EXPECT_EQ(test, fill("/tmp/q/b", 2), -EDQUOT);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curspace, 3 * PAGE_SIZE);
	/* What is there can be written again. */
	KUNIT_EXPECT_EQ(test, fill("/tmp/q/a", 2), 2);
	KUNIT_EXPECT_EQ(test, sys_truncate(U("/tmp/q/a"), 100), 0);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curspace, 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, fill("/tmp/q/b", 2), 2);
	KUNIT_EXPECT_EQ(test, sys_unlink(U("/tmp/q/a")), 0);
	KUNIT_EXPECT_EQ(test, sys_unlink(U("/tmp/q/b")), 0);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curspace, 0);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curinodes, 0);
}

/* A limit that is below what one has does not take anything away. */
static void quota_test_lowered(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, set_limits(USER, 1, PAGE_SIZE / QUOTABLOCK_SIZE), 0);
	current->fsuid = USER;
	/* Who has CAP_SYS_RESOURCE goes beyond. */
	KUNIT_EXPECT_EQ(test, fill("/tmp/q/a", 3), 3);
	KUNIT_EXPECT_EQ(test, create("/tmp/q/b"), 0);
	become(USER);
	KUNIT_EXPECT_EQ(test, fill("/tmp/q/a", 4), -EDQUOT);
	KUNIT_EXPECT_EQ(test, create("/tmp/q/c"), -EDQUOT);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curspace, 3 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curinodes, 2);
	set_limits(USER, 3, 0);
	KUNIT_EXPECT_EQ(test, create("/tmp/q/c"), 0);
}

/* A file that gets another owner counts there, if it fits. */
static void quota_test_chown(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, set_limits(OTHER, 2, PAGE_SIZE / QUOTABLOCK_SIZE), 0);
	become(USER);
	KUNIT_EXPECT_EQ(test, fill("/tmp/q/a", 1), 1);
	KUNIT_EXPECT_EQ(test, fill("/tmp/q/b", 2), 2);
	KUNIT_EXPECT_EQ(test, sys_chown(U("/tmp/q/b"), OTHER, -1), -EDQUOT);
	KUNIT_EXPECT_EQ(test, sys_chown(U("/tmp/q/a"), OTHER, -1), 0);
	KUNIT_EXPECT_EQ(test, has(OTHER).dqb_curspace, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, has(OTHER).dqb_curinodes, 1);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curspace, 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curinodes, 1);
}

/* What was there before counts, too; switched off, nothing is remembered. */
static void quota_test_on_off(struct kunit *test)
{
	struct if_dqblk dq;

	KUNIT_EXPECT_EQ(test, quota(Q_QUOTAON, 0, NULL), -EBUSY);
	KUNIT_EXPECT_EQ(test, set_limits(USER, 9, 0), 0);
	KUNIT_EXPECT_EQ(test, quota(Q_QUOTAOFF, 0, NULL), 0);
	KUNIT_EXPECT_EQ(test, quota(Q_GETQUOTA, USER, &dq), -ESRCH);
	current->fsuid = USER;
	KUNIT_EXPECT_EQ(test, fill("/tmp/q/a", 2), 2);
	KUNIT_EXPECT_EQ(test, quota(Q_QUOTAON, 0, NULL), 0);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curspace, 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_curinodes, 1);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_ihardlimit, 0);
}

/* Soft limits have no effect, but are not forgotten. */
static void quota_test_soft(struct kunit *test)
{
	struct if_dqblk dq = { .dqb_isoftlimit = 1, .dqb_bsoftlimit = 1,
			       .dqb_valid = QIF_ILIMITS | QIF_BLIMITS };

	KUNIT_EXPECT_EQ(test, quota(Q_SETQUOTA, USER, &dq), 0);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_isoftlimit, 1);
	KUNIT_EXPECT_EQ(test, has(USER).dqb_bsoftlimit, 1);
	become(USER);
	KUNIT_EXPECT_EQ(test, fill("/tmp/q/a", 2), 2);
	KUNIT_EXPECT_EQ(test, create("/tmp/q/b"), 0);
}

static void quota_test_rights(struct kunit *test)
{
	struct if_dqblk dq;

	cap_lower(current->cap_effective, CAP_SYS_ADMIN);
	current->euid = USER;
	KUNIT_EXPECT_EQ(test, quota(Q_GETQUOTA, USER, &dq), 0);
	KUNIT_EXPECT_EQ(test, quota(Q_GETQUOTA, OTHER, &dq), -EPERM);
	KUNIT_EXPECT_EQ(test, set_limits(USER, 9, 9), -EPERM);
	KUNIT_EXPECT_EQ(test, quota(Q_QUOTAOFF, 0, NULL), -EPERM);
}

static int quota_init(struct kunit *test)
{
	int err = sys_mkdir(U("/tmp/q"), 0777);

	if (!err)
		err = do_mount("none", "/tmp/q", "ramfs", 0, NULL);
	if (!err)
		err = sys_chmod(U("/tmp/q"), 0777);
	return err ? err : quota(Q_QUOTAON, 0, NULL);
}

static void quota_exit(struct kunit *test)
{
	sys_umount(U("/tmp/q"), 0);
	sys_rmdir(U("/tmp/q"));
}

static struct kunit_case quota_cases[] = {
	KUNIT_CASE(quota_test_files),
	KUNIT_CASE(quota_test_space),
	KUNIT_CASE(quota_test_lowered),
	KUNIT_CASE(quota_test_chown),
	KUNIT_CASE(quota_test_on_off),
	KUNIT_CASE(quota_test_soft),
	KUNIT_CASE(quota_test_rights),
	{}
};

static struct kunit_suite quota_suite = {
	.name = "quota",
	.init = quota_init,
	.exit = quota_exit,
	.test_cases = quota_cases,
};

kunit_test_suite(quota_suite);
