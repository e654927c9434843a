/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_QUOTA_H
#define _LINUX_QUOTA_H

#include <linux/list.h>
#include <linux/types.h>

#define Q_SYNC		0x800001
#define Q_QUOTAON	0x800002
#define Q_QUOTAOFF	0x800003
#define Q_GETQUOTA	0x800007
#define Q_SETQUOTA	0x800008

#define USRQUOTA	0
#define SUBCMDSHIFT	8
#define SUBCMDMASK	0x00ff
#define QCMD(cmd, type)	(((cmd) << SUBCMDSHIFT) | ((type) & SUBCMDMASK))

#define QIF_BLIMITS	1
#define QIF_SPACE	2
#define QIF_ILIMITS	4
#define QIF_INODES	8
#define QIF_ALL		63

#define QUOTABLOCK_SIZE	1024

/* What quotactl() takes and gives; limits in blocks, space in bytes. */
struct if_dqblk {
	u64 dqb_bhardlimit;
	u64 dqb_bsoftlimit;
	u64 dqb_curspace;
	u64 dqb_ihardlimit;
	u64 dqb_isoftlimit;
	u64 dqb_curinodes;
	u64 dqb_btime;
	u64 dqb_itime;
	u32 dqb_valid;
};

struct super_block;

#define DQUOT_USR_ENABLED 1

/* Of a file system. */
struct quota_info {
	unsigned int flags;
};

/**
 * struct dquot - what one user has, and may have, on one file system
 * @dq_count: inodes that are charged to it
 */
struct dquot {
	struct hlist_node dq_hash;
	struct super_block *dq_sb;
	uid_t dq_id;
	int dq_count;
	struct if_dqblk dq_dqb;
};

#endif /* _LINUX_QUOTA_H */
