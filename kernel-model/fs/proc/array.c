// SPDX-License-Identifier: GPL-2.0-only
/* What a task is, as text. */
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tty.h>
#include "internal.h"

static const char *state_name(const struct task_struct *tsk)
{
	if (tsk->exit_state == EXIT_DEAD)
		return "X (dead)";
	if (tsk->exit_state)
		return "Z (zombie)";
	switch (tsk->state) {
	case TASK_RUNNING:
		return "R (running)";
	case TASK_UNINTERRUPTIBLE:
		return "D (disk sleep)";
	case TASK_STOPPED:
		return "T (stopped)";
	case TASK_TRACED:
		return "t (tracing stop)";
	}
	return "S (sleeping)";
}

/* In a name, what would break the line is written as an escape. */
static int put_comm(const struct task_struct *p, char *buf)
{
	const char *s = p->comm;
	char *to = buf;

	for (; *s; s++) {
		if (*s == '\n' || *s == '\\') {
			*to++ = '\\';
			*to++ = *s == '\n' ? 'n' : '\\';
		} else {
			*to++ = *s;
		}
	}
	return to - buf;
}

struct task_ids {
	pid_t ppid, pgrp, session, tpgid;
	int tty_nr, threads;
};

/* All of one moment. */
static void get_ids(struct task_struct *p, struct task_ids *ids)
{
	memset(ids, 0, sizeof(*ids));
	ids->tpgid = -1;
	read_lock(&tasklist_lock);
	if (p->signal) {
		ids->pgrp = p->signal->pgrp;
		ids->session = p->signal->session;
		ids->threads = atomic_read(&p->signal->count);
#ifdef CONFIG_UNIX98_PTYS
		if (p->signal->tty) {
			ids->tty_nr = tty_devnum(p->signal->tty);
			ids->tpgid = p->signal->tty->pgrp;
		}
#endif
	}
	ids->ppid = pid_alive(p) ? p->group_leader->real_parent->tgid : 0;
	read_unlock(&tasklist_lock);
}

static int task_name_ids(struct task_struct *p, char *buffer)
{
	struct files_struct *files = get_files_struct(p);
	unsigned int fdsize = files ? files_fdtable(files)->max_fds : 0;
	struct task_ids ids;
	int n, g;

	get_ids(p, &ids);
	if (files)
		put_files_struct(files);
	n = sprintf(buffer, "Name:\t");
	n += put_comm(p, buffer + n);
	n += sprintf(buffer + n,
		     "\nState:\t%s\nTgid:\t%d\nPid:\t%d\nPPid:\t%d\nTracerPid:\t0\n"
		     "Uid:\t%d\t%d\t%d\t%d\nGid:\t%d\t%d\t%d\t%d\nFDSize:\t%d\nGroups:\t",
		     state_name(p), p->tgid, p->pid, ids.ppid, p->uid, p->euid, p->suid,
		     p->fsuid, p->gid, p->egid, p->sgid, p->fsgid, fdsize);
	for (g = 0; p->group_info && g < min(p->group_info->ngroups, 32); g++)
		n += sprintf(buffer + n, "%d ", p->group_info->small_block[g]);
	return n + sprintf(buffer + n, "\n");
}

static int task_mem(struct task_struct *p, char *buffer)
{
	struct mm_struct *mm = get_task_mm(p);
	int n;

	if (!mm)
		return 0;
	n = sprintf(buffer, "VmSize:\t%8lu kB\nVmLck:\t%8lu kB\nVmRSS:\t%8lu kB\n",
		    mm->total_vm << (PAGE_SHIFT - 10), mm->locked_vm << (PAGE_SHIFT - 10),
		    mm->rss << (PAGE_SHIFT - 10));
	mmput(mm);
	return n;
}

static int task_sig(struct task_struct *p, char *buffer)
{
	unsigned long pending = p->pending.signal.sig[0], shared = 0, ignored = 0, caught = 0;
	int sig, threads = 0;

	read_lock(&tasklist_lock);
	if (p->sighand) {
		shared = p->signal->shared_pending.signal.sig[0];
		threads = atomic_read(&p->signal->count);
		for (sig = 1; sig <= _NSIG; sig++) {
			__sighandler_t handler = p->sighand->action[sig - 1].sa.sa_handler;

			if (handler == SIG_IGN)
				ignored |= sigmask(sig);
			else if (handler != SIG_DFL)
				caught |= sigmask(sig);
		}
	}
	read_unlock(&tasklist_lock);
	return sprintf(buffer, "Threads:\t%d\nSigPnd:\t%016lx\nShdPnd:\t%016lx\nSigBlk:\t%016lx\n"
		       "SigIgn:\t%016lx\nSigCgt:\t%016lx\n", threads, pending, shared,
		       p->blocked.sig[0], ignored, caught);
}

int proc_pid_status(struct task_struct *task, char *buffer)
{
	int n = task_name_ids(task, buffer);

	n += task_mem(task, buffer + n);
	n += task_sig(task, buffer + n);
	return n + sprintf(buffer + n, "CapInh:\t%016x\nCapPrm:\t%016x\nCapEff:\t%016x\n",
			   task->cap_inheritable, task->cap_permitted, task->cap_effective);
}

int proc_pid_stat(struct task_struct *task, char *buffer)
{
	struct mm_struct *mm = get_task_mm(task);
	unsigned long cutime = 0, cstime = 0, vsize = 0, rss = 0;
	struct task_ids ids;
	int n;

	get_ids(task, &ids);
	read_lock(&tasklist_lock);
	if (task->signal) {
		cutime = task->signal->cutime;
		cstime = task->signal->cstime;
	}
	read_unlock(&tasklist_lock);
	if (mm) {
		vsize = mm->total_vm << PAGE_SHIFT;
		rss = mm->rss;
		mmput(mm);
	}
	n = sprintf(buffer, "%d (%s) %c %d %d %d %d %d %lu 0 0 0 0 ", task->pid, task->comm,
		    *state_name(task), ids.ppid, ids.pgrp, ids.session, ids.tty_nr, ids.tpgid,
		    task->flags);
	n += sprintf(buffer + n, "%ld %ld %ld %ld %d %ld %d 0 %ld %lu %ld ",
		     jiffies_to_clock_t(task->utime), jiffies_to_clock_t(task->stime),
		     jiffies_to_clock_t(cutime), jiffies_to_clock_t(cstime),
		     task->prio - MAX_RT_PRIO, (long)TASK_NICE(task), ids.threads,
		     task->start_time.tv_sec * USER_HZ +
		     task->start_time.tv_nsec / (NSEC_PER_SEC / USER_HZ), vsize, rss);
	return n + sprintf(buffer + n, "%lu 0 0 0 0 0 %lu %lu 0 0 0 0 0 %d %d %lu %lu\n",
			   RLIM_INFINITY, task->pending.signal.sig[0], task->blocked.sig[0],
			   task->exit_signal, task_cpu(task), task->rt_priority, task->policy);
}

int proc_pid_statm(struct task_struct *task, char *buffer)
{
	struct mm_struct *mm = get_task_mm(task);
	int n = sprintf(buffer, "%lu %lu %lu 0 0 %lu 0\n", mm ? mm->total_vm : 0, mm ? mm->rss : 0,
			mm ? mm->shared_vm : 0, mm ? mm->total_vm : 0);

	if (mm)
		mmput(mm);
	return n;
}
