// SPDX-License-Identifier: GPL-2.0-only
/*
 * Slab caches: pages cut into objects of one size, with a count of those that
 * are alive.  Under AddressSanitizer free objects are poisoned, and each object
 * is followed by poisoned bytes.
 */
#include <linux/slab.h>
#include <linux/bitops.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "os.h"

#ifdef CONFIG_SAN
#define REDZONE 16
#else
#define REDZONE 0
#endif

/**
 * struct kmem_cache - objects of one kind
 * @objsize: what is asked for
 * @stride: from one object to the next
 * @order: of a slab
 * @num: objects in a slab
 * @live: objects that are allocated
 * @partial: slabs with free objects
 * @full: slabs without
 */
struct kmem_cache {
	const char *name;
	unsigned int objsize, stride, order, num;
	unsigned long flags;
	kmem_ctor_t ctor, dtor;
	unsigned long live;
	spinlock_t lock;	/* live, the lists and what is in them */
	struct list_head partial, full;
	struct list_head next;
};

/* At the start of each slab; free objects are a bitmap, so they can be poisoned. */
struct slab {
	struct list_head list;
	struct kmem_cache *cachep;
	unsigned int inuse;
	DECLARE_BITMAP(used, 512);
};

static struct kmem_cache cache_cache;
static LIST_HEAD(cache_chain);
static unsigned long fail_countdown;

struct cache_sizes malloc_sizes[] = {
	{ 32, NULL, "size-32" }, { 64, NULL, "size-64" },
	{ 96, NULL, "size-96" }, { 128, NULL, "size-128" },
	{ 192, NULL, "size-192" }, { 256, NULL, "size-256" },
	{ 512, NULL, "size-512" }, { 1024, NULL, "size-1024" },
	{ 2048, NULL, "size-2048" }, { 4096, NULL, "size-4096" },
	{ 8192, NULL, "size-8192" }, { 16384, NULL, "size-16384" },
	{ 32768, NULL, "size-32768" }, { 65536, NULL, "size-65536" },
	{ 131072, NULL, "size-131072" },
};

unsigned long fail_nth_allocation(unsigned long n)
{
	unsigned long left = fail_countdown;

	fail_countdown = n;
	return left;
}

int should_fail_allocation(gfp_t gfp)
{
	unsigned long told;

	if (!fail_countdown || (gfp & __GFP_NOFAIL) || (--fail_countdown & ~FAIL_TOLD))
		return 0;
	told = fail_countdown;
	fail_countdown = 0;
	if (told)
		os_allocation_fails();
	return 1;
}

static void *slab_object(struct slab *slab, unsigned int nr)
{
	return (char *)slab + ALIGN(sizeof(*slab), 16) + nr * slab->cachep->stride;
}

static struct slab *slab_of(const void *obj)
{
	struct page *page = virt_to_page(obj);

	BUG_ON(!test_bit(PG_slab, &page->flags));
	return (struct slab *)page->private;
}

static struct slab *cache_grow(struct kmem_cache *cachep, gfp_t gfp)
{
	struct page *page = alloc_pages(gfp & ~__GFP_ZERO, cachep->order);
	struct slab *slab;
	unsigned int i;

	if (!page)
		return NULL;
	slab = page_address(page);
	memset(slab, 0, sizeof(*slab));
	slab->cachep = cachep;
	for (i = 0; i < 1U << cachep->order; i++) {
		set_bit(PG_slab, &page[i].flags);
		page[i].private = (unsigned long)slab;
	}
	for (i = 0; cachep->ctor && i < cachep->num; i++)
		cachep->ctor(slab_object(slab, i), cachep, 0);
	os_poison(slab_object(slab, 0), cachep->num * cachep->stride);
	list_add(&slab->list, &cachep->partial);
	return slab;
}

static void slab_destroy(struct slab *slab)
{
	struct kmem_cache *cachep = slab->cachep;
	struct page *page = virt_to_page(slab);
	unsigned int i;

	os_unpoison(slab, PAGE_SIZE << cachep->order);
	for (i = 0; cachep->dtor && i < cachep->num; i++)
		cachep->dtor(slab_object(slab, i), cachep, 0);
	list_del(&slab->list);
	for (i = 0; i < 1U << cachep->order; i++)
		clear_bit(PG_slab, &page[i].flags);
	__free_pages(page, cachep->order);
}

/**
 * kmem_cache_alloc - one object
 *
 * Its contents are what the constructor or the last user left.
 */
void *kmem_cache_alloc(struct kmem_cache *cachep, gfp_t gfp)
{
	struct slab *slab;
	unsigned int nr;
	void *obj;

	might_sleep_if(gfp & __GFP_WAIT);
	if (should_fail_allocation(gfp))
		return NULL;
	if (list_empty(&cachep->partial)) {
		unsigned long saved = fail_nth_allocation(0);

		slab = cache_grow(cachep, gfp);
		fail_nth_allocation(saved);
		if (!slab)
			return NULL;
	}
	spin_lock(&cachep->lock);
	slab = list_entry(cachep->partial.next, struct slab, list);
	nr = find_first_zero_bit(slab->used, cachep->num);
	set_bit(nr, slab->used);
	if (++slab->inuse == cachep->num)
		list_move(&slab->list, &cachep->full);
	cachep->live++;
	spin_unlock(&cachep->lock);
	obj = slab_object(slab, nr);
	os_unpoison(obj, cachep->objsize);
	return obj;
}
EXPORT_SYMBOL(kmem_cache_alloc);

void kmem_cache_free(struct kmem_cache *cachep, void *obj)
{
	struct slab *slab = slab_of(obj);
	unsigned int nr = ((char *)obj - (char *)slab_object(slab, 0)) / cachep->stride;

	if (slab->cachep != cachep || slab_object(slab, nr) != obj ||
	    !test_and_clear_bit(nr, slab->used))
		panic("slab: bad free to cache %s", cachep->name);
	os_poison(obj, cachep->objsize);
	spin_lock(&cachep->lock);
	cachep->live--;
	if (slab->inuse-- == cachep->num)
		list_move(&slab->list, &cachep->partial);
	/* One empty slab may stay; it will be wanted again soon. */
	if (!slab->inuse && cachep->partial.next != cachep->partial.prev)
		slab_destroy(slab);
	spin_unlock(&cachep->lock);
}
EXPORT_SYMBOL(kmem_cache_free);

static void setup_cache(struct kmem_cache *c, const char *name, size_t size, size_t align)
{
	size_t room;

	memset(c, 0, sizeof(*c));
	c->name = name;
	c->objsize = size;
	c->stride = ALIGN(size + REDZONE, max_t(size_t, align, 16));
	do {
		room = (PAGE_SIZE << c->order) - ALIGN(sizeof(struct slab), 16);
		c->num = min_t(size_t, room / c->stride, 512);
		if (PAGE_SIZE << c->order < sizeof(struct slab))
			c->num = 0;
	} while (c->num < (size > PAGE_SIZE ? 1 : 4) && c->order++ < MAX_ORDER - 1);
	spin_lock_init(&c->lock);
	INIT_LIST_HEAD(&c->partial);
	INIT_LIST_HEAD(&c->full);
	list_add_tail(&c->next, &cache_chain);
}

struct kmem_cache *kmem_cache_create(const char *name, size_t size, size_t align,
				     unsigned long flags, kmem_ctor_t ctor, kmem_ctor_t dtor)
{
	struct kmem_cache *c = kmem_cache_alloc(&cache_cache, GFP_KERNEL);

	if (!c) {
		if (flags & SLAB_PANIC)
			panic("slab: no memory for cache %s", name);
		return NULL;
	}
	setup_cache(c, name, size, align);
	c->flags = flags;
	c->ctor = ctor;
	c->dtor = dtor;
	return c;
}
EXPORT_SYMBOL(kmem_cache_create);

/**
 * kmem_cache_destroy - give up a cache
 *
 * Returns 1 and does nothing if it has objects.
 */
int kmem_cache_destroy(struct kmem_cache *cachep)
{
	struct slab *slab, *n;

	if (cachep->live) {
		printk(KERN_ERR "slab: cache %s still has %lu objects\n", cachep->name,
		       cachep->live);
		return 1;
	}
	list_for_each_entry_safe(slab, n, &cachep->partial, list)
		slab_destroy(slab);
	list_del(&cachep->next);
	kmem_cache_free(&cache_cache, cachep);
	return 0;
}
EXPORT_SYMBOL(kmem_cache_destroy);

const char *kmem_cache_name(struct kmem_cache *cachep)
{
	return cachep->name;
}

unsigned int kmem_cache_size(struct kmem_cache *cachep)
{
	return cachep->objsize;
}

unsigned long kmem_cache_live(const struct kmem_cache *cachep)
{
	return cachep->live;
}

struct kmem_cache *kmem_cache_nth(unsigned int n)
{
	struct kmem_cache *c;

	list_for_each_entry(c, &cache_chain, next)
		if (!n--)
			return c;
	return NULL;
}

static struct kmem_cache *cache_for(size_t size)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(malloc_sizes); i++)
		if (size <= malloc_sizes[i].cs_size)
			return malloc_sizes[i].cs_cachep;
	return NULL;
}

void *kmalloc(size_t size, gfp_t gfp)
{
	struct kmem_cache *c = cache_for(size);
	char *obj = c ? kmem_cache_alloc(c, gfp) : NULL;

	/* What was not asked for is out of bounds. */
	if (obj)
		os_poison(obj + size, c->objsize - size);
	return obj;
}
EXPORT_SYMBOL(kmalloc);

void *kzalloc(size_t size, gfp_t gfp)
{
	void *p = kmalloc(size, gfp);

	return p ? memset(p, 0, size) : NULL;
}
EXPORT_SYMBOL(kzalloc);

void *kcalloc(size_t n, size_t size, gfp_t gfp)
{
	if (size && n > ULONG_MAX / size)
		return NULL;
	return kzalloc(n * size, gfp);
}
EXPORT_SYMBOL(kcalloc);

void kfree(const void *obj)
{
	if (obj)
		kmem_cache_free(slab_of(obj)->cachep, (void *)obj);
}
EXPORT_SYMBOL(kfree);

unsigned int ksize(const void *obj)
{
	return obj ? slab_of(obj)->cachep->objsize : 0;
}
EXPORT_SYMBOL(ksize);

void __init kmem_cache_init(void)
{
	struct cache_sizes *s;

	setup_cache(&cache_cache, "kmem_cache", sizeof(struct kmem_cache), 0);
	for (s = malloc_sizes; s < malloc_sizes + ARRAY_SIZE(malloc_sizes); s++)
		s->cs_cachep = kmem_cache_create(s->name, s->cs_size, 0, SLAB_PANIC, NULL, NULL);
}
