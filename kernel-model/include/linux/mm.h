/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/atomic.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define PAGE_ALIGN(a)	(((a) + PAGE_SIZE - 1) & PAGE_MASK)
#define MAX_ORDER	11
#define PAGE_CACHE_SIZE	PAGE_SIZE
#define PAGE_CACHE_SHIFT PAGE_SHIFT

/**
 * struct page - one page of the pool
 * @_count: references
 * @flags: PG_*
 * @order: of the block that starts here, while it is free
 * @private: its user's; the slab cache for pages of slabs
 * @index: place in an object, in pages
 * @lru: free list, or its user's
 */
struct page {
	atomic_t _count;
	unsigned long flags;
	unsigned int order;
	unsigned long private;
	unsigned long index;
	struct list_head lru;
};

#define PG_slab		0
#define PG_free		1
#define PG_locked	2
#define PG_dirty	3

extern struct page *mem_map;
extern unsigned long max_mapnr;
extern unsigned long totalram_pages;

struct page *virt_to_page(const void *addr);
void *page_address(const struct page *page);
void put_page(struct page *page);
unsigned int nr_free_pages(void);
void mem_init(void);

#define get_page(page)		atomic_inc(&(page)->_count)
#define page_count(page)	atomic_read(&(page)->_count)
#define page_private(page)	((page)->private)
#define set_page_private(page, v) ((page)->private = (v))
#define clear_highpage(page)	memset(page_address(page), 0, PAGE_SIZE)

#define VM_READ		0x00000001
#define VM_WRITE	0x00000002
#define VM_EXEC		0x00000004
#define VM_SHARED	0x00000008
#define VM_MAYREAD	0x00000010
#define VM_MAYWRITE	0x00000020
#define VM_MAYEXEC	0x00000040
#define VM_MAYSHARE	0x00000080
#define VM_GROWSDOWN	0x00000100
#define VM_LOCKED	0x00002000
#define VM_DONTCOPY	0x00020000
#define VM_DONTEXPAND	0x00040000
#define VM_ACCOUNT	0x00100000

struct mm_struct;
struct file;
struct vm_operations_struct;

/**
 * struct vm_area_struct - one mapping of an address space
 * @vm_pages: the pages that are present, by place in the mapping.  This array
 *	stands in for the page tables of the range.
 */
struct vm_area_struct {
	struct mm_struct *vm_mm;
	unsigned long vm_start;
	unsigned long vm_end;
	struct vm_area_struct *vm_next;
	unsigned long vm_flags;
	struct vm_operations_struct *vm_ops;
	unsigned long vm_pgoff;
	struct file *vm_file;
	void *vm_private_data;
	struct page **vm_pages;
};

/* ->nopage() returns a page with a reference taken, or NOPAGE_*. */
struct vm_operations_struct {
	void (*open)(struct vm_area_struct *area);
	void (*close)(struct vm_area_struct *area);
	struct page *(*nopage)(struct vm_area_struct *area, unsigned long address, int *type);
};

#define NOPAGE_SIGBUS	((struct page *)NULL)
#define NOPAGE_OOM	((struct page *)-1)

#define VM_FAULT_OOM	(-1)
#define VM_FAULT_SIGBUS	0
#define VM_FAULT_MINOR	1

struct mm_struct {
	struct vm_area_struct *mmap;		/* sorted by address */
	atomic_t mm_users;
	atomic_t mm_count;
	int map_count;
	struct rw_semaphore mmap_sem;
	spinlock_t page_table_lock;
	struct list_head mmlist;
	unsigned long rss;
	unsigned long total_vm, locked_vm, shared_vm;
	unsigned long start_brk, brk;
	unsigned long def_flags;
	int core_waiters;
	unsigned int dumpable:2;
};

struct mm_struct *mm_alloc(void);
void mmput(struct mm_struct *mm);
void mmdrop(struct mm_struct *mm);
struct mm_struct *get_task_mm(struct task_struct *task);
int dup_mmap(struct mm_struct *mm, struct mm_struct *oldmm);
void exit_mmap(struct mm_struct *mm);
void mm_init_caches(void);

extern struct kmem_cache *vm_area_cachep;
extern struct kmem_cache *mm_cachep;

struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);
struct vm_area_struct *vma_alloc(struct mm_struct *mm, unsigned long start, unsigned long end,
				 unsigned long flags);
void vma_free(struct vm_area_struct *vma);
void vma_link(struct mm_struct *mm, struct vm_area_struct *vma);
void zap_page_range(struct vm_area_struct *vma, unsigned long start, unsigned long end);
int handle_mm_fault(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr,
		    int write_access);
int access_process_vm(struct task_struct *tsk, unsigned long addr, void *buf, int len, int write);
long mm_copy(struct mm_struct *mm, unsigned long addr, void *buf, unsigned long len, int write);

#endif /* _LINUX_MM_H */
