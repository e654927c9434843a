// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/time.h>

#define USER(p) ((void __force __user *)(p))

static int block_all(void)
{
	sigset_t all;

	sigfillset(&all);
	return sigprocmask(SIG_BLOCK, &all, NULL);
}

/* Each case begins with nothing to deliver, and leaves nothing behind. */
static int signal_test_init(struct kunit *test)
{
	return block_all();
}

static int next_signal(siginfo_t *info)
{
	sigset_t none = { { 0 } };
	int sig;

	spin_lock_irq(&current->sighand->siglock);
	sig = dequeue_signal(current, &none, info);
	spin_unlock_irq(&current->sighand->siglock);
	return sig;
}

static int queue_value(int sig, int value)
{
	siginfo_t info = { .si_code = SI_QUEUE };

	info.si_int = value;
	return sys_rt_sigqueueinfo(current->pid, sig, USER(&info));
}

static void signal_test_order(struct kunit *test)
{
	siginfo_t info;

	KUNIT_EXPECT_EQ(test, queue_value(SIGRTMIN + 1, 1), 0);
	KUNIT_EXPECT_EQ(test, queue_value(SIGRTMIN + 1, 2), 0);
	KUNIT_EXPECT_EQ(test, sys_kill(current->pid, SIGUSR2), 0);
	KUNIT_EXPECT_EQ(test, sys_kill(current->pid, SIGUSR2), 0);
	KUNIT_EXPECT_EQ(test, sys_tgkill(current->tgid, current->pid, SIGTERM), 0);
	/* The thread's own first, then by number, then by age; one is enough. */
	KUNIT_EXPECT_EQ(test, next_signal(&info), SIGTERM);
	KUNIT_EXPECT_EQ(test, info.si_code, SI_TKILL);
	KUNIT_EXPECT_EQ(test, next_signal(&info), SIGUSR2);
	KUNIT_EXPECT_EQ(test, info.si_code, SI_USER);
	KUNIT_EXPECT_EQ(test, info.si_pid, current->pid);
	KUNIT_EXPECT_EQ(test, next_signal(&info), SIGRTMIN + 1);
	KUNIT_EXPECT_EQ(test, info.si_int, 1);
	KUNIT_EXPECT_EQ(test, next_signal(&info), SIGRTMIN + 1);
	KUNIT_EXPECT_EQ(test, info.si_int, 2);
	KUNIT_EXPECT_EQ(test, next_signal(&info), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&current->user->sigpending), 0);
}

static void signal_test_limit(struct kunit *test)
{
	siginfo_t info;

	current->signal->rlim[RLIMIT_SIGPENDING].rlim_cur = 1;
	KUNIT_EXPECT_EQ(test, queue_value(SIGRTMIN, 1), 0);
	KUNIT_EXPECT_EQ(test, queue_value(SIGRTMIN, 2), -EAGAIN);
	/* An ordinary signal is sent all the same. */
	KUNIT_EXPECT_EQ(test, sys_kill(current->pid, SIGUSR1), 0);
	KUNIT_EXPECT_EQ(test, next_signal(&info), SIGUSR1);
	KUNIT_EXPECT_EQ(test, next_signal(&info), SIGRTMIN);
	KUNIT_EXPECT_EQ(test, next_signal(&info), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&current->user->sigpending), 0);
}

static void signal_test_stop_cancels_cont(struct kunit *test)
{
	siginfo_t info;

	KUNIT_EXPECT_EQ(test, sys_kill(current->pid, SIGCONT), 0);
	KUNIT_EXPECT_EQ(test, sys_kill(current->pid, SIGTSTP), 0);
	KUNIT_EXPECT_EQ(test, sys_kill(current->pid, SIGTTIN), 0);
	KUNIT_EXPECT_EQ(test, next_signal(&info), SIGTSTP);
	KUNIT_EXPECT_EQ(test, sys_kill(current->pid, SIGCONT), 0);
	KUNIT_EXPECT_EQ(test, next_signal(&info), SIGCONT);
	KUNIT_EXPECT_EQ(test, next_signal(&info), 0);
}

static void signal_test_ignored(struct kunit *test)
{
	struct sigaction sa = { .sa_handler = SIG_IGN };
	sigset_t usr1 = { { sigmask(SIGUSR1) } };
	siginfo_t info;

	/* Blocked, it waits for a handler that may still come ... */
	KUNIT_EXPECT_EQ(test, sys_kill(current->pid, SIGUSR1), 0);
	KUNIT_EXPECT_EQ(test, next_signal(&info), SIGUSR1);
	KUNIT_EXPECT_EQ(test, sys_kill(current->pid, SIGUSR1), 0);
	/* ... until the process says that none will. */
	KUNIT_EXPECT_EQ(test, sys_rt_sigaction(SIGUSR1, USER(&sa), NULL, sizeof(sigset_t)), 0);
	KUNIT_EXPECT_EQ(test, next_signal(&info), 0);
	KUNIT_EXPECT_EQ(test, sigprocmask(SIG_UNBLOCK, &usr1, NULL), 0);
	KUNIT_EXPECT_EQ(test, sys_kill(current->pid, SIGUSR1), 0);
	KUNIT_EXPECT_FALSE(test, signal_pending(current));
	KUNIT_EXPECT_EQ(test, sys_rt_sigaction(SIGKILL, USER(&sa), NULL, sizeof(sigset_t)),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, sys_rt_sigaction(65, NULL, NULL, sizeof(sigset_t)), -EINVAL);
}

static void signal_test_wait_time(struct kunit *test)
{
	struct timespec ts = { .tv_nsec = 50 * NSEC_PER_MSEC };
	sigset_t usr1 = { { sigmask(SIGUSR1) } };
	unsigned long start = jiffies;

	KUNIT_EXPECT_EQ(test, sys_rt_sigtimedwait(USER(&usr1), NULL, USER(&ts),
						  sizeof(sigset_t)), -EAGAIN);
	KUNIT_EXPECT_GE(test, jiffies - start, 50);
	ts.tv_nsec = NSEC_PER_SEC;
	KUNIT_EXPECT_EQ(test, sys_rt_sigtimedwait(USER(&usr1), NULL, USER(&ts),
						  sizeof(sigset_t)), -EINVAL);
}

static int return_code(void *arg)
{
	return (long)arg;
}

static void signal_test_sigchld(struct kunit *test)
{
	sigset_t chld = { { sigmask(SIGCHLD) } };
	siginfo_t info;
	int pid = kernel_thread(return_code, (void *)3L, SIGCHLD);

	KUNIT_ASSERT_GT(test, pid, 0);
	KUNIT_EXPECT_EQ(test, sys_rt_sigtimedwait(USER(&chld), USER(&info), NULL,
						  sizeof(sigset_t)), SIGCHLD);
	KUNIT_EXPECT_EQ(test, info.si_pid, pid);
	KUNIT_EXPECT_EQ(test, sys_waitid(P_PID, pid, USER(&info), WEXITED | WNOWAIT, NULL), 0);
	KUNIT_EXPECT_EQ(test, info.si_code, CLD_EXITED);
	KUNIT_EXPECT_EQ(test, info.si_status, 3);
	KUNIT_EXPECT_EQ(test, sys_wait4(pid, NULL, 0, NULL), pid);
}

static void signal_test_no_zombies(struct kunit *test)
{
	struct sigaction sa = { .sa_handler = SIG_IGN };
	int pid;

	KUNIT_EXPECT_EQ(test, sys_rt_sigaction(SIGCHLD, USER(&sa), NULL, sizeof(sigset_t)), 0);
	pid = kernel_thread(return_code, NULL, SIGCHLD);
	KUNIT_ASSERT_GT(test, pid, 0);
	KUNIT_EXPECT_EQ(test, sys_wait4(pid, NULL, 0, NULL), -ECHILD);
	KUNIT_EXPECT_PTR_EQ(test, find_task_by_pid(pid), NULL);
}

static void signal_test_permission(struct kunit *test)
{
	int pid = kernel_thread(return_code, NULL, SIGCHLD);

	KUNIT_ASSERT_GT(test, pid, 0);
	KUNIT_EXPECT_EQ(test, sys_setresuid(1000, 1000, 1000), 0);
	KUNIT_EXPECT_EQ(test, sys_kill(pid, 0), -EPERM);
	KUNIT_EXPECT_EQ(test, sys_kill(pid, SIGTERM), -EPERM);
	/* Jobs of one's own session may always be continued. */
	KUNIT_EXPECT_EQ(test, sys_kill(pid, SIGCONT), 0);
	KUNIT_EXPECT_EQ(test, sys_kill(pid, 65), -EINVAL);
	KUNIT_EXPECT_EQ(test, sys_kill(32767, 0), -ESRCH);
	KUNIT_EXPECT_EQ(test, sys_wait4(pid, NULL, 0, NULL), pid);
}

static struct kunit_case signal_test_cases[] = {
	KUNIT_CASE(signal_test_order),
	KUNIT_CASE(signal_test_limit),
	KUNIT_CASE(signal_test_stop_cancels_cont),
	KUNIT_CASE(signal_test_ignored),
	KUNIT_CASE(signal_test_wait_time),
	KUNIT_CASE(signal_test_sigchld),
	KUNIT_CASE(signal_test_no_zombies),
	KUNIT_CASE(signal_test_permission),
	{}
};

static struct kunit_suite signal_test_suite = {
	.name = "signal",
	.init = signal_test_init,
	.test_cases = signal_test_cases,
};

kunit_test_suite(signal_test_suite);
