// SPDX-License-Identifier: GPL-2.0-only
/* Tests of packets, devices and neighbours. */
#include <kunit/test.h>
#include <linux/netdevice.h>
#include <net/neighbour.h>
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

static struct kunit_case net_cases[] = {
	KUNIT_CASE(skb_test_clone),
	KUNIT_CASE(skb_test_queue),
	KUNIT_CASE(dev_test_register),
	{}
};

static struct kunit_suite net_suite = {
	.name = "net",
	.test_cases = net_cases,
};

kunit_test_suite(net_suite);
