// SPDX-License-Identifier: GPL-2.0-only
/* Tests of fragments, by handing them to ip_defrag(). */
#include <kunit/test.h>
#include <linux/icmp.h>
#include <linux/sched.h>
#include <net/ip.h>
#include <net/sink_test.h>

#define PIECE	800

/* Byte N of the whole is N modulo 251, which no length of pieces divides. */
static struct sk_buff *fragment(struct kunit *test, int id, int offset, int len, int more)
{
	struct sk_buff *skb = sink_packet(test->priv, SINK_ADDR(2), SINK_ADDR(1), IPPROTO_UDP,
					  len);
	int i;

	if (!skb)
		return NULL;
	for (i = 0; i < len; i++)
		skb->h.raw[i] = (offset + i) % 251;
	skb->nh.iph->id = htons(id);
	skb->nh.iph->frag_off = htons(offset / 8 | (more ? IP_MF : 0));
	ip_send_check(skb->nh.iph);
	return skb;
}

/* Takes a fragment in; the length of the whole packet if it was the last, or 0. */
static int take(struct kunit *test, struct sk_buff *skb, u32 user)
{
	int len, i;

	skb = skb ? ip_defrag(skb, user) : NULL;
	if (!skb)
		return 0;
	len = skb->len - sizeof(struct iphdr);
	KUNIT_EXPECT_EQ(test, ntohs(skb->nh.iph->tot_len), skb->len);
	KUNIT_EXPECT_EQ(test, skb->nh.iph->frag_off, 0);
	for (i = 0; i < len && skb->h.raw[i] == i % 251; i++)
		;
	KUNIT_EXPECT_EQ(test, i, len);
	kfree_skb(skb);
	return len;
}

static int take_piece(struct kunit *test, int id, int offset, int len, int more)
{
	return take(test, fragment(test, id, offset, len, more), IP_DEFRAG_LOCAL_DELIVER);
}

static void frag_test_order(struct kunit *test)
{
	static const int orders[][3] = {
		{ 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 },
	};
	int n, i, at, len = 0;

	for (n = 0; n < ARRAY_SIZE(orders); n++) {
		for (i = 0; i < 3; i++) {
			KUNIT_EXPECT_EQ(test, len, 0);
			at = orders[n][i];
			len = take_piece(test, n, at * PIECE, at < 2 ? PIECE : 3, at < 2);
		}
		KUNIT_EXPECT_EQ(test, len, 2 * PIECE + 3);
		len = 0;
	}
	KUNIT_EXPECT_EQ(test, ip_frag_nqueues, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&ip_frag_mem), 0);
}

/* A piece that covers another, even in part, does not count. */
static void frag_test_overlap(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, PIECE, PIECE, 1), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, PIECE, PIECE, 1), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, 2 * PIECE - 8, 16, 0), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, 0, PIECE + 8, 1), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, 0, 2 * PIECE, 1), 0);
	KUNIT_EXPECT_EQ(test, ip_frag_nqueues, 1);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, 0, PIECE, 1), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, 2 * PIECE, 8, 0), 2 * PIECE + 8);
}

/* Pieces that fit nowhere in a packet of 65535 bytes, or behind its end. */
static void frag_test_length(struct kunit *test)
{
	int mem;

	KUNIT_EXPECT_EQ(test, take_piece(test, 1, 65528, PIECE, 0), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, 0, PIECE, 1), 0);
	mem = atomic_read(&ip_frag_mem);
	/* Only the last may have a length that is not a multiple of 8. */
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, PIECE, 9, 1), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, PIECE, 0, 1), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&ip_frag_mem), mem);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, 2 * PIECE, 8, 0), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, 3 * PIECE, PIECE, 1), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, 3 * PIECE, 8, 0), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, PIECE, PIECE, 1), 2 * PIECE + 8);
}

/* Who tracks connections sees fragments before who gets them. */
static void frag_test_users(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, take(test, fragment(test, 1, 0, PIECE, 1), IP_DEFRAG_CONNTRACK), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, PIECE, 8, 0), 0);
	KUNIT_EXPECT_EQ(test, ip_frag_nqueues, 2);
	KUNIT_EXPECT_EQ(test, take(test, fragment(test, 1, PIECE, 8, 0), IP_DEFRAG_CONNTRACK),
			PIECE + 8);
	KUNIT_EXPECT_EQ(test, take_piece(test, 1, 0, PIECE, 1), PIECE + 8);
}

/* Above the high limit, the oldest go until the low one is reached. */
static void frag_test_limit(struct kunit *test)
{
	int high = sysctl_ipfrag_high_thresh, low = sysctl_ipfrag_low_thresh, one, id;

	take_piece(test, 0, 0, PIECE, 1);
	one = atomic_read(&ip_frag_mem);
	sysctl_ipfrag_high_thresh = 10 * one;
	sysctl_ipfrag_low_thresh = 4 * one;
	for (id = 1; one && id < 11; id++)
		take_piece(test, id, 0, PIECE, 1);
	/* One more than fits: the next one makes room first. */
	KUNIT_EXPECT_EQ(test, ip_frag_nqueues, 11);
	take_piece(test, 11, 0, PIECE, 1);
	KUNIT_EXPECT_EQ(test, ip_frag_nqueues, 5);
	KUNIT_EXPECT_EQ(test, atomic_read(&ip_frag_mem), 5 * one);
	KUNIT_EXPECT_EQ(test, take_piece(test, 6, PIECE, 8, 0), 0);
	KUNIT_EXPECT_EQ(test, take_piece(test, 8, PIECE, 8, 0), PIECE + 8);
	KUNIT_EXPECT_EQ(test, take_piece(test, 11, PIECE, 8, 0), PIECE + 8);
	sysctl_ipfrag_high_thresh = high;
	sysctl_ipfrag_low_thresh = low;
}

static int told_of_timeout(struct net_device *dev)
{
	int told = 0, at = ETH_HLEN + sizeof(struct iphdr);
	struct sk_buff *skb;

	while ((skb = skb_dequeue(sink_sent(dev))) != NULL) {
		if (skb->len > at + 1 && skb->data[at] == ICMP_TIME_EXCEEDED &&
		    skb->data[at + 1] == ICMP_EXC_FRAGTIME)
			told++;
		kfree_skb(skb);
	}
	return told;
}

/* The sender is told, but only with the piece that has the transport header. */
static void frag_test_timeout(struct kunit *test)
{
	if (sink_add_neighbour(test->priv, SINK_ADDR(2)))
		return;
	take_piece(test, 1, 0, PIECE, 1);
	take_piece(test, 2, PIECE, 8, 0);
	msleep(1000 * (sysctl_ipfrag_time / HZ) - 1000);
	KUNIT_EXPECT_EQ(test, ip_frag_nqueues, 2);
	/* What comes later does not lengthen the time. */
	take_piece(test, 1, 2 * PIECE, 8, 0);
	msleep(2000);
	KUNIT_EXPECT_EQ(test, ip_frag_nqueues, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&ip_frag_mem), 0);
	KUNIT_EXPECT_EQ(test, told_of_timeout(test->priv), 1);
}

static int frag_init(struct kunit *test)
{
	test->priv = sink_up(SINK_ADDR(1));
	return test->priv ? 0 : -ENOMEM;
}

/* What was left incomplete must not outlive the case. */
static void frag_exit(struct kunit *test)
{
	if (ip_frag_nqueues)
		msleep(1000 * (sysctl_ipfrag_time / HZ) + 1000);
	sink_down(test->priv);
}

static struct kunit_case frag_cases[] = {
	KUNIT_CASE(frag_test_order),
	KUNIT_CASE(frag_test_overlap),
	KUNIT_CASE(frag_test_length),
	KUNIT_CASE(frag_test_users),
	KUNIT_CASE(frag_test_limit),
	KUNIT_CASE(frag_test_timeout),
	{}
};

static struct kunit_suite frag_suite = {
	.name = "ip_fragment",
	.suite_init = sink_warm_up,
	.init = frag_init,
	.exit = frag_exit,
	.test_cases = frag_cases,
};

kunit_test_suite(frag_suite);
