// SPDX-License-Identifier: GPL-2.0-only
/* How tasks come to be, and what they are made of. */
#include <linux/sched.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/futex.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/namespace.h>
#include <linux/percpu.h>
#include <linux/sem.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

unsigned long total_forks;
int nr_threads;
int max_threads;
DEFINE_PER_CPU(unsigned long, process_counts);
DEFINE_RWLOCK(tasklist_lock);

static struct kmem_cache *task_struct_cachep;
static struct kmem_cache *signal_cachep;
struct kmem_cache *files_cachep;
struct kmem_cache *fs_cachep;
struct kmem_cache *sighand_cachep;

/**
 * nr_processes - how many processes there are, on all processors together
 */
int nr_processes(void)
{
	int cpu, total = 0;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		total += per_cpu(process_counts, cpu);
	return total;
}

void __put_task_struct(struct task_struct *tsk)
{
	WARN_ON(!(tsk->exit_state & (EXIT_DEAD | EXIT_ZOMBIE)) && !(tsk->flags & PF_STARTING));
	BUG_ON(tsk == current);
	put_group_info(tsk->group_info);
	free_uid(tsk->user);
	kmem_cache_free(task_struct_cachep, tsk);
}

void __init fork_init(void)
{
	int i;

	task_struct_cachep = kmem_cache_create("task_struct", sizeof(struct task_struct), 0,
					       SLAB_PANIC, NULL, NULL);
	signal_cachep = kmem_cache_create("signal_cache", sizeof(struct signal_struct), 0,
					  SLAB_PANIC, NULL, NULL);
	sighand_cachep = kmem_cache_create("sighand_cache", sizeof(struct sighand_struct), 0,
					   SLAB_PANIC, NULL, NULL);
	files_cachep = kmem_cache_create("files_cache", sizeof(struct files_struct), 0,
					 SLAB_PANIC, NULL, NULL);
	fs_cachep = kmem_cache_create("fs_cache", sizeof(struct fs_struct), 0, SLAB_PANIC, NULL,
				      NULL);
	/* An eighth of memory may go to tasks and their kernel stacks. */
	max_threads = totalram_pages / 8 / 2;
	if (max_threads < 20)
		max_threads = 20;
	for (i = 0; i < RLIM_NLIMITS; i++)
		init_signals.rlim[i] = (struct rlimit){ RLIM_INFINITY, RLIM_INFINITY };
	init_signals.rlim[RLIMIT_STACK].rlim_cur = _STK_LIM;
	init_signals.rlim[RLIMIT_CORE].rlim_cur = 0;
	init_signals.rlim[RLIMIT_NOFILE] = (struct rlimit){ INR_OPEN, INR_OPEN };
	init_signals.rlim[RLIMIT_NPROC] = (struct rlimit){ max_threads / 2, max_threads / 2 };
	init_signals.rlim[RLIMIT_MEMLOCK] = (struct rlimit){ MLOCK_LIMIT, MLOCK_LIMIT };
	init_signals.rlim[RLIMIT_SIGPENDING] = (struct rlimit){ max_threads / 2,
								 max_threads / 2 };
	init_signals.rlim[RLIMIT_MSGQUEUE] = (struct rlimit){ MQ_BYTES_MAX, MQ_BYTES_MAX };
	init_signals.rlim[RLIMIT_NICE] = (struct rlimit){ 0, 0 };
	init_signals.rlim[RLIMIT_RTPRIO] = (struct rlimit){ 0, 0 };
}

static struct task_struct *dup_task_struct(struct task_struct *orig)
{
	struct task_struct *tsk = kmem_cache_alloc(task_struct_cachep, GFP_KERNEL);

	if (!tsk)
		return NULL;
	memcpy(tsk, orig, sizeof(*tsk));
	/* One for the parent, who reaps it, and one until its last schedule(). */
	atomic_set(&tsk->usage, 2);
	return tsk;
}

static struct files_struct *alloc_files(void)
{
	struct files_struct *newf = kmem_cache_alloc(files_cachep, GFP_KERNEL);

	if (!newf)
		return NULL;
	memset(newf, 0, sizeof(*newf));
	atomic_set(&newf->count, 1);
	spin_lock_init(&newf->file_lock);
	newf->fdtab = (struct fdtable)INIT_FDTABLE(*newf);
	newf->fdt = &newf->fdtab;
	return newf;
}

static int count_open_files(const struct fdtable *fdt)
{
	int n = fdt->max_fds;

	while (n && !fdt->fd[n - 1])
		n--;
	return n;
}

/**
 * dup_fd - a copy of a table of descriptors
 * @errorp: what went wrong, when NULL is returned
 */
struct files_struct *dup_fd(struct files_struct *oldf, int *errorp)
{
	struct files_struct *newf = alloc_files();
	struct fdtable *old_fdt, *new_fdt;
	int open_files, i;

	if (!newf)
		return NULL;
	spin_lock(&oldf->file_lock);
	old_fdt = files_fdtable(oldf);
	open_files = count_open_files(old_fdt);
	spin_unlock(&oldf->file_lock);
	if (open_files > NR_OPEN_DEFAULT) {
		spin_lock(&newf->file_lock);
		*errorp = expand_fdtable(newf, open_files - 1);
		spin_unlock(&newf->file_lock);
		if (*errorp < 0)
			goto out_release;
		*errorp = 0;
	}
	new_fdt = files_fdtable(newf);
	spin_lock(&oldf->file_lock);
	old_fdt = files_fdtable(oldf);
	newf->next_fd = oldf->next_fd;
	for (i = 0; i < open_files; i++) {
		struct file *f = old_fdt->fd[i];

		if (!f) {
			/* Another thread is about to install it: not in the copy. */
			if (i < newf->next_fd)
				newf->next_fd = i;
			continue;
		}
		get_file(f);
		new_fdt->fd[i] = f;
		FD_SET(i, new_fdt->open_fds);
		if (FD_ISSET(i, old_fdt->close_on_exec))
			FD_SET(i, new_fdt->close_on_exec);
	}
	spin_unlock(&oldf->file_lock);
	if (newf->next_fd > open_files)
		newf->next_fd = open_files;
	return newf;

out_release:
	kmem_cache_free(files_cachep, newf);
	return NULL;
}

static int copy_files(unsigned long clone_flags, struct task_struct *tsk)
{
	struct files_struct *oldf = current->files, *newf;
	int error = 0;

	if (!oldf)
		return 0;
	if (clone_flags & CLONE_FILES) {
		atomic_inc(&oldf->count);
		return 0;
	}
	newf = dup_fd(oldf, &error);
	tsk->files = newf;
	return error;
}

/**
 * unshare_files - the current task gets a table of its own
 */
int unshare_files(void)
{
	struct files_struct *files = current->files, *newf;
	int error = 0;

	if (atomic_read(&files->count) == 1)
		return 0;
	newf = dup_fd(files, &error);
	if (!newf)
		return error ? error : -ENOMEM;
	task_lock(current);
	current->files = newf;
	task_unlock(current);
	put_files_struct(files);
	return 0;
}

/**
 * copy_fs_struct - where the current task stands, for one that will go its own way
 */
struct fs_struct *copy_fs_struct(struct fs_struct *old)
{
	struct fs_struct *fs = kmem_cache_alloc(fs_cachep, GFP_KERNEL);

	if (!fs)
		return NULL;
	atomic_set(&fs->count, 1);
	rwlock_init(&fs->lock);
	read_lock(&old->lock);
	fs->umask = old->umask;
	fs->rootmnt = mntget(old->rootmnt);
	fs->root = dget(old->root);
	fs->pwdmnt = mntget(old->pwdmnt);
	fs->pwd = dget(old->pwd);
	read_unlock(&old->lock);
	return fs;
}

static int copy_fs(unsigned long clone_flags, struct task_struct *tsk)
{
	if (clone_flags & CLONE_FS) {
		atomic_inc(&current->fs->count);
		return 0;
	}
	tsk->fs = copy_fs_struct(current->fs);
	return tsk->fs ? 0 : -ENOMEM;
}

void put_fs_struct(struct fs_struct *fs)
{
	if (!atomic_dec_and_test(&fs->count))
		return;
	dput(fs->root);
	mntput(fs->rootmnt);
	dput(fs->pwd);
	mntput(fs->pwdmnt);
	kmem_cache_free(fs_cachep, fs);
}

void exit_fs(struct task_struct *tsk)
{
	struct fs_struct *fs = tsk->fs;

	if (!fs)
		return;
	task_lock(tsk);
	tsk->fs = NULL;
	task_unlock(tsk);
	put_fs_struct(fs);
}

static int copy_mm(unsigned long clone_flags, struct task_struct *tsk)
{
	struct mm_struct *mm, *oldmm = current->mm;
	int retval;

	tsk->mm = NULL;
	tsk->active_mm = NULL;
	if (!oldmm)
		return 0;
	if (clone_flags & CLONE_VM) {
		atomic_inc(&oldmm->mm_users);
		mm = oldmm;
	} else {
		mm = mm_alloc();
		if (!mm)
			return -ENOMEM;
		retval = dup_mmap(mm, oldmm);
		if (retval) {
			mmput(mm);
			return retval;
		}
	}
	tsk->mm = mm;
	tsk->active_mm = mm;
	return 0;
}

static int copy_sighand(unsigned long clone_flags, struct task_struct *tsk)
{
	struct sighand_struct *sig;

	if (clone_flags & (CLONE_SIGHAND | CLONE_THREAD)) {
		atomic_inc(&current->sighand->count);
		return 0;
	}
	sig = kmem_cache_alloc(sighand_cachep, GFP_KERNEL);
	if (!sig)
		return -ENOMEM;
	atomic_set(&sig->count, 1);
	spin_lock_init(&sig->siglock);
	memcpy(sig->action, current->sighand->action, sizeof(sig->action));
	tsk->sighand = sig;
	return 0;
}

void __cleanup_sighand(struct sighand_struct *sighand)
{
	if (atomic_dec_and_test(&sighand->count))
		kmem_cache_free(sighand_cachep, sighand);
}

static int copy_signal(unsigned long clone_flags, struct task_struct *tsk)
{
	struct signal_struct *sig;

	if (clone_flags & CLONE_THREAD) {
		atomic_inc(&current->signal->count);
		atomic_inc(&current->signal->live);
		return 0;
	}
	sig = kmem_cache_alloc(signal_cachep, GFP_KERNEL);
	if (!sig)
		return -ENOMEM;
	memset(sig, 0, sizeof(*sig));
	atomic_set(&sig->count, 1);
	atomic_set(&sig->live, 1);
	init_waitqueue_head(&sig->wait_chldexit);
	init_sigpending(&sig->shared_pending);
	init_timer(&sig->real_timer);
	sig->real_timer.function = it_real_fn;
	sig->real_timer.data = (unsigned long)sig;
	sig->tsk = tsk;
	sig->pgrp = current->signal->pgrp;
	sig->session = current->signal->session;
	sig->tty = current->signal->tty;
	sig->tty_old_pgrp = current->signal->tty_old_pgrp;
	memcpy(sig->rlim, current->signal->rlim, sizeof(sig->rlim));
	tsk->signal = sig;
	return 0;
}

void __cleanup_signal(struct signal_struct *sig)
{
	if (atomic_dec_and_test(&sig->count))
		kmem_cache_free(signal_cachep, sig);
}

static int check_clone_flags(unsigned long clone_flags)
{
	if ((clone_flags & (CLONE_NEWNS | CLONE_FS)) == (CLONE_NEWNS | CLONE_FS))
		return -EINVAL;
	if ((clone_flags & CLONE_THREAD) && !(clone_flags & CLONE_SIGHAND))
		return -EINVAL;
	if ((clone_flags & CLONE_SIGHAND) && !(clone_flags & CLONE_VM))
		return -EINVAL;
	return 0;
}

static void init_new_task(struct task_struct *p, unsigned long clone_flags, int pid)
{
	int i;

	p->flags &= ~PF_SUPERPRIV;
	p->flags |= PF_FORKNOEXEC | PF_STARTING;
	p->did_exec = 0;
	p->pid = pid;
	p->tgid = clone_flags & CLONE_THREAD ? current->tgid : pid;
	INIT_LIST_HEAD(&p->tasks);
	INIT_LIST_HEAD(&p->children);
	INIT_LIST_HEAD(&p->sibling);
	for (i = 0; i < PIDTYPE_MAX; i++) {
		p->pids[i].nr = 0;
		INIT_LIST_HEAD(&p->pids[i].pid_list);
		INIT_HLIST_NODE(&p->pids[i].pid_chain);
	}
	p->vfork_done = NULL;
	spin_lock_init(&p->alloc_lock);
	init_sigpending(&p->pending);
	p->utime = 0;
	p->stime = 0;
	p->nvcsw = 0;
	p->nivcsw = 0;
	p->exit_state = 0;
	p->exit_code = 0;
	p->pdeath_signal = 0;
	p->last_siginfo = NULL;
	p->parent_exec_id = p->self_exec_id;
	jiffies_to_timespec(jiffies, &p->start_time);
	p->exit_signal = clone_flags & CLONE_THREAD ? -1 : (int)(clone_flags & CSIGNAL);
}

/*
 * From here on the task can be seen.  Fails when the process is about to end:
 * a task that is not in its lists yet would outlive it.
 */
static int publish_task(struct task_struct *p, unsigned long clone_flags)
{
	write_lock_irq(&tasklist_lock);
	if (sigismember(&current->pending.signal, SIGKILL)) {
		write_unlock_irq(&tasklist_lock);
		return -EINTR;
	}
	if ((clone_flags & CLONE_THREAD) && (current->signal->flags & SIGNAL_GROUP_EXIT)) {
		write_unlock_irq(&tasklist_lock);
		return -EAGAIN;
	}
	if (clone_flags & (CLONE_PARENT | CLONE_THREAD))
		p->real_parent = current->real_parent;
	else
		p->real_parent = current;
	p->parent = p->real_parent;
	p->group_leader = clone_flags & CLONE_THREAD ? current->group_leader : p;
	SET_LINKS(p);
	attach_pid(p, PIDTYPE_PID, p->pid);
	attach_pid(p, PIDTYPE_TGID, p->tgid);
	if (thread_group_leader(p)) {
		attach_pid(p, PIDTYPE_PGID, process_group(p));
		attach_pid(p, PIDTYPE_SID, p->signal->session);
		__get_cpu_var(process_counts)++;
	}
	nr_threads++;
	total_forks++;
	p->flags &= ~PF_STARTING;
	write_unlock_irq(&tasklist_lock);
	return 0;
}

/**
 * copy_process - make a task like the current one, which does not run yet
 * @clone_flags: CLONE_* and the signal for the parent
 * @fn: what it runs instead of user mode, or NULL
 * @arg: for @fn
 * @parent_tidptr: for CLONE_PARENT_SETTID
 * @child_tidptr: for CLONE_CHILD_SETTID and CLONE_CHILD_CLEARTID
 * @pid: its number
 */
struct task_struct *copy_process(unsigned long clone_flags, int (*fn)(void *arg), void *arg,
				 int __user *parent_tidptr, int __user *child_tidptr, int pid)
{
	struct task_struct *p;
	int retval = check_clone_flags(clone_flags);

	if (retval)
		return ERR_PTR(retval);
	if (atomic_read(&current->user->processes) >=
	    current->signal->rlim[RLIMIT_NPROC].rlim_cur && !capable(CAP_SYS_ADMIN) &&
	    !capable(CAP_SYS_RESOURCE) && current->user != &root_user)
		return ERR_PTR(-EAGAIN);
	if (nr_threads >= max_threads)
		return ERR_PTR(-EAGAIN);
	p = dup_task_struct(current);
	if (!p)
		return ERR_PTR(-ENOMEM);
	get_uid(p->user);
	atomic_inc(&p->user->processes);
	get_group_info(p->group_info);
	init_new_task(p, clone_flags, pid);
	p->set_child_tid = clone_flags & CLONE_CHILD_SETTID ? child_tidptr : NULL;
	p->clear_child_tid = clone_flags & CLONE_CHILD_CLEARTID ? child_tidptr : NULL;
	sched_fork(p);

	retval = -EFAULT;
	if ((clone_flags & CLONE_PARENT_SETTID) && put_user(p->pid, parent_tidptr))
		goto bad_fork_cleanup;
	retval = copy_semundo(clone_flags, p);
	if (retval)
		goto bad_fork_cleanup;
	retval = copy_files(clone_flags, p);
	if (retval)
		goto bad_fork_cleanup_semundo;
	retval = copy_fs(clone_flags, p);
	if (retval)
		goto bad_fork_cleanup_files;
	retval = copy_sighand(clone_flags, p);
	if (retval)
		goto bad_fork_cleanup_fs;
	retval = copy_signal(clone_flags, p);
	if (retval)
		goto bad_fork_cleanup_sighand;
	retval = copy_mm(clone_flags, p);
	if (retval)
		goto bad_fork_cleanup_signal;
	retval = copy_namespace(clone_flags, p);
	if (retval)
		goto bad_fork_cleanup_mm;
	retval = copy_thread(p, fn, arg);
	if (retval)
		goto bad_fork_cleanup_namespace;
	retval = publish_task(p, clone_flags);
	if (retval)
		goto bad_fork_cleanup_thread;
	return p;

bad_fork_cleanup_thread:
	release_thread(p);
bad_fork_cleanup_namespace:
	exit_namespace(p);
bad_fork_cleanup_mm:
	if (p->mm)
		mmput(p->mm);
bad_fork_cleanup_signal:
	if (clone_flags & CLONE_THREAD)
		atomic_dec(&p->signal->live);
	__cleanup_signal(p->signal);
bad_fork_cleanup_sighand:
	__cleanup_sighand(p->sighand);
bad_fork_cleanup_fs:
	exit_fs(p);
bad_fork_cleanup_files:
	exit_files(p);
bad_fork_cleanup_semundo:
	exit_sem(p);
bad_fork_cleanup:
	atomic_dec(&p->user->processes);
	atomic_set(&p->usage, 1);
	put_task_struct(p);
	return ERR_PTR(retval);
}

/* The parent of a vfork gets its memory back. */
void mm_release(struct task_struct *tsk, struct mm_struct *mm)
{
	struct completion *vfork_done = tsk->vfork_done;

	if (vfork_done) {
		tsk->vfork_done = NULL;
		complete(vfork_done);
	}
	if (tsk->clear_child_tid && mm && atomic_read(&mm->mm_users) > 1) {
		int __user *tidptr = tsk->clear_child_tid;

		tsk->clear_child_tid = NULL;
		if (put_user(0, tidptr))
			return;		/* its own fault */
		do_futex((u32 __user *)tidptr, FUTEX_WAKE, 1, 0, NULL, 0, 0);
	}
}

/**
 * do_fork - make a task and let it run
 *
 * Returns its number, or an error.
 */
long do_fork(unsigned long clone_flags, int (*fn)(void *arg), void *arg,
	     int __user *parent_tidptr, int __user *child_tidptr)
{
	struct completion vfork;
	struct task_struct *p;
	long pid = alloc_pidmap();

	if (pid < 0)
		return -EAGAIN;
	p = copy_process(clone_flags, fn, arg, parent_tidptr, child_tidptr, pid);
	if (IS_ERR(p)) {
		free_pidmap(pid);
		return PTR_ERR(p);
	}
	if (clone_flags & CLONE_VFORK) {
		p->vfork_done = &vfork;
		init_completion(&vfork);
	}
	wake_up_new_task(p);
	if (clone_flags & CLONE_VFORK)
		wait_for_completion(&vfork);
	return pid;
}

/**
 * kernel_thread - start a task without user mode
 * @fn: what it does; what this returns is its exit code
 * @arg: for @fn
 * @flags: CLONE_* and the signal for the parent
 *
 * Returns its number, or an error.
 */
int kernel_thread(int (*fn)(void *arg), void *arg, unsigned long flags)
{
	return do_fork(flags | CLONE_VM | CLONE_UNTRACED, fn, arg, NULL, NULL);
}
EXPORT_SYMBOL(kernel_thread);

asmlinkage long sys_fork(void)
{
	return do_fork(SIGCHLD, NULL, NULL, NULL, NULL);
}

asmlinkage long sys_vfork(void)
{
	return do_fork(CLONE_VFORK | CLONE_VM | SIGCHLD, NULL, NULL, NULL, NULL);
}

/* What a kernel of this age knows; it has no other kinds of namespaces. */
#define CLONE_KNOWN	(CSIGNAL | CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND |	\
			 CLONE_PTRACE | CLONE_VFORK | CLONE_PARENT | CLONE_THREAD |	\
			 CLONE_NEWNS | CLONE_SYSVSEM | CLONE_SETTLS |			\
			 CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_DETACHED |	\
			 CLONE_UNTRACED | CLONE_CHILD_SETTID)

asmlinkage long sys_clone(unsigned long clone_flags)
{
	if (clone_flags & ~CLONE_KNOWN)
		return -EINVAL;
	return do_fork(clone_flags, NULL, NULL, NULL, NULL);
}

/* What tasks of one process share cannot be parted once there are several. */
static int check_unshare_flags(unsigned long flags)
{
	if (flags & ~(CLONE_THREAD | CLONE_FS | CLONE_NEWNS | CLONE_SIGHAND | CLONE_VM |
		      CLONE_FILES | CLONE_SYSVSEM))
		return -EINVAL;
	if ((flags & CLONE_THREAD) && !thread_group_empty(current))
		return -EINVAL;
	if ((flags & (CLONE_SIGHAND | CLONE_VM)) && atomic_read(&current->sighand->count) > 1)
		return -EINVAL;
	if ((flags & CLONE_VM) && current->mm && atomic_read(&current->mm->mm_users) > 1)
		return -EINVAL;
	return 0;
}

/* Takes a copy over; the old one goes. */
static void switch_fs(struct fs_struct *fs)
{
	struct fs_struct *old = current->fs;

	task_lock(current);
	current->fs = fs;
	task_unlock(current);
	put_fs_struct(old);
}

static int unshare_fs(struct fs_struct **new_fs)
{
	*new_fs = NULL;
	if (atomic_read(&current->fs->count) == 1)
		return 0;
	*new_fs = copy_fs_struct(current->fs);
	return *new_fs ? 0 : -ENOMEM;
}

static int unshare_namespace(struct fs_struct *fs)
{
	struct namespace *old = current->namespace, *new_ns;

	new_ns = dup_namespace(current, fs);
	if (!new_ns)
		return -ENOMEM;
	task_lock(current);
	current->namespace = new_ns;
	task_unlock(current);
	put_namespace(old);
	return 0;
}

/**
 * sys_unshare - stop sharing parts of the task with others
 * @unshare_flags: the CLONE_ flags of those parts
 *
 * What can fail comes first, so that a task keeps all or nothing of it.
 */
asmlinkage long sys_unshare(unsigned long unshare_flags)
{
	struct fs_struct *new_fs = NULL;
	int err = check_unshare_flags(unshare_flags);

	if (err)
		return err;
	if (unshare_flags & CLONE_NEWNS) {
		if (!capable(CAP_SYS_ADMIN))
			return -EPERM;
		unshare_flags |= CLONE_FS;
	}
	if (unshare_flags & CLONE_FS)
		err = unshare_fs(&new_fs);
	if (!err && (unshare_flags & CLONE_FILES))
		err = unshare_files();
	if (!err && (unshare_flags & CLONE_NEWNS))
		err = unshare_namespace(new_fs ? new_fs : current->fs);
	if (err) {
		if (new_fs)
			put_fs_struct(new_fs);
		return err;
	}
	if (new_fs)
		switch_fs(new_fs);
	if (unshare_flags & CLONE_SYSVSEM)
		exit_sem(current);
	return 0;
}
