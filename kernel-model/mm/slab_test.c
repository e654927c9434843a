// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/slab.h>

static void slab_test_live(struct kunit *test)
{
	struct kmem_cache *c = kmem_cache_create("test", 40, 0, 0, NULL, NULL);
	void *obj[200];
	int i, n = 0;

	KUNIT_ASSERT_NOT_NULL(test, c);
	for (i = 0; i < 200; i++) {
		obj[i] = kmem_cache_alloc(c, GFP_KERNEL);
		n += !!obj[i];
	}
	KUNIT_EXPECT_EQ(test, kmem_cache_live(c), n);
	if (n)
		KUNIT_EXPECT_EQ(test, kmem_cache_destroy(c), 1);
	for (i = 0; i < 200; i++)
		if (obj[i])
			kmem_cache_free(c, obj[i]);
	KUNIT_EXPECT_EQ(test, kmem_cache_live(c), 0);
	KUNIT_EXPECT_EQ(test, kmem_cache_destroy(c), 0);
}

static void slab_test_sizes(struct kunit *test)
{
	size_t sizes[] = { 1, 32, 33, 100, 4096, 100000, 131072 };
	unsigned int i;
	char *p;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		p = kzalloc(sizes[i], GFP_KERNEL);
		KUNIT_EXPECT_NOT_NULL(test, p);
		if (!p)
			continue;
		KUNIT_EXPECT_EQ(test, p[0] | p[sizes[i] - 1], 0);
		p[sizes[i] - 1] = 1;
		KUNIT_EXPECT_GE(test, ksize(p), sizes[i]);
		kfree(p);
	}
	KUNIT_EXPECT_NULL(test, kmalloc(131073, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kcalloc(1UL << 33, 1UL << 33, GFP_KERNEL));
}

static void slab_test_failure(struct kunit *test)
{
	unsigned long saved = fail_nth_allocation(2);
	void *a, *b, *c;

	a = kmalloc(10, GFP_KERNEL);
	b = kmalloc(10, GFP_KERNEL);
	c = kmalloc(10, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, a);
	KUNIT_EXPECT_NULL(test, b);
	KUNIT_EXPECT_NOT_NULL(test, c);
	KUNIT_EXPECT_EQ(test, fail_nth_allocation(saved), 0);
	kfree(a);
	kfree(c);
}

static void page_test_buddies(struct kunit *test)
{
	unsigned int before = nr_free_pages(), i;
	struct page *p[5];

	for (i = 0; i < 5; i++)
		p[i] = alloc_pages(GFP_KERNEL, i);
	for (i = 0; i < 5; i++)
		if (p[i])
			KUNIT_EXPECT_EQ(test, (p[i] - mem_map) & ((1UL << i) - 1), 0);
	for (i = 0; i < 5; i++)
		if (p[i])
			__free_pages(p[i], i);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	KUNIT_EXPECT_NULL(test, alloc_pages(GFP_KERNEL, MAX_ORDER));
}

static struct kunit_case slab_test_cases[] = {
	KUNIT_CASE(slab_test_live),
	KUNIT_CASE(slab_test_sizes),
	KUNIT_CASE(slab_test_failure),
	KUNIT_CASE(page_test_buddies),
	{}
};

static struct kunit_suite slab_test_suite = {
	.name = "slab",
	.test_cases = slab_test_cases,
};

kunit_test_suite(slab_test_suite);
