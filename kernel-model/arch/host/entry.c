// SPDX-License-Identifier: GPL-2.0-only
/*
 * The system call table of the model: names to functions.  How the words of a
 * scenario become arguments is said in lib/scenario/calls.c, which the host's
 * side shares; a call needs a line in both.
 */
#include <linux/interrupt.h>
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
SYSCALL(unshare, sys_unshare(a[0]))
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
SYSCALL(setpriority, sys_setpriority(I(0), I(1), I(2)))
SYSCALL(getpriority, sys_getpriority(I(0), I(1)))
SYSCALL(reboot, sys_reboot(I(0), I(1), a[2], P(void, 3)))
SYSCALL(getgroups, sys_getgroups(I(0), P(gid_t, 1)))
SYSCALL(setgroups, sys_setgroups(I(0), P(gid_t, 1)))
SYSCALL(getuid, sys_getuid())
SYSCALL(geteuid, sys_geteuid())
SYSCALL(getgid, sys_getgid())
SYSCALL(getegid, sys_getegid())
SYSCALL(setuid, sys_setuid(a[0]))
SYSCALL(setgid, sys_setgid(a[0]))
SYSCALL(setreuid, sys_setreuid(a[0], a[1]))
SYSCALL(setregid, sys_setregid(a[0], a[1]))
SYSCALL(setresuid, sys_setresuid(a[0], a[1], a[2]))
SYSCALL(setresgid, sys_setresgid(a[0], a[1], a[2]))
SYSCALL(getresuid, sys_getresuid(P(uid_t, 0), P(uid_t, 1), P(uid_t, 2)))
SYSCALL(getresgid, sys_getresgid(P(gid_t, 0), P(gid_t, 1), P(gid_t, 2)))
SYSCALL(setfsuid, sys_setfsuid(a[0]))
SYSCALL(setfsgid, sys_setfsgid(a[0]))
SYSCALL(prctl, sys_prctl(I(0), a[1]))
SYSCALL(setpgid, sys_setpgid(I(0), I(1)))
SYSCALL(getpgid, sys_getpgid(I(0)))
SYSCALL(getpgrp, sys_getpgrp())
SYSCALL(getsid, sys_getsid(I(0)))
SYSCALL(setsid, sys_setsid())
SYSCALL(getrlimit, sys_getrlimit(a[0], P(struct rlimit, 1)))
SYSCALL(setrlimit, sys_setrlimit(a[0], P(struct rlimit, 1)))
SYSCALL(getrusage, sys_getrusage(I(0), P(struct rusage, 1)))
SYSCALL(times, sys_times(P(struct tms, 0)))
SYSCALL(capget, sys_capget(P(struct __user_cap_header_struct, 0),
			   P(struct __user_cap_data_struct, 1)))
SYSCALL(capset, sys_capset(P(struct __user_cap_header_struct, 0),
			   P(struct __user_cap_data_struct, 1)))
SYSCALL(syslog, sys_syslog(I(0), P(char, 1), I(2)))
SYSCALL(nanosleep, sys_nanosleep(P(struct timespec, 0), P(struct timespec, 1)))
SYSCALL(sysinfo, sys_sysinfo(P(struct sysinfo, 0)))
SYSCALL(nice, sys_nice(I(0)))
SYSCALL(sched_setscheduler, sys_sched_setscheduler(I(0), I(1), P(struct sched_param, 2)))
SYSCALL(sched_setparam, sys_sched_setparam(I(0), P(struct sched_param, 1)))
SYSCALL(sched_getscheduler, sys_sched_getscheduler(I(0)))
SYSCALL(sched_getparam, sys_sched_getparam(I(0), P(struct sched_param, 1)))
SYSCALL(sched_get_priority_max, sys_sched_get_priority_max(I(0)))
SYSCALL(sched_get_priority_min, sys_sched_get_priority_min(I(0)))
SYSCALL(sched_setaffinity, sys_sched_setaffinity(I(0), a[1], P(unsigned long, 2)))
SYSCALL(sched_getaffinity, sys_sched_getaffinity(I(0), a[1], P(unsigned long, 2)))
#ifdef CONFIG_FUTEX
SYSCALL(futex, sys_futex(P(u32, 0), I(1), a[2], P(struct timespec, 3), P(u32, 4), a[5]))
#endif
SYSCALL(sched_yield, sys_sched_yield())
SYSCALL(access, sys_access(P(char, 0), I(1)))
SYSCALL(chdir, sys_chdir(P(char, 0)))
SYSCALL(chmod, sys_chmod(P(char, 0), I(1)))
SYSCALL(chown, sys_chown(P(char, 0), I(1), I(2)))
SYSCALL(chroot, sys_chroot(P(char, 0)))
SYSCALL(creat, sys_creat(P(char, 0), I(1)))
SYSCALL(dup, sys_dup(I(0)))
SYSCALL(dup2, sys_dup2(I(0), I(1)))
SYSCALL(execve, sys_execve(P(char, 0), P(char __user *, 1), P(char __user *, 2)))
SYSCALL(fchdir, sys_fchdir(I(0)))
SYSCALL(fchmod, sys_fchmod(I(0), I(1)))
SYSCALL(fchown, sys_fchown(I(0), I(1), I(2)))
SYSCALL(fcntl, sys_fcntl(I(0), I(1), a[2]))
SYSCALL(flock, sys_flock(I(0), I(1)))
SYSCALL(fstat, sys_newfstat(I(0), P(struct stat, 1)))
SYSCALL(fstatfs, sys_fstatfs(I(0), P(struct statfs, 1)))
SYSCALL(fsync, sys_fsync(I(0)))
SYSCALL(ftruncate, sys_ftruncate(I(0), a[1]))
SYSCALL(getcwd, sys_getcwd(P(char, 0), a[1]))
SYSCALL(getdents64, sys_getdents64(I(0), P(struct linux_dirent64, 1), I(2)))
SYSCALL(ioctl, sys_ioctl(I(0), I(1), a[2]))
SYSCALL(lchown, sys_lchown(P(char, 0), I(1), I(2)))
SYSCALL(link, sys_link(P(char, 0), P(char, 1)))
SYSCALL(lseek, sys_lseek(I(0), a[1], I(2)))
SYSCALL(lstat, sys_newlstat(P(char, 0), P(struct stat, 1)))
SYSCALL(mkdir, sys_mkdir(P(char, 0), I(1)))
SYSCALL(mknod, sys_mknod(P(char, 0), I(1), I(2)))
SYSCALL(mount, sys_mount(P(char, 0), P(char, 1), P(char, 2), a[3], P(void, 4)))
SYSCALL(open, sys_open(P(char, 0), I(1), I(2)))
SYSCALL(pipe, sys_pipe(P(int, 0)))
SYSCALL(pivot_root, sys_pivot_root(P(char, 0), P(char, 1)))
SYSCALL(poll, sys_poll(P(struct pollfd, 0), I(1), a[2]))
SYSCALL(pread64, sys_pread64(I(0), P(char, 1), a[2], a[3]))
SYSCALL(pwrite64, sys_pwrite64(I(0), P(char, 1), a[2], a[3]))
SYSCALL(read, sys_read(I(0), P(char, 1), a[2]))
SYSCALL(readlink, sys_readlink(P(char, 0), P(char, 1), I(2)))
SYSCALL(rename, sys_rename(P(char, 0), P(char, 1)))
SYSCALL(rmdir, sys_rmdir(P(char, 0)))
SYSCALL(select, sys_select(I(0), P(fd_set, 1), P(fd_set, 2), P(fd_set, 3), P(struct timeval, 4)))
SYSCALL(stat, sys_newstat(P(char, 0), P(struct stat, 1)))
SYSCALL(statfs, sys_statfs(P(char, 0), P(struct statfs, 1)))
SYSCALL(symlink, sys_symlink(P(char, 0), P(char, 1)))
SYSCALL(sync, sys_sync())
SYSCALL(truncate, sys_truncate(P(char, 0), a[1]))
SYSCALL(umask, sys_umask(I(0)))
SYSCALL(umount2, sys_umount(P(char, 0), I(1)))
SYSCALL(unlink, sys_unlink(P(char, 0)))
SYSCALL(write, sys_write(I(0), P(char, 1), a[2]))

#ifdef CONFIG_QUOTA
SYSCALL(quotactl, sys_quotactl(I(0), P(char, 1), I(2), P(void, 3)))
#endif

SYSCALL(close, sys_close(I(0)))

#ifdef CONFIG_SYSVIPC
SYSCALL(msgget, sys_msgget(I(0), I(1)))
SYSCALL(msgsnd, sys_msgsnd(I(0), P(struct msgbuf, 1), a[2], I(3)))
SYSCALL(msgrcv, sys_msgrcv(I(0), P(struct msgbuf, 1), a[2], a[3], I(4)))
SYSCALL(msgctl, sys_msgctl(I(0), I(1), P(void, 2)))
SYSCALL(semget, sys_semget(I(0), I(1), I(2)))
SYSCALL(semop, sys_semop(I(0), P(struct sembuf, 1), a[2]))
SYSCALL(semtimedop, sys_semtimedop(I(0), P(struct sembuf, 1), a[2], P(struct timespec, 3)))
SYSCALL(semctl, sys_semctl(I(0), I(1), I(2), a[3]))
SYSCALL(shmget, sys_shmget(I(0), a[1], I(2)))
SYSCALL(shmat, sys_shmat(I(0), P(char, 1), I(2)))
SYSCALL(shmdt, sys_shmdt(P(char, 0)))
SYSCALL(shmctl, sys_shmctl(I(0), I(1), P(void, 2)))
#endif

#ifdef CONFIG_POSIX_MQUEUE
SYSCALL(mq_open, sys_mq_open(P(char, 0), I(1), a[2], P(struct mq_attr, 3)))
SYSCALL(mq_unlink, sys_mq_unlink(P(char, 0)))
SYSCALL(mq_timedsend, sys_mq_timedsend(I(0), P(char, 1), a[2], a[3], P(struct timespec, 4)))
SYSCALL(mq_timedreceive, sys_mq_timedreceive(I(0), P(char, 1), a[2], P(unsigned int, 3),
					     P(struct timespec, 4)))
SYSCALL(mq_notify, sys_mq_notify(I(0), P(struct sigevent, 1)))
SYSCALL(mq_getsetattr, sys_mq_getsetattr(I(0), P(struct mq_attr, 1), P(struct mq_attr, 2)))
#endif

SYSCALL(mmap, sys_mmap(a[0], a[1], a[2], a[3], a[4], a[5]))
SYSCALL(munmap, sys_munmap(a[0], a[1]))
SYSCALL(mprotect, sys_mprotect(a[0], a[1], a[2]))
SYSCALL(mremap, sys_mremap(a[0], a[1], a[2], a[3], a[4]))
SYSCALL(brk, sys_brk(a[0]))
SYSCALL(mlock, sys_mlock(a[0], a[1]))
SYSCALL(munlock, sys_munlock(a[0], a[1]))
SYSCALL(mlockall, sys_mlockall(I(0)))
SYSCALL(munlockall, sys_munlockall())
SYSCALL(swapon, sys_swapon(P(char, 0), I(1)))
SYSCALL(swapoff, sys_swapoff(P(char, 0)))

#ifdef CONFIG_NET
SYSCALL(socket, sys_socket(I(0), I(1), I(2)))
SYSCALL(socketpair, sys_socketpair(I(0), I(1), I(2), P(int, 3)))
SYSCALL(bind, sys_bind(I(0), P(struct sockaddr, 1), I(2)))
SYSCALL(listen, sys_listen(I(0), I(1)))
SYSCALL(accept, sys_accept(I(0), P(struct sockaddr, 1), P(int, 2)))
SYSCALL(connect, sys_connect(I(0), P(struct sockaddr, 1), I(2)))
SYSCALL(getsockname, sys_getsockname(I(0), P(struct sockaddr, 1), P(int, 2)))
SYSCALL(getpeername, sys_getpeername(I(0), P(struct sockaddr, 1), P(int, 2)))
SYSCALL(sendto, sys_sendto(I(0), P(void, 1), a[2], I(3), P(struct sockaddr, 4), I(5)))
SYSCALL(recvfrom, sys_recvfrom(I(0), P(void, 1), a[2], I(3), P(struct sockaddr, 4),
			       P(int, 5)))
SYSCALL(setsockopt, sys_setsockopt(I(0), I(1), I(2), P(char, 3), I(4)))
SYSCALL(getsockopt, sys_getsockopt(I(0), I(1), I(2), P(char, 3), P(int, 4)))
SYSCALL(shutdown, sys_shutdown(I(0), I(1)))
SYSCALL(sendmsg, sys_sendmsg(I(0), P(struct msghdr, 1), I(2)))
SYSCALL(recvmsg, sys_recvmsg(I(0), P(struct msghdr, 1), I(2)))
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
	ENTRY(unshare),
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
	ENTRY(setpriority),
	ENTRY(getpriority),
	ENTRY(reboot),
	ENTRY(getgroups),
	ENTRY(setgroups),
	ENTRY(getuid),
	ENTRY(geteuid),
	ENTRY(getgid),
	ENTRY(getegid),
	ENTRY(setuid),
	ENTRY(setgid),
	ENTRY(setreuid),
	ENTRY(setregid),
	ENTRY(setresuid),
	ENTRY(setresgid),
	ENTRY(getresuid),
	ENTRY(getresgid),
	ENTRY(setfsuid),
	ENTRY(setfsgid),
	ENTRY(prctl),
	ENTRY(setpgid),
	ENTRY(getpgid),
	ENTRY(getpgrp),
	ENTRY(getsid),
	ENTRY(setsid),
	ENTRY(getrlimit),
	ENTRY(setrlimit),
	ENTRY(getrusage),
	ENTRY(times),
	ENTRY(capget),
	ENTRY(capset),
	ENTRY(syslog),
	ENTRY(nanosleep),
	ENTRY(sysinfo),
	ENTRY(nice),
	ENTRY(sched_setscheduler),
	ENTRY(sched_setparam),
	ENTRY(sched_getscheduler),
	ENTRY(sched_getparam),
	ENTRY(sched_get_priority_max),
	ENTRY(sched_get_priority_min),
	ENTRY(sched_setaffinity),
	ENTRY(sched_getaffinity),
#ifdef CONFIG_FUTEX
	ENTRY(futex),
#endif
	ENTRY(sched_yield),
	ENTRY(access),
	ENTRY(chdir),
	ENTRY(chmod),
	ENTRY(chown),
	ENTRY(chroot),
	ENTRY(creat),
	ENTRY(dup),
	ENTRY(dup2),
	ENTRY(execve),
	ENTRY(fchdir),
	ENTRY(fchmod),
	ENTRY(fchown),
	ENTRY(fcntl),
	ENTRY(flock),
	ENTRY(fstat),
	ENTRY(fstatfs),
	ENTRY(fsync),
	ENTRY(ftruncate),
	ENTRY(getcwd),
	ENTRY(getdents64),
	ENTRY(ioctl),
	ENTRY(lchown),
	ENTRY(link),
	ENTRY(lseek),
	ENTRY(lstat),
	ENTRY(mkdir),
	ENTRY(mknod),
	ENTRY(mount),
	ENTRY(open),
	ENTRY(pipe),
	ENTRY(pivot_root),
	ENTRY(poll),
	ENTRY(pread64),
	ENTRY(pwrite64),
	ENTRY(read),
	ENTRY(readlink),
	ENTRY(rename),
	ENTRY(rmdir),
	ENTRY(select),
	ENTRY(stat),
	ENTRY(statfs),
	ENTRY(symlink),
	ENTRY(sync),
	ENTRY(truncate),
	ENTRY(umask),
	ENTRY(umount2),
	ENTRY(unlink),
	ENTRY(write),
#ifdef CONFIG_QUOTA
	ENTRY(quotactl),
#endif
	ENTRY(close),
#ifdef CONFIG_SYSVIPC
	ENTRY(msgget),
	ENTRY(msgsnd),
	ENTRY(msgrcv),
	ENTRY(msgctl),
	ENTRY(semget),
	ENTRY(semop),
	ENTRY(semtimedop),
	ENTRY(semctl),
	ENTRY(shmget),
	ENTRY(shmat),
	ENTRY(shmdt),
	ENTRY(shmctl),
#endif
#ifdef CONFIG_POSIX_MQUEUE
	ENTRY(mq_open),
	ENTRY(mq_unlink),
	ENTRY(mq_timedsend),
	ENTRY(mq_timedreceive),
	ENTRY(mq_notify),
	ENTRY(mq_getsetattr),
#endif
	ENTRY(mmap),
	ENTRY(munmap),
	ENTRY(mprotect),
	ENTRY(mremap),
	ENTRY(brk),
	ENTRY(mlock),
	ENTRY(munlock),
	ENTRY(mlockall),
	ENTRY(munlockall),
	ENTRY(swapon),
	ENTRY(swapoff),
#ifdef CONFIG_NET
	ENTRY(socket),
	ENTRY(socketpair),
	ENTRY(bind),
	ENTRY(listen),
	ENTRY(accept),
	ENTRY(connect),
	ENTRY(getsockname),
	ENTRY(getpeername),
	ENTRY(sendto),
	ENTRY(recvfrom),
	ENTRY(setsockopt),
	ENTRY(getsockopt),
	ENTRY(shutdown),
	ENTRY(sendmsg),
	ENTRY(recvmsg),
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
	do_softirq();
	return ret;
}
