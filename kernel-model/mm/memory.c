// SPDX-License-Identifier: GPL-2.0-only
/*
 * Address spaces: mappings, their pages, copying on write, and reaching into
 * them from the kernel.
 */
#include <linux/mm.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

struct kmem_cache *vm_area_cachep;
struct kmem_cache *mm_cachep;

void __init mm_init_caches(void)
{
	vm_area_cachep = kmem_cache_create("vm_area_struct", sizeof(struct vm_area_struct), 0,
					   SLAB_PANIC, NULL, NULL);
	mm_cachep = kmem_cache_create("mm_struct", sizeof(struct mm_struct), 0, SLAB_PANIC, NULL,
				      NULL);
}

struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = kmem_cache_alloc(mm_cachep, GFP_KERNEL);

	if (!mm)
		return NULL;
	memset(mm, 0, sizeof(*mm));
	atomic_set(&mm->mm_users, 1);
	atomic_set(&mm->mm_count, 1);
	init_rwsem(&mm->mmap_sem);
	spin_lock_init(&mm->page_table_lock);
	INIT_LIST_HEAD(&mm->mmlist);
	return mm;
}

void mmdrop(struct mm_struct *mm)
{
	if (atomic_dec_and_test(&mm->mm_count))
		kmem_cache_free(mm_cachep, mm);
}
EXPORT_SYMBOL(mmdrop);

void mmput(struct mm_struct *mm)
{
	if (!atomic_dec_and_test(&mm->mm_users))
		return;
	exit_mmap(mm);
	mmdrop(mm);
}
EXPORT_SYMBOL(mmput);

struct mm_struct *get_task_mm(struct task_struct *task)
{
	struct mm_struct *mm;

	task_lock(task);
	mm = task->mm;
	if (mm)
		atomic_inc(&mm->mm_users);
	task_unlock(task);
	return mm;
}
EXPORT_SYMBOL(get_task_mm);

static unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

/**
 * vma_alloc - a mapping that is not linked in yet
 * @start: page aligned
 * @end: page aligned, above @start
 * @flags: VM_*
 */
struct vm_area_struct *vma_alloc(struct mm_struct *mm, unsigned long start, unsigned long end,
				 unsigned long flags)
{
	struct vm_area_struct *vma = kmem_cache_alloc(vm_area_cachep, GFP_KERNEL);

	if (!vma)
		return NULL;
	memset(vma, 0, sizeof(*vma));
	vma->vm_mm = mm;
	vma->vm_start = start;
	vma->vm_end = end;
	vma->vm_flags = flags;
	vma->vm_pages = kcalloc(vma_pages(vma), sizeof(struct page *), GFP_KERNEL);
	if (!vma->vm_pages) {
		kmem_cache_free(vm_area_cachep, vma);
		return NULL;
	}
	return vma;
}

void zap_page_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long nr;

	for (nr = (start - vma->vm_start) >> PAGE_SHIFT;
	     nr < (end - vma->vm_start) >> PAGE_SHIFT; nr++) {
		if (!vma->vm_pages[nr])
			continue;
		put_page(vma->vm_pages[nr]);
		vma->vm_pages[nr] = NULL;
		vma->vm_mm->rss--;
	}
}

/* Undoes vma_alloc() and drops the pages; closing is the caller's business. */
void vma_free(struct vm_area_struct *vma)
{
	zap_page_range(vma, vma->vm_start, vma->vm_end);
	kfree(vma->vm_pages);
	kmem_cache_free(vm_area_cachep, vma);
}

void vma_link(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct **pp = &mm->mmap;

	while (*pp && (*pp)->vm_start < vma->vm_start)
		pp = &(*pp)->vm_next;
	vma->vm_next = *pp;
	*pp = vma;
	mm->map_count++;
	mm->total_vm += vma_pages(vma);
}

/**
 * find_vma - the first mapping that ends above an address
 */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = mm->mmap;

	while (vma && vma->vm_end <= addr)
		vma = vma->vm_next;
	return vma;
}
EXPORT_SYMBOL(find_vma);

static struct vm_area_struct *dup_vma(struct mm_struct *mm, struct vm_area_struct *old)
{
	struct vm_area_struct *vma = vma_alloc(mm, old->vm_start, old->vm_end,
					       old->vm_flags & ~VM_LOCKED);
	unsigned long nr;

	if (!vma)
		return NULL;
	vma->vm_ops = old->vm_ops;
	vma->vm_pgoff = old->vm_pgoff;
	vma->vm_file = old->vm_file;
	vma->vm_private_data = old->vm_private_data;
	for (nr = 0; nr < vma_pages(old); nr++) {
		if (!old->vm_pages[nr])
			continue;
		get_page(old->vm_pages[nr]);
		vma->vm_pages[nr] = old->vm_pages[nr];
		mm->rss++;
	}
	return vma;
}

/**
 * dup_mmap - fill a new address space with what another has
 *
 * Private pages are shared until one side writes.
 */
int dup_mmap(struct mm_struct *mm, struct mm_struct *oldmm)
{
	struct vm_area_struct *old, *vma;

	for (old = oldmm->mmap; old; old = old->vm_next) {
		if (old->vm_flags & VM_DONTCOPY)
			continue;
		vma = dup_vma(mm, old);
		if (!vma)
			return -ENOMEM;
		vma_link(mm, vma);
		if (vma->vm_ops && vma->vm_ops->open)
			vma->vm_ops->open(vma);
	}
	mm->start_brk = oldmm->start_brk;
	mm->brk = oldmm->brk;
	mm->dumpable = oldmm->dumpable;
	return 0;
}

void exit_mmap(struct mm_struct *mm)
{
	struct vm_area_struct *vma;

	while (mm->mmap) {
		vma = mm->mmap;
		mm->mmap = vma->vm_next;
		if (vma->vm_ops && vma->vm_ops->close)
			vma->vm_ops->close(vma);
		vma_free(vma);
	}
}

static int do_no_page(struct vm_area_struct *vma, unsigned long addr, struct page **slot)
{
	struct page *page;
	int type = VM_FAULT_MINOR;

	if (vma->vm_ops && vma->vm_ops->nopage) {
		page = vma->vm_ops->nopage(vma, addr & PAGE_MASK, &type);
		if (page == NOPAGE_OOM)
			return VM_FAULT_OOM;
		if (page == NOPAGE_SIGBUS)
			return VM_FAULT_SIGBUS;
	} else {
		page = alloc_pages(GFP_KERNEL | __GFP_ZERO, 0);
		if (!page)
			return VM_FAULT_OOM;
	}
	*slot = page;
	vma->vm_mm->rss++;
	return VM_FAULT_MINOR;
}

static int do_wp_page(struct page **slot)
{
	struct page *copy = alloc_page(GFP_KERNEL);

	if (!copy)
		return VM_FAULT_OOM;
	memcpy(page_address(copy), page_address(*slot), PAGE_SIZE);
	put_page(*slot);
	*slot = copy;
	return VM_FAULT_MINOR;
}

/**
 * handle_mm_fault - make a page of a mapping present
 * @write_access: and, in a private mapping, its own
 *
 * Returns VM_FAULT_*.
 */
int handle_mm_fault(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr,
		    int write_access)
{
	struct page **slot = &vma->vm_pages[(addr - vma->vm_start) >> PAGE_SHIFT];

	if (!*slot) {
		int ret = do_no_page(vma, addr, slot);

		if (ret != VM_FAULT_MINOR)
			return ret;
	}
	if (write_access && !(vma->vm_flags & VM_SHARED) && page_count(*slot) > 1)
		return do_wp_page(slot);
	return VM_FAULT_MINOR;
}

static void *fault_in(struct mm_struct *mm, unsigned long addr, int write)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	if (!vma || addr < vma->vm_start ||
	    !(vma->vm_flags & (write ? VM_WRITE : VM_READ | VM_EXEC)))
		return NULL;
	if (handle_mm_fault(mm, vma, addr, write) != VM_FAULT_MINOR)
		return NULL;
	return (char *)page_address(vma->vm_pages[(addr - vma->vm_start) >> PAGE_SHIFT]) +
	       (addr & ~PAGE_MASK);
}

/**
 * mm_copy - copy between a buffer and an address space
 *
 * Returns how many bytes could not be reached.
 */
long mm_copy(struct mm_struct *mm, unsigned long addr, void *buf, unsigned long len, int write)
{
	while (len) {
		unsigned long n = min(len, PAGE_SIZE - (addr & ~PAGE_MASK));
		void *at = fault_in(mm, addr, write);

		if (!at)
			break;
		if (write)
			memcpy(at, buf, n);
		else
			memcpy(buf, at, n);
		addr += n;
		buf = (char *)buf + n;
		len -= n;
	}
	return len;
}

int access_process_vm(struct task_struct *tsk, unsigned long addr, void *buf, int len, int write)
{
	struct mm_struct *mm = get_task_mm(tsk);
	int done;

	if (!mm)
		return 0;
	done = len - mm_copy(mm, addr, buf, len, write);
	mmput(mm);
	return done;
}
