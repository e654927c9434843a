// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/msg.h>
#include <linux/sched.h>
#include <linux/sem.h>
#include <linux/shm.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "util.h"

#define USER(p) ((void __user __force *)(p))

static void ipc_test_ids(struct kunit *test)
{
	int saved = msg_ctlmni;
	long a, b, c;

	msg_ctlmni = 2;
	a = sys_msgget(IPC_PRIVATE, 0600);
	b = sys_msgget(IPC_PRIVATE, 0600);
	if (a < 0 || b < 0) {
		sys_msgctl(a < 0 ? b : a, IPC_RMID, NULL);
		msg_ctlmni = saved;
		return;
	}
	KUNIT_EXPECT_EQ(test, sys_msgget(IPC_PRIVATE, 0600), -ENOSPC);
	KUNIT_EXPECT_EQ(test, sys_msgctl(a, IPC_RMID, NULL), 0);
	c = sys_msgget(IPC_PRIVATE, 0600);
	if (c < 0) {
		sys_msgctl(b, IPC_RMID, NULL);
		msg_ctlmni = saved;
		return;
	}
	/* The same slot, but another id. */
	KUNIT_EXPECT_EQ(test, c % SEQ_MULTIPLIER, a % SEQ_MULTIPLIER);
	KUNIT_EXPECT_NE(test, c, a);
	KUNIT_EXPECT_EQ(test, sys_msgctl(a, IPC_RMID, NULL), -EIDRM);
	KUNIT_EXPECT_EQ(test, sys_msgctl(b, IPC_RMID, NULL), 0);
	KUNIT_EXPECT_EQ(test, sys_msgctl(c, IPC_RMID, NULL), 0);
	KUNIT_EXPECT_EQ(test, sys_msgctl(c, IPC_RMID, NULL), -EINVAL);
	msg_ctlmni = saved;
}

/* The number starts again at seq_max, and ids stay positive. */
static void ipc_test_seq(struct kunit *test)
{
	static struct ipc_ids ids;
	struct kern_ipc_perm *perm = ipc_rcu_alloc(sizeof(*perm));
	int i, id, last = 0, wraps = 0;

	ipc_init_ids(&ids, 1);
	if (!perm || !ids.entries->size)
		goto out;
	ids.seq = ids.seq_max - 1;
	for (i = 0; i < 4; i++) {
		KUNIT_ASSERT_EQ(test, ipc_addid(&ids, perm, 1), 0);
		id = ipc_buildid(&ids, 0, perm->seq);
		KUNIT_EXPECT_GE(test, id, 0);
		KUNIT_EXPECT_FALSE(test, ipc_checkid(&ids, perm, id));
		KUNIT_EXPECT_TRUE(test, ipc_checkid(&ids, perm, last));
		wraps += id < last;
		last = id;
		ipc_rmid(&ids, id);
		ipc_unlock(perm);
	}
	KUNIT_EXPECT_EQ(test, wraps, 1);
	KUNIT_EXPECT_EQ(test, ids.max_id, -1);
out:
	if (perm)
		ipc_rcu_putref(perm);
	if (ids.entries != &ids.nullentry)
		ipc_rcu_putref(ids.entries);
}

/* A table that grows keeps its objects; with SAN=1 it is seen to copy no more. */
static void ipc_test_grow(struct kunit *test)
{
	static struct ipc_ids ids;
	struct kern_ipc_perm *perm[2] = { kzalloc(sizeof(**perm), GFP_KERNEL),
					  kzalloc(sizeof(**perm), GFP_KERNEL) };

	ipc_init_ids(&ids, 1);
	if (!perm[0] || !perm[1] || ipc_addid(&ids, perm[0], 1) != 0)
		goto out;
	ipc_unlock(perm[0]);
	if (ipc_addid(&ids, perm[1], 4) != 1)
		goto out;
	ipc_unlock(perm[1]);
	KUNIT_EXPECT_EQ(test, ids.entries->size, 4);
	KUNIT_EXPECT_PTR_EQ(test, ids.entries->p[0], perm[0]);
	KUNIT_EXPECT_PTR_EQ(test, ids.entries->p[1], perm[1]);
	KUNIT_EXPECT_NULL(test, ids.entries->p[2]);
	KUNIT_EXPECT_NULL(test, ids.entries->p[3]);
out:
	kfree(perm[0]);
	kfree(perm[1]);
	if (ids.entries != &ids.nullentry)
		ipc_rcu_putref(ids.entries);
}
DECLARE_KNOWN_BUG(ipc_test_grow);

static void ipc_test_perms(struct kunit *test)
{
	static struct group_info groups = { .ngroups = 1, .small_block = { 30 } };
	struct group_info *saved = current->group_info;
	kernel_cap_t caps = current->cap_effective;
	struct kern_ipc_perm p = { .uid = 10, .cuid = 11, .gid = 20, .cgid = 30, .mode = 0641 };

	cap_clear(current->cap_effective);
	current->euid = 11;
	KUNIT_EXPECT_EQ(test, ipcperms(&p, 0666), 0);
	KUNIT_EXPECT_EQ(test, ipcperms(&p, 0100), -1);
	current->euid = 12;
	KUNIT_EXPECT_EQ(test, ipcperms(&p, 0444), -1);
	KUNIT_EXPECT_EQ(test, ipcperms(&p, 0111), 0);
	current->egid = 20;
	KUNIT_EXPECT_EQ(test, ipcperms(&p, 0444), 0);
	KUNIT_EXPECT_EQ(test, ipcperms(&p, 0222), -1);
	current->egid = 0;
	current->group_info = &groups;
	KUNIT_EXPECT_EQ(test, ipcperms(&p, 0444), 0);
	cap_raise(current->cap_effective, CAP_IPC_OWNER);
	KUNIT_EXPECT_EQ(test, ipcperms(&p, 0777), 0);
	current->group_info = saved;
	current->cap_effective = caps;
	current->euid = 0;
}

/* A text of several pages comes out as it went in. */
static void msg_test_long(struct kunit *test)
{
	struct msg {
		long type;
		unsigned char text[8192];
	} *in, *out;
	long q = sys_msgget(IPC_PRIVATE, 0600), ret;
	unsigned int i;

	in = kunit_kzalloc(test, sizeof(*in), GFP_KERNEL);
	out = kunit_kzalloc(test, sizeof(*out), GFP_KERNEL);
	if (q < 0 || !in || !out)
		goto out;
	in->type = 7;
	for (i = 0; i < sizeof(in->text); i++)
		in->text[i] = i * 31 + i / 256;
	KUNIT_EXPECT_EQ(test, sys_msgsnd(q, USER(in), 8193, 0), -EINVAL);
	ret = sys_msgsnd(q, USER(in), 8192, 0);
	if (ret != -ENOMEM)
		KUNIT_EXPECT_EQ(test, ret, 0);
	if (!ret) {
		KUNIT_EXPECT_EQ(test, sys_msgrcv(q, USER(out), 8192, 0, 0), 8192);
		KUNIT_EXPECT_EQ(test, memcmp(in, out, sizeof(*in)), 0);
	}
out:
	if (q >= 0)
		sys_msgctl(q, IPC_RMID, NULL);
}

/* The message is lost with its receiver's memory, the queue is not. */
static void msg_test_fault(struct kunit *test)
{
	struct {
		long type;
		char text[8];
	} m = { .type = 1 };
	long q = sys_msgget(IPC_PRIVATE, 0600);

	if (q < 0)
		return;
	fail_nth_uaccess(2);
	KUNIT_EXPECT_LT(test, sys_msgsnd(q, USER(&m), 8, 0), 0);
	fail_nth_uaccess(0);
	if (!sys_msgsnd(q, USER(&m), 8, 0)) {
		fail_nth_uaccess(2);
		KUNIT_EXPECT_EQ(test, sys_msgrcv(q, USER(&m), 8, 0, 0), -EFAULT);
		fail_nth_uaccess(0);
	}
	KUNIT_EXPECT_EQ(test, sys_msgrcv(q, USER(&m), 8, 0, IPC_NOWAIT), -ENOMSG);
	sys_msgctl(q, IPC_RMID, NULL);
}

static long set;

static int undoer(void *unused)
{
	struct sembuf down = { .sem_op = -1, .sem_flg = SEM_UNDO };

	return sys_semop(set, USER(&down), 1) ? 1 : 0;
}

static int waiter(void *unused)
{
	struct sembuf down = { .sem_op = -3 };

	return sys_semop(set, USER(&down), 1) == -EIDRM ? 0 : 1;
}

static void sem_test_undo(struct kunit *test)
{
	int status = 0, pid;

	set = sys_semget(IPC_PRIVATE, 1, 0600);
	if (set < 0)
		return;
	sys_semctl(set, 0, SETVAL, 2);
	pid = kernel_thread(undoer, NULL, SIGCHLD);
	if (pid > 0) {
		KUNIT_EXPECT_EQ(test, sys_wait4(pid, USER(&status), 0, NULL), pid);
		KUNIT_EXPECT_EQ(test, sys_semctl(set, 0, GETVAL, 0), 2);
	}
	/* Shared with this task, so not undone yet. */
	pid = kernel_thread(undoer, NULL, CLONE_SYSVSEM | SIGCHLD);
	if (pid > 0) {
		sys_wait4(pid, USER(&status), 0, NULL);
		KUNIT_EXPECT_EQ(test, sys_semctl(set, 0, GETVAL, 0), status ? 2 : 1);
	}
	KUNIT_EXPECT_EQ(test, sys_semctl(set, 0, IPC_RMID, 0), 0);
}

static void sem_test_removed(struct kunit *test)
{
	int status = 1, pid;

	set = sys_semget(IPC_PRIVATE, 1, 0600);
	if (set < 0)
		return;
	pid = kernel_thread(waiter, NULL, SIGCHLD);
	kunit_wait_idle();
	if (pid > 0)
		KUNIT_EXPECT_EQ(test, sys_semctl(set, 0, GETNCNT, 0), 1);
	KUNIT_EXPECT_EQ(test, sys_semctl(set, 0, IPC_RMID, 0), 0);
	if (pid > 0) {
		sys_wait4(pid, USER(&status), 0, NULL);
		KUNIT_EXPECT_EQ(test, status, 0);
	}
}

/* More operations than fit on the stack, and more than there may be. */
static void sem_test_many(struct kunit *test)
{
	int saved = sem_ctls[2], i;
	struct sembuf *ops = kunit_kzalloc(test, 100 * sizeof(*ops), GFP_KERNEL);
	long id = sys_semget(IPC_PRIVATE, 1, 0600), ret;

	if (!ops || id < 0)
		goto out;
	for (i = 0; i < 100; i++)
		ops[i].sem_op = 1;
	KUNIT_EXPECT_EQ(test, sys_semop(id, USER(ops), 100), -E2BIG);
	sem_ctls[2] = 100;
	ret = sys_semop(id, USER(ops), 100);
	if (ret != -ENOMEM)
		KUNIT_EXPECT_EQ(test, sys_semctl(id, 0, GETVAL, 0), 100);
	sem_ctls[2] = saved;
out:
	if (id >= 0)
		sys_semctl(id, 0, IPC_RMID, 0);
}

static void sem_test_limits(struct kunit *test)
{
	int saved[4];
	long id;

	memcpy(saved, sem_ctls, sizeof(saved));
	KUNIT_EXPECT_EQ(test, sys_semget(IPC_PRIVATE, sem_ctls[0] + 1, 0600), -EINVAL);
	sem_ctls[1] = 10;
	id = sys_semget(IPC_PRIVATE, 10, 0600);
	if (id >= 0) {
		KUNIT_EXPECT_EQ(test, sys_semget(IPC_PRIVATE, 1, 0600), -ENOSPC);
		sys_semctl(id, 0, IPC_RMID, 0);
	}
	memcpy(sem_ctls, saved, sizeof(saved));
}

static void shm_test_limits(struct kunit *test)
{
	size_t max = shm_ctlmax, all = shm_ctlall;
	struct shm_info before, info;
	long id;

	KUNIT_EXPECT_GE(test, sys_shmctl(0, SHM_INFO, USER(&before)), 0);
	shm_ctlmax = 3 * PAGE_SIZE;
	KUNIT_EXPECT_EQ(test, sys_shmget(IPC_PRIVATE, 0, 0600), -EINVAL);
	KUNIT_EXPECT_EQ(test, sys_shmget(IPC_PRIVATE, shm_ctlmax + 1, 0600), -EINVAL);
	shm_ctlall = before.shm_tot + 3;
	id = sys_shmget(IPC_PRIVATE, 2 * PAGE_SIZE + 1, 0600);
	if (id >= 0) {
		sys_shmctl(0, SHM_INFO, USER(&info));
		KUNIT_EXPECT_EQ(test, info.shm_tot, before.shm_tot + 3);
		KUNIT_EXPECT_EQ(test, info.used_ids, before.used_ids + 1);
		KUNIT_EXPECT_EQ(test, sys_shmget(IPC_PRIVATE, 1, 0600), -ENOSPC);
		KUNIT_EXPECT_EQ(test, sys_shmctl(id, IPC_RMID, NULL), 0);
	}
	shm_ctlmax = max;
	shm_ctlall = all;
	sys_shmctl(0, SHM_INFO, USER(&info));
	KUNIT_EXPECT_EQ(test, info.shm_tot, before.shm_tot);
}

/* What is promised and what is locked goes back with the segment. */
static void shm_test_accounting(struct kunit *test)
{
	int committed = atomic_read(&vm_committed_space);
	unsigned long locked = current->user->locked_shm;
	int users = atomic_read(&current->user->__count);
	long id = sys_shmget(IPC_PRIVATE, 5 * PAGE_SIZE, 0600);

	if (id < 0)
		return;
	KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), committed + 5);
	KUNIT_EXPECT_EQ(test, sys_shmctl(id, SHM_LOCK, NULL), 0);
	KUNIT_EXPECT_EQ(test, current->user->locked_shm, locked + 5);
	KUNIT_EXPECT_EQ(test, sys_shmctl(id, SHM_UNLOCK, NULL), 0);
	KUNIT_EXPECT_EQ(test, current->user->locked_shm, locked);
	KUNIT_EXPECT_EQ(test, sys_shmctl(id, SHM_LOCK, NULL), 0);
	KUNIT_EXPECT_EQ(test, sys_shmctl(id, IPC_RMID, NULL), 0);
	KUNIT_EXPECT_EQ(test, current->user->locked_shm, locked);
	KUNIT_EXPECT_EQ(test, atomic_read(&current->user->__count), users);
	KUNIT_EXPECT_EQ(test, atomic_read(&vm_committed_space), committed);
}

/* Of two users who lock a segment the first is charged, until it goes. */
static void shm_test_lock_twice(struct kunit *test)
{
	struct user_struct *first = current->user, *second = alloc_uid(77);
	unsigned long locked = first->locked_shm;
	long id = sys_shmget(IPC_PRIVATE, 5 * PAGE_SIZE, 0600);

	if (second && id >= 0) {
		KUNIT_EXPECT_EQ(test, sys_shmctl(id, SHM_LOCK, NULL), 0);
		current->user = second;
		KUNIT_EXPECT_EQ(test, sys_shmctl(id, SHM_LOCK, NULL), 0);
		current->user = first;
		get_uid(second);
		KUNIT_EXPECT_EQ(test, sys_shmctl(id, IPC_RMID, NULL), 0);
		KUNIT_EXPECT_EQ(test, first->locked_shm, locked);
		KUNIT_EXPECT_EQ(test, second->locked_shm, 0);
		KUNIT_EXPECT_EQ(test, atomic_read(&second->__count), 2);
		free_uid(second);
	} else if (id >= 0) {
		sys_shmctl(id, IPC_RMID, NULL);
	}
	if (second)
		free_uid(second);
}
DECLARE_KNOWN_BUG(shm_test_lock_twice);

static struct kunit_case ipc_test_cases[] = {
	KUNIT_CASE(ipc_test_ids),
	KUNIT_CASE(ipc_test_seq),
	KUNIT_CASE(ipc_test_grow),
	KUNIT_CASE(ipc_test_perms),
	KUNIT_CASE(msg_test_long),
	KUNIT_CASE(msg_test_fault),
	KUNIT_CASE(sem_test_undo),
	KUNIT_CASE(sem_test_removed),
	KUNIT_CASE(sem_test_many),
	KUNIT_CASE(sem_test_limits),
	KUNIT_CASE(shm_test_limits),
	KUNIT_CASE(shm_test_accounting),
	KUNIT_CASE(shm_test_lock_twice),
	{}
};

static struct kunit_suite ipc_test_suite = {
	.name = "ipc",
	.test_cases = ipc_test_cases,
};

kunit_test_suite(ipc_test_suite);
