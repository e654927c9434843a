// SPDX-License-Identifier: GPL-2.0-only
/* The tree of entries that parts of the kernel put below /proc. */
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "internal.h"

static DEFINE_SPINLOCK(proc_subdir_lock);
static DEFINE_IDR(proc_inum_idr);
static DEFINE_SPINLOCK(proc_inum_lock);

static int proc_match(int len, const char *name, const struct proc_dir_entry *de)
{
	return de->namelen == len && !memcmp(name, de->name, len);
}

static ssize_t copy_part(char __user *buf, const char *from, ssize_t n, size_t room)
{
	n = min_t(ssize_t, n, room);
	return copy_to_user(buf, from, n) ? -EFAULT : n;
}

/* One call of the entry's function, which fills at most a page. */
static ssize_t read_block(struct proc_dir_entry *dp, char *page, char __user *buf, size_t nbytes,
			  loff_t *ppos, int *eof)
{
	int count = min_t(size_t, PAGE_SIZE - 1024, nbytes), n = -EIO;
	char *start = NULL;
	ssize_t copied;

	if (dp->get_info)
		n = dp->get_info(page, &start, *ppos, count);
	else if (dp->read_proc)
		n = dp->read_proc(page, &start, *ppos, count, eof, dp->data);
	if (n <= 0)
		return n;
	BUG_ON(n > PAGE_SIZE);
	if (start) {
		/* What is asked for stands at start. */
		copied = copy_part(buf, start, n, count);
	} else if (dp->get_info) {
		copied = copy_part(buf, page, n, count);
	} else {
		/* All of it stands in the page, from the beginning. */
		if (*ppos >= n)
			return 0;
		copied = copy_part(buf, page + *ppos, n - *ppos, nbytes);
	}
	if (copied > 0)
		*ppos += copied;
	return copied;
}

static ssize_t proc_file_read(struct file *file, char __user *buf, size_t nbytes, loff_t *ppos)
{
	struct proc_dir_entry *dp = PDE(file->f_dentry->d_inode);
	char *page = (char *)__get_free_page(GFP_KERNEL);
	ssize_t retval = 0, n;
	int eof = 0;

	if (!page)
		return -ENOMEM;
	while (nbytes > 0 && !eof) {
		n = read_block(dp, page, buf, nbytes, ppos, &eof);
		if (n <= 0) {
			retval = retval ? retval : n;
			break;
		}
		nbytes -= n;
		buf += n;
		retval += n;
	}
	free_page((unsigned long)page);
	return retval;
}

static ssize_t proc_file_write(struct file *file, const char __user *buffer, size_t count,
			       loff_t *ppos)
{
	struct proc_dir_entry *dp = PDE(file->f_dentry->d_inode);

	return dp->write_proc ? dp->write_proc(file, buffer, count, dp->data) : -EIO;
}

const struct file_operations proc_file_operations = {
	.llseek = generic_file_llseek,
	.read = proc_file_read,
	.write = proc_file_write,
};

static int proc_notify_change(struct dentry *dentry, struct iattr *iattr)
{
	struct inode *inode = dentry->d_inode;
	struct proc_dir_entry *de = PDE(inode);
	int error = inode_change_ok(inode, iattr);

	if (!error)
		error = inode_setattr(inode, iattr);
	if (!error && de) {
		de->uid = inode->i_uid;
		de->gid = inode->i_gid;
		de->mode = inode->i_mode;
	}
	return error;
}

static struct inode_operations proc_file_inode_operations = {
	.setattr = proc_notify_change,
};

static struct proc_dir_entry *find_entry(struct proc_dir_entry *parent, const char *name, int len)
{
	struct proc_dir_entry *de = parent->subdir;

	while (de && !proc_match(len, name, de))
		de = de->next;
	return de;
}

/*
 * Goes along a name like "driver/rtc" from *parent, or the root; *residual is
 * the last part.
 */
static int xlate_proc_name(const char *name, struct proc_dir_entry **parent,
			   const char **residual)
{
	const char *next;

	if (!*parent)
		*parent = &proc_root;
	while ((next = strchr(name, '/')) != NULL) {
		*parent = find_entry(*parent, name, next - name);
		if (!*parent)
			return -ENOENT;
		name = next + 1;
	}
	*residual = name;
	return 0;
}

static unsigned int get_inode_number(void)
{
	int i = 0, error;

	do {
		if (!idr_pre_get(&proc_inum_idr, GFP_KERNEL))
			return 0;
		spin_lock(&proc_inum_lock);
		error = idr_get_new(&proc_inum_idr, &proc_inum_idr, &i);
		spin_unlock(&proc_inum_lock);
	} while (error == -EAGAIN);
	return error ? 0 : PROC_DYNAMIC_FIRST + i;
}

static void release_inode_number(unsigned int inum)
{
	spin_lock(&proc_inum_lock);
	idr_remove(&proc_inum_idr, inum - PROC_DYNAMIC_FIRST);
	spin_unlock(&proc_inum_lock);
}

static void *proc_entry_follow_link(struct dentry *dentry, struct nameidata *nd)
{
	nd_set_link(nd, PDE(dentry->d_inode)->data);
	return NULL;
}

static struct inode_operations proc_link_inode_operations = {
	.readlink = generic_readlink,
	.follow_link = proc_entry_follow_link,
};

/* No name is kept when nobody uses it: the entry may be removed any time. */
static int proc_delete_dentry(struct dentry *dentry)
{
	return 1;
}

static struct dentry_operations proc_dentry_operations = {
	.d_delete = proc_delete_dentry,
};

struct dentry *proc_lookup(struct inode *dir, struct dentry *dentry, struct nameidata *nd)
{
	struct proc_dir_entry *de;
	struct inode *inode;

	spin_lock(&proc_subdir_lock);
	de = find_entry(PDE(dir), (const char *)dentry->d_name.name, dentry->d_name.len);
	spin_unlock(&proc_subdir_lock);
	if (!de)
		return ERR_PTR(-ENOENT);
	inode = proc_get_inode(dir->i_sb, de->low_ino, de);
	if (!inode)
		return ERR_PTR(-EINVAL);
	dentry->d_op = &proc_dentry_operations;
	d_add(dentry, inode);
	return NULL;
}

/* The n-th entry below a directory, with what filldir needs of it. */
static int nth_entry(struct proc_dir_entry *dir, unsigned int n, char *name, unsigned int *ino,
		     mode_t *mode)
{
	struct proc_dir_entry *de;

	spin_lock(&proc_subdir_lock);
	for (de = dir->subdir; de && n; de = de->next)
		n--;
	if (de) {
		strlcpy(name, de->name, NAME_MAX + 1);
		*ino = de->low_ino;
		*mode = de->mode;
	}
	spin_unlock(&proc_subdir_lock);
	return !!de;
}

/* Place 0 is ".", 1 is "..", n + 2 is entry n. */
int proc_readdir(struct file *filp, void *dirent, filldir_t filldir)
{
	struct dentry *dir = filp->f_dentry;
	char name[NAME_MAX + 1];
	unsigned int ino;
	mode_t mode;

	if (filp->f_pos == 0) {
		if (filldir(dirent, ".", 1, 0, dir->d_inode->i_ino, DT_DIR) < 0)
			return 0;
		filp->f_pos++;
	}
	if (filp->f_pos == 1) {
		if (filldir(dirent, "..", 2, 1, dir->d_parent->d_inode->i_ino, DT_DIR) < 0)
			return 0;
		filp->f_pos++;
	}
	while (nth_entry(PDE(dir->d_inode), filp->f_pos - 2, name, &ino, &mode)) {
		if (filldir(dirent, name, strlen(name), filp->f_pos, ino, mode >> 12 & 15) < 0)
			return 0;
		filp->f_pos++;
	}
	return 1;
}

static const struct file_operations proc_dir_operations = {
	.read = generic_read_dir,
	.readdir = proc_readdir,
};

static struct inode_operations proc_dir_inode_operations = {
	.lookup = proc_lookup,
	.setattr = proc_notify_change,
};

static int proc_register(struct proc_dir_entry *dir, struct proc_dir_entry *dp)
{
	dp->low_ino = get_inode_number();
	if (!dp->low_ino)
		return -EAGAIN;
	if (S_ISDIR(dp->mode)) {
		if (!dp->proc_iops) {
			dp->proc_fops = &proc_dir_operations;
			dp->proc_iops = &proc_dir_inode_operations;
		}
		dir->nlink++;
	} else if (S_ISLNK(dp->mode)) {
		dp->proc_iops = &proc_link_inode_operations;
	} else {
		if (!dp->proc_fops)
			dp->proc_fops = &proc_file_operations;
		dp->proc_iops = &proc_file_inode_operations;
	}
	spin_lock(&proc_subdir_lock);
	dp->next = dir->subdir;
	dp->parent = dir;
	dir->subdir = dp;
	spin_unlock(&proc_subdir_lock);
	return 0;
}

static struct proc_dir_entry *proc_create(struct proc_dir_entry **parent, const char *name,
					  mode_t mode, nlink_t nlink)
{
	struct proc_dir_entry *ent;
	const char *fn = name;
	int len;

	if (!name || !*name || xlate_proc_name(name, parent, &fn))
		return NULL;
	len = strlen(fn);
	ent = kzalloc(sizeof(*ent) + len + 1, GFP_KERNEL);
	if (!ent)
		return NULL;
	memcpy((char *)(ent + 1), fn, len + 1);
	ent->name = (char *)(ent + 1);
	ent->namelen = len;
	ent->mode = mode;
	ent->nlink = nlink;
	return ent;
}

static struct proc_dir_entry *publish(struct proc_dir_entry *parent, struct proc_dir_entry *ent)
{
	if (!proc_register(parent, ent))
		return ent;
	if (S_ISLNK(ent->mode))
		kfree(ent->data);
	kfree(ent);
	return NULL;
}

struct proc_dir_entry *proc_symlink(const char *name, struct proc_dir_entry *parent,
				    const char *dest)
{
	struct proc_dir_entry *ent = proc_create(&parent, name, S_IFLNK | S_IRWXUGO, 1);

	if (!ent)
		return NULL;
	ent->size = strlen(dest);
	ent->data = kstrdup(dest, GFP_KERNEL);
	if (ent->data)
		return publish(parent, ent);
	kfree(ent);
	return NULL;
}
EXPORT_SYMBOL(proc_symlink);

struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry *ent = proc_create(&parent, name, S_IFDIR | S_IRUGO | S_IXUGO, 2);

	return ent ? publish(parent, ent) : NULL;
}
EXPORT_SYMBOL(proc_mkdir);

/**
 * create_proc_entry - a new file or directory below /proc
 * @name: its name, perhaps with directories that exist
 * @mode: type and permissions; 0 for a file that all may read
 * @parent: where @name begins; NULL for the root
 *
 * Returns the entry for the caller to fill in, or NULL.
 */
struct proc_dir_entry *create_proc_entry(const char *name, mode_t mode,
					 struct proc_dir_entry *parent)
{
	struct proc_dir_entry *ent;

	if (S_ISDIR(mode)) {
		if (!(mode & S_IALLUGO))
			mode |= S_IRUGO | S_IXUGO;
		ent = proc_create(&parent, name, mode, 2);
	} else {
		if (!(mode & S_IFMT))
			mode |= S_IFREG;
		if (!(mode & S_IALLUGO))
			mode |= S_IRUGO;
		ent = proc_create(&parent, name, mode, 1);
	}
	return ent ? publish(parent, ent) : NULL;
}
EXPORT_SYMBOL(create_proc_entry);

void free_proc_entry(struct proc_dir_entry *de)
{
	release_inode_number(de->low_ino);
	if (S_ISLNK(de->mode))
		kfree(de->data);
	kfree(de);
}

/**
 * remove_proc_entry - take an entry out of the tree
 *
 * Who has it open can go on using it.
 */
void remove_proc_entry(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry **p, *de;
	const char *fn = name;
	int len;

	if (xlate_proc_name(name, &parent, &fn))
		return;
	len = strlen(fn);
	spin_lock(&proc_subdir_lock);
	for (p = &parent->subdir; *p && !proc_match(len, fn, *p); p = &(*p)->next)
		;
	de = *p;
	if (de) {
		*p = de->next;
		de->next = NULL;
		if (S_ISDIR(de->mode))
			parent->nlink--;
	}
	spin_unlock(&proc_subdir_lock);
	if (!de)
		return;
	WARN_ON(de->subdir);
	if (!atomic_read(&de->count))
		free_proc_entry(de);
	else
		de->deleted = 1;
}
EXPORT_SYMBOL(remove_proc_entry);
