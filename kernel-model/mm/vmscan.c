// SPDX-License-Identifier: GPL-2.0-only
/* Getting memory back: from caches that can shrink, and by swapping. */
#include <linux/mm.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/swap.h>

#define SWAP_CLUSTER_MAX	32	/* pages to free in one go */
#define SHRINK_BATCH		128

/**
 * struct shrinker - a cache that can shrink
 * @shrinker: told to look at so many objects; returns how many are left, or -1.
 *	Told to look at none it only says how many there are.
 * @seeks: what it costs to make an object again
 */
struct shrinker {
	shrinker_t shrinker;
	struct list_head list;
	int seeks;
};

static LIST_HEAD(shrinker_list);
static DECLARE_RWSEM(shrinker_rwsem);

struct shrinker *set_shrinker(int seeks, shrinker_t theshrinker)
{
	struct shrinker *shrinker = kmalloc(sizeof(*shrinker), GFP_KERNEL);

	if (!shrinker)
		return NULL;
	shrinker->shrinker = theshrinker;
	shrinker->seeks = seeks;
	down_write(&shrinker_rwsem);
	list_add_tail(&shrinker->list, &shrinker_list);
	up_write(&shrinker_rwsem);
	return shrinker;
}
EXPORT_SYMBOL(set_shrinker);

void remove_shrinker(struct shrinker *shrinker)
{
	down_write(&shrinker_rwsem);
	list_del(&shrinker->list);
	up_write(&shrinker_rwsem);
	kfree(shrinker);
}
EXPORT_SYMBOL(remove_shrinker);

/* Returns how many pages became free. */
static unsigned int shrink_slab(gfp_t gfp_mask)
{
	unsigned int before = nr_free_pages();
	struct shrinker *shrinker;

	if (!down_read_trylock(&shrinker_rwsem))
		return 0;
	list_for_each_entry(shrinker, &shrinker_list, list) {
		int there = shrinker->shrinker(0, gfp_mask);

		if (there > 0)
			shrinker->shrinker(min(there, SHRINK_BATCH), gfp_mask);
	}
	up_read(&shrinker_rwsem);
	return max(nr_free_pages(), before) - before;
}

/* Can pages of the mapping be written to swap? */
static int swappable(const struct vm_area_struct *vma)
{
	return !(vma->vm_flags & (VM_LOCKED | VM_SHARED));
}

/* One page, if nobody else has it and there is a slot; 1 if it is free now. */
static int swap_out_page(struct mm_struct *mm, pte_t *ptep)
{
	struct page *page = pte_page(*ptep);
	swp_entry_t entry;

	if (page_count(page) != 1)
		return 0;
	entry = get_swap_page();
	if (!entry.val)
		return 0;
	write_swap_page(entry, page);
	*ptep = swp_entry_to_pte(entry);
	mm->rss--;
	put_page(page);
	return 1;
}

static unsigned int swap_out_mm(struct mm_struct *mm, unsigned int want)
{
	struct vm_area_struct *vma;
	unsigned int done = 0;
	unsigned long addr;
	pte_t *ptep;

	for (vma = mm->mmap; vma && done < want; vma = vma->vm_next) {
		if (!swappable(vma))
			continue;
		addr = vma->vm_start;
		while (done < want && (ptep = find_pte(mm, &addr, vma->vm_end)) != NULL) {
			if (pte_present(*ptep))
				done += swap_out_page(mm, ptep);
			addr += PAGE_SIZE;
		}
	}
	return done;
}

/* Address spaces take turns. */
static unsigned int swap_out(unsigned int want)
{
	struct mm_struct *mm, *n;
	unsigned int done = 0;
	LIST_HEAD(seen);

	spin_lock(&mmlist_lock);
	list_for_each_entry_safe(mm, n, &mmlist, mmlist) {
		if (done >= want || !nr_swap_pages)
			break;
		done += swap_out_mm(mm, want - done);
		list_move_tail(&mm->mmlist, &seen);
	}
	list_splice(&seen, mmlist.prev);
	spin_unlock(&mmlist_lock);
	return done;
}

/**
 * try_to_free_pages - make room
 *
 * Returns how many pages have become free.
 */
int try_to_free_pages(gfp_t gfp_mask)
{
	unsigned int freed;

	current->flags |= PF_MEMALLOC;
	freed = shrink_slab(gfp_mask);
	if (gfp_mask & __GFP_IO && freed < SWAP_CLUSTER_MAX)
		freed += swap_out(SWAP_CLUSTER_MAX - freed);
	current->flags &= ~PF_MEMALLOC;
	return freed;
}
