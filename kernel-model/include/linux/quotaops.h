/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_QUOTAOPS_H
#define _LINUX_QUOTAOPS_H

#include <linux/fs.h>

/*
 * What file systems call: an inode is charged to its owner when it is made and
 * its pages when they are.  All return 0, or 1 when the quota is used up.
 */
#ifdef CONFIG_QUOTA
int dquot_alloc_inode(struct inode *inode);
void dquot_free_inode(struct inode *inode);
int dquot_alloc_space(struct inode *inode, unsigned long pages);
void dquot_free_space(struct inode *inode, unsigned long pages);
void dquot_drop(struct inode *inode);
int dquot_transfer(struct inode *inode, uid_t uid);
void vfs_quota_off(struct super_block *sb);

#define DQUOT_ALLOC_INODE(inode)	dquot_alloc_inode(inode)
#define DQUOT_FREE_INODE(inode)		dquot_free_inode(inode)
#define DQUOT_ALLOC_SPACE(inode, nr)	dquot_alloc_space((inode), (nr))
#define DQUOT_FREE_SPACE(inode, nr)	dquot_free_space((inode), (nr))
#define DQUOT_DROP(inode)		dquot_drop(inode)
#define DQUOT_TRANSFER(inode, uid)	dquot_transfer((inode), (uid))
#define DQUOT_OFF(sb)			vfs_quota_off(sb)
#else
#define DQUOT_ALLOC_INODE(inode)	0
#define DQUOT_FREE_INODE(inode)		do { } while (0)
#define DQUOT_ALLOC_SPACE(inode, nr)	0
#define DQUOT_FREE_SPACE(inode, nr)	do { } while (0)
#define DQUOT_DROP(inode)		do { } while (0)
#define DQUOT_TRANSFER(inode, uid)	0
#define DQUOT_OFF(sb)			do { } while (0)
#endif

#endif /* _LINUX_QUOTAOPS_H */
