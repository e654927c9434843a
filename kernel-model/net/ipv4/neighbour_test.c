// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of neighbours, with those of ARP: a table of its own could not go again
 * without what known-bugs/neigh_table_clear.rst says.
 */
#include <kunit/test.h>
#include <linux/sched.h>
#include <net/ip.h>
#include <net/ip_fib.h>
#include <net/neighbour.h>
#include <net/sink_test.h>

static const u8 station[ETH_ALEN] = { 2, 0, 0, 0, 0, 2 };

static int neigh_init(struct kunit *test)
{
	test->priv = sink_up(SINK_ADDR(1));
	return test->priv ? 0 : -ENOMEM;
}

static void neigh_exit(struct kunit *test)
{
	sink_down(test->priv);
}

/* Sends a datagram to station 2; its payload begins with @mark. */
static void send_marked(struct net_device *dev, u8 mark)
{
	struct flowi fl = { .fl4_dst = SINK_ADDR(2) };
	struct sk_buff *skb = sink_packet(dev, SINK_ADDR(1), SINK_ADDR(2), IPPROTO_UDP, 16);
	struct rtable *rt;

	if (!skb)
		return;
	skb->h.raw[8] = mark;
	if (ip_route_output_key(&rt, &fl)) {
		kfree_skb(skb);
		return;
	}
	skb->dst = &rt->u.dst;
	ip_output(skb);
}

static struct neighbour *station_2(struct net_device *dev)
{
	u32 addr = SINK_ADDR(2);

	return neigh_lookup(&arp_tbl, &addr, dev);
}

static int state(struct net_device *dev)
{
	struct neighbour *n = station_2(dev);
	int nud = n ? n->nud_state : -1;

	if (n)
		neigh_release(n);
	return nud;
}

/* How many packets of a protocol were sent; the marks of the last ones are kept. */
static int sent(struct net_device *dev, u16 protocol, char *marks)
{
	struct sk_buff *skb;
	int n = 0;

	while ((skb = skb_dequeue(sink_sent(dev))) != NULL) {
		if (skb->protocol == htons(protocol)) {
			if (marks)
				marks[n] = skb->data[ETH_HLEN + sizeof(struct iphdr) + 8];
			n++;
		}
		kfree_skb(skb);
	}
	if (marks)
		marks[n] = 0;
	return n;
}

static void answer(struct net_device *dev)
{
	struct neighbour *n = station_2(dev);

	if (!n)
		return;
	neigh_update(n, station, NUD_REACHABLE, NEIGH_UPDATE_F_OVERRIDE);
	neigh_release(n);
}

/* Packets wait for the answer; when too many do, the first ones are dropped. */
static void neigh_test_queue(struct kunit *test)
{
	struct net_device *dev = test->priv;
	char marks[8];
	int i;

	for (i = 0; i < 5; i++)
		send_marked(dev, 'a' + i);
	KUNIT_EXPECT_EQ(test, state(dev), NUD_INCOMPLETE);
	KUNIT_EXPECT_EQ(test, sent(dev, ETH_P_IP, NULL), 0);
	answer(dev);
	KUNIT_EXPECT_EQ(test, state(dev), NUD_REACHABLE);
	KUNIT_EXPECT_EQ(test, sent(dev, ETH_P_IP, marks), 3);
	KUNIT_EXPECT_STREQ(test, marks, "cde");
	send_marked(dev, 'f');
	KUNIT_EXPECT_EQ(test, sent(dev, ETH_P_IP, marks), 1);
}

/* Three questions to all, a second apart; then who waits is told. */
static void neigh_test_no_answer(struct kunit *test)
{
	struct net_device *dev = test->priv;

	send_marked(dev, 'a');
	msleep(100);
	KUNIT_EXPECT_EQ(test, sent(dev, ETH_P_ARP, NULL), 1);
	msleep(2500);
	KUNIT_EXPECT_EQ(test, sent(dev, ETH_P_ARP, NULL), 2);
	KUNIT_EXPECT_EQ(test, state(dev), NUD_INCOMPLETE);
	msleep(1000);
	KUNIT_EXPECT_EQ(test, state(dev), NUD_FAILED);
	KUNIT_EXPECT_EQ(test, sent(dev, ETH_P_ARP, NULL), 0);
	/* The next packet begins anew. */
	send_marked(dev, 'b');
	msleep(100);
	KUNIT_EXPECT_EQ(test, state(dev), NUD_INCOMPLETE);
	KUNIT_EXPECT_EQ(test, sent(dev, ETH_P_ARP, NULL), 1);
}

/* Reachable for a time; then packets still go, and it is asked whether it is there. */
static void neigh_test_ages(struct kunit *test)
{
	struct net_device *dev = test->priv;

	send_marked(dev, 'a');
	answer(dev);
	sent(dev, ETH_P_IP, NULL);
	msleep(35000);
	KUNIT_EXPECT_EQ(test, state(dev), NUD_STALE);
	send_marked(dev, 'b');
	KUNIT_EXPECT_EQ(test, state(dev), NUD_DELAY);
	KUNIT_EXPECT_EQ(test, sent(dev, ETH_P_IP, NULL), 1);
	msleep(5500);
	KUNIT_EXPECT_EQ(test, state(dev), NUD_PROBE);
	KUNIT_EXPECT_EQ(test, sent(dev, ETH_P_ARP, NULL), 1);
	answer(dev);
	KUNIT_EXPECT_EQ(test, state(dev), NUD_REACHABLE);
	/* Without an answer it has failed after three questions. */
	msleep(35000);
	send_marked(dev, 'c');
	msleep(9500);
	KUNIT_EXPECT_EQ(test, state(dev), NUD_FAILED);
	KUNIT_EXPECT_EQ(test, sent(dev, ETH_P_ARP, NULL), 3);
}

/* What an administrator has set does not change by what others say. */
static void neigh_test_permanent(struct kunit *test)
{
	static const u8 liar[ETH_ALEN] = { 2, 0, 0, 0, 0, 66 };
	struct net_device *dev = test->priv;
	struct neighbour *n;

	if (sink_add_neighbour(dev, SINK_ADDR(2)))
		return;
	n = station_2(dev);
	KUNIT_ASSERT_NOT_NULL(test, n);
	KUNIT_EXPECT_EQ(test, neigh_update(n, liar, NUD_REACHABLE, NEIGH_UPDATE_F_OVERRIDE),
			-EPERM);
	KUNIT_EXPECT_EQ(test, n->nud_state, NUD_PERMANENT);
	KUNIT_EXPECT_EQ(test, n->ha[5], 9);
	KUNIT_EXPECT_EQ(test, neigh_update(n, liar, NUD_REACHABLE, NEIGH_UPDATE_F_OVERRIDE |
					   NEIGH_UPDATE_F_ADMIN), 0);
	KUNIT_EXPECT_EQ(test, n->ha[5], 66);
	neigh_release(n);
}

/* A full table lets go of those that nobody uses, and refuses when there are none. */
static void neigh_test_limit(struct kunit *test)
{
	int thresh2 = arp_tbl.gc_thresh2, thresh3 = arp_tbl.gc_thresh3, i;
	struct neighbour *used[3], *n;
	u32 addr;

	arp_tbl.gc_thresh3 = atomic_read(&arp_tbl.entries) + 3;
	arp_tbl.gc_thresh2 = arp_tbl.gc_thresh3;
	for (i = 0; i < 3; i++) {
		addr = SINK_ADDR(10 + i);
		used[i] = neigh_create(&arp_tbl, &addr, test->priv);
	}
	addr = SINK_ADDR(20);
	n = neigh_create(&arp_tbl, &addr, test->priv);
	if (IS_ERR(n))
		KUNIT_EXPECT_EQ(test, PTR_ERR(n), -ENOBUFS);
	else
		KUNIT_FAIL(test, "the table is full of entries that are in use");
	if (!IS_ERR(n))
		neigh_release(n);
	for (i = 0; i < 3; i++)
		if (!IS_ERR(used[i]))
			neigh_release(used[i]);
	n = neigh_create(&arp_tbl, &addr, test->priv);
	KUNIT_EXPECT_FALSE(test, IS_ERR(n));
	if (!IS_ERR(n))
		neigh_release(n);
	addr = SINK_ADDR(10);
	n = neigh_lookup(&arp_tbl, &addr, test->priv);
	KUNIT_EXPECT_NULL(test, n);
	if (n)
		neigh_release(n);
	arp_tbl.gc_thresh2 = thresh2;
	arp_tbl.gc_thresh3 = thresh3;
}

static struct kunit_case neigh_cases[] = {
	KUNIT_CASE(neigh_test_queue),
	KUNIT_CASE(neigh_test_no_answer),
	KUNIT_CASE(neigh_test_ages),
	KUNIT_CASE(neigh_test_permanent),
	KUNIT_CASE(neigh_test_limit),
	{}
};

static struct kunit_suite neigh_suite = {
	.name = "neighbour",
	.suite_init = sink_warm_up,
	.init = neigh_init,
	.exit = neigh_exit,
	.test_cases = neigh_cases,
};

kunit_test_suite(neigh_suite);
