// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mappings: which there are, how they are split and joined, and how much memory
 * they may promise.
 */
#include <linux/mm.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define DEFAULT_MAX_MAP_COUNT	65536

/* Pages that have been promised, in all. */
atomic_t vm_committed_space = ATOMIC_INIT(0);

int sysctl_overcommit_memory = OVERCOMMIT_GUESS;
int sysctl_overcommit_ratio = 50;	/* of memory, in percent */
int sysctl_max_map_count = DEFAULT_MAX_MAP_COUNT;

/* Never more than memory's share and swap; some stays for root, and for the others. */
static int commit_strictly(int cap_sys_admin)
{
	unsigned long allowed = totalram_pages * sysctl_overcommit_ratio / 100;

	if (!cap_sys_admin)
		allowed -= allowed / 32;
	allowed += total_swap_pages;
	if (current->mm)
		allowed -= min(allowed, current->mm->total_vm / 32);
	return atomic_read(&vm_committed_space) < (long)allowed;
}

/* Only what could not be had even if all others gave up theirs. */
static int commit_by_guess(long pages, int cap_sys_admin)
{
	unsigned long free = nr_swap_pages + nr_free_pages();

	if (!cap_sys_admin)
		free -= free / 32;
	return free > pages;
}

/**
 * security_vm_enough_memory - may a mapping promise so many more pages?
 *
 * Returns 0 and counts them in vm_committed_space, or -ENOMEM.
 */
int security_vm_enough_memory(long pages)
{
	int cap_sys_admin = capable(CAP_SYS_ADMIN), ok = 1;

	vm_acct_memory(pages);
	if (sysctl_overcommit_memory == OVERCOMMIT_GUESS)
		ok = commit_by_guess(pages, cap_sys_admin);
	else if (sysctl_overcommit_memory == OVERCOMMIT_NEVER)
		ok = commit_strictly(cap_sys_admin);
	if (ok)
		return 0;
	vm_unacct_memory(pages);
	return -ENOMEM;
}

int may_expand_vm(struct mm_struct *mm, unsigned long npages)
{
	unsigned long lim = current->signal->rlim[RLIMIT_AS].rlim_cur >> PAGE_SHIFT;

	return mm->total_vm + npages <= lim;
}

/* The part of total_vm that counts as data, and as shared. */
void vm_stat_account(struct mm_struct *mm, unsigned long flags, struct file *file, long pages)
{
	mm->total_vm += pages;
	if (file)
		mm->shared_vm += pages;
	if ((flags & (VM_WRITE | VM_SHARED)) == VM_WRITE)
		mm->data_vm += pages;
	if (flags & VM_LOCKED)
		mm->locked_vm += pages;
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
	vma->vm_pgoff = start >> PAGE_SHIFT;
	return vma;
}

/* The last of a mapping; its pages are gone. */
static void remove_vma(struct vm_area_struct *vma)
{
	if (vma->vm_ops && vma->vm_ops->close)
		vma->vm_ops->close(vma);
	if (vma->vm_file)
		fput(vma->vm_file);
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

/* The same; *pprev is the mapping before it, or NULL. */
struct vm_area_struct *find_vma_prev(struct mm_struct *mm, unsigned long addr,
				     struct vm_area_struct **pprev)
{
	struct vm_area_struct *vma = mm->mmap;

	*pprev = NULL;
	for (; vma && vma->vm_end <= addr; vma = vma->vm_next)
		*pprev = vma;
	return vma;
}

static int can_merge(const struct vm_area_struct *a, const struct vm_area_struct *b)
{
	return a->vm_end == b->vm_start && a->vm_flags == b->vm_flags &&
	       a->vm_file == b->vm_file && a->vm_ops == b->vm_ops &&
	       !(a->vm_ops && a->vm_ops->close) &&
	       a->vm_private_data == b->vm_private_data &&
	       (a->vm_file ? a->vm_pgoff + vma_pages(a) == b->vm_pgoff : 1);
}

/* Makes one of a mapping and the next. */
static void merge_next(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct *next = vma->vm_next;

	vma->vm_end = next->vm_end;
	vma->vm_next = next->vm_next;
	mm->map_count--;
	remove_vma(next);
}

/**
 * vma_merge_around - join a mapping with its neighbours where they are alike
 *
 * Returns the mapping that has become of it.
 */
struct vm_area_struct *vma_merge_around(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct *prev;

	find_vma_prev(mm, vma->vm_start, &prev);
	if (vma->vm_next && can_merge(vma, vma->vm_next))
		merge_next(mm, vma);
	if (prev && can_merge(prev, vma)) {
		merge_next(mm, prev);
		vma = prev;
	}
	return vma;
}

/**
 * split_vma - make two mappings of one
 * @addr: where
 * @new_below: the new one is the lower one
 */
int split_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr,
	      int new_below)
{
	struct vm_area_struct *new;

	if (mm->map_count >= sysctl_max_map_count)
		return -ENOMEM;
	new = kmem_cache_alloc(vm_area_cachep, GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	*new = *vma;
	if (new->vm_file)
		get_file(new->vm_file);
	if (new_below)
		new->vm_end = addr;
	else
		new->vm_start = addr;
	if (new->vm_ops && new->vm_ops->open)
		new->vm_ops->open(new);
	if (new_below)
		vma->vm_start = addr;
	else
		vma->vm_end = addr;
	if (new_below)
		vma->vm_pgoff += vma_pages(new);
	else
		new->vm_pgoff += vma_pages(vma);
	vma_link(mm, new);
	return 0;
}

/**
 * get_unmapped_area - room for a mapping
 * @addr: where it is wanted, if it is free; must be there with MAP_FIXED
 *
 * Returns the address, or an error.
 */
unsigned long get_unmapped_area(struct file *file, unsigned long addr, unsigned long len,
				unsigned long pgoff, unsigned long flags)
{
	struct vm_area_struct *vma;

	if (len > TASK_SIZE)
		return -ENOMEM;
	if (flags & MAP_FIXED) {
		if (addr > TASK_SIZE - len)
			return -ENOMEM;
		return addr & ~PAGE_MASK ? -EINVAL : addr;
	}
	addr = PAGE_ALIGN(addr);
	vma = find_vma(current->mm, addr);
	if (addr && addr <= TASK_SIZE - len && (!vma || addr + len <= vma->vm_start))
		return addr;
	addr = TASK_UNMAPPED_BASE;
	for (vma = find_vma(current->mm, addr); vma; vma = vma->vm_next) {
		if (addr + len <= vma->vm_start)
			break;
		addr = vma->vm_end;
	}
	return addr > TASK_SIZE - len ? -ENOMEM : addr;
}

static unsigned long calc_vm_flags(unsigned long prot, unsigned long flags)
{
	unsigned long vm_flags = current->mm->def_flags | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;

	vm_flags |= prot & PROT_READ ? VM_READ : 0;
	vm_flags |= prot & PROT_WRITE ? VM_WRITE : 0;
	vm_flags |= prot & PROT_EXEC ? VM_EXEC : 0;
	vm_flags |= flags & MAP_GROWSDOWN ? VM_GROWSDOWN : 0;
	vm_flags |= flags & MAP_LOCKED ? VM_LOCKED : 0;
	vm_flags |= flags & MAP_NORESERVE ? VM_NORESERVE : 0;
	return vm_flags;
}

/* How the file was opened limits what can be done with a mapping of it. */
static int check_mmap_file(struct file *file, unsigned long flags, unsigned long *vm_flags)
{
	switch (flags & MAP_TYPE) {
	case MAP_SHARED:
		if (*vm_flags & VM_WRITE && !(file->f_mode & FMODE_WRITE))
			return -EACCES;
		*vm_flags |= VM_SHARED | VM_MAYSHARE;
		if (!(file->f_mode & FMODE_WRITE))
			*vm_flags &= ~(VM_MAYWRITE | VM_SHARED);
		fallthrough;
	case MAP_PRIVATE:
		if (!(file->f_mode & FMODE_READ))
			return -EACCES;
		break;
	default:
		return -EINVAL;
	}
	return file->f_op && file->f_op->mmap ? 0 : -ENODEV;
}

static int check_mmap_anon(unsigned long flags, unsigned long *vm_flags)
{
	switch (flags & MAP_TYPE) {
	case MAP_SHARED:
		*vm_flags |= VM_SHARED | VM_MAYSHARE;
		return 0;
	case MAP_PRIVATE:
		return 0;
	default:
		return -EINVAL;
	}
}

/* VM_LOCKED: who may, and how much. */
static int check_locked(struct mm_struct *mm, unsigned long flags, unsigned long vm_flags,
			unsigned long len)
{
	unsigned long limit = current->signal->rlim[RLIMIT_MEMLOCK].rlim_cur;

	if (flags & MAP_LOCKED && !can_do_mlock())
		return -EPERM;
	if (vm_flags & VM_LOCKED && !capable(CAP_IPC_LOCK) &&
	    (mm->locked_vm << PAGE_SHIFT) + len > limit)
		return -EAGAIN;
	return 0;
}

/* Counts what the mapping promises; *charged is that in pages. */
static int charge_mapping(unsigned long len, unsigned long *vm_flags, unsigned long *charged)
{
	*charged = 0;
	if (*vm_flags & VM_NORESERVE && sysctl_overcommit_memory != OVERCOMMIT_NEVER)
		return 0;
	if (*vm_flags & VM_SHARED || !(*vm_flags & VM_WRITE))
		return 0;
	if (security_vm_enough_memory(len >> PAGE_SHIFT))
		return -ENOMEM;
	*charged = len >> PAGE_SHIFT;
	*vm_flags |= VM_ACCOUNT;
	return 0;
}

/* Gives a new mapping its file: the caller's, or one of its own for shared memory. */
static int attach_file(struct vm_area_struct *vma, struct file *file)
{
	int error;

	if (!file)
		return vma->vm_flags & VM_SHARED ? shmem_zero_setup(vma) : 0;
	vma->vm_file = file;
	get_file(file);
	error = file->f_op->mmap(file, vma);
	if (error) {
		vma->vm_file = NULL;
		fput(file);
	}
	return error;
}

/* A mapping whose place is free. */
static unsigned long mmap_region(struct file *file, unsigned long addr, unsigned long len,
				 unsigned long vm_flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	unsigned long charged;
	int error;

	if (charge_mapping(len, &vm_flags, &charged))
		return -ENOMEM;
	error = -ENOMEM;
	vma = vma_alloc(mm, addr, addr + len, vm_flags);
	if (!vma)
		goto unacct;
	if (file || vm_flags & VM_SHARED)
		vma->vm_pgoff = pgoff;
	error = attach_file(vma, file);
	if (error)
		goto free_vma;
	vma_link(mm, vma);
	vm_stat_account(mm, vm_flags, vma->vm_file, len >> PAGE_SHIFT);
	vma_merge_around(mm, vma);
	return addr;

free_vma:
	kmem_cache_free(vm_area_cachep, vma);
unacct:
	vm_unacct_memory(charged);
	return error;
}

/**
 * do_mmap_pgoff - map a file, or nothing
 * @file: NULL for anonymous memory
 * @pgoff: where in the file, in pages
 *
 * The caller holds mmap_sem for writing.  Returns the address, or an error.
 */
unsigned long do_mmap_pgoff(struct file *file, unsigned long addr, unsigned long len,
			    unsigned long prot, unsigned long flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	unsigned long vm_flags;
	int error;

	if (!len)
		return -EINVAL;
	len = PAGE_ALIGN(len);
	if (!len || len > TASK_SIZE)
		return -ENOMEM;
	if (pgoff + (len >> PAGE_SHIFT) < pgoff)
		return -EOVERFLOW;
	if (mm->map_count > sysctl_max_map_count)
		return -ENOMEM;
	addr = get_unmapped_area(file, addr, len, pgoff, flags);
	if (addr & ~PAGE_MASK)
		return addr;
	vm_flags = calc_vm_flags(prot, flags);
	error = check_locked(mm, flags, vm_flags, len);
	if (!error)
		error = file ? check_mmap_file(file, flags, &vm_flags) :
			       check_mmap_anon(flags, &vm_flags);
	if (error)
		return error;
	if (do_munmap(mm, addr, len))
		return -ENOMEM;
	if (!may_expand_vm(mm, len >> PAGE_SHIFT))
		return -ENOMEM;
	addr = mmap_region(file, addr, len, vm_flags, file ? pgoff : 0);
	if (!(addr & ~PAGE_MASK) && (vm_flags & VM_LOCKED || flags & MAP_POPULATE))
		make_pages_present(addr, addr + len);
	return addr;
}
EXPORT_SYMBOL(do_mmap_pgoff);

/* The same with the place in the file in bytes. */
unsigned long do_mmap(struct file *file, unsigned long addr, unsigned long len,
		      unsigned long prot, unsigned long flag, unsigned long offset)
{
	if (offset + PAGE_ALIGN(len) < offset || offset & ~PAGE_MASK)
		return -EINVAL;
	return do_mmap_pgoff(file, addr, len, prot, flag, offset >> PAGE_SHIFT);
}
EXPORT_SYMBOL(do_mmap);

asmlinkage long sys_mmap(unsigned long addr, unsigned long len, unsigned long prot,
			 unsigned long flags, unsigned long fd, unsigned long off)
{
	struct file *file = NULL;
	long ret;

	if (off & ~PAGE_MASK)
		return -EINVAL;
	if (!(flags & MAP_ANONYMOUS)) {
		file = fget(fd);
		if (!file)
			return -EBADF;
	}
	down_write(&current->mm->mmap_sem);
	ret = do_mmap_pgoff(file, addr, len, prot, flags, off >> PAGE_SHIFT);
	up_write(&current->mm->mmap_sem);
	if (file)
		fput(file);
	return ret;
}

/* Splits the mappings at both ends of a range, if they go beyond it. */
static int split_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	if (vma && start > vma->vm_start && split_vma(mm, vma, start, 0))
		return -ENOMEM;
	vma = find_vma(mm, end);
	if (vma && end > vma->vm_start && split_vma(mm, vma, end, 1))
		return -ENOMEM;
	return 0;
}

static void unmap_vma(struct mm_struct *mm, struct vm_area_struct *vma)
{
	zap_page_range(mm, vma->vm_start, vma->vm_end);
	if (vma->vm_flags & VM_ACCOUNT)
		vm_unacct_memory(vma_pages(vma));
	vm_stat_account(mm, vma->vm_flags, vma->vm_file, -vma_pages(vma));
	mm->map_count--;
	remove_vma(vma);
}

/**
 * do_munmap - remove whatever is mapped in a range
 *
 * The caller holds mmap_sem for writing.
 */
int do_munmap(struct mm_struct *mm, unsigned long start, size_t len)
{
	struct vm_area_struct *vma, *prev;
	unsigned long end;

	if (start & ~PAGE_MASK || start > TASK_SIZE || len > TASK_SIZE - start)
		return -EINVAL;
	end = start + PAGE_ALIGN(len);
	if (end == start)
		return -EINVAL;
	if (split_range(mm, start, end))
		return -ENOMEM;
	vma = find_vma_prev(mm, start, &prev);
	while (vma && vma->vm_start < end) {
		*(prev ? &prev->vm_next : &mm->mmap) = vma->vm_next;
		unmap_vma(mm, vma);
		vma = prev ? prev->vm_next : mm->mmap;
	}
	return 0;
}
EXPORT_SYMBOL(do_munmap);

asmlinkage long sys_munmap(unsigned long addr, size_t len)
{
	struct mm_struct *mm = current->mm;
	int ret;

	down_write(&mm->mmap_sem);
	ret = do_munmap(mm, addr, len);
	up_write(&mm->mmap_sem);
	return ret;
}

/**
 * do_brk - anonymous memory at an address, in place of what is there
 *
 * The short way of do_mmap() for brk() and for loading programs.
 */
unsigned long do_brk(unsigned long addr, unsigned long len)
{
	struct mm_struct *mm = current->mm;
	unsigned long flags = VM_DATA_DEFAULT_FLAGS | mm->def_flags, ret;
	int error;

	len = PAGE_ALIGN(len);
	if (!len)
		return addr;
	if (addr > TASK_SIZE || len > TASK_SIZE - addr)
		return -EINVAL;
	error = check_locked(mm, 0, flags, len);
	if (error)
		return error;
	if (do_munmap(mm, addr, len) || !may_expand_vm(mm, len >> PAGE_SHIFT) ||
	    mm->map_count > sysctl_max_map_count)
		return -ENOMEM;
	ret = mmap_region(NULL, addr, len, flags, 0);
	if (ret == addr && flags & VM_LOCKED)
		make_pages_present(addr, addr + len);
	return ret;
}
EXPORT_SYMBOL(do_brk);

/* With mmap_sem held; 1 if the break may be and is there now. */
static int set_brk(struct mm_struct *mm, unsigned long brk)
{
	unsigned long rlim = current->signal->rlim[RLIMIT_DATA].rlim_cur;
	unsigned long newbrk = PAGE_ALIGN(brk), oldbrk = PAGE_ALIGN(mm->brk);
	struct vm_area_struct *vma;

	if (brk < mm->start_brk)
		return 0;
	if (brk <= mm->brk)
		return newbrk == oldbrk || !do_munmap(mm, newbrk, oldbrk - newbrk);
	if (rlim < RLIM_INFINITY && brk - mm->start_brk > rlim)
		return 0;
	if (newbrk == oldbrk)
		return 1;
	/* The page behind stays free. */
	vma = find_vma(mm, oldbrk);
	if (vma && vma->vm_start < newbrk + PAGE_SIZE)
		return 0;
	return do_brk(oldbrk, newbrk - oldbrk) == oldbrk;
}

asmlinkage long sys_brk(unsigned long brk)
{
	struct mm_struct *mm = current->mm;
	unsigned long ret;

	down_write(&mm->mmap_sem);
	if (set_brk(mm, brk))
		mm->brk = brk;
	ret = mm->brk;
	up_write(&mm->mmap_sem);
	return ret;
}

/* Copies one mapping for a new address space, with its charge. */
static struct vm_area_struct *dup_vma(struct mm_struct *mm, const struct vm_area_struct *old)
{
	struct vm_area_struct *vma;

	if (old->vm_flags & VM_ACCOUNT && security_vm_enough_memory(vma_pages(old)))
		return NULL;
	vma = vma_alloc(mm, old->vm_start, old->vm_end, old->vm_flags & ~VM_LOCKED);
	if (!vma) {
		if (old->vm_flags & VM_ACCOUNT)
			vm_unacct_memory(vma_pages(old));
		return NULL;
	}
	vma->vm_ops = old->vm_ops;
	vma->vm_pgoff = old->vm_pgoff;
	vma->vm_file = old->vm_file;
	vma->vm_private_data = old->vm_private_data;
	if (vma->vm_file)
		get_file(vma->vm_file);
	if (vma->vm_ops && vma->vm_ops->open)
		vma->vm_ops->open(vma);
	return vma;
}

/**
 * dup_mmap - fill a new address space with what another has
 */
int dup_mmap(struct mm_struct *mm, struct mm_struct *oldmm)
{
	struct vm_area_struct *old, *vma;
	int retval = 0;

	down_write(&oldmm->mmap_sem);
	for (old = oldmm->mmap; old && !retval; old = old->vm_next) {
		if (old->vm_flags & VM_DONTCOPY)
			continue;
		retval = -ENOMEM;
		vma = dup_vma(mm, old);
		if (!vma)
			break;
		vma_link(mm, vma);
		vm_stat_account(mm, vma->vm_flags, vma->vm_file, vma_pages(vma));
		retval = copy_page_range(mm, vma->vm_start, oldmm, vma->vm_start,
					 vma->vm_end - vma->vm_start);
	}
	mm->start_brk = oldmm->start_brk;
	mm->brk = oldmm->brk;
	mm->arg_start = oldmm->arg_start;
	mm->arg_end = oldmm->arg_end;
	mm->dumpable = oldmm->dumpable;
	up_write(&oldmm->mmap_sem);
	return retval;
}

void exit_mmap(struct mm_struct *mm)
{
	struct vm_area_struct *vma;

	while (mm->mmap) {
		vma = mm->mmap;
		mm->mmap = vma->vm_next;
		unmap_vma(mm, vma);
	}
	WARN_ON(mm->pgd || mm->nr_ptes || mm->total_vm);
}
