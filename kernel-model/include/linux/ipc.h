/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_IPC_H
#define _LINUX_IPC_H

#include <linux/types.h>
#include <linux/spinlock.h>

#define IPC_PRIVATE	((key_t)0)

#define IPC_CREAT	00001000
#define IPC_EXCL	00002000
#define IPC_NOWAIT	00004000

#define IPC_RMID	0
#define IPC_SET		1
#define IPC_STAT	2
#define IPC_INFO	3

#define IPCMNI		32768	/* ids of one kind, at most */
#define SEQ_MULTIPLIER	IPCMNI

/* What user mode sees, in the layout of x86-64. */
struct ipc64_perm {
	key_t key;
	uid_t uid;
	gid_t gid;
	uid_t cuid;
	gid_t cgid;
	unsigned int mode;
	unsigned short seq;
	unsigned short __pad2;
	unsigned long __unused1;
	unsigned long __unused2;
};

/**
 * struct kern_ipc_perm - what objects of all three kinds begin with
 * @deleted: the id is gone; whoever sleeps on the object must leave
 * @mode: permissions, and flags of the kind above them
 * @seq: how often the slot had been used before
 */
struct kern_ipc_perm {
	spinlock_t lock;	/* of the whole object */
	int deleted;
	key_t key;
	uid_t uid;
	gid_t gid;
	uid_t cuid;
	gid_t cgid;
	mode_t mode;
	unsigned long seq;
};

#endif /* _LINUX_IPC_H */
