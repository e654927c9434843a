/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SEM_H
#define _LINUX_SEM_H

#include <linux/ipc.h>
#include <linux/list.h>
#include <linux/atomic.h>

#define SEM_UNDO	0x1000

#define GETPID		11
#define GETVAL		12
#define GETALL		13
#define GETNCNT		14
#define GETZCNT		15
#define SETVAL		16
#define SETALL		17
#define SEM_STAT	18
#define SEM_INFO	19

#define SEMMNI		128	/* sets */
#define SEMMSL		250	/* semaphores in a set */
#define SEMMNS		(SEMMNI * SEMMSL)
#define SEMOPM		32	/* operations in a call */
#define SEMVMX		32767	/* value of a semaphore */
#define SEMAEM		SEMVMX

/* Limits that Linux does not have, but shows. */
#define SEMUME		SEMOPM
#define SEMMNU		SEMMNS
#define SEMMAP		SEMMNS
#define SEMUSZ		20

/* What user mode sees, in the layout of x86-64. */
struct semid64_ds {
	struct ipc64_perm sem_perm;
	time_t sem_otime;
	unsigned long __unused1;
	time_t sem_ctime;
	unsigned long __unused2;
	unsigned long sem_nsems;
	unsigned long __unused3;
	unsigned long __unused4;
};

struct sembuf {
	unsigned short sem_num;
	short sem_op;
	short sem_flg;
};

struct seminfo {
	int semmap;
	int semmni;
	int semmns;
	int semmnu;
	int semmsl;
	int semopm;
	int semume;
	int semusz;
	int semvmx;
	int semaem;
};

#ifdef __KERNEL__

struct task_struct;

struct sem {
	int semval;
	int sempid;		/* who changed it last */
};

/**
 * struct sem_array - a set
 * @sem_base: the semaphores, behind this struct
 * @sem_pending: calls that wait, the oldest first
 * @undo: what has to be taken back when tasks exit
 */
struct sem_array {
	struct kern_ipc_perm sem_perm;
	int sem_id;
	time_t sem_otime;
	time_t sem_ctime;
	struct sem *sem_base;
	struct list_head sem_pending;
	struct sem_undo *undo;
	unsigned long sem_nsems;
};

/**
 * struct sem_queue - one call that waits
 * @status: -EINTR while it waits, IN_WAKEUP, or its result
 * @alter: it changes values, so that others may go on
 */
struct sem_queue {
	struct list_head list;
	struct task_struct *sleeper;
	struct sem_undo *undo;
	int pid;
	int status;
	struct sembuf *sops;
	int nsops;
	int alter;
};

/**
 * struct sem_undo - what one process has to take back in one set
 * @proc_next: the same process, other sets
 * @id_next: the same set, other processes
 * @semid: -1 when the set is gone
 * @semadj: to be added to each value
 */
struct sem_undo {
	struct sem_undo *proc_next;
	struct sem_undo *id_next;
	int semid;
	short *semadj;
};

/* All of one process, or of several that share with CLONE_SYSVSEM. */
struct sem_undo_list {
	atomic_t refcnt;
	spinlock_t lock;	/* of proc_list */
	struct sem_undo *proc_list;
};

extern int sem_ctls[4];

#ifdef CONFIG_SYSVIPC
int copy_semundo(unsigned long clone_flags, struct task_struct *tsk);
void exit_sem(struct task_struct *tsk);
#else
static inline int copy_semundo(unsigned long clone_flags, struct task_struct *tsk)
{
	return 0;
}

static inline void exit_sem(struct task_struct *tsk)
{
}
#endif

#endif /* __KERNEL__ */

#endif /* _LINUX_SEM_H */
