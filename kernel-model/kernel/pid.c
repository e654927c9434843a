// SPDX-License-Identifier: GPL-2.0-only
/*
 * Process numbers: a bitmap says which are taken, a hash table leads from a
 * number of one of four kinds to the tasks that have it.
 */
#include <linux/sched.h>
#include <linux/bitmap.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

#define PIDHASH_SHIFT	8
#define pid_hashfn(nr)	hash_long((unsigned long)(nr), PIDHASH_SHIFT)

static struct hlist_head *pid_hash[PIDTYPE_MAX];

int pid_max = PID_MAX_DEFAULT;
int last_pid;

#define PIDMAP_ENTRIES		(PID_MAX_LIMIT / (8 * PAGE_SIZE))
#define BITS_PER_PAGE		((int)(PAGE_SIZE * 8))

struct pidmap {
	atomic_t nr_free;
	void *page;
};

static struct pidmap pidmap_array[PIDMAP_ENTRIES];
static DEFINE_SPINLOCK(pidmap_lock);

void free_pidmap(int pid)
{
	struct pidmap *map = pidmap_array + pid / BITS_PER_PAGE;

	clear_bit(pid % BITS_PER_PAGE, map->page);
	atomic_inc(&map->nr_free);
}

/* The next free number from @from up to the limit, or -1. */
static int find_free_pid(int from)
{
	int pid = from;

	while (pid < pid_max) {
		struct pidmap *map = pidmap_array + pid / BITS_PER_PAGE;
		int base = pid - pid % BITS_PER_PAGE;

		pid = base + (int)find_next_zero_bit(map->page, BITS_PER_PAGE,
						     pid % BITS_PER_PAGE);
		if (pid < base + BITS_PER_PAGE)
			return pid < pid_max ? pid : -1;
	}
	return -1;
}

/**
 * alloc_pidmap - take the number after the last one taken
 *
 * Starts over at RESERVED_PIDS; returns -1 when there is none.
 */
int alloc_pidmap(void)
{
	struct pidmap *map;
	int pid;

	spin_lock(&pidmap_lock);
	pid = find_free_pid(last_pid + 1);
	if (pid < 0)
		pid = find_free_pid(RESERVED_PIDS);
	if (pid > 0) {
		map = pidmap_array + pid / BITS_PER_PAGE;
		set_bit(pid % BITS_PER_PAGE, map->page);
		atomic_dec(&map->nr_free);
		last_pid = pid;
	}
	spin_unlock(&pidmap_lock);
	return pid;
}

struct pid *find_pid(enum pid_type type, int nr)
{
	struct hlist_node *elem;
	struct pid *pid;

	hlist_for_each_entry(pid, elem, &pid_hash[type][pid_hashfn(nr)], pid_chain) {
		if (pid->nr == nr)
			return pid;
	}
	return NULL;
}

int attach_pid(struct task_struct *task, enum pid_type type, int nr)
{
	struct pid *pid = find_pid(type, nr), *task_pid = &task->pids[type];

	task_pid->nr = nr;
	if (!pid) {
		INIT_LIST_HEAD(&task_pid->pid_list);
		hlist_add_head(&task_pid->pid_chain, &pid_hash[type][pid_hashfn(nr)]);
	} else {
		INIT_HLIST_NODE(&task_pid->pid_chain);
		list_add_tail(&task_pid->pid_list, &pid->pid_list);
	}
	return 0;
}

/* The task in the hash hands its place to the next with the same number. */
static int __detach_pid(struct task_struct *task, enum pid_type type)
{
	struct pid *pid = &task->pids[type], *next;
	int nr = pid->nr;

	if (!hlist_unhashed(&pid->pid_chain)) {
		hlist_del(&pid->pid_chain);
		if (list_empty(&pid->pid_list)) {
			nr = -nr;
		} else {
			next = list_entry(pid->pid_list.next, struct pid, pid_list);
			hlist_add_head(&next->pid_chain, &pid_hash[type][pid_hashfn(nr)]);
		}
	}
	list_del(&pid->pid_list);
	INIT_LIST_HEAD(&pid->pid_list);
	pid->nr = 0;
	return nr;
}

/* The number is free when no task has it in any of its four meanings. */
void detach_pid(struct task_struct *task, enum pid_type type)
{
	int nr = __detach_pid(task, type), other;

	if (nr >= 0)
		return;
	nr = -nr;
	for (other = 0; other < PIDTYPE_MAX; other++)
		if (find_pid(other, nr))
			return;
	free_pidmap(nr);
}

/**
 * switch_exec_pids - a thread takes the number of its process, by exec
 * @leader: who has it until now, and gets the thread's
 * @thread: leads the process from now on
 *
 * No number may become free in between.  Needs tasklist_lock.
 */
void switch_exec_pids(struct task_struct *leader, struct task_struct *thread)
{
	int session = leader->signal->session, pgrp = process_group(leader), type;

	__detach_pid(thread, PIDTYPE_PID);
	__detach_pid(thread, PIDTYPE_TGID);
	for (type = 0; type < PIDTYPE_MAX; type++)
		__detach_pid(leader, type);
	leader->pid = thread->pid;
	leader->tgid = thread->pid;
	thread->pid = thread->tgid;
	attach_pid(thread, PIDTYPE_PID, thread->pid);
	attach_pid(thread, PIDTYPE_TGID, thread->tgid);
	attach_pid(thread, PIDTYPE_PGID, pgrp);
	attach_pid(thread, PIDTYPE_SID, session);
	attach_pid(leader, PIDTYPE_PID, leader->pid);
	attach_pid(leader, PIDTYPE_TGID, leader->tgid);
	attach_pid(leader, PIDTYPE_PGID, pgrp);
	attach_pid(leader, PIDTYPE_SID, session);
}

struct task_struct *find_task_by_pid_type(int type, int nr)
{
	struct pid *pid = find_pid(type, nr);

	return pid ? pid_task(&pid->pid_list, type) : NULL;
}
EXPORT_SYMBOL(find_task_by_pid_type);

void __init pidhash_init(void)
{
	int type;

	for (type = 0; type < PIDTYPE_MAX; type++) {
		pid_hash[type] = kcalloc(1 << PIDHASH_SHIFT, sizeof(struct hlist_head),
					 GFP_KERNEL);
		BUG_ON(!pid_hash[type]);
	}
}

/* Number 0 is the idle task's and never given out. */
void __init pidmap_init(void)
{
	int i;

	for (i = 0; i < (int)PIDMAP_ENTRIES; i++) {
		pidmap_array[i].page = (void *)get_zeroed_page(GFP_KERNEL);
		if (!pidmap_array[i].page)
			panic("no memory for the pid map");
		atomic_set(&pidmap_array[i].nr_free, BITS_PER_PAGE);
	}
	set_bit(0, pidmap_array[0].page);
	atomic_dec(&pidmap_array[0].nr_free);
	for (i = 0; i < PIDTYPE_MAX; i++)
		attach_pid(&init_task, i, 0);
}
