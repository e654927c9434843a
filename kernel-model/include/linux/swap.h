/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SWAP_H
#define _LINUX_SWAP_H

#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>

struct file;
struct mm_struct;
struct page;
struct sysinfo;

#define SWAP_FLAG_PREFER	0x8000	/* the low bits are a priority */
#define SWAP_FLAG_PRIO_MASK	0x7fff

#define MAX_SWAPFILES	32
#define SWAP_MAP_MAX	0x7fff	/* users of a slot, at most */
#define SWAP_MAP_BAD	0x8000

#define SWP_USED	1	/* the slot in swap_info is taken */
#define SWP_WRITEOK	2	/* pages may be written there */
#define SWP_ACTIVE	(SWP_USED | SWP_WRITEOK)

/* Where a page is in swap: number of the file and of the slot there. */
typedef struct {
	unsigned long val;
} swp_entry_t;

#define swp_entry(type, offset)	((swp_entry_t){ (offset) << 5 | (type) })
#define swp_type(entry)		((entry).val & 31)
#define swp_offset(entry)	((entry).val >> 5)

/* The first page of a swap file, behind 1024 bytes for a boot loader. */
union swap_header {
	struct {
		char reserved[4096 - 10];
		char magic[10];		/* SWAPSPACE2 */
	} magic;
	struct {
		char bootbits[1024];
		unsigned int version;
		unsigned int last_page;
		unsigned int nr_badpages;
	} info;
};

/**
 * struct swap_info_struct - one swap file
 * @flags: SWP_*
 * @prio: files with the highest are filled first
 * @swap_map: how many use each slot
 * @cluster_next: where the search for a free slot begins
 * @pages: usable slots
 * @max: slots in all; the first holds the header
 * @inuse_pages: slots that are not free
 * @next: in the list by priority, -1 at its end
 */
struct swap_info_struct {
	unsigned int flags;
	int prio;
	struct file *swap_file;
	unsigned short *swap_map;
	unsigned int cluster_next;
	unsigned long pages;
	unsigned long max;
	unsigned long inuse_pages;
	int next;
};

static inline swp_entry_t pte_to_swp_entry(pte_t pte)
{
	return (swp_entry_t){ pte.pte >> 1 };
}

static inline pte_t swp_entry_to_pte(swp_entry_t entry)
{
	return (pte_t){ entry.val << 1 | PTE_SWAP };
}

/* mm/swapfile.c */
extern long nr_swap_pages;
extern long total_swap_pages;
extern struct swap_info_struct swap_info[MAX_SWAPFILES];
swp_entry_t get_swap_page(void);
int swap_duplicate(swp_entry_t entry);
void swap_free(swp_entry_t entry);
struct page *read_swap_page(swp_entry_t entry);
void write_swap_page(swp_entry_t entry, struct page *page);
void si_swapinfo(struct sysinfo *val);
void show_swap_cache_info(void);

/* mm/vmscan.c */
#define DEFAULT_SEEKS	2

typedef int (*shrinker_t)(int nr_to_scan, gfp_t gfp_mask);

struct shrinker;

struct shrinker *set_shrinker(int seeks, shrinker_t theshrinker);
void remove_shrinker(struct shrinker *shrinker);
int try_to_free_pages(gfp_t gfp_mask);

/* mm/oom_kill.c */
struct task_struct;

unsigned long badness(struct task_struct *p, unsigned long uptime);
void out_of_memory(gfp_t gfp_mask, int order);

#endif /* _LINUX_SWAP_H */
