// SPDX-License-Identifier: GPL-2.0-only
/* Mounts, the trees of them, and who sees which. */
#include <linux/namespace.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define HASH_SIZE 64

DEFINE_SPINLOCK(vfsmount_lock);
DECLARE_RWSEM(namespace_sem);
struct list_head mount_hashtable[HASH_SIZE];

static struct kmem_cache *mnt_cache;
static int event;

/* Order within a chain is the order of mounting, whatever the addresses. */
static struct list_head *hash(struct vfsmount *mnt, struct dentry *dentry)
{
	return &mount_hashtable[(hash_ptr(mnt, 6) + hash_ptr(dentry, 6)) % HASH_SIZE];
}

struct vfsmount *alloc_vfsmnt(const char *name)
{
	struct vfsmount *mnt = kmem_cache_alloc(mnt_cache, GFP_KERNEL);

	if (!mnt)
		return NULL;
	memset(mnt, 0, sizeof(*mnt));
	atomic_set(&mnt->mnt_count, 1);
	INIT_LIST_HEAD(&mnt->mnt_hash);
	INIT_LIST_HEAD(&mnt->mnt_child);
	INIT_LIST_HEAD(&mnt->mnt_mounts);
	INIT_LIST_HEAD(&mnt->mnt_list);
	mnt->mnt_devname = kstrdup(name ? name : "none", GFP_KERNEL);
	if (mnt->mnt_devname)
		return mnt;
	kmem_cache_free(mnt_cache, mnt);
	return NULL;
}

void free_vfsmnt(struct vfsmount *mnt)
{
	kfree(mnt->mnt_devname);
	kmem_cache_free(mnt_cache, mnt);
}

void __mntput(struct vfsmount *mnt)
{
	struct super_block *sb = mnt->mnt_sb;

	dput(mnt->mnt_root);
	free_vfsmnt(mnt);
	deactivate_super(sb);
}
EXPORT_SYMBOL(__mntput);

/**
 * lookup_mnt - what is mounted at a place, with a reference, or NULL
 */
struct vfsmount *lookup_mnt(struct vfsmount *mnt, struct dentry *dentry)
{
	struct vfsmount *p, *found = NULL;

	spin_lock(&vfsmount_lock);
	list_for_each_entry(p, hash(mnt, dentry), mnt_hash) {
		if (p->mnt_parent == mnt && p->mnt_mountpoint == dentry) {
			found = mntget(p);
			break;
		}
	}
	spin_unlock(&vfsmount_lock);
	return found;
}

int check_mnt(struct vfsmount *mnt)
{
	return mnt->mnt_namespace == current->namespace;
}

static void touch_namespace(struct namespace *ns)
{
	if (!ns)
		return;
	ns->event = ++event;
	wake_up_interruptible(&ns->poll);
}

/* Takes a mount out of the tree; *old gets the references to where it was. */
static void detach_mnt(struct vfsmount *mnt, struct nameidata *old)
{
	old->dentry = mnt->mnt_mountpoint;
	old->mnt = mnt->mnt_parent;
	mnt->mnt_parent = mnt;
	mnt->mnt_mountpoint = mnt->mnt_root;
	list_del_init(&mnt->mnt_child);
	list_del_init(&mnt->mnt_hash);
	old->dentry->d_mounted--;
}

static void attach_mnt(struct vfsmount *mnt, struct nameidata *nd)
{
	mnt->mnt_parent = mntget(nd->mnt);
	mnt->mnt_mountpoint = dget(nd->dentry);
	nd->dentry->d_mounted++;
	/* The newest of a place comes first, and hides the others. */
	list_add(&mnt->mnt_hash, hash(nd->mnt, nd->dentry));
	list_add_tail(&mnt->mnt_child, &nd->mnt->mnt_mounts);
}

/* The next mount of a tree: children first, then siblings. */
static struct vfsmount *next_mnt(struct vfsmount *p, struct vfsmount *root)
{
	struct list_head *next = p->mnt_mounts.next;

	if (next == &p->mnt_mounts) {
		for (;;) {
			if (p == root)
				return NULL;
			next = p->mnt_child.next;
			if (next != &p->mnt_parent->mnt_mounts)
				break;
			p = p->mnt_parent;
		}
	}
	return list_entry(next, struct vfsmount, mnt_child);
}

static struct vfsmount *clone_mnt(struct vfsmount *old, struct dentry *root)
{
	struct vfsmount *mnt = alloc_vfsmnt(old->mnt_devname);

	if (!mnt)
		return NULL;
	atomic_inc(&old->mnt_sb->s_active);
	mnt->mnt_flags = old->mnt_flags;
	mnt->mnt_sb = old->mnt_sb;
	mnt->mnt_root = dget(root);
	mnt->mnt_mountpoint = mnt->mnt_root;
	mnt->mnt_parent = mnt;
	mnt->mnt_namespace = current->namespace;
	return mnt;
}

/* Takes a tree of mounts apart; release_mounts() does the rest without locks. */
static void umount_tree(struct vfsmount *mnt, struct list_head *kill)
{
	struct vfsmount *p;

	for (p = mnt; p; p = next_mnt(p, mnt)) {
		list_del(&p->mnt_list);
		list_add_tail(&p->mnt_list, kill);
	}
	list_for_each_entry(p, kill, mnt_list) {
		touch_namespace(p->mnt_namespace);
		p->mnt_namespace = NULL;
		list_del_init(&p->mnt_child);
		list_del_init(&p->mnt_hash);
		if (p->mnt_parent != p)
			p->mnt_mountpoint->d_mounted--;
	}
}

static void release_mounts(struct list_head *kill)
{
	while (!list_empty(kill)) {
		struct vfsmount *mnt = list_first_entry(kill, struct vfsmount, mnt_list);
		struct nameidata nd = { .mnt = NULL };

		list_del_init(&mnt->mnt_list);
		if (mnt->mnt_parent != mnt) {
			nd.dentry = mnt->mnt_mountpoint;
			nd.mnt = mnt->mnt_parent;
			mnt->mnt_mountpoint = mnt->mnt_root;
			mnt->mnt_parent = mnt;
			path_release(&nd);
		}
		mntput(mnt);
	}
}

/* Copies what is mounted below; the copies are put on the list of the first one. */
static int copy_children(struct vfsmount *old, struct vfsmount *copy, struct vfsmount *first)
{
	struct nameidata nd = { .mnt = copy };
	struct vfsmount *child, *mnt;

	list_for_each_entry(child, &old->mnt_mounts, mnt_child) {
		/* What is mounted outside the copied part is not copied. */
		if (!is_subdir(child->mnt_mountpoint, copy->mnt_root))
			continue;
		mnt = clone_mnt(child, child->mnt_root);
		if (!mnt)
			return -ENOMEM;
		nd.dentry = child->mnt_mountpoint;
		spin_lock(&vfsmount_lock);
		list_add_tail(&mnt->mnt_list, &first->mnt_list);
		attach_mnt(mnt, &nd);
		spin_unlock(&vfsmount_lock);
		if (copy_children(child, mnt, first))
			return -ENOMEM;
	}
	return 0;
}

/* With namespace_sem held for writing: the tree does not change. */
static struct vfsmount *copy_tree(struct vfsmount *mnt, struct dentry *dentry)
{
	struct vfsmount *res = clone_mnt(mnt, dentry);
	LIST_HEAD(kill);

	if (!res || !copy_children(mnt, res, res))
		return res;
	spin_lock(&vfsmount_lock);
	umount_tree(res, &kill);
	spin_unlock(&vfsmount_lock);
	release_mounts(&kill);
	return NULL;
}

/* Puts a tree of new mounts at a place and into the namespace. */
static int attach_tree(struct vfsmount *mnt, struct nameidata *nd)
{
	struct namespace *ns = nd->mnt->mnt_namespace;
	struct vfsmount *p;
	LIST_HEAD(head);

	spin_lock(&vfsmount_lock);
	attach_mnt(mnt, nd);
	list_add_tail(&head, &mnt->mnt_list);
	list_for_each_entry(p, &head, mnt_list)
		p->mnt_namespace = ns;
	list_splice(&head, ns->list.prev);
	touch_namespace(ns);
	spin_unlock(&vfsmount_lock);
	return 0;
}

static int graft_tree(struct vfsmount *mnt, struct nameidata *nd)
{
	int err = -ENOENT;

	if (mnt->mnt_sb->s_flags & MS_NOUSER)
		return -EINVAL;
	if (S_ISDIR(nd->dentry->d_inode->i_mode) != S_ISDIR(mnt->mnt_root->d_inode->i_mode))
		return -ENOTDIR;
	mutex_lock(&nd->dentry->d_inode->i_mutex);
	if (!IS_DEADDIR(nd->dentry->d_inode) && (IS_ROOT(nd->dentry) || !d_unhashed(nd->dentry)))
		err = attach_tree(mnt, nd);
	mutex_unlock(&nd->dentry->d_inode->i_mutex);
	return err;
}

static int do_loopback(struct nameidata *nd, const char *old_name, int recurse)
{
	struct nameidata old_nd;
	struct vfsmount *mnt;
	int err;

	if (!old_name || !*old_name)
		return -EINVAL;
	err = path_lookup(old_name, LOOKUP_FOLLOW, &old_nd);
	if (err)
		return err;
	down_write(&namespace_sem);
	err = -EINVAL;
	if (!check_mnt(nd->mnt) || !check_mnt(old_nd.mnt))
		goto out;
	err = -ENOMEM;
	mnt = recurse ? copy_tree(old_nd.mnt, old_nd.dentry) :
			clone_mnt(old_nd.mnt, old_nd.dentry);
	if (!mnt)
		goto out;
	err = graft_tree(mnt, nd);
	if (err) {
		LIST_HEAD(kill);

		spin_lock(&vfsmount_lock);
		umount_tree(mnt, &kill);
		spin_unlock(&vfsmount_lock);
		release_mounts(&kill);
	}
out:
	up_write(&namespace_sem);
	path_release(&old_nd);
	return err;
}

static int do_remount(struct nameidata *nd, int flags, int mnt_flags, void *data)
{
	struct super_block *sb = nd->mnt->mnt_sb;
	int err;

	if (!check_mnt(nd->mnt) || nd->dentry != nd->mnt->mnt_root)
		return -EINVAL;
	down_write(&sb->s_umount);
	err = do_remount_sb(sb, flags, data, 0);
	if (!err)
		nd->mnt->mnt_flags = mnt_flags;
	up_write(&sb->s_umount);
	return err;
}

/* The checks that leave the tree as it is. */
static int may_move(struct nameidata *nd, struct nameidata *old)
{
	struct vfsmount *p;

	if (!check_mnt(nd->mnt) || !check_mnt(old->mnt))
		return -EINVAL;
	if (old->dentry != old->mnt->mnt_root || old->mnt == old->mnt->mnt_parent)
		return -EINVAL;
	if (S_ISDIR(nd->dentry->d_inode->i_mode) != S_ISDIR(old->dentry->d_inode->i_mode))
		return -EINVAL;
	for (p = nd->mnt; p->mnt_parent != p; p = p->mnt_parent)
		if (p == old->mnt)
			return -ELOOP;
	return IS_DEADDIR(nd->dentry->d_inode) ? -ENOENT : 0;
}

static int do_move_mount(struct nameidata *nd, const char *old_name)
{
	struct nameidata old_nd, parent = { .mnt = NULL };
	int err;

	if (!old_name || !*old_name)
		return -EINVAL;
	err = path_lookup(old_name, LOOKUP_FOLLOW, &old_nd);
	if (err)
		return err;
	down_write(&namespace_sem);
	while (d_mountpoint(nd->dentry) && follow_down(&nd->mnt, &nd->dentry))
		;
	mutex_lock(&nd->dentry->d_inode->i_mutex);
	err = may_move(nd, &old_nd);
	if (!err) {
		spin_lock(&vfsmount_lock);
		detach_mnt(old_nd.mnt, &parent);
		attach_mnt(old_nd.mnt, nd);
		touch_namespace(current->namespace);
		spin_unlock(&vfsmount_lock);
	}
	mutex_unlock(&nd->dentry->d_inode->i_mutex);
	up_write(&namespace_sem);
	if (!err)
		path_release(&parent);
	path_release(&old_nd);
	return err;
}

static int add_mount(struct vfsmount *newmnt, struct nameidata *nd, int mnt_flags)
{
	while (d_mountpoint(nd->dentry) && follow_down(&nd->mnt, &nd->dentry))
		;
	if (!check_mnt(nd->mnt))
		return -EINVAL;
	/* The same file system at the same place twice is most likely an error. */
	if (nd->mnt->mnt_sb == newmnt->mnt_sb && nd->mnt->mnt_root == nd->dentry)
		return -EBUSY;
	if (S_ISLNK(newmnt->mnt_root->d_inode->i_mode))
		return -EINVAL;
	newmnt->mnt_flags = mnt_flags;
	return graft_tree(newmnt, nd);
}

static int do_new_mount(struct nameidata *nd, const char *type, int flags, int mnt_flags,
			const char *name, void *data)
{
	struct vfsmount *mnt;
	int err;

	if (!type || !*type)
		return -EINVAL;
	mnt = do_kern_mount(type, flags, name, data);
	if (IS_ERR(mnt))
		return PTR_ERR(mnt);
	down_write(&namespace_sem);
	err = add_mount(mnt, nd, mnt_flags);
	up_write(&namespace_sem);
	if (err)
		mntput(mnt);
	return err;
}

/**
 * do_mount - mount, or change or move a mount
 * @dev_name: device, or what is bound or moved
 * @dir_name: where
 * @type_page: kind of file system
 * @flags: MS_*
 * @data_page: options
 */
long do_mount(const char *dev_name, const char *dir_name, const char *type_page,
	      unsigned long flags, void *data_page)
{
	struct nameidata nd;
	int mnt_flags = 0, retval;

	if ((flags & MS_MGC_MSK) == MS_MGC_VAL)
		flags &= ~MS_MGC_MSK;
	if (flags & MS_NOSUID)
		mnt_flags |= MNT_NOSUID;
	if (flags & MS_NODEV)
		mnt_flags |= MNT_NODEV;
	if (flags & MS_NOEXEC)
		mnt_flags |= MNT_NOEXEC;
	flags &= ~(MS_NOSUID | MS_NOEXEC | MS_NODEV | MS_ACTIVE);
	retval = path_lookup(dir_name, LOOKUP_FOLLOW, &nd);
	if (retval)
		return retval;
	if (!capable(CAP_SYS_ADMIN))
		retval = -EPERM;
	else if (flags & MS_REMOUNT)
		retval = do_remount(&nd, flags & ~MS_REMOUNT, mnt_flags, data_page);
	else if (flags & MS_BIND)
		retval = do_loopback(&nd, dev_name, flags & MS_REC);
	else if (flags & MS_MOVE)
		retval = do_move_mount(&nd, dev_name);
	else
		retval = do_new_mount(&nd, type_page, flags, mnt_flags, dev_name, data_page);
	path_release(&nd);
	return retval;
}

/* A string that may be absent. */
static int copy_mount_string(const char __user *data, char **where)
{
	*where = data ? getname(data) : NULL;
	if (!IS_ERR(*where))
		return 0;
	/* Only getname() minds that it is empty. */
	if (PTR_ERR(*where) == -ENOENT) {
		*where = kmem_cache_alloc(names_cachep, GFP_KERNEL);
		if (!*where)
			return -ENOMEM;
		**where = 0;
		return 0;
	}
	return PTR_ERR(*where);
}

static void put_string(char *s)
{
	if (s)
		putname(s);
}

asmlinkage long sys_mount(const char __user *dev_name, const char __user *dir_name,
			  const char __user *type, unsigned long flags, void __user *data)
{
	char *type_page, *dev_page, *data_page, *dir_page;
	int retval = copy_mount_string(type, &type_page);

	if (retval)
		return retval;
	retval = copy_mount_string(dev_name, &dev_page);
	if (retval)
		goto out_type;
	retval = copy_mount_string(data, &data_page);
	if (retval)
		goto out_dev;
	dir_page = getname(dir_name);
	retval = PTR_ERR(dir_page);
	if (!IS_ERR(dir_page)) {
		retval = do_mount(dev_page, dir_page, type_page, flags, data_page);
		putname(dir_page);
	}
	put_string(data_page);
out_dev:
	put_string(dev_page);
out_type:
	put_string(type_page);
	return retval;
}

/* The root of all mounts cannot go, but it can become read-only. */
static int umount_root(struct super_block *sb)
{
	int retval = 0;

	down_write(&sb->s_umount);
	if (!(sb->s_flags & MS_RDONLY))
		retval = do_remount_sb(sb, MS_RDONLY, NULL, 0);
	up_write(&sb->s_umount);
	return retval;
}

static int do_umount(struct vfsmount *mnt, int flags)
{
	int retval = -EBUSY;
	LIST_HEAD(kill);

	if (mnt == current->fs->rootmnt && !(flags & MNT_DETACH))
		return umount_root(mnt->mnt_sb);
	down_write(&namespace_sem);
	spin_lock(&vfsmount_lock);
	/* One reference is the tree's and one the caller's. */
	if ((flags & MNT_DETACH) ||
	    (atomic_read(&mnt->mnt_count) == 2 && list_empty(&mnt->mnt_mounts))) {
		if (!list_empty(&mnt->mnt_list))
			umount_tree(mnt, &kill);
		retval = 0;
	}
	spin_unlock(&vfsmount_lock);
	up_write(&namespace_sem);
	release_mounts(&kill);
	return retval;
}

asmlinkage long sys_umount(const char __user *name, int flags)
{
	struct nameidata nd;
	int retval = user_path_walk(name, &nd);

	if (retval)
		return retval;
	retval = -EPERM;
	if (capable(CAP_SYS_ADMIN))
		retval = nd.dentry == nd.mnt->mnt_root && check_mnt(nd.mnt) ?
			 do_umount(nd.mnt, flags) : -EINVAL;
	path_release(&nd);
	return retval;
}

void set_fs_root(struct fs_struct *fs, struct vfsmount *mnt, struct dentry *dentry)
{
	struct nameidata old;

	write_lock(&fs->lock);
	old.dentry = fs->root;
	old.mnt = fs->rootmnt;
	fs->rootmnt = mntget(mnt);
	fs->root = dget(dentry);
	write_unlock(&fs->lock);
	if (old.dentry)
		path_release(&old);
}

void set_fs_pwd(struct fs_struct *fs, struct vfsmount *mnt, struct dentry *dentry)
{
	struct nameidata old;

	write_lock(&fs->lock);
	old.dentry = fs->pwd;
	old.mnt = fs->pwdmnt;
	fs->pwdmnt = mntget(mnt);
	fs->pwd = dget(dentry);
	write_unlock(&fs->lock);
	if (old.dentry)
		path_release(&old);
}

/* All tasks that stand at the old root go to the new one. */
static void chroot_fs_refs(struct nameidata *old_nd, struct nameidata *new_nd)
{
	struct task_struct *g, *p;
	struct fs_struct *fs;

	read_lock(&tasklist_lock);
	do_each_thread(g, p) {
		task_lock(p);
		fs = p->fs;
		if (fs)
			atomic_inc(&fs->count);
		task_unlock(p);
		if (!fs)
			continue;
		if (fs->root == old_nd->dentry && fs->rootmnt == old_nd->mnt)
			set_fs_root(fs, new_nd->mnt, new_nd->dentry);
		if (fs->pwd == old_nd->dentry && fs->pwdmnt == old_nd->mnt)
			set_fs_pwd(fs, new_nd->mnt, new_nd->dentry);
		put_fs_struct(fs);
	} while_each_thread(g, p);
	read_unlock(&tasklist_lock);
}

/* Is the mount or one of its parents mounted in the tree below a place? */
static int is_reachable(struct vfsmount *mnt, struct dentry *dentry, struct nameidata *nd)
{
	while (mnt != nd->mnt && mnt->mnt_parent != mnt) {
		dentry = mnt->mnt_mountpoint;
		mnt = mnt->mnt_parent;
	}
	return mnt == nd->mnt && is_subdir(dentry, nd->dentry);
}

static int pivot_mounts(struct nameidata *new_nd, struct nameidata *old_nd,
			struct nameidata *root)
{
	struct nameidata new_parent, root_parent;

	if (!check_mnt(root->mnt) || !check_mnt(new_nd->mnt))
		return -EINVAL;
	if (IS_DEADDIR(new_nd->dentry->d_inode) ||
	    (d_unhashed(new_nd->dentry) && !IS_ROOT(new_nd->dentry)) ||
	    (d_unhashed(old_nd->dentry) && !IS_ROOT(old_nd->dentry)))
		return -ENOENT;
	if (new_nd->mnt == root->mnt || old_nd->mnt == root->mnt)
		return -EBUSY;
	if (root->mnt->mnt_root != root->dentry || new_nd->mnt->mnt_root != new_nd->dentry)
		return -EINVAL;
	if (root->mnt->mnt_parent == root->mnt || new_nd->mnt->mnt_parent == new_nd->mnt)
		return -EINVAL;
	if (!is_reachable(old_nd->mnt, old_nd->dentry, new_nd))
		return -EINVAL;
	spin_lock(&vfsmount_lock);
	detach_mnt(new_nd->mnt, &new_parent);
	detach_mnt(root->mnt, &root_parent);
	attach_mnt(root->mnt, old_nd);
	attach_mnt(new_nd->mnt, &root_parent);
	touch_namespace(current->namespace);
	spin_unlock(&vfsmount_lock);
	chroot_fs_refs(root, new_nd);
	path_release(&root_parent);
	path_release(&new_parent);
	return 0;
}

asmlinkage long sys_pivot_root(const char __user *new_root, const char __user *put_old)
{
	struct nameidata new_nd, old_nd, root;
	int error;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	error = __user_walk(new_root, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &new_nd);
	if (error)
		return error;
	error = __user_walk(put_old, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &old_nd);
	if (error)
		goto out;
	root.mnt = mntget(current->fs->rootmnt);
	root.dentry = dget(current->fs->root);
	down_write(&namespace_sem);
	error = pivot_mounts(&new_nd, &old_nd, &root);
	up_write(&namespace_sem);
	path_release(&root);
	path_release(&old_nd);
out:
	path_release(&new_nd);
	return error;
}

static struct namespace *alloc_namespace(void)
{
	struct namespace *ns = kmalloc(sizeof(*ns), GFP_KERNEL);

	if (!ns)
		return NULL;
	atomic_set(&ns->count, 1);
	INIT_LIST_HEAD(&ns->list);
	init_waitqueue_head(&ns->poll);
	ns->event = 0;
	return ns;
}

/* The two trees have the same shape: what points into the old one moves over. */
static void move_fs(struct namespace *new_ns, struct namespace *ns, struct fs_struct *fs)
{
	struct vfsmount *p = ns->root, *q = new_ns->root, *rootmnt = NULL, *pwdmnt = NULL;

	for (; p; p = next_mnt(p, ns->root), q = next_mnt(q, new_ns->root)) {
		q->mnt_namespace = new_ns;
		if (fs && p == fs->rootmnt) {
			rootmnt = p;
			fs->rootmnt = mntget(q);
		}
		if (fs && p == fs->pwdmnt) {
			pwdmnt = p;
			fs->pwdmnt = mntget(q);
		}
	}
	mntput(rootmnt);
	mntput(pwdmnt);
}

/**
 * dup_namespace - a copy of a task's tree of mounts
 * @fs: its root and working directory go over to the copy
 */
struct namespace *dup_namespace(struct task_struct *tsk, struct fs_struct *fs)
{
	struct namespace *ns = tsk->namespace, *new_ns = alloc_namespace();

	if (!new_ns)
		return NULL;
	down_write(&namespace_sem);
	new_ns->root = copy_tree(ns->root, ns->root->mnt_root);
	if (!new_ns->root) {
		up_write(&namespace_sem);
		kfree(new_ns);
		return NULL;
	}
	spin_lock(&vfsmount_lock);
	list_add_tail(&new_ns->list, &new_ns->root->mnt_list);
	spin_unlock(&vfsmount_lock);
	move_fs(new_ns, ns, fs);
	up_write(&namespace_sem);
	return new_ns;
}

/**
 * copy_namespace - part of copy_process()
 */
int copy_namespace(unsigned long flags, struct task_struct *tsk)
{
	struct namespace *ns = tsk->namespace, *new_ns;

	if (!ns)
		return 0;
	get_namespace(ns);
	if (!(flags & CLONE_NEWNS))
		return 0;
	if (!capable(CAP_SYS_ADMIN)) {
		put_namespace(ns);
		return -EPERM;
	}
	new_ns = dup_namespace(tsk, tsk->fs);
	if (new_ns)
		tsk->namespace = new_ns;
	put_namespace(ns);
	return new_ns ? 0 : -ENOMEM;
}

void __put_namespace(struct namespace *namespace)
{
	LIST_HEAD(kill);

	down_write(&namespace_sem);
	spin_lock(&vfsmount_lock);
	umount_tree(namespace->root, &kill);
	spin_unlock(&vfsmount_lock);
	up_write(&namespace_sem);
	release_mounts(&kill);
	kfree(namespace);
}

static void *m_start(struct seq_file *m, loff_t *pos)
{
	struct namespace *n = m->private;
	struct list_head *p;
	loff_t l = *pos;

	down_read(&namespace_sem);
	list_for_each(p, &n->list)
		if (!l--)
			return list_entry(p, struct vfsmount, mnt_list);
	return NULL;
}

static void *m_next(struct seq_file *m, void *v, loff_t *pos)
{
	struct namespace *n = m->private;
	struct list_head *p = ((struct vfsmount *)v)->mnt_list.next;

	(*pos)++;
	return p == &n->list ? NULL : list_entry(p, struct vfsmount, mnt_list);
}

static void m_stop(struct seq_file *m, void *v)
{
	up_read(&namespace_sem);
}

static int show_vfsmnt(struct seq_file *m, void *v)
{
	static const struct {
		int flag;
		const char *str;
	} names[] = { { MNT_NOSUID, ",nosuid" }, { MNT_NODEV, ",nodev" },
		      { MNT_NOEXEC, ",noexec" } };
	struct vfsmount *mnt = v;
	int i;

	seq_escape(m, mnt->mnt_devname, " \t\n\\");
	seq_putc(m, ' ');
	seq_path(m, mnt, mnt->mnt_root, " \t\n\\");
	seq_printf(m, " %s %s", mnt->mnt_sb->s_type->name,
		   mnt->mnt_sb->s_flags & MS_RDONLY ? "ro" : "rw");
	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (mnt->mnt_flags & names[i].flag)
			seq_puts(m, names[i].str);
	if (mnt->mnt_sb->s_op->show_options)
		mnt->mnt_sb->s_op->show_options(m, mnt);
	seq_puts(m, " 0 0\n");
	return 0;
}

struct seq_operations mounts_op = {
	.start = m_start,
	.next = m_next,
	.stop = m_stop,
	.show = show_vfsmnt,
};

static void __init init_mount_tree(void)
{
	struct namespace *namespace = alloc_namespace();
	struct vfsmount *mnt = do_kern_mount("rootfs", 0, "rootfs", NULL);

	if (!namespace || IS_ERR(mnt))
		panic("no memory for the root file system");
	list_add(&mnt->mnt_list, &namespace->list);
	namespace->root = mnt;
	mnt->mnt_namespace = namespace;
	init_task.namespace = namespace;
	set_fs_pwd(current->fs, mnt, mnt->mnt_root);
	set_fs_root(current->fs, mnt, mnt->mnt_root);
}

void __init mnt_init(void)
{
	int i;

	for (i = 0; i < HASH_SIZE; i++)
		INIT_LIST_HEAD(&mount_hashtable[i]);
	mnt_cache = kmem_cache_create("mnt_cache", sizeof(struct vfsmount), 0, SLAB_PANIC, NULL,
				      NULL);
	init_ramfs();
	init_mount_tree();
}
