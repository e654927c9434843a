// SPDX-License-Identifier: GPL-2.0-only
/* Tests of the checks that each packet of IPv4 goes through, and of its checksum. */
#include <kunit/test.h>
#include <net/ip.h>
#include <net/sink_test.h>

/* The sum of all words of a header, folded, is ~0 if the checksum is right (RFC 1071). */
static u32 sum_words(const struct iphdr *iph)
{
	const u8 *p = (const u8 *)iph;
	u32 sum = 0;
	int i;

	for (i = 0; i < iph->ihl * 4; i += 2)
		sum += p[i] << 8 | p[i + 1];
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static void ip_test_checksum(struct kunit *test)
{
	/* 4500 003c 1c46 4000 4006 ac10 0a63 ac10 0a0c: the carries added, that is 4e19. */
	struct iphdr iph = {
		.version = 4, .ihl = 5, .tot_len = htons(60), .id = htons(0x1c46),
		.frag_off = htons(IP_DF), .ttl = 64, .protocol = IPPROTO_TCP,
		.saddr = htonl(0xac100a63), .daddr = htonl(0xac100a0c), .check = 0x1234,
	};
	int i;

	ip_send_check(&iph);
	KUNIT_EXPECT_EQ(test, ntohs(iph.check), 0xb1e6);
	/* Carries come back in: all addresses of ones. */
	iph.saddr = ~0U;
	iph.daddr = ~0U;
	for (i = 0; i < 1000; i++) {
		iph.id = htons(i * 67);
		ip_send_check(&iph);
		KUNIT_EXPECT_EQ(test, sum_words(&iph), 0xffff);
	}
}

static u32 header_errors(void)
{
	return per_cpu(ip_statistics, smp_processor_id()).mibs[IPSTATS_MIB_INHDRERRORS];
}

/* A packet whose header says this, of which @len bytes have come; 1 if it was made. */
static int receive(struct net_device *dev, int version, int ihl, int tot_len, int len, int wrong)
{
	struct sk_buff *skb = sink_packet(dev, SINK_ADDR(2), SINK_ADDR(1), IPPROTO_UDP, 48);

	if (!skb)
		return 0;
	skb->nh.iph->version = version;
	skb->nh.iph->ihl = ihl;
	skb->nh.iph->tot_len = htons(tot_len);
	ip_send_check(skb->nh.iph);
	skb->nh.iph->check ^= wrong;
	skb_trim(skb, len);
	ip_rcv(skb, dev, NULL, dev);
	return 1;
}

/* Nothing of this may get any further. */
static void ip_test_header(struct kunit *test)
{
	static const struct {
		int version, ihl, tot_len, len, wrong;
	} bad[] = {
		{ 6, 5, 68, 68, 0 },	/* another protocol */
		{ 4, 4, 68, 68, 0 },	/* a header that is too short */
		{ 4, 15, 50, 50, 0 },	/* or longer than the packet */
		{ 4, 5, 69, 68, 0 },	/* less than it says has come */
		{ 4, 5, 19, 68, 0 },	/* it ends within its header */
		{ 4, 5, 19, 19, 0 },
		{ 4, 5, 68, 68, 1 },	/* a bit has been lost */
	};
	struct net_device *dev = sink_up(SINK_ADDR(1));
	u32 before = header_errors();
	int i, made = 0;

	for (i = 0; dev && i < ARRAY_SIZE(bad); i++) {
		made += receive(dev, bad[i].version, bad[i].ihl, bad[i].tot_len, bad[i].len,
				bad[i].wrong);
		KUNIT_EXPECT_EQ(test, header_errors() - before, made);
	}
	/* What is behind the end does not count. */
	if (dev)
		receive(dev, 4, 5, 60, 68, 0);
	KUNIT_EXPECT_EQ(test, header_errors() - before, made);
	sink_down(dev);
}

static struct kunit_case ip_cases[] = {
	KUNIT_CASE(ip_test_checksum),
	KUNIT_CASE(ip_test_header),
	{}
};

static struct kunit_suite ip_suite = {
	.name = "ip_input",
	.suite_init = sink_warm_up,
	.test_cases = ip_cases,
};

kunit_test_suite(ip_suite);
