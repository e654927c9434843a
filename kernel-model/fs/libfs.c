// SPDX-License-Identifier: GPL-2.0-only
/* What file systems that live in dentries have in common. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

int simple_getattr(struct vfsmount *mnt, struct dentry *dentry, struct kstat *stat)
{
	struct inode *inode = dentry->d_inode;

	generic_fillattr(inode, stat);
	stat->blocks = inode->i_mapping->nrpages << (PAGE_SHIFT - 9);
	return 0;
}
EXPORT_SYMBOL(simple_getattr);

int simple_statfs(struct super_block *sb, struct kstatfs *buf)
{
	buf->f_type = sb->s_magic;
	buf->f_bsize = PAGE_SIZE;
	buf->f_namelen = NAME_MAX;
	return 0;
}
EXPORT_SYMBOL(simple_statfs);

/* There is no disk to look at: what is not in memory does not exist. */
static int simple_delete_dentry(struct dentry *dentry)
{
	return 1;
}

struct dentry *simple_lookup(struct inode *dir, struct dentry *dentry, struct nameidata *nd)
{
	static struct dentry_operations simple_dentry_operations = {
		.d_delete = simple_delete_dentry,
	};

	if (dentry->d_name.len > NAME_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	dentry->d_op = &simple_dentry_operations;
	d_add(dentry, NULL);
	return NULL;
}
EXPORT_SYMBOL(simple_lookup);

static int simple_positive(struct dentry *dentry)
{
	return dentry->d_inode && !d_unhashed(dentry);
}

/*
 * The place in a directory that is being read is a dentry of the reader's own
 * among the children: names may come and go around it.
 */
int dcache_dir_open(struct inode *inode, struct file *file)
{
	static const struct qstr cursor_name = { .len = 1, .name = (const unsigned char *)"." };

	file->private_data = d_alloc(file->f_dentry, &cursor_name);
	if (!file->private_data)
		return -ENOMEM;
	spin_lock(&dcache_lock);
	list_move(&((struct dentry *)file->private_data)->d_u.d_child,
		  &file->f_dentry->d_subdirs);
	spin_unlock(&dcache_lock);
	return 0;
}
EXPORT_SYMBOL(dcache_dir_open);

int dcache_dir_close(struct inode *inode, struct file *file)
{
	dput(file->private_data);
	return 0;
}
EXPORT_SYMBOL(dcache_dir_close);

static void seek_cursor(struct dentry *dir, struct dentry *cursor, loff_t n)
{
	struct list_head *p;

	spin_lock(&dcache_lock);
	list_del(&cursor->d_u.d_child);
	p = dir->d_subdirs.next;
	while (n && p != &dir->d_subdirs) {
		if (simple_positive(list_entry(p, struct dentry, d_u.d_child)))
			n--;
		p = p->next;
	}
	list_add_tail(&cursor->d_u.d_child, p);
	spin_unlock(&dcache_lock);
}

loff_t dcache_dir_lseek(struct file *file, loff_t offset, int origin)
{
	struct dentry *dir = file->f_dentry;

	mutex_lock(&dir->d_inode->i_mutex);
	if (origin == 1)
		offset += file->f_pos;
	if (origin > 1 || offset < 0) {
		mutex_unlock(&dir->d_inode->i_mutex);
		return -EINVAL;
	}
	if (offset != file->f_pos) {
		file->f_pos = offset;
		seek_cursor(dir, file->private_data, offset > 2 ? offset - 2 : 0);
	}
	mutex_unlock(&dir->d_inode->i_mutex);
	return offset;
}
EXPORT_SYMBOL(dcache_dir_lseek);

static unsigned char dt_type(const struct inode *inode)
{
	return (inode->i_mode >> 12) & 15;
}

/* The next name after the cursor, with a reference; the cursor moves behind it. */
static struct dentry *step_cursor(struct dentry *dir, struct dentry *cursor)
{
	struct list_head *p;
	struct dentry *found = NULL;

	spin_lock(&dcache_lock);
	for (p = cursor->d_u.d_child.next; p != &dir->d_subdirs; p = p->next) {
		struct dentry *next = list_entry(p, struct dentry, d_u.d_child);

		if (!simple_positive(next))
			continue;
		found = dget_locked(next);
		list_move(&cursor->d_u.d_child, p);
		break;
	}
	spin_unlock(&dcache_lock);
	return found;
}

static void unstep_cursor(struct dentry *found, struct dentry *cursor)
{
	spin_lock(&dcache_lock);
	list_move_tail(&cursor->d_u.d_child, &found->d_u.d_child);
	spin_unlock(&dcache_lock);
}

static int fill_dots(struct file *file, void *dirent, filldir_t filldir)
{
	struct dentry *dir = file->f_dentry;

	if (file->f_pos == 0) {
		if (filldir(dirent, ".", 1, 0, dir->d_inode->i_ino, DT_DIR) < 0)
			return 0;
		file->f_pos++;
	}
	if (file->f_pos == 1) {
		if (filldir(dirent, "..", 2, 1, dir->d_parent->d_inode->i_ino, DT_DIR) < 0)
			return 0;
		file->f_pos++;
	}
	return 1;
}

int dcache_readdir(struct file *file, void *dirent, filldir_t filldir)
{
	struct dentry *dir = file->f_dentry, *cursor = file->private_data, *next;

	if (!fill_dots(file, dirent, filldir))
		return 0;
	while ((next = step_cursor(dir, cursor)) != NULL) {
		int full = filldir(dirent, (const char *)next->d_name.name, next->d_name.len,
				   file->f_pos, next->d_inode->i_ino,
				   dt_type(next->d_inode)) < 0;

		if (full)
			unstep_cursor(next, cursor);
		else
			file->f_pos++;
		dput(next);
		if (full)
			break;
	}
	return 0;
}
EXPORT_SYMBOL(dcache_readdir);

const struct file_operations simple_dir_operations = {
	.open = dcache_dir_open,
	.release = dcache_dir_close,
	.llseek = dcache_dir_lseek,
	.read = generic_read_dir,
	.readdir = dcache_readdir,
	.fsync = simple_sync_file,
};

struct inode_operations simple_dir_inode_operations = {
	.lookup = simple_lookup,
};

static void touch(struct inode *inode)
{
	inode->i_ctime = CURRENT_TIME;
}

static void touch_dir(struct inode *dir)
{
	dir->i_mtime = CURRENT_TIME;
	dir->i_ctime = CURRENT_TIME;
}

int simple_link(struct dentry *old_dentry, struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = old_dentry->d_inode;

	touch(inode);
	touch_dir(dir);
	inode->i_nlink++;
	atomic_inc(&inode->i_count);
	dget(dentry);
	d_instantiate(dentry, inode);
	return 0;
}
EXPORT_SYMBOL(simple_link);

int simple_empty(struct dentry *dentry)
{
	struct dentry *child;
	int empty = 1;

	spin_lock(&dcache_lock);
	list_for_each_entry(child, &dentry->d_subdirs, d_u.d_child)
		if (simple_positive(child))
			empty = 0;
	spin_unlock(&dcache_lock);
	return empty;
}
EXPORT_SYMBOL(simple_empty);

int simple_unlink(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;

	touch(inode);
	touch_dir(dir);
	inode->i_nlink--;
	dput(dentry);
	return 0;
}
EXPORT_SYMBOL(simple_unlink);

int simple_rmdir(struct inode *dir, struct dentry *dentry)
{
	if (!simple_empty(dentry))
		return -ENOTEMPTY;
	dentry->d_inode->i_nlink--;
	simple_unlink(dir, dentry);
	dir->i_nlink--;
	return 0;
}
EXPORT_SYMBOL(simple_rmdir);

int simple_rename(struct inode *old_dir, struct dentry *old_dentry, struct inode *new_dir,
		  struct dentry *new_dentry)
{
	int they_are_dirs = S_ISDIR(old_dentry->d_inode->i_mode);

	if (!simple_empty(new_dentry))
		return -ENOTEMPTY;
	if (new_dentry->d_inode) {
		simple_unlink(new_dir, new_dentry);
		if (they_are_dirs) {
			new_dentry->d_inode->i_nlink--;
			old_dir->i_nlink--;
		}
	} else if (they_are_dirs) {
		old_dir->i_nlink--;
		new_dir->i_nlink++;
	}
	touch_dir(old_dir);
	touch_dir(new_dir);
	touch(old_dentry->d_inode);
	return 0;
}
EXPORT_SYMBOL(simple_rename);

int simple_sync_file(struct file *file, struct dentry *dentry, int datasync)
{
	return 0;
}
EXPORT_SYMBOL(simple_sync_file);

/**
 * simple_read_from_buffer - read() of what is in memory as a whole
 * @from: the bytes
 * @available: how many
 */
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from,
				size_t available)
{
	loff_t pos = *ppos;

	if (pos < 0)
		return -EINVAL;
	if (pos >= (loff_t)available)
		return 0;
	count = min_t(size_t, count, available - pos);
	if (copy_to_user(to, (const char *)from + pos, count))
		return -EFAULT;
	*ppos = pos + count;
	return count;
}
EXPORT_SYMBOL(simple_read_from_buffer);

/* The text of a symbolic link is its first page. */
static void *page_follow_link(struct dentry *dentry, struct nameidata *nd)
{
	struct page *page = find_get_page(dentry->d_inode->i_mapping, 0);

	nd_set_link(nd, page ? page_address(page) : "");
	return page;
}

static void page_put_link(struct dentry *dentry, struct nameidata *nd, void *cookie)
{
	if (cookie)
		put_page(cookie);
}

int page_symlink(struct inode *inode, const char *target, int len)
{
	struct page *page;

	if (len > PAGE_SIZE)
		return -ENAMETOOLONG;
	page = find_or_create_page(inode->i_mapping, 0, GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	memcpy(page_address(page), target, len);
	inode->i_size = len - 1;
	put_page(page);
	return 0;
}
EXPORT_SYMBOL(page_symlink);

struct inode_operations page_symlink_inode_operations = {
	.readlink = generic_readlink,
	.follow_link = page_follow_link,
	.put_link = page_put_link,
	.getattr = simple_getattr,
};
