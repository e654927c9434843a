/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_STATFS_H
#define _LINUX_STATFS_H

#include <linux/types.h>

/* The layout of x86-64. */
struct statfs {
	long f_type;
	long f_bsize;
	long f_blocks;
	long f_bfree;
	long f_bavail;
	long f_files;
	long f_ffree;
	int f_fsid[2];
	long f_namelen;
	long f_frsize;
	long f_spare[5];
};

/* What file systems fill in; the same, as this machine has 64 bits. */
#define kstatfs statfs

#endif /* _LINUX_STATFS_H */
