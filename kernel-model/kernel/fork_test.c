// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>
#include <linux/cpu.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

static int return_code(void *arg)
{
	return (long)arg;
}

static void fork_test_status(struct kunit *test)
{
	int status = 0, pid = kernel_thread(return_code, (void *)7L, SIGCHLD);

	KUNIT_ASSERT_GT(test, pid, 0);
	KUNIT_EXPECT_EQ(test, sys_wait4(pid, (int __force __user *)&status, 0, NULL), pid);
	KUNIT_EXPECT_EQ(test, status, 7 << 8);
	KUNIT_EXPECT_EQ(test, sys_wait4(pid, NULL, 0, NULL), -ECHILD);
	KUNIT_EXPECT_PTR_EQ(test, find_task_by_pid(pid), NULL);
}

static int leave_orphan(void *arg)
{
	return kernel_thread(return_code, NULL, SIGCHLD) < 0;
}

/* kunit itself reaps in the place of init, and counts tasks after that. */
static void fork_test_orphan(struct kunit *test)
{
	int pid = kernel_thread(leave_orphan, NULL, SIGCHLD);

	KUNIT_ASSERT_GT(test, pid, 0);
	KUNIT_EXPECT_EQ(test, sys_wait4(-1, NULL, 0, NULL), pid);
	KUNIT_EXPECT_EQ(test, sys_wait4(-1, NULL, 0, NULL), -ECHILD);
}

static int note_tgid(void *arg)
{
	*(int *)arg = current->tgid;
	return 0;
}

static void fork_test_thread(struct kunit *test)
{
	int tgid = 0;
	int pid = kernel_thread(note_tgid, &tgid, CLONE_SIGHAND | CLONE_THREAD);

	KUNIT_ASSERT_GT(test, pid, 0);
	kunit_wait_idle();
	KUNIT_EXPECT_EQ(test, tgid, current->tgid);
	KUNIT_EXPECT_NE(test, pid, current->pid);
	/* A thread leaves nothing to wait for. */
	KUNIT_EXPECT_EQ(test, sys_wait4(-1, NULL, __WALL, NULL), -ECHILD);
}

static void fork_test_flags(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, sys_clone(CLONE_THREAD), -EINVAL);
	KUNIT_EXPECT_EQ(test, sys_clone(CLONE_SIGHAND), -EINVAL);
	KUNIT_EXPECT_EQ(test, sys_clone(CLONE_NEWNS | CLONE_FS), -EINVAL);
	KUNIT_EXPECT_EQ(test, sys_clone(0x04000000), -EINVAL);
}

/* What has no memory for a table of descriptors must say so. */
static void fork_test_no_files(struct kunit *test)
{
	unsigned long saved = fail_nth_allocation(1);
	int error = 0;

	KUNIT_EXPECT_NULL(test, dup_fd(current->files, &error));
	KUNIT_EXPECT_EQ(test, error, -ENOMEM);
	fail_nth_allocation(saved);
}
DECLARE_KNOWN_BUG(fork_test_no_files);

/* Orders in which tasks run: enough of them to meet at any point. */
#define SEEDS	30

static int ask_for_parent(void *arg)
{
	int *wrong = arg, parent = current->real_parent->tgid, i, pid;

	for (i = 0; i < 20; i++) {
		pid = sys_getppid();
		*wrong += pid != parent && pid != 1;
		cond_resched();
	}
	return 0;
}

static int leave_child(void *arg)
{
	kernel_thread(ask_for_parent, arg, SIGCHLD);
	yield();
	return 0;
}

/* A parent goes while its child asks for it; SAN=1 sees who looks at what is freed. */
static void fork_test_getppid(struct kunit *test)
{
	u64 seed, saved = sched_reseed(0);
	int wrong = 0, pid;

	for (seed = 1; seed <= SEEDS; seed++) {
		sched_reseed(seed);
		pid = kernel_thread(leave_child, &wrong, SIGCHLD);
		sys_wait4(pid, NULL, 0, NULL);
		kunit_wait_idle();
	}
	sched_reseed(saved);
	KUNIT_EXPECT_EQ(test, wrong, 0);
}
DECLARE_KNOWN_BUG(fork_test_getppid);

static const char program[] = "/program";

static struct exec_result {
	long error;
	int pid, leads;
	char comm[TASK_COMM_LEN];
} exec_result;

static int call_exec(void *unused)
{
	exec_result.error = sys_execve((const char __force __user *)program, NULL, NULL);
	if (exec_result.error)
		sys_kill(current->tgid, SIGKILL);
	exec_result.pid = current->pid;
	exec_result.leads = current->group_leader == current;
	strlcpy(exec_result.comm, current->comm, sizeof(exec_result.comm));
	return 5;
}

static int until_killed(void *fn)
{
	if (kernel_thread(fn, NULL, CLONE_SIGHAND | CLONE_THREAD) < 0)
		return 1;
	while (!signal_pending(current)) {
		set_current_state(TASK_INTERRUPTIBLE);
		schedule();
	}
	return 2;
}

static int make_program(void)
{
	const char __user *name = (const char __force __user *)program;
	int fd = sys_open(name, O_CREAT | O_WRONLY, 0755);

	if (fd < 0)
		return fd;
	sys_write(fd, (const char __force __user *)"\177ELF", 4);
	return sys_close(fd);
}

/* The thread takes the place of its process, whose parent does not notice. */
static void fork_test_exec_by_thread(struct kunit *test)
{
	int status = 0, pid, err = make_program();

	KUNIT_EXPECT_EQ(test, err, 0);
	pid = kernel_thread(until_killed, call_exec, SIGCHLD);
	if (pid > 0)
		KUNIT_EXPECT_EQ(test, sys_wait4(pid, (int __force __user *)&status, 0, NULL), pid);
	/* Once more when memory failed. */
	while (sys_unlink((const char __force __user *)program) == -ENOMEM)
		;
	if (exec_result.error == -ENOEXEC)
		kunit_skip(test, "there are no programs without CONFIG_SCENARIO");
	KUNIT_EXPECT_EQ(test, exec_result.error, 0);
	KUNIT_EXPECT_EQ(test, status, 5 << 8);
	KUNIT_EXPECT_EQ(test, exec_result.pid, pid);
	KUNIT_EXPECT_TRUE(test, exec_result.leads);
	KUNIT_EXPECT_STREQ(test, exec_result.comm, "program");
}

#if NR_CPUS > 2
static struct task_struct *pinned;

static cpumask_t two_cpus(int a, int b)
{
	cpumask_t mask = CPU_MASK_NONE;

	cpu_set(a, mask);
	cpu_set(b, mask);
	return mask;
}

static int run_pinned(void *unused)
{
	pinned = current;
	while (pinned)
		yield();
	return 0;
}

static int move_pinned(void *unused)
{
	while (pinned) {
		set_cpus_allowed(pinned, two_cpus(1, 2));
		yield();
		if (pinned)
			set_cpus_allowed(pinned, two_cpus(0, 2));
		yield();
	}
	return 0;
}

static void sched_test_cpu_down(struct kunit *test)
{
	u64 seed, saved = sched_reseed(0);
	int pids[2];

	pids[0] = kernel_thread(run_pinned, NULL, SIGCHLD);
	while (pids[0] > 0 && !pinned)
		yield();
	pids[1] = kernel_thread(move_pinned, NULL, SIGCHLD);
	for (seed = 1; pinned && seed <= SEEDS; seed++) {
		sched_reseed(seed);
		set_cpus_allowed(pinned, two_cpus(2, 2));
		KUNIT_EXPECT_EQ(test, cpu_down(2), 0);
		KUNIT_EXPECT_EQ(test, cpu_up(2), 0);
	}
	sched_reseed(saved);
	pinned = NULL;
	kunit_wait_idle();
	sys_wait4(pids[0], NULL, 0, NULL);
	sys_wait4(pids[1], NULL, 0, NULL);
}
DECLARE_KNOWN_BUG(sched_test_cpu_down);
#endif

static void pid_test_exhausted(struct kunit *test)
{
	int saved = pid_max, pid;

	pid_max = 301;
	last_pid = 300;
	pid = alloc_pidmap();
	KUNIT_EXPECT_EQ(test, pid, 300);
	KUNIT_EXPECT_EQ(test, alloc_pidmap(), -1);
	KUNIT_EXPECT_EQ(test, kernel_thread(return_code, NULL, SIGCHLD), -EAGAIN);
	if (pid > 0)
		free_pidmap(pid);
	pid_max = saved;
}

static struct kunit_case fork_test_cases[] = {
	KUNIT_CASE(fork_test_status),
	KUNIT_CASE(fork_test_orphan),
	KUNIT_CASE(fork_test_thread),
	KUNIT_CASE(fork_test_flags),
	KUNIT_CASE(fork_test_no_files),
	KUNIT_CASE(fork_test_getppid),
	KUNIT_CASE(fork_test_exec_by_thread),
	KUNIT_CASE(pid_test_exhausted),
#if NR_CPUS > 2
	KUNIT_CASE(sched_test_cpu_down),
#endif
	{}
};

static struct kunit_suite fork_test_suite = {
	.name = "fork",
	.test_cases = fork_test_cases,
};

kunit_test_suite(fork_test_suite);
