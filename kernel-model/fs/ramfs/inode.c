// SPDX-License-Identifier: GPL-2.0-only
/* Files in memory, without limits but quotas.  The root is one. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/quotaops.h>
#include <linux/sched.h>
#include <linux/string.h>

#define RAMFS_MAGIC	0x858458f6

static struct inode_operations ramfs_file_inode_operations;
static struct inode_operations ramfs_dir_inode_operations;

const struct file_operations ramfs_file_operations = {
	.llseek = generic_file_llseek,
	.read = generic_file_read,
	.write = generic_file_write,
	.mmap = generic_file_mmap,
	.fsync = simple_sync_file,
};

/**
 * ramfs_get_inode - a new file of any kind
 *
 * Also for others whose files live in memory.
 */
struct inode *ramfs_get_inode(struct super_block *sb, int mode, dev_t dev)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_mode = mode;
	inode->i_uid = current->fsuid;
	inode->i_gid = current->fsgid;
	inode->i_atime = CURRENT_TIME;
	inode->i_mtime = CURRENT_TIME;
	inode->i_ctime = CURRENT_TIME;
	inode->i_op = &ramfs_file_inode_operations;
	if (S_ISREG(mode)) {
		inode->i_fop = &ramfs_file_operations;
	} else if (S_ISDIR(mode)) {
		inode->i_op = &ramfs_dir_inode_operations;
		inode->i_fop = &simple_dir_operations;
		/* One from above and one from its own ".". */
		inode->i_nlink++;
	} else if (S_ISLNK(mode)) {
		inode->i_op = &page_symlink_inode_operations;
	} else {
		init_special_inode(inode, mode, dev);
	}
	return inode;
}
EXPORT_SYMBOL(ramfs_get_inode);

/* A name needs a reference of its own: there is no other copy of it. */
static int ramfs_mknod(struct inode *dir, struct dentry *dentry, int mode, dev_t dev)
{
	struct inode *inode = ramfs_get_inode(dir->i_sb, mode, dev);

	if (!inode)
		return -ENOSPC;
	if (dir->i_mode & S_ISGID) {
		inode->i_gid = dir->i_gid;
		if (S_ISDIR(mode))
			inode->i_mode |= S_ISGID;
	}
	if (DQUOT_ALLOC_INODE(inode)) {
		iput(inode);
		return -EDQUOT;
	}
	d_instantiate(dentry, inode);
	dget(dentry);
	dir->i_mtime = CURRENT_TIME;
	dir->i_ctime = CURRENT_TIME;
	return 0;
}

static int ramfs_mkdir(struct inode *dir, struct dentry *dentry, int mode)
{
	int retval = ramfs_mknod(dir, dentry, mode | S_IFDIR, 0);

	if (!retval)
		dir->i_nlink++;
	return retval;
}

static int ramfs_create(struct inode *dir, struct dentry *dentry, int mode, struct nameidata *nd)
{
	return ramfs_mknod(dir, dentry, mode | S_IFREG, 0);
}

static int ramfs_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	int error = ramfs_mknod(dir, dentry, S_IFLNK | S_IRWXUGO, 0);

	if (error)
		return error;
	error = page_symlink(dentry->d_inode, target, strlen(target) + 1);
	if (error) {
		simple_unlink(dir, dentry);
		d_delete(dentry);
	}
	return error;
}

static struct inode_operations ramfs_file_inode_operations = {
	.getattr = simple_getattr,
};

static struct inode_operations ramfs_dir_inode_operations = {
	.create = ramfs_create,
	.lookup = simple_lookup,
	.link = simple_link,
	.unlink = simple_unlink,
	.symlink = ramfs_symlink,
	.mkdir = ramfs_mkdir,
	.rmdir = simple_rmdir,
	.mknod = ramfs_mknod,
	.rename = simple_rename,
};

/*
 * Nothing but quotas makes a file system in memory dirty, and writing means
 * that they are known to be right.  A read-only one has to wait with that.
 */
static void ramfs_write_super(struct super_block *sb)
{
	if (!(sb->s_flags & MS_RDONLY))
		sb->s_dirt = 0;
}

static struct super_operations ramfs_ops = {
	.write_super = ramfs_write_super,
	.statfs = simple_statfs,
	.drop_inode = generic_delete_inode,
};

static int ramfs_fill_super(struct super_block *sb, void *data, int silent)
{
	struct inode *inode;

	sb->s_magic = RAMFS_MAGIC;
	sb->s_op = &ramfs_ops;
	inode = ramfs_get_inode(sb, S_IFDIR | 0755, 0);
	if (!inode)
		return -ENOMEM;
	sb->s_root = d_alloc_root(inode);
	if (!sb->s_root) {
		iput(inode);
		return -ENOMEM;
	}
	return 0;
}

static struct super_block *ramfs_get_sb(struct file_system_type *fs_type, int flags,
					const char *dev_name, void *data)
{
	return get_sb_nodev(fs_type, flags, data, ramfs_fill_super);
}

static struct file_system_type ramfs_fs_type = {
	.name = "ramfs",
	.get_sb = ramfs_get_sb,
	.kill_sb = kill_litter_super,
};

static struct file_system_type rootfs_fs_type = {
	.name = "rootfs",
	.get_sb = ramfs_get_sb,
	.kill_sb = kill_litter_super,
};

void __init init_ramfs(void)
{
	register_filesystem(&rootfs_fs_type);
	register_filesystem(&ramfs_fs_type);
}
