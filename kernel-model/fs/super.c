// SPDX-License-Identifier: GPL-2.0-only
/* File systems in use. */
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/quotaops.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>

LIST_HEAD(super_blocks);
DEFINE_SPINLOCK(sb_lock);

/* Minor numbers of file systems without a device. */
static DEFINE_IDR(unnamed_dev_idr);
static DEFINE_SPINLOCK(unnamed_dev_lock);

static struct super_block *alloc_super(void)
{
	static struct super_operations default_op;
	struct super_block *s = kzalloc(sizeof(*s), GFP_USER);

	if (!s)
		return NULL;
	INIT_LIST_HEAD(&s->s_list);
	INIT_LIST_HEAD(&s->s_inodes);
	INIT_LIST_HEAD(&s->s_files);
	INIT_LIST_HEAD(&s->s_instances);
	init_rwsem(&s->s_umount);
	mutex_init(&s->s_lock);
	down_write(&s->s_umount);
	s->s_count = S_BIAS;
	atomic_set(&s->s_active, 1);
	s->s_op = &default_op;
	s->s_blocksize = PAGE_SIZE;
	s->s_maxbytes = MAX_NON_LFS;
	return s;
}

static void drop_super(struct super_block *s)
{
	int last;

	spin_lock(&sb_lock);
	last = !--s->s_count;
	spin_unlock(&sb_lock);
	if (last)
		kfree(s);
}

/**
 * deactivate_super - nobody needs this any more for one purpose
 *
 * After the last one the file system is shut down.
 */
void deactivate_super(struct super_block *s)
{
	if (!atomic_dec_and_test(&s->s_active))
		return;
	spin_lock(&sb_lock);
	s->s_count -= S_BIAS - 1;
	spin_unlock(&sb_lock);
	down_write(&s->s_umount);
	s->s_type->kill_sb(s);
	put_filesystem(s->s_type);
	drop_super(s);
}
EXPORT_SYMBOL(deactivate_super);

/* Takes an active reference and s_umount, or 0: it is going away. */
static int grab_super(struct super_block *s)
{
	s->s_count++;
	spin_unlock(&sb_lock);
	down_write(&s->s_umount);
	if (s->s_root && s->s_count > S_BIAS) {
		atomic_inc(&s->s_active);
		drop_super(s);
		return 1;
	}
	up_write(&s->s_umount);
	drop_super(s);
	return 0;
}

/**
 * generic_shutdown_super - the file system's dentries and inodes go
 *
 * Part of ->kill_sb(); s_umount is held and released.
 */
void generic_shutdown_super(struct super_block *sb)
{
	struct dentry *root = sb->s_root;

	if (root) {
		sb->s_root = NULL;
		shrink_dcache_parent(root);
		DQUOT_OFF(sb);
		dput(root);
		sb->s_flags &= ~MS_ACTIVE;
		if (sb->s_op->put_super)
			sb->s_op->put_super(sb);
		if (invalidate_inodes(sb))
			printk(KERN_ERR "VFS: Busy inodes after unmount of %s\n", sb->s_id);
	}
	spin_lock(&sb_lock);
	list_del_init(&sb->s_list);
	list_del(&sb->s_instances);
	spin_unlock(&sb_lock);
	up_write(&sb->s_umount);
}
EXPORT_SYMBOL(generic_shutdown_super);

static struct super_block *find_super(struct file_system_type *type,
				      int (*test)(struct super_block *s, void *data), void *data)
{
	struct super_block *s;

	list_for_each_entry(s, &type->fs_supers, s_instances)
		if (test(s, data))
			return s;
	return NULL;
}

/**
 * sget - a file system that is in use already, or a new one
 * @type: its kind
 * @test: is it this one?  NULL for always new
 * @set: makes a new one what @test looks for
 * @data: for both
 *
 * Returns it with s_umount held; a new one has no root.
 */
struct super_block *sget(struct file_system_type *type,
			 int (*test)(struct super_block *s, void *data),
			 int (*set)(struct super_block *s, void *data), void *data)
{
	struct super_block *s = NULL, *old;
	int err;

retry:
	spin_lock(&sb_lock);
	old = test ? find_super(type, test, data) : NULL;
	if (old) {
		if (!grab_super(old))
			goto retry;
		if (s) {
			up_write(&s->s_umount);
			kfree(s);
		}
		return old;
	}
	spin_unlock(&sb_lock);
	if (!s) {
		s = alloc_super();
		if (!s)
			return ERR_PTR(-ENOMEM);
		goto retry;
	}
	err = set(s, data);
	if (err) {
		up_write(&s->s_umount);
		kfree(s);
		return ERR_PTR(err);
	}
	s->s_type = type;
	strlcpy(s->s_id, type->name, sizeof(s->s_id));
	spin_lock(&sb_lock);
	list_add_tail(&s->s_list, &super_blocks);
	list_add(&s->s_instances, &type->fs_supers);
	spin_unlock(&sb_lock);
	try_module_get(type->owner);
	return s;
}
EXPORT_SYMBOL(sget);

int set_anon_super(struct super_block *s, void *data)
{
	int dev, error;

	do {
		if (!idr_pre_get(&unnamed_dev_idr, GFP_KERNEL))
			return -ENOMEM;
		spin_lock(&unnamed_dev_lock);
		error = idr_get_new_above(&unnamed_dev_idr, s, 1, &dev);
		spin_unlock(&unnamed_dev_lock);
	} while (error == -EAGAIN);
	if (error)
		return error;
	s->s_dev = MKDEV(UNNAMED_MAJOR, dev & MINORMASK);
	return 0;
}
EXPORT_SYMBOL(set_anon_super);

void kill_anon_super(struct super_block *sb)
{
	int slot = MINOR(sb->s_dev);

	generic_shutdown_super(sb);
	spin_lock(&unnamed_dev_lock);
	idr_remove(&unnamed_dev_idr, slot);
	spin_unlock(&unnamed_dev_lock);
}
EXPORT_SYMBOL(kill_anon_super);

/* For file systems that keep each name in memory by a reference of its own. */
void kill_litter_super(struct super_block *sb)
{
	if (sb->s_root)
		d_genocide(sb->s_root);
	kill_anon_super(sb);
}
EXPORT_SYMBOL(kill_litter_super);

static struct super_block *fill_new(struct super_block *s, int flags, void *data,
				    int (*fill_super)(struct super_block *sb, void *data,
						      int silent))
{
	int error;

	s->s_flags = flags;
	error = fill_super(s, data, 0);
	if (error) {
		up_write(&s->s_umount);
		deactivate_super(s);
		return ERR_PTR(error);
	}
	s->s_flags |= MS_ACTIVE;
	return s;
}

/**
 * get_sb_nodev - a new file system for each mount
 * @fill_super: makes its root
 */
struct super_block *get_sb_nodev(struct file_system_type *fs_type, int flags, void *data,
				 int (*fill_super)(struct super_block *sb, void *data, int silent))
{
	struct super_block *s = sget(fs_type, NULL, set_anon_super, NULL);

	return IS_ERR(s) ? s : fill_new(s, flags, data, fill_super);
}
EXPORT_SYMBOL(get_sb_nodev);

static int compare_single(struct super_block *s, void *data)
{
	return 1;
}

/**
 * get_sb_single - one file system, however often it is mounted
 */
struct super_block *get_sb_single(struct file_system_type *fs_type, int flags, void *data,
				  int (*fill_super)(struct super_block *sb, void *data,
						    int silent))
{
	struct super_block *s = sget(fs_type, compare_single, set_anon_super, NULL);

	if (IS_ERR(s) || s->s_root)
		return s;
	return fill_new(s, flags, data, fill_super);
}
EXPORT_SYMBOL(get_sb_single);

/**
 * get_sb_pseudo - a file system that has a root and nothing to walk to
 * @name: of the root, for /proc/PID/fd
 */
struct super_block *get_sb_pseudo(struct file_system_type *fs_type, char *name,
				  struct super_operations *ops, unsigned long magic)
{
	static struct super_operations default_ops = { .statfs = simple_statfs };
	struct super_block *s = sget(fs_type, NULL, set_anon_super, NULL);
	struct qstr d_name = { .name = (unsigned char *)name, .len = strlen(name) };
	struct dentry *dentry;
	struct inode *root;

	if (IS_ERR(s))
		return s;
	s->s_flags = MS_NOUSER;
	s->s_magic = magic;
	s->s_op = ops ? ops : &default_ops;
	root = new_inode(s);
	if (!root)
		goto enomem;
	root->i_mode = S_IFDIR | S_IRUSR | S_IWUSR;
	dentry = d_alloc(NULL, &d_name);
	if (!dentry) {
		iput(root);
		goto enomem;
	}
	dentry->d_sb = s;
	d_instantiate(dentry, root);
	s->s_root = dentry;
	s->s_flags |= MS_ACTIVE;
	return s;
enomem:
	up_write(&s->s_umount);
	deactivate_super(s);
	return ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL(get_sb_pseudo);

/* Writers keep a file system from becoming read-only. */
static int may_remount_ro(struct super_block *sb)
{
	struct file *file;

	list_for_each_entry(file, &sb->s_files, f_u.fu_list) {
		struct inode *inode = file->f_dentry->d_inode;

		if (!inode->i_nlink)
			return 0;
		if (S_ISREG(inode->i_mode) && (file->f_mode & FMODE_WRITE))
			return 0;
	}
	return 1;
}

/**
 * do_remount_sb - change the flags of a file system
 * @force: also under writers
 */
int do_remount_sb(struct super_block *sb, int flags, void *data, int force)
{
	int retval;

	shrink_dcache_sb(sb);
	if (sb->s_dirt && sb->s_op->write_super)
		sb->s_op->write_super(sb);
	if ((flags & MS_RDONLY) && !(sb->s_flags & MS_RDONLY) && !force && !may_remount_ro(sb))
		return -EBUSY;
	if (sb->s_op->remount_fs) {
		retval = sb->s_op->remount_fs(sb, &flags, data);
		if (retval)
			return retval;
	}
	sb->s_flags = (sb->s_flags & ~MS_RMT_MASK) | (flags & MS_RMT_MASK);
	return 0;
}

static void write_super(struct super_block *sb)
{
	mutex_lock(&sb->s_lock);
	if (sb->s_root && sb->s_dirt && sb->s_op->write_super)
		sb->s_op->write_super(sb);
	mutex_unlock(&sb->s_lock);
}

/**
 * sync_supers - write what file systems have to write
 */
void sync_supers(void)
{
	struct super_block *sb;

restart:
	spin_lock(&sb_lock);
	list_for_each_entry(sb, &super_blocks, s_list) {
		if (!sb->s_dirt)
			continue;
		sb->s_count++;
		spin_unlock(&sb_lock);
		down_read(&sb->s_umount);
		write_super(sb);
		up_read(&sb->s_umount);
		drop_super(sb);
		goto restart;
	}
	spin_unlock(&sb_lock);
}

asmlinkage long sys_sync(void)
{
	sync_supers();
	return 0;
}

/**
 * do_kern_mount - a mount of a file system that is in no tree yet
 * @fstype: name of its kind
 * @flags: MS_*
 * @name: of the device
 * @data: options
 */
struct vfsmount *do_kern_mount(const char *fstype, int flags, const char *name, void *data)
{
	struct file_system_type *type = get_fs_type(fstype);
	struct super_block *sb;
	struct vfsmount *mnt;

	if (!type)
		return ERR_PTR(-ENODEV);
	mnt = alloc_vfsmnt(name);
	if (!mnt) {
		put_filesystem(type);
		return ERR_PTR(-ENOMEM);
	}
	sb = type->get_sb(type, flags, name, data);
	if (IS_ERR(sb)) {
		free_vfsmnt(mnt);
		put_filesystem(type);
		return (struct vfsmount *)sb;
	}
	mnt->mnt_sb = sb;
	mnt->mnt_root = dget(sb->s_root);
	mnt->mnt_mountpoint = sb->s_root;
	mnt->mnt_parent = mnt;
	up_write(&sb->s_umount);
	put_filesystem(type);
	return mnt;
}

/**
 * kern_mount - a mount for the kernel itself
 * @type: registered
 *
 * mntput() undoes it.
 */
struct vfsmount *kern_mount(struct file_system_type *type)
{
	return do_kern_mount(type->name, 0, type->name, NULL);
}
EXPORT_SYMBOL(kern_mount);
