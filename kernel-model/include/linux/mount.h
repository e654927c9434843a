/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MOUNT_H
#define _LINUX_MOUNT_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/slab.h>

#define MNT_NOSUID	0x01
#define MNT_NODEV	0x02
#define MNT_NOEXEC	0x04

struct super_block;
struct dentry;
struct namespace;
struct file_system_type;

/**
 * struct vfsmount - one appearance of a file system in a tree of mounts
 * @mnt_parent: where it is mounted; itself for the root and for kern_mount()
 * @mnt_mountpoint: the dentry there
 * @mnt_mounts: mounts on this one, by @mnt_child
 * @mnt_list: place in the namespace's list
 *
 * vfsmount_lock protects the tree, namespace_sem serializes its changes.
 */
struct vfsmount {
	struct list_head mnt_hash;
	struct vfsmount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct dentry *mnt_root;
	struct super_block *mnt_sb;
	struct list_head mnt_mounts;
	struct list_head mnt_child;
	atomic_t mnt_count;
	int mnt_flags;
	char *mnt_devname;
	struct list_head mnt_list;
	struct namespace *mnt_namespace;
};

static inline struct vfsmount *mntget(struct vfsmount *mnt)
{
	if (mnt)
		atomic_inc(&mnt->mnt_count);
	return mnt;
}

void __mntput(struct vfsmount *mnt);

static inline void mntput(struct vfsmount *mnt)
{
	if (mnt && atomic_dec_and_test(&mnt->mnt_count))
		__mntput(mnt);
}

struct vfsmount *lookup_mnt(struct vfsmount *mnt, struct dentry *dentry);
long do_mount(const char *dev_name, const char *dir_name, const char *type_page,
	      unsigned long flags, void *data_page);
void free_vfsmnt(struct vfsmount *mnt);
struct vfsmount *alloc_vfsmnt(const char *name);
struct vfsmount *do_kern_mount(const char *fstype, int flags, const char *name, void *data);

extern spinlock_t vfsmount_lock;
extern struct list_head mount_hashtable[];

#endif /* _LINUX_MOUNT_H */
