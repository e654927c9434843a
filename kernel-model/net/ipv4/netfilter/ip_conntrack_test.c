// SPDX-License-Identifier: GPL-2.0-only
/* Tests of connection tracking, by showing it packets. */
#include <kunit/test.h>
#include <linux/netfilter_ipv4/ip_conntrack.h>
#include <linux/sched.h>
#include <linux/tcp.h>
#include <net/ip.h>
#include <net/sink_test.h>

#define DROPPED	(-1)

/* The other side sends, with this bit in the number of the port. */
#define BACK	0x8000

static void put_ports(struct sk_buff *skb, u16 from, u16 to)
{
	u16 ports[] = { htons(from), htons(to) };

	memcpy(skb->h.raw, ports, sizeof(ports));
}

/* A packet of connection @port passes; returns its relation to it, or DROPPED. */
static int pass(int port, u8 proto, int fin)
{
	u32 us = SINK_ADDR(1), them = SINK_ADDR(2);
	struct sk_buff *skb = sink_packet(&loopback_dev, port & BACK ? them : us,
					  port & BACK ? us : them, proto, 20);
	int info = DROPPED, number = port & ~BACK;

	if (!skb)
		return DROPPED;
	put_ports(skb, port & BACK ? 80 : number, port & BACK ? number : 80);
	if (proto == IPPROTO_TCP)
		skb->h.th->fin = fin;
	if (ip_conntrack_in(NF_IP_PRE_ROUTING, &skb, NULL, NULL, NULL) == NF_ACCEPT &&
	    ip_conntrack_confirm(NF_IP_LOCAL_IN, &skb, NULL, NULL, NULL) == NF_ACCEPT)
		info = skb->nfctinfo;
	kfree_skb(skb);
	return info;
}

static int udp(int port)
{
	return pass(port, IPPROTO_UDP, 0);
}

static int connections(void)
{
	return atomic_read(&ip_conntrack_count);
}

static void ct_test_directions(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, udp(1), IP_CT_NEW);
	KUNIT_EXPECT_EQ(test, udp(1), IP_CT_NEW);
	KUNIT_EXPECT_EQ(test, udp(1 | BACK), IP_CT_ESTABLISHED + IP_CT_IS_REPLY);
	KUNIT_EXPECT_EQ(test, udp(1), IP_CT_ESTABLISHED);
	KUNIT_EXPECT_EQ(test, connections(), 1);
	/* Another protocol, another port: others. */
	KUNIT_EXPECT_EQ(test, pass(1, IPPROTO_TCP, 0), IP_CT_NEW);
	KUNIT_EXPECT_EQ(test, udp(2), IP_CT_NEW);
	KUNIT_EXPECT_EQ(test, connections(), 3);
}

/* A packet that does not get through makes no connection. */
static void ct_test_unconfirmed(struct kunit *test)
{
	struct sk_buff *skb = sink_packet(&loopback_dev, SINK_ADDR(1), SINK_ADDR(2),
					  IPPROTO_UDP, 20);

	KUNIT_ASSERT_NOT_NULL(test, skb);
	put_ports(skb, 1, 80);
	ip_conntrack_in(NF_IP_PRE_ROUTING, &skb, NULL, NULL, NULL);
	if (skb->nfct)
		KUNIT_EXPECT_EQ(test, connections(), 1);
	kfree_skb(skb);
	KUNIT_EXPECT_EQ(test, connections(), 0);
	KUNIT_EXPECT_EQ(test, udp(1 | BACK), IP_CT_NEW);
}

/* When the table is full, one without an answer has to go; with one, it stays. */
static void ct_test_limit(struct kunit *test)
{
	int max = ip_conntrack_max, port;
	unsigned int size = ip_conntrack_htable_size;

	ip_conntrack_max = 4;
	/* It is looked for in the same chain only. */
	ip_conntrack_htable_size = 1;
	for (port = 1; port <= 4; port++)
		udp(port);
	for (port = 1; port <= 3; port++)
		KUNIT_EXPECT_EQ(test, udp(port | BACK), IP_CT_ESTABLISHED + IP_CT_IS_REPLY);
	KUNIT_EXPECT_EQ(test, udp(5), IP_CT_NEW);
	KUNIT_EXPECT_EQ(test, connections(), 4);
	/* It was the fourth: what now seems to be its answer is a new one. */
	KUNIT_EXPECT_EQ(test, udp(4 | BACK), IP_CT_NEW);
	KUNIT_EXPECT_EQ(test, udp(4), IP_CT_ESTABLISHED + IP_CT_IS_REPLY);
	KUNIT_EXPECT_EQ(test, udp(6), DROPPED);
	KUNIT_EXPECT_EQ(test, connections(), 4);
	for (port = 1; port <= 3; port++)
		KUNIT_EXPECT_EQ(test, udp(port), IP_CT_ESTABLISHED);
	/* Room again, and without a limit at all. */
	ip_conntrack_max = 5;
	KUNIT_EXPECT_EQ(test, udp(6), IP_CT_NEW);
	ip_conntrack_max = 0;
	KUNIT_EXPECT_EQ(test, udp(7), IP_CT_NEW);
	ip_conntrack_flush();
	ip_conntrack_max = max;
	ip_conntrack_htable_size = size;
}

static void wait_seconds(int jiffies_more)
{
	msleep(jiffies_more * (1000 / HZ));
}

/* Half a minute without an answer, three with one, counted from the last packet. */
static void ct_test_udp_timeout(struct kunit *test)
{
	udp(1);
	udp(2);
	udp(2 | BACK);
	wait_seconds(ip_ct_udp_timeout - HZ);
	KUNIT_EXPECT_EQ(test, udp(1), IP_CT_NEW);
	wait_seconds(ip_ct_udp_timeout - HZ);
	KUNIT_EXPECT_EQ(test, connections(), 2);
	wait_seconds(2 * HZ);
	KUNIT_EXPECT_EQ(test, connections(), 1);
	KUNIT_EXPECT_EQ(test, udp(1 | BACK), IP_CT_NEW);
	wait_seconds(ip_ct_udp_timeout_stream - 2 * ip_ct_udp_timeout - HZ);
	KUNIT_EXPECT_EQ(test, udp(2), IP_CT_ESTABLISHED);
	wait_seconds(ip_ct_udp_timeout_stream + HZ);
	KUNIT_EXPECT_EQ(test, connections(), 0);
	/* The same ports may be used again. */
	KUNIT_EXPECT_EQ(test, udp(2), IP_CT_NEW);
}

/* Five days, but two minutes after the end. */
static void ct_test_tcp_timeout(struct kunit *test)
{
	pass(1, IPPROTO_TCP, 0);
	pass(2, IPPROTO_TCP, 0);
	pass(2 | BACK, IPPROTO_TCP, 0);
	pass(3, IPPROTO_TCP, 0);
	pass(3 | BACK, IPPROTO_TCP, 0);
	pass(3, IPPROTO_TCP, 1);
	KUNIT_EXPECT_EQ(test, connections(), 3);
	wait_seconds(ip_ct_tcp_timeout_syn + HZ);
	KUNIT_EXPECT_EQ(test, connections(), 1);
	KUNIT_EXPECT_EQ(test, pass(2, IPPROTO_TCP, 0), IP_CT_ESTABLISHED);
	KUNIT_EXPECT_EQ(test, pass(3, IPPROTO_TCP, 0), IP_CT_NEW);
}

/* A chain of others' packets is no connection of ours. */
static int ct_init(struct kunit *test)
{
	ip_conntrack_flush();
	return 0;
}

static void ct_exit(struct kunit *test)
{
	ip_conntrack_flush();
}

static struct kunit_case ct_cases[] = {
	KUNIT_CASE(ct_test_directions),
	KUNIT_CASE(ct_test_unconfirmed),
	KUNIT_CASE(ct_test_limit),
	KUNIT_CASE(ct_test_udp_timeout),
	KUNIT_CASE(ct_test_tcp_timeout),
	{}
};

static struct kunit_suite ct_suite = {
	.name = "ip_conntrack",
	.init = ct_init,
	.exit = ct_exit,
	.test_cases = ct_cases,
};

kunit_test_suite(ct_suite);
