/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/atomic.h>
#include <linux/spinlock.h>
#include <linux/cpumask.h>
#include <linux/smp.h>
#include <linux/pid.h>
#include <linux/signal.h>
#include <linux/resource.h>
#include <linux/capability.h>
#include <linux/wait.h>
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/time.h>
#include <linux/timer.h>
#include <linux/rcupdate.h>
#include <asm/current.h>
#include <asm/processor.h>

#define CSIGNAL			0x000000ff
#define CLONE_VM		0x00000100
#define CLONE_FS		0x00000200
#define CLONE_FILES		0x00000400
#define CLONE_SIGHAND		0x00000800
#define CLONE_PTRACE		0x00002000
#define CLONE_VFORK		0x00004000
#define CLONE_PARENT		0x00008000
#define CLONE_THREAD		0x00010000
#define CLONE_NEWNS		0x00020000
#define CLONE_SYSVSEM		0x00040000
#define CLONE_SETTLS		0x00080000
#define CLONE_PARENT_SETTID	0x00100000
#define CLONE_CHILD_CLEARTID	0x00200000
#define CLONE_DETACHED		0x00400000
#define CLONE_UNTRACED		0x00800000
#define CLONE_CHILD_SETTID	0x01000000
#define CLONE_KERNEL		(CLONE_FS | CLONE_FILES | CLONE_SIGHAND)

#define TASK_RUNNING		0
#define TASK_INTERRUPTIBLE	1
#define TASK_UNINTERRUPTIBLE	2
#define TASK_STOPPED		4
#define TASK_TRACED		8
#define EXIT_ZOMBIE		16
#define EXIT_DEAD		32
#define TASK_NONINTERACTIVE	64

#define set_task_state(tsk, value)	((tsk)->state = (value))
#define __set_task_state(tsk, value)	((tsk)->state = (value))
#define set_current_state(value)	(current->state = (value))
#define __set_current_state(value)	(current->state = (value))

#define PF_STARTING	0x00000002	/* being created */
#define PF_EXITING	0x00000004	/* getting shut down */
#define PF_DEAD		0x00000008	/* has called its last schedule() */
#define PF_FORKNOEXEC	0x00000040
#define PF_SUPERPRIV	0x00000100
#define PF_DUMPCORE	0x00000200
#define PF_SIGNALED	0x00000400	/* killed by a signal */
#define PF_MEMALLOC	0x00000800	/* may use the reserves */
#define PF_KTHREAD	0x00200000	/* has no user mode */

#define MAX_USER_RT_PRIO	100
#define MAX_RT_PRIO		MAX_USER_RT_PRIO
#define MAX_PRIO		(MAX_RT_PRIO + 40)
#define NICE_TO_PRIO(nice)	(MAX_RT_PRIO + (nice) + 20)
#define PRIO_TO_NICE(prio)	((prio) - MAX_RT_PRIO - 20)
#define TASK_NICE(p)		PRIO_TO_NICE((p)->static_prio)
#define rt_task(p)		((p)->prio < MAX_RT_PRIO)
#define DEF_TIMESLICE		(100 * HZ / 1000)
#define MAX_SCHEDULE_TIMEOUT	LONG_MAX

#define SCHED_NORMAL	0
#define SCHED_FIFO	1
#define SCHED_RR	2
#define SCHED_BATCH	3

#define TASK_COMM_LEN	16
#define NGROUPS_MAX	32

struct mm_struct;
struct files_struct;
struct fs_struct;
struct namespace;
struct user_struct;
struct tty_struct;
struct sem_undo_list;
struct reclaim_state;

struct group_info {
	int ngroups;
	atomic_t usage;
	gid_t small_block[NGROUPS_MAX];
};

struct sysv_sem {
	struct sem_undo_list *undo_list;
};

#define get_group_info(info)	atomic_inc(&(info)->usage)
void groups_free(struct group_info *info);

static inline void put_group_info(struct group_info *info)
{
	if (atomic_dec_and_test(&info->usage))
		groups_free(info);
}

struct sighand_struct {
	atomic_t count;
	struct k_sigaction action[_NSIG];
	spinlock_t siglock;	/* of the actions and of all pending signals */
};

/**
 * struct signal_struct - what the threads of a process share, sharing handlers
 * or not
 */
struct signal_struct {
	atomic_t count;			/* tasks that point here */
	atomic_t live;			/* of these, not yet exiting */
	wait_queue_head_t wait_chldexit;
	struct task_struct *curr_target;
	struct sigpending shared_pending;
	int group_exit_code;
	struct task_struct *group_exit_task;
	int notify_count;
	int group_stop_count;
	unsigned int flags;		/* SIGNAL_* */
	pid_t pgrp;
	pid_t tty_old_pgrp;
	pid_t session;
	int leader;			/* of the session */
	struct tty_struct *tty;
	unsigned long utime, stime, cutime, cstime;
	unsigned long nvcsw, nivcsw, cnvcsw, cnivcsw;
	struct rlimit rlim[RLIM_NLIMITS];
	struct timer_list real_timer;
	unsigned long it_real_incr;
	struct task_struct *tsk;
};

/*
 * Bits of signal_struct.flags: the process has stopped; a stop signal has been
 * taken from a queue, and no SIGCONT came since; it went on and the parent has
 * not asked; all its threads are to end.
 */
#define SIGNAL_STOP_STOPPED	0x00000001
#define SIGNAL_STOP_DEQUEUED	0x00000002
#define SIGNAL_STOP_CONTINUED	0x00000004
#define SIGNAL_GROUP_EXIT	0x00000008

/**
 * struct user_struct - what all processes of one user share
 */
struct user_struct {
	atomic_t __count;
	atomic_t processes;
	atomic_t files;
	atomic_t sigpending;
	unsigned long mq_bytes;
	unsigned long locked_shm;
	struct list_head uidhash_list;
	uid_t uid;
};

struct task_struct {
	volatile long state;
	struct thread_struct thread;
	atomic_t usage;
	unsigned long flags;			/* PF_* */

	int prio, static_prio;
	struct list_head run_list;
	int on_rq;
	int cpu;
	cpumask_t cpus_allowed;
	unsigned int time_slice;
	unsigned long policy;
	unsigned long rt_priority;

	struct list_head tasks;
	struct mm_struct *mm, *active_mm;

	long exit_state;
	int exit_code, exit_signal;
	int pdeath_signal;
	unsigned int did_exec:1;
	unsigned int keep_capabilities:1;
	pid_t pid;
	pid_t tgid;

	struct task_struct *real_parent;
	struct task_struct *parent;
	struct list_head children;
	struct list_head sibling;
	struct task_struct *group_leader;

	struct pid pids[PIDTYPE_MAX];

	struct completion *vfork_done;
	int __user *set_child_tid;
	int __user *clear_child_tid;

	unsigned long utime, stime;
	unsigned long nvcsw, nivcsw;
	struct timespec start_time;

	uid_t uid, euid, suid, fsuid;
	gid_t gid, egid, sgid, fsgid;
	struct group_info *group_info;
	kernel_cap_t cap_effective, cap_inheritable, cap_permitted;
	struct user_struct *user;
	char comm[TASK_COMM_LEN];

	int link_count, total_link_count;
	struct sysv_sem sysvsem;
	struct fs_struct *fs;
	struct files_struct *files;
	struct namespace *namespace;

	struct signal_struct *signal;
	struct sighand_struct *sighand;
	sigset_t blocked, real_blocked, saved_sigmask;
	struct sigpending pending;

	u32 parent_exec_id, self_exec_id;
	spinlock_t alloc_lock;		/* of what others may look at: mm, files, fs, comm */
	int oomkilladj;
	siginfo_t *last_siginfo;
};

extern struct task_struct init_task;
extern struct signal_struct init_signals;
extern struct sighand_struct init_sighand;
extern struct task_struct *child_reaper;
extern rwlock_t tasklist_lock;
extern int nr_threads;
extern int max_threads;
extern unsigned long total_forks;
extern unsigned long per_cpu__process_counts[NR_CPUS];	/* of processes, not threads */
extern struct user_struct root_user;

#define INIT_USER (&root_user)

#define TIF_SIGPENDING		1
#define TIF_RESTORE_SIGMASK	2	/* saved_sigmask is what user mode is to have */
#define TIF_MEMDIE		3	/* is being killed to free memory */

#define set_tsk_thread_flag(tsk, flag)		set_bit((flag), &(tsk)->thread.flags)
#define clear_tsk_thread_flag(tsk, flag)	clear_bit((flag), &(tsk)->thread.flags)
#define test_tsk_thread_flag(tsk, flag)		test_bit((flag), &(tsk)->thread.flags)
#define set_thread_flag(flag)			set_tsk_thread_flag(current, flag)
#define clear_thread_flag(flag)			clear_tsk_thread_flag(current, flag)
#define test_thread_flag(flag)			test_tsk_thread_flag(current, flag)

static inline int signal_pending(struct task_struct *p)
{
	return test_tsk_thread_flag(p, TIF_SIGPENDING);
}

#define thread_group_leader(p)	((p)->pid == (p)->tgid)
#define process_group(tsk)	((tsk)->signal->pgrp)
#define task_cpu(p)		((p)->cpu)

#define get_task_struct(tsk)	atomic_inc(&(tsk)->usage)
void __put_task_struct(struct task_struct *tsk);

static inline void put_task_struct(struct task_struct *tsk)
{
	if (atomic_dec_and_test(&tsk->usage))
		__put_task_struct(tsk);
}

#define next_task(p)	list_entry((p)->tasks.next, struct task_struct, tasks)
#define for_each_process(p) \
	for (p = &init_task; (p = next_task(p)) != &init_task;)

#define next_thread(p) \
	list_entry((p)->pids[PIDTYPE_TGID].pid_list.next, struct task_struct, \
		   pids[PIDTYPE_TGID].pid_list)
#define do_each_thread(g, t) \
	for (g = t = &init_task; (g = t = next_task(g)) != &init_task;) do
#define while_each_thread(g, t) while ((t = next_thread(t)) != g)
#define thread_group_empty(p)	list_empty(&(p)->pids[PIDTYPE_TGID].pid_list)
#define delay_group_leader(p)	(thread_group_leader(p) && !thread_group_empty(p))

struct task_struct *find_task_by_pid_type(int type, int nr);
#define find_task_by_pid(nr)	find_task_by_pid_type(PIDTYPE_PID, nr)

static inline void task_lock(struct task_struct *p)
{
	spin_lock(&p->alloc_lock);
}

static inline void task_unlock(struct task_struct *p)
{
	spin_unlock(&p->alloc_lock);
}

static inline int pid_alive(struct task_struct *p)
{
	return p->pids[PIDTYPE_PID].nr != 0;
}

/* kernel/sched.c */
void sched_init(void);
void schedule(void);
void schedule_tail(void);
long schedule_timeout(long timeout);
long schedule_timeout_interruptible(long timeout);
long schedule_timeout_uninterruptible(long timeout);
void msleep(unsigned int msecs);
void yield(void);
int cond_resched(void);
u64 sched_reseed(u64 seed);
int wake_up_process(struct task_struct *p);
int wake_up_state(struct task_struct *p, unsigned int state);
void wake_up_new_task(struct task_struct *p);
void sched_fork(struct task_struct *p);
void scheduler_tick(void);
struct sched_param {
	int sched_priority;
};

void set_user_nice(struct task_struct *p, long nice);
int task_nice(const struct task_struct *p);
int can_nice(const struct task_struct *p, int nice);
int sched_setscheduler(struct task_struct *p, int policy, struct sched_param *param);
int set_cpus_allowed(struct task_struct *p, cpumask_t new_mask);
unsigned long nr_running(void);
unsigned long nr_context_switches(void);
unsigned long nr_active(void);
void migrate_live_tasks(int src_cpu);
void cpu_idle(void);

/* kernel/fork.c, kernel/exit.c */
void fork_init(void);
int nr_processes(void);
struct task_struct *copy_process(unsigned long clone_flags, int (*fn)(void *arg), void *arg,
				 int __user *parent_tidptr, int __user *child_tidptr, int pid);
long do_fork(unsigned long clone_flags, int (*fn)(void *arg), void *arg,
	     int __user *parent_tidptr, int __user *child_tidptr);
int kernel_thread(int (*fn)(void *arg), void *arg, unsigned long flags);
void do_exit(long code) __noreturn;
void do_group_exit(int code) __noreturn;
void release_task(struct task_struct *p);
void take_over_process(struct task_struct *tsk);
void __cleanup_sighand(struct sighand_struct *sighand);
void __cleanup_signal(struct signal_struct *sig);
extern struct kmem_cache *sighand_cachep;
void mm_release(struct task_struct *tsk, struct mm_struct *mm);

#define remove_parent(p)	list_del_init(&(p)->sibling)
#define add_parent(p, parent)	list_add_tail(&(p)->sibling, &(parent)->children)
#define REMOVE_LINKS(p) do {					\
	if (thread_group_leader(p))				\
		list_del_init(&(p)->tasks);			\
	remove_parent(p);					\
} while (0)
#define SET_LINKS(p) do {					\
	if (thread_group_leader(p))				\
		list_add_tail(&(p)->tasks, &init_task.tasks);	\
	add_parent(p, (p)->parent);				\
} while (0)

int in_egroup_p(gid_t grp);

/* kernel/signal.c */
#define SEND_SIG_NOINFO	((siginfo_t *)0)	/* from the current task */
#define SEND_SIG_PRIV	((siginfo_t *)1)	/* from the kernel */
#define SEND_SIG_FORCED	((siginfo_t *)2)	/* and without any information */

void signals_init(void);
void signal_wake_up(struct task_struct *t, int resume);
void recalc_sigpending_tsk(struct task_struct *t);
void recalc_sigpending(void);
void flush_sigqueue(struct sigpending *queue);
void flush_signals(struct task_struct *tsk);
void flush_signal_handlers(struct task_struct *tsk, int force_default);
int dequeue_signal(struct task_struct *tsk, sigset_t *mask, siginfo_t *info);
int send_sig_info(int sig, siginfo_t *info, struct task_struct *p);
int send_sig(int sig, struct task_struct *p, int priv);
int force_sig_info(int sig, siginfo_t *info, struct task_struct *t);
void force_sig(int sig, struct task_struct *p);
int send_group_sig_info(int sig, siginfo_t *info, struct task_struct *p);
int __group_send_sig_info(int sig, siginfo_t *info, struct task_struct *p);
int group_send_sig_info(int sig, siginfo_t *info, struct task_struct *p);
int __kill_pg_info(int sig, siginfo_t *info, pid_t pgrp);
int kill_pg_info(int sig, siginfo_t *info, pid_t pgrp);
int kill_pg(pid_t pgrp, int sig, int priv);
int kill_proc_info(int sig, siginfo_t *info, pid_t pid);
int kill_proc(pid_t pid, int sig, int priv);
int do_sigaction(int sig, struct k_sigaction *act, struct k_sigaction *oact);
int sigprocmask(int how, sigset_t *set, sigset_t *oldset);
int get_signal_to_deliver(siginfo_t *info, struct k_sigaction *return_ka, struct pt_regs *regs);
void zap_other_threads(struct task_struct *p);
void exit_signals(struct task_struct *tsk);
void do_notify_parent(struct task_struct *tsk, int sig);
int is_orphaned_pgrp(int pgrp);
int session_of_pgrp(int pgrp);
void __set_special_pids(pid_t session, pid_t pgrp);

/* arch/host/signal.c: signals, on the way back to user mode */
void do_notify_resume(struct pt_regs *regs);

/* kernel/user.c */
void uid_cache_init(void);
struct user_struct *alloc_uid(uid_t uid);
struct user_struct *find_user(uid_t uid);
void free_uid(struct user_struct *up);
void switch_uid(struct user_struct *new_user);

static inline struct user_struct *get_uid(struct user_struct *u)
{
	atomic_inc(&u->__count);
	return u;
}

/* kernel/itimer.c */
void it_real_fn(unsigned long data);

/* kernel/sys.c */
int in_group_p(gid_t grp);
int in_egroup_p(gid_t grp);
extern int cad_pid;

#endif /* _LINUX_SCHED_H */
