// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

void generic_fillattr(struct inode *inode, struct kstat *stat)
{
	stat->dev = inode->i_sb->s_dev;
	stat->ino = inode->i_ino;
	stat->mode = inode->i_mode;
	stat->nlink = inode->i_nlink;
	stat->uid = inode->i_uid;
	stat->gid = inode->i_gid;
	stat->rdev = inode->i_rdev;
	stat->atime = inode->i_atime;
	stat->mtime = inode->i_mtime;
	stat->ctime = inode->i_ctime;
	stat->size = inode->i_size;
	stat->blocks = inode->i_blocks;
	stat->blksize = inode->i_blksize;
}
EXPORT_SYMBOL(generic_fillattr);

int vfs_getattr(struct vfsmount *mnt, struct dentry *dentry, struct kstat *stat)
{
	struct inode *inode = dentry->d_inode;

	if (inode->i_op->getattr)
		return inode->i_op->getattr(mnt, dentry, stat);
	generic_fillattr(inode, stat);
	return 0;
}
EXPORT_SYMBOL(vfs_getattr);

static long cp_new_stat(const struct kstat *stat, struct stat __user *statbuf)
{
	struct stat tmp;

	memset(&tmp, 0, sizeof(tmp));
	tmp.st_dev = new_encode_dev(stat->dev);
	tmp.st_ino = stat->ino;
	tmp.st_mode = stat->mode;
	tmp.st_nlink = stat->nlink;
	tmp.st_uid = stat->uid;
	tmp.st_gid = stat->gid;
	tmp.st_rdev = new_encode_dev(stat->rdev);
	tmp.st_size = stat->size;
	tmp.st_atim = stat->atime;
	tmp.st_mtim = stat->mtime;
	tmp.st_ctim = stat->ctime;
	tmp.st_blocks = stat->blocks;
	tmp.st_blksize = stat->blksize;
	return copy_to_user(statbuf, &tmp, sizeof(tmp)) ? -EFAULT : 0;
}

static long stat_path(const char __user *name, unsigned int flags, struct stat __user *statbuf)
{
	struct nameidata nd;
	struct kstat stat;
	int error = __user_walk(name, flags, &nd);

	if (error)
		return error;
	error = vfs_getattr(nd.mnt, nd.dentry, &stat);
	path_release(&nd);
	return error ? error : cp_new_stat(&stat, statbuf);
}

asmlinkage long sys_newstat(const char __user *filename, struct stat __user *statbuf)
{
	return stat_path(filename, LOOKUP_FOLLOW, statbuf);
}

asmlinkage long sys_newlstat(const char __user *filename, struct stat __user *statbuf)
{
	return stat_path(filename, 0, statbuf);
}

asmlinkage long sys_newfstat(unsigned int fd, struct stat __user *statbuf)
{
	struct file *f = fget(fd);
	struct kstat stat;
	int error;

	if (!f)
		return -EBADF;
	error = vfs_getattr(f->f_vfsmnt, f->f_dentry, &stat);
	fput(f);
	return error ? error : cp_new_stat(&stat, statbuf);
}

asmlinkage long sys_readlink(const char __user *path, char __user *buf, int bufsiz)
{
	struct nameidata nd;
	struct inode *inode;
	int error;

	if (bufsiz <= 0)
		return -EINVAL;
	error = user_path_walk_link(path, &nd);
	if (error)
		return error;
	inode = nd.dentry->d_inode;
	error = -EINVAL;
	if (inode->i_op->readlink) {
		inode->i_atime = CURRENT_TIME;
		error = inode->i_op->readlink(nd.dentry, buf, bufsiz);
	}
	path_release(&nd);
	return error;
}
