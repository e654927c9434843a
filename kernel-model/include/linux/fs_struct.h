/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FS_STRUCT_H
#define _LINUX_FS_STRUCT_H

#include <linux/atomic.h>
#include <linux/spinlock.h>

struct dentry;
struct vfsmount;
struct task_struct;

/**
 * struct fs_struct - where in the tree a task stands
 */
struct fs_struct {
	atomic_t count;
	rwlock_t lock;
	int umask;
	struct dentry *root, *pwd;
	struct vfsmount *rootmnt, *pwdmnt;
};

#define INIT_FS { .count = ATOMIC_INIT(1), .umask = 0022 }

extern struct kmem_cache *fs_cachep;

void exit_fs(struct task_struct *tsk);
void set_fs_root(struct fs_struct *fs, struct vfsmount *mnt, struct dentry *dentry);
void set_fs_pwd(struct fs_struct *fs, struct vfsmount *mnt, struct dentry *dentry);
struct fs_struct *copy_fs_struct(struct fs_struct *old);
void put_fs_struct(struct fs_struct *fs);

#endif /* _LINUX_FS_STRUCT_H */
