/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MMZONE_H
#define _LINUX_MMZONE_H

#include <linux/list.h>
#include <linux/spinlock.h>

#define MAX_ORDER	11

/* Below 16 MiB, where old devices reach, and the rest. */
#define ZONE_DMA	0
#define ZONE_NORMAL	1
#define MAX_NR_ZONES	2

#define MAX_DMA_PFN	((16UL << 20) >> PAGE_SHIFT)

/* Free blocks of one order. */
struct free_area {
	struct list_head free_list;
	unsigned long nr_free;
};

/**
 * struct zone - pages that are as good as each other
 * @free_pages: how many are free
 * @pages_min: below it only those who will give memory back get any
 * @pages_low: below it memory is reclaimed
 * @pages_high: and above this, no more
 * @lock: of the free lists
 * @zone_start_pfn: the first page
 * @present_pages: how many there are
 */
struct zone {
	unsigned long free_pages;
	unsigned long pages_min;
	unsigned long pages_low;
	unsigned long pages_high;
	spinlock_t lock;	/* of the free lists */
	struct free_area free_area[MAX_ORDER];
	unsigned long zone_start_pfn;
	unsigned long present_pages;
	const char *name;
};

/* The machine has one node. */
struct pglist_data {
	struct zone node_zones[MAX_NR_ZONES];
};

extern struct pglist_data contig_page_data;
extern int min_free_kbytes;

#define for_each_zone(zone)						\
	for ((zone) = contig_page_data.node_zones;			\
	     (zone) < contig_page_data.node_zones + MAX_NR_ZONES; (zone)++)

void setup_per_zone_pages_min(void);

#endif /* _LINUX_MMZONE_H */
