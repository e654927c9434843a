// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

loff_t generic_file_llseek(struct file *file, loff_t offset, int origin)
{
	struct inode *inode = file->f_mapping->host;

	if (origin == 2)
		offset += inode->i_size;
	else if (origin == 1)
		offset += file->f_pos;
	if (offset < 0 || offset > inode->i_sb->s_maxbytes)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}
EXPORT_SYMBOL(generic_file_llseek);

loff_t no_llseek(struct file *file, loff_t offset, int origin)
{
	return -ESPIPE;
}
EXPORT_SYMBOL(no_llseek);

loff_t vfs_llseek(struct file *file, loff_t offset, int origin)
{
	if (!(file->f_mode & FMODE_LSEEK))
		return -ESPIPE;
	if (file->f_op && file->f_op->llseek)
		return file->f_op->llseek(file, offset, origin);
	return generic_file_llseek(file, offset, origin);
}
EXPORT_SYMBOL(vfs_llseek);

asmlinkage long sys_lseek(unsigned int fd, off_t offset, unsigned int origin)
{
	struct file *file = fget(fd);
	long retval = -EINVAL;

	if (!file)
		return -EBADF;
	if (origin <= 2)
		retval = vfs_llseek(file, offset, origin);
	fput(file);
	return retval;
}

/**
 * vfs_read - read() on a file
 * @pos: place, which moves
 */
ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	if (!(file->f_mode & FMODE_READ))
		return -EBADF;
	if (!file->f_op || !file->f_op->read)
		return -EINVAL;
	if (!access_ok(VERIFY_WRITE, buf, count))
		return -EFAULT;
	if (*pos < 0 || (ssize_t)count < 0)
		return -EINVAL;
	return file->f_op->read(file, buf, count, pos);
}
EXPORT_SYMBOL(vfs_read);

ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	if (!file->f_op || !file->f_op->write)
		return -EINVAL;
	if (!access_ok(VERIFY_READ, buf, count))
		return -EFAULT;
	if (*pos < 0 || (ssize_t)count < 0)
		return -EINVAL;
	return file->f_op->write(file, buf, count, pos);
}
EXPORT_SYMBOL(vfs_write);

asmlinkage long sys_read(unsigned int fd, char __user *buf, size_t count)
{
	struct file *file = fget(fd);
	loff_t pos;
	ssize_t ret;

	if (!file)
		return -EBADF;
	pos = file->f_pos;
	ret = vfs_read(file, buf, count, &pos);
	file->f_pos = pos;
	fput(file);
	return ret;
}

asmlinkage long sys_write(unsigned int fd, const char __user *buf, size_t count)
{
	struct file *file = fget(fd);
	loff_t pos;
	ssize_t ret;

	if (!file)
		return -EBADF;
	pos = file->f_pos;
	ret = vfs_write(file, buf, count, &pos);
	file->f_pos = pos;
	fput(file);
	return ret;
}

asmlinkage long sys_pread64(unsigned int fd, char __user *buf, size_t count, loff_t pos)
{
	struct file *file;
	ssize_t ret = -ESPIPE;

	if (pos < 0)
		return -EINVAL;
	file = fget(fd);
	if (!file)
		return -EBADF;
	if (file->f_mode & FMODE_LSEEK)
		ret = vfs_read(file, buf, count, &pos);
	fput(file);
	return ret;
}

asmlinkage long sys_pwrite64(unsigned int fd, const char __user *buf, size_t count, loff_t pos)
{
	struct file *file;
	ssize_t ret = -ESPIPE;

	if (pos < 0)
		return -EINVAL;
	file = fget(fd);
	if (!file)
		return -EBADF;
	if (file->f_mode & FMODE_LSEEK)
		ret = vfs_write(file, buf, count, &pos);
	fput(file);
	return ret;
}
