// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>
#include <linux/console.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/namei.h>
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

/* A table that cannot grow stays as it is, and nothing is lost on the way. */
static void fs_test_fd_no_memory(struct kunit *test)
{
	unsigned long saved = fail_nth_allocation(0);
	int fd = sys_open(U("/dev/null"), O_RDWR, 0), n, err;

	for (n = 1; ; n++) {
		fail_nth_allocation(n);
		err = sys_dup2(fd, 500);
		if (fail_nth_allocation(0))
			break;
		KUNIT_EXPECT_LT(test, err, 0);
	}
	/* The table, two sets, the array. */
	KUNIT_EXPECT_EQ(test, n, 5);
	KUNIT_EXPECT_EQ(test, err, 500);
	fail_nth_allocation(saved);
}
DECLARE_KNOWN_BUG(fs_test_fd_no_memory);

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

static char warning[64];

static void keep_warning(struct console *con, const char *text, unsigned int len)
{
	if (len < sizeof(warning) && strstr(text, "file-max"))
		strlcpy(warning, text, len + 1);
}

static struct console warning_console = { .name = "warning", .write = keep_warning };

/* Root goes above the limit; who is refused wants to know the limit itself. */
static void fs_test_file_max(struct kunit *test)
{
	int saved_max = files_stat.max_files, saved_level = console_loglevel;
	int fd = sys_open(U("/dev/null"), O_RDWR, 0);

	register_console(&warning_console);
	console_loglevel = 8;
	files_stat.max_files = 0;
	cap_lower(current->cap_effective, CAP_SYS_ADMIN);
	KUNIT_EXPECT_LT(test, sys_open(U("/dev/null"), O_RDWR, 0), 0);
	files_stat.max_files = saved_max;
	console_loglevel = saved_level;
	unregister_console(&warning_console);
	if (fd >= 0)
		KUNIT_EXPECT_STREQ(test, warning, "VFS: file-max limit 0 reached\n");
}
DECLARE_KNOWN_BUG(fs_test_file_max);

/* A link that leads nowhere must not cost a file. */
static void fs_test_open_dangling(struct kunit *test)
{
	int before = get_nr_files();

	if (!sys_symlink(U("nodir/x"), U("/tmp/t")))
		KUNIT_EXPECT_EQ(test, sys_open(U("/tmp/t"), O_CREAT | O_RDWR, 0600), -ENOENT);
	sys_unlink(U("/tmp/t"));
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, get_nr_files(), before);
}
DECLARE_KNOWN_BUG(fs_test_open_dangling);

static void fs_test_flock(struct kunit *test)
{
	int f = sys_open(U("/tmp/t"), O_CREAT | O_RDWR, 0600);
	int g = sys_open(U("/tmp/t"), O_RDWR, 0);

	KUNIT_EXPECT_EQ(test, sys_flock(f, LOCK_SH), 0);
	KUNIT_EXPECT_EQ(test, sys_flock(g, LOCK_EX | LOCK_NB), -EAGAIN);
	/* Not to wait for ever where the first lock got no memory. */
	KUNIT_EXPECT_EQ(test, sys_flock(f, LOCK_EX | LOCK_NB), 0);
	KUNIT_EXPECT_EQ(test, sys_flock(g, LOCK_SH | LOCK_NB), -EAGAIN);
	KUNIT_EXPECT_FALSE(test, list_empty(&file_lock_list));
	sys_close(f);
	KUNIT_EXPECT_TRUE(test, list_empty(&file_lock_list));
	sys_close(g);
	sys_unlink(U("/tmp/t"));
}

/* Who has no memory for a lock must not believe that he has it. */
static void fs_test_flock_no_memory(struct kunit *test)
{
	int f = sys_open(U("/tmp/t"), O_CREAT | O_RDWR, 0600);
	unsigned long saved = fail_nth_allocation(1);
	int err = sys_flock(f, LOCK_EX);

	fail_nth_allocation(saved);
	if (f >= 0)
		KUNIT_EXPECT_EQ(test, err, -ENOLCK);
	KUNIT_EXPECT_TRUE(test, list_empty(&file_lock_list));
	sys_close(f);
	sys_unlink(U("/tmp/t"));
}
DECLARE_KNOWN_BUG(fs_test_flock_no_memory);

/* A change that fails leaves the lock that was there. */
static void fs_test_flock_kept(struct kunit *test)
{
	int f = sys_open(U("/tmp/t"), O_CREAT | O_RDWR, 0600);
	int g = sys_open(U("/tmp/t"), O_RDWR, 0);
	int shared = sys_flock(f, LOCK_SH);
	unsigned long saved = fail_nth_allocation(1);

	sys_flock(f, LOCK_EX);
	fail_nth_allocation(saved);
	if (g >= 0 && !shared)
		KUNIT_EXPECT_EQ(test, sys_flock(g, LOCK_EX | LOCK_NB), -EAGAIN);
	sys_close(f);
	sys_close(g);
	sys_unlink(U("/tmp/t"));
}
DECLARE_KNOWN_BUG(fs_test_flock_kept);

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

static int writes;

/* Cannot be written, until the third attempt: also a wrong walk has to end. */
static void write_in_vain(struct super_block *sb)
{
	if (++writes == 3)
		sb->s_dirt = 0;
}

/* One sync is one attempt for each file system. */
static void fs_test_sync(struct kunit *test)
{
	static struct super_operations ops;
	struct super_operations *saved;
	struct super_block *sb;
	struct nameidata nd;

	sys_mkdir(U("/tmp/m"), 0700);
	KUNIT_ASSERT_EQ(test, do_mount("none", "/tmp/m", "ramfs", 0, NULL), 0);
	KUNIT_ASSERT_EQ(test, path_lookup("/tmp/m", LOOKUP_FOLLOW, &nd), 0);
	sb = nd.mnt->mnt_sb;
	saved = sb->s_op;
	ops = *saved;
	ops.write_super = write_in_vain;
	sb->s_op = &ops;
	sb->s_dirt = 1;
	writes = 0;
	sync_supers();
	KUNIT_EXPECT_EQ(test, writes, 1);
	sb->s_op = saved;
	sb->s_dirt = 0;
	path_release(&nd);
	sys_umount(U("/tmp/m"), 0);
	sys_rmdir(U("/tmp/m"));
}
DECLARE_KNOWN_BUG(fs_test_sync);

#define NAMES	512

static int shrinking;

static int shrink(void *sb)
{
	shrink_dcache_sb(sb);
	shrinking = 0;
	return 0;
}

/* Names that do not exist, and that nobody uses; returns how many. */
static int make_unused(struct dentry *root)
{
	char text[8];
	int i, n = 0;

	for (i = 0; i < NAMES; i++) {
		struct qstr name = { .name = (unsigned char *)text };
		struct dentry *dentry;

		name.len = snprintf(text, sizeof(text), "x%d", i);
		name.hash = full_name_hash(name.name, name.len);
		dentry = d_alloc(root, &name);
		if (!dentry)
			continue;
		d_add(dentry, NULL);
		dput(dentry);
		n++;
	}
	return n;
}

/* Others run while a large file system is shrunk. */
static void fs_test_shrink(struct kunit *test)
{
	u64 saved = sched_reseed(0);
	int before, partly = 0, n;
	struct nameidata nd;

	KUNIT_ASSERT_EQ(test, path_lookup("/tmp", LOOKUP_FOLLOW, &nd), 0);
	shrink_dcache_sb(nd.dentry->d_sb);
	before = dentry_stat.nr_unused;
	n = make_unused(nd.dentry);
	sched_reseed(1);
	shrinking = kernel_thread(shrink, nd.dentry->d_sb, SIGCHLD) > 0;
	if (!shrinking)
		shrink_dcache_sb(nd.dentry->d_sb);
	else
		KUNIT_EXPECT_EQ(test, dentry_stat.nr_unused, before + n);
	while (shrinking) {
		yield();
		partly += dentry_stat.nr_unused > before && dentry_stat.nr_unused < before + n;
	}
	sched_reseed(saved);
	KUNIT_EXPECT_EQ(test, dentry_stat.nr_unused, before);
	KUNIT_EXPECT_GT(test, partly, 0);
	path_release(&nd);
}
DECLARE_KNOWN_BUG(fs_test_shrink);

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

#ifdef CONFIG_PROC_FS
/* A lookup that fails for want of memory leaves the entry's count as it was. */
static void fs_test_proc_no_memory(struct kunit *test)
{
	unsigned long saved = fail_nth_allocation(0);
	struct proc_dir_entry *de = create_proc_read_entry("answer", 0, NULL, read_answer, NULL);
	int n, fd = -1;

	for (n = 1; de; n++) {
		fail_nth_allocation(n);
		fd = sys_open(U("/proc/answer"), O_RDONLY, 0);
		if (fail_nth_allocation(0))
			break;
		KUNIT_EXPECT_LT(test, fd, 0);
		KUNIT_EXPECT_EQ(test, atomic_read(&de->count), 0);
	}
	KUNIT_EXPECT_GT(test, n, 3);
	sys_close(fd);
	remove_proc_entry("answer", NULL);
	fail_nth_allocation(saved);
}
DECLARE_KNOWN_BUG(fs_test_proc_no_memory);

static int read_first(void *arg)
{
	int fd = sys_open(U("/proc/answer"), O_RDONLY, 0);

	sys_read(fd, UB(arg), 1);
	sys_close(fd);
	return 0;
}

/* An entry goes, and another takes its memory, while the first is looked up. */
static void fs_test_proc_race(struct kunit *test)
{
	u64 seed, saved = sched_reseed(0);
	char answer = 0;

	for (seed = 1; seed <= 30 && answer != '2'; seed++) {
		sched_reseed(seed);
		create_proc_read_entry("answer", 0, NULL, read_answer, (void *)1);
		kernel_thread(read_first, &answer, SIGCHLD);
		yield();
		remove_proc_entry("answer", NULL);
		create_proc_read_entry("second", 0, NULL, read_answer, (void *)2);
		kunit_wait_idle();
		remove_proc_entry("second", NULL);
	}
	sched_reseed(saved);
	KUNIT_EXPECT_NE(test, answer, '2');
}
DECLARE_KNOWN_BUG(fs_test_proc_race);
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
	KUNIT_CASE(fs_test_fd_no_memory),
	KUNIT_CASE(fs_test_files),
	KUNIT_CASE(fs_test_file_max),
	KUNIT_CASE(fs_test_open_dangling),
	KUNIT_CASE(fs_test_flock),
	KUNIT_CASE(fs_test_flock_no_memory),
	KUNIT_CASE(fs_test_flock_kept),
	KUNIT_CASE(fs_test_posix_ranges),
	KUNIT_CASE(fs_test_pipe_atomic),
	KUNIT_CASE(fs_test_mounts),
	KUNIT_CASE(fs_test_sync),
	KUNIT_CASE(fs_test_shrink),
#ifdef CONFIG_PROC_FS
	KUNIT_CASE(fs_test_proc_entry),
	KUNIT_CASE(fs_test_proc_no_memory),
	KUNIT_CASE(fs_test_proc_race),
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
