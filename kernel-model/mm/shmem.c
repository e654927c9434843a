// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files in memory, with limits: tmpfs for user mode, and without a name what
 * shared anonymous mappings and System V segments are made of.
 */
#include <linux/shmem_fs.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

struct vfsmount *shm_mnt;

static struct kmem_cache *shmem_inode_cachep;
static struct super_operations shmem_ops;
static struct inode_operations shmem_inode_operations;
static struct inode_operations shmem_dir_inode_operations;
static const struct file_operations shmem_file_operations;

static struct vm_operations_struct shmem_vm_ops = {
	.nopage = shmem_nopage,
};

/* A whole object that is promised when it is made. */
static int shmem_acct_size(unsigned long flags, loff_t size)
{
	return flags & VM_ACCOUNT ? security_vm_enough_memory(PAGE_ALIGN(size) >> PAGE_SHIFT) : 0;
}

static void shmem_unacct_size(unsigned long flags, loff_t size)
{
	if (flags & VM_ACCOUNT)
		vm_unacct_memory(PAGE_ALIGN(size) >> PAGE_SHIFT);
}

/* A file that is promised page by page. */
static int shmem_acct_block(unsigned long flags)
{
	return flags & VM_ACCOUNT ? 0 : security_vm_enough_memory(1);
}

static void shmem_unacct_blocks(unsigned long flags, long pages)
{
	if (!(flags & VM_ACCOUNT))
		vm_unacct_memory(pages);
}

static int shmem_take_block(struct shmem_sb_info *sbinfo)
{
	int ok;

	if (!sbinfo->max_blocks)
		return 1;
	spin_lock(&sbinfo->stat_lock);
	ok = sbinfo->free_blocks > 0;
	sbinfo->free_blocks -= ok;
	spin_unlock(&sbinfo->stat_lock);
	return ok;
}

static void shmem_free_blocks(struct shmem_sb_info *sbinfo, long pages)
{
	if (!sbinfo->max_blocks)
		return;
	spin_lock(&sbinfo->stat_lock);
	sbinfo->free_blocks += pages;
	spin_unlock(&sbinfo->stat_lock);
}

/* Pages may have been cut off: what is counted follows. */
static void shmem_recalc_inode(struct inode *inode)
{
	struct shmem_inode_info *info = SHMEM_I(inode);
	long freed = info->alloced - inode->i_mapping->nrpages;

	if (freed <= 0)
		return;
	spin_lock(&info->lock);
	info->alloced -= freed;
	spin_unlock(&info->lock);
	shmem_unacct_blocks(info->flags, freed);
	shmem_free_blocks(SHMEM_SB(inode->i_sb), freed);
}

/**
 * shmem_getpage - a page of a file, made and counted if need be
 *
 * Returns it with a reference, or -ENOSPC or -ENOMEM as a pointer.
 */
static struct page *shmem_getpage(struct inode *inode, unsigned long idx)
{
	struct shmem_inode_info *info = SHMEM_I(inode);
	struct shmem_sb_info *sbinfo = SHMEM_SB(inode->i_sb);
	struct page *page = find_get_page(inode->i_mapping, idx);
	unsigned long before;

	if (page)
		return page;
	if (!shmem_take_block(sbinfo))
		return ERR_PTR(-ENOSPC);
	if (shmem_acct_block(info->flags)) {
		shmem_free_blocks(sbinfo, 1);
		return ERR_PTR(-ENOSPC);
	}
	before = inode->i_mapping->nrpages;
	page = find_or_create_page(inode->i_mapping, idx, GFP_HIGHUSER);
	if (page && inode->i_mapping->nrpages > before) {
		spin_lock(&info->lock);
		info->alloced++;
		spin_unlock(&info->lock);
		return page;
	}
	shmem_unacct_blocks(info->flags, 1);
	shmem_free_blocks(sbinfo, 1);
	return page ? page : ERR_PTR(-ENOMEM);
}

struct page *shmem_nopage(struct vm_area_struct *vma, unsigned long address, int *type)
{
	struct inode *inode = vma->vm_file->f_dentry->d_inode;
	unsigned long idx = vma->vm_pgoff + ((address - vma->vm_start) >> PAGE_SHIFT);
	struct page *page;

	if (idx >= PAGE_ALIGN(inode->i_size) >> PAGE_SHIFT)
		return NOPAGE_SIGBUS;
	page = shmem_getpage(inode, idx);
	if (IS_ERR(page))
		return PTR_ERR(page) == -ENOMEM ? NOPAGE_OOM : NOPAGE_SIGBUS;
	return page;
}

int shmem_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &shmem_vm_ops;
	return 0;
}

/**
 * shmem_lock - keep a file in memory, or let it go
 * @lock: which of both
 * @user: whom it is charged to
 *
 * Returns 0, also when it is locked already, or -ENOMEM.
 */
int shmem_lock(struct file *file, int lock, struct user_struct *user)
{
	struct inode *inode = file->f_dentry->d_inode;
	struct shmem_inode_info *info = SHMEM_I(inode);
	int retval = -ENOMEM;

	spin_lock(&info->lock);
	if (lock && !(info->flags & VM_LOCKED)) {
		if (!user_shm_lock(inode->i_size, user))
			goto out_nomem;
		info->flags |= VM_LOCKED;
	}
	if (!lock && info->flags & VM_LOCKED && user) {
		user_shm_unlock(inode->i_size, user);
		info->flags &= ~VM_LOCKED;
	}
	retval = 0;
out_nomem:
	spin_unlock(&info->lock);
	return retval;
}

/* Counts a file against the mount's limit; 0 when there may be no more. */
static int shmem_take_inode(struct shmem_sb_info *sbinfo)
{
	int ok;

	if (!sbinfo->max_inodes)
		return 1;
	spin_lock(&sbinfo->stat_lock);
	ok = sbinfo->free_inodes > 0;
	sbinfo->free_inodes -= ok;
	spin_unlock(&sbinfo->stat_lock);
	return ok;
}

static void shmem_free_inode(struct shmem_sb_info *sbinfo)
{
	if (!sbinfo->max_inodes)
		return;
	spin_lock(&sbinfo->stat_lock);
	sbinfo->free_inodes++;
	spin_unlock(&sbinfo->stat_lock);
}

static void shmem_init_ops(struct inode *inode, int mode, dev_t dev)
{
	inode->i_op = &shmem_inode_operations;
	if (S_ISREG(mode)) {
		inode->i_fop = &shmem_file_operations;
	} else if (S_ISDIR(mode)) {
		inode->i_nlink++;
		inode->i_op = &shmem_dir_inode_operations;
		inode->i_fop = &simple_dir_operations;
	} else if (S_ISLNK(mode)) {
		inode->i_op = &page_symlink_inode_operations;
	} else {
		init_special_inode(inode, mode, dev);
	}
}

static struct inode *shmem_get_inode(struct super_block *sb, int mode, dev_t dev)
{
	struct inode *inode;

	if (!shmem_take_inode(SHMEM_SB(sb)))
		return NULL;
	inode = new_inode(sb);
	if (!inode) {
		shmem_free_inode(SHMEM_SB(sb));
		return NULL;
	}
	inode->i_mode = mode;
	inode->i_uid = current->fsuid;
	inode->i_gid = current->fsgid;
	inode->i_atime = CURRENT_TIME;
	inode->i_mtime = CURRENT_TIME;
	inode->i_ctime = CURRENT_TIME;
	SHMEM_I(inode)->flags = 0;
	SHMEM_I(inode)->alloced = 0;
	spin_lock_init(&SHMEM_I(inode)->lock);
	shmem_init_ops(inode, mode, dev);
	return inode;
}

static void shmem_delete_inode(struct inode *inode)
{
	truncate_inode_pages(inode->i_mapping, 0);
	shmem_recalc_inode(inode);
	shmem_unacct_size(SHMEM_I(inode)->flags, inode->i_size);
	shmem_free_inode(SHMEM_SB(inode->i_sb));
	clear_inode(inode);
}

static struct inode *shmem_alloc_inode(struct super_block *sb)
{
	struct shmem_inode_info *info = kmem_cache_alloc(shmem_inode_cachep, GFP_KERNEL);

	if (!info)
		return NULL;
	inode_init_once(&info->vfs_inode);
	return &info->vfs_inode;
}

static void shmem_destroy_inode(struct inode *inode)
{
	kmem_cache_free(shmem_inode_cachep, SHMEM_I(inode));
}

/* The pages are made first, as far as there are any, and then written. */
static ssize_t shmem_file_write(struct file *file, const char __user *buf, size_t count,
				loff_t *ppos)
{
	struct inode *inode = file->f_dentry->d_inode;
	loff_t pos = file->f_flags & O_APPEND ? inode->i_size : *ppos;
	loff_t end = pos + count;
	unsigned long idx;
	struct page *page;

	for (idx = pos >> PAGE_SHIFT; (loff_t)idx << PAGE_SHIFT < end; idx++) {
		page = shmem_getpage(inode, idx);
		if (IS_ERR(page)) {
			if ((loff_t)idx << PAGE_SHIFT <= pos)
				return PTR_ERR(page);
			count = ((loff_t)idx << PAGE_SHIFT) - pos;
			break;
		}
		put_page(page);
	}
	return generic_file_write(file, buf, count, ppos);
}

static int shmem_mknod(struct inode *dir, struct dentry *dentry, int mode, dev_t dev)
{
	struct inode *inode = shmem_get_inode(dir->i_sb, mode, dev);

	if (!inode)
		return -ENOSPC;
	if (dir->i_mode & S_ISGID) {
		inode->i_gid = dir->i_gid;
		if (S_ISDIR(mode))
			inode->i_mode |= S_ISGID;
	}
	dir->i_mtime = CURRENT_TIME;
	dir->i_ctime = CURRENT_TIME;
	d_instantiate(dentry, inode);
	dget(dentry);
	return 0;
}

static int shmem_mkdir(struct inode *dir, struct dentry *dentry, int mode)
{
	int error = shmem_mknod(dir, dentry, mode | S_IFDIR, 0);

	if (!error)
		dir->i_nlink++;
	return error;
}

static int shmem_create(struct inode *dir, struct dentry *dentry, int mode, struct nameidata *nd)
{
	return shmem_mknod(dir, dentry, mode | S_IFREG, 0);
}

static int shmem_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	int error = shmem_mknod(dir, dentry, S_IFLNK | 0777, 0);

	if (error)
		return error;
	error = page_symlink(dentry->d_inode, target, strlen(target) + 1);
	if (error) {
		simple_unlink(dir, dentry);
		d_delete(dentry);
	}
	return error;
}

static int shmem_statfs(struct super_block *sb, struct kstatfs *buf)
{
	struct shmem_sb_info *sbinfo = SHMEM_SB(sb);

	simple_statfs(sb, buf);
	buf->f_type = TMPFS_MAGIC;
	buf->f_bsize = PAGE_CACHE_SIZE;
	buf->f_blocks = sbinfo->max_blocks;
	buf->f_bfree = sbinfo->free_blocks;
	buf->f_bavail = sbinfo->free_blocks;
	buf->f_files = sbinfo->max_inodes;
	buf->f_ffree = sbinfo->free_inodes;
	return 0;
}

static const struct file_operations shmem_file_operations = {
	.llseek = generic_file_llseek,
	.read = generic_file_read,
	.write = shmem_file_write,
	.mmap = shmem_mmap,
	.fsync = simple_sync_file,
};

static struct inode_operations shmem_inode_operations = {
	.truncate = shmem_recalc_inode,
};

static struct inode_operations shmem_dir_inode_operations = {
	.create = shmem_create,
	.lookup = simple_lookup,
	.link = simple_link,
	.unlink = simple_unlink,
	.symlink = shmem_symlink,
	.mkdir = shmem_mkdir,
	.rmdir = simple_rmdir,
	.mknod = shmem_mknod,
	.rename = simple_rename,
};

static void shmem_put_super(struct super_block *sb)
{
	kfree(sb->s_fs_info);
	sb->s_fs_info = NULL;
}

static struct super_operations shmem_ops = {
	.alloc_inode = shmem_alloc_inode,
	.destroy_inode = shmem_destroy_inode,
	.drop_inode = generic_delete_inode,
	.delete_inode = shmem_delete_inode,
	.put_super = shmem_put_super,
	.statfs = shmem_statfs,
};

/* size= in bytes, with k, m or g, or nr_blocks= and nr_inodes=; 0 or -EINVAL. */
static int shmem_parse_options(char *options, int *mode, struct shmem_sb_info *sbinfo)
{
	char *word, *value, *rest;
	unsigned long n;

	while ((word = strsep(&options, ",")) != NULL) {
		if (!*word)
			continue;
		value = strchr(word, '=');
		if (!value)
			return -EINVAL;
		*value++ = 0;
		n = simple_strtoul(value, &rest, strcmp(word, "mode") ? 0 : 8);
		if (*rest == 'k' || *rest == 'm' || *rest == 'g')
			n <<= *rest == 'k' ? 10 : *rest == 'm' ? 20 : 30;
		if (!strcmp(word, "size"))
			sbinfo->max_blocks = PAGE_ALIGN(n) >> PAGE_SHIFT;
		else if (!strcmp(word, "nr_blocks"))
			sbinfo->max_blocks = n;
		else if (!strcmp(word, "nr_inodes"))
			sbinfo->max_inodes = n;
		else if (!strcmp(word, "mode"))
			*mode = n & 07777;
		else
			return -EINVAL;
	}
	return 0;
}

static int shmem_fill_super(struct super_block *sb, void *data, int silent)
{
	struct shmem_sb_info *sbinfo = kzalloc(sizeof(*sbinfo), GFP_KERNEL);
	int mode = 01777, err = -ENOMEM;
	struct inode *inode;

	if (!sbinfo)
		return -ENOMEM;
	/* Half of memory; the kernel's own mount has no limits. */
	if (!(sb->s_flags & MS_NOUSER)) {
		sbinfo->max_blocks = totalram_pages / 2;
		sbinfo->max_inodes = totalram_pages;
		err = shmem_parse_options(data, &mode, sbinfo);
		if (err)
			goto failed;
		err = -ENOMEM;
	}
	sbinfo->free_blocks = sbinfo->max_blocks;
	sbinfo->free_inodes = sbinfo->max_inodes;
	spin_lock_init(&sbinfo->stat_lock);
	sb->s_fs_info = sbinfo;
	sb->s_magic = TMPFS_MAGIC;
	sb->s_maxbytes = SHMEM_MAX_BYTES;
	sb->s_op = &shmem_ops;
	inode = shmem_get_inode(sb, S_IFDIR | mode, 0);
	if (!inode)
		goto failed;
	sb->s_root = d_alloc_root(inode);
	if (sb->s_root)
		return 0;
	iput(inode);
failed:
	sb->s_fs_info = NULL;
	kfree(sbinfo);
	return err;
}

static struct super_block *shmem_get_sb(struct file_system_type *fs_type, int flags,
					const char *dev_name, void *data)
{
	return get_sb_nodev(fs_type, flags, data, shmem_fill_super);
}

static struct file_system_type tmpfs_fs_type = {
	.name = "tmpfs",
	.get_sb = shmem_get_sb,
	.kill_sb = kill_litter_super,
};

/* Everything of a file without a name but its inode. */
static struct file *alloc_shm_file(const char *name)
{
	struct dentry *root = shm_mnt->mnt_root;
	struct qstr this = { .hash = 0, .len = strlen(name), .name = (const void *)name };
	struct file *file = get_empty_filp();

	if (!file)
		return NULL;
	file->f_dentry = d_alloc(root, &this);
	if (!file->f_dentry) {
		put_filp(file);
		return NULL;
	}
	return file;
}

/**
 * shmem_file_setup - a file of zeros without a name
 * @name: for /proc/PID/maps
 * @size: in bytes
 * @flags: VM_ACCOUNT if all of it is to be there when it is written
 *
 * Returns it, or an error as a pointer.
 */
struct file *shmem_file_setup(const char *name, loff_t size, unsigned long flags)
{
	struct inode *inode;
	struct file *file;

	if (IS_ERR(shm_mnt))
		return ERR_PTR(PTR_ERR(shm_mnt));
	if (size < 0 || size > SHMEM_MAX_BYTES)
		return ERR_PTR(-EINVAL);
	if (shmem_acct_size(flags, size))
		return ERR_PTR(-ENOMEM);
	file = alloc_shm_file(name);
	if (!file)
		goto put_memory;
	inode = shmem_get_inode(shm_mnt->mnt_sb, S_IFREG | S_IRWXUGO, 0);
	if (!inode)
		goto close_file;
	SHMEM_I(inode)->flags = flags & VM_ACCOUNT;
	inode->i_size = size;
	inode->i_nlink = 0;
	d_instantiate(file->f_dentry, inode);
	file->f_vfsmnt = mntget(shm_mnt);
	file->f_mapping = inode->i_mapping;
	file->f_op = &shmem_file_operations;
	file->f_mode = FMODE_WRITE | FMODE_READ;
	return file;

close_file:
	dput(file->f_dentry);
	put_filp(file);
put_memory:
	shmem_unacct_size(flags, size);
	return ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL(shmem_file_setup);

/**
 * shmem_zero_setup - a file for a shared mapping without one
 */
int shmem_zero_setup(struct vm_area_struct *vma)
{
	int free = vma->vm_flags & VM_NORESERVE && sysctl_overcommit_memory != OVERCOMMIT_NEVER;
	struct file *file = shmem_file_setup("dev/zero", vma->vm_end - vma->vm_start,
					     free ? 0 : VM_ACCOUNT);

	if (IS_ERR(file))
		return PTR_ERR(file);
	vma->vm_file = file;
	vma->vm_ops = &shmem_vm_ops;
	return 0;
}

static int __init init_tmpfs(void)
{
	int error = -ENOMEM;

	shmem_inode_cachep = kmem_cache_create("shmem_inode_cache",
					       sizeof(struct shmem_inode_info), 0, 0, NULL, NULL);
	if (shmem_inode_cachep)
		error = register_filesystem(&tmpfs_fs_type);
	if (!error)
		shm_mnt = do_kern_mount("tmpfs", MS_NOUSER, "tmpfs", NULL);
	else
		shm_mnt = ERR_PTR(error);
	return IS_ERR(shm_mnt) ? PTR_ERR(shm_mnt) : 0;
}
fs_initcall(init_tmpfs);
