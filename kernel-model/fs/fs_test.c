// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/proc_fs.h>
#include <linux/quota.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/syscalls.h>
#include <linux/sysctl.h>
#include <linux/uaccess.h>

/* Cases run in kernel threads, whose pointers are good for system calls. */
#define U(s)	((const char __force __user *)(s))
#define UB(p)	((char __force __user *)(p))

static void fs_test_fd_expand(struct kunit *test)
{
	int fd;

	fd = sys_open(U("/dev/null"), O_RDWR, 0);
	KUNIT_EXPECT_EQ(test, fd, 0);
	KUNIT_EXPECT_EQ(test, sys_dup2(fd, 70), 70);
	KUNIT_EXPECT_EQ(test, sys_dup2(fd, 500), 500);
	KUNIT_EXPECT_EQ(test, sys_dup(70), 1);
	KUNIT_EXPECT_EQ(test, sys_close(500), 0);
	KUNIT_EXPECT_EQ(test, sys_close(500), -EBADF);
	KUNIT_EXPECT_EQ(test, sys_dup2(fd, 1024), -EBADF);
	KUNIT_EXPECT_EQ(test, sys_close(70), 0);
	KUNIT_EXPECT_EQ(test, sys_close(1), 0);
	KUNIT_EXPECT_EQ(test, sys_close(0), 0);
}

static void fs_test_files(struct kunit *test)
{
	int before = get_nr_files(), fd;
	char buf[16] = "";

	fd = sys_open(U("/tmp/t"), O_CREAT | O_RDWR, 0600);
	KUNIT_ASSERT_GE(test, fd, 0);
	KUNIT_EXPECT_EQ(test, get_nr_files(), before + 1);
	KUNIT_EXPECT_EQ(test, sys_write(fd, U("abcdef"), 6), 6);
	KUNIT_EXPECT_EQ(test, sys_unlink(U("/tmp/t")), 0);
	KUNIT_EXPECT_EQ(test, sys_open(U("/tmp/t"), O_RDONLY, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, sys_pread64(fd, UB(buf), 3, 2), 3);
	KUNIT_EXPECT_STREQ(test, buf, "cde");
	KUNIT_EXPECT_EQ(test, sys_close(fd), 0);
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, get_nr_files(), before);
}

static void fs_test_flock(struct kunit *test)
{
	int f = sys_open(U("/tmp/t"), O_CREAT | O_RDWR, 0600);
	int g = sys_open(U("/tmp/t"), O_RDWR, 0);

	KUNIT_EXPECT_EQ(test, sys_flock(f, LOCK_SH), 0);
	KUNIT_EXPECT_EQ(test, sys_flock(g, LOCK_EX | LOCK_NB), -EAGAIN);
	KUNIT_EXPECT_EQ(test, sys_flock(f, LOCK_EX), 0);
	KUNIT_EXPECT_EQ(test, sys_flock(g, LOCK_SH | LOCK_NB), -EAGAIN);
	KUNIT_EXPECT_FALSE(test, list_empty(&file_lock_list));
	sys_close(f);
	KUNIT_EXPECT_TRUE(test, list_empty(&file_lock_list));
	sys_close(g);
	sys_unlink(U("/tmp/t"));
}

static int lock_range(int fd, int cmd, int type, long start, long len)
{
	struct flock l = { .l_type = type, .l_start = start, .l_len = len };

	return sys_fcntl(fd, cmd, (unsigned long)&l);
}

static int count_locks(void)
{
	struct file_lock *fl;
	int n = 0;

	list_for_each_entry(fl, &file_lock_list, fl_link)
		n++;
	return n;
}

static void fs_test_posix_ranges(struct kunit *test)
{
	int f = sys_open(U("/tmp/t"), O_CREAT | O_RDWR, 0600);

	KUNIT_EXPECT_EQ(test, lock_range(f, F_SETLK, F_WRLCK, 0, 10), 0);
	KUNIT_EXPECT_EQ(test, lock_range(f, F_SETLK, F_WRLCK, 20, 10), 0);
	KUNIT_EXPECT_EQ(test, count_locks(), 2);
	/* Fills the gap: one lock is left. */
	KUNIT_EXPECT_EQ(test, lock_range(f, F_SETLK, F_WRLCK, 10, 10), 0);
	KUNIT_EXPECT_EQ(test, count_locks(), 1);
	/* Another type in the middle makes three. */
	KUNIT_EXPECT_EQ(test, lock_range(f, F_SETLK, F_RDLCK, 5, 10), 0);
	KUNIT_EXPECT_EQ(test, count_locks(), 3);
	KUNIT_EXPECT_EQ(test, lock_range(f, F_SETLK, F_UNLCK, 0, 6), 0);
	KUNIT_EXPECT_EQ(test, count_locks(), 2);
	KUNIT_EXPECT_EQ(test, lock_range(f, F_SETLK, F_UNLCK, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, count_locks(), 0);
	sys_close(f);
	sys_unlink(U("/tmp/t"));
}

static void fs_test_pipe_atomic(struct kunit *test)
{
	char *page = kunit_kzalloc(test, 4096, GFP_KERNEL);
	int fd[2], n = 0;

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_ASSERT_EQ(test, sys_pipe((int __force __user *)fd), 0);
	sys_fcntl(fd[1], F_SETFL, O_NONBLOCK);
	while (sys_write(fd[1], U(page), 3000) == 3000)
		n++;
	/* A page holds one write of 3000 bytes, and a part of none. */
	KUNIT_EXPECT_EQ(test, n, 16);
	KUNIT_EXPECT_EQ(test, sys_write(fd[1], U(page), 1000), 1000);
	KUNIT_EXPECT_EQ(test, sys_write(fd[1], U(page), 1000), -EAGAIN);
	KUNIT_EXPECT_EQ(test, sys_read(fd[0], UB(page), 3000), 3000);
	KUNIT_EXPECT_EQ(test, sys_write(fd[1], U(page), 3000), 3000);
	sys_close(fd[0]);
	sys_close(fd[1]);
}

static void fs_test_mounts(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, sys_mkdir(U("/tmp/m"), 0700), 0);
	KUNIT_EXPECT_EQ(test, do_mount("none", "/tmp/m", "ramfs", 0, NULL), 0);
	KUNIT_EXPECT_EQ(test, sys_mkdir(U("/tmp/m/d"), 0700), 0);
	KUNIT_EXPECT_EQ(test, sys_rmdir(U("/tmp/m")), -EBUSY);
	KUNIT_EXPECT_EQ(test, sys_umount(U("/tmp/m"), 0), 0);
	KUNIT_EXPECT_EQ(test, sys_rmdir(U("/tmp/m/d")), -ENOENT);
	KUNIT_EXPECT_EQ(test, sys_rmdir(U("/tmp/m")), 0);
}

#ifdef CONFIG_PROC_FS
static int read_answer(char *page, char **start, off_t off, int count, int *eof, void *data)
{
	return sprintf(page, "%ld\n", (long)data);
}

/* The numbers of entries grow in steps: the last step is not to be in a case. */
static int __init warm_up(void)
{
	create_proc_read_entry("answer", 0, NULL, read_answer, NULL);
	remove_proc_entry("answer", NULL);
	return 0;
}
late_initcall(warm_up);

static void fs_test_proc_entry(struct kunit *test)
{
	char buf[8] = "";
	int fd;

	KUNIT_ASSERT_NOT_NULL(test, create_proc_read_entry("answer", 0, NULL, read_answer,
							   (void *)42));
	fd = sys_open(U("/proc/answer"), O_RDONLY, 0);
	KUNIT_EXPECT_GE(test, fd, 0);
	KUNIT_EXPECT_EQ(test, sys_read(fd, UB(buf), 8), 3);
	KUNIT_EXPECT_STREQ(test, buf, "42\n");
	KUNIT_EXPECT_EQ(test, sys_read(fd, UB(buf), 8), 0);
	/* Who has it open keeps it. */
	remove_proc_entry("answer", NULL);
	KUNIT_EXPECT_EQ(test, sys_pread64(fd, UB(buf), 8, 0), 3);
	sys_close(fd);
	KUNIT_EXPECT_EQ(test, sys_open(U("/proc/answer"), O_RDONLY, 0), -ENOENT);
}
#endif

#ifdef CONFIG_SYSCTL
static int test_value = 5, test_min = 1, test_max = 9;

static ctl_table test_table[] = {
	{ 1, "value", &test_value, sizeof(int), 0644, NULL, proc_dointvec_minmax, NULL, NULL,
	  &test_min, &test_max },
	{ 0 }
};

static ctl_table test_root[] = {
	{ CTL_DEBUG, "test", NULL, 0, 0555, test_table },
	{ 0 }
};

static void fs_test_sysctl(struct kunit *test)
{
	struct ctl_table_header *header = register_sysctl_table(test_root, 0);
	int fd;

	KUNIT_ASSERT_NOT_NULL(test, header);
	fd = sys_open(U("/proc/sys/test/value"), O_RDWR, 0);
	KUNIT_EXPECT_GE(test, fd, 0);
	KUNIT_EXPECT_EQ(test, sys_write(fd, U("7\n"), 2), 2);
	KUNIT_EXPECT_EQ(test, test_value, 7);
	KUNIT_EXPECT_EQ(test, sys_write(fd, U("10\n"), 3), -EINVAL);
	KUNIT_EXPECT_EQ(test, sys_write(fd, U("x"), 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, test_value, 7);
	unregister_sysctl_table(header);
	KUNIT_EXPECT_EQ(test, sys_write(fd, U("3\n"), 2), -ENOTDIR);
	sys_close(fd);
	KUNIT_EXPECT_EQ(test, sys_open(U("/proc/sys/test"), O_RDONLY, 0), -ENOENT);
	test_value = 5;
}
#endif

#ifdef CONFIG_QUOTA
#define QUOTA(cmd, id, dq) \
	sys_quotactl(QCMD(cmd, USRQUOTA), U("/tmp/m"), id, (void __force __user *)(dq))

static void fs_test_quota(struct kunit *test)
{
	struct if_dqblk dq = { .dqb_ihardlimit = 2, .dqb_valid = QIF_ILIMITS };

	sys_mkdir(U("/tmp/m"), 0777);
	KUNIT_ASSERT_EQ(test, do_mount("none", "/tmp/m", "ramfs", 0, NULL), 0);
	KUNIT_EXPECT_EQ(test, QUOTA(Q_GETQUOTA, 0, &dq), -ESRCH);
	KUNIT_EXPECT_EQ(test, QUOTA(Q_QUOTAON, 0, NULL), 0);
	KUNIT_EXPECT_EQ(test, QUOTA(Q_SETQUOTA, 7, &dq), 0);
	sys_mkdir(U("/tmp/m/a"), 0700);
	KUNIT_EXPECT_EQ(test, sys_chown(U("/tmp/m/a"), 7, -1), 0);
	KUNIT_EXPECT_EQ(test, QUOTA(Q_GETQUOTA, 7, &dq), 0);
	KUNIT_EXPECT_EQ(test, dq.dqb_curinodes, 1);
	KUNIT_EXPECT_EQ(test, sys_umount(U("/tmp/m"), 0), 0);
	sys_rmdir(U("/tmp/m"));
}
#endif

static struct kunit_case fs_test_cases[] = {
	KUNIT_CASE(fs_test_fd_expand),
	KUNIT_CASE(fs_test_files),
	KUNIT_CASE(fs_test_flock),
	KUNIT_CASE(fs_test_posix_ranges),
	KUNIT_CASE(fs_test_pipe_atomic),
	KUNIT_CASE(fs_test_mounts),
#ifdef CONFIG_PROC_FS
	KUNIT_CASE(fs_test_proc_entry),
#endif
#ifdef CONFIG_SYSCTL
	KUNIT_CASE(fs_test_sysctl),
#endif
#ifdef CONFIG_QUOTA
	KUNIT_CASE(fs_test_quota),
#endif
	{}
};

/* Descriptors of its own, which go with the thread of the case. */
static int fs_test_init(struct kunit *test)
{
	return unshare_files();
}

/* When an allocation failed, a case may have left these behind. */
static void fs_test_exit(struct kunit *test)
{
	sys_unlink(U("/tmp/t"));
	sys_umount(U("/tmp/m"), 0);
	sys_rmdir(U("/tmp/m"));
#ifdef CONFIG_PROC_FS
	remove_proc_entry("answer", NULL);
#endif
}

static struct kunit_suite fs_test_suite = {
	.name = "fs",
	.init = fs_test_init,
	.exit = fs_test_exit,
	.test_cases = fs_test_cases,
};

kunit_test_suite(fs_test_suite);
