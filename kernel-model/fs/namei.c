// SPDX-License-Identifier: GPL-2.0-only
/* From names to dentries. */
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/fs_struct.h>
#include <linux/module.h>
#include <linux/namespace.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct kmem_cache *names_cachep;

/**
 * getname - a path from user memory
 *
 * Returns a buffer for putname(), or an error.
 */
char *getname(const char __user *filename)
{
	char *name = kmem_cache_alloc(names_cachep, GFP_KERNEL);
	long len;

	if (!name)
		return ERR_PTR(-ENOMEM);
	len = strncpy_from_user(name, filename, PATH_MAX);
	if (len > 0 && len < PATH_MAX)
		return name;
	kmem_cache_free(names_cachep, name);
	return ERR_PTR(!len ? -ENOENT : len < 0 ? len : -ENAMETOOLONG);
}
EXPORT_SYMBOL(getname);

void putname(const char *name)
{
	kmem_cache_free(names_cachep, (void *)name);
}
EXPORT_SYMBOL(putname);

/**
 * generic_permission - may the current task do this with a file, by its mode?
 * @mask: MAY_*
 */
int generic_permission(struct inode *inode, int mask)
{
	umode_t mode = inode->i_mode;

	if (current->fsuid == inode->i_uid)
		mode >>= 6;
	else if (in_group_p(inode->i_gid))
		mode >>= 3;
	if ((mode & mask & (MAY_READ | MAY_WRITE | MAY_EXEC)) == mask)
		return 0;
	/* To run a file, somebody must be allowed to. */
	if (!(mask & MAY_EXEC) || (inode->i_mode & S_IXUGO) || S_ISDIR(inode->i_mode))
		if (capable(CAP_DAC_OVERRIDE))
			return 0;
	if (mask == MAY_READ || (S_ISDIR(inode->i_mode) && !(mask & MAY_WRITE)))
		if (capable(CAP_DAC_READ_SEARCH))
			return 0;
	return -EACCES;
}
EXPORT_SYMBOL(generic_permission);

int permission(struct inode *inode, int mask, struct nameidata *nd)
{
	umode_t mode = inode->i_mode;

	if ((mask & MAY_WRITE) && IS_RDONLY(inode) &&
	    (S_ISREG(mode) || S_ISDIR(mode) || S_ISLNK(mode)))
		return -EROFS;
	if (inode->i_op->permission)
		return inode->i_op->permission(inode, mask & ~MAY_APPEND, nd);
	return generic_permission(inode, mask & ~MAY_APPEND);
}
EXPORT_SYMBOL(permission);

int vfs_permission(struct nameidata *nd, int mask)
{
	return permission(nd->dentry->d_inode, mask, nd);
}

void path_release(struct nameidata *nd)
{
	dput(nd->dentry);
	mntput(nd->mnt);
}
EXPORT_SYMBOL(path_release);

/* The file that open() had allocated is not needed. */
void release_open_intent(struct nameidata *nd)
{
	if (!nd->intent.open.file->f_dentry)
		put_filp(nd->intent.open.file);
	else
		fput(nd->intent.open.file);
}

/* One step towards the root of all mounts; 0 at its end. */
int follow_up(struct vfsmount **mnt, struct dentry **dentry)
{
	struct vfsmount *parent;
	struct dentry *mountpoint;

	spin_lock(&vfsmount_lock);
	parent = (*mnt)->mnt_parent;
	if (parent == *mnt) {
		spin_unlock(&vfsmount_lock);
		return 0;
	}
	mntget(parent);
	mountpoint = dget((*mnt)->mnt_mountpoint);
	spin_unlock(&vfsmount_lock);
	dput(*dentry);
	*dentry = mountpoint;
	mntput(*mnt);
	*mnt = parent;
	return 1;
}
EXPORT_SYMBOL(follow_up);

int follow_down(struct vfsmount **mnt, struct dentry **dentry)
{
	struct vfsmount *mounted = lookup_mnt(*mnt, *dentry);

	if (!mounted)
		return 0;
	dput(*dentry);
	mntput(*mnt);
	*mnt = mounted;
	*dentry = dget(mounted->mnt_root);
	return 1;
}
EXPORT_SYMBOL(follow_down);

static void follow_mount(struct nameidata *nd)
{
	while (d_mountpoint(nd->dentry) && follow_down(&nd->mnt, &nd->dentry))
		;
}

static void follow_dotdot(struct nameidata *nd)
{
	for (;;) {
		struct dentry *old = nd->dentry;

		if (nd->dentry == current->fs->root && nd->mnt == current->fs->rootmnt)
			break;
		if (nd->dentry != nd->mnt->mnt_root) {
			spin_lock(&dcache_lock);
			nd->dentry = dget(old->d_parent);
			spin_unlock(&dcache_lock);
			dput(old);
			break;
		}
		if (!follow_up(&nd->mnt, &nd->dentry))
			break;
	}
	follow_mount(nd);
}

/* The directory's i_mutex is held. */
static struct dentry *__lookup_hash(struct qstr *name, struct dentry *base, struct nameidata *nd)
{
	struct inode *dir = base->d_inode;
	struct dentry *dentry = d_lookup(base, name), *fresh;

	if (dentry && dentry->d_op && dentry->d_op->d_revalidate &&
	    !dentry->d_op->d_revalidate(dentry, nd) && !d_invalidate(dentry)) {
		dput(dentry);
		dentry = NULL;
	}
	if (dentry)
		return dentry;
	if (IS_DEADDIR(dir))
		return ERR_PTR(-ENOENT);
	fresh = d_alloc(base, name);
	if (!fresh)
		return ERR_PTR(-ENOMEM);
	dentry = dir->i_op->lookup(dir, fresh, nd);
	if (!dentry)
		return fresh;
	dput(fresh);
	return dentry;
}

static struct dentry *lookup_hash(struct nameidata *nd)
{
	int err = permission(nd->dentry->d_inode, MAY_EXEC, nd);

	return err ? ERR_PTR(err) : __lookup_hash(&nd->last, nd->dentry, nd);
}

/**
 * lookup_one_len - one name in a directory, whose i_mutex is held
 */
struct dentry *lookup_one_len(const char *name, struct dentry *base, int len)
{
	struct qstr this = { .name = (const unsigned char *)name, .len = len };
	int err;

	if (!len || memchr(name, '/', len) || memchr(name, 0, len))
		return ERR_PTR(-EACCES);
	this.hash = full_name_hash(this.name, len);
	err = permission(base->d_inode, MAY_EXEC, NULL);
	return err ? ERR_PTR(err) : __lookup_hash(&this, base, NULL);
}
EXPORT_SYMBOL(lookup_one_len);

/* A name of the path: replaces nd->dentry, without following a link. */
static int do_lookup(struct nameidata *nd, struct qstr *name, struct dentry **found)
{
	struct inode *dir = nd->dentry->d_inode;

	mutex_lock(&dir->i_mutex);
	*found = __lookup_hash(name, nd->dentry, nd);
	mutex_unlock(&dir->i_mutex);
	return IS_ERR(*found) ? PTR_ERR(*found) : 0;
}

static int link_path_walk(const char *name, struct nameidata *nd);

static void walk_from_root(struct nameidata *nd)
{
	read_lock(&current->fs->lock);
	nd->mnt = mntget(current->fs->rootmnt);
	nd->dentry = dget(current->fs->root);
	read_unlock(&current->fs->lock);
}

/* open() goes on with the last name of a link after the link's text may be gone. */
static int keep_last(struct nameidata *nd)
{
	char *name = nd->intent.open.last_name;

	if (!name) {
		name = kmem_cache_alloc(names_cachep, GFP_KERNEL);
		if (!name) {
			path_release(nd);
			return -ENOMEM;
		}
		nd->intent.open.last_name = name;
	}
	memmove(name, nd->last.name, strlen((const char *)nd->last.name) + 1);
	nd->last.name = (unsigned char *)name;
	return 0;
}

/**
 * vfs_follow_link - go on at the text of a symbolic link
 *
 * Releases @nd when it fails.
 */
int vfs_follow_link(struct nameidata *nd, const char *link)
{
	int err;

	if (IS_ERR(link)) {
		path_release(nd);
		return PTR_ERR(link);
	}
	if (*link == '/') {
		path_release(nd);
		walk_from_root(nd);
	}
	nd->last_type = LAST_ROOT;
	err = link_path_walk(link, nd);
	if (!err && !nd->depth && (nd->flags & LOOKUP_PARENT) && nd->last_type == LAST_NORM)
		err = keep_last(nd);
	return err;
}
EXPORT_SYMBOL(vfs_follow_link);

/* When ->follow_link() fails it has released nd, as a walk that fails does. */
static int __do_follow_link(struct dentry *dentry, struct nameidata *nd)
{
	struct inode_operations *op = dentry->d_inode->i_op;
	const char *link;
	void *cookie;
	int error = 0;

	dentry->d_inode->i_atime = CURRENT_TIME;
	nd_set_link(nd, NULL);
	cookie = op->follow_link(dentry, nd);
	if (IS_ERR(cookie))
		return PTR_ERR(cookie);
	link = nd_get_link(nd);
	if (link)
		error = vfs_follow_link(nd, link);
	if (op->put_link)
		op->put_link(dentry, nd, cookie);
	return error;
}

/* Follows the link @dentry, whose reference goes; @nd is released on errors. */
static int do_follow_link(struct dentry *dentry, struct nameidata *nd)
{
	int err = -ELOOP;

	if (current->link_count >= MAX_NESTED_LINKS ||
	    current->total_link_count >= MAX_TOTAL_LINKS) {
		path_release(nd);
		dput(dentry);
		return err;
	}
	current->link_count++;
	current->total_link_count++;
	nd->depth++;
	err = __do_follow_link(dentry, nd);
	current->link_count--;
	nd->depth--;
	dput(dentry);
	return err;
}

static int last_type(const struct qstr *this)
{
	if (this->name[0] != '.')
		return LAST_NORM;
	if (this->len == 1)
		return LAST_DOT;
	return this->len == 2 && this->name[1] == '.' ? LAST_DOTDOT : LAST_NORM;
}

/* One name that is not "." or "..": into nd, over mounts and, if asked, links. */
static int walk_name(struct nameidata *nd, struct qstr *this, int follow)
{
	struct dentry *next;
	int err;

	if (this->len > NAME_MAX)
		err = -ENAMETOOLONG;
	else
		err = do_lookup(nd, this, &next);
	if (err)
		goto out;
	if (next->d_inode && next->d_inode->i_op->follow_link && follow)
		return do_follow_link(next, nd);
	dput(nd->dentry);
	nd->dentry = next;
	follow_mount(nd);
	return 0;
out:
	path_release(nd);
	return err;
}

/* Is nd something that can be walked through?  Releases it when not. */
static int check_directory(struct nameidata *nd)
{
	int err = 0;

	if (!nd->dentry->d_inode)
		err = -ENOENT;
	else if (!nd->dentry->d_inode->i_op->lookup)
		err = -ENOTDIR;
	else
		err = permission(nd->dentry->d_inode, MAY_EXEC, nd);
	if (err)
		path_release(nd);
	return err;
}

/* Cuts the next name off the path; returns what is behind it and its slashes. */
static const char *next_name(const char *name, struct qstr *this)
{
	this->name = (const unsigned char *)name;
	this->len = strcspn(name, "/");
	this->hash = full_name_hash(this->name, this->len);
	name += this->len;
	return name + strspn(name, "/");
}

/* The last name of a path; @slashes: some stood behind it. */
static int walk_last(struct nameidata *nd, struct qstr *this, int slashes)
{
	int err;

	if (slashes)
		nd->flags |= LOOKUP_FOLLOW | LOOKUP_DIRECTORY;
	if (last_type(this) == LAST_NORM) {
		err = walk_name(nd, this, nd->flags & LOOKUP_FOLLOW);
		if (err)
			return err;
	} else if (last_type(this) == LAST_DOTDOT) {
		follow_dotdot(nd);
	}
	err = 0;
	if (!nd->dentry->d_inode)
		err = -ENOENT;
	else if ((nd->flags & LOOKUP_DIRECTORY) && !nd->dentry->d_inode->i_op->lookup)
		err = -ENOTDIR;
	if (err)
		path_release(nd);
	return err;
}

/* From nd along @name.  On errors, nd is released. */
static int walk_names(const char *name, struct nameidata *nd)
{
	struct qstr this;
	const char *rest;
	int err;

	name += strspn(name, "/");
	while (*name) {
		err = check_directory(nd);
		if (err)
			return err;
		rest = next_name(name, &this);
		if (!*rest && (nd->flags & LOOKUP_PARENT)) {
			nd->last = this;
			nd->last_type = last_type(&this);
			return 0;
		}
		if (!*rest)
			return walk_last(nd, &this, rest != name + this.len);
		if (last_type(&this) == LAST_NORM) {
			err = walk_name(nd, &this, 1);
			if (err)
				return err;
		} else if (last_type(&this) == LAST_DOTDOT) {
			follow_dotdot(nd);
		}
		name = rest;
	}
	return 0;
}

/* A link in the middle of a path is walked to its end, and followed there. */
static int link_path_walk(const char *name, struct nameidata *nd)
{
	unsigned int flags = nd->flags;
	int err;

	if (nd->depth)
		nd->flags = (flags & ~LOOKUP_PARENT) | LOOKUP_FOLLOW;
	err = walk_names(name, nd);
	nd->flags = flags;
	return err;
}

int path_walk(const char *name, struct nameidata *nd)
{
	current->total_link_count = 0;
	return link_path_walk(name, nd);
}
EXPORT_SYMBOL(path_walk);

/**
 * path_lookup - walk a path from the root or the working directory
 * @flags: LOOKUP_*
 * @nd: gets a dentry and a mount with references, if there is no error
 */
int path_lookup(const char *name, unsigned int flags, struct nameidata *nd)
{
	nd->last_type = LAST_ROOT;
	nd->flags = flags;
	nd->depth = 0;
	if (*name == '/') {
		walk_from_root(nd);
	} else {
		read_lock(&current->fs->lock);
		nd->mnt = mntget(current->fs->pwdmnt);
		nd->dentry = dget(current->fs->pwd);
		read_unlock(&current->fs->lock);
	}
	return path_walk(name, nd);
}
EXPORT_SYMBOL(path_lookup);

int __user_walk(const char __user *name, unsigned int flags, struct nameidata *nd)
{
	char *tmp = getname(name);
	int err;

	if (IS_ERR(tmp))
		return PTR_ERR(tmp);
	err = path_lookup(tmp, flags, nd);
	putname(tmp);
	return err;
}
EXPORT_SYMBOL(__user_walk);

/**
 * lookup_create - the name that is to be made at the end of a path
 * @nd: from a walk with LOOKUP_PARENT
 * @is_dir: slashes may follow
 *
 * Locks the directory in any case.
 */
struct dentry *lookup_create(struct nameidata *nd, int is_dir)
{
	struct dentry *dentry;

	mutex_lock(&nd->dentry->d_inode->i_mutex);
	if (nd->last_type != LAST_NORM)
		return ERR_PTR(-EEXIST);
	if (nd->last.len > NAME_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	dentry = lookup_hash(nd);
	if (IS_ERR(dentry))
		return dentry;
	if (!is_dir && nd->last.name[nd->last.len] && !dentry->d_inode) {
		dput(dentry);
		return ERR_PTR(-ENOENT);
	}
	return dentry;
}
EXPORT_SYMBOL(lookup_create);

/**
 * may_open - may the file be opened so?
 * @acc_mode: MAY_*
 * @flag: O_*
 */
int may_open(struct nameidata *nd, int acc_mode, int flag)
{
	struct inode *inode = nd->dentry->d_inode;
	int error;

	if (!inode)
		return -ENOENT;
	if (S_ISLNK(inode->i_mode))
		return -ELOOP;
	if (S_ISDIR(inode->i_mode) && (acc_mode & MAY_WRITE))
		return -EISDIR;
	if ((S_ISCHR(inode->i_mode) || S_ISBLK(inode->i_mode)) && (nd->mnt->mnt_flags & MNT_NODEV))
		return -EACCES;
	error = vfs_permission(nd, acc_mode);
	if (error)
		return error;
	error = break_lease(inode, flag);
	if (error)
		return error;
	if (!(flag & O_TRUNC) || !S_ISREG(inode->i_mode))
		return 0;
	error = get_write_access(inode);
	if (error)
		return error;
	error = do_truncate(nd->dentry, 0, NULL);
	put_write_access(inode);
	return error;
}

static int open_existing(struct nameidata *nd, int acc_mode, int flag)
{
	int error = may_open(nd, acc_mode, flag);

	if (error) {
		release_open_intent(nd);
		path_release(nd);
	}
	return error;
}

static int open_create(struct nameidata *nd, struct dentry *dentry, int mode)
{
	struct dentry *dir = nd->dentry;
	int error = vfs_create(dir->d_inode, dentry, mode & ~current->fs->umask, nd);

	mutex_unlock(&dir->d_inode->i_mutex);
	nd->dentry = dentry;
	dput(dir);
	return error;
}

/* The link at the end of a path whose directory nd is.  On errors, nd is released. */
static int open_link(struct nameidata *nd, struct dentry *dentry)
{
	int error;

	nd->flags |= LOOKUP_PARENT;
	/* One link more: its text is walked as the path was, up to its last name. */
	if (current->link_count >= MAX_NESTED_LINKS ||
	    current->total_link_count++ >= MAX_TOTAL_LINKS) {
		path_release(nd);
		dput(dentry);
		return -ELOOP;
	}
	error = __do_follow_link(dentry, nd);
	dput(dentry);
	return error;
}

/* O_CREAT: finds or makes the last name. */
static int open_or_create(struct nameidata *nd, int acc_mode, int flag, int mode)
{
	struct dentry *dentry;
	int error, count = 0;

again:
	error = -EISDIR;
	if (nd->last_type != LAST_NORM || nd->last.name[nd->last.len])
		goto exit;
	error = -ENAMETOOLONG;
	if (nd->last.len > NAME_MAX)
		goto exit;
	nd->flags &= ~LOOKUP_PARENT;
	mutex_lock(&nd->dentry->d_inode->i_mutex);
	dentry = lookup_hash(nd);
	error = PTR_ERR(dentry);
	if (IS_ERR(dentry)) {
		mutex_unlock(&nd->dentry->d_inode->i_mutex);
		goto exit;
	}
	if (!dentry->d_inode) {
		error = open_create(nd, dentry, mode);
		if (error)
			goto exit;
		/* Who makes a file may open it, whatever its mode. */
		return open_existing(nd, 0, flag & ~O_TRUNC);
	}
	mutex_unlock(&nd->dentry->d_inode->i_mutex);
	error = -EEXIST;
	if (flag & O_EXCL)
		goto exit_dput;
	if (dentry->d_inode->i_op->follow_link) {
		error = -ELOOP;
		if ((flag & O_NOFOLLOW) || ++count > MAX_TOTAL_LINKS)
			goto exit_dput;
		error = open_link(nd, dentry);
		if (error)
			return error;
		if (nd->last_type == LAST_BIND)
			return open_existing(nd, acc_mode, flag);
		goto again;
	}
	dput(nd->dentry);
	nd->dentry = dentry;
	follow_mount(nd);
	if (S_ISDIR(nd->dentry->d_inode->i_mode)) {
		error = -EISDIR;
		goto exit;
	}
	return open_existing(nd, acc_mode, flag);

exit_dput:
	dput(dentry);
exit:
	release_open_intent(nd);
	path_release(nd);
	return error;
}

/**
 * open_namei - the path walk of open()
 * @flag: O_*
 * @mode: of a new file
 * @nd: gets the dentry, and in the intent the file that will be it
 */
int open_namei(const char *pathname, int flag, int mode, struct nameidata *nd)
{
	static const int acc_modes[] = { MAY_READ, MAY_WRITE, MAY_READ | MAY_WRITE,
					 MAY_READ | MAY_WRITE };
	int acc_mode = acc_modes[flag & O_ACCMODE], lookup = LOOKUP_OPEN, error;
	struct file *filp = get_empty_filp();

	if (!filp)
		return -ENFILE;
	if (flag & O_TRUNC)
		acc_mode |= MAY_WRITE;
	if (flag & O_APPEND)
		acc_mode |= MAY_APPEND;
	nd->intent.open = (struct open_intent){ .flags = flag, .create_mode = mode, .file = filp };
	if (!(flag & O_NOFOLLOW))
		lookup |= LOOKUP_FOLLOW;
	if (flag & O_DIRECTORY)
		lookup |= LOOKUP_DIRECTORY;
	if (flag & O_CREAT)
		lookup = LOOKUP_PARENT | LOOKUP_OPEN | LOOKUP_CREATE;
	error = path_lookup(pathname, lookup, nd);
	if (error) {
		put_filp(filp);
		return error;
	}
	if (!(flag & O_CREAT))
		return open_existing(nd, acc_mode, flag);
	error = open_or_create(nd, acc_mode, flag, mode);
	if (nd->intent.open.last_name)
		putname(nd->intent.open.last_name);
	return error;
}

int vfs_readlink(struct dentry *dentry, char __user *buffer, int buflen, const char *link)
{
	int len;

	if (IS_ERR(link))
		return PTR_ERR(link);
	len = min_t(int, strlen(link), buflen);
	return copy_to_user(buffer, link, len) ? -EFAULT : len;
}
EXPORT_SYMBOL(vfs_readlink);

int generic_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	struct nameidata nd = { .depth = 0 };
	void *cookie = dentry->d_inode->i_op->follow_link(dentry, &nd);
	int res;

	if (IS_ERR(cookie))
		return PTR_ERR(cookie);
	res = vfs_readlink(dentry, buffer, buflen, nd_get_link(&nd));
	if (dentry->d_inode->i_op->put_link)
		dentry->d_inode->i_op->put_link(dentry, &nd, cookie);
	return res;
}
EXPORT_SYMBOL(generic_readlink);

/* In a sticky directory only the owners of file and directory remove it. */
static int check_sticky(struct inode *dir, struct inode *inode)
{
	if (!(dir->i_mode & S_ISVTX))
		return 0;
	if (inode->i_uid == current->fsuid || dir->i_uid == current->fsuid)
		return 0;
	return !capable(CAP_FOWNER);
}

static int may_delete(struct inode *dir, struct dentry *victim, int isdir)
{
	int error;

	if (!victim->d_inode)
		return -ENOENT;
	error = permission(dir, MAY_WRITE | MAY_EXEC, NULL);
	if (error)
		return error;
	if (check_sticky(dir, victim->d_inode))
		return -EPERM;
	if (isdir) {
		if (!S_ISDIR(victim->d_inode->i_mode))
			return -ENOTDIR;
		if (IS_ROOT(victim))
			return -EBUSY;
	} else if (S_ISDIR(victim->d_inode->i_mode)) {
		return -EISDIR;
	}
	return IS_DEADDIR(dir) ? -ENOENT : 0;
}

static int may_create(struct inode *dir, struct dentry *child)
{
	if (child->d_inode)
		return -EEXIST;
	if (IS_DEADDIR(dir))
		return -ENOENT;
	return permission(dir, MAY_WRITE | MAY_EXEC, NULL);
}

int vfs_create(struct inode *dir, struct dentry *dentry, int mode, struct nameidata *nd)
{
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if (!dir->i_op->create)
		return -EACCES;
	return dir->i_op->create(dir, dentry, (mode & S_IALLUGO) | S_IFREG, nd);
}
EXPORT_SYMBOL(vfs_create);

int vfs_mknod(struct inode *dir, struct dentry *dentry, int mode, dev_t dev)
{
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if ((S_ISCHR(mode) || S_ISBLK(mode)) && !capable(CAP_MKNOD))
		return -EPERM;
	if (!dir->i_op->mknod)
		return -EPERM;
	return dir->i_op->mknod(dir, dentry, mode, dev);
}
EXPORT_SYMBOL(vfs_mknod);

int vfs_mkdir(struct inode *dir, struct dentry *dentry, int mode)
{
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if (!dir->i_op->mkdir)
		return -EPERM;
	return dir->i_op->mkdir(dir, dentry, mode & (S_IRWXUGO | S_ISVTX));
}
EXPORT_SYMBOL(vfs_mkdir);

int vfs_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	int error = may_create(dir, dentry);

	if (error)
		return error;
	if (!dir->i_op->symlink)
		return -EPERM;
	return dir->i_op->symlink(dir, dentry, target);
}
EXPORT_SYMBOL(vfs_symlink);

int vfs_link(struct dentry *old_dentry, struct inode *dir, struct dentry *new_dentry)
{
	struct inode *inode = old_dentry->d_inode;
	int error;

	if (!inode)
		return -ENOENT;
	error = may_create(dir, new_dentry);
	if (error)
		return error;
	if (dir->i_sb != inode->i_sb)
		return -EXDEV;
	if (!dir->i_op->link || S_ISDIR(inode->i_mode))
		return -EPERM;
	mutex_lock(&inode->i_mutex);
	/* All its names are gone: it does not come back. */
	error = inode->i_nlink ? dir->i_op->link(old_dentry, dir, new_dentry) : -ENOENT;
	mutex_unlock(&inode->i_mutex);
	return error;
}
EXPORT_SYMBOL(vfs_link);

int vfs_rmdir(struct inode *dir, struct dentry *dentry)
{
	int error = may_delete(dir, dentry, 1);

	if (error)
		return error;
	if (!dir->i_op->rmdir)
		return -EPERM;
	mutex_lock(&dentry->d_inode->i_mutex);
	shrink_dcache_parent(dentry);
	error = -EBUSY;
	if (!d_mountpoint(dentry))
		error = dir->i_op->rmdir(dir, dentry);
	if (!error)
		dentry->d_inode->i_flags |= S_DEAD;
	mutex_unlock(&dentry->d_inode->i_mutex);
	if (!error)
		d_delete(dentry);
	return error;
}
EXPORT_SYMBOL(vfs_rmdir);

int vfs_unlink(struct inode *dir, struct dentry *dentry)
{
	int error = may_delete(dir, dentry, 0);

	if (error)
		return error;
	if (!dir->i_op->unlink)
		return -EPERM;
	mutex_lock(&dentry->d_inode->i_mutex);
	error = d_mountpoint(dentry) ? -EBUSY : dir->i_op->unlink(dir, dentry);
	mutex_unlock(&dentry->d_inode->i_mutex);
	if (!error)
		d_delete(dentry);
	return error;
}
EXPORT_SYMBOL(vfs_unlink);

static int may_replace(struct inode *dir, struct dentry *new, int is_dir)
{
	return new->d_inode ? may_delete(dir, new, is_dir) : may_create(dir, new);
}

/**
 * vfs_rename - the directories' i_mutex are held
 */
int vfs_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
	       struct dentry *new)
{
	int is_dir = S_ISDIR(old->d_inode->i_mode), error;
	struct inode *target = new->d_inode;

	if (old->d_inode == target)
		return 0;
	error = may_delete(old_dir, old, is_dir);
	if (!error)
		error = may_replace(new_dir, new, is_dir);
	/* Its ".." changes. */
	if (!error && is_dir && old_dir != new_dir)
		error = permission(old->d_inode, MAY_WRITE, NULL);
	if (error)
		return error;
	if (!old_dir->i_op->rename)
		return -EPERM;
	if (target)
		mutex_lock(&target->i_mutex);
	error = -EBUSY;
	if (!d_mountpoint(old) && !d_mountpoint(new))
		error = old_dir->i_op->rename(old_dir, old, new_dir, new);
	if (!error && target && is_dir)
		target->i_flags |= S_DEAD;
	if (target)
		mutex_unlock(&target->i_mutex);
	if (!error)
		d_move(old, new);
	return error;
}
EXPORT_SYMBOL(vfs_rename);
