// SPDX-License-Identifier: GPL-2.0-only
/* Tests of packets, devices and neighbours. */
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/syscalls.h>
#include <net/neighbour.h>
#include <net/route.h>
#include <net/sock.h>

static void skb_test_clone(struct kunit *test)
{
	struct sk_buff *skb = alloc_skb(100, GFP_KERNEL), *clone, *copy;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb_reserve(skb, 20);
	memcpy(skb_put(skb, 5), "hello", 5);
	clone = skb_clone(skb, GFP_KERNEL);
	copy = skb_copy(skb, GFP_KERNEL);
	if (clone && copy) {
		KUNIT_EXPECT_TRUE(test, skb_cloned(skb));
		KUNIT_EXPECT_FALSE(test, skb_cloned(copy));
		skb->data[0] = 'j';
		KUNIT_EXPECT_EQ(test, clone->data[0], 'j');
		KUNIT_EXPECT_EQ(test, copy->data[0], 'h');
		skb_pull(clone, 2);
		KUNIT_EXPECT_EQ(test, clone->len, 3);
		KUNIT_EXPECT_EQ(test, skb->len, 5);
		KUNIT_EXPECT_NULL(test, skb_pull(clone, 4));
	}
	kfree_skb(clone);
	kfree_skb(copy);
	kfree_skb(skb);
}

static void skb_test_queue(struct kunit *test)
{
	struct sk_buff *a = alloc_skb(1, GFP_KERNEL), *b = alloc_skb(1, GFP_KERNEL);
	struct sk_buff_head queue;

	skb_queue_head_init(&queue);
	if (a && b) {
		skb_queue_tail(&queue, a);
		skb_queue_tail(&queue, b);
		KUNIT_EXPECT_EQ(test, skb_queue_len(&queue), 2);
		KUNIT_EXPECT_PTR_EQ(test, skb_peek(&queue), a);
		skb_unlink(a, &queue);
		KUNIT_EXPECT_PTR_EQ(test, skb_dequeue(&queue), b);
		KUNIT_EXPECT_NULL(test, skb_dequeue(&queue));
	}
	kfree_skb(a);
	kfree_skb(b);
}

static int sink_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev->stats.tx_packets++;
	kfree_skb(skb);
	return 0;
}

static void sink_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->hard_start_xmit = sink_xmit;
	dev->destructor = free_netdev;
}

static void dev_test_register(struct kunit *test)
{
	struct net_device *dev = alloc_netdev(0, "sink%d", sink_setup), *found;
	int err, index;

	KUNIT_ASSERT_NOT_NULL(test, dev);
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		KUNIT_FAIL(test, "register_netdev() gives %d", err);
		return;
	}
	KUNIT_EXPECT_STREQ(test, dev->name, "sink0");
	found = dev_get_by_name("sink0");
	KUNIT_EXPECT_PTR_EQ(test, found, dev);
	if (found)
		dev_put(found);
	index = dev->ifindex;
	unregister_netdev(dev);
	KUNIT_EXPECT_NULL(test, __dev_get_by_name("sink0"));
	KUNIT_EXPECT_NULL(test, __dev_get_by_index(index));
}

#ifdef CONFIG_INET
static struct neigh_table short_table = {
	.family = AF_INET,
	.key_len = 4,
	.id = "short_table",
};

/* A table that comes and goes leaves nothing behind. */
static void neigh_test_clear(struct kunit *test)
{
	/* It panics without memory, as tables are made at boot. */
	unsigned long saved = fail_nth_allocation(0);

	neigh_table_init(&short_table);
	KUNIT_EXPECT_EQ(test, neigh_table_clear(&short_table), 0);
	KUNIT_EXPECT_NULL(test, short_table.stats);
	fail_nth_allocation(saved);
}
DECLARE_KNOWN_BUG(neigh_test_clear);

static struct net_device *register_ether(const char *name)
{
	struct net_device *dev = alloc_netdev(0, name, ether_setup);

	if (!dev)
		return NULL;
	dev->destructor = free_netdev;
	if (!register_netdev(dev))
		return dev;
	free_netdev(dev);
	return NULL;
}

static int tells_device(struct sk_buff *skb, int ifindex)
{
	struct nlmsghdr *nlh = (struct nlmsghdr *)skb->data;
	int left = skb->len;

	while (left > 0) {
		char *at = (char *)nlh + NLMSG_SPACE(sizeof(struct ndtmsg));

		while (at < (char *)nlh + nlh->nlmsg_len) {
			struct rtattr *rta = (struct rtattr *)at;

			if (rta->rta_type == NDTA_PARMS_IFINDEX && *(int *)rta_data(rta) == ifindex)
				return 1;
			at += RTA_ALIGN(rta->rta_len);
		}
		left -= NLMSG_ALIGN(nlh->nlmsg_len);
		nlh = (struct nlmsghdr *)((char *)nlh + NLMSG_ALIGN(nlh->nlmsg_len));
	}
	return 0;
}

/* The first part of the dump ends before the device, which goes before the second. */
static void neigh_test_dump_dead(struct kunit *test)
{
	struct net_device *dev = register_ether("gone%d");
	struct sk_buff *part = alloc_skb(64, GFP_KERNEL), *rest = alloc_skb(2048, GFP_KERNEL);
	struct nlmsghdr nlh = { .nlmsg_seq = 1 };
	struct netlink_callback cb = { .nlh = &nlh, .skb = part };
	int ifindex = dev ? dev->ifindex : 0;

	if (dev && part && rest) {
		neightbl_dump_info(part, &cb);
		unregister_netdev(dev);
		dev = NULL;
		neightbl_dump_info(rest, &cb);
		KUNIT_EXPECT_FALSE(test, tells_device(part, ifindex));
		KUNIT_EXPECT_FALSE(test, tells_device(rest, ifindex));
		neightbl_dump_done(&cb);
	}
	if (dev)
		unregister_netdev(dev);
	kfree_skb(part);
	kfree_skb(rest);
}
DECLARE_KNOWN_BUG(neigh_test_dump_dead);

/* Strangers fill the cache of routes: it must not be able to take all memory. */
static void route_test_limit(struct kunit *test)
{
	unsigned long bytes = ip_rt_max_size * sizeof(struct rtable);

	KUNIT_EXPECT_GT(test, ip_rt_max_size, 0);
	KUNIT_EXPECT_LT(test, bytes, (totalram_pages << PAGE_SHIFT) / 16);
}
DECLARE_KNOWN_BUG(route_test_limit);
#endif

/* A socket that could not be made is not handed out. */
static void netlink_test_no_memory(struct kunit *test)
{
	unsigned long saved = fail_nth_allocation(0);
	int n, fd;

	for (n = 1; ; n++) {
		fail_nth_allocation(n);
		fd = sys_socket(PF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
		if (fail_nth_allocation(0))
			break;
		KUNIT_EXPECT_LT(test, fd, 0);
	}
	KUNIT_EXPECT_GT(test, n, 2);
	sys_close(fd);
	fail_nth_allocation(saved);
}
DECLARE_KNOWN_BUG(netlink_test_no_memory);

#ifdef CONFIG_IP_NF_FILTER
/* Sizes that are 0 or small when they are rounded up or multiplied. */
static void ipt_test_sizes(struct kunit *test)
{
	static const unsigned int sizes[] = { ~0U, ~0U - SMP_CACHE_BYTES, ~0U / NR_CPUS + 1 };
	static struct ipt_replace repl;
	int fd = sys_socket(PF_INET, SOCK_DGRAM, 0), i;

	for (i = 0; fd >= 0 && i < ARRAY_SIZE(sizes); i++) {
		repl.size = sizes[i];
		KUNIT_EXPECT_EQ(test, sys_setsockopt(fd, SOL_IP, IPT_SO_SET_REPLACE,
						     (char __force __user *)&repl,
						     sizeof(repl)), -ENOMEM);
	}
	sys_close(fd);
}
DECLARE_KNOWN_BUG(ipt_test_sizes);
#endif

static struct kunit_case net_cases[] = {
#ifdef CONFIG_IP_NF_FILTER
	KUNIT_CASE(ipt_test_sizes),
#endif
	KUNIT_CASE(skb_test_clone),
	KUNIT_CASE(skb_test_queue),
	KUNIT_CASE(dev_test_register),
	KUNIT_CASE(netlink_test_no_memory),
#ifdef CONFIG_INET
	KUNIT_CASE(neigh_test_clear),
	KUNIT_CASE(neigh_test_dump_dead),
	KUNIT_CASE(route_test_limit),
#endif
	{}
};

static struct kunit_suite net_suite = {
	.name = "net",
	.test_cases = net_cases,
};

kunit_test_suite(net_suite);
