/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NAMESPACE_H
#define _LINUX_NAMESPACE_H

#include <linux/mount.h>
#include <linux/sched.h>
#include <linux/rwsem.h>
#include <linux/wait.h>

/**
 * struct namespace - the tree of mounts that a group of tasks sees
 * @count: tasks in it
 * @root: the mount at its top
 * @list: all mounts, parents before children
 * @poll: woken when @event changes
 */
struct namespace {
	atomic_t count;
	struct vfsmount *root;
	struct list_head list;
	wait_queue_head_t poll;
	int event;
};

struct fs_struct;

extern struct rw_semaphore namespace_sem;
extern struct seq_operations mounts_op;

int copy_namespace(unsigned long flags, struct task_struct *tsk);
void __put_namespace(struct namespace *namespace);
struct namespace *dup_namespace(struct task_struct *tsk, struct fs_struct *fs);
int check_mnt(struct vfsmount *mnt);

static inline void put_namespace(struct namespace *namespace)
{
	if (atomic_dec_and_test(&namespace->count))
		__put_namespace(namespace);
}

static inline void get_namespace(struct namespace *namespace)
{
	atomic_inc(&namespace->count);
}

static inline void exit_namespace(struct task_struct *p)
{
	struct namespace *namespace = p->namespace;

	if (!namespace)
		return;
	task_lock(p);
	p->namespace = NULL;
	task_unlock(p);
	put_namespace(namespace);
}

#endif /* _LINUX_NAMESPACE_H */
