// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>
#include <linux/bitmap.h>
#include <linux/idr.h>
#include <linux/notifier.h>

static void list_test_splice(struct kunit *test)
{
	struct list_head a, b, items[4];
	LIST_HEAD(all);
	int i;

	INIT_LIST_HEAD(&a);
	INIT_LIST_HEAD(&b);
	for (i = 0; i < 4; i++)
		list_add_tail(&items[i], i < 2 ? &a : &b);
	list_splice_init(&b, &all);
	list_splice_init(&a, &all);
	KUNIT_EXPECT_TRUE(test, list_empty(&a) && list_empty(&b));
	for (i = 0; i < 4; i++) {
		KUNIT_EXPECT_PTR_EQ(test, all.next, &items[i]);
		list_del(all.next);
	}
	KUNIT_EXPECT_TRUE(test, list_empty(&all));
}

static void bitmap_test_find(struct kunit *test)
{
	DECLARE_BITMAP(map, 130);

	bitmap_zero(map, 130);
	KUNIT_EXPECT_EQ(test, find_first_bit(map, 130), 130);
	set_bit(64, map);
	set_bit(129, map);
	KUNIT_EXPECT_EQ(test, find_first_bit(map, 130), 64);
	KUNIT_EXPECT_EQ(test, find_next_bit(map, 130, 65), 129);
	KUNIT_EXPECT_EQ(test, find_next_zero_bit(map, 130, 64), 65);
	KUNIT_EXPECT_EQ(test, find_next_bit(map, 129, 65), 129);
	KUNIT_EXPECT_EQ(test, bitmap_weight(map, 130), 2);
}

static void idr_test_reuse(struct kunit *test)
{
	DEFINE_IDR(ids);
	int i, id;

	for (i = 0; i < 600; i++) {
		KUNIT_ASSERT_EQ(test, idr_pre_get(&ids, GFP_KERNEL), 1);
		KUNIT_EXPECT_EQ(test, idr_get_new(&ids, &ids, &id), 0);
		KUNIT_EXPECT_EQ(test, id, i);
	}
	idr_remove(&ids, 7);
	KUNIT_EXPECT_NULL(test, idr_find(&ids, 7));
	KUNIT_EXPECT_NULL(test, idr_find(&ids, -1));
	KUNIT_EXPECT_NULL(test, idr_find(&ids, 4000));
	KUNIT_EXPECT_EQ(test, idr_get_new(&ids, test, &id), 0);
	KUNIT_EXPECT_EQ(test, id, 7);
	KUNIT_EXPECT_PTR_EQ(test, idr_find(&ids, 7), test);
	idr_destroy(&ids);
}

/* From a number on, too, there is one for whoever asks again: file systems count from 1. */
static void idr_test_above(struct kunit *test)
{
	DEFINE_IDR(ids);
	int i, id, err, tries;

	for (i = 1; i <= 600; i++) {
		for (err = -EAGAIN, tries = 0; err == -EAGAIN && tries < 3; tries++) {
			KUNIT_ASSERT_EQ(test, idr_pre_get(&ids, GFP_KERNEL), 1);
			err = idr_get_new_above(&ids, &ids, 1, &id);
		}
		KUNIT_ASSERT_EQ(test, err, 0);
		KUNIT_EXPECT_EQ(test, id, i);
	}
	idr_destroy(&ids);
}

static void print_test_formats(struct kunit *test)
{
	char buf[64];

	snprintf(buf, sizeof(buf), "%5d|%-5u|%05x|%#lx", -42, 7U, 0xabU, 0x1fUL);
	KUNIT_EXPECT_STREQ(test, buf, "  -42|7    |000ab|0x1f");
	snprintf(buf, sizeof(buf), "%.3s|%6s|%c|%%|%lld", "abcdef", "xy", 'z', LONG_MIN + 0LL);
	KUNIT_EXPECT_STREQ(test, buf, "abc|    xy|z|%|-9223372036854775808");
	KUNIT_EXPECT_EQ(test, snprintf(buf, 4, "%s", "abcdef"), 6);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	KUNIT_EXPECT_EQ(test, scnprintf(buf, 4, "%s", "abcdef"), 3);
}

static void string_test_numbers(struct kunit *test)
{
	char *end;

	KUNIT_EXPECT_EQ(test, simple_strtoul("0x1Fz", &end, 0), 0x1f);
	KUNIT_EXPECT_STREQ(test, end, "z");
	KUNIT_EXPECT_EQ(test, simple_strtoul("0778", &end, 0), 077);
	KUNIT_EXPECT_STREQ(test, end, "8");
	KUNIT_EXPECT_EQ(test, simple_strtol("-12", NULL, 10), -12);
}

static void string_test_glob(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, glob_match("a*c?", "abbcd"));
	KUNIT_EXPECT_TRUE(test, glob_match("*", ""));
	KUNIT_EXPECT_FALSE(test, glob_match("a*c", "abcd"));
	KUNIT_EXPECT_FALSE(test, glob_match("?", ""));
}

static int order[4], calls;

static int note(struct notifier_block *self, unsigned long event, void *data)
{
	order[calls++] = self->priority;
	return event == 1 && self->priority == 5 ? NOTIFY_BAD : NOTIFY_OK;
}

static void notifier_test_order(struct kunit *test)
{
	struct notifier_block low = { note, NULL, 1 }, high = { note, NULL, 5 };
	struct notifier_block *chain = NULL;

	calls = 0;
	notifier_chain_register(&chain, &low);
	notifier_chain_register(&chain, &high);
	KUNIT_EXPECT_EQ(test, notifier_call_chain(&chain, 0, NULL), NOTIFY_OK);
	KUNIT_EXPECT_EQ(test, calls, 2);
	KUNIT_EXPECT_EQ(test, order[0], 5);
	KUNIT_EXPECT_EQ(test, notifier_call_chain(&chain, 1, NULL), NOTIFY_BAD);
	KUNIT_EXPECT_EQ(test, calls, 3);
	KUNIT_EXPECT_EQ(test, notifier_chain_unregister(&chain, &high), 0);
	KUNIT_EXPECT_EQ(test, notifier_chain_unregister(&chain, &high), -ENOENT);
}

static struct kunit_case lib_test_cases[] = {
	KUNIT_CASE(list_test_splice),
	KUNIT_CASE(bitmap_test_find),
	KUNIT_CASE(idr_test_reuse),
	KUNIT_CASE(idr_test_above),
	KUNIT_CASE(print_test_formats),
	KUNIT_CASE(string_test_numbers),
	KUNIT_CASE(string_test_glob),
	KUNIT_CASE(notifier_test_order),
	{}
};

static struct kunit_suite lib_test_suite = {
	.name = "lib",
	.test_cases = lib_test_cases,
};

kunit_test_suite(lib_test_suite);
