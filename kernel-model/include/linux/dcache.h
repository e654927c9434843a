/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DCACHE_H
#define _LINUX_DCACHE_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

struct inode;
struct nameidata;
struct super_block;
struct vfsmount;

#define IS_ROOT(x) ((x) == (x)->d_parent)

/**
 * struct qstr - a name with its hash and length
 */
struct qstr {
	unsigned int hash;
	unsigned int len;
	const unsigned char *name;
};

#define DNAME_INLINE_LEN_MIN 36

struct dentry_operations;

/**
 * struct dentry - a name in a directory
 * @d_inode: what it names, NULL when there is nothing of that name
 * @d_lru: on dentry_unused while nobody uses it
 * @d_mounted: how many file systems are mounted here
 *
 * dcache_lock protects the lists, the name and the flags.
 */
struct dentry {
	atomic_t d_count;
	unsigned int d_flags;
	struct inode *d_inode;
	struct hlist_node d_hash;
	struct dentry *d_parent;
	struct qstr d_name;
	struct list_head d_lru;
	union {
		struct list_head d_child;
		struct rcu_head d_rcu;
	} d_u;
	struct list_head d_subdirs;
	struct list_head d_alias;
	struct dentry_operations *d_op;
	struct super_block *d_sb;
	void *d_fsdata;
	int d_mounted;
	unsigned char d_iname[DNAME_INLINE_LEN_MIN];
};

/**
 * struct dentry_operations - what a file system may want to know of its names
 * @d_revalidate: 0 when the name is no longer right
 * @d_delete: 1 when an unused name should not be kept
 * @d_release: the dentry is freed
 * @d_iput: the dentry lets go of its inode
 */
struct dentry_operations {
	int (*d_revalidate)(struct dentry *dentry, struct nameidata *nd);
	int (*d_delete)(struct dentry *dentry);
	void (*d_release)(struct dentry *dentry);
	void (*d_iput)(struct dentry *dentry, struct inode *inode);
};

#define DCACHE_REFERENCED	0x0008	/* used again since it came on the LRU list */
#define DCACHE_UNHASHED		0x0010

struct dentry_stat_t {
	int nr_dentry;
	int nr_unused;
	int age_limit;
	int want_pages;
	int dummy[2];
};

extern struct dentry_stat_t dentry_stat;
extern spinlock_t dcache_lock;

#define D_HASHBITS	8
extern struct hlist_head dentry_hashtable[1 << D_HASHBITS];

static inline struct dentry *dget(struct dentry *dentry)
{
	if (dentry) {
		BUG_ON(!atomic_read(&dentry->d_count));
		atomic_inc(&dentry->d_count);
	}
	return dentry;
}

static inline int d_unhashed(struct dentry *dentry)
{
	return dentry->d_flags & DCACHE_UNHASHED;
}

static inline int d_mountpoint(struct dentry *dentry)
{
	return dentry->d_mounted;
}

unsigned int full_name_hash(const unsigned char *name, unsigned int len);
void dput(struct dentry *dentry);
struct dentry *dget_locked(struct dentry *dentry);
struct dentry *d_alloc(struct dentry *parent, const struct qstr *name);
struct dentry *d_alloc_root(struct inode *root_inode);
void d_instantiate(struct dentry *entry, struct inode *inode);
void d_add(struct dentry *entry, struct inode *inode);
void d_rehash(struct dentry *entry);
void d_drop(struct dentry *dentry);
void __d_drop(struct dentry *dentry);
void d_delete(struct dentry *dentry);
int d_invalidate(struct dentry *dentry);
void d_move(struct dentry *dentry, struct dentry *target);
struct dentry *d_lookup(struct dentry *parent, struct qstr *name);
void shrink_dcache_sb(struct super_block *sb);
void shrink_dcache_parent(struct dentry *parent);
void d_genocide(struct dentry *root);
int is_subdir(struct dentry *dentry, struct dentry *old);
char *d_path(struct dentry *dentry, struct vfsmount *mnt, char *buf, int buflen);

#endif /* _LINUX_DCACHE_H */
