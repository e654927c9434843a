// SPDX-License-Identifier: GPL-2.0-only
/*
 * System V semaphores.
 *
 * The operations of one semop() happen all or none.  A call that cannot go on
 * queues itself, and whoever changes a value tries the queue from its head.
 * Undo structures hang in two lists: that of their process, which only tasks
 * of the process change, and that of their set, under the set's lock.
 */
#include <linux/sem.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include "util.h"

int sem_ctls[4] = { SEMMSL, SEMMNS, SEMOPM, SEMMNI };
#define sc_semmsl	(sem_ctls[0])
#define sc_semmns	(sem_ctls[1])
#define sc_semopm	(sem_ctls[2])
#define sc_semmni	(sem_ctls[3])

static int used_sems;

static struct ipc_ids sem_ids;

#define SEMOPM_FAST	64	/* so many operations fit on the stack */

/* The sleeper may run, but its result is not there yet. */
#define IN_WAKEUP	1

#define sem_lock(id)	((struct sem_array *)ipc_lock(&sem_ids, id))
#define sem_unlock(sma)	ipc_unlock(&(sma)->sem_perm)

/* With sem_ids.sem held.  Returns the id, or an error. */
static int newary(key_t key, int nsems, int semflg)
{
	struct sem_array *sma;
	int id, size;

	if (!nsems)
		return -EINVAL;
	if (used_sems + nsems > sc_semmns)
		return -ENOSPC;
	size = sizeof(*sma) + nsems * sizeof(struct sem);
	sma = ipc_rcu_alloc(size);
	if (!sma)
		return -ENOMEM;
	memset(sma, 0, size);
	sma->sem_perm.mode = semflg & 0777;
	sma->sem_perm.key = key;
	sma->sem_base = (struct sem *)&sma[1];
	sma->sem_nsems = nsems;
	INIT_LIST_HEAD(&sma->sem_pending);
	id = ipc_addid(&sem_ids, &sma->sem_perm, sc_semmni);
	if (id < 0) {
		ipc_rcu_putref(sma);
		return -ENOSPC;
	}
	used_sems += nsems;
	sma->sem_id = ipc_buildid(&sem_ids, id, sma->sem_perm.seq);
	sma->sem_ctime = get_seconds();
	id = sma->sem_id;
	sem_unlock(sma);
	return id;
}

/* The set of a key that is in use. */
static int oldary(int id, int nsems, int semflg)
{
	struct sem_array *sma;
	int ret;

	if ((semflg & IPC_CREAT) && (semflg & IPC_EXCL))
		return -EEXIST;
	sma = sem_lock(id);
	BUG_ON(!sma);
	if (nsems > sma->sem_nsems)
		ret = -EINVAL;
	else if (ipcperms(&sma->sem_perm, semflg))
		ret = -EACCES;
	else
		ret = sma->sem_id;
	sem_unlock(sma);
	return ret;
}

asmlinkage long sys_semget(key_t key, int nsems, int semflg)
{
	int id, ret;

	if (nsems < 0 || nsems > sc_semmsl)
		return -EINVAL;
	down(&sem_ids.sem);
	id = key == IPC_PRIVATE ? -1 : ipc_findkey(&sem_ids, key);
	if (id >= 0)
		ret = oldary(id, nsems, semflg);
	else if (key != IPC_PRIVATE && !(semflg & IPC_CREAT))
		ret = -ENOENT;
	else
		ret = newary(key, nsems, semflg);
	up(&sem_ids.sem);
	return ret;
}

/* Does one operation; what it returns is for try_atomic_semop(). */
static int try_one(struct sem *sem, const struct sembuf *sop, struct sem_undo *un)
{
	int result = sem->semval + sop->sem_op;
	int undo;

	if (!sop->sem_op && sem->semval)
		return sop->sem_flg & IPC_NOWAIT ? -EAGAIN : 1;
	if (result < 0)
		return sop->sem_flg & IPC_NOWAIT ? -EAGAIN : 1;
	if (result > SEMVMX)
		return -ERANGE;
	if (sop->sem_flg & SEM_UNDO) {
		undo = un->semadj[sop->sem_num] - sop->sem_op;
		if (undo < -SEMAEM - 1 || undo > SEMAEM)
			return -ERANGE;
		un->semadj[sop->sem_num] = undo;
	}
	sem->semval = result;
	return 0;
}

/**
 * try_atomic_semop - all operations of a call, or none
 *
 * Returns 0 when they are done, an error, or 1 when the caller must wait.
 */
static int try_atomic_semop(struct sem_array *sma, struct sembuf *sops, int nsops,
			    struct sem_undo *un, int pid)
{
	struct sembuf *sop;
	int result = 0;

	for (sop = sops; sop < sops + nsops; sop++) {
		result = try_one(sma->sem_base + sop->sem_num, sop, un);
		if (result)
			goto undo;
	}
	while (--sop >= sops)
		sma->sem_base[sop->sem_num].sempid = pid;
	sma->sem_otime = get_seconds();
	return 0;

undo:
	while (--sop >= sops) {
		sma->sem_base[sop->sem_num].semval -= sop->sem_op;
		if (sop->sem_flg & SEM_UNDO)
			un->semadj[sop->sem_num] += sop->sem_op;
	}
	return result;
}

/* Ends a call that waits. */
static void finish_queue(struct sem_queue *q, int error)
{
	list_del_init(&q->list);
	q->status = IN_WAKEUP;
	wake_up_process(q->sleeper);
	q->status = error;
}

/* A value has changed: let go on who can, which may change more. */
static void update_queue(struct sem_array *sma)
{
	struct sem_queue *q, *n;
	int error, again;

	do {
		again = 0;
		list_for_each_entry_safe(q, n, &sma->sem_pending, list) {
			error = try_atomic_semop(sma, q->sops, q->nsops, q->undo, q->pid);
			if (error > 0)
				continue;
			finish_queue(q, error);
			again = !error && q->alter;
			if (again)
				break;
		}
	} while (again);
}

/* How many calls wait for a semaphore to grow, or for it to become zero. */
static int count_semcnt(struct sem_array *sma, int semnum, int zero)
{
	struct sem_queue *q;
	int i, count = 0;

	list_for_each_entry(q, &sma->sem_pending, list) {
		for (i = 0; i < q->nsops; i++) {
			const struct sembuf *sop = &q->sops[i];

			if (sop->sem_num == semnum && !(sop->sem_flg & IPC_NOWAIT) &&
			    (zero ? !sop->sem_op : sop->sem_op < 0))
				count++;
		}
	}
	return count;
}

/* With sem_ids.sem and the set held; gives up the set's lock. */
static void freeary(struct sem_array *sma)
{
	struct sem_queue *q, *n;
	struct sem_undo *un;

	/* Freed when their process exits: it may be looking at them. */
	for (un = sma->undo; un; un = un->id_next)
		un->semid = -1;
	list_for_each_entry_safe(q, n, &sma->sem_pending, list)
		finish_queue(q, -EIDRM);
	ipc_rmid(&sem_ids, sma->sem_id);
	used_sems -= sma->sem_nsems;
	sem_unlock(sma);
	ipc_rcu_putref(sma);
}

/* IPC_INFO: the limits; SEM_INFO: what is in use. */
static long semctl_info(int cmd, struct seminfo __user *buf)
{
	struct seminfo info = {
		.semmap = SEMMAP,
		.semmni = sc_semmni,
		.semmns = sc_semmns,
		.semmnu = SEMMNU,
		.semmsl = sc_semmsl,
		.semopm = sc_semopm,
		.semume = SEMUME,
		.semusz = SEMUSZ,
		.semvmx = SEMVMX,
		.semaem = SEMAEM,
	};
	int max_id;

	down(&sem_ids.sem);
	if (cmd == SEM_INFO) {
		info.semusz = sem_ids.in_use;
		info.semaem = used_sems;
	}
	max_id = ipc_get_maxid(&sem_ids);
	up(&sem_ids.sem);
	return copy_to_user(buf, &info, sizeof(info)) ? -EFAULT : max_id;
}

/* The set with this id, or in this slot if @slot; locked. */
static struct sem_array *sem_find(int id, int slot)
{
	struct sem_array *sma = sem_lock(id);

	if (!sma)
		return ERR_PTR(-EINVAL);
	if (slot || !ipc_checkid(&sem_ids, &sma->sem_perm, id))
		return sma;
	sem_unlock(sma);
	return ERR_PTR(-EIDRM);
}

static long semctl_stat(int semid, int cmd, struct semid64_ds __user *buf)
{
	struct semid64_ds out = { .sem_otime = 0 };
	struct sem_array *sma;
	int id;

	if (cmd == SEM_STAT && semid >= sem_ids.entries->size)
		return -EINVAL;
	sma = sem_find(semid, cmd == SEM_STAT);
	if (IS_ERR(sma))
		return PTR_ERR(sma);
	if (ipcperms(&sma->sem_perm, 0444)) {
		sem_unlock(sma);
		return -EACCES;
	}
	kernel_to_ipc64_perm(&sma->sem_perm, &out.sem_perm);
	out.sem_otime = sma->sem_otime;
	out.sem_ctime = sma->sem_ctime;
	out.sem_nsems = sma->sem_nsems;
	id = cmd == SEM_STAT ? sma->sem_id : 0;
	sem_unlock(sma);
	return copy_to_user(buf, &out, sizeof(out)) ? -EFAULT : id;
}

/* Room for all values of a set, with the set unlocked and looked up again. */
static unsigned short *alloc_values(struct sem_array *sma, int nsems)
{
	unsigned short *sem_io;

	ipc_rcu_getref(sma);
	sem_unlock(sma);
	sem_io = ipc_alloc(sizeof(*sem_io) * nsems);
	ipc_lock_by_ptr(&sma->sem_perm);
	ipc_rcu_putref(sma);
	if (!sem_io) {
		sem_unlock(sma);
		return ERR_PTR(-ENOMEM);
	}
	if (sma->sem_perm.deleted) {
		sem_unlock(sma);
		ipc_free(sem_io, sizeof(*sem_io) * nsems);
		return ERR_PTR(-EIDRM);
	}
	return sem_io;
}

/* With the set held, which it gives up. */
static int sem_getall(struct sem_array *sma, unsigned short __user *array)
{
	int i, err = 0, nsems = sma->sem_nsems;
	unsigned short *sem_io = alloc_values(sma, nsems);

	if (IS_ERR(sem_io))
		return PTR_ERR(sem_io);
	for (i = 0; i < nsems; i++)
		sem_io[i] = sma->sem_base[i].semval;
	sem_unlock(sma);
	if (copy_to_user(array, sem_io, nsems * sizeof(*sem_io)))
		err = -EFAULT;
	ipc_free(sem_io, sizeof(*sem_io) * nsems);
	return err;
}

/* With the set held, which it gives up. */
static void set_values(struct sem_array *sma, const unsigned short *values)
{
	struct sem_undo *un;
	unsigned long i;

	for (i = 0; i < sma->sem_nsems; i++) {
		sma->sem_base[i].semval = values[i];
		sma->sem_base[i].sempid = current->tgid;
	}
	/* What was to be undone has no meaning any more. */
	for (un = sma->undo; un; un = un->id_next)
		memset(un->semadj, 0, sma->sem_nsems * sizeof(short));
	sma->sem_ctime = get_seconds();
	update_queue(sma);
	sem_unlock(sma);
}

/* With the set held, which it gives up. */
static int sem_setall(struct sem_array *sma, unsigned short __user *array)
{
	int i, err = 0, nsems = sma->sem_nsems;
	unsigned short *sem_io;

	sem_io = alloc_values(sma, nsems);
	if (IS_ERR(sem_io))
		return PTR_ERR(sem_io);
	ipc_rcu_getref(sma);
	sem_unlock(sma);
	if (copy_from_user(sem_io, array, nsems * sizeof(*sem_io)))
		err = -EFAULT;
	for (i = 0; i < nsems && !err; i++)
		if (sem_io[i] > SEMVMX)
			err = -ERANGE;
	ipc_lock_by_ptr(&sma->sem_perm);
	ipc_rcu_putref(sma);
	if (!err && sma->sem_perm.deleted)
		err = -EIDRM;
	if (err)
		sem_unlock(sma);
	else
		set_values(sma, sem_io);
	ipc_free(sem_io, sizeof(*sem_io) * nsems);
	return err;
}

/* With the set held. */
static int sem_setval(struct sem_array *sma, int semnum, int val)
{
	struct sem_undo *un;

	if (val > SEMVMX || val < 0)
		return -ERANGE;
	for (un = sma->undo; un; un = un->id_next)
		un->semadj[semnum] = 0;
	sma->sem_base[semnum].semval = val;
	sma->sem_base[semnum].sempid = current->tgid;
	sma->sem_ctime = get_seconds();
	update_queue(sma);
	return 0;
}

/* Commands for one semaphore, with the set held. */
static int semctl_one(struct sem_array *sma, int semnum, int cmd, unsigned long arg)
{
	if (semnum < 0 || semnum >= sma->sem_nsems)
		return -EINVAL;
	switch (cmd) {
	case GETVAL:
		return sma->sem_base[semnum].semval;
	case GETPID:
		return sma->sem_base[semnum].sempid;
	case GETNCNT:
		return count_semcnt(sma, semnum, 0);
	case GETZCNT:
		return count_semcnt(sma, semnum, 1);
	default:
		return sem_setval(sma, semnum, arg);
	}
}

static long semctl_main(int semid, int semnum, int cmd, unsigned long arg)
{
	struct sem_array *sma = sem_find(semid, 0);
	long err;

	if (IS_ERR(sma))
		return PTR_ERR(sma);
	if (ipcperms(&sma->sem_perm, cmd == SETVAL || cmd == SETALL ? 0222 : 0444)) {
		sem_unlock(sma);
		return -EACCES;
	}
	if (cmd == GETALL)
		return sem_getall(sma, (unsigned short __user *)arg);
	if (cmd == SETALL)
		return sem_setall(sma, (unsigned short __user *)arg);
	err = semctl_one(sma, semnum, cmd, arg);
	sem_unlock(sma);
	return err;
}

static long semctl_down(int semid, int cmd, struct semid64_ds __user *buf)
{
	struct semid64_ds in;
	struct sem_array *sma;
	long err;

	if (cmd == IPC_SET && copy_from_user(&in, buf, sizeof(in)))
		return -EFAULT;
	down(&sem_ids.sem);
	sma = sem_find(semid, 0);
	err = PTR_ERR(sma);
	if (IS_ERR(sma))
		goto out_up;
	err = -EPERM;
	if (!ipc_owner(&sma->sem_perm))
		goto out_unlock;
	err = 0;
	if (cmd == IPC_RMID) {
		freeary(sma);
		goto out_up;
	}
	ipc_update_perm(&in.sem_perm, &sma->sem_perm);
	sma->sem_ctime = get_seconds();
out_unlock:
	sem_unlock(sma);
out_up:
	up(&sem_ids.sem);
	return err;
}

asmlinkage long sys_semctl(int semid, int semnum, int cmd, unsigned long arg)
{
	if (semid < 0)
		return -EINVAL;
	switch (cmd) {
	case IPC_INFO:
	case SEM_INFO:
		return semctl_info(cmd, (struct seminfo __user *)arg);
	case IPC_STAT:
	case SEM_STAT:
		return semctl_stat(semid, cmd, (struct semid64_ds __user *)arg);
	case GETALL:
	case GETVAL:
	case GETPID:
	case GETNCNT:
	case GETZCNT:
	case SETVAL:
	case SETALL:
		return semctl_main(semid, semnum, cmd, arg);
	case IPC_SET:
	case IPC_RMID:
		return semctl_down(semid, cmd, (struct semid64_ds __user *)arg);
	default:
		return -EINVAL;
	}
}

/* The caller's list of undo structures, made when it is first needed. */
static int get_undo_list(struct sem_undo_list **undo_listp)
{
	struct sem_undo_list *undo_list = current->sysvsem.undo_list;

	if (!undo_list) {
		undo_list = kzalloc(sizeof(*undo_list), GFP_KERNEL);
		if (!undo_list)
			return -ENOMEM;
		spin_lock_init(&undo_list->lock);
		atomic_set(&undo_list->refcnt, 1);
		current->sysvsem.undo_list = undo_list;
	}
	*undo_listp = undo_list;
	return 0;
}

/* Looks for a set in a list, with the list held; those of dead sets go. */
static struct sem_undo *lookup_undo(struct sem_undo_list *ulp, int semid)
{
	struct sem_undo **last = &ulp->proc_list, *un;

	while ((un = *last) != NULL) {
		if (un->semid == semid)
			return un;
		if (un->semid == -1) {
			*last = un->proc_next;
			kfree(un);
		} else {
			last = &un->proc_next;
		}
	}
	return NULL;
}

static struct sem_undo *find_locked_undo(struct sem_undo_list *ulp, int semid)
{
	struct sem_undo *un;

	spin_lock(&ulp->lock);
	un = lookup_undo(ulp, semid);
	spin_unlock(&ulp->lock);
	return un;
}

/* Hangs a new structure into both lists, with the set held. */
static void link_undo(struct sem_undo_list *ulp, struct sem_array *sma, struct sem_undo *un,
		      int semid)
{
	un->semadj = (short *)&un[1];
	un->semid = semid;
	spin_lock(&ulp->lock);
	un->proc_next = ulp->proc_list;
	ulp->proc_list = un;
	spin_unlock(&ulp->lock);
	un->id_next = sma->undo;
	sma->undo = un;
}

/**
 * find_undo - what the caller has to undo in a set
 *
 * Returns it, or an error as a pointer.  Sleeps, so the set must not be held.
 */
static struct sem_undo *find_undo(int semid)
{
	struct sem_undo_list *ulp;
	struct sem_undo *un, *new;
	struct sem_array *sma;
	int nsems, error = get_undo_list(&ulp);

	if (error)
		return ERR_PTR(error);
	un = find_locked_undo(ulp, semid);
	if (un)
		return un;
	sma = sem_find(semid, 0);
	if (IS_ERR(sma))
		return ERR_PTR(PTR_ERR(sma));
	nsems = sma->sem_nsems;
	ipc_rcu_getref(sma);
	sem_unlock(sma);
	new = kzalloc(sizeof(*new) + sizeof(short) * nsems, GFP_KERNEL);
	/* Another task of the process may have been faster. */
	un = find_locked_undo(ulp, semid);
	ipc_lock_by_ptr(&sma->sem_perm);
	ipc_rcu_putref(sma);
	if (!un && sma->sem_perm.deleted) {
		un = ERR_PTR(-EIDRM);
	} else if (!un && !new) {
		un = ERR_PTR(-ENOMEM);
	} else if (!un) {
		un = new;
		new = NULL;
		link_undo(ulp, sma, un, semid);
	}
	sem_unlock(sma);
	kfree(new);
	return un;
}

/**
 * sem_wait - sleep until somebody has done the call's operations
 *
 * Called with the set held, gives it up.  Returns the result of the call.
 */
static int sem_wait(struct sem_array *sma, int semid, struct sem_queue *queue,
		    const struct timespec *timeout)
{
	unsigned long jiffies_left = 0;

	queue->status = -EINTR;
	queue->sleeper = current;
	list_add_tail(&queue->list, &sma->sem_pending);
	set_current_state(TASK_INTERRUPTIBLE);
	sem_unlock(sma);
	if (timeout)
		jiffies_left = schedule_timeout(timespec_to_jiffies(timeout));
	else
		schedule();
	if (queue->status != -EINTR)
		return queue->status;
	sma = sem_lock(semid);
	if (!sma) {
		BUG_ON(queue->status == -EINTR);
		return -EIDRM;
	}
	if (queue->status == -EINTR) {
		if (timeout && !jiffies_left)
			queue->status = -EAGAIN;
		list_del_init(&queue->list);
	}
	sem_unlock(sma);
	return queue->status;
}

/* What can be said of the operations without looking at the set. */
struct semop_plan {
	int max;		/* highest number */
	int undos;		/* with SEM_UNDO */
	int alter;		/* that change a value */
};

static struct semop_plan semop_scan(const struct sembuf *sops, unsigned int nsops)
{
	struct semop_plan plan = { 0 };
	const struct sembuf *sop;

	for (sop = sops; sop < sops + nsops; sop++) {
		plan.max = max_t(int, plan.max, sop->sem_num);
		plan.undos |= !!(sop->sem_flg & SEM_UNDO);
		plan.alter |= !!sop->sem_op;
	}
	return plan;
}

static long do_semtimedop(int semid, struct sembuf *sops, unsigned int nsops,
			  const struct timespec *timeout)
{
	struct semop_plan plan = semop_scan(sops, nsops);
	struct sem_queue queue = { .sops = sops, .nsops = nsops, .alter = plan.alter };
	struct sem_undo *un = NULL;
	struct sem_array *sma;
	int error;

	do {
		if (plan.undos) {
			un = find_undo(semid);
			if (IS_ERR(un))
				return PTR_ERR(un);
		}
		sma = sem_find(semid, 0);
		if (IS_ERR(sma))
			return PTR_ERR(sma);
		/* Gone, and the id has been given away again: once more. */
		error = un && un->semid == -1;
		if (error)
			sem_unlock(sma);
	} while (error);
	error = -EFBIG;
	if (plan.max >= sma->sem_nsems)
		goto out_unlock;
	error = -EACCES;
	if (ipcperms(&sma->sem_perm, plan.alter ? 0222 : 0444))
		goto out_unlock;
	error = try_atomic_semop(sma, sops, nsops, un, current->tgid);
	if (error > 0) {
		queue.undo = un;
		queue.pid = current->tgid;
		return sem_wait(sma, semid, &queue, timeout);
	}
	if (!error && plan.alter)
		update_queue(sma);
out_unlock:
	sem_unlock(sma);
	return error;
}

asmlinkage long sys_semtimedop(int semid, struct sembuf __user *tsops, unsigned int nsops,
			       const struct timespec __user *timeout)
{
	struct sembuf fast_sops[SEMOPM_FAST], *sops = fast_sops;
	struct timespec ts;
	long error;

	if (nsops < 1 || semid < 0)
		return -EINVAL;
	if (nsops > sc_semopm)
		return -E2BIG;
	if (nsops > SEMOPM_FAST) {
		sops = kcalloc(nsops, sizeof(*sops), GFP_KERNEL);
		if (!sops)
			return -ENOMEM;
	}
	error = -EFAULT;
	if (copy_from_user(sops, tsops, nsops * sizeof(*tsops)))
		goto out_free;
	if (timeout && copy_from_user(&ts, timeout, sizeof(ts)))
		goto out_free;
	error = -EINVAL;
	if (timeout && (ts.tv_sec < 0 || ts.tv_nsec < 0 || ts.tv_nsec >= NSEC_PER_SEC))
		goto out_free;
	error = do_semtimedop(semid, sops, nsops, timeout ? &ts : NULL);
out_free:
	if (sops != fast_sops)
		kfree(sops);
	return error;
}

asmlinkage long sys_semop(int semid, struct sembuf __user *tsops, unsigned int nsops)
{
	return sys_semtimedop(semid, tsops, nsops, NULL);
}

/**
 * copy_semundo - the undo list of a new task
 *
 * With CLONE_SYSVSEM it shares that of its parent, otherwise it begins without.
 */
int copy_semundo(unsigned long clone_flags, struct task_struct *tsk)
{
	struct sem_undo_list *undo_list;
	int error;

	tsk->sysvsem.undo_list = NULL;
	if (!(clone_flags & CLONE_SYSVSEM))
		return 0;
	error = get_undo_list(&undo_list);
	if (error)
		return error;
	atomic_inc(&undo_list->refcnt);
	tsk->sysvsem.undo_list = undo_list;
	return 0;
}

static void unlink_undo(struct sem_array *sma, struct sem_undo *u)
{
	struct sem_undo **unp = &sma->undo;

	while (*unp && *unp != u)
		unp = &(*unp)->id_next;
	BUG_ON(!*unp);
	*unp = u->id_next;
}

/* Takes back in one set; the values stay within their limits. */
static void undo_set(struct sem_array *sma, struct sem_undo *u)
{
	unsigned long i;

	unlink_undo(sma, u);
	for (i = 0; i < sma->sem_nsems; i++) {
		struct sem *sem = &sma->sem_base[i];

		if (!u->semadj[i])
			continue;
		sem->semval = min(max(sem->semval + u->semadj[i], 0), SEMVMX);
		sem->sempid = current->tgid;
	}
	sma->sem_otime = get_seconds();
	update_queue(sma);
}

/**
 * exit_sem - the last task of an undo list undoes
 * @tsk: the current task, or one that never ran
 */
void exit_sem(struct task_struct *tsk)
{
	struct sem_undo_list *undo_list = tsk->sysvsem.undo_list;
	struct sem_array *sma;
	struct sem_undo *u;

	tsk->sysvsem.undo_list = NULL;
	if (!undo_list || !atomic_dec_and_test(&undo_list->refcnt))
		return;
	while ((u = undo_list->proc_list) != NULL) {
		undo_list->proc_list = u->proc_next;
		sma = u->semid == -1 ? NULL : sem_lock(u->semid);
		if (sma) {
			if (u->semid != -1) {
				BUG_ON(ipc_checkid(&sem_ids, &sma->sem_perm, u->semid));
				undo_set(sma, u);
			}
			sem_unlock(sma);
		}
		kfree(u);
	}
	kfree(undo_list);
}

static void __maybe_unused sysvipc_sem_proc_show(struct seq_file *s, void *it)
{
	struct sem_array *sma = it;

	seq_printf(s, "%10d %10d  %4o %10lu %5u %5u %5u %5u %10lu %10lu\n",
		   sma->sem_perm.key, sma->sem_id, sma->sem_perm.mode, sma->sem_nsems,
		   sma->sem_perm.uid, sma->sem_perm.gid, sma->sem_perm.cuid,
		   sma->sem_perm.cgid, sma->sem_otime, sma->sem_ctime);
}

static int __init sem_init(void)
{
	used_sems = 0;
	ipc_init_ids(&sem_ids, sc_semmni);
	ipc_init_proc_interface("sem",
				"       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n",
				&sem_ids, sysvipc_sem_proc_show);
	return 0;
}
subsys_initcall(sem_init);
