// SPDX-License-Identifier: GPL-2.0-only
/*
 * Quotas: what each user has on a file system, and how much that may be.  They
 * live in memory, as the file systems do.  Soft limits are kept and told, but
 * nobody is warned or given a time of grace.
 */
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/quotaops.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define DQHASH_BITS 6

static DEFINE_SPINLOCK(dq_list_lock);
static struct hlist_head dquot_hash[1 << DQHASH_BITS];
static struct kmem_cache *dquot_cachep;

static struct hlist_head *hashfn(const struct super_block *sb, uid_t id)
{
	return &dquot_hash[hash_long(((unsigned long)sb->s_dev << 32) + id, DQHASH_BITS)];
}

static int quota_enabled(const struct super_block *sb)
{
	return sb->s_dquot.flags & DQUOT_USR_ENABLED;
}

static struct dquot *find_dquot(struct super_block *sb, uid_t id)
{
	struct hlist_node *node;
	struct dquot *dq;

	hlist_for_each_entry(dq, node, hashfn(sb, id), dq_hash)
		if (dq->dq_id == id && dq->dq_sb == sb)
			return dq;
	return NULL;
}

/* The quota of a user, made if need be; NULL without memory. */
static struct dquot *dqget(struct super_block *sb, uid_t id)
{
	struct dquot *dq, *fresh = kmem_cache_alloc(dquot_cachep, GFP_KERNEL);

	if (!fresh)
		return NULL;
	memset(fresh, 0, sizeof(*fresh));
	fresh->dq_sb = sb;
	fresh->dq_id = id;
	spin_lock(&dq_list_lock);
	dq = find_dquot(sb, id);
	if (!dq) {
		dq = fresh;
		fresh = NULL;
		hlist_add_head(&dq->dq_hash, hashfn(sb, id));
	}
	dq->dq_count++;
	spin_unlock(&dq_list_lock);
	if (fresh)
		kmem_cache_free(dquot_cachep, fresh);
	return dq;
}

static int has_limits(const struct if_dqblk *dqb)
{
	return dqb->dqb_bhardlimit || dqb->dqb_bsoftlimit || dqb->dqb_ihardlimit ||
	       dqb->dqb_isoftlimit;
}

/* It goes when nobody uses it and nothing is to be remembered. */
static void dqput(struct dquot *dq)
{
	int gone;

	spin_lock(&dq_list_lock);
	gone = !--dq->dq_count && !has_limits(&dq->dq_dqb);
	if (gone)
		hlist_del(&dq->dq_hash);
	spin_unlock(&dq_list_lock);
	if (gone)
		kmem_cache_free(dquot_cachep, dq);
}

static int over_inodes(const struct dquot *dq, u64 more)
{
	return dq->dq_dqb.dqb_ihardlimit &&
	       dq->dq_dqb.dqb_curinodes + more > dq->dq_dqb.dqb_ihardlimit &&
	       !capable(CAP_SYS_RESOURCE);
}

static int over_space(const struct dquot *dq, u64 bytes)
{
	return dq->dq_dqb.dqb_bhardlimit &&
	       dq->dq_dqb.dqb_curspace + bytes > dq->dq_dqb.dqb_bhardlimit * QUOTABLOCK_SIZE &&
	       !capable(CAP_SYS_RESOURCE);
}

int dquot_alloc_inode(struct inode *inode)
{
	struct dquot *dq;

	if (!quota_enabled(inode->i_sb))
		return 0;
	dq = dqget(inode->i_sb, inode->i_uid);
	if (!dq)
		return 1;
	if (over_inodes(dq, 1)) {
		dqput(dq);
		return 1;
	}
	dq->dq_dqb.dqb_curinodes++;
	inode->i_dquot = dq;
	inode->i_sb->s_dirt = 1;
	return 0;
}

void dquot_free_inode(struct inode *inode)
{
	if (!inode->i_dquot)
		return;
	inode->i_dquot->dq_dqb.dqb_curinodes--;
	inode->i_sb->s_dirt = 1;
}

/* The inode is charged to nobody any more. */
void dquot_drop(struct inode *inode)
{
	struct dquot *dq = inode->i_dquot;

	inode->i_dquot = NULL;
	if (dq)
		dqput(dq);
}

int dquot_alloc_space(struct inode *inode, unsigned long pages)
{
	struct dquot *dq = inode->i_dquot;

	if (!dq)
		return 0;
	if (over_space(dq, pages << PAGE_SHIFT))
		return 1;
	dq->dq_dqb.dqb_curspace += pages << PAGE_SHIFT;
	inode->i_sb->s_dirt = 1;
	return 0;
}

void dquot_free_space(struct inode *inode, unsigned long pages)
{
	if (!inode->i_dquot)
		return;
	inode->i_dquot->dq_dqb.dqb_curspace -= pages << PAGE_SHIFT;
	inode->i_sb->s_dirt = 1;
}

/**
 * dquot_transfer - a file gets another owner
 */
int dquot_transfer(struct inode *inode, uid_t uid)
{
	u64 space = (u64)inode->i_mapping->nrpages << PAGE_SHIFT;
	struct dquot *from = inode->i_dquot, *to;

	if (!from)
		return 0;
	to = dqget(inode->i_sb, uid);
	if (!to)
		return 1;
	if (over_inodes(to, 1) || over_space(to, space)) {
		dqput(to);
		return 1;
	}
	to->dq_dqb.dqb_curinodes++;
	to->dq_dqb.dqb_curspace += space;
	from->dq_dqb.dqb_curinodes--;
	from->dq_dqb.dqb_curspace -= space;
	inode->i_dquot = to;
	inode->i_sb->s_dirt = 1;
	dqput(from);
	return 0;
}

/* Charges a file that was there before the quotas. */
static int charge_existing(struct inode *inode)
{
	struct dquot *dq = dqget(inode->i_sb, inode->i_uid);

	if (!dq)
		return -ENOMEM;
	dq->dq_dqb.dqb_curinodes++;
	dq->dq_dqb.dqb_curspace += (u64)inode->i_mapping->nrpages << PAGE_SHIFT;
	inode->i_dquot = dq;
	return 0;
}

/* Nobody makes or removes files meanwhile: nothing here sleeps for long. */
static int vfs_quota_on(struct super_block *sb)
{
	struct inode *inode;
	int err;

	if (quota_enabled(sb))
		return -EBUSY;
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list) {
		err = charge_existing(inode);
		if (err) {
			vfs_quota_off(sb);
			return err;
		}
	}
	sb->s_dquot.flags |= DQUOT_USR_ENABLED;
	sb->s_dirt = 1;
	return 0;
}

/**
 * vfs_quota_off - forget what users have, and may have
 */
void vfs_quota_off(struct super_block *sb)
{
	struct hlist_node *node, *next;
	struct inode *inode;
	struct dquot *dq;
	int i;

	sb->s_dquot.flags &= ~DQUOT_USR_ENABLED;
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list)
		dquot_drop(inode);
	for (i = 0; i < ARRAY_SIZE(dquot_hash); i++) {
		hlist_for_each_entry_safe(dq, node, next, &dquot_hash[i], dq_hash) {
			if (dq->dq_sb != sb || dq->dq_count)
				continue;
			hlist_del(&dq->dq_hash);
			kmem_cache_free(dquot_cachep, dq);
		}
	}
}

static int get_dqblk(struct super_block *sb, uid_t id, struct if_dqblk __user *addr)
{
	struct dquot *dq = dqget(sb, id);
	struct if_dqblk di;

	if (!dq)
		return -ENOMEM;
	di = dq->dq_dqb;
	di.dqb_valid = QIF_ALL;
	dqput(dq);
	return copy_to_user(addr, &di, sizeof(di)) ? -EFAULT : 0;
}

static int set_dqblk(struct super_block *sb, uid_t id, const struct if_dqblk __user *addr)
{
	struct if_dqblk di;
	struct dquot *dq;

	if (copy_from_user(&di, addr, sizeof(di)))
		return -EFAULT;
	dq = dqget(sb, id);
	if (!dq)
		return -ENOMEM;
	if (di.dqb_valid & QIF_BLIMITS) {
		dq->dq_dqb.dqb_bhardlimit = di.dqb_bhardlimit;
		dq->dq_dqb.dqb_bsoftlimit = di.dqb_bsoftlimit;
	}
	if (di.dqb_valid & QIF_ILIMITS) {
		dq->dq_dqb.dqb_ihardlimit = di.dqb_ihardlimit;
		dq->dq_dqb.dqb_isoftlimit = di.dqb_isoftlimit;
	}
	sb->s_dirt = 1;
	dqput(dq);
	return 0;
}

static int do_quotactl(struct super_block *sb, unsigned int cmd, uid_t id, void __user *addr)
{
	/* What is one's own may be asked for. */
	if (!(cmd == Q_GETQUOTA && id == current->euid) && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (cmd == Q_QUOTAON)
		return vfs_quota_on(sb);
	if (!quota_enabled(sb))
		return -ESRCH;
	switch (cmd) {
	case Q_QUOTAOFF:
		vfs_quota_off(sb);
		return 0;
	case Q_GETQUOTA:
		return get_dqblk(sb, id, addr);
	case Q_SETQUOTA:
		return set_dqblk(sb, id, addr);
	}
	return -EINVAL;
}

/* There are no block devices: any path on a file system stands for it. */
asmlinkage long sys_quotactl(unsigned int cmd, const char __user *special, uid_t id,
			     void __user *addr)
{
	struct nameidata nd;
	int err;

	if ((cmd & SUBCMDMASK) != USRQUOTA)
		return -EINVAL;
	cmd >>= SUBCMDSHIFT;
	if (cmd == Q_SYNC && !special) {
		sync_supers();
		return 0;
	}
	err = user_path_walk(special, &nd);
	if (err)
		return err;
	if (!nd.dentry->d_sb->s_op->write_super)
		err = -ENOSYS;
	else
		err = do_quotactl(nd.dentry->d_sb, cmd, id, addr);
	path_release(&nd);
	return err;
}

static int __init dquot_init(void)
{
	dquot_cachep = kmem_cache_create("dquot", sizeof(struct dquot), 0, SLAB_PANIC, NULL, NULL);
	return 0;
}
core_initcall(dquot_init);
