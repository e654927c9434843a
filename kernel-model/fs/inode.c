// SPDX-License-Identifier: GPL-2.0-only
/* Files without their names. */
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/quotaops.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#define I_HASHBITS	8

struct inodes_stat_t inodes_stat;
static DEFINE_SPINLOCK(inode_lock);
static LIST_HEAD(inode_in_use);

static struct hlist_head inode_hashtable[1 << I_HASHBITS];
static struct kmem_cache *inode_cachep;

/* By the device's number: an address would make the order differ from run to run. */
static struct hlist_head *hash(const struct super_block *sb, unsigned long ino)
{
	return &inode_hashtable[hash_long(ino + ((unsigned long)sb->s_dev << 32), I_HASHBITS)];
}

/**
 * inode_init_once - what an inode needs before anything else
 *
 * For file systems that allocate their own.
 */
void inode_init_once(struct inode *inode)
{
	memset(inode, 0, sizeof(*inode));
	INIT_HLIST_NODE(&inode->i_hash);
	INIT_LIST_HEAD(&inode->i_list);
	INIT_LIST_HEAD(&inode->i_sb_list);
	INIT_LIST_HEAD(&inode->i_dentry);
	mutex_init(&inode->i_mutex);
	spin_lock_init(&inode->i_lock);
}
EXPORT_SYMBOL(inode_init_once);

static struct inode *alloc_inode(struct super_block *sb)
{
	static struct inode_operations empty_iops;
	static const struct file_operations empty_fops;
	struct inode *inode;

	if (sb->s_op && sb->s_op->alloc_inode) {
		inode = sb->s_op->alloc_inode(sb);
	} else {
		inode = kmem_cache_alloc(inode_cachep, GFP_KERNEL);
		if (inode)
			inode_init_once(inode);
	}
	if (!inode)
		return NULL;
	inode->i_sb = sb;
	inode->i_nlink = 1;
	atomic_set(&inode->i_count, 1);
	inode->i_op = &empty_iops;
	inode->i_fop = &empty_fops;
	inode->i_blksize = PAGE_SIZE;
	inode->i_data.host = inode;
	inode->i_mapping = &inode->i_data;
	return inode;
}

static void destroy_inode(struct inode *inode)
{
	if (inode->i_sb->s_op->destroy_inode)
		inode->i_sb->s_op->destroy_inode(inode);
	else
		kmem_cache_free(inode_cachep, inode);
}

/* With inode_lock held. */
static void publish_inode(struct inode *inode)
{
	inodes_stat.nr_inodes++;
	list_add(&inode->i_list, &inode_in_use);
	list_add(&inode->i_sb_list, &inode->i_sb->s_inodes);
}

/**
 * new_inode - an inode with the next number
 */
struct inode *new_inode(struct super_block *sb)
{
	static unsigned long last_ino;
	struct inode *inode = alloc_inode(sb);

	if (!inode)
		return NULL;
	spin_lock(&inode_lock);
	inode->i_ino = ++last_ino;
	publish_inode(inode);
	spin_unlock(&inode_lock);
	return inode;
}
EXPORT_SYMBOL(new_inode);

static struct inode *find_inode(struct super_block *sb, unsigned long ino)
{
	struct hlist_node *node;
	struct inode *inode;

	hlist_for_each_entry(inode, node, hash(sb, ino), i_hash)
		if (inode->i_ino == ino && inode->i_sb == sb && !(inode->i_state & I_FREEING))
			return inode;
	return NULL;
}

/**
 * iget_locked - the inode of a number
 *
 * When it was not in memory it comes with I_NEW: the caller fills it in and
 * calls unlock_new_inode().
 */
struct inode *iget_locked(struct super_block *sb, unsigned long ino)
{
	struct inode *inode, *fresh;

	spin_lock(&inode_lock);
	inode = find_inode(sb, ino);
	if (inode)
		atomic_inc(&inode->i_count);
	spin_unlock(&inode_lock);
	if (inode)
		return inode;
	fresh = alloc_inode(sb);
	if (!fresh)
		return NULL;
	spin_lock(&inode_lock);
	inode = find_inode(sb, ino);
	if (inode) {
		atomic_inc(&inode->i_count);
		spin_unlock(&inode_lock);
		destroy_inode(fresh);
		return inode;
	}
	fresh->i_ino = ino;
	fresh->i_state = I_LOCK | I_NEW;
	publish_inode(fresh);
	hlist_add_head(&fresh->i_hash, hash(sb, ino));
	spin_unlock(&inode_lock);
	return fresh;
}
EXPORT_SYMBOL(iget_locked);

void unlock_new_inode(struct inode *inode)
{
	inode->i_state &= ~(I_LOCK | I_NEW);
}
EXPORT_SYMBOL(unlock_new_inode);

struct inode *iget(struct super_block *sb, unsigned long ino)
{
	struct inode *inode = iget_locked(sb, ino);

	if (inode && (inode->i_state & I_NEW)) {
		sb->s_op->read_inode(inode);
		unlock_new_inode(inode);
	}
	return inode;
}
EXPORT_SYMBOL(iget);

struct inode *igrab(struct inode *inode)
{
	spin_lock(&inode_lock);
	if (inode->i_state & I_FREEING)
		inode = NULL;
	else
		atomic_inc(&inode->i_count);
	spin_unlock(&inode_lock);
	return inode;
}
EXPORT_SYMBOL(igrab);

/**
 * clear_inode - the last thing a file system does with an inode
 */
void clear_inode(struct inode *inode)
{
	BUG_ON(inode->i_data.nrpages);
	BUG_ON(!(inode->i_state & I_FREEING));
	DQUOT_DROP(inode);
	if (inode->i_sb->s_op->clear_inode)
		inode->i_sb->s_op->clear_inode(inode);
	inode->i_state = I_FREEING | I_CLEAR;
}
EXPORT_SYMBOL(clear_inode);

void generic_delete_inode(struct inode *inode)
{
	list_del_init(&inode->i_list);
	list_del_init(&inode->i_sb_list);
	inode->i_state |= I_FREEING;
	inodes_stat.nr_inodes--;
	spin_unlock(&inode_lock);

	truncate_inode_pages(&inode->i_data, 0);
	DQUOT_FREE_INODE(inode);
	if (inode->i_sb->s_op->delete_inode)
		inode->i_sb->s_op->delete_inode(inode);
	else
		clear_inode(inode);
	spin_lock(&inode_lock);
	hlist_del_init(&inode->i_hash);
	spin_unlock(&inode_lock);
	BUG_ON(!(inode->i_state & I_CLEAR));
	destroy_inode(inode);
}
EXPORT_SYMBOL(generic_delete_inode);

/* There is no disk to read it from again, and nothing to gain from keeping it. */
void generic_drop_inode(struct inode *inode)
{
	generic_delete_inode(inode);
}
EXPORT_SYMBOL(generic_drop_inode);

/**
 * iput - give a reference back; the last one frees the inode
 */
void iput(struct inode *inode)
{
	if (!inode)
		return;
	BUG_ON(inode->i_state & I_CLEAR);
	spin_lock(&inode_lock);
	if (!atomic_dec_and_test(&inode->i_count)) {
		spin_unlock(&inode_lock);
		return;
	}
	if (inode->i_sb->s_op->drop_inode)
		inode->i_sb->s_op->drop_inode(inode);
	else
		generic_drop_inode(inode);
}
EXPORT_SYMBOL(iput);

/**
 * invalidate_inodes - is a file system that goes away still in use?
 */
int invalidate_inodes(struct super_block *sb)
{
	return !list_empty(&sb->s_inodes);
}
EXPORT_SYMBOL(invalidate_inodes);

static int no_open(struct inode *inode, struct file *file)
{
	return -ENXIO;
}

static const struct file_operations no_open_fops = {
	.open = no_open,
};

/**
 * init_special_inode - an inode for a device, a pipe or a socket
 */
void init_special_inode(struct inode *inode, umode_t mode, dev_t rdev)
{
	inode->i_mode = mode;
	inode->i_rdev = 0;
	inode->i_fop = &no_open_fops;
	if (S_ISCHR(mode)) {
		inode->i_fop = &def_chr_fops;
		inode->i_rdev = rdev;
	} else if (S_ISBLK(mode)) {
		inode->i_rdev = rdev;
	} else if (S_ISFIFO(mode)) {
		inode->i_fop = &def_fifo_fops;
	}
}
EXPORT_SYMBOL(init_special_inode);

void __init inode_init(void)
{
	inode_cachep = kmem_cache_create("inode_cache", sizeof(struct inode), 0,
					 SLAB_RECLAIM_ACCOUNT | SLAB_PANIC, NULL, NULL);
}
