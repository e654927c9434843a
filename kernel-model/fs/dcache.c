// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names in directories, and the tree that they make.  A name that nobody uses
 * stays on dentry_unused until its file system has no use for it.
 */
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/hash.h>
#include <linux/module.h>
#include <linux/namespace.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

DEFINE_SPINLOCK(dcache_lock);
struct dentry_stat_t dentry_stat = { .age_limit = 45 };
struct hlist_head dentry_hashtable[1 << D_HASHBITS];

static struct kmem_cache *dentry_cache;
static LIST_HEAD(dentry_unused);

unsigned int full_name_hash(const unsigned char *name, unsigned int len)
{
	unsigned int hash = 0;

	for (; len--; name++)
		hash = (hash + (*name << 4 | *name >> 4)) * 11;
	return hash;
}
EXPORT_SYMBOL(full_name_hash);

/* Not by address: the order of a chain must be the same in every run. */
static struct hlist_head *d_hash(const struct qstr *name)
{
	return &dentry_hashtable[hash_long(name->hash, D_HASHBITS)];
}

static void d_free(struct dentry *dentry)
{
	if (dentry->d_op && dentry->d_op->d_release)
		dentry->d_op->d_release(dentry);
	if (dentry->d_name.name != dentry->d_iname)
		kfree(dentry->d_name.name);
	kmem_cache_free(dentry_cache, dentry);
}

/* Lets go of the inode, and of dcache_lock. */
static void dentry_iput(struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;

	if (!inode) {
		spin_unlock(&dcache_lock);
		return;
	}
	dentry->d_inode = NULL;
	list_del_init(&dentry->d_alias);
	spin_unlock(&dcache_lock);
	if (dentry->d_op && dentry->d_op->d_iput)
		dentry->d_op->d_iput(dentry, inode);
	else
		iput(inode);
}

static void dentry_lru_del(struct dentry *dentry)
{
	if (list_empty(&dentry->d_lru))
		return;
	list_del_init(&dentry->d_lru);
	dentry_stat.nr_unused--;
}

void __d_drop(struct dentry *dentry)
{
	if (d_unhashed(dentry))
		return;
	dentry->d_flags |= DCACHE_UNHASHED;
	hlist_del_rcu(&dentry->d_hash);
}
EXPORT_SYMBOL(__d_drop);

/**
 * d_drop - no lookup finds the name any more
 */
void d_drop(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	__d_drop(dentry);
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_drop);

/* Frees an unused, unhashed dentry; returns its parent, whose count it had. */
static struct dentry *d_kill(struct dentry *dentry)
{
	struct dentry *parent = dentry->d_parent;

	dentry_lru_del(dentry);
	list_del(&dentry->d_u.d_child);
	dentry_stat.nr_dentry--;
	dentry_iput(dentry);
	d_free(dentry);
	return parent == dentry ? NULL : parent;
}

/**
 * dput - give a reference back
 * @dentry: the dentry, or NULL
 *
 * The last one frees the name, if the file system does not want it kept, and
 * then its parents.
 */
void dput(struct dentry *dentry)
{
	while (dentry) {
		spin_lock(&dcache_lock);
		if (!atomic_dec_and_test(&dentry->d_count)) {
			spin_unlock(&dcache_lock);
			return;
		}
		if (dentry->d_op && dentry->d_op->d_delete && dentry->d_op->d_delete(dentry))
			__d_drop(dentry);
		if (!d_unhashed(dentry)) {
			dentry->d_flags |= DCACHE_REFERENCED;
			if (list_empty(&dentry->d_lru)) {
				list_add(&dentry->d_lru, &dentry_unused);
				dentry_stat.nr_unused++;
			}
			spin_unlock(&dcache_lock);
			return;
		}
		dentry = d_kill(dentry);
	}
}
EXPORT_SYMBOL(dput);

/* With dcache_lock held. */
struct dentry *dget_locked(struct dentry *dentry)
{
	if (atomic_inc_return(&dentry->d_count) == 1)
		dentry_lru_del(dentry);
	return dentry;
}
EXPORT_SYMBOL(dget_locked);

/**
 * d_alloc - a name without an inode
 * @parent: its directory; NULL for a root
 * @name: the name, which is copied
 */
struct dentry *d_alloc(struct dentry *parent, const struct qstr *name)
{
	struct dentry *dentry = kmem_cache_alloc(dentry_cache, GFP_KERNEL);
	char *dname;

	if (!dentry)
		return NULL;
	memset(dentry, 0, sizeof(*dentry));
	dname = (char *)dentry->d_iname;
	if (name->len >= DNAME_INLINE_LEN_MIN) {
		dname = kmalloc(name->len + 1, GFP_KERNEL);
		if (!dname) {
			kmem_cache_free(dentry_cache, dentry);
			return NULL;
		}
	}
	memcpy(dname, name->name, name->len);
	dname[name->len] = 0;
	dentry->d_name = (struct qstr){ name->hash, name->len, (unsigned char *)dname };
	atomic_set(&dentry->d_count, 1);
	dentry->d_flags = DCACHE_UNHASHED;
	INIT_LIST_HEAD(&dentry->d_lru);
	INIT_LIST_HEAD(&dentry->d_subdirs);
	INIT_LIST_HEAD(&dentry->d_alias);
	INIT_LIST_HEAD(&dentry->d_u.d_child);
	dentry->d_parent = dentry;
	spin_lock(&dcache_lock);
	if (parent) {
		dentry->d_parent = dget_locked(parent);
		dentry->d_sb = parent->d_sb;
		list_add(&dentry->d_u.d_child, &parent->d_subdirs);
	}
	dentry_stat.nr_dentry++;
	spin_unlock(&dcache_lock);
	return dentry;
}
EXPORT_SYMBOL(d_alloc);

/**
 * d_instantiate - a name gets its inode, whose reference it takes over
 */
void d_instantiate(struct dentry *entry, struct inode *inode)
{
	BUG_ON(!list_empty(&entry->d_alias));
	spin_lock(&dcache_lock);
	if (inode)
		list_add(&entry->d_alias, &inode->i_dentry);
	entry->d_inode = inode;
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_instantiate);

struct dentry *d_alloc_root(struct inode *root_inode)
{
	static const struct qstr name = { .name = (const unsigned char *)"/", .len = 1 };
	struct dentry *res;

	if (!root_inode)
		return NULL;
	res = d_alloc(NULL, &name);
	if (!res)
		return NULL;
	res->d_sb = root_inode->i_sb;
	d_instantiate(res, root_inode);
	return res;
}
EXPORT_SYMBOL(d_alloc_root);

void d_rehash(struct dentry *entry)
{
	spin_lock(&dcache_lock);
	entry->d_flags &= ~DCACHE_UNHASHED;
	hlist_add_head_rcu(&entry->d_hash, d_hash(&entry->d_name));
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_rehash);

void d_add(struct dentry *entry, struct inode *inode)
{
	d_instantiate(entry, inode);
	d_rehash(entry);
}
EXPORT_SYMBOL(d_add);

/**
 * d_lookup - a name that is in memory, with a reference
 */
struct dentry *d_lookup(struct dentry *parent, struct qstr *name)
{
	struct dentry *dentry, *found = NULL;
	struct hlist_node *node;

	spin_lock(&dcache_lock);
	hlist_for_each_entry_rcu(dentry, node, d_hash(name), d_hash) {
		if (dentry->d_parent != parent || dentry->d_name.hash != name->hash ||
		    dentry->d_name.len != name->len ||
		    memcmp(dentry->d_name.name, name->name, name->len))
			continue;
		found = dget_locked(dentry);
		break;
	}
	spin_unlock(&dcache_lock);
	return found;
}
EXPORT_SYMBOL(d_lookup);

/**
 * d_delete - the file of a name has been removed
 *
 * With no other user, the name stays as one of nothing.
 */
void d_delete(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	if (atomic_read(&dentry->d_count) == 1) {
		dentry_iput(dentry);
		return;
	}
	__d_drop(dentry);
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_delete);

/**
 * d_invalidate - forget a name that is no longer right
 *
 * Returns -EBUSY for a directory that somebody uses.
 */
int d_invalidate(struct dentry *dentry)
{
	if (d_unhashed(dentry))
		return 0;
	if (!list_empty(&dentry->d_subdirs))
		shrink_dcache_parent(dentry);
	spin_lock(&dcache_lock);
	if (atomic_read(&dentry->d_count) > 1 && dentry->d_inode &&
	    S_ISDIR(dentry->d_inode->i_mode)) {
		spin_unlock(&dcache_lock);
		return -EBUSY;
	}
	__d_drop(dentry);
	spin_unlock(&dcache_lock);
	return 0;
}
EXPORT_SYMBOL(d_invalidate);

/* Frees one of dentry_unused; comes and goes with dcache_lock held. */
static void prune_one_dentry(struct dentry *dentry)
{
	struct dentry *parent;

	__d_drop(dentry);
	parent = d_kill(dentry);
	dput(parent);
	spin_lock(&dcache_lock);
}

/**
 * shrink_dcache_sb - free all unused names of a file system
 */
void shrink_dcache_sb(struct super_block *sb)
{
	struct dentry *dentry, *next;
	LIST_HEAD(mine);

	spin_lock(&dcache_lock);
	list_for_each_entry_safe(dentry, next, &dentry_unused, d_lru)
		if (dentry->d_sb == sb)
			list_move(&dentry->d_lru, &mine);
	while (!list_empty(&mine)) {
		dentry = list_first_entry(&mine, struct dentry, d_lru);
		prune_one_dentry(dentry);
	}
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(shrink_dcache_sb);

/* The next dentry of a tree, in an order that visits parents first. */
static struct dentry *next_dentry(struct dentry *p, struct dentry *root)
{
	if (!list_empty(&p->d_subdirs))
		return list_first_entry(&p->d_subdirs, struct dentry, d_u.d_child);
	while (p != root && p->d_u.d_child.next == &p->d_parent->d_subdirs)
		p = p->d_parent;
	if (p == root)
		return NULL;
	return list_first_entry(&p->d_u.d_child, struct dentry, d_u.d_child);
}

/**
 * shrink_dcache_parent - free the unused names below a directory
 */
void shrink_dcache_parent(struct dentry *parent)
{
	struct dentry *p;

	spin_lock(&dcache_lock);
again:
	for (p = next_dentry(parent, parent); p; p = next_dentry(p, parent)) {
		if (atomic_read(&p->d_count))
			continue;
		prune_one_dentry(p);
		goto again;
	}
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(shrink_dcache_parent);

/**
 * d_genocide - take the reference from every name that kept it in memory
 *
 * For file systems that live in dentries alone.
 */
void d_genocide(struct dentry *root)
{
	struct dentry *p;

	spin_lock(&dcache_lock);
	for (p = next_dentry(root, root); p; p = next_dentry(p, root)) {
		if (d_unhashed(p) || !p->d_inode)
			continue;
		if (atomic_dec_and_test(&p->d_count)) {
			list_add(&p->d_lru, &dentry_unused);
			dentry_stat.nr_unused++;
		}
	}
	spin_unlock(&dcache_lock);
}

int is_subdir(struct dentry *dentry, struct dentry *old)
{
	while (dentry != old && !IS_ROOT(dentry))
		dentry = dentry->d_parent;
	return dentry == old;
}
EXPORT_SYMBOL(is_subdir);

static void switch_names(struct dentry *a, struct dentry *b)
{
	unsigned char iname[DNAME_INLINE_LEN_MIN];
	struct qstr name = a->d_name;
	int a_inline = a->d_name.name == a->d_iname;
	int b_inline = b->d_name.name == b->d_iname;

	memcpy(iname, a->d_iname, sizeof(iname));
	memcpy(a->d_iname, b->d_iname, sizeof(iname));
	memcpy(b->d_iname, iname, sizeof(iname));
	a->d_name = b->d_name;
	b->d_name = name;
	if (b_inline)
		a->d_name.name = a->d_iname;
	if (a_inline)
		b->d_name.name = b->d_iname;
}

static void switch_parents(struct dentry *a, struct dentry *b)
{
	struct dentry *parent = a->d_parent;

	a->d_parent = b->d_parent;
	b->d_parent = parent;
	list_move(&a->d_u.d_child, &a->d_parent->d_subdirs);
	list_move(&b->d_u.d_child, &b->d_parent->d_subdirs);
}

/**
 * d_move - a rename has happened
 * @dentry: takes the place and the name of @target
 * @target: is forgotten
 */
void d_move(struct dentry *dentry, struct dentry *target)
{
	spin_lock(&dcache_lock);
	__d_drop(dentry);
	__d_drop(target);
	switch_names(dentry, target);
	if (dentry->d_parent != target->d_parent)
		switch_parents(dentry, target);
	spin_unlock(&dcache_lock);
	d_rehash(dentry);
}
EXPORT_SYMBOL(d_move);

/* Puts a name before what is there; NULL when there is no room. */
static char *prepend(char *at, const char *buf, const unsigned char *name, int len)
{
	if (at - buf < len + 1)
		return NULL;
	at -= len;
	memcpy(at, name, len);
	*--at = '/';
	return at;
}

/* With dcache_lock and vfsmount_lock held. */
static char *__d_path(struct dentry *dentry, struct vfsmount *mnt, struct dentry *root,
		      struct vfsmount *rootmnt, char *buf, int buflen)
{
	static const unsigned char deleted[] = " (deleted)";
	char *at = buf + buflen - 1;

	*at = 0;
	if (!IS_ROOT(dentry) && d_unhashed(dentry)) {
		if (buflen < sizeof(deleted) + 1)
			return ERR_PTR(-ENAMETOOLONG);
		at -= sizeof(deleted) - 1;
		memcpy(at, deleted, sizeof(deleted) - 1);
	}
	while (at && (dentry != root || mnt != rootmnt)) {
		if (dentry == mnt->mnt_root || IS_ROOT(dentry)) {
			if (mnt->mnt_parent == mnt)
				break;
			dentry = mnt->mnt_mountpoint;
			mnt = mnt->mnt_parent;
			continue;
		}
		at = prepend(at, buf, dentry->d_name.name, dentry->d_name.len);
		dentry = dentry->d_parent;
	}
	if (at && (*at != '/'))
		at = prepend(at, buf, (const unsigned char *)"", 0);
	return at ?: ERR_PTR(-ENAMETOOLONG);
}

/**
 * d_path - the name of a file from the root of the current task
 * @buf: room for it
 * @buflen: how much
 *
 * Returns where in @buf it begins, or an error.
 */
char *d_path(struct dentry *dentry, struct vfsmount *mnt, char *buf, int buflen)
{
	struct vfsmount *rootmnt;
	struct dentry *root;
	char *res;

	read_lock(&current->fs->lock);
	rootmnt = mntget(current->fs->rootmnt);
	root = dget(current->fs->root);
	read_unlock(&current->fs->lock);
	spin_lock(&dcache_lock);
	spin_lock(&vfsmount_lock);
	res = __d_path(dentry, mnt, root, rootmnt, buf, buflen);
	spin_unlock(&vfsmount_lock);
	spin_unlock(&dcache_lock);
	dput(root);
	mntput(rootmnt);
	return res;
}
EXPORT_SYMBOL(d_path);

static long copy_cwd(char *page, char __user *buf, unsigned long size)
{
	struct dentry *pwd = current->fs->pwd;
	unsigned long len;
	char *cwd;

	if (!IS_ROOT(pwd) && d_unhashed(pwd))
		return -ENOENT;
	cwd = d_path(pwd, current->fs->pwdmnt, page, PAGE_SIZE);
	if (IS_ERR(cwd))
		return PTR_ERR(cwd);
	len = page + PAGE_SIZE - cwd;
	if (len > size)
		return -ERANGE;
	return copy_to_user(buf, cwd, len) ? -EFAULT : len;
}

asmlinkage long sys_getcwd(char __user *buf, unsigned long size)
{
	char *page = (char *)__get_free_page(GFP_USER);
	long error;

	if (!page)
		return -ENOMEM;
	error = copy_cwd(page, buf, size);
	free_page((unsigned long)page);
	return error;
}

static void __init dcache_init(void)
{
	dentry_cache = kmem_cache_create("dentry_cache", sizeof(struct dentry), 0,
					 SLAB_RECLAIM_ACCOUNT | SLAB_PANIC, NULL, NULL);
}

/**
 * vfs_caches_init - the caches of all file systems, and the first of these
 * @mempages: how much memory there is
 */
void __init vfs_caches_init(unsigned long mempages)
{
	names_cachep = kmem_cache_create("names_cache", PATH_MAX, 0, SLAB_PANIC, NULL, NULL);
	dcache_init();
	inode_init();
	files_init(mempages);
	filelock_init();
	mnt_init();
}
