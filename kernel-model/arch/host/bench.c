// SPDX-License-Identifier: GPL-2.0-only
/*
 * System calls in loops of fixed length, for counting instructions and for
 * comparing kernels.  Each loop takes the same path every time: what it makes,
 * it also removes.
 */
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/if.h>
#include <linux/in.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/msg.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/sem.h>
#include <linux/socket.h>
#include <linux/stat.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/utsname.h>
#include <asm/byteorder.h>
#include <asm/setup.h>
#include "os.h"

/* Process 1 has KERNEL_DS here, so what it points to may be anywhere. */
#define USER(p) ((void __force __user *)(p))

static unsigned long unshare_flags;

/* bench.unshare=FLAGS: the loops run in namespaces of their own, made by these CLONE_NEW*. */
static int __init bench_unshare_setup(char *value)
{
	unshare_flags = simple_strtoul(value, NULL, 0);
	return 0;
}
__setup("bench.unshare=", bench_unshare_setup);

static int pipe_ends[2];

static int bench_uname(void)
{
	struct new_utsname name;

	return sys_newuname(USER(&name));
}

static int bench_getpid(void)
{
	return sys_getpid() == current->pid ? 0 : -EINVAL;
}

static int make_mm(void)
{
	current->mm = mm_alloc();
	current->active_mm = current->mm;
	return current->mm ? 0 : -ENOMEM;
}

static void remove_mm(void)
{
	struct mm_struct *mm = current->mm;

	current->mm = NULL;
	current->active_mm = NULL;
	mmput(mm);
}

/* Memory of which a child gets a copy: four pages that are there. */
static int fill_mm(void)
{
	static const char page[PAGE_SIZE];
	int i, err = make_mm();
	long addr;

	if (err)
		return err;
	addr = sys_mmap(0, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			-1, 0);
	if (IS_ERR_VALUE(addr))
		return addr;
	for (i = 0; i < 4; i++)
		if (mm_copy(current->mm, addr + i * PAGE_SIZE, (void *)page, PAGE_SIZE, 1))
			return -EFAULT;
	return 0;
}

static int nothing(void *unused)
{
	return 0;
}

static int bench_fork_exit(void)
{
	int pid = do_fork(SIGCHLD, nothing, NULL, NULL, NULL);

	return pid < 0 ? pid : sys_wait4(pid, NULL, 0, NULL) == pid ? 0 : -ECHILD;
}

static int block_usr1(void)
{
	sigset_t set = { { sigmask(SIGUSR1) } };

	return sigprocmask(SIG_BLOCK, &set, NULL);
}

/* Sends a signal and takes it. */
static int bench_kill(void)
{
	sigset_t set = { { sigmask(SIGUSR1) } };
	struct timespec now = { 0 };
	int err = sys_kill(current->pid, SIGUSR1);

	if (err)
		return err;
	err = sys_rt_sigtimedwait(USER(&set), NULL, USER(&now), sizeof(set));
	return err == SIGUSR1 ? 0 : -EINVAL;
}

static int make_pipe(void)
{
	return sys_pipe(USER(&pipe_ends[0]));
}

static void close_pipe(void)
{
	sys_close(pipe_ends[0]);
	sys_close(pipe_ends[1]);
}

/* Through a pipe that is there. */
static int bench_pipe(void)
{
	char buf[64] = "";

	if (sys_write(pipe_ends[1], USER(&buf[0]), sizeof(buf)) != sizeof(buf))
		return -EPIPE;
	return sys_read(pipe_ends[0], USER(&buf[0]), sizeof(buf)) == sizeof(buf) ? 0 : -EPIPE;
}

static const char bench_file[] = "/bench";

static int make_file(void)
{
	int fd = sys_open(USER(&bench_file[0]), O_CREAT | O_RDWR, 0600);

	return fd < 0 ? fd : sys_close(fd);
}

static void remove_file(void)
{
	sys_unlink(USER(&bench_file[0]));
}

static int bench_open(void)
{
	int fd = sys_open(USER(&bench_file[0]), O_RDONLY, 0);

	return fd < 0 ? fd : sys_close(fd);
}

static int bench_stat(void)
{
	struct stat st;

	return sys_newstat(USER(&bench_file[0]), USER(&st));
}

static int bench_mmap(void)
{
	long addr = sys_mmap(0, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return IS_ERR_VALUE(addr) ? (int)addr : (int)sys_munmap(addr, 4 * PAGE_SIZE);
}

#ifdef CONFIG_SYSVIPC
static int object;	/* what the loop works on */

static int make_sem(void)
{
	object = sys_semget(IPC_PRIVATE, 1, 0600);
	return object < 0 ? object : 0;
}

static void remove_sem(void)
{
	sys_semctl(object, 0, IPC_RMID, 0);
}

static int bench_semop(void)
{
	struct sembuf ops[] = { { 0, 1, 0 }, { 0, -1, 0 } };

	return sys_semop(object, USER(&ops[0]), 2);
}

static int make_queue(void)
{
	object = sys_msgget(IPC_PRIVATE, 0600);
	return object < 0 ? object : 0;
}

static void remove_queue(void)
{
	sys_msgctl(object, IPC_RMID, NULL);
}

/* Sends a message and takes it. */
static int bench_msgsnd(void)
{
	struct {
		long mtype;
		char mtext[64];
	} msg = { .mtype = 1 };
	struct msgbuf __user *umsg = (struct msgbuf __force __user *)&msg;
	int err = sys_msgsnd(object, umsg, sizeof(msg.mtext), 0);

	return err ? err : sys_msgrcv(object, umsg, sizeof(msg.mtext), 0, 0) < 0 ? -ENOMSG : 0;
}
#endif

#ifdef CONFIG_INET
static int listener, sender;	/* sockets of the loops */

static struct sockaddr_in bench_addr;

#define BENCH_ADDR ((struct sockaddr __force __user *)&bench_addr)

/* A socket at the address, on a loopback device that is up. */
static int bound_socket(int type)
{
	struct ifreq ifr = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd = sys_socket(AF_INET, type, 0), err;

	if (fd < 0)
		return fd;
	bench_addr.sin_family = AF_INET;
	bench_addr.sin_port = htons(7);
	bench_addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	err = sys_ioctl(fd, SIOCSIFFLAGS, (unsigned long)&ifr);
	if (!err)
		err = sys_bind(fd, BENCH_ADDR, sizeof(bench_addr));
	return err ? err : fd;
}

static int make_listener(void)
{
	listener = bound_socket(SOCK_STREAM);
	return listener < 0 ? listener : sys_listen(listener, 8);
}

static void close_listener(void)
{
	sys_close(listener);
}

/* A connection, and its end at both sides. */
static int bench_connect(void)
{
	int fd = sys_socket(AF_INET, SOCK_STREAM, 0), err, other;

	if (fd < 0)
		return fd;
	err = sys_connect(fd, BENCH_ADDR, sizeof(bench_addr));
	other = err ? err : sys_accept(listener, NULL, NULL);
	if (other >= 0)
		sys_close(other);
	sys_close(fd);
	return other < 0 ? other : 0;
}

static int make_datagrams(void)
{
	listener = bound_socket(SOCK_DGRAM);
	sender = listener < 0 ? listener : sys_socket(AF_INET, SOCK_DGRAM, 0);
	return sender < 0 ? sender : 0;
}

static void close_datagrams(void)
{
	sys_close(sender);
	sys_close(listener);
}

/* Sends a datagram and takes it. */
static int bench_sendto(void)
{
	char buf[64] = "";
	int n = sys_sendto(sender, USER(&buf[0]), sizeof(buf), 0, BENCH_ADDR,
			   sizeof(bench_addr));

	if (n == sizeof(buf))
		n = sys_recvfrom(listener, USER(&buf[0]), sizeof(buf), 0, NULL, NULL);
	return n == sizeof(buf) ? 0 : n < 0 ? n : -EIO;
}
#endif

/**
 * struct bench - one loop
 * @prepare: makes what it works on; may be NULL, as @clean_up
 * @run: one round; 0 or an error
 */
static const struct bench {
	const char *name;
	int count;
	int (*run)(void);
	int (*prepare)(void);
	void (*clean_up)(void);
} benches[] = {
	{ "uname", 10000, bench_uname },
	{ "getpid", 10000, bench_getpid },
	{ "fork/exit", 1000, bench_fork_exit, fill_mm, remove_mm },
#ifdef CONFIG_SYSVIPC
	{ "semop", 10000, bench_semop, make_sem, remove_sem },
	{ "msgsnd", 10000, bench_msgsnd, make_queue, remove_queue },
#endif
	{ "pipe", 10000, bench_pipe, make_pipe, close_pipe },
#ifdef CONFIG_INET
	{ "connect", 500, bench_connect, make_listener, close_listener },
#endif
	{ "open/close", 10000, bench_open, make_file, remove_file },
	{ "stat", 10000, bench_stat, make_file, remove_file },
	{ "kill", 10000, bench_kill, block_usr1 },
	{ "mmap/munmap", 5000, bench_mmap, make_mm, remove_mm },
#ifdef CONFIG_INET
	{ "sendto", 10000, bench_sendto, make_datagrams, close_datagrams },
#endif
};

static int loop(const struct bench *b)
{
	int i, err = b->prepare ? b->prepare() : 0;

	if (err)
		return err;
	for (i = 0; !err && i < b->count; i++)
		err = b->run();
	if (b->clean_up)
		b->clean_up();
	return err;
}

#define NS_DIGITS 8

/*
 * A time with blanks before it, by the same steps whatever it is: counts of
 * instructions must not depend on the clock.
 */
static const char *ns_text(unsigned long ns)
{
	static char text[NS_DIGITS + 1];
	unsigned long rest = ns;
	int i;

	for (i = NS_DIGITS - 1; i >= 0; i--) {
		int shown = (rest != 0) | (i == NS_DIGITS - 1);

		text[i] = " 0123456789"[(rest % 10 + 1) * shown];
		rest /= 10;
	}
	return text;
}

static int run_one(const struct bench *b)
{
	unsigned long start = os_clock(), ns;
	int err = loop(b), n;
	char line[120];

	ns = os_clock() - start;
	if (err)
		n = scnprintf(line, sizeof(line), "error: '%s' fails with error %d\n", b->name,
			      -err);
	else
		n = scnprintf(line, sizeof(line), "%-12s %8d calls %s ns each\n", b->name,
			      b->count, ns_text(ns / b->count));
	os_write(err ? 2 : 1, line, n);
	return err;
}

static int bench_unshare(void)
{
	int err = unshare_flags ? sys_unshare(unshare_flags) : 0, n;
	char line[120];

	if (err) {
		n = scnprintf(line, sizeof(line), "error: unshare(0x%lx) fails with error %d\n",
			      unshare_flags, -err);
		os_write(2, line, n);
	}
	return err;
}

int bench_run(const char *name)
{
	int n, found = 0, err = 0;
	char line[120];
	unsigned int i;

	if (bench_unshare())
		return OS_EXIT_USAGE;

	for (i = 0; i < ARRAY_SIZE(benches); i++) {
		if (name && strcmp(name, benches[i].name))
			continue;
		err |= run_one(&benches[i]);
		found++;
	}
	if (found)
		return err ? OS_EXIT_FAILED : OS_EXIT_OK;
	n = scnprintf(line, sizeof(line), "error: no loop is called '%s'\nhint: ./vmlinux bench\n",
		      name);
	os_write(2, line, n);
	return OS_EXIT_USAGE;
}
