// SPDX-License-Identifier: GPL-2.0-only
/* Tests of netlink: ports, groups that overrun, dumps in parts. */
#include <kunit/test.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <net/sock.h>

/* Cases run in kernel threads, whose pointers are good for system calls. */
#define U(p)	((void __force __user *)(p))

static int nl_socket(void)
{
	return sys_socket(PF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
}

static int nl_bind(int fd, u32 port, u32 groups)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK, .nl_pid = port,
				    .nl_groups = groups };

	return sys_bind(fd, U(&addr), sizeof(addr));
}

static s32 nl_port(int fd)
{
	struct sockaddr_nl addr = { .nl_family = 0 };
	int len = sizeof(addr);

	sys_getsockname(fd, U(&addr), U(&len));
	return addr.nl_pid;
}

/* The first socket of a process has its number, others negative ones. */
static void netlink_test_ports(struct kunit *test)
{
	int a = nl_socket(), b = nl_socket(), c = nl_socket();

	KUNIT_EXPECT_EQ(test, nl_bind(a, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, nl_port(a), current->tgid);
	KUNIT_EXPECT_EQ(test, nl_bind(b, current->tgid, 0), -EADDRINUSE);
	KUNIT_EXPECT_EQ(test, nl_bind(b, 0, 0), 0);
	KUNIT_EXPECT_LT(test, nl_port(b), 0);
	KUNIT_EXPECT_EQ(test, nl_bind(c, 0, 0), 0);
	KUNIT_EXPECT_LT(test, nl_port(c), 0);
	KUNIT_EXPECT_NE(test, nl_port(b), nl_port(c));
	/* A port is kept for life, and free afterwards. */
	KUNIT_EXPECT_EQ(test, nl_bind(a, 4242, 0), -EINVAL);
	sys_close(a);
	a = nl_socket();
	KUNIT_EXPECT_EQ(test, nl_bind(a, current->tgid, 0), 0);
	sys_close(a);
	sys_close(b);
	sys_close(c);
}

static int nl_receive(int fd, void *buf, int len)
{
	return sys_recvfrom(fd, U(buf), len, MSG_DONTWAIT, NULL, NULL);
}

static int tell_link_group(int nr)
{
	struct sk_buff *skb = alloc_skb(64, GFP_KERNEL);

	if (!skb)
		return -ENOMEM;
	memcpy(skb_put(skb, sizeof(nr)), &nr, sizeof(nr));
	return netlink_broadcast(rtnl, skb, 0, RTNLGRP_LINK, GFP_KERNEL);
}

/* Who reads too slowly loses news and is told so once; what he has, he keeps. */
static void netlink_test_overrun(struct kunit *test)
{
	int slow = nl_socket(), fast = nl_socket(), size = 1, n, told = 0, nr, err;

	sys_setsockopt(slow, SOL_SOCKET, SO_RCVBUF, U(&size), sizeof(size));
	nl_bind(slow, 0, RTMGRP_LINK);
	nl_bind(fast, 0, RTMGRP_LINK);
	for (n = 0; n < 100; n++) {
		tell_link_group(n);
		KUNIT_EXPECT_EQ(test, nl_receive(fast, &nr, sizeof(nr)), sizeof(nr));
		KUNIT_EXPECT_EQ(test, nr, n);
	}
	KUNIT_EXPECT_EQ(test, nl_receive(slow, &nr, sizeof(nr)), -ENOBUFS);
	while ((err = nl_receive(slow, &nr, sizeof(nr))) == sizeof(nr)) {
		KUNIT_EXPECT_EQ(test, nr, told);
		told++;
	}
	KUNIT_EXPECT_EQ(test, err, -EAGAIN);
	KUNIT_EXPECT_GT(test, told, 0);
	KUNIT_EXPECT_LT(test, told, 100);
	KUNIT_EXPECT_EQ(test, tell_link_group(1), 0);
	KUNIT_EXPECT_EQ(test, nl_receive(slow, &nr, sizeof(nr)), sizeof(nr));
	sys_close(slow);
	sys_close(fast);
	KUNIT_EXPECT_EQ(test, tell_link_group(1), -ESRCH);
}

#define PARTS	5

static int done_calls;

static int count_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	int left = PARTS - cb->args[0];

	if (left && nlmsg_put(skb, 0, cb->nlh->nlmsg_seq, NLMSG_MIN_TYPE, 1000, NLM_F_MULTI))
		cb->args[0]++;
	return skb->len;
}

static int count_done(struct netlink_callback *cb)
{
	done_calls++;
	return 0;
}

static int start_dump(int fd)
{
	struct sk_buff *skb = alloc_skb(NLMSG_SPACE(0), GFP_KERNEL);
	struct nlmsghdr *nlh;
	int err;

	if (!skb)
		return -ENOMEM;
	NETLINK_CB(skb).pid = nl_port(fd);
	nlh = nlmsg_put(skb, nl_port(fd), 7, NLMSG_MIN_TYPE, 0, NLM_F_REQUEST | NLM_F_DUMP);
	err = netlink_dump_start(rtnl, skb, nlh, count_dump, count_done);
	kfree_skb(skb);
	return err;
}

/* The parts are made as the reader fetches them; one dump at a time. */
static void netlink_test_dump(struct kunit *test)
{
	int fd = nl_socket(), parts = 0;
	struct nlmsghdr nlh = { .nlmsg_type = 0 };

	done_calls = 0;
	if (nl_bind(fd, 0, 0) || start_dump(fd))
		goto out;
	KUNIT_EXPECT_EQ(test, start_dump(fd), -EBUSY);
	KUNIT_EXPECT_EQ(test, done_calls, 1);
	while (nl_receive(fd, &nlh, sizeof(nlh)) > 0 && nlh.nlmsg_type == NLMSG_MIN_TYPE)
		parts++;
	KUNIT_EXPECT_EQ(test, parts, PARTS);
	KUNIT_EXPECT_EQ(test, nlh.nlmsg_type, NLMSG_DONE);
	KUNIT_EXPECT_EQ(test, nlh.nlmsg_seq, 7);
	KUNIT_EXPECT_EQ(test, done_calls, 2);
	/* Who goes away in the middle leaves nothing behind. */
	if (!start_dump(fd)) {
		nl_receive(fd, &nlh, sizeof(nlh));
		sys_close(fd);
		fd = -1;
		KUNIT_EXPECT_EQ(test, done_calls, 3);
	}
out:
	sys_close(fd);
}

struct request {
	struct nlmsghdr nlh;
	struct rtgenmsg gen;
};

struct answer {
	struct nlmsghdr nlh;
	struct nlmsgerr err;
};

static int ask(int fd, u16 type, u16 flags, struct answer *answer)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct request req = { .nlh = { .nlmsg_len = sizeof(req), .nlmsg_type = type,
					.nlmsg_flags = flags, .nlmsg_seq = 9 } };
	int err = sys_sendto(fd, U(&req), sizeof(req), 0, U(&kernel), sizeof(kernel));

	return err < 0 ? err : nl_receive(fd, answer, sizeof(*answer));
}

/* Errors come with the request that they are about, and only requests are answered. */
static void netlink_test_answers(struct kunit *test)
{
	int fd = nl_socket();
	struct answer answer;

	KUNIT_EXPECT_EQ(test, ask(fd, RTM_MAX + 1, NLM_F_REQUEST, &answer), sizeof(answer));
	KUNIT_EXPECT_EQ(test, answer.nlh.nlmsg_type, NLMSG_ERROR);
	KUNIT_EXPECT_EQ(test, answer.err.error, -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, answer.err.msg.nlmsg_type, RTM_MAX + 1);
	KUNIT_EXPECT_EQ(test, answer.err.msg.nlmsg_seq, 9);
	KUNIT_EXPECT_EQ(test, ask(fd, RTM_MAX + 1, 0, &answer), -EAGAIN);
	KUNIT_EXPECT_EQ(test, ask(fd, NLMSG_NOOP, NLM_F_REQUEST, &answer), -EAGAIN);
	KUNIT_EXPECT_EQ(test, ask(fd, NLMSG_NOOP, NLM_F_REQUEST | NLM_F_ACK, &answer),
			sizeof(answer));
	KUNIT_EXPECT_EQ(test, answer.err.error, 0);
	sys_close(fd);
}

static struct kunit_case netlink_cases[] = {
	KUNIT_CASE(netlink_test_ports),
	KUNIT_CASE(netlink_test_overrun),
	KUNIT_CASE(netlink_test_dump),
	KUNIT_CASE(netlink_test_answers),
	{}
};

static struct kunit_suite netlink_suite = {
	.name = "netlink",
	.test_cases = netlink_cases,
};

kunit_test_suite(netlink_suite);
