// SPDX-License-Identifier: GPL-2.0-only
/* Opening, closing, and system calls on what a path or a descriptor names. */
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/fs_struct.h>
#include <linux/module.h>
#include <linux/namespace.h>
#include <linux/quotaops.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

int get_write_access(struct inode *inode)
{
	spin_lock(&inode->i_lock);
	if (atomic_read(&inode->i_writecount) < 0) {
		spin_unlock(&inode->i_lock);
		return -ETXTBSY;
	}
	atomic_inc(&inode->i_writecount);
	spin_unlock(&inode->i_lock);
	return 0;
}
EXPORT_SYMBOL(get_write_access);

int deny_write_access(struct file *file)
{
	struct inode *inode = file->f_dentry->d_inode;

	spin_lock(&inode->i_lock);
	if (atomic_read(&inode->i_writecount) > 0) {
		spin_unlock(&inode->i_lock);
		return -ETXTBSY;
	}
	atomic_dec(&inode->i_writecount);
	spin_unlock(&inode->i_lock);
	return 0;
}
EXPORT_SYMBOL(deny_write_access);

int do_truncate(struct dentry *dentry, loff_t length, struct file *filp)
{
	struct iattr newattrs = { .ia_valid = ATTR_SIZE | ATTR_CTIME, .ia_size = length };
	int err;

	if (length < 0)
		return -EINVAL;
	mutex_lock(&dentry->d_inode->i_mutex);
	err = notify_change(dentry, &newattrs);
	mutex_unlock(&dentry->d_inode->i_mutex);
	return err;
}

static int truncate_path(struct nameidata *nd, loff_t length)
{
	struct inode *inode = nd->dentry->d_inode;
	int error;

	if (S_ISDIR(inode->i_mode))
		return -EISDIR;
	if (!S_ISREG(inode->i_mode))
		return -EINVAL;
	error = vfs_permission(nd, MAY_WRITE);
	if (error)
		return error;
	error = break_lease(inode, O_WRONLY);
	if (error)
		return error;
	error = get_write_access(inode);
	if (error)
		return error;
	error = do_truncate(nd->dentry, length, NULL);
	put_write_access(inode);
	return error;
}

asmlinkage long sys_truncate(const char __user *path, long length)
{
	struct nameidata nd;
	int error;

	if (length < 0)
		return -EINVAL;
	error = user_path_walk(path, &nd);
	if (error)
		return error;
	error = truncate_path(&nd, length);
	path_release(&nd);
	return error;
}

asmlinkage long sys_ftruncate(unsigned int fd, long length)
{
	struct file *file;
	int error = -EINVAL;

	if (length < 0)
		return -EINVAL;
	file = fget(fd);
	if (!file)
		return -EBADF;
	if (S_ISREG(file->f_dentry->d_inode->i_mode) && (file->f_mode & FMODE_WRITE))
		error = do_truncate(file->f_dentry, length, file);
	fput(file);
	return error;
}

/* By the real ids, not the effective ones. */
asmlinkage long sys_access(const char __user *filename, int mode)
{
	uid_t old_fsuid = current->fsuid;
	gid_t old_fsgid = current->fsgid;
	kernel_cap_t old_cap = current->cap_effective;
	struct nameidata nd;
	int res;

	if (mode & ~S_IRWXO)
		return -EINVAL;
	current->fsuid = current->uid;
	current->fsgid = current->gid;
	current->cap_effective = current->uid ? 0 : current->cap_permitted;
	res = __user_walk(filename, LOOKUP_FOLLOW | LOOKUP_ACCESS, &nd);
	if (!res) {
		res = vfs_permission(&nd, mode);
		path_release(&nd);
	}
	current->fsuid = old_fsuid;
	current->fsgid = old_fsgid;
	current->cap_effective = old_cap;
	return res;
}

asmlinkage long sys_chdir(const char __user *filename)
{
	struct nameidata nd;
	int error = __user_walk(filename, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &nd);

	if (error)
		return error;
	error = vfs_permission(&nd, MAY_EXEC);
	if (!error)
		set_fs_pwd(current->fs, nd.mnt, nd.dentry);
	path_release(&nd);
	return error;
}

asmlinkage long sys_fchdir(unsigned int fd)
{
	struct file *file = fget(fd);
	int error = -ENOTDIR;

	if (!file)
		return -EBADF;
	if (S_ISDIR(file->f_dentry->d_inode->i_mode)) {
		error = permission(file->f_dentry->d_inode, MAY_EXEC, NULL);
		if (!error)
			set_fs_pwd(current->fs, file->f_vfsmnt, file->f_dentry);
	}
	fput(file);
	return error;
}

asmlinkage long sys_chroot(const char __user *filename)
{
	struct nameidata nd;
	int error = __user_walk(filename, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &nd);

	if (error)
		return error;
	error = vfs_permission(&nd, MAY_EXEC);
	if (!error && !capable(CAP_SYS_CHROOT))
		error = -EPERM;
	if (!error)
		set_fs_root(current->fs, nd.mnt, nd.dentry);
	path_release(&nd);
	return error;
}

static int change(struct dentry *dentry, struct iattr *attr)
{
	int error;

	if (IS_RDONLY(dentry->d_inode))
		return -EROFS;
	mutex_lock(&dentry->d_inode->i_mutex);
	error = notify_change(dentry, attr);
	mutex_unlock(&dentry->d_inode->i_mutex);
	return error;
}

static int chmod_common(struct dentry *dentry, mode_t mode)
{
	struct iattr attr = { .ia_valid = ATTR_MODE | ATTR_CTIME };

	attr.ia_mode = (mode & S_IALLUGO) | (dentry->d_inode->i_mode & ~S_IALLUGO);
	return change(dentry, &attr);
}

static int chown_common(struct dentry *dentry, uid_t user, gid_t group)
{
	struct iattr attr = { .ia_valid = ATTR_CTIME };

	if (user != (uid_t)-1) {
		attr.ia_valid |= ATTR_UID;
		attr.ia_uid = user;
	}
	if (group != (gid_t)-1) {
		attr.ia_valid |= ATTR_GID;
		attr.ia_gid = group;
	}
	if (!S_ISDIR(dentry->d_inode->i_mode))
		attr.ia_valid |= ATTR_KILL_SUID | ATTR_KILL_SGID;
	return change(dentry, &attr);
}

asmlinkage long sys_chmod(const char __user *filename, mode_t mode)
{
	struct nameidata nd;
	int error = user_path_walk(filename, &nd);

	if (error)
		return error;
	error = chmod_common(nd.dentry, mode);
	path_release(&nd);
	return error;
}

asmlinkage long sys_fchmod(unsigned int fd, mode_t mode)
{
	struct file *file = fget(fd);
	int error;

	if (!file)
		return -EBADF;
	error = chmod_common(file->f_dentry, mode);
	fput(file);
	return error;
}

static long chown_path(const char __user *filename, unsigned int flags, uid_t user, gid_t group)
{
	struct nameidata nd;
	int error = __user_walk(filename, flags, &nd);

	if (error)
		return error;
	error = chown_common(nd.dentry, user, group);
	path_release(&nd);
	return error;
}

asmlinkage long sys_chown(const char __user *filename, uid_t user, gid_t group)
{
	return chown_path(filename, LOOKUP_FOLLOW, user, group);
}

asmlinkage long sys_lchown(const char __user *filename, uid_t user, gid_t group)
{
	return chown_path(filename, 0, user, group);
}

asmlinkage long sys_fchown(unsigned int fd, uid_t user, gid_t group)
{
	struct file *file = fget(fd);
	int error;

	if (!file)
		return -EBADF;
	error = chown_common(file->f_dentry, user, group);
	fput(file);
	return error;
}

asmlinkage long sys_umask(int mask)
{
	return xchg(&current->fs->umask, mask & S_IRWXUGO);
}

/* O_RDONLY, O_WRONLY, O_RDWR are 0, 1, 2; as bits for reading and writing 1, 2, 3. */
static mode_t open_mode(int flags)
{
	return ((flags + 1) & O_ACCMODE) | FMODE_LSEEK;
}

static struct file *__dentry_open(struct dentry *dentry, struct vfsmount *mnt, int flags,
				  struct file *f)
{
	struct inode *inode = dentry->d_inode;
	int error;

	f->f_flags = flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC);
	f->f_mode = open_mode(flags);
	if (f->f_mode & FMODE_WRITE) {
		error = get_write_access(inode);
		if (error)
			goto cleanup_file;
	}
	f->f_mapping = inode->i_mapping;
	f->f_dentry = dentry;
	f->f_vfsmnt = mnt;
	f->f_op = inode->i_fop;
	file_move(f, &inode->i_sb->s_files);
	f->f_flags |= flags & O_NOCTTY;
	if (f->f_op->open) {
		error = f->f_op->open(inode, f);
		if (error)
			goto cleanup_all;
	}
	f->f_flags &= ~O_NOCTTY;
	return f;

cleanup_all:
	if (f->f_mode & FMODE_WRITE)
		put_write_access(inode);
	file_kill(f);
	f->f_dentry = NULL;
	f->f_vfsmnt = NULL;
cleanup_file:
	put_filp(f);
	dput(dentry);
	mntput(mnt);
	return ERR_PTR(error);
}

/**
 * dentry_open - a file for a dentry and a mount, whose references it takes over
 */
struct file *dentry_open(struct dentry *dentry, struct vfsmount *mnt, int flags)
{
	struct file *f = get_empty_filp();

	if (f)
		return __dentry_open(dentry, mnt, flags, f);
	dput(dentry);
	mntput(mnt);
	return ERR_PTR(-ENFILE);
}
EXPORT_SYMBOL(dentry_open);

struct file *filp_open(const char *filename, int flags, int mode)
{
	struct nameidata nd;
	int error = open_namei(filename, flags, mode, &nd);

	if (error)
		return ERR_PTR(error);
	return __dentry_open(nd.dentry, nd.mnt, flags, nd.intent.open.file);
}
EXPORT_SYMBOL(filp_open);

long do_sys_open(const char __user *filename, int flags, int mode)
{
	char *tmp = getname(filename);
	struct file *f;
	int fd;

	if (IS_ERR(tmp))
		return PTR_ERR(tmp);
	fd = get_unused_fd();
	if (fd < 0)
		goto out;
	f = filp_open(tmp, flags, mode);
	if (IS_ERR(f)) {
		put_unused_fd(fd);
		fd = PTR_ERR(f);
	} else {
		fd_install(fd, f);
		if (flags & O_CLOEXEC)
			set_close_on_exec(fd, 1);
	}
out:
	putname(tmp);
	return fd;
}

asmlinkage long sys_open(const char __user *filename, int flags, int mode)
{
	return do_sys_open(filename, flags | O_LARGEFILE, mode);
}

asmlinkage long sys_creat(const char __user *pathname, int mode)
{
	return sys_open(pathname, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

/**
 * filp_close - a descriptor lets go of its file
 * @id: whose POSIX locks on the file go, too
 */
int filp_close(struct file *filp, fl_owner_t id)
{
	int retval = 0;

	BUG_ON(!file_count(filp));
	if (filp->f_op && filp->f_op->flush)
		retval = filp->f_op->flush(filp);
	locks_remove_posix(filp, id);
	fput(filp);
	return retval;
}
EXPORT_SYMBOL(filp_close);

int nonseekable_open(struct inode *inode, struct file *filp)
{
	filp->f_mode &= ~FMODE_LSEEK;
	return 0;
}
EXPORT_SYMBOL(nonseekable_open);

int vfs_statfs(struct super_block *sb, struct kstatfs *buf)
{
	if (!sb->s_op->statfs)
		return -ENOSYS;
	memset(buf, 0, sizeof(*buf));
	buf->f_frsize = sb->s_blocksize;
	return sb->s_op->statfs(sb, buf);
}
EXPORT_SYMBOL(vfs_statfs);

static long statfs_to_user(struct dentry *dentry, struct statfs __user *buf)
{
	struct kstatfs st;
	int error = vfs_statfs(dentry->d_sb, &st);

	if (!error && copy_to_user(buf, &st, sizeof(st)))
		error = -EFAULT;
	return error;
}

asmlinkage long sys_statfs(const char __user *path, struct statfs __user *buf)
{
	struct nameidata nd;
	int error = user_path_walk(path, &nd);

	if (error)
		return error;
	error = statfs_to_user(nd.dentry, buf);
	path_release(&nd);
	return error;
}

asmlinkage long sys_fstatfs(unsigned int fd, struct statfs __user *buf)
{
	struct file *file = fget(fd);
	int error;

	if (!file)
		return -EBADF;
	error = statfs_to_user(file->f_dentry, buf);
	fput(file);
	return error;
}

asmlinkage long sys_fsync(unsigned int fd)
{
	struct file *file = fget(fd);
	int ret = -EINVAL;

	if (!file)
		return -EBADF;
	if (file->f_op && file->f_op->fsync) {
		mutex_lock(&file->f_dentry->d_inode->i_mutex);
		ret = file->f_op->fsync(file, file->f_dentry, 0);
		mutex_unlock(&file->f_dentry->d_inode->i_mutex);
	}
	fput(file);
	return ret;
}
