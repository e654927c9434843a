// SPDX-License-Identifier: GPL-2.0-only
/* Names of errors, signals and flags; the numbers are those of x86-64. */
#include "scenario.h"

struct name {
	const char *name;
	long value;
};

static const struct name errors[] = {
	{ "EPERM", 1 }, { "ENOENT", 2 }, { "ESRCH", 3 }, { "EINTR", 4 }, { "EIO", 5 },
	{ "ENXIO", 6 }, { "E2BIG", 7 }, { "ENOEXEC", 8 }, { "EBADF", 9 }, { "ECHILD", 10 },
	{ "EAGAIN", 11 }, { "ENOMEM", 12 }, { "EACCES", 13 }, { "EFAULT", 14 },
	{ "ENOTBLK", 15 }, { "EBUSY", 16 }, { "EEXIST", 17 }, { "EXDEV", 18 },
	{ "ENODEV", 19 }, { "ENOTDIR", 20 }, { "EISDIR", 21 }, { "EINVAL", 22 },
	{ "ENFILE", 23 }, { "EMFILE", 24 }, { "ENOTTY", 25 }, { "ETXTBSY", 26 },
	{ "EFBIG", 27 }, { "ENOSPC", 28 }, { "ESPIPE", 29 }, { "EROFS", 30 },
	{ "EMLINK", 31 }, { "EPIPE", 32 }, { "EDOM", 33 }, { "ERANGE", 34 },
	{ "EDEADLK", 35 }, { "ENAMETOOLONG", 36 }, { "ENOLCK", 37 }, { "ENOSYS", 38 },
	{ "ENOTEMPTY", 39 }, { "ELOOP", 40 }, { "ENOMSG", 42 }, { "EIDRM", 43 },
	{ "ENODATA", 61 }, { "ETIME", 62 }, { "EPROTO", 71 }, { "EBADMSG", 74 },
	{ "EOVERFLOW", 75 }, { "EUSERS", 87 }, { "ENOTSOCK", 88 }, { "EDESTADDRREQ", 89 },
	{ "EMSGSIZE", 90 }, { "EPROTOTYPE", 91 }, { "ENOPROTOOPT", 92 },
	{ "EPROTONOSUPPORT", 93 }, { "ESOCKTNOSUPPORT", 94 }, { "EOPNOTSUPP", 95 },
	{ "EPFNOSUPPORT", 96 }, { "EAFNOSUPPORT", 97 }, { "EADDRINUSE", 98 },
	{ "EADDRNOTAVAIL", 99 }, { "ENETDOWN", 100 }, { "ENETUNREACH", 101 },
	{ "ENETRESET", 102 }, { "ECONNABORTED", 103 }, { "ECONNRESET", 104 },
	{ "ENOBUFS", 105 }, { "EISCONN", 106 }, { "ENOTCONN", 107 }, { "ESHUTDOWN", 108 },
	{ "ETOOMANYREFS", 109 }, { "ETIMEDOUT", 110 }, { "ECONNREFUSED", 111 },
	{ "EHOSTDOWN", 112 }, { "EHOSTUNREACH", 113 }, { "EALREADY", 114 },
	{ "EINPROGRESS", 115 }, { "EDQUOT", 122 },
};

static const struct name signals[] = {
	{ "SIGHUP", 1 }, { "SIGINT", 2 }, { "SIGQUIT", 3 }, { "SIGILL", 4 }, { "SIGTRAP", 5 },
	{ "SIGABRT", 6 }, { "SIGBUS", 7 }, { "SIGFPE", 8 }, { "SIGKILL", 9 },
	{ "SIGUSR1", 10 }, { "SIGSEGV", 11 }, { "SIGUSR2", 12 }, { "SIGPIPE", 13 },
	{ "SIGALRM", 14 }, { "SIGTERM", 15 }, { "SIGSTKFLT", 16 }, { "SIGCHLD", 17 },
	{ "SIGCONT", 18 }, { "SIGSTOP", 19 }, { "SIGTSTP", 20 }, { "SIGTTIN", 21 },
	{ "SIGTTOU", 22 }, { "SIGURG", 23 }, { "SIGXCPU", 24 }, { "SIGXFSZ", 25 },
	{ "SIGVTALRM", 26 }, { "SIGPROF", 27 }, { "SIGWINCH", 28 }, { "SIGIO", 29 },
	{ "SIGPWR", 30 }, { "SIGSYS", 31 }, { "SIGRTMIN", 32 }, { "SIGRTMAX", 64 },
};

/* One line per header that defines them; add yours at the end. */
static const struct name constants[] = {
	/* sched.h */
	{ "CLONE_VM", 0x100 }, { "CLONE_FS", 0x200 }, { "CLONE_FILES", 0x400 },
	{ "CLONE_SIGHAND", 0x800 }, { "CLONE_VFORK", 0x4000 }, { "CLONE_PARENT", 0x8000 },
	{ "CLONE_THREAD", 0x10000 }, { "CLONE_NEWNS", 0x20000 }, { "CLONE_SYSVSEM", 0x40000 },
	{ "CLONE_NEWUTS", 0x4000000 }, { "CLONE_NEWIPC", 0x8000000 },
	{ "CLONE_NEWUSER", 0x10000000 }, { "CLONE_NEWPID", 0x20000000 },
	{ "CLONE_NEWNET", 0x40000000 },
	/* capability.h */
	{ "CAP_CHOWN", 0 }, { "CAP_DAC_OVERRIDE", 1 }, { "CAP_DAC_READ_SEARCH", 2 },
	{ "CAP_FOWNER", 3 }, { "CAP_FSETID", 4 }, { "CAP_KILL", 5 }, { "CAP_SETGID", 6 },
	{ "CAP_SETUID", 7 }, { "CAP_SETPCAP", 8 }, { "CAP_LINUX_IMMUTABLE", 9 },
	{ "CAP_NET_BIND_SERVICE", 10 }, { "CAP_NET_BROADCAST", 11 },
	{ "CAP_NET_ADMIN", 12 }, { "CAP_NET_RAW", 13 }, { "CAP_IPC_LOCK", 14 },
	{ "CAP_IPC_OWNER", 15 }, { "CAP_SYS_MODULE", 16 }, { "CAP_SYS_RAWIO", 17 },
	{ "CAP_SYS_CHROOT", 18 }, { "CAP_SYS_PTRACE", 19 }, { "CAP_SYS_PACCT", 20 },
	{ "CAP_SYS_ADMIN", 21 }, { "CAP_SYS_BOOT", 22 }, { "CAP_SYS_NICE", 23 },
	{ "CAP_SYS_RESOURCE", 24 }, { "CAP_SYS_TIME", 25 }, { "CAP_SYS_TTY_CONFIG", 26 },
	{ "CAP_MKNOD", 27 }, { "CAP_LEASE", 28 }, { "CAP_AUDIT_WRITE", 29 },
	{ "CAP_AUDIT_CONTROL", 30 },
	/* wait.h */
	{ "WNOHANG", 1 }, { "WUNTRACED", 2 }, { "WEXITED", 4 }, { "WCONTINUED", 8 },
	{ "WNOWAIT", 0x1000000 }, { "__WNOTHREAD", 0x20000000 }, { "__WALL", 0x40000000 },
	{ "__WCLONE", 0x80000000 }, { "WSTOPPED", 2 },
	{ "P_ALL", 0 }, { "P_PID", 1 }, { "P_PGID", 2 },
	/* ipc.h, msg.h, sem.h, shm.h */
	{ "IPC_PRIVATE", 0 }, { "IPC_CREAT", 01000 }, { "IPC_EXCL", 02000 },
	{ "IPC_NOWAIT", 04000 }, { "IPC_RMID", 0 }, { "IPC_SET", 1 }, { "IPC_STAT", 2 },
	{ "IPC_INFO", 3 }, { "MSG_STAT", 11 }, { "MSG_INFO", 12 }, { "MSG_NOERROR", 010000 },
	{ "MSG_EXCEPT", 020000 }, { "GETPID", 11 }, { "GETVAL", 12 }, { "GETALL", 13 },
	{ "GETNCNT", 14 }, { "GETZCNT", 15 }, { "SETVAL", 16 }, { "SETALL", 17 },
	{ "SEM_STAT", 18 }, { "SEM_INFO", 19 }, { "SEM_UNDO", 0x1000 }, { "SHM_RDONLY", 010000 },
	{ "SHM_RND", 020000 }, { "SHM_REMAP", 040000 }, { "SHM_EXEC", 0100000 },
	{ "SHM_LOCK", 11 }, { "SHM_UNLOCK", 12 }, { "SHM_STAT", 13 }, { "SHM_INFO", 14 },
	/* signal.h */
	{ "SIG_DFL", 0 }, { "SIG_IGN", 1 }, { "HANDLER", SCN_HANDLER },
	{ "SIG_BLOCK", 0 }, { "SIG_UNBLOCK", 1 }, { "SIG_SETMASK", 2 },
	{ "SA_NOCLDSTOP", 1 }, { "SA_NOCLDWAIT", 2 }, { "SA_SIGINFO", 4 },
	{ "SA_RESTART", 0x10000000 }, { "SA_NODEFER", 0x40000000 },
	{ "SA_RESETHAND", 0x80000000 },
	/* time.h, resource.h, sched.h */
	{ "ITIMER_REAL", 0 },
	{ "RLIMIT_CPU", 0 }, { "RLIMIT_FSIZE", 1 }, { "RLIMIT_DATA", 2 }, { "RLIMIT_STACK", 3 },
	{ "RLIMIT_CORE", 4 }, { "RLIMIT_RSS", 5 }, { "RLIMIT_NPROC", 6 },
	{ "RLIMIT_NOFILE", 7 }, { "RLIMIT_MEMLOCK", 8 }, { "RLIMIT_AS", 9 },
	{ "RLIMIT_LOCKS", 10 }, { "RLIMIT_SIGPENDING", 11 }, { "RLIMIT_MSGQUEUE", 12 },
	{ "RLIMIT_NICE", 13 }, { "RLIMIT_RTPRIO", 14 },
	{ "RUSAGE_SELF", 0 }, { "RUSAGE_CHILDREN", -1 },
	{ "PRIO_PROCESS", 0 }, { "PRIO_PGRP", 1 }, { "PRIO_USER", 2 },
	{ "SCHED_NORMAL", 0 }, { "SCHED_FIFO", 1 }, { "SCHED_RR", 2 }, { "SCHED_BATCH", 3 },
	/* prctl.h */
	{ "PR_SET_PDEATHSIG", 1 }, { "PR_GET_PDEATHSIG", 2 }, { "PR_GET_KEEPCAPS", 7 },
	{ "PR_SET_KEEPCAPS", 8 },
	/* futex.h */
	{ "FUTEX_WAIT", 0 }, { "FUTEX_WAKE", 1 }, { "FUTEX_REQUEUE", 3 },
	{ "FUTEX_CMP_REQUEUE", 4 },
	/* fcntl.h */
	{ "O_RDONLY", 0 }, { "O_WRONLY", 1 }, { "O_RDWR", 2 }, { "O_CREAT", 0100 },
	{ "O_EXCL", 0200 }, { "O_NOCTTY", 0400 }, { "O_TRUNC", 01000 }, { "O_APPEND", 02000 },
	{ "O_NONBLOCK", 04000 }, { "O_DIRECTORY", 0200000 }, { "O_NOFOLLOW", 0400000 },
	{ "O_CLOEXEC", 02000000 }, { "F_DUPFD", 0 }, { "F_GETFD", 1 }, { "F_SETFD", 2 },
	{ "F_GETFL", 3 }, { "F_SETFL", 4 }, { "F_GETLK", 5 }, { "F_SETLK", 6 },
	{ "F_SETLKW", 7 }, { "F_SETOWN", 8 }, { "F_GETOWN", 9 }, { "F_SETSIG", 10 },
	{ "F_GETSIG", 11 }, { "F_SETLEASE", 1024 }, { "F_GETLEASE", 1025 },
	{ "FD_CLOEXEC", 1 }, { "F_RDLCK", 0 }, { "F_WRLCK", 1 }, { "F_UNLCK", 2 },
	{ "LOCK_SH", 1 }, { "LOCK_EX", 2 }, { "LOCK_NB", 4 }, { "LOCK_UN", 8 },
	/* stat.h, fs.h */
	{ "S_IFIFO", 010000 }, { "S_IFCHR", 020000 }, { "S_IFDIR", 040000 },
	{ "S_IFREG", 0100000 }, { "S_IFSOCK", 0140000 }, { "R_OK", 4 }, { "W_OK", 2 },
	{ "X_OK", 1 }, { "SEEK_SET", 0 }, { "SEEK_CUR", 1 }, { "SEEK_END", 2 },
	{ "MS_RDONLY", 1 }, { "MS_NOSUID", 2 }, { "MS_NODEV", 4 }, { "MS_NOEXEC", 8 },
	{ "MS_REMOUNT", 32 }, { "MS_BIND", 4096 }, { "MS_MOVE", 8192 }, { "MS_REC", 16384 },
	{ "MNT_DETACH", 2 }, { "Q_QUOTAON", 0x80000200 }, { "Q_QUOTAOFF", 0x80000300 },
	{ "Q_GETQUOTA", 0x80000700 }, { "Q_SETQUOTA", 0x80000800 },
	/* poll.h */
	{ "POLLIN", 1 }, { "POLLPRI", 2 }, { "POLLOUT", 4 }, { "POLLERR", 8 },
	{ "POLLHUP", 16 }, { "POLLNVAL", 32 },
	/* ioctls.h */
	{ "TIOCSCTTY", 0x540e }, { "TIOCGPGRP", 0x540f }, { "TIOCSPGRP", 0x5410 },
	{ "FIONREAD", 0x541b }, { "TIOCNOTTY", 0x5422 }, { "TIOCGSID", 0x5429 },
	{ "TIOCGPTN", 0x80045430 }, { "TIOCSPTLCK", 0x40045431 },
	/* mman.h */
	{ "PROT_NONE", 0 }, { "PROT_READ", 1 }, { "PROT_WRITE", 2 }, { "PROT_EXEC", 4 },
	{ "MAP_SHARED", 1 }, { "MAP_PRIVATE", 2 }, { "MAP_FIXED", 0x10 },
	{ "MAP_ANONYMOUS", 0x20 }, { "MAP_LOCKED", 0x2000 }, { "MAP_NORESERVE", 0x4000 },
	{ "MAP_POPULATE", 0x8000 }, { "MREMAP_MAYMOVE", 1 }, { "MREMAP_FIXED", 2 },
	{ "MCL_CURRENT", 1 }, { "MCL_FUTURE", 2 },
	/* socket.h, if.h */
	{ "AF_UNSPEC", 0 }, { "AF_UNIX", 1 }, { "AF_INET", 2 }, { "AF_NETLINK", 16 },
	{ "AF_PACKET", 17 }, { "SOCK_STREAM", 1 }, { "SOCK_DGRAM", 2 }, { "SOCK_RAW", 3 },
	{ "SOCK_SEQPACKET", 5 }, { "IPPROTO_ICMP", 1 }, { "IPPROTO_TCP", 6 },
	{ "IPPROTO_UDP", 17 }, { "SOL_IP", 0 }, { "SOL_SOCKET", 1 }, { "SOL_TCP", 6 },
	{ "SO_DEBUG", 1 }, { "SO_REUSEADDR", 2 }, { "SO_TYPE", 3 }, { "SO_ERROR", 4 },
	{ "SO_DONTROUTE", 5 }, { "SO_BROADCAST", 6 }, { "SO_SNDBUF", 7 }, { "SO_RCVBUF", 8 },
	{ "SO_KEEPALIVE", 9 }, { "SO_PRIORITY", 12 }, { "SO_LINGER", 13 },
	{ "SO_PASSCRED", 16 }, { "SO_PEERCRED", 17 }, { "SO_RCVLOWAT", 18 },
	{ "SO_RCVTIMEO", 20 }, { "SO_SNDTIMEO", 21 }, { "SO_BINDTODEVICE", 25 },
	{ "SO_ACCEPTCONN", 30 }, { "IP_TOS", 1 }, { "IP_TTL", 2 }, { "IP_HDRINCL", 3 },
	{ "TCP_NODELAY", 1 },
	{ "MSG_OOB", 1 }, { "MSG_PEEK", 2 }, { "MSG_TRUNC", 0x20 }, { "MSG_DONTWAIT", 0x40 },
	{ "MSG_WAITALL", 0x100 }, { "MSG_NOSIGNAL", 0x4000 }, { "SHUT_RD", 0 },
	{ "SHUT_WR", 1 }, { "SHUT_RDWR", 2 }, { "IFF_UP", 1 }, { "SIOCGIFFLAGS", 0x8913 },
	{ "SIOCSIFFLAGS", 0x8914 }, { "SIOCGIFADDR", 0x8915 }, { "SIOCSIFADDR", 0x8916 },
	{ "SIOCGIFNETMASK", 0x891b }, { "SIOCSIFNETMASK", 0x891c }, { "SIOCGIFMTU", 0x8921 },
	{ "SIOCSIFMTU", 0x8922 }, { "SIOCGIFINDEX", 0x8933 }, { "SIOCOUTQ", 0x5411 },
	{ "IFF_NOARP", 0x80 }, { "SIOCINQ", 0x541b }, { "MSG_PROXY", 0x10 }, { "MSG_EOR", 0x80 },
	{ "MSG_CMSG_CLOEXEC", 0x40000000 }, { "TCP_LINGER2", 8 }, { "TCP_DEFER_ACCEPT", 9 },
	{ "IPPROTO_RAW", 255 }, { "SOL_RAW", 255 }, { "SOL_PACKET", 263 },
	{ "IPT_SO_SET_REPLACE", 64 }, { "IPT_SO_GET_INFO", 64 }, { "IPT_SO_GET_ENTRIES", 65 },
	{ "ETH_P_IP", 0x0800 }, { "ETH_P_ALL", 0x0003 }, { "ETH_P_ARP", 0x0806 },
	/* netlink.h, rtnetlink.h */
	{ "NETLINK_ROUTE", 0 }, { "NLM_F_REQUEST", 1 }, { "NLM_F_ACK", 4 },
	{ "NLM_F_DUMP", 0x300 }, { "NLM_F_REPLACE", 0x100 }, { "NLM_F_EXCL", 0x200 },
	{ "NLM_F_CREATE", 0x400 }, { "NLM_F_APPEND", 0x800 }, { "RTM_NEWLINK", 16 },
	{ "RTM_DELLINK", 17 }, { "RTM_GETLINK", 18 }, { "RTM_SETLINK", 19 },
	{ "RTM_NEWADDR", 20 }, { "RTM_DELADDR", 21 }, { "RTM_GETADDR", 22 },
	{ "RTM_NEWROUTE", 24 }, { "RTM_DELROUTE", 25 }, { "RTM_GETROUTE", 26 },
	{ "RTM_GETNEIGH", 30 }, { "RTM_NEWRULE", 32 }, { "RTM_GETRULE", 34 },
	{ "RTMGRP_LINK", 1 }, { "RTMGRP_IPV4_IFADDR", 0x10 }, { "RTMGRP_IPV4_ROUTE", 0x40 },
	{ "RTN_UNICAST", 1 }, { "RTN_LOCAL", 2 }, { "RTN_BROADCAST", 3 }, { "RTN_BLACKHOLE", 6 },
	{ "RTN_UNREACHABLE", 7 }, { "RTN_PROHIBIT", 8 }, { "RTN_THROW", 9 },
	{ "RT_SCOPE_UNIVERSE", 0 }, { "RT_SCOPE_LINK", 253 }, { "RT_SCOPE_HOST", 254 },
	{ "RT_TABLE_MAIN", 254 }, { "RT_TABLE_LOCAL", 255 },
	/* anywhere */
	{ "NULL", 0 }, { "BAD", 0x1000 },
};

static const char *name_of(const struct name *list, unsigned long n, long value)
{
	unsigned long i;

	for (i = 0; i < n; i++)
		if (list[i].value == value)
			return list[i].name;
	return NULL;
}

const char *scn_errno_name(int err)
{
	return name_of(errors, ARRAY_SIZE(errors), err);
}

const char *scn_signal_name(int sig)
{
	const char *name = name_of(signals, ARRAY_SIZE(signals), sig);
	static char buf[24];

	if (name)
		return name;
	scnprintf(buf, sizeof(buf), "signal %d", sig);
	return buf;
}

static const struct name si_codes[] = {
	{ "SI_USER", 0 }, { "SI_KERNEL", 0x80 }, { "SI_QUEUE", -1 }, { "SI_TIMER", -2 },
	{ "SI_MESGQ", -3 }, { "SI_ASYNCIO", -4 }, { "SI_SIGIO", -5 }, { "SI_TKILL", -6 },
};

static const struct name child_codes[] = {
	{ "CLD_EXITED", 1 }, { "CLD_KILLED", 2 }, { "CLD_DUMPED", 3 }, { "CLD_TRAPPED", 4 },
	{ "CLD_STOPPED", 5 }, { "CLD_CONTINUED", 6 },
};

void scn_put_si_code(struct scn_out *out, int sig, int code)
{
	const char *name = name_of(si_codes, ARRAY_SIZE(si_codes), code);

	if (!name && !strcmp(scn_signal_name(sig), "SIGCHLD"))
		name = name_of(child_codes, ARRAY_SIZE(child_codes), code);
	if (name)
		scn_put(out, " %s", name);
	else
		scn_put(out, " code=%d", code);
}

static int value_of(const struct name *list, unsigned long n, const char *name,
		    unsigned long len, long *value)
{
	unsigned long i;

	for (i = 0; i < n; i++) {
		if (!strncmp(list[i].name, name, len) && !list[i].name[len]) {
			*value = list[i].value;
			return 1;
		}
	}
	return 0;
}

int scn_constant(const char *name, unsigned long len, long *value)
{
	return value_of(constants, ARRAY_SIZE(constants), name, len, value) ||
	       value_of(signals, ARRAY_SIZE(signals), name, len, value) ||
	       value_of(errors, ARRAY_SIZE(errors), name, len, value);
}
