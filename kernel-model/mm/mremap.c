// SPDX-License-Identifier: GPL-2.0-only
/* Making mappings larger or smaller, and moving them. */
#include <linux/mm.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* The same memory at another place, where nothing is mapped. */
static struct vm_area_struct *copy_vma(struct mm_struct *mm, struct vm_area_struct *vma,
				       unsigned long old_addr, unsigned long addr,
				       unsigned long len)
{
	struct vm_area_struct *new = kmem_cache_alloc(vm_area_cachep, GFP_KERNEL);

	if (!new)
		return NULL;
	*new = *vma;
	new->vm_start = addr;
	new->vm_end = addr + len;
	new->vm_pgoff += (old_addr - vma->vm_start) >> PAGE_SHIFT;
	if (new->vm_file)
		get_file(new->vm_file);
	if (new->vm_ops && new->vm_ops->open)
		new->vm_ops->open(new);
	vma_link(mm, new);
	return new;
}

/*
 * The old range goes when the new one has all its pages.  What the mapping grows
 * by has been charged, and the old range takes its own charge along.
 */
static unsigned long move_vma(struct mm_struct *mm, struct vm_area_struct *vma,
			      unsigned long old_addr, unsigned long old_len,
			      unsigned long new_len, unsigned long new_addr)
{
	unsigned long account = vma->vm_flags & VM_ACCOUNT;
	struct vm_area_struct *new;

	new = copy_vma(mm, vma, old_addr, new_addr, new_len);
	if (!new)
		return -ENOMEM;
	vm_stat_account(mm, new->vm_flags, new->vm_file, vma_pages(new));
	if (account)
		vm_acct_memory(old_len >> PAGE_SHIFT);
	if (copy_page_range(mm, new_addr, mm, old_addr, old_len)) {
		if (account)
			vm_acct_memory((new_len - old_len) >> PAGE_SHIFT);
		do_munmap(mm, new_addr, new_len);
		return -ENOMEM;
	}
	do_munmap(mm, old_addr, old_len);
	return new_addr;
}

/* The mapping that an old range lies in, if it may grow to a new length. */
static struct vm_area_struct *vma_to_resize(struct mm_struct *mm, unsigned long addr,
					    unsigned long old_len, unsigned long new_len)
{
	unsigned long limit = current->signal->rlim[RLIMIT_MEMLOCK].rlim_cur;
	struct vm_area_struct *vma = find_vma(mm, addr);

	if (!vma || vma->vm_start > addr || old_len > vma->vm_end - addr)
		return ERR_PTR(-EFAULT);
	if (vma->vm_flags & VM_DONTEXPAND)
		return ERR_PTR(-EFAULT);
	if (vma->vm_flags & VM_LOCKED && !capable(CAP_IPC_LOCK) &&
	    (mm->locked_vm << PAGE_SHIFT) + new_len - old_len > limit)
		return ERR_PTR(-EAGAIN);
	if (!may_expand_vm(mm, (new_len - old_len) >> PAGE_SHIFT))
		return ERR_PTR(-ENOMEM);
	if (vma->vm_flags & VM_ACCOUNT &&
	    security_vm_enough_memory((new_len - old_len) >> PAGE_SHIFT))
		return ERR_PTR(-ENOMEM);
	return vma;
}

/* Is there room behind a mapping? */
static int can_grow(struct vm_area_struct *vma, unsigned long addr, unsigned long old_len,
		    unsigned long new_len)
{
	unsigned long max = vma->vm_next ? vma->vm_next->vm_start : TASK_SIZE;

	return addr + old_len == vma->vm_end && new_len <= max - addr;
}

static void grow_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long pages)
{
	vma->vm_end += pages << PAGE_SHIFT;
	vm_stat_account(mm, vma->vm_flags, vma->vm_file, pages);
	if (vma->vm_flags & VM_LOCKED)
		make_pages_present(vma->vm_end - (pages << PAGE_SHIFT), vma->vm_end);
	vma_merge_around(mm, vma);
}

/* Where the mapping is to go; what is there is unmapped if that was asked for. */
static unsigned long new_place(struct mm_struct *mm, struct vm_area_struct *vma,
			       unsigned long addr, unsigned long new_len,
			       unsigned long flags, unsigned long new_addr)
{
	unsigned long pgoff = vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT);

	return get_unmapped_area(vma->vm_file, new_addr, new_len, pgoff,
				 flags & MREMAP_FIXED ? MAP_FIXED : 0);
}

/* Checks a new address and clears the place; 0 or an error. */
static int prepare_fixed(struct mm_struct *mm, unsigned long addr, unsigned long old_len,
			 unsigned long new_addr, unsigned long new_len, unsigned long flags)
{
	if (new_addr & ~PAGE_MASK || !(flags & MREMAP_MAYMOVE))
		return -EINVAL;
	if (new_len > TASK_SIZE || new_addr > TASK_SIZE - new_len)
		return -EINVAL;
	if (new_addr < addr + old_len && addr < new_addr + new_len)
		return -EINVAL;
	return do_munmap(mm, new_addr, new_len);
}

static unsigned long do_mremap(unsigned long addr, unsigned long old_len, unsigned long new_len,
			       unsigned long flags, unsigned long new_addr)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	unsigned long ret, grow;

	if (flags & ~(MREMAP_FIXED | MREMAP_MAYMOVE) || addr & ~PAGE_MASK)
		return -EINVAL;
	old_len = PAGE_ALIGN(old_len);
	new_len = PAGE_ALIGN(new_len);
	if (!new_len || !old_len)
		return -EINVAL;
	if (flags & MREMAP_FIXED) {
		ret = prepare_fixed(mm, addr, old_len, new_addr, new_len, flags);
		if (ret)
			return ret;
	}
	if (old_len >= new_len) {
		ret = old_len > new_len ? do_munmap(mm, addr + new_len, old_len - new_len) : 0;
		if (ret || !(flags & MREMAP_FIXED) || addr == new_addr)
			return ret ? ret : addr;
		old_len = new_len;
	}
	vma = vma_to_resize(mm, addr, old_len, new_len);
	if (IS_ERR(vma))
		return PTR_ERR(vma);
	grow = (new_len - old_len) >> PAGE_SHIFT;
	if (!(flags & MREMAP_FIXED) && can_grow(vma, addr, old_len, new_len)) {
		grow_vma(mm, vma, grow);
		return addr;
	}
	ret = -ENOMEM;
	if (flags & MREMAP_MAYMOVE) {
		ret = new_place(mm, vma, addr, new_len, flags, new_addr);
		if (!(ret & ~PAGE_MASK))
			ret = move_vma(mm, vma, addr, old_len, new_len, ret);
	}
	if (ret & ~PAGE_MASK && vma->vm_flags & VM_ACCOUNT)
		vm_unacct_memory(grow);
	return ret;
}

asmlinkage unsigned long sys_mremap(unsigned long addr, unsigned long old_len,
				    unsigned long new_len, unsigned long flags,
				    unsigned long new_addr)
{
	unsigned long ret;

	down_write(&current->mm->mmap_sem);
	ret = do_mremap(addr, old_len, new_len, flags, new_addr);
	up_write(&current->mm->mmap_sem);
	return ret;
}
