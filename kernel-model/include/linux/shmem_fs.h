/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SHMEM_FS_H
#define _LINUX_SHMEM_FS_H

#include <linux/fs.h>

#define TMPFS_MAGIC		0x01021994
#define SHMEM_MAX_BYTES		((loff_t)LONG_MAX)

struct user_struct;

/**
 * struct shmem_inode_info - a file in memory that counts
 * @lock: of the counters
 * @flags: VM_ACCOUNT: promised as a whole; VM_LOCKED: never swapped
 * @alloced: pages that have been counted
 */
struct shmem_inode_info {
	spinlock_t lock;	/* of the counters */
	unsigned long flags;
	unsigned long alloced;
	struct inode vfs_inode;
};

/**
 * struct shmem_sb_info - the limits of one mount
 * @max_blocks: pages, 0 for no limit
 * @max_inodes: files, 0 for no limit
 */
struct shmem_sb_info {
	unsigned long max_blocks;
	unsigned long free_blocks;
	unsigned long max_inodes;
	unsigned long free_inodes;
	spinlock_t stat_lock;	/* of the free_* */
};

static inline struct shmem_inode_info *SHMEM_I(const struct inode *inode)
{
	return container_of(inode, struct shmem_inode_info, vfs_inode);
}

static inline struct shmem_sb_info *SHMEM_SB(const struct super_block *sb)
{
	return sb->s_fs_info;
}

extern struct vfsmount *shm_mnt;

struct file *shmem_file_setup(const char *name, loff_t size, unsigned long flags);
int shmem_zero_setup(struct vm_area_struct *vma);
int shmem_lock(struct file *file, int lock, struct user_struct *user);
struct page *shmem_nopage(struct vm_area_struct *vma, unsigned long address, int *type);
int shmem_mmap(struct file *file, struct vm_area_struct *vma);

#endif /* _LINUX_SHMEM_FS_H */
