// SPDX-License-Identifier: GPL-2.0-only
/* Inodes of /proc, and who they keep in memory. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internal.h"

struct vfsmount *proc_mnt;
static struct kmem_cache *proc_inode_cachep;

static struct proc_dir_entry *de_get(struct proc_dir_entry *de)
{
	if (de)
		atomic_inc(&de->count);
	return de;
}

static void de_put(struct proc_dir_entry *de)
{
	if (!de)
		return;
	if (!atomic_dec_and_test(&de->count))
		return;
	/* It was removed while it was in use, and this was the last user. */
	if (de->deleted)
		free_proc_entry(de);
}

static void proc_delete_inode(struct inode *inode)
{
	struct task_struct *tsk = PROC_I(inode)->task;
	struct proc_dir_entry *de = PROC_I(inode)->pde;

	if (tsk)
		put_task_struct(tsk);
	if (de) {
		module_put(de->owner);
		de_put(de);
	}
	clear_inode(inode);
}

static void proc_read_inode(struct inode *inode)
{
	inode->i_atime = CURRENT_TIME;
	inode->i_mtime = CURRENT_TIME;
	inode->i_ctime = CURRENT_TIME;
}

static struct inode *proc_alloc_inode(struct super_block *sb)
{
	struct proc_inode *ei;

	/* Memory may have to be waited for. */
	cond_resched();
	ei = kmem_cache_alloc(proc_inode_cachep, GFP_KERNEL);
	if (!ei)
		return NULL;
	memset(ei, 0, sizeof(*ei));
	inode_init_once(&ei->vfs_inode);
	return &ei->vfs_inode;
}

static void proc_destroy_inode(struct inode *inode)
{
	kmem_cache_free(proc_inode_cachep, PROC_I(inode));
}

static int proc_remount(struct super_block *sb, int *flags, char *data)
{
	return 0;
}

static struct super_operations proc_sops = {
	.alloc_inode = proc_alloc_inode,
	.destroy_inode = proc_destroy_inode,
	.read_inode = proc_read_inode,
	.drop_inode = generic_delete_inode,
	.delete_inode = proc_delete_inode,
	.statfs = simple_statfs,
	.remount_fs = proc_remount,
};

static void inode_from_entry(struct inode *inode, struct proc_dir_entry *de)
{
	PROC_I(inode)->pde = de;
	if (de->mode) {
		inode->i_mode = de->mode;
		inode->i_uid = de->uid;
		inode->i_gid = de->gid;
	}
	if (de->size)
		inode->i_size = de->size;
	if (de->nlink)
		inode->i_nlink = de->nlink;
	if (de->proc_iops)
		inode->i_op = de->proc_iops;
	if (de->proc_fops)
		inode->i_fop = de->proc_fops;
}

/**
 * proc_get_inode - the inode of an entry
 * @ino: its number
 * @de: the entry, which stays in memory as long as the inode
 */
struct inode *proc_get_inode(struct super_block *sb, unsigned int ino, struct proc_dir_entry *de)
{
	struct inode *inode;

	WARN_ON(de && de->deleted);
	inode = iget(sb, ino);
	if (!inode)
		goto out_fail;
	if (!de || PROC_I(inode)->pde)
		return inode;
	de_get(de);
	if (!try_module_get(de->owner))
		goto out_iput;
	inode_from_entry(inode, de);
	return inode;
out_iput:
	iput(inode);
out_fail:
	de_put(de);
	return NULL;
}

int proc_fill_super(struct super_block *s, void *data, int silent)
{
	struct inode *root;

	s->s_flags |= MS_NOSUID | MS_NOEXEC;
	s->s_blocksize = 1024;
	s->s_magic = PROC_SUPER_MAGIC;
	s->s_op = &proc_sops;
	root = proc_get_inode(s, PROC_ROOT_INO, &proc_root);
	if (!root)
		return -ENOMEM;
	root->i_uid = 0;
	root->i_gid = 0;
	s->s_root = d_alloc_root(root);
	if (s->s_root)
		return 0;
	iput(root);
	return -ENOMEM;
}

int proc_init_inodecache(void)
{
	proc_inode_cachep = kmem_cache_create("proc_inode_cache", sizeof(struct proc_inode), 0,
					      SLAB_RECLAIM_ACCOUNT | SLAB_PANIC, NULL, NULL);
	return 0;
}
