// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>
#include <linux/console.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/shmem_fs.h>
#include <linux/swap.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define BASE	0x40000000UL
#define RW	(PROT_READ | PROT_WRITE)
#define PRIV	(MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED)
#define SHARED	(MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED)

/* Gives the case's task an address space, which goes when the task ends. */
static struct mm_struct *own_mm(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();

	if (!mm)
		kunit_skip(test, "no memory");
	current->mm = mm;
	current->active_mm = mm;
	return mm;
}

static int count_vmas(const struct mm_struct *mm)
{
	struct vm_area_struct *vma;
	int n = 0;

	for (vma = mm->mmap; vma; vma = vma->vm_next)
		n++;
	return n;
}

static void mmap_test_split_merge(struct kunit *test)
{
	struct mm_struct *mm = own_mm(test);

	if (do_mmap(NULL, BASE, 8 * PAGE_SIZE, RW, PRIV, 0) != BASE)
		return;
	KUNIT_EXPECT_EQ(test, count_vmas(mm), 1);
	if (do_mmap(NULL, BASE + 8 * PAGE_SIZE, PAGE_SIZE, RW, PRIV, 0) == BASE + 8 * PAGE_SIZE)
		KUNIT_EXPECT_EQ(test, count_vmas(mm), 1);
	if (!sys_mprotect(BASE + PAGE_SIZE, PAGE_SIZE, PROT_READ)) {
		KUNIT_EXPECT_EQ(test, count_vmas(mm), 3);
		KUNIT_EXPECT_EQ(test, mm->data_vm, mm->total_vm - 1);
	}
	if (!sys_mprotect(BASE + PAGE_SIZE, PAGE_SIZE, RW))
		KUNIT_EXPECT_EQ(test, count_vmas(mm), 1);
	if (!do_munmap(mm, BASE + 2 * PAGE_SIZE, PAGE_SIZE))
		KUNIT_EXPECT_EQ(test, count_vmas(mm), 2);
	KUNIT_EXPECT_EQ(test, mm->map_count, count_vmas(mm));
}

/* Tables are made as they are needed, and the last entry takes them along. */
static void mmap_test_tables(struct kunit *test)
{
	struct mm_struct *mm = own_mm(test);
	unsigned long huge = 1UL << 40;
	char c = 'x';

	if (do_mmap(NULL, BASE, huge, RW, PRIV | MAP_NORESERVE, 0) != BASE)
		return;
	KUNIT_EXPECT_EQ(test, mm->nr_ptes, 0);
	if (mm_copy(mm, BASE, &c, 1, 1) || mm_copy(mm, BASE + huge - 1, &c, 1, 1))
		return;
	KUNIT_EXPECT_EQ(test, mm->rss, 2);
	KUNIT_EXPECT_EQ(test, mm->nr_ptes, 7);
	c = 0;
	KUNIT_EXPECT_EQ(test, mm_copy(mm, BASE + huge - 1, &c, 1, 0), 0);
	KUNIT_EXPECT_EQ(test, c, 'x');
	KUNIT_EXPECT_EQ(test, mm_copy(mm, BASE + huge - 1, &c, 2, 0), 1);
	KUNIT_EXPECT_EQ(test, do_munmap(mm, BASE, huge), 0);
	KUNIT_EXPECT_EQ(test, mm->nr_ptes, 0);
	KUNIT_EXPECT_EQ(test, mm->rss, 0);
}

static void mmap_test_fork(struct kunit *test)
{
	struct mm_struct *mm = own_mm(test), *child;
	char a = 'a', b = 'b', c = 0;

	if (do_mmap(NULL, BASE, PAGE_SIZE, RW, PRIV, 0) != BASE ||
	    do_mmap(NULL, BASE + PAGE_SIZE, PAGE_SIZE, RW, SHARED, 0) != BASE + PAGE_SIZE)
		return;
	child = mm_alloc();
	if (!child)
		return;
	if (mm_copy(mm, BASE, &a, 1, 1) || mm_copy(mm, BASE + PAGE_SIZE, &a, 1, 1) ||
	    dup_mmap(child, mm))
		goto out;
	KUNIT_EXPECT_EQ(test, child->rss, 2);
	if (mm_copy(child, BASE, &b, 1, 1) || mm_copy(child, BASE + PAGE_SIZE, &b, 1, 1))
		goto out;
	mm_copy(mm, BASE, &c, 1, 0);
	KUNIT_EXPECT_EQ(test, c, 'a');
	mm_copy(mm, BASE + PAGE_SIZE, &c, 1, 0);
	KUNIT_EXPECT_EQ(test, c, 'b');
out:
	mmput(child);
}

/* Every way to get and to lose memory leaves vm_committed_space right. */
static void mmap_test_accounting(struct kunit *test)
{
	int before = atomic_read(&vm_committed_space);
	struct mm_struct *mm = own_mm(test), *child;

	if (do_mmap(NULL, BASE, 10 * PAGE_SIZE, RW, PRIV, 0) != BASE)
		return;
	KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), before + 10);
	if (sys_mremap(BASE, 10 * PAGE_SIZE, 20 * PAGE_SIZE, 0, 0) == BASE)
		KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), before + 20);
	if (sys_mremap(BASE + 5 * PAGE_SIZE, 5 * PAGE_SIZE, 8 * PAGE_SIZE,
		       MREMAP_MAYMOVE | MREMAP_FIXED, 2 * BASE) == 2 * BASE)
		KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), before + 23);
	if (do_mmap(NULL, 3 * BASE, 4 * PAGE_SIZE, PROT_READ, PRIV, 0) == 3 * BASE &&
	    !sys_mprotect(3 * BASE, 2 * PAGE_SIZE, RW))
		KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), before + 25);
	if (do_mmap(NULL, 4 * BASE, 4 * PAGE_SIZE, RW, SHARED, 0) == 4 * BASE)
		KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), before + 29);
	child = mm_alloc();
	if (child) {
		if (!dup_mmap(child, mm))
			KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), before + 54);
		mmput(child);
	}
	KUNIT_EXPECT_EQ(test, do_munmap(mm, BASE, 16 * BASE), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), before);
	KUNIT_EXPECT_EQ(test, mm->total_vm + mm->data_vm + mm->shared_vm, 0);
}

static void mmap_test_overcommit(struct kunit *test)
{
	int saved = sysctl_overcommit_memory, committed = atomic_read(&vm_committed_space);
	long all = totalram_pages + total_swap_pages;

	sysctl_overcommit_memory = OVERCOMMIT_NEVER;
	KUNIT_EXPECT_EQ(test, security_vm_enough_memory(all), -ENOMEM);
	KUNIT_EXPECT_EQ(test, security_vm_enough_memory(totalram_pages / 4), 0);
	vm_unacct_memory(totalram_pages / 4);
	sysctl_overcommit_memory = OVERCOMMIT_ALWAYS;
	KUNIT_EXPECT_EQ(test, security_vm_enough_memory(all), 0);
	vm_unacct_memory(all);
	sysctl_overcommit_memory = OVERCOMMIT_GUESS;
	KUNIT_EXPECT_EQ(test, security_vm_enough_memory(all), -ENOMEM);
	sysctl_overcommit_memory = saved;
	KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), committed);
}

/* Who cannot wait may go deeper, and nobody gets the last pages. */
static void page_test_watermarks(struct kunit *test)
{
	unsigned int left = 0, deeper = 0, before = nr_free_pages();
	unsigned long saved = fail_nth_allocation(0);
	LIST_HEAD(pages);
	struct page *page, *n;

	do {
		page = alloc_page(__GFP_NOWARN);
		if (page)
			list_add(&page->lru, &pages);
	} while (page);
	left = nr_free_pages();
	KUNIT_EXPECT_GT(test, left, 0);
	while ((page = alloc_page(GFP_ATOMIC | __GFP_NOWARN)) != NULL) {
		list_add(&page->lru, &pages);
		deeper++;
	}
	KUNIT_EXPECT_GT(test, deeper, left / 4);
	KUNIT_EXPECT_GT(test, nr_free_pages(), 0);
	list_for_each_entry_safe(page, n, &pages, lru)
		__free_page(page);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	fail_nth_allocation(saved);
}

static int greedy_writes;

static void allocate_to_print(struct console *con, const char *text, unsigned int len)
{
	struct page *page = alloc_page(GFP_ATOMIC);

	greedy_writes++;
	if (page)
		__free_page(page);
}

static struct console greedy_console = { .name = "greedy", .write = allocate_to_print };

/* A console that sends packets allocates while it prints. */
static void page_test_show_free(struct kunit *test)
{
	int saved = console_loglevel;

	register_console(&greedy_console);
	console_loglevel = 8;
	show_free_areas();
	console_loglevel = saved;
	unregister_console(&greedy_console);
	KUNIT_EXPECT_GT(test, greedy_writes, MAX_ORDER);
}
DECLARE_KNOWN_BUG(page_test_show_free);

static LIST_HEAD(taken_pages);

static void free_taken_page(void)
{
	struct page *page = list_entry(taken_pages.next, struct page, lru);

	list_del(&page->lru);
	__free_page(page);
}

static int free_page_later(void *unused)
{
	schedule_timeout_uninterruptible(HZ);
	free_taken_page();
	return 0;
}

/* Even who frees memory has to wait when he must not fail. */
static void page_test_nofail(struct kunit *test)
{
	unsigned long saved = fail_nth_allocation(0);
	int pid = kernel_thread(free_page_later, NULL, SIGCHLD);
	struct page *page;

	current->flags |= PF_MEMALLOC;
	while ((page = alloc_page(GFP_KERNEL | __GFP_NOWARN)) != NULL)
		list_add(&page->lru, &taken_pages);
	page = alloc_page(GFP_KERNEL | __GFP_NOWARN | __GFP_NOFAIL);
	current->flags &= ~PF_MEMALLOC;
	KUNIT_EXPECT_NOT_NULL(test, page);
	if (page)
		__free_page(page);
	sys_wait4(pid, NULL, 0, NULL);
	while (!list_empty(&taken_pages))
		free_taken_page();
	fail_nth_allocation(saved);
}
DECLARE_KNOWN_BUG(page_test_nofail);

static void page_test_dma(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL | __GFP_DMA);

	if (!page)
		return;
	KUNIT_EXPECT_LT(test, page - mem_map, MAX_DMA_PFN);
	__free_page(page);
}

static void vmalloc_test(struct kunit *test)
{
	unsigned int before = nr_free_pages();
	unsigned long size = 300 * 1024 + 1;
	char *p = vmalloc(size);

	KUNIT_EXPECT_NULL(test, vmalloc(0));
	KUNIT_EXPECT_NULL(test, vmalloc(PAGE_SIZE << MAX_ORDER));
	if (!p)
		return;
	KUNIT_EXPECT_EQ(test, before - nr_free_pages(), 76);
	memset(p, 1, size);
	KUNIT_EXPECT_PTR_EQ(test, vmlist->addr, (void *)p);
	vfree(p);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static int cache_size;

static int shrink_it(int nr_to_scan, gfp_t gfp_mask)
{
	cache_size -= nr_to_scan;
	return cache_size;
}

static void shrinker_test(struct kunit *test)
{
	struct shrinker *s = set_shrinker(DEFAULT_SEEKS, shrink_it);

	if (!s)
		return;
	cache_size = 10;
	try_to_free_pages(0);
	KUNIT_EXPECT_EQ(test, cache_size, 0);
	remove_shrinker(s);
	cache_size = 10;
	try_to_free_pages(0);
	KUNIT_EXPECT_EQ(test, cache_size, 10);
}

static struct task_struct victim(struct mm_struct *mm, int uid)
{
	struct task_struct p = { .mm = mm, .uid = uid, .euid = uid, .static_prio = 120 };

	return p;
}

static void oom_test_badness(struct kunit *test)
{
	static struct task_struct p, child;
	static struct mm_struct mm, other;

	mm.total_vm = 1000;
	other.total_vm = 500;
	p = victim(&mm, 1000);
	INIT_LIST_HEAD(&p.children);
	KUNIT_EXPECT_EQ(test, badness(&p, 0), 1000);
	child = victim(&other, 1000);
	list_add(&child.sibling, &p.children);
	KUNIT_EXPECT_EQ(test, badness(&p, 0), 1251);
	list_del(&child.sibling);
	p.static_prio = 130;
	KUNIT_EXPECT_EQ(test, badness(&p, 0), 2000);
	p.oomkilladj = -2;
	KUNIT_EXPECT_EQ(test, badness(&p, 0), 500);
	p.oomkilladj = 3;
	KUNIT_EXPECT_EQ(test, badness(&p, 0), 16000);
	p.oomkilladj = 0;
	p.uid = 0;
	KUNIT_EXPECT_EQ(test, badness(&p, 0), 500);
	p.uid = 1000;
	/* Old tasks that have worked are worth more than their size. */
	p.utime = 8 * HZ * 4;
	KUNIT_EXPECT_EQ(test, badness(&p, 0), 1000);
	KUNIT_EXPECT_EQ(test, badness(&p, 1024 * 16), 500);
}

/* Who needs memory to exit gets it, rather than wait for his own end. */
static void oom_test_exiting(struct kunit *test)
{
	current->flags |= PF_EXITING;
	out_of_memory(GFP_KERNEL, 0);
	current->flags &= ~PF_EXITING;
	KUNIT_EXPECT_TRUE(test, test_tsk_thread_flag(current, TIF_MEMDIE));
	KUNIT_EXPECT_FALSE(test, signal_pending(current));
	clear_tsk_thread_flag(current, TIF_MEMDIE);
}
DECLARE_KNOWN_BUG(oom_test_exiting);

static void shmem_test_sizes(struct kunit *test)
{
	int committed = atomic_read(&vm_committed_space);
	struct file *file = shmem_file_setup("test", 3 * PAGE_SIZE, VM_ACCOUNT);
	loff_t pos = 0;
	char c = 'x';

	KUNIT_EXPECT_EQ(test, PTR_ERR(shmem_file_setup("test", -1, 0)), -EINVAL);
	if (IS_ERR(file))
		return;
	KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), committed + 3);
	if (vfs_write(file, (char __user __force *)&c, 1, &pos) == 1)
		KUNIT_EXPECT_EQ(test, SHMEM_I(file->f_dentry->d_inode)->alloced, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), committed + 3);
	fput(file);
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), committed);
}

#define SWAP_PAGES 16

/* A swap file as mkswap makes it. */
static int make_swap_file(const char *name)
{
	static char page[PAGE_SIZE];
	union swap_header *header = (void *)page;
	struct file *file = filp_open(name, O_CREAT | O_RDWR, 0600);
	loff_t pos = 0;
	int i, bad = 0;

	if (IS_ERR(file))
		return PTR_ERR(file);
	memset(page, 0, sizeof(page));
	header->info.version = 1;
	header->info.last_page = SWAP_PAGES;
	memcpy(header->magic.magic, "SWAPSPACE2", 10);
	for (i = 0; i <= SWAP_PAGES; i++) {
		bad |= vfs_write(file, (char __user __force *)page, PAGE_SIZE, &pos) != PAGE_SIZE;
		memset(page, 0, sizeof(page));
	}
	filp_close(file, NULL);
	return bad ? -ENOSPC : 0;
}

/* Pages go out, are shared by fork while they are there, and come back. */
static void swap_test(struct kunit *test)
{
	const char __user *name = (const char __user __force *)"/swap";
	struct mm_struct *mm = own_mm(test), *child;
	char c = 'x';

	if (make_swap_file("/swap") || sys_swapon(name, 0))
		goto out;
	KUNIT_EXPECT_EQ(test, sys_swapon(name, 0), -EBUSY);
	KUNIT_EXPECT_EQ(test, nr_swap_pages, SWAP_PAGES);
	if (do_mmap(NULL, BASE, PAGE_SIZE, RW, PRIV, 0) != BASE || mm_copy(mm, BASE, &c, 1, 1))
		goto out_swapoff;
	KUNIT_EXPECT_GE(test, try_to_free_pages(GFP_KERNEL), 1);
	KUNIT_EXPECT_EQ(test, mm->rss, 0);
	KUNIT_EXPECT_EQ(test, nr_swap_pages, SWAP_PAGES - 1);
	child = mm_alloc();
	if (child && !dup_mmap(child, mm)) {
		c = 0;
		if (!mm_copy(child, BASE, &c, 1, 0))
			KUNIT_EXPECT_EQ(test, c, 'x');
		KUNIT_EXPECT_EQ(test, nr_swap_pages, SWAP_PAGES - 1);
	}
	if (child)
		mmput(child);
out_swapoff:
	/* Once more, where an allocation was made to fail. */
	if (!sys_swapoff(name) || !sys_swapoff(name)) {
		c = 0;
		if (mm->mmap && !mm_copy(mm, BASE, &c, 1, 0))
			KUNIT_EXPECT_EQ(test, c, 'x');
		KUNIT_EXPECT_EQ(test, total_swap_pages, 0);
		KUNIT_EXPECT_EQ(test, sys_swapoff(name), -EINVAL);
	}
out:
	if (sys_unlink(name))
		sys_unlink(name);
}

static struct kunit_case mm_test_cases[] = {
	KUNIT_CASE(mmap_test_split_merge),
	KUNIT_CASE(mmap_test_tables),
	KUNIT_CASE(mmap_test_fork),
	KUNIT_CASE(mmap_test_accounting),
	KUNIT_CASE(mmap_test_overcommit),
	KUNIT_CASE(page_test_watermarks),
	KUNIT_CASE(page_test_show_free),
	KUNIT_CASE(page_test_nofail),
	KUNIT_CASE(page_test_dma),
	KUNIT_CASE(vmalloc_test),
	KUNIT_CASE(shrinker_test),
	KUNIT_CASE(oom_test_badness),
	KUNIT_CASE(oom_test_exiting),
	KUNIT_CASE(shmem_test_sizes),
	KUNIT_CASE(swap_test),
	{}
};

static struct kunit_suite mm_test_suite = {
	.name = "mm",
	.test_cases = mm_test_cases,
};

kunit_test_suite(mm_test_suite);
