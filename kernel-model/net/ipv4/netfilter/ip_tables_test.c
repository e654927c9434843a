// SPDX-License-Identifier: GPL-2.0-only
/* Tests of tables of rules: what is accepted as one, and what it says of packets. */
#include <kunit/test.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <net/ip.h>
#include <net/sink_test.h>

#define HOOK	NF_IP_LOCAL_IN
#define RULES	6
#define AT(n)	((int)((n) * sizeof(struct ipt_standard)))
#define ACCEPT	(-1 - NF_ACCEPT)
#define DROP	(-1 - NF_DROP)

/* A table as user mode hands it in: one hook, and as many rules as there are. */
struct blob {
	struct ipt_replace repl;
	unsigned char rules[RULES * sizeof(struct ipt_standard)] __aligned(8);
};

static struct blob blob;
static struct ipt_table table = { .name = "test", .valid_hooks = 1 << HOOK };

static struct ipt_standard *rule(int n)
{
	return (struct ipt_standard *)(blob.rules + AT(n));
}

/* All rules fit all packets; the last one is the policy. */
static void fill(const int *verdicts, int n)
{
	int i;

	memset(&blob, 0, sizeof(blob));
	strlcpy(blob.repl.name, "test", sizeof(blob.repl.name));
	blob.repl.valid_hooks = 1 << HOOK;
	blob.repl.num_entries = n;
	blob.repl.size = AT(n);
	for (i = 0; i < n; i++) {
		rule(i)->entry.target_offset = sizeof(struct ipt_entry);
		rule(i)->entry.next_offset = sizeof(struct ipt_standard);
		rule(i)->target.target_size = sizeof(struct ipt_standard_target);
		rule(i)->target.verdict = verdicts[i];
	}
}

static int fill_and_register(const int *verdicts, int n, int policy)
{
	fill(verdicts, n);
	blob.repl.underflow[HOOK] = AT(policy);
	return ipt_register_table(&table, &blob.repl);
}

static const struct ipt_counters *counters(int rule)
{
	int cpu = smp_processor_id();
	unsigned int copy = ALIGN(table.private->size, SMP_CACHE_BYTES) * cpu;

	return &((struct ipt_entry *)(table.private->entries + copy + AT(rule)))->counters;
}

static int verdict_on(u32 src)
{
	struct sk_buff *skb = sink_packet(&loopback_dev, src, SINK_ADDR(1), IPPROTO_UDP, 8);
	int verdict;

	if (!skb)
		return -ENOMEM;
	verdict = ipt_do_table(&skb, HOOK, &loopback_dev, NULL, &table);
	kfree_skb(skb);
	return verdict;
}

/* The chain that begins at rule 3 is called for one address; who returns goes on. */
static void ipt_test_chain(struct kunit *test)
{
	static const int verdicts[] = { AT(3), DROP, ACCEPT, ACCEPT, IPT_RETURN };
	int err;

	fill(verdicts, 5);
	blob.repl.underflow[HOOK] = AT(2);
	rule(0)->entry.ip.src.s_addr = SINK_ADDR(0);
	rule(0)->entry.ip.smsk.s_addr = htonl(0xffffff00);
	rule(1)->entry.ip.src.s_addr = SINK_ADDR(0);
	rule(1)->entry.ip.smsk.s_addr = htonl(0xffffff00);
	rule(3)->entry.ip.src.s_addr = SINK_ADDR(7);
	rule(3)->entry.ip.smsk.s_addr = htonl(0xffffffff);
	err = ipt_register_table(&table, &blob.repl);
	KUNIT_ASSERT_EQ(test, err, 0);
	KUNIT_EXPECT_EQ(test, verdict_on(SINK_ADDR(7)), NF_ACCEPT);
	KUNIT_EXPECT_EQ(test, verdict_on(SINK_ADDR(8)), NF_DROP);
	KUNIT_EXPECT_EQ(test, verdict_on(htonl(0x0a000001)), NF_ACCEPT);
	KUNIT_EXPECT_EQ(test, counters(0)->pcnt, 2);
	KUNIT_EXPECT_EQ(test, counters(0)->bcnt, 56);
	KUNIT_EXPECT_EQ(test, counters(1)->pcnt, 1);
	KUNIT_EXPECT_EQ(test, counters(2)->pcnt, 1);
	KUNIT_EXPECT_EQ(test, counters(3)->pcnt, 1);
	KUNIT_EXPECT_EQ(test, counters(4)->pcnt, 1);
	ipt_unregister_table(&table);
}

/* Tables in which a packet would go round for ever, or leave the rules. */
static void ipt_test_loops(struct kunit *test)
{
	static const int to_itself[] = { AT(0), ACCEPT };
	static const int in_a_circle[] = { AT(2), ACCEPT, AT(3), AT(2) };
	static const int no_end[] = { AT(2), ACCEPT, DROP, IPT_RETURN };
	static const int between[] = { AT(1) + 8, ACCEPT };
	static const int outside[] = { AT(2), ACCEPT };
	int err;

	KUNIT_EXPECT_EQ(test, fill_and_register(to_itself, 2, 1), -ELOOP);
	KUNIT_EXPECT_EQ(test, fill_and_register(in_a_circle, 4, 1), -ELOOP);
	KUNIT_EXPECT_EQ(test, fill_and_register(between, 2, 1), -ELOOP);
	KUNIT_EXPECT_EQ(test, fill_and_register(outside, 2, 1), -ELOOP);
	err = fill_and_register(no_end, 4, 1);
	KUNIT_EXPECT_EQ(test, err, 0);
	if (!err)
		ipt_unregister_table(&table);
}

/* Rules that do not lie where they say, and policies that are none. */
static void ipt_test_malformed(struct kunit *test)
{
	static const int verdicts[] = { DROP, ACCEPT };

	KUNIT_EXPECT_EQ(test, fill_and_register(verdicts, 2, 2), -EINVAL);
	fill(verdicts, 2);
	blob.repl.hook_entry[HOOK] = AT(1);
	KUNIT_EXPECT_EQ(test, ipt_register_table(&table, &blob.repl), -EINVAL);
	fill(verdicts, 2);
	blob.repl.underflow[HOOK] = AT(1);
	blob.repl.num_entries = 3;
	KUNIT_EXPECT_EQ(test, ipt_register_table(&table, &blob.repl), -EINVAL);
	blob.repl.num_entries = 2;
	rule(1)->entry.next_offset += 8;
	KUNIT_EXPECT_EQ(test, ipt_register_table(&table, &blob.repl), -EINVAL);
	rule(1)->entry.next_offset = 0;
	KUNIT_EXPECT_EQ(test, ipt_register_table(&table, &blob.repl), -EINVAL);
	rule(1)->entry.next_offset = sizeof(struct ipt_standard);
	rule(0)->entry.target_offset = sizeof(struct ipt_standard) - 8;
	KUNIT_EXPECT_EQ(test, ipt_register_table(&table, &blob.repl), -EINVAL);
	rule(0)->entry.target_offset = sizeof(struct ipt_entry);
	rule(0)->target.verdict = -1 - NF_STOLEN;
	KUNIT_EXPECT_EQ(test, ipt_register_table(&table, &blob.repl), -EINVAL);
	strlcpy(rule(0)->target.name, "LOG", sizeof(rule(0)->target.name));
	KUNIT_EXPECT_EQ(test, ipt_register_table(&table, &blob.repl), -ENOENT);
	/* A policy that is for some packets only, or goes on to elsewhere. */
	fill(verdicts, 2);
	blob.repl.underflow[HOOK] = AT(1);
	rule(1)->entry.ip.proto = IPPROTO_TCP;
	KUNIT_EXPECT_EQ(test, ipt_register_table(&table, &blob.repl), -EINVAL);
	fill(verdicts, 2);
	blob.repl.underflow[HOOK] = AT(1);
	rule(1)->target.verdict = IPT_RETURN;
	KUNIT_EXPECT_EQ(test, ipt_register_table(&table, &blob.repl), -EINVAL);
}

static struct kunit_case ipt_cases[] = {
	KUNIT_CASE(ipt_test_chain),
	KUNIT_CASE(ipt_test_loops),
	KUNIT_CASE(ipt_test_malformed),
	{}
};

static struct kunit_suite ipt_suite = {
	.name = "ip_tables",
	.test_cases = ipt_cases,
};

kunit_test_suite(ipt_suite);
