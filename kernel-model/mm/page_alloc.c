// SPDX-License-Identifier: GPL-2.0-only
/* The page pool: blocks of 2^order pages, split and joined as buddies. */
#include <linux/mm.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/bitops.h>
#include "os.h"

struct page *mem_map;
unsigned long max_mapnr;
unsigned long totalram_pages;

static char *pool;
static struct list_head free_area[MAX_ORDER];
static unsigned long free_pages_count;
static DEFINE_SPINLOCK(zone_lock);

struct page *virt_to_page(const void *addr)
{
	unsigned long nr = ((const char *)addr - pool) >> PAGE_SHIFT;

	BUG_ON(nr >= max_mapnr);
	return mem_map + nr;
}
EXPORT_SYMBOL(virt_to_page);

void *page_address(const struct page *page)
{
	return pool + ((page - mem_map) << PAGE_SHIFT);
}
EXPORT_SYMBOL(page_address);

static void put_block(struct page *page, unsigned int order)
{
	page->order = order;
	set_bit(PG_free, &page->flags);
	list_add(&page->lru, &free_area[order]);
}

static void take_block(struct page *page)
{
	clear_bit(PG_free, &page->flags);
	list_del(&page->lru);
}

static struct page *rmqueue(unsigned int order)
{
	unsigned int o = order;
	struct page *page;

	while (o < MAX_ORDER && list_empty(&free_area[o]))
		o++;
	if (o == MAX_ORDER)
		return NULL;
	page = list_entry(free_area[o].next, struct page, lru);
	take_block(page);
	while (o > order) {
		o--;
		put_block(page + (1UL << o), o);
	}
	free_pages_count -= 1UL << order;
	return page;
}

/**
 * alloc_pages - 2^order pages that lie together
 */
struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	struct page *page;

	might_sleep_if(gfp & __GFP_WAIT);
	if (order >= MAX_ORDER || should_fail_allocation(gfp))
		return NULL;
	spin_lock(&zone_lock);
	page = rmqueue(order);
	spin_unlock(&zone_lock);
	if (!page)
		return NULL;
	atomic_set(&page->_count, 1);
	page->private = 0;
	page->index = 0;
	os_unpoison(page_address(page), PAGE_SIZE << order);
	if (gfp & __GFP_ZERO)
		memset(page_address(page), 0, PAGE_SIZE << order);
	return page;
}
EXPORT_SYMBOL(alloc_pages);

static void free_one_block(struct page *page, unsigned int order)
{
	unsigned long nr = page - mem_map, buddy;

	free_pages_count += 1UL << order;
	for (; order < MAX_ORDER - 1; order++) {
		buddy = nr ^ 1UL << order;
		if (buddy + (1UL << order) > max_mapnr ||
		    !test_bit(PG_free, &mem_map[buddy].flags) || mem_map[buddy].order != order)
			break;
		take_block(mem_map + buddy);
		nr &= ~(1UL << order);
	}
	put_block(mem_map + nr, order);
}

void __free_pages(struct page *page, unsigned int order)
{
	BUG_ON(test_bit(PG_free, &page->flags) || page_count(page) <= 0);
	if (!atomic_dec_and_test(&page->_count))
		return;
	os_poison(page_address(page), PAGE_SIZE << order);
	spin_lock(&zone_lock);
	free_one_block(page, order);
	spin_unlock(&zone_lock);
}
EXPORT_SYMBOL(__free_pages);

void put_page(struct page *page)
{
	__free_pages(page, 0);
}
EXPORT_SYMBOL(put_page);

unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages(gfp, order);

	return page ? (unsigned long)page_address(page) : 0;
}
EXPORT_SYMBOL(__get_free_pages);

unsigned long get_zeroed_page(gfp_t gfp)
{
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}
EXPORT_SYMBOL(get_zeroed_page);

void free_pages(unsigned long addr, unsigned int order)
{
	if (addr)
		__free_pages(virt_to_page((void *)addr), order);
}
EXPORT_SYMBOL(free_pages);

unsigned int nr_free_pages(void)
{
	return free_pages_count;
}
EXPORT_SYMBOL(nr_free_pages);

void __init mem_init(void)
{
	unsigned long bytes = CONFIG_PHYS_MEM_MB << 20, nr;
	unsigned int order;

	max_mapnr = bytes >> PAGE_SHIFT;
	totalram_pages = max_mapnr;
	pool = os_map_memory(bytes + PAGE_SIZE);
	mem_map = os_map_memory(max_mapnr * sizeof(struct page));
	if (!pool || !mem_map)
		panic("the host has no memory for us");
	pool = (char *)PAGE_ALIGN((unsigned long)pool);
	os_poison(pool, bytes);
	for (order = 0; order < MAX_ORDER; order++)
		INIT_LIST_HEAD(&free_area[order]);
	/* Highest first, so that the lowest blocks are handed out first. */
	free_pages_count = max_mapnr;
	for (nr = max_mapnr & ~((1UL << (MAX_ORDER - 1)) - 1); nr; nr -= 1UL << (MAX_ORDER - 1))
		put_block(mem_map + nr - (1UL << (MAX_ORDER - 1)), MAX_ORDER - 1);
}
