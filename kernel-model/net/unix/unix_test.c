// SPDX-License-Identifier: GPL-2.0-only
/* Tests of AF_UNIX: names, queues, and files in flight. */
#include <kunit/test.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <net/af_unix.h>

/* Cases run in kernel threads, whose pointers are good for system calls. */
#define U(p)	((void __force __user *)(p))

static int bind_abstract(int fd, const char *name, int len)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };

	memcpy(addr.sun_path + 1, name, len);
	return sys_bind(fd, U(&addr), sizeof(short) + 1 + len);
}

static int connect_abstract(int fd, const char *name, int len)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };

	memcpy(addr.sun_path + 1, name, len);
	return sys_connect(fd, U(&addr), sizeof(short) + 1 + len);
}

/* All bytes count, zeros too; each type has names of its own; they end with the socket. */
static void unix_test_abstract(struct kunit *test)
{
	int a = sys_socket(PF_UNIX, SOCK_DGRAM, 0), b = sys_socket(PF_UNIX, SOCK_DGRAM, 0);
	int s = sys_socket(PF_UNIX, SOCK_STREAM, 0);

	KUNIT_EXPECT_EQ(test, bind_abstract(a, "n\0m", 3), 0);
	KUNIT_EXPECT_EQ(test, bind_abstract(b, "n\0m", 3), -EADDRINUSE);
	KUNIT_EXPECT_EQ(test, bind_abstract(s, "n\0m", 3), 0);
	KUNIT_EXPECT_EQ(test, connect_abstract(b, "n", 1), -ECONNREFUSED);
	KUNIT_EXPECT_EQ(test, connect_abstract(b, "n\0x", 3), -ECONNREFUSED);
	KUNIT_EXPECT_EQ(test, connect_abstract(b, "n\0m", 3), 0);
	sys_close(a);
	KUNIT_EXPECT_EQ(test, connect_abstract(b, "n\0m", 3), -ECONNREFUSED);
	KUNIT_EXPECT_EQ(test, bind_abstract(b, "n\0m", 3), 0);
	sys_close(b);
	sys_close(s);
}

/* Names that the kernel gives do not collide with those that are taken. */
static void unix_test_autobind(struct kunit *test)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX }, name[2];
	int fd[2], len, i;

	for (i = 0; i < 2; i++) {
		fd[i] = sys_socket(PF_UNIX, SOCK_DGRAM, 0);
		KUNIT_EXPECT_EQ(test, sys_bind(fd[i], U(&addr), sizeof(short)), 0);
		memset(&name[i], i, sizeof(name[i]));
		len = sizeof(name[i]);
		sys_getsockname(fd[i], U(&name[i]), U(&len));
		KUNIT_EXPECT_EQ(test, len, sizeof(short) + 6);
		KUNIT_EXPECT_EQ(test, name[i].sun_path[0], 0);
	}
	KUNIT_EXPECT_NE(test, memcmp(&name[0], &name[1], sizeof(short) + 6), 0);
	sys_close(fd[0]);
	sys_close(fd[1]);
}

static int send_byte(int fd)
{
	return sys_sendto(fd, U("x"), 1, MSG_DONTWAIT, NULL, 0);
}

static int take_byte(int fd)
{
	char c = 0;
	int err = sys_recvfrom(fd, U(&c), 1, MSG_DONTWAIT, NULL, NULL);

	return err == 1 ? c : err;
}

/* A queue takes one datagram more than its limit, which it has from its beginning. */
static void unix_test_queue(struct kunit *test)
{
	int saved = sysctl_unix_max_dgram_qlen, to, from, n = 0;

	sysctl_unix_max_dgram_qlen = 3;
	to = sys_socket(PF_UNIX, SOCK_DGRAM, 0);
	sysctl_unix_max_dgram_qlen = saved;
	from = sys_socket(PF_UNIX, SOCK_DGRAM, 0);
	bind_abstract(to, "to", 2);
	connect_abstract(from, "to", 2);
	while (n < 100 && send_byte(from) == 1)
		n++;
	KUNIT_EXPECT_EQ(test, n, 4);
	KUNIT_EXPECT_EQ(test, send_byte(from), -EAGAIN);
	KUNIT_EXPECT_EQ(test, take_byte(to), 'x');
	KUNIT_EXPECT_EQ(test, send_byte(from), 1);
	KUNIT_EXPECT_EQ(test, send_byte(from), -EAGAIN);
	sys_close(to);
	KUNIT_EXPECT_EQ(test, send_byte(from), -ECONNREFUSED);
	sys_close(from);
}

/* Sends a descriptor with one byte. */
static int send_fd(int by, int fd)
{
	char control[CMSG_SPACE(sizeof(int))] __aligned(8) = "";
	struct cmsghdr *cmsg = (struct cmsghdr *)control;
	struct iovec iov = { .iov_base = U("x"), .iov_len = 1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control,
			      .msg_controllen = CMSG_LEN(sizeof(int)) };

	cmsg->cmsg_level = SOL_SOCKET;
	cmsg->cmsg_type = SCM_RIGHTS;
	cmsg->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(control + CMSG_LEN(0), &fd, sizeof(fd));
	return sys_sendmsg(by, U(&msg), MSG_DONTWAIT);
}

/* Takes a descriptor; the number it has here, or an error. */
static int take_fd(int by)
{
	char control[CMSG_SPACE(sizeof(int))] __aligned(8), c;
	struct iovec iov = { .iov_base = U(&c), .iov_len = 1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control,
			      .msg_controllen = sizeof(control) };
	int fd = -1, err = sys_recvmsg(by, U(&msg), MSG_DONTWAIT);

	if (err == 1 && msg.msg_controllen == CMSG_SPACE(sizeof(int)))
		memcpy(&fd, control + CMSG_LEN(0), sizeof(fd));
	return err < 0 ? err : fd;
}

static int in_flight(void)
{
	return atomic_read(&unix_tot_inflight);
}

/* A socket that is closed while it travels works when it arrives. */
static void unix_test_travels(struct kunit *test)
{
	int by[2], pair[2], fd;

	if (sys_socketpair(PF_UNIX, SOCK_DGRAM, 0, U(by)))
		return;
	if (!sys_socketpair(PF_UNIX, SOCK_STREAM, 0, U(pair))) {
		if (send_fd(by[0], pair[1]) == 1)
			KUNIT_EXPECT_EQ(test, in_flight(), 1);
		sys_close(pair[1]);
		unix_gc();
		KUNIT_EXPECT_EQ(test, send_byte(pair[0]), 1);
		fd = take_fd(by[1]);
		KUNIT_EXPECT_EQ(test, in_flight(), 0);
		KUNIT_EXPECT_EQ(test, take_byte(fd), 'x');
		sys_close(fd);
		sys_close(pair[0]);
	}
	sys_close(by[0]);
	sys_close(by[1]);
}

/* Makes a ring of @n pairs, each of which has the next one in its queue, and
 * leaves it alone; the first one has @extra in its queue, too.
 */
static void make_ring(int n, int extra)
{
	int pair[4][2], i, made;

	for (made = 0; made < n; made++)
		if (sys_socketpair(PF_UNIX, SOCK_STREAM, 0, U(pair[made])))
			break;
	if (extra >= 0 && made)
		send_fd(pair[0][0], extra);
	for (i = 0; i < made; i++)
		send_fd(pair[i][0], pair[(i + 1) % made][1]);
	for (i = 0; i < made; i++) {
		sys_close(pair[i][0]);
		sys_close(pair[i][1]);
	}
}

/* Rings of any length end, and what they alone hold open ends with them. */
static void unix_test_garbage(struct kunit *test)
{
	int before = get_nr_files(), fd, n;

	for (n = 1; n <= 4; n++) {
		fd = sys_open(U("/dev/null"), O_RDWR, 0);
		make_ring(n, fd);
		sys_close(fd);
		unix_gc();
		rcu_barrier();
		KUNIT_EXPECT_EQ(test, in_flight(), 0);
		KUNIT_EXPECT_EQ(test, get_nr_files(), before);
	}
}

/* A ring is no garbage as long as there is a way to it, by however many sockets. */
static void unix_test_reachable(struct kunit *test)
{
	int pair[3][2], i, made, fd;

	for (made = 0; made < 3; made++)
		if (sys_socketpair(PF_UNIX, SOCK_STREAM, 0, U(pair[made])))
			break;
	/* 2 travels in itself and in 1, and 1 in 0, which stays open. */
	if (made == 3) {
		send_fd(pair[2][0], pair[2][1]);
		send_fd(pair[1][0], pair[2][1]);
		send_fd(pair[0][0], pair[1][1]);
		for (i = 1; i < 3; i++) {
			sys_close(pair[i][0]);
			sys_close(pair[i][1]);
		}
		unix_gc();
		KUNIT_EXPECT_EQ(test, in_flight(), 3);
		fd = take_fd(pair[0][1]);
		i = take_fd(fd);
		sys_close(fd);
		unix_gc();
		KUNIT_EXPECT_EQ(test, in_flight(), 1);
		fd = take_fd(i);
		KUNIT_EXPECT_EQ(test, in_flight(), 0);
		sys_close(fd);
		sys_close(i);
		made = 1;
	}
	while (made--) {
		sys_close(pair[made][0]);
		sys_close(pair[made][1]);
	}
}

/* Connections that wait to be accepted are reached by their listener, and only so. */
static void unix_test_not_accepted(struct kunit *test)
{
	int listener = sys_socket(PF_UNIX, SOCK_STREAM, 0);
	int client = sys_socket(PF_UNIX, SOCK_STREAM, 0), fd;

	bind_abstract(listener, "l", 1);
	sys_listen(listener, 1);
	if (connect_abstract(client, "l", 1) == 0 && send_fd(client, client) == 1) {
		sys_close(client);
		unix_gc();
		KUNIT_EXPECT_EQ(test, in_flight(), 1);
		fd = sys_accept(listener, NULL, NULL);	/* it is there already */
		client = take_fd(fd);
		KUNIT_EXPECT_EQ(test, in_flight(), 0);
		sys_close(fd);
	}
	sys_close(client);
	client = sys_socket(PF_UNIX, SOCK_STREAM, 0);
	if (connect_abstract(client, "l", 1) == 0)
		send_fd(client, listener);
	sys_close(listener);
	sys_close(client);
	unix_gc();
	KUNIT_EXPECT_EQ(test, in_flight(), 0);
}

static struct kunit_case unix_cases[] = {
	KUNIT_CASE(unix_test_abstract),
	KUNIT_CASE(unix_test_autobind),
	KUNIT_CASE(unix_test_queue),
	KUNIT_CASE(unix_test_travels),
	KUNIT_CASE(unix_test_garbage),
	KUNIT_CASE(unix_test_reachable),
	KUNIT_CASE(unix_test_not_accepted),
	{}
};

static struct kunit_suite unix_suite = {
	.name = "unix",
	.test_cases = unix_cases,
};

kunit_test_suite(unix_suite);
