// SPDX-License-Identifier: GPL-2.0-only
/* Changing what may be done with mappings. */
#include <linux/mm.h>
#include <linux/kernel.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* Gives one mapping, or the part of it up to @end, new flags. */
static int mprotect_fixup(struct mm_struct *mm, struct vm_area_struct **vmap,
			  unsigned long start, unsigned long end, unsigned long newflags)
{
	struct vm_area_struct *vma = *vmap;
	unsigned long charged = 0;
	int error;

	if (newflags == vma->vm_flags)
		return 0;
	/* What becomes writable for the first time may cost memory of its own. */
	if (newflags & VM_WRITE && !(vma->vm_flags & (VM_ACCOUNT | VM_WRITE | VM_SHARED)) &&
	    !(vma->vm_flags & VM_NORESERVE && sysctl_overcommit_memory != OVERCOMMIT_NEVER)) {
		charged = (end - start) >> PAGE_SHIFT;
		if (security_vm_enough_memory(charged))
			return -ENOMEM;
		newflags |= VM_ACCOUNT;
	}
	error = start > vma->vm_start ? split_vma(mm, vma, start, 1) : 0;
	if (!error && end < vma->vm_end)
		error = split_vma(mm, vma, end, 0);
	if (error) {
		vm_unacct_memory(charged);
		return error;
	}
	vm_stat_account(mm, vma->vm_flags, vma->vm_file, -vma_pages(vma));
	vma->vm_flags = newflags;
	vm_stat_account(mm, vma->vm_flags, vma->vm_file, vma_pages(vma));
	*vmap = vma_merge_around(mm, vma);
	return 0;
}

/* With mmap_sem held for writing. */
static int do_mprotect(struct mm_struct *mm, unsigned long start, unsigned long end,
		       unsigned long prot)
{
	unsigned long prot_flags = 0, newflags, tmp;
	struct vm_area_struct *vma;
	int error;

	prot_flags |= prot & PROT_READ ? VM_READ : 0;
	prot_flags |= prot & PROT_WRITE ? VM_WRITE : 0;
	prot_flags |= prot & PROT_EXEC ? VM_EXEC : 0;
	while (start < end) {
		vma = find_vma(mm, start);
		if (!vma || vma->vm_start > start)
			return -ENOMEM;
		newflags = prot_flags | (vma->vm_flags & ~(VM_READ | VM_WRITE | VM_EXEC));
		/* The VM_MAY* are those shifted by four. */
		if ((newflags & ~(newflags >> 4)) & (VM_READ | VM_WRITE | VM_EXEC))
			return -EACCES;
		tmp = min(vma->vm_end, end);
		error = mprotect_fixup(mm, &vma, start, tmp, newflags);
		if (error)
			return error;
		start = tmp;
	}
	return 0;
}

asmlinkage long sys_mprotect(unsigned long start, size_t len, unsigned long prot)
{
	struct mm_struct *mm = current->mm;
	unsigned long end;
	long error;

	if (start & ~PAGE_MASK)
		return -EINVAL;
	if (!len)
		return 0;
	end = start + PAGE_ALIGN(len);
	if (end <= start)
		return -ENOMEM;
	if (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC))
		return -EINVAL;
	down_write(&mm->mmap_sem);
	error = do_mprotect(mm, start, end, prot);
	up_write(&mm->mmap_sem);
	return error;
}
