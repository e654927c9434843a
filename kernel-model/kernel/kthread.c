// SPDX-License-Identifier: GPL-2.0-only
/* Threads of the kernel: nobody's children, and told when to stop. */
#include <linux/kthread.h>
#include <linux/completion.h>
#include <linux/file.h>
#include <linux/fs_struct.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct kthread_create_info {
	int (*threadfn)(void *data);
	void *data;
	char name[TASK_COMM_LEN];
	struct task_struct *result;
	struct completion started;
};

/* Who is to stop, and how it ended. */
static struct {
	struct task_struct *k;
	int err;
	struct completion done;
} kthread_stop_info;

/* One thread is stopped at a time. */
static DEFINE_MUTEX(kthread_stop_lock);

int kthread_should_stop(void)
{
	return kthread_stop_info.k == current;
}
EXPORT_SYMBOL(kthread_should_stop);

/*
 * Becomes a child of the idle task: whoever happened to need the thread must not
 * see it in wait4().  Nobody waits for it, so it goes by itself when it ends.
 */
static void leave_parent(void)
{
	write_lock_irq(&tasklist_lock);
	REMOVE_LINKS(current);
	current->real_parent = &init_task;
	current->parent = &init_task;
	current->exit_signal = -1;
	SET_LINKS(current);
	__set_special_pids(1, 1);
	write_unlock_irq(&tasklist_lock);
}

/* Whatever process it was made by, it has nothing to do with its memory and files. */
static void leave_resources(void)
{
	struct mm_struct *mm = current->mm;

	exit_files(current);
	current->files = init_task.files;
	atomic_inc(&current->files->count);
	exit_fs(current);
	current->fs = init_task.fs;
	atomic_inc(&current->fs->count);
	task_lock(current);
	current->mm = NULL;
	task_unlock(current);
	if (mm)
		mmput(mm);
	set_fs(KERNEL_DS);
}

static int kthread(void *_create)
{
	struct kthread_create_info *create = _create;
	int (*threadfn)(void *data) = create->threadfn;
	void *data = create->data;
	sigset_t blocked;
	int ret = -EINTR;

	leave_parent();
	leave_resources();
	sigfillset(&blocked);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	flush_signals(current);
	set_user_nice(current, -5);
	set_cpus_allowed(current, CPU_MASK_ALL);
	strlcpy(current->comm, create->name, sizeof(current->comm));
	create->result = current;
	__set_current_state(TASK_INTERRUPTIBLE);
	complete(&create->started);
	schedule();
	if (!kthread_should_stop())
		ret = threadfn(data);
	if (kthread_should_stop()) {
		kthread_stop_info.err = ret;
		complete(&kthread_stop_info.done);
	}
	return 0;
}

/**
 * kthread_create - make a thread of the kernel
 * @threadfn: what it does; returns when kthread_should_stop()
 * @data: for @threadfn
 * @namefmt: its name, for printf()
 *
 * It does not run before wake_up_process().  Returns the thread, or an error.
 */
struct task_struct *kthread_create(int (*threadfn)(void *data), void *data,
				   const char namefmt[], ...)
{
	struct kthread_create_info create = { .threadfn = threadfn, .data = data };
	va_list args;
	int pid;

	init_completion(&create.started);
	va_start(args, namefmt);
	vsnprintf(create.name, sizeof(create.name), namefmt, args);
	va_end(args);
	pid = kernel_thread(kthread, &create, CLONE_FS | CLONE_FILES | SIGCHLD);
	if (pid < 0)
		return ERR_PTR(pid);
	wait_for_completion(&create.started);
	return create.result;
}
EXPORT_SYMBOL(kthread_create);

/**
 * kthread_stop - tell a thread to stop, and wait until it has
 *
 * Returns what its function returned, or -EINTR if that never ran.
 */
int kthread_stop(struct task_struct *k)
{
	int ret;

	mutex_lock(&kthread_stop_lock);
	get_task_struct(k);
	init_completion(&kthread_stop_info.done);
	kthread_stop_info.k = k;
	wake_up_process(k);
	put_task_struct(k);
	wait_for_completion(&kthread_stop_info.done);
	kthread_stop_info.k = NULL;
	ret = kthread_stop_info.err;
	mutex_unlock(&kthread_stop_lock);
	return ret;
}
EXPORT_SYMBOL(kthread_stop);
