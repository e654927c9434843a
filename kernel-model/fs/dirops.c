// SPDX-License-Identifier: GPL-2.0-only
/* The system calls that make, remove and rename names. */
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/**
 * struct creation - a name that a system call is about to make
 */
struct creation {
	char *path;
	struct nameidata nd;
	struct dentry *dentry;
};

static void end_create(struct creation *c)
{
	if (!IS_ERR(c->dentry))
		dput(c->dentry);
	mutex_unlock(&c->nd.dentry->d_inode->i_mutex);
	path_release(&c->nd);
	putname(c->path);
}

/* Walks to the directory and locks it. */
static int begin_create(struct creation *c, const char __user *pathname, int is_dir)
{
	int error;

	c->path = getname(pathname);
	if (IS_ERR(c->path))
		return PTR_ERR(c->path);
	error = path_lookup(c->path, LOOKUP_PARENT, &c->nd);
	if (error) {
		putname(c->path);
		return error;
	}
	c->dentry = lookup_create(&c->nd, is_dir);
	if (!IS_ERR(c->dentry))
		return 0;
	error = PTR_ERR(c->dentry);
	end_create(c);
	return error;
}

static int mknod_by_type(struct creation *c, int mode, unsigned int dev)
{
	struct inode *dir = c->nd.dentry->d_inode;

	mode &= ~current->fs->umask;
	switch (mode & S_IFMT) {
	case 0:
	case S_IFREG:
		return vfs_create(dir, c->dentry, mode, &c->nd);
	case S_IFCHR:
	case S_IFBLK:
		return vfs_mknod(dir, c->dentry, mode, new_decode_dev(dev));
	case S_IFIFO:
	case S_IFSOCK:
		return vfs_mknod(dir, c->dentry, mode, 0);
	case S_IFDIR:
		return -EPERM;
	default:
		return -EINVAL;
	}
}

asmlinkage long sys_mknod(const char __user *filename, int mode, unsigned int dev)
{
	struct creation c;
	int error;

	if (S_ISDIR(mode))
		return -EPERM;
	error = begin_create(&c, filename, 0);
	if (error)
		return error;
	error = mknod_by_type(&c, mode, dev);
	end_create(&c);
	return error;
}

asmlinkage long sys_mkdir(const char __user *pathname, int mode)
{
	struct creation c;
	int error = begin_create(&c, pathname, 1);

	if (error)
		return error;
	error = vfs_mkdir(c.nd.dentry->d_inode, c.dentry, mode & ~current->fs->umask);
	end_create(&c);
	return error;
}

asmlinkage long sys_symlink(const char __user *oldname, const char __user *newname)
{
	char *from = getname(oldname);
	struct creation c;
	int error;

	if (IS_ERR(from))
		return PTR_ERR(from);
	error = begin_create(&c, newname, 0);
	if (!error) {
		error = vfs_symlink(c.nd.dentry->d_inode, c.dentry, from);
		end_create(&c);
	}
	putname(from);
	return error;
}

asmlinkage long sys_link(const char __user *oldname, const char __user *newname)
{
	struct nameidata old;
	struct creation c;
	int error = __user_walk(oldname, 0, &old);

	if (error)
		return error;
	error = begin_create(&c, newname, 0);
	if (!error) {
		error = -EXDEV;
		if (old.mnt == c.nd.mnt)
			error = vfs_link(old.dentry, c.nd.dentry->d_inode, c.dentry);
		end_create(&c);
	}
	path_release(&old);
	return error;
}

/* The last name of nd, whose directory gets locked. */
static struct dentry *lookup_last(struct nameidata *nd)
{
	mutex_lock(&nd->dentry->d_inode->i_mutex);
	if (nd->last.len > NAME_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	return lookup_one_len((const char *)nd->last.name, nd->dentry, nd->last.len);
}

static int do_rmdir(struct nameidata *nd)
{
	struct dentry *dentry;
	int error;

	switch (nd->last_type) {
	case LAST_DOTDOT:
		return -ENOTEMPTY;
	case LAST_DOT:
		return -EINVAL;
	case LAST_ROOT:
		return -EBUSY;
	}
	dentry = lookup_last(nd);
	error = PTR_ERR(dentry);
	if (!IS_ERR(dentry)) {
		error = vfs_rmdir(nd->dentry->d_inode, dentry);
		dput(dentry);
	}
	mutex_unlock(&nd->dentry->d_inode->i_mutex);
	return error;
}

/* The inode is freed last, without the directory's lock: that can take long. */
static int do_unlink(struct nameidata *nd)
{
	struct inode *inode = NULL;
	struct dentry *dentry;
	int error;

	if (nd->last_type != LAST_NORM)
		return -EISDIR;
	dentry = lookup_last(nd);
	error = PTR_ERR(dentry);
	if (!IS_ERR(dentry)) {
		inode = dentry->d_inode;
		if (inode)
			atomic_inc(&inode->i_count);
		if (!nd->last.name[nd->last.len])
			error = vfs_unlink(nd->dentry->d_inode, dentry);
		else if (!inode)
			error = -ENOENT;
		else
			error = S_ISDIR(inode->i_mode) ? -EISDIR : -ENOTDIR;
		dput(dentry);
	}
	mutex_unlock(&nd->dentry->d_inode->i_mutex);
	iput(inode);
	return error;
}

static long at_last_name(const char __user *pathname, int (*what)(struct nameidata *nd))
{
	char *name = getname(pathname);
	struct nameidata nd;
	int error;

	if (IS_ERR(name))
		return PTR_ERR(name);
	error = path_lookup(name, LOOKUP_PARENT, &nd);
	if (!error) {
		error = what(&nd);
		path_release(&nd);
	}
	putname(name);
	return error;
}

asmlinkage long sys_rmdir(const char __user *pathname)
{
	return at_last_name(pathname, do_rmdir);
}

asmlinkage long sys_unlink(const char __user *pathname)
{
	return at_last_name(pathname, do_unlink);
}

static DEFINE_MUTEX(rename_mutex);

/* Only one task at a time moves between directories, so no cycle can arise. */
static void lock_rename(struct dentry *a, struct dentry *b)
{
	mutex_lock(&rename_mutex);
	if (is_subdir(a, b)) {
		mutex_lock(&b->d_inode->i_mutex);
		if (a != b)
			mutex_lock(&a->d_inode->i_mutex);
		return;
	}
	mutex_lock(&a->d_inode->i_mutex);
	mutex_lock(&b->d_inode->i_mutex);
}

static void unlock_rename(struct dentry *a, struct dentry *b)
{
	mutex_unlock(&a->d_inode->i_mutex);
	if (a != b)
		mutex_unlock(&b->d_inode->i_mutex);
	mutex_unlock(&rename_mutex);
}

static int rename_dentries(struct nameidata *from, struct dentry *old, struct nameidata *to,
			   struct dentry *new)
{
	if (!old->d_inode)
		return -ENOENT;
	if (!S_ISDIR(old->d_inode->i_mode) &&
	    (from->last.name[from->last.len] || to->last.name[to->last.len]))
		return -ENOTDIR;
	/* A directory cannot move into itself, nor in the place of its parent. */
	if (is_subdir(to->dentry, old))
		return -EINVAL;
	if (is_subdir(from->dentry, new))
		return -ENOTEMPTY;
	return vfs_rename(from->dentry->d_inode, old, to->dentry->d_inode, new);
}

static int lookup_both(struct nameidata *from, struct nameidata *to)
{
	struct dentry *old, *new;
	int error;

	old = lookup_one_len((const char *)from->last.name, from->dentry, from->last.len);
	if (IS_ERR(old))
		return PTR_ERR(old);
	error = -ENAMETOOLONG;
	if (to->last.len > NAME_MAX)
		goto out;
	new = lookup_one_len((const char *)to->last.name, to->dentry, to->last.len);
	error = PTR_ERR(new);
	if (!IS_ERR(new)) {
		error = rename_dentries(from, old, to, new);
		dput(new);
	}
out:
	dput(old);
	return error;
}

static int do_rename(struct nameidata *from, struct nameidata *to)
{
	int error;

	if (from->mnt != to->mnt)
		return -EXDEV;
	if (from->last_type != LAST_NORM || to->last_type != LAST_NORM)
		return -EBUSY;
	lock_rename(to->dentry, from->dentry);
	error = lookup_both(from, to);
	unlock_rename(to->dentry, from->dentry);
	return error;
}

static int rename_names(const char *from, const char *to)
{
	struct nameidata old, new;
	int error = path_lookup(from, LOOKUP_PARENT, &old);

	if (error)
		return error;
	error = path_lookup(to, LOOKUP_PARENT, &new);
	if (!error) {
		error = do_rename(&old, &new);
		path_release(&new);
	}
	path_release(&old);
	return error;
}

asmlinkage long sys_rename(const char __user *oldname, const char __user *newname)
{
	char *from = getname(oldname), *to;
	long error;

	if (IS_ERR(from))
		return PTR_ERR(from);
	to = getname(newname);
	error = PTR_ERR(to);
	if (!IS_ERR(to)) {
		error = rename_names(from, to);
		putname(to);
	}
	putname(from);
	return error;
}
