// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory in pieces larger than slab objects.
 *
 * A machine with page tables of its own would map scattered pages side by side;
 * here they come from one block of the pool, and those that are not needed go
 * back.  So a piece has at most 2^(MAX_ORDER - 1) pages.
 */
#include <linux/mm.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

DEFINE_RWLOCK(vmlist_lock);
struct vm_struct *vmlist;

static unsigned int order_of(unsigned long nr_pages)
{
	unsigned int order = 0;

	while (1UL << order < nr_pages)
		order++;
	return order;
}

/* Single pages that lie together; returns the first. */
static struct page *alloc_together(unsigned long nr_pages)
{
	unsigned int order = order_of(nr_pages);
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN, order);
	unsigned long i;

	if (!page)
		return NULL;
	split_page(page, order);
	for (i = nr_pages; i < 1UL << order; i++)
		__free_page(page + i);
	return page;
}

static void link_area(struct vm_struct *area)
{
	write_lock(&vmlist_lock);
	area->next = vmlist;
	vmlist = area;
	write_unlock(&vmlist_lock);
}

/**
 * vmalloc - memory for long arrays
 * @size: in bytes
 */
void *vmalloc(unsigned long size)
{
	struct vm_struct *area;
	struct page *page;

	size = PAGE_ALIGN(size);
	if (!size || size >> PAGE_SHIFT > 1UL << (MAX_ORDER - 1))
		return NULL;
	area = kmalloc(sizeof(*area), GFP_KERNEL);
	if (!area)
		return NULL;
	page = alloc_together(size >> PAGE_SHIFT);
	if (!page) {
		kfree(area);
		return NULL;
	}
	area->addr = page_address(page);
	area->size = size;
	area->nr_pages = size >> PAGE_SHIFT;
	link_area(area);
	return area->addr;
}
EXPORT_SYMBOL(vmalloc);

static struct vm_struct *unlink_area(const void *addr)
{
	struct vm_struct **p, *area;

	write_lock(&vmlist_lock);
	for (p = &vmlist; *p && (*p)->addr != addr; p = &(*p)->next)
		;
	area = *p;
	if (area)
		*p = area->next;
	write_unlock(&vmlist_lock);
	return area;
}

void vfree(void *addr)
{
	struct vm_struct *area;
	unsigned int i;

	if (!addr)
		return;
	area = unlink_area(addr);
	if (!area)
		panic("vfree: nothing is at this address");
	for (i = 0; i < area->nr_pages; i++)
		__free_page(virt_to_page((char *)addr + i * PAGE_SIZE));
	kfree(area);
}
EXPORT_SYMBOL(vfree);
