// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* read() on a directory. */
ssize_t generic_read_dir(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	return -EISDIR;
}
EXPORT_SYMBOL(generic_read_dir);

int vfs_readdir(struct file *file, filldir_t filler, void *buf)
{
	struct inode *inode = file->f_dentry->d_inode;
	int res = -ENOENT;

	if (!file->f_op || !file->f_op->readdir)
		return -ENOTDIR;
	mutex_lock(&inode->i_mutex);
	if (!IS_DEADDIR(inode))
		res = file->f_op->readdir(file, buf, filler);
	mutex_unlock(&inode->i_mutex);
	return res;
}
EXPORT_SYMBOL(vfs_readdir);

/**
 * struct getdents_callback64 - where the entries go
 * @current_dir: where the next one comes to stand
 * @previous: where the last one stands, which is still without d_off
 * @count: room that is left
 */
struct getdents_callback64 {
	struct linux_dirent64 __user *current_dir;
	struct linux_dirent64 __user *previous;
	int count;
	int error;
};

#define DIRENT_HEAD offsetof(struct linux_dirent64, d_name)

static int filldir64(void *buf, const char *name, int namlen, loff_t offset, ino_t ino,
		     unsigned int d_type)
{
	struct getdents_callback64 *gb = buf;
	struct linux_dirent64 __user *dirent = gb->current_dir;
	unsigned short reclen = ALIGN(DIRENT_HEAD + namlen + 1, sizeof(u64));
	struct linux_dirent64 head = { .d_ino = ino, .d_reclen = reclen, .d_type = d_type };
	char __user *to = (char __user *)dirent + DIRENT_HEAD;

	gb->error = -EINVAL;
	if (reclen > gb->count)
		return -EINVAL;
	gb->error = -EFAULT;
	if (gb->previous && put_user((s64)offset, &gb->previous->d_off))
		return -EFAULT;
	if (copy_to_user(dirent, &head, DIRENT_HEAD) || copy_to_user(to, name, namlen) ||
	    clear_user(to + namlen, reclen - DIRENT_HEAD - namlen))
		return -EFAULT;
	gb->previous = dirent;
	gb->current_dir = (struct linux_dirent64 __user *)((char __user *)dirent + reclen);
	gb->count -= reclen;
	return 0;
}

asmlinkage long sys_getdents64(unsigned int fd, struct linux_dirent64 __user *dirent,
			       unsigned int count)
{
	struct getdents_callback64 buf = { .current_dir = dirent, .count = count };
	struct file *file = fget(fd);
	int error;

	if (!file)
		return -EBADF;
	error = vfs_readdir(file, filldir64, &buf);
	if (error < 0)
		goto out;
	error = buf.error;
	if (buf.previous) {
		error = count - buf.count;
		if (put_user((s64)file->f_pos, &buf.previous->d_off))
			error = -EFAULT;
	}
out:
	fput(file);
	return error;
}
