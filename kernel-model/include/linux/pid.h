/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PID_H
#define _LINUX_PID_H

#include <linux/list.h>

enum pid_type {
	PIDTYPE_PID,
	PIDTYPE_TGID,
	PIDTYPE_PGID,
	PIDTYPE_SID,
	PIDTYPE_MAX
};

/**
 * struct pid - one of the numbers of a task
 * @nr: the number
 * @pid_chain: in pid_hash, for the first task with this number
 * @pid_list: the tasks that share the number
 */
struct pid {
	int nr;
	struct hlist_node pid_chain;
	struct list_head pid_list;
};

#define PID_MAX_DEFAULT	0x8000
#define PID_MAX_LIMIT	0x8000
#define RESERVED_PIDS	300

struct task_struct;

extern int pid_max;
extern int last_pid;

int attach_pid(struct task_struct *task, enum pid_type type, int nr);
void detach_pid(struct task_struct *task, enum pid_type type);
void switch_exec_pids(struct task_struct *leader, struct task_struct *thread);
struct pid *find_pid(enum pid_type type, int nr);
int alloc_pidmap(void);
void free_pidmap(int pid);
void pidhash_init(void);
void pidmap_init(void);

#define pid_task(elem, type) \
	list_entry(elem, struct task_struct, pids[type].pid_list)

#define do_each_task_pid(who, type, task)				\
	if ((task = find_task_by_pid_type(type, who))) {		\
		do {
#define while_each_task_pid(who, type, task)				\
		} while (task = pid_task((task)->pids[type].pid_list.next, type), \
			 hlist_unhashed(&(task)->pids[type].pid_chain)); \
	}

#endif /* _LINUX_PID_H */
