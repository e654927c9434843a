// SPDX-License-Identifier: GPL-2.0-only
/*
 * Address spaces: page tables, page faults, copying on write, and reaching into
 * an address space from the kernel.
 *
 * The tables have the four levels of 512 entries of x86-64.  Each is a page,
 * whose private field counts the entries in use: the last one to go takes its
 * table along.
 */
#include <linux/mm.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <linux/uaccess.h>

#define PT_LEVELS	4
#define PT_BITS		9

/* All address spaces; the one that was searched for swapping last is at the end. */
LIST_HEAD(mmlist);
DEFINE_SPINLOCK(mmlist_lock);

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
	spin_lock(&mmlist_lock);
	list_add_tail(&mm->mmlist, &mmlist);
	spin_unlock(&mmlist_lock);
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
	spin_lock(&mmlist_lock);
	list_del(&mm->mmlist);
	spin_unlock(&mmlist_lock);
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

/* What one entry of a table at a level maps, in bytes. */
static unsigned long level_size(int level)
{
	return 1UL << (PAGE_SHIFT + PT_BITS * level);
}

static unsigned long *table_entry(unsigned long table, unsigned long addr, int level)
{
	unsigned long nr = addr >> (PAGE_SHIFT + PT_BITS * level);

	return (unsigned long *)table + (nr & ((1 << PT_BITS) - 1));
}

/**
 * find_pte - the first entry in use of a range
 * @addr: where the range begins; afterwards the address of the entry
 * @end: where it ends
 */
pte_t *find_pte(struct mm_struct *mm, unsigned long *addr, unsigned long end)
{
	while (*addr < end && mm->pgd) {
		unsigned long table = (unsigned long)mm->pgd, *entry = NULL;
		int level = PT_LEVELS;

		while (table && level) {
			entry = table_entry(table, *addr, --level);
			table = *entry;
		}
		if (table)
			return (pte_t *)entry;
		*addr = (*addr | (level_size(level) - 1)) + 1;
	}
	return NULL;
}

pte_t get_pte(struct mm_struct *mm, unsigned long addr)
{
	pte_t *pte = find_pte(mm, &addr, addr + 1);

	return pte ? *pte : (pte_t){ 0 };
}

static unsigned long *table_parent(struct mm_struct *mm, unsigned long **path, int level)
{
	return level == PT_LEVELS - 1 ? (unsigned long *)&mm->pgd : path[level + 1];
}

/* Frees tables without entries on the way up from a level. */
static void free_empty_tables(struct mm_struct *mm, unsigned long **path, int level)
{
	for (; level < PT_LEVELS; level++) {
		unsigned long *parent = table_parent(mm, path, level);

		if (virt_to_page((void *)*parent)->private)
			return;
		free_page(*parent);
		*parent = 0;
		mm->nr_ptes--;
		if (level < PT_LEVELS - 1)
			virt_to_page(parent)->private--;
	}
}

/* Goes down to an entry and makes the tables that are missing. */
static unsigned long *pte_alloc(struct mm_struct *mm, unsigned long addr,
				unsigned long *path[PT_LEVELS])
{
	unsigned long *parent = (unsigned long *)&mm->pgd;
	int level;

	for (level = PT_LEVELS - 1; level >= 0; level--) {
		if (!*parent) {
			*parent = get_zeroed_page(GFP_KERNEL);
			if (!*parent)
				break;
			mm->nr_ptes++;
			if (level < PT_LEVELS - 1)
				virt_to_page(parent)->private++;
		}
		path[level] = table_entry(*parent, addr, level);
		parent = path[level];
	}
	if (level < 0)
		return parent;
	free_empty_tables(mm, path, level + 1);
	return NULL;
}

/**
 * set_pte_at - enter a page into the tables
 *
 * Returns 0 or -ENOMEM.  References and counters are the caller's business.
 */
int set_pte_at(struct mm_struct *mm, unsigned long addr, pte_t pte)
{
	unsigned long *path[PT_LEVELS];
	unsigned long *entry = pte_alloc(mm, addr, path);

	if (!entry)
		return -ENOMEM;
	if (!*entry)
		virt_to_page(entry)->private++;
	*entry = pte.pte;
	return 0;
}

/* Takes an entry that is in use out of the tables. */
void pte_clear(struct mm_struct *mm, unsigned long addr)
{
	unsigned long *path[PT_LEVELS], table = (unsigned long)mm->pgd;
	int level;

	for (level = PT_LEVELS - 1; level >= 0; level--) {
		path[level] = table_entry(table, addr, level);
		table = *path[level];
	}
	*path[0] = 0;
	virt_to_page(path[0])->private--;
	free_empty_tables(mm, path, 0);
}

/* Gives up what an entry stands for. */
static void release_pte(struct mm_struct *mm, pte_t pte)
{
	if (pte_present(pte)) {
		put_page(pte_page(pte));
		mm->rss--;
	} else if (!pte_none(pte)) {
		swap_free(pte_to_swp_entry(pte));
	}
}

void zap_page_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	unsigned long addr = start;
	pte_t *ptep, pte;

	while ((ptep = find_pte(mm, &addr, end)) != NULL) {
		pte = *ptep;
		pte_clear(mm, addr);
		release_pte(mm, pte);
	}
}

/**
 * copy_page_range - the pages of a range, once more
 * @to: where in @dst
 * @from: where in @src
 * @len: of both, in bytes
 *
 * Private pages are shared until one side writes.
 */
int copy_page_range(struct mm_struct *dst, unsigned long to, struct mm_struct *src,
		    unsigned long from, unsigned long len)
{
	unsigned long addr;
	pte_t *ptep, pte;

	for (addr = from; (ptep = find_pte(src, &addr, from + len)) != NULL; addr += PAGE_SIZE) {
		pte = *ptep;
		if (pte_present(pte))
			get_page(pte_page(pte));
		else
			swap_duplicate(pte_to_swp_entry(pte));
		dst->rss += pte_present(pte);
		if (set_pte_at(dst, to + (addr - from), pte)) {
			release_pte(dst, pte);
			return -ENOMEM;
		}
	}
	return 0;
}

/*
 * Enters a page, whose reference it takes over, in place of what was there when
 * the fault began.  Another task may have been faster.
 */
static int install_page(struct mm_struct *mm, unsigned long addr, struct page *page, pte_t old)
{
	unsigned long *path[PT_LEVELS];
	pte_t *ptep = (pte_t *)pte_alloc(mm, addr, path);

	if (!ptep || ptep->pte != old.pte) {
		put_page(page);
		return ptep ? VM_FAULT_MINOR : VM_FAULT_OOM;
	}
	if (pte_none(old))
		virt_to_page(ptep)->private++;
	*ptep = mk_pte(page);
	mm->rss++;
	release_pte(mm, old);
	return VM_FAULT_MINOR;
}

static int do_no_page(struct vm_area_struct *vma, unsigned long addr)
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
		page = alloc_pages(GFP_HIGHUSER | __GFP_ZERO, 0);
		if (!page)
			return VM_FAULT_OOM;
	}
	return install_page(vma->vm_mm, addr, page, (pte_t){ 0 });
}

/* The page comes back from swap; the slot loses one user. */
static int do_swap_page(struct vm_area_struct *vma, unsigned long addr, pte_t pte)
{
	struct page *page = read_swap_page(pte_to_swp_entry(pte));

	return page ? install_page(vma->vm_mm, addr, page, pte) : VM_FAULT_OOM;
}

static int do_wp_page(struct mm_struct *mm, unsigned long addr, struct page *page)
{
	struct page *copy = alloc_page(GFP_HIGHUSER);

	if (!copy)
		return VM_FAULT_OOM;
	memcpy(page_address(copy), page_address(page), PAGE_SIZE);
	return install_page(mm, addr, copy, mk_pte(page));
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
	pte_t pte = get_pte(mm, addr);
	int ret = VM_FAULT_MINOR;

	if (pte_none(pte))
		ret = do_no_page(vma, addr);
	else if (!pte_present(pte))
		ret = do_swap_page(vma, addr, pte);
	if (ret != VM_FAULT_MINOR || !write_access || vma->vm_flags & VM_SHARED)
		return ret;
	pte = get_pte(mm, addr);
	if (page_count(pte_page(pte)) > 1)
		ret = do_wp_page(mm, addr, pte_page(pte));
	return ret;
}

/**
 * make_pages_present - fault in a range that is mapped
 *
 * The caller holds mmap_sem.
 */
int make_pages_present(unsigned long addr, unsigned long end)
{
	struct vm_area_struct *vma;

	for (; addr < end; addr += PAGE_SIZE) {
		vma = find_vma(current->mm, addr);
		if (!vma || addr < vma->vm_start)
			return -EFAULT;
		if (!(vma->vm_flags & (VM_READ | VM_WRITE | VM_EXEC)))
			continue;
		switch (handle_mm_fault(current->mm, vma, addr, vma->vm_flags & VM_WRITE)) {
		case VM_FAULT_OOM:
			return -ENOMEM;
		case VM_FAULT_SIGBUS:
			return -EFAULT;
		}
	}
	return 0;
}

static void *fault_in(struct mm_struct *mm, unsigned long addr, int write)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	if (!vma || addr < vma->vm_start ||
	    !(vma->vm_flags & (write ? VM_WRITE : VM_READ | VM_EXEC)))
		return NULL;
	if (handle_mm_fault(mm, vma, addr, write) != VM_FAULT_MINOR)
		return NULL;
	return (char *)page_address(pte_page(get_pte(mm, addr))) + (addr & ~PAGE_MASK);
}

/**
 * mm_copy - copy between a buffer and an address space
 *
 * Returns how many bytes could not be reached.
 */
long mm_copy(struct mm_struct *mm, unsigned long addr, void *buf, unsigned long len, int write)
{
	down_read(&mm->mmap_sem);
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
	up_read(&mm->mmap_sem);
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
