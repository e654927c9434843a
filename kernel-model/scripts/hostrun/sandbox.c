// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes the machine look as the model does after boot: names, limits, an empty
 * root with /proc and /dev, and process numbers that go on at 300.  All of it
 * is in namespaces that end with process 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hostrun.h"

#define ROOT "/tmp"		/* covered by the new root; every system has it */
#define FIRST_PID 300		/* RESERVED_PIDS of the model */

static void must(long ret, const char *what)
{
	if (ret < 0)
		die("%s: %s", what, strerror(errno));
}

static const struct {
	const char *path, *value;
} sysctls[] = {
	{ "kernel/shmmax", "33554432" },
	{ "kernel/shmall", "2097152" },
	{ "kernel/shmmni", "4096" },
	{ "kernel/sem", "250 32000 32 128" },
	{ "kernel/msgmax", "8192" },
	{ "kernel/msgmnb", "16384" },
	{ "kernel/msgmni", "16" },
	{ "fs/mqueue/queues_max", "256" },
	{ "fs/mqueue/msg_max", "10" },
	{ "fs/mqueue/msgsize_max", "8192" },
	/* A new network takes these over from the host's. */
	{ "net/core/somaxconn", "128" },
	{ "net/ipv4/ip_forward", "0" },
	{ "net/ipv4/conf/all/rp_filter", "0" },
	{ "net/ipv4/conf/default/rp_filter", "0" },
	{ "net/ipv4/conf/lo/rp_filter", "0" },
	{ "net/ipv4/conf/all/accept_local", "0" },
	{ "net/ipv4/conf/lo/accept_local", "0" },
	{ "net/ipv4/conf/all/route_localnet", "0" },
	{ "net/ipv4/conf/lo/route_localnet", "0" },
	{ "net/ipv4/conf/all/promote_secondaries", "0" },
	{ "net/ipv4/conf/lo/promote_secondaries", "0" },
	{ "net/ipv4/conf/all/send_redirects", "1" },
	{ "net/ipv4/conf/default/send_redirects", "1" },
	{ "net/ipv4/conf/lo/send_redirects", "1" },
	/* The model does not count how many errors it sends. */
	{ "net/ipv4/icmp_ratelimit", "0" },
	/* Nor has it IPv6, whose packets would be seen, too. */
	{ "net/ipv6/conf/all/disable_ipv6", "1" },
	{ "net/ipv6/conf/default/disable_ipv6", "1" },
};

static int write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	long n = fd < 0 ? -1 : write(fd, text, strlen(text));

	if (fd >= 0)
		close(fd);
	return n < 0 ? -1 : 0;
}

/* What a kernel does not have, it does not have: the trace will tell. */
static void set_sysctls(void)
{
	char path[128];
	unsigned long i;

	for (i = 0; i < ARRAY_SIZE(sysctls); i++) {
		snprintf(path, sizeof(path), "/proc/sys/%s", sysctls[i].path);
		if (write_text(path, sysctls[i].value) && errno != ENOENT)
			die("cannot write '%s' to '%s': %s", sysctls[i].value, path,
			    strerror(errno));
	}
}

/* This program itself: run by a task, it goes on as that task. */
static void copy_program(void)
{
	int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	int to = open(PROGRAM, O_CREAT | O_WRONLY | O_CLOEXEC, 0755);
	static char buf[65536];
	long n;

	must(from, "cannot open /proc/self/exe");
	must(to, "cannot make " PROGRAM);
	while ((n = read(from, buf, sizeof(buf))) > 0)
		must(write(to, buf, n) == n ? 0 : -1, "cannot write " PROGRAM);
	must(n, "cannot read /proc/self/exe");
	close(from);
	close(to);
}

static void new_root(int with_program)
{
	static const char *const dirs[] = { "proc", "dev", "dev/pts", "tmp", "bin" };
	unsigned long i;

	must(mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL), "cannot part from the host's mounts");
	must(mount("none", ROOT, "ramfs", 0, NULL), "cannot mount ramfs");
	must(chdir(ROOT), "cannot change to " ROOT);
	for (i = 0; i < ARRAY_SIZE(dirs); i++)
		must(mkdir(dirs[i], 0755), "cannot make a directory");
	must(mknod("dev/null", S_IFCHR | 0666, makedev(1, 3)), "cannot make dev/null");
	must(mount("none", "proc", "proc", 0, NULL), "cannot mount proc");
	if (with_program)
		copy_program();
	must(mount(".", "/", NULL, MS_MOVE, NULL), "cannot move the new root");
	must(chroot("."), "cannot change the root");
	must(chdir("/"), "cannot change to the root");
	if (!mount("none", "/dev/pts", "devpts", 0, "newinstance,ptmxmode=0666"))
		must(symlink("pts/ptmx", "/dev/ptmx"), "cannot make /dev/ptmx");
}

/* One after another, where the next number cannot be chosen. */
static void use_up_pids(void)
{
	pid_t pid = 0;

	while (pid < FIRST_PID - 1) {
		pid = vfork();
		if (!pid)
			_exit(0);
		must(pid, "cannot fork");
		must(waitpid(pid, NULL, 0), "cannot wait");
	}
}

static void set_next_pid(void)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", FIRST_PID - 1);
	if (write_text("/proc/sys/kernel/ns_last_pid", text))
		use_up_pids();
}

/* INIT_RLIMITS of the model, and of Linux; the others do not bind. */
static void set_limits(void)
{
	static const struct {
		int which;
		rlim_t soft, hard;
	} limits[] = {
		{ RLIMIT_STACK, 8 << 20, RLIM_INFINITY },
		{ RLIMIT_CORE, 0, RLIM_INFINITY },
		{ RLIMIT_NOFILE, 1024, 1024 },
		{ RLIMIT_MEMLOCK, 32768, 32768 },
		{ RLIMIT_MSGQUEUE, 819200, 819200 },
		{ RLIMIT_NICE, 0, 0 },
		{ RLIMIT_RTPRIO, 0, 0 },
	};
	static const struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };
	unsigned long i;

	/* Without CAP_SYS_RESOURCE some stay lower than that. */
	for (i = 0; i < RLIM_NLIMITS; i++)
		setrlimit(i, &none);
	for (i = 0; i < ARRAY_SIZE(limits); i++) {
		struct rlimit lim = { limits[i].soft, limits[i].hard };

		if (setrlimit(limits[i].which, &lim))
			setrlimit(limits[i].which, &(struct rlimit){ lim.rlim_cur, lim.rlim_cur });
	}
}

/* Those that libc keeps for itself, too. */
static void plain_signals(void)
{
	static const struct scn_sigaction plain;
	static const unsigned long none;
	int i;

	for (i = 1; i < NSIG; i++)
		syscall(SYS_rt_sigaction, i, &plain, NULL, sizeof(plain.mask));
	must(syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, NULL, sizeof(none)),
	     "cannot unblock signals");
}

/* On one processor and by SCHED_FIFO tasks run in the order in which they wake. */
static void run_in_turn(void)
{
	static const struct sched_param param = { .sched_priority = 1 };

	must(sched_setscheduler(0, SCHED_FIFO, &param), "cannot set SCHED_FIFO");
}

/* Also with the usual priority, whatever that of who started this is. */
static void one_processor(void)
{
	cpu_set_t have, one;
	int i;

	must(setpriority(PRIO_PROCESS, 0, 0), "cannot set the priority");
	must(sched_getaffinity(0, sizeof(have), &have), "cannot get processors");
	for (i = 0; !CPU_ISSET(i, &have);)
		i++;
	CPU_ZERO(&one);
	CPU_SET(i, &one);
	must(sched_setaffinity(0, sizeof(one), &one), "cannot set processors");
}

/* Only what a program will need stays open. */
static void close_files(const struct sandbox *how)
{
	static const struct rlimit many = { CELLS_FD + 1, CELLS_FD + 1 };

	if (!how->with_program) {
		must(syscall(SYS_close_range, 0, ~0U, 0), "cannot close files");
		return;
	}
	must(setrlimit(RLIMIT_NOFILE, &many), "cannot raise the limit of files");
	must(dup2(how->cells_fd, CELLS_FD), "cannot keep the cells open");
	must(syscall(SYS_close_range, 0, CELLS_FD - 1, 0), "cannot close files");
	must(syscall(SYS_close_range, CELLS_FD + 1, ~0U, 0), "cannot close files");
}

/**
 * sandbox_enter - in process 1 of the new namespaces
 * @how: in_turn: take SCHED_FIFO; not for scenarios that look at the scheduler.
 *	with_dummy: make a device dummy0.  with_program: execve() will be called
 */
void sandbox_enter(const struct sandbox *how)
{
	must(prctl(PR_SET_PDEATHSIG, SIGKILL), "cannot be tied to the runner");
	new_root(how->with_program);
	set_sysctls();
	if (how->with_dummy)
		must(-!!net_make_dummy(), "cannot make a dummy device");
	set_next_pid();
	must(sethostname("(none)", 6), "cannot set the host name");
	must(setdomainname("(none)", 6), "cannot set the domain name");
	must(setgroups(0, NULL), "cannot drop groups");
	umask(022);
	plain_signals();
	one_processor();
	if (how->in_turn)
		run_in_turn();
	close_files(how);
	set_limits();
}
