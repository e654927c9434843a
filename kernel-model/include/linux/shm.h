/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SHM_H
#define _LINUX_SHM_H

#include <linux/ipc.h>

/*
 * SHMALL pages are what SHMMNI segments of a sixteenth of the greatest size
 * have.
 */
#define SHMMAX	0x2000000		/* bytes in a segment */
#define SHMMIN	1
#define SHMMNI	4096			/* segments */
#define SHMALL	(SHMMAX / PAGE_SIZE * (SHMMNI / 16))
#define SHMSEG	SHMMNI			/* of one process; not enforced */
#define SHMLBA	PAGE_SIZE		/* where they may be attached */

/* In the mode for shmget() and, from SHM_DEST on, in what IPC_STAT tells. */
#define SHM_R		0400
#define SHM_W		0200
#define SHM_DEST	01000	/* goes with the last attach */
#define SHM_LOCKED	02000	/* not swapped */

/* For shmat(). */
#define SHM_RDONLY	010000
#define SHM_RND		020000	/* round the address down */
#define SHM_REMAP	040000	/* in place of what is there */
#define SHM_EXEC	0100000

#define SHM_LOCK	11
#define SHM_UNLOCK	12
#define SHM_STAT	13
#define SHM_INFO	14

/* What user mode sees, in the layout of x86-64. */
struct shmid64_ds {
	struct ipc64_perm shm_perm;
	size_t shm_segsz;
	time_t shm_atime;
	time_t shm_dtime;
	time_t shm_ctime;
	pid_t shm_cpid;
	pid_t shm_lpid;
	unsigned long shm_nattch;
	unsigned long __unused4;
	unsigned long __unused5;
};

struct shminfo64 {
	unsigned long shmmax;
	unsigned long shmmin;
	unsigned long shmmni;
	unsigned long shmseg;
	unsigned long shmall;
	unsigned long __unused1[4];
};

struct shm_info {
	int used_ids;
	unsigned long shm_tot;
	unsigned long shm_rss;
	unsigned long shm_swp;
	unsigned long swap_attempts;
	unsigned long swap_successes;
};

#ifdef __KERNEL__

struct file;
struct user_struct;

/**
 * struct shmid_kernel - a segment
 * @shm_file: its memory, a file of shmem
 * @shm_nattch: how often it is attached
 * @shm_cprid: who made it
 * @shm_lprid: who attached or detached last
 * @mlock_user: who is charged for SHM_LOCK
 */
struct shmid_kernel {
	struct kern_ipc_perm shm_perm;
	struct file *shm_file;
	int id;
	unsigned long shm_nattch;
	unsigned long shm_segsz;
	time_t shm_atim;
	time_t shm_dtim;
	time_t shm_ctim;
	pid_t shm_cprid;
	pid_t shm_lprid;
	struct user_struct *mlock_user;
};

extern size_t shm_ctlmax;
extern size_t shm_ctlall;
extern int shm_ctlmni;

#endif /* __KERNEL__ */

#endif /* _LINUX_SHM_H */
