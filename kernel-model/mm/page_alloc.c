// SPDX-License-Identifier: GPL-2.0-only
/*
 * The page pool: zones of blocks of 2^order pages, split and joined as buddies,
 * and what happens when a zone runs low.
 */
#include <linux/mm.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mmzone.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <linux/sysinfo.h>
#include <linux/bitops.h>
#include "os.h"

struct page *mem_map;
unsigned long max_mapnr;
unsigned long totalram_pages;

/* Free slots of all swap files: who allocates wants to know. */
long nr_swap_pages;

struct pglist_data contig_page_data;

/* For those who cannot wait, in KiB; the watermarks follow from it. */
int min_free_kbytes;

static char *pool;

/* How far an allocation may go into a zone. */
#define ALLOC_NO_WATERMARKS	0x01
#define ALLOC_WMARK_MIN		0x02
#define ALLOC_WMARK_LOW		0x04
#define ALLOC_HARDER		0x08
#define ALLOC_HIGH		0x10

#define K(x) ((x) << (PAGE_SHIFT - 10))

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

static struct zone *page_zone(const struct page *page)
{
	return &contig_page_data.node_zones[page - mem_map < MAX_DMA_PFN ? ZONE_DMA :
									  ZONE_NORMAL];
}

static void put_block(struct zone *zone, struct page *page, unsigned int order)
{
	page->order = order;
	set_bit(PG_free, &page->flags);
	list_add(&page->lru, &zone->free_area[order].free_list);
	zone->free_area[order].nr_free++;
}

static void take_block(struct zone *zone, struct page *page)
{
	clear_bit(PG_free, &page->flags);
	list_del(&page->lru);
	zone->free_area[page->order].nr_free--;
}

static struct page *__rmqueue(struct zone *zone, unsigned int order)
{
	unsigned int o = order;
	struct page *page;

	while (o < MAX_ORDER && list_empty(&zone->free_area[o].free_list))
		o++;
	if (o == MAX_ORDER)
		return NULL;
	page = list_entry(zone->free_area[o].free_list.next, struct page, lru);
	take_block(zone, page);
	while (o > order) {
		o--;
		put_block(zone, page + (1UL << o), o);
	}
	zone->free_pages -= 1UL << order;
	return page;
}

/**
 * zone_watermark_ok - would enough stay free?
 * @mark: in pages
 * @alloc_flags: ALLOC_HIGH and ALLOC_HARDER lower the mark
 */
static int zone_watermark_ok(const struct zone *z, unsigned int order, unsigned long mark,
			     int alloc_flags)
{
	long min = mark, free_pages = z->free_pages - (1L << order) + 1;
	unsigned int o;

	if (alloc_flags & ALLOC_HIGH)
		min -= min / 2;
	if (alloc_flags & ALLOC_HARDER)
		min -= min / 4;
	if (free_pages <= min)
		return 0;
	for (o = 0; o < order; o++) {
		/* Blocks that are too small do not help, but fewer need to stay. */
		free_pages -= z->free_area[o].nr_free << o;
		min >>= 1;
		if (free_pages <= min)
			return 0;
	}
	return 1;
}

static struct page *get_page_from_freelist(gfp_t gfp, unsigned int order, int alloc_flags)
{
	int nr = gfp & __GFP_DMA ? ZONE_DMA : ZONE_NORMAL;
	struct page *page;

	for (; nr >= 0; nr--) {
		struct zone *z = &contig_page_data.node_zones[nr];
		unsigned long mark = alloc_flags & ALLOC_WMARK_MIN ? z->pages_min : z->pages_low;

		if (!(alloc_flags & ALLOC_NO_WATERMARKS) &&
		    !zone_watermark_ok(z, order, mark, alloc_flags))
			continue;
		spin_lock(&z->lock);
		page = __rmqueue(z, order);
		spin_unlock(&z->lock);
		if (page)
			return page;
	}
	return NULL;
}

static void prep_new_page(struct page *page, gfp_t gfp, unsigned int order)
{
	atomic_set(&page->_count, 1);
	page->private = 0;
	page->index = 0;
	os_unpoison(page_address(page), PAGE_SIZE << order);
	if (gfp & __GFP_ZERO)
		memset(page_address(page), 0, PAGE_SIZE << order);
}

/* Those who free memory, or are being killed for it, may have all there is. */
static int may_use_reserves(gfp_t gfp)
{
	return (current->flags & PF_MEMALLOC || test_tsk_thread_flag(current, TIF_MEMDIE)) &&
	       !in_interrupt() && !(gfp & __GFP_NOMEMALLOC);
}

/* Small requests are not refused as long as there is somebody to kill. */
static int should_retry(gfp_t gfp, unsigned int order)
{
	if (gfp & __GFP_NORETRY)
		return 0;
	return order <= 3 || gfp & (__GFP_REPEAT | __GFP_NOFAIL);
}

/* The zones are below their low marks. */
static struct page *alloc_slowpath(gfp_t gfp, unsigned int order)
{
	int alloc_flags = ALLOC_WMARK_MIN;
	struct page *page;

	if (!(gfp & __GFP_WAIT))
		alloc_flags |= ALLOC_HARDER;
	if (gfp & __GFP_HIGH)
		alloc_flags |= ALLOC_HIGH;
	for (;;) {
		page = get_page_from_freelist(gfp, order, alloc_flags);
		if (page)
			return page;
		if (may_use_reserves(gfp))
			return get_page_from_freelist(gfp, order, ALLOC_NO_WATERMARKS);
		if (!(gfp & __GFP_WAIT))
			return NULL;
		cond_resched();
		if (try_to_free_pages(gfp))
			continue;
		if (!should_retry(gfp, order))
			return NULL;
		if (gfp & __GFP_FS && !(gfp & __GFP_NORETRY))
			out_of_memory(gfp, order);
		schedule_timeout_uninterruptible(HZ / 50);
	}
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
	page = get_page_from_freelist(gfp, order, ALLOC_WMARK_LOW);
	if (!page)
		page = alloc_slowpath(gfp, order);
	if (page) {
		prep_new_page(page, gfp, order);
	} else if (!(gfp & __GFP_NOWARN) && printk_ratelimit()) {
		printk(KERN_WARNING "%s: page allocation failure. order:%u, mode:0x%x\n",
		       current->comm, order, gfp);
		show_free_areas();
	}
	return page;
}
EXPORT_SYMBOL(alloc_pages);

static void free_one_block(struct zone *zone, struct page *page, unsigned int order)
{
	unsigned long nr = page - mem_map, buddy;

	zone->free_pages += 1UL << order;
	for (; order < MAX_ORDER - 1; order++) {
		buddy = nr ^ 1UL << order;
		if (buddy + (1UL << order) > max_mapnr ||
		    !test_bit(PG_free, &mem_map[buddy].flags) || mem_map[buddy].order != order)
			break;
		take_block(zone, mem_map + buddy);
		nr &= ~(1UL << order);
	}
	put_block(zone, mem_map + nr, order);
}

void __free_pages(struct page *page, unsigned int order)
{
	struct zone *zone = page_zone(page);

	BUG_ON(test_bit(PG_free, &page->flags) || page_count(page) <= 0);
	if (!atomic_dec_and_test(&page->_count))
		return;
	os_poison(page_address(page), PAGE_SIZE << order);
	spin_lock(&zone->lock);
	free_one_block(zone, page, order);
	spin_unlock(&zone->lock);
}
EXPORT_SYMBOL(__free_pages);

/**
 * split_page - make single pages of a block, each with a reference of its own
 */
void split_page(struct page *page, unsigned int order)
{
	unsigned long i;

	BUG_ON(page_count(page) != 1);
	for (i = 1; i < 1UL << order; i++) {
		atomic_set(&page[i]._count, 1);
		page[i].private = 0;
		page[i].index = 0;
	}
}

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
	struct zone *zone;
	unsigned int sum = 0;

	for_each_zone(zone)
		sum += zone->free_pages;
	return sum;
}
EXPORT_SYMBOL(nr_free_pages);

void si_meminfo(struct sysinfo *val)
{
	val->totalram = totalram_pages;
	val->sharedram = 0;
	val->freeram = nr_free_pages();
	val->bufferram = 0;
	val->totalhigh = 0;
	val->freehigh = 0;
	val->mem_unit = PAGE_SIZE;
}
EXPORT_SYMBOL(si_meminfo);

/**
 * show_free_areas - what is free, for whoever finds out why nothing was
 */
void show_free_areas(void)
{
	struct zone *zone;
	unsigned int order;

	printk(KERN_INFO "Free pages: %lukB\n", K((unsigned long)nr_free_pages()));
	for_each_zone(zone) {
		printk(KERN_INFO "%s free:%lukB min:%lukB low:%lukB high:%lukB present:%lukB\n",
		       zone->name, K(zone->free_pages), K(zone->pages_min),
		       K(zone->pages_low), K(zone->pages_high), K(zone->present_pages));
		spin_lock(&zone->lock);
		for (order = 0; order < MAX_ORDER; order++)
			printk(KERN_INFO "%s: %lu*%lukB\n", zone->name,
			       zone->free_area[order].nr_free, K(1UL) << order);
		spin_unlock(&zone->lock);
	}
	show_swap_cache_info();
}

/* The watermarks of each zone, by its share of min_free_kbytes. */
void setup_per_zone_pages_min(void)
{
	unsigned long pages_min = min_free_kbytes >> (PAGE_SHIFT - 10);
	struct zone *zone;

	for_each_zone(zone) {
		spin_lock(&zone->lock);
		zone->pages_min = pages_min * zone->present_pages / totalram_pages;
		zone->pages_low = zone->pages_min + zone->pages_min / 4;
		zone->pages_high = zone->pages_min + zone->pages_min / 2;
		spin_unlock(&zone->lock);
	}
}

/* The square root of 16 times the memory, in KiB, between 128 KiB and 64 MiB. */
static void __init init_per_zone_pages_min(void)
{
	unsigned long want = K(totalram_pages) * 16;

	while ((unsigned long)min_free_kbytes * min_free_kbytes < want)
		min_free_kbytes++;
	min_free_kbytes = min(max(min_free_kbytes, 128), 65536);
	setup_per_zone_pages_min();
}

/* Highest first, so that the lowest blocks are handed out first. */
static void __init free_zone(struct zone *zone)
{
	unsigned long block = 1UL << (MAX_ORDER - 1);
	unsigned long nr = (zone->zone_start_pfn + zone->present_pages) & ~(block - 1);

	zone->free_pages = nr > zone->zone_start_pfn ? nr - zone->zone_start_pfn : 0;
	for (; nr > zone->zone_start_pfn; nr -= block)
		put_block(zone, mem_map + nr - block, MAX_ORDER - 1);
}

static void __init free_area_init(void)
{
	static const char *const names[MAX_NR_ZONES] = { "DMA", "Normal" };
	unsigned long dma = min(max_mapnr, MAX_DMA_PFN);
	struct zone *zone;
	unsigned int order, nr = 0;

	for_each_zone(zone) {
		zone->name = names[nr++];
		zone->zone_start_pfn = nr == 1 ? 0 : dma;
		zone->present_pages = nr == 1 ? dma : max_mapnr - dma;
		spin_lock_init(&zone->lock);
		for (order = 0; order < MAX_ORDER; order++)
			INIT_LIST_HEAD(&zone->free_area[order].free_list);
		free_zone(zone);
	}
}

void __init mem_init(void)
{
	unsigned long bytes = CONFIG_PHYS_MEM_MB << 20;

	max_mapnr = bytes >> PAGE_SHIFT;
	totalram_pages = max_mapnr;
	pool = os_map_memory(bytes + PAGE_SIZE);
	mem_map = os_map_memory(max_mapnr * sizeof(struct page));
	if (!pool || !mem_map)
		panic("the host has no memory for us");
	pool = (char *)PAGE_ALIGN((unsigned long)pool);
	os_poison(pool, bytes);
	free_area_init();
	init_per_zone_pages_min();
}
