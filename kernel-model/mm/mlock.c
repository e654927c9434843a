// SPDX-License-Identifier: GPL-2.0-only
/* Memory that stays: of address spaces, and of shared segments by user. */
#include <linux/mm.h>
#include <linux/kernel.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* Protects locked_shm of all users. */
static DEFINE_SPINLOCK(shmlock_user_lock);

int can_do_mlock(void)
{
	return capable(CAP_IPC_LOCK) || current->signal->rlim[RLIMIT_MEMLOCK].rlim_cur;
}
EXPORT_SYMBOL(can_do_mlock);

/* Changes one mapping, or the part of it in a range. */
static int mlock_fixup(struct mm_struct *mm, struct vm_area_struct **vmap, unsigned long start,
		       unsigned long end, unsigned long newflags)
{
	struct vm_area_struct *vma = *vmap;
	int ret = 0;

	if (newflags == vma->vm_flags)
		return 0;
	if (start > vma->vm_start)
		ret = split_vma(mm, vma, start, 1);
	if (!ret && end < vma->vm_end)
		ret = split_vma(mm, vma, end, 0);
	if (ret)
		return -EAGAIN;
	vma->vm_flags = newflags;
	mm->locked_vm += newflags & VM_LOCKED ? vma_pages(vma) : -vma_pages(vma);
	*vmap = vma_merge_around(mm, vma);
	return newflags & VM_LOCKED ? make_pages_present(start, end) : 0;
}

/* With mmap_sem held for writing. */
static int do_mlock(unsigned long start, size_t len, int on)
{
	struct mm_struct *mm = current->mm;
	unsigned long end = start + len, tmp;
	struct vm_area_struct *vma;
	int error;

	if (end < start)
		return -EINVAL;
	while (start < end) {
		vma = find_vma(mm, start);
		if (!vma || vma->vm_start > start)
			return -ENOMEM;
		tmp = min(vma->vm_end, end);
		error = mlock_fixup(mm, &vma, start, tmp,
				    on ? vma->vm_flags | VM_LOCKED :
					 vma->vm_flags & ~VM_LOCKED);
		if (error)
			return error;
		start = tmp;
	}
	return 0;
}

static int lock_limit_ok(struct mm_struct *mm, unsigned long pages)
{
	unsigned long limit = current->signal->rlim[RLIMIT_MEMLOCK].rlim_cur >> PAGE_SHIFT;

	return pages <= limit || capable(CAP_IPC_LOCK);
}

asmlinkage long sys_mlock(unsigned long start, size_t len)
{
	struct mm_struct *mm = current->mm;
	int error = -ENOMEM;

	if (!can_do_mlock())
		return -EPERM;
	len = PAGE_ALIGN(len + (start & ~PAGE_MASK));
	start &= PAGE_MASK;
	down_write(&mm->mmap_sem);
	if (lock_limit_ok(mm, mm->locked_vm + (len >> PAGE_SHIFT)))
		error = do_mlock(start, len, 1);
	up_write(&mm->mmap_sem);
	return error;
}

asmlinkage long sys_munlock(unsigned long start, size_t len)
{
	struct mm_struct *mm = current->mm;
	int error;

	len = PAGE_ALIGN(len + (start & ~PAGE_MASK));
	start &= PAGE_MASK;
	down_write(&mm->mmap_sem);
	error = do_mlock(start, len, 0);
	up_write(&mm->mmap_sem);
	return error;
}

/* With mmap_sem held for writing. */
static void do_mlockall(int flags)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;

	mm->def_flags = flags & MCL_FUTURE ? VM_LOCKED : 0;
	if (flags == MCL_FUTURE)
		return;
	for (vma = mm->mmap; vma; vma = vma->vm_next)
		mlock_fixup(mm, &vma, vma->vm_start, vma->vm_end,
			    flags & MCL_CURRENT ? vma->vm_flags | VM_LOCKED :
						  vma->vm_flags & ~VM_LOCKED);
}

asmlinkage long sys_mlockall(int flags)
{
	struct mm_struct *mm = current->mm;
	int ret = -ENOMEM;

	if (!flags || flags & ~(MCL_CURRENT | MCL_FUTURE))
		return -EINVAL;
	if (!can_do_mlock())
		return -EPERM;
	down_write(&mm->mmap_sem);
	if (!(flags & MCL_CURRENT) || lock_limit_ok(mm, mm->total_vm)) {
		do_mlockall(flags);
		ret = 0;
	}
	up_write(&mm->mmap_sem);
	return ret;
}

asmlinkage long sys_munlockall(void)
{
	down_write(&current->mm->mmap_sem);
	do_mlockall(0);
	up_write(&current->mm->mmap_sem);
	return 0;
}

/**
 * user_shm_lock - charge a user for a segment that is locked
 * @size: of the segment, in bytes
 *
 * Returns 1 and takes a reference to the user, or 0 when the limit of the
 * current task does not allow it.
 */
int user_shm_lock(size_t size, struct user_struct *user)
{
	unsigned long limit = current->signal->rlim[RLIMIT_MEMLOCK].rlim_cur, locked;
	int allowed = 0;

	locked = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	if (limit != RLIM_INFINITY)
		limit >>= PAGE_SHIFT;
	spin_lock(&shmlock_user_lock);
	if (locked + user->locked_shm <= limit || capable(CAP_IPC_LOCK)) {
		get_uid(user);
		user->locked_shm += locked;
		allowed = 1;
	}
	spin_unlock(&shmlock_user_lock);
	return allowed;
}

/* Takes back what user_shm_lock() did. */
void user_shm_unlock(size_t size, struct user_struct *user)
{
	spin_lock(&shmlock_user_lock);
	user->locked_shm -= (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	spin_unlock(&shmlock_user_lock);
	free_uid(user);
}
