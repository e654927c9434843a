/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/gfp.h>
#include <linux/mmzone.h>
#include <linux/list.h>
#include <linux/atomic.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define PAGE_ALIGN(a)	(((a) + PAGE_SIZE - 1) & PAGE_MASK)
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
void split_page(struct page *page, unsigned int order);
void show_free_areas(void);
void mem_init(void);

struct sysinfo;
void si_meminfo(struct sysinfo *val);

#define get_page(page)		atomic_inc(&(page)->_count)
#define page_count(page)	atomic_read(&(page)->_count)
#define page_private(page)	((page)->private)
#define set_page_private(page, v) ((page)->private = (v))

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
#define VM_ACCOUNT	0x00100000	/* counted in vm_committed_space */
#define VM_NORESERVE	0x00200000

#define VM_STACK_FLAGS	(VM_GROWSDOWN | VM_READ | VM_WRITE | VM_MAYREAD | VM_MAYWRITE | VM_ACCOUNT)
#define VM_DATA_DEFAULT_FLAGS \
	(VM_READ | VM_WRITE | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC)

/*
 * An entry of a page table: 0, a present page, or with PTE_SWAP where in swap it
 * is.
 */
typedef struct {
	unsigned long pte;
} pte_t;

#define PTE_SWAP	1UL

#define pte_none(x)	(!(x).pte)
#define pte_present(x)	((x).pte && !((x).pte & PTE_SWAP))
#define pte_page(x)	((struct page *)(x).pte)
#define mk_pte(page)	((pte_t){ (unsigned long)(page) })

struct mm_struct;
struct file;
struct vm_operations_struct;

/* One mapping of an address space. */
struct vm_area_struct {
	struct mm_struct *vm_mm;
	unsigned long vm_start;
	unsigned long vm_end;
	struct vm_area_struct *vm_next;
	unsigned long vm_flags;
	struct vm_operations_struct *vm_ops;
	unsigned long vm_pgoff;			/* of vm_start, in pages */
	struct file *vm_file;
	void *vm_private_data;
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

/**
 * struct mm_struct - an address space
 * @mmap: mappings, sorted by address
 * @pgd: the first level of the page tables, NULL while nothing is mapped
 * @mm_users: tasks that live here, and others that look
 * @mm_count: references to the structure; 1 for all users
 * @nr_ptes: pages that the page tables take
 * @mmlist: all address spaces, for the search for pages to swap out
 * @rss: present pages
 * @total_vm: mapped pages
 * @locked_vm: of these, locked
 * @data_vm: of these, private and writable
 * @def_flags: VM_LOCKED after mlockall(MCL_FUTURE)
 */
struct mm_struct {
	struct vm_area_struct *mmap;
	unsigned long *pgd;
	atomic_t mm_users;
	atomic_t mm_count;
	int map_count;
	struct rw_semaphore mmap_sem;
	spinlock_t page_table_lock;	/* of the page tables */
	struct list_head mmlist;
	unsigned long nr_ptes;
	unsigned long rss;
	unsigned long total_vm, locked_vm, shared_vm, data_vm;
	unsigned long start_brk, brk;
	unsigned long arg_start, arg_end;
	unsigned long def_flags;
	int core_waiters;
	unsigned int dumpable:2;
};

/* kernel/fork.c of Linux; here mm/memory.c */
struct mm_struct *mm_alloc(void);
void mmput(struct mm_struct *mm);
void mmdrop(struct mm_struct *mm);
struct mm_struct *get_task_mm(struct task_struct *task);
int dup_mmap(struct mm_struct *mm, struct mm_struct *oldmm);
void mm_init_caches(void);

extern struct kmem_cache *vm_area_cachep;
extern struct kmem_cache *mm_cachep;

/* mm/memory.c */
pte_t *find_pte(struct mm_struct *mm, unsigned long *addr, unsigned long end);
pte_t get_pte(struct mm_struct *mm, unsigned long addr);
int set_pte_at(struct mm_struct *mm, unsigned long addr, pte_t pte);
void pte_clear(struct mm_struct *mm, unsigned long addr);
void zap_page_range(struct mm_struct *mm, unsigned long start, unsigned long end);
int copy_page_range(struct mm_struct *dst, unsigned long to, struct mm_struct *src,
		    unsigned long from, unsigned long len);
int make_pages_present(unsigned long addr, unsigned long end);
extern struct list_head mmlist;
extern spinlock_t mmlist_lock;
int handle_mm_fault(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr,
		    int write_access);
int access_process_vm(struct task_struct *tsk, unsigned long addr, void *buf, int len, int write);
long mm_copy(struct mm_struct *mm, unsigned long addr, void *buf, unsigned long len, int write);

/* mm/mmap.c */
#define OVERCOMMIT_GUESS	0
#define OVERCOMMIT_ALWAYS	1
#define OVERCOMMIT_NEVER	2

#define TASK_UNMAPPED_BASE	PAGE_ALIGN(TASK_SIZE / 3)

extern atomic_t vm_committed_space;
extern int sysctl_overcommit_memory;
extern int sysctl_overcommit_ratio;
extern int sysctl_max_map_count;

static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

static inline void vm_acct_memory(long pages)
{
	atomic_add(pages, &vm_committed_space);
}

static inline void vm_unacct_memory(long pages)
{
	atomic_sub(pages, &vm_committed_space);
}

int security_vm_enough_memory(long pages);
int may_expand_vm(struct mm_struct *mm, unsigned long npages);
void vm_stat_account(struct mm_struct *mm, unsigned long flags, struct file *file, long pages);
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);
struct vm_area_struct *find_vma_prev(struct mm_struct *mm, unsigned long addr,
				     struct vm_area_struct **pprev);
struct vm_area_struct *vma_alloc(struct mm_struct *mm, unsigned long start, unsigned long end,
				 unsigned long flags);
void vma_link(struct mm_struct *mm, struct vm_area_struct *vma);
struct vm_area_struct *vma_merge_around(struct mm_struct *mm, struct vm_area_struct *vma);
int split_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr,
	      int new_below);
unsigned long get_unmapped_area(struct file *file, unsigned long addr, unsigned long len,
				unsigned long pgoff, unsigned long flags);
unsigned long do_mmap_pgoff(struct file *file, unsigned long addr, unsigned long len,
			    unsigned long prot, unsigned long flags, unsigned long pgoff);
unsigned long do_mmap(struct file *file, unsigned long addr, unsigned long len,
		      unsigned long prot, unsigned long flag, unsigned long offset);
int do_munmap(struct mm_struct *mm, unsigned long start, size_t len);
unsigned long do_brk(unsigned long addr, unsigned long len);
void exit_mmap(struct mm_struct *mm);

#define OOM_DISABLE	(-17)	/* in oomkilladj: never a victim */

/* mm/mlock.c */
struct user_struct;

int can_do_mlock(void);
int user_shm_lock(size_t size, struct user_struct *user);
void user_shm_unlock(size_t size, struct user_struct *user);

/* mm/vmalloc.c */
struct vm_struct {
	struct vm_struct *next;
	void *addr;
	unsigned long size;		/* in bytes, whole pages */
	unsigned int nr_pages;
};

extern struct vm_struct *vmlist;
extern rwlock_t vmlist_lock;

#endif /* _LINUX_MM_H */
