// SPDX-License-Identifier: GPL-2.0-only
/*
 * The system call table of the model: names to functions.  How the words of a
 * scenario become arguments is said in lib/scenario/calls.c, which the host's
 * side shares; a call needs a line in both.
 */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <asm/entry.h>

#define P(type, n)	((type __user *)a[n])
#define I(n)		((int)a[n])

#define SYSCALL(name, expr)					\
	static long entry_##name(const long *a)			\
	{							\
		return expr;					\
	}

SYSCALL(uname, sys_newuname(P(struct new_utsname, 0)))
SYSCALL(sethostname, sys_sethostname(P(char, 0), I(1)))
SYSCALL(setdomainname, sys_setdomainname(P(char, 0), I(1)))
SYSCALL(getpid, sys_getpid())
SYSCALL(gettid, sys_gettid())
SYSCALL(getppid, sys_getppid())
SYSCALL(fork, sys_fork())
SYSCALL(vfork, sys_vfork())
SYSCALL(clone, sys_clone(a[0]))
SYSCALL(exit, sys_exit(I(0)))
SYSCALL(exit_group, sys_exit_group(I(0)))
SYSCALL(wait4, sys_wait4(I(0), P(int, 1), I(2), P(struct rusage, 3)))
SYSCALL(waitid, sys_waitid(I(0), I(1), P(siginfo_t, 2), I(3), P(struct rusage, 4)))
SYSCALL(rt_sigaction, sys_rt_sigaction(I(0), P(struct sigaction, 1), P(struct sigaction, 2), a[3]))
SYSCALL(rt_sigprocmask, sys_rt_sigprocmask(I(0), P(sigset_t, 1), P(sigset_t, 2), a[3]))
SYSCALL(rt_sigpending, sys_rt_sigpending(P(sigset_t, 0), a[1]))
SYSCALL(rt_sigsuspend, sys_rt_sigsuspend(P(sigset_t, 0), a[1]))
SYSCALL(rt_sigtimedwait, sys_rt_sigtimedwait(P(sigset_t, 0), P(siginfo_t, 1),
					     P(struct timespec, 2), a[3]))
SYSCALL(rt_sigqueueinfo, sys_rt_sigqueueinfo(I(0), I(1), P(siginfo_t, 2)))
SYSCALL(kill, sys_kill(I(0), I(1)))
SYSCALL(tgkill, sys_tgkill(I(0), I(1), I(2)))
SYSCALL(tkill, sys_tkill(I(0), I(1)))
SYSCALL(pause, sys_pause())
SYSCALL(alarm, sys_alarm(I(0)))
SYSCALL(setitimer, sys_setitimer(I(0), P(struct itimerval, 1), P(struct itimerval, 2)))
SYSCALL(sched_yield, sys_sched_yield())

#ifdef CONFIG_SYSVIPC
SYSCALL(msgget, sys_msgget(I(0), I(1)))
SYSCALL(msgsnd, sys_msgsnd(I(0), P(struct msgbuf, 1), a[2], I(3)))
SYSCALL(msgrcv, sys_msgrcv(I(0), P(struct msgbuf, 1), a[2], a[3], I(4)))
SYSCALL(msgctl, sys_msgctl(I(0), I(1), P(void, 2)))
SYSCALL(semget, sys_semget(I(0), I(1), I(2)))
SYSCALL(semop, sys_semop(I(0), P(struct sembuf, 1), a[2]))
SYSCALL(semtimedop, sys_semtimedop(I(0), P(struct sembuf, 1), a[2], P(struct timespec, 3)))
SYSCALL(semctl, sys_semctl(I(0), I(1), I(2), a[3]))
#endif

#define ENTRY(name) { #name, entry_##name }

static const struct syscall_entry sys_call_table[] = {
	ENTRY(uname),
	ENTRY(sethostname),
	ENTRY(setdomainname),
	ENTRY(getpid),
	ENTRY(gettid),
	ENTRY(getppid),
	ENTRY(fork),
	ENTRY(vfork),
	ENTRY(clone),
	ENTRY(exit),
	ENTRY(exit_group),
	ENTRY(wait4),
	ENTRY(waitid),
	ENTRY(rt_sigaction),
	ENTRY(rt_sigprocmask),
	ENTRY(rt_sigpending),
	ENTRY(rt_sigsuspend),
	ENTRY(rt_sigtimedwait),
	ENTRY(rt_sigqueueinfo),
	ENTRY(kill),
	ENTRY(tgkill),
	ENTRY(tkill),
	ENTRY(pause),
	ENTRY(alarm),
	ENTRY(setitimer),
	ENTRY(sched_yield),
#ifdef CONFIG_SYSVIPC
	ENTRY(msgget),
	ENTRY(msgsnd),
	ENTRY(msgrcv),
	ENTRY(msgctl),
	ENTRY(semget),
	ENTRY(semop),
	ENTRY(semtimedop),
	ENTRY(semctl),
#endif
};

const struct syscall_entry *find_syscall(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sys_call_table); i++)
		if (!strcmp(sys_call_table[i].name, name))
			return &sys_call_table[i];
	return NULL;
}

/**
 * do_syscall - enter the kernel
 *
 * What it must leave as it found it is checked here.
 */
long do_syscall(const struct syscall_entry *entry, const long *args)
{
	long ret = entry->call(args);

	if (unlikely(in_atomic()))
		panic("%s() returns with a lock held", entry->name);
	return ret;
}
