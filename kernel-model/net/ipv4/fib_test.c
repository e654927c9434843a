// SPDX-License-Identifier: GPL-2.0-only
/* Tests of tables of routes, of the order in which they are asked, and of the cache. */
#include <kunit/test.h>
#include <linux/icmp.h>
#include <linux/sched.h>
#include <net/ip.h>
#include <net/ip_fib.h>
#include <net/sink_test.h>

static int change(int cmd, u8 table, u32 dst, int len, u8 type, u32 priority, int oif, u32 gw)
{
	struct fib_config cfg = {
		.fc_dst = htonl(dst), .fc_dst_len = len, .fc_table = table, .fc_type = type,
		.fc_priority = priority, .fc_oif = oif, .fc_gw = gw,
		.fc_protocol = RTPROT_STATIC,
		.fc_nlflags = NLM_F_CREATE | NLM_F_EXCL,
	};
	struct fib_table *tb = fib_tables[table];

	if (cmd == RTM_DELROUTE) {
		cfg.fc_scope = RT_SCOPE_NOWHERE;
		return tb->tb_delete(tb, &cfg);
	}
	cfg.fc_scope = oif && !gw ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
	return tb->tb_insert(tb, &cfg);
}

static int add(u32 dst, int len, u8 type, int oif, u32 gw)
{
	return change(RTM_NEWROUTE, RT_TABLE_MAIN, dst, len, type, 0, oif, gw);
}

static int del(u32 dst, int len, u8 type)
{
	return change(RTM_DELROUTE, RT_TABLE_MAIN, dst, len, type, 0, 0, 0);
}

/* The length of the prefix that an address is routed by, or an error. */
static int asked(u32 dst)
{
	struct flowi fl = { .fl4_dst = htonl(dst) };
	struct fib_result res = { .fi = NULL };
	int err = fib_lookup(&fl, &res);

	fib_res_put(&res);
	return err ? err : res.prefixlen;
}

/* Zones of these lengths stay, see sink_warm_up(). */
static int fib_suite_init(struct kunit_suite *suite)
{
	static const int lens[] = { 0, 8, 16, 24, 32 };
	int i, err = sink_warm_up(suite);

	for (i = 0; i < ARRAY_SIZE(lens); i++) {
		err |= add(0, lens[i], RTN_UNREACHABLE, 0, 0);
		err |= del(0, lens[i], RTN_UNREACHABLE);
		err |= change(RTM_NEWROUTE, RT_TABLE_LOCAL, 0, lens[i], RTN_THROW, 0, 0, 0);
		err |= change(RTM_DELROUTE, RT_TABLE_LOCAL, 0, lens[i], RTN_THROW, 0, 0, 0);
	}
	return err;
}

static int fib_init(struct kunit *test)
{
	test->priv = sink_up(SINK_ADDR(1));
	return test->priv ? 0 : -ENOMEM;
}

static void fib_exit(struct kunit *test)
{
	sink_down(test->priv);
}

static void fib_test_longest(struct kunit *test)
{
	int oif = ((struct net_device *)test->priv)->ifindex;

	KUNIT_EXPECT_EQ(test, asked(0x0a010203), -ENETUNREACH);
	add(0, 0, RTN_UNICAST, 0, SINK_ADDR(9));
	add(0x0a000000, 8, RTN_UNICAST, oif, 0);
	add(0x0a010000, 16, RTN_PROHIBIT, 0, 0);
	add(0x0a010200, 24, RTN_UNICAST, oif, 0);
	add(0x0a010203, 32, RTN_UNREACHABLE, 0, 0);
	KUNIT_EXPECT_EQ(test, asked(0x0b000001), 0);
	KUNIT_EXPECT_EQ(test, asked(0x0a020304), 8);
	KUNIT_EXPECT_EQ(test, asked(0x0a010304), -EACCES);
	KUNIT_EXPECT_EQ(test, asked(0x0a010204), 24);
	KUNIT_EXPECT_EQ(test, asked(0x0a010203), -EHOSTUNREACH);
	/* Not the order in which they came decides, nor that in which they go. */
	del(0x0a010000, 16, RTN_PROHIBIT);
	KUNIT_EXPECT_EQ(test, asked(0x0a010304), 8);
	KUNIT_EXPECT_EQ(test, asked(0x0a010204), 24);
	del(0x0a010203, 32, RTN_UNREACHABLE);
	KUNIT_EXPECT_EQ(test, asked(0x0a010203), 24);
	del(0x0a000000, 8, RTN_UNICAST);
	KUNIT_EXPECT_EQ(test, asked(0x0a020304), 0);
	KUNIT_EXPECT_EQ(test, asked(0x0a010204), 24);
}

static int metric_of(u32 dst)
{
	struct flowi fl = { .fl4_dst = htonl(dst) };
	struct fib_result res = { .fi = NULL };
	int metric = fib_lookup(&fl, &res) ? -1 : res.fi->fib_priority;

	fib_res_put(&res);
	return metric;
}

/* Of routes to the same place the one with the smallest number is taken. */
static void fib_test_priority(struct kunit *test)
{
	static const int metrics[] = { 20, 5, 10 };
	int oif = ((struct net_device *)test->priv)->ifindex, i;

	for (i = 0; i < 3; i++)
		change(RTM_NEWROUTE, RT_TABLE_MAIN, 0x0a000000, 8, RTN_UNICAST, metrics[i], oif,
		       0);
	KUNIT_EXPECT_EQ(test, change(RTM_NEWROUTE, RT_TABLE_MAIN, 0x0a000000, 8, RTN_UNICAST, 10,
				     oif, 0), -EEXIST);
	KUNIT_EXPECT_EQ(test, metric_of(0x0a000001), 5);
	change(RTM_DELROUTE, RT_TABLE_MAIN, 0x0a000000, 8, RTN_UNICAST, 5, 0, 0);
	KUNIT_EXPECT_EQ(test, metric_of(0x0a000001), 10);
	change(RTM_DELROUTE, RT_TABLE_MAIN, 0x0a000000, 8, RTN_UNICAST, 10, 0, 0);
	KUNIT_EXPECT_EQ(test, metric_of(0x0a000001), 20);
}

/* The table of our own addresses is asked first, however long prefixes of others are. */
static void fib_test_rules(struct kunit *test)
{
	int oif = ((struct net_device *)test->priv)->ifindex;

	add(0x0a010200, 24, RTN_UNICAST, oif, 0);
	KUNIT_EXPECT_EQ(test, asked(0x0a010203), 24);
	change(RTM_NEWROUTE, RT_TABLE_LOCAL, 0x0a000000, 8, RTN_PROHIBIT, 0, 0, 0);
	KUNIT_EXPECT_EQ(test, asked(0x0a010203), -EACCES);
	/* This one says: go on and ask the next table. */
	change(RTM_NEWROUTE, RT_TABLE_LOCAL, 0x0a010000, 16, RTN_THROW, 0, 0, 0);
	KUNIT_EXPECT_EQ(test, asked(0x0a010203), 24);
	KUNIT_EXPECT_EQ(test, asked(0x0a020304), -EACCES);
	change(RTM_DELROUTE, RT_TABLE_LOCAL, 0x0a010000, 16, RTN_THROW, 0, 0, 0);
	change(RTM_DELROUTE, RT_TABLE_LOCAL, 0x0a000000, 8, RTN_PROHIBIT, 0, 0, 0);
	KUNIT_EXPECT_EQ(test, asked(0x0a010203), 24);
}

static struct rtable *route_to(u32 dst)
{
	struct flowi fl = { .fl4_dst = htonl(dst) };
	struct rtable *rt;

	return ip_route_output_key(&rt, &fl) ? NULL : rt;
}

/* The answer is kept until a table changes; who has it learns that it is out of date. */
static void route_test_cache(struct kunit *test)
{
	int oif = ((struct net_device *)test->priv)->ifindex;
	struct rtable *first, *second, *third;

	add(0x0a000000, 8, RTN_UNICAST, oif, 0);
	first = route_to(0x0a010203);
	second = route_to(0x0a010203);
	KUNIT_EXPECT_PTR_EQ(test, first, second);
	if (first && second) {
		KUNIT_EXPECT_EQ(test, first->rt_gateway, htonl(0x0a010203));
		KUNIT_EXPECT_EQ(test, first->u.dst.obsolete, 0);
		add(0x0a010000, 16, RTN_UNICAST, 0, SINK_ADDR(9));
		KUNIT_EXPECT_NE(test, first->u.dst.obsolete, 0);
		third = route_to(0x0a010203);
		KUNIT_EXPECT_PTR_NE(test, first, third);
		if (third)
			KUNIT_EXPECT_EQ(test, third->rt_gateway, SINK_ADDR(9));
		ip_rt_put(third);
	}
	ip_rt_put(first);
	ip_rt_put(second);
}

/* Passes a packet on by the device by which it came; 1 if its sender is told. */
static int forwarded(struct net_device *dev, int from)
{
	struct sk_buff *skb = sink_packet(dev, SINK_ADDR(from), htonl(0x0a010203), IPPROTO_UDP,
					  8);
	int at = ETH_HLEN + sizeof(struct iphdr), told = 0;

	if (skb)
		ip_rcv(skb, dev, NULL, dev);
	while ((skb = skb_dequeue(sink_sent(dev))) != NULL) {
		told += skb->data[ETH_HLEN + 9] == IPPROTO_ICMP &&
			skb->data[at] == ICMP_REDIRECT && skb->data[at + 1] == ICMP_REDIR_HOST;
		kfree_skb(skb);
	}
	return told;
}

/* Who does not listen is told less and less often, and then no more. */
static void route_test_redirects(struct kunit *test)
{
	struct net_device *dev = test->priv;
	int i, told = 0;

	if (sink_add_neighbour(dev, SINK_ADDR(2)) || sink_add_neighbour(dev, SINK_ADDR(9)))
		return;
	__in_dev_get(dev)->cnf.forwarding = 1;
	add(0x0a000000, 8, RTN_UNICAST, 0, SINK_ADDR(9));
	KUNIT_EXPECT_EQ(test, forwarded(dev, 2), 1);
	KUNIT_EXPECT_EQ(test, forwarded(dev, 2), 0);
	msleep(50);
	KUNIT_EXPECT_EQ(test, forwarded(dev, 2), 1);
	msleep(50);
	KUNIT_EXPECT_EQ(test, forwarded(dev, 2), 0);
	msleep(50);
	KUNIT_EXPECT_EQ(test, forwarded(dev, 2), 1);
	for (i = 0; i < 10; i++) {
		msleep(15000);
		told += forwarded(dev, 2);
	}
	KUNIT_EXPECT_EQ(test, told, 6);
	msleep(25000);
	KUNIT_EXPECT_EQ(test, forwarded(dev, 2), 1);
}

static struct kunit_case fib_cases[] = {
	KUNIT_CASE(fib_test_longest),
	KUNIT_CASE(fib_test_priority),
	KUNIT_CASE(fib_test_rules),
	KUNIT_CASE(route_test_cache),
	KUNIT_CASE(route_test_redirects),
	{}
};

static struct kunit_suite fib_suite = {
	.name = "fib",
	.suite_init = fib_suite_init,
	.init = fib_init,
	.exit = fib_exit,
	.test_cases = fib_cases,
};

kunit_test_suite(fib_suite);
