// SPDX-License-Identifier: GPL-2.0-only
/* Running programs: from a file to a format that knows what to do with it. */
#include <linux/binfmts.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

char core_pattern[CORENAME_MAX_SIZE] = "core";
int core_uses_pid;

static struct linux_binfmt *formats;
static DEFINE_RWLOCK(binfmt_lock);

/**
 * register_binfmt - a new format, which is asked before the older ones
 */
int register_binfmt(struct linux_binfmt *fmt)
{
	struct linux_binfmt *p;

	write_lock(&binfmt_lock);
	for (p = formats; p && p != fmt; p = p->next)
		;
	if (!p) {
		fmt->next = formats;
		formats = fmt;
	}
	write_unlock(&binfmt_lock);
	return p ? -EBUSY : 0;
}
EXPORT_SYMBOL(register_binfmt);

static struct file *open_exec(const char *name)
{
	struct nameidata nd;
	struct file *file;
	int err = path_lookup(name, LOOKUP_FOLLOW | LOOKUP_OPEN, &nd);

	if (err)
		return ERR_PTR(err);
	err = -EACCES;
	if (!S_ISREG(nd.dentry->d_inode->i_mode) || (nd.mnt->mnt_flags & MNT_NOEXEC))
		goto out;
	err = vfs_permission(&nd, MAY_EXEC);
	if (err)
		goto out;
	file = dentry_open(nd.dentry, nd.mnt, O_RDONLY);
	if (IS_ERR(file))
		return file;
	/* Nobody writes to a program that runs. */
	err = deny_write_access(file);
	if (!err)
		return file;
	fput(file);
	return ERR_PTR(err);
out:
	path_release(&nd);
	return ERR_PTR(err);
}

static int kernel_read(struct file *file, char *addr, unsigned long count)
{
	mm_segment_t old_fs = get_fs();
	loff_t pos = 0;
	int result;

	set_fs(KERNEL_DS);
	result = vfs_read(file, (char __force __user *)addr, count, &pos);
	set_fs(old_fs);
	return result;
}

/* Whose rights the program runs with, and how it begins. */
static int prepare_binprm(struct linux_binprm *bprm)
{
	struct inode *inode = bprm->file->f_dentry->d_inode;
	int err;

	bprm->e_uid = current->euid;
	bprm->e_gid = current->egid;
	if (!(bprm->file->f_vfsmnt->mnt_flags & MNT_NOSUID)) {
		if (inode->i_mode & S_ISUID)
			bprm->e_uid = inode->i_uid;
		if ((inode->i_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP))
			bprm->e_gid = inode->i_gid;
	}
	memset(bprm->buf, 0, BINPRM_BUF_SIZE);
	err = kernel_read(bprm->file, bprm->buf, BINPRM_BUF_SIZE - 1);
	return err < 0 ? err : 0;
}

/**
 * bprm_add_arg - one more word behind the others
 */
int bprm_add_arg(struct linux_binprm *bprm, const char *arg)
{
	unsigned long len = strlen(arg) + 1;

	if (bprm->args_len + len > PAGE_SIZE)
		return -E2BIG;
	memcpy(bprm->args + bprm->args_len, arg, len);
	bprm->args_len += len;
	bprm->argc++;
	return 0;
}

static int copy_args(struct linux_binprm *bprm, char __user *__user *argv)
{
	char *word;
	int err;

	for (; argv; argv++) {
		char __user *p;

		if (copy_from_user(&p, argv, sizeof(p)))
			return -EFAULT;
		if (!p)
			break;
		word = getname(p);
		/* Only getname() minds an empty word. */
		if (IS_ERR(word) && PTR_ERR(word) != -ENOENT)
			return PTR_ERR(word);
		err = bprm_add_arg(bprm, IS_ERR(word) ? "" : word);
		if (!IS_ERR(word))
			putname(word);
		if (err)
			return err;
	}
	return 0;
}

/* Other threads end, and this one no longer shares handlers. */
static int de_thread(struct task_struct *tsk)
{
	struct sighand_struct *oldsighand = tsk->sighand, *newsighand;
	struct signal_struct *sig = tsk->signal;

	if (!thread_group_empty(tsk)) {
		spin_lock_irq(&oldsighand->siglock);
		if (sig->flags & SIGNAL_GROUP_EXIT) {
			spin_unlock_irq(&oldsighand->siglock);
			return -EAGAIN;
		}
		zap_other_threads(tsk);
		sig->group_exit_task = tsk;
		sig->notify_count = 1 + !thread_group_leader(tsk);
		while (atomic_read(&sig->count) > sig->notify_count) {
			__set_current_state(TASK_UNINTERRUPTIBLE);
			spin_unlock_irq(&oldsighand->siglock);
			schedule();
			spin_lock_irq(&oldsighand->siglock);
		}
		sig->group_exit_task = NULL;
		sig->notify_count = 0;
		spin_unlock_irq(&oldsighand->siglock);
		if (!thread_group_leader(tsk))
			take_over_process(tsk);
		sig->flags = 0;
	}
	if (atomic_read(&oldsighand->count) == 1)
		return 0;
	newsighand = kmem_cache_alloc(sighand_cachep, GFP_KERNEL);
	if (!newsighand)
		return -ENOMEM;
	spin_lock_init(&newsighand->siglock);
	atomic_set(&newsighand->count, 1);
	memcpy(newsighand->action, oldsighand->action, sizeof(newsighand->action));
	write_lock_irq(&tasklist_lock);
	tsk->sighand = newsighand;
	write_unlock_irq(&tasklist_lock);
	__cleanup_sighand(oldsighand);
	return 0;
}

static void set_comm(const char *filename)
{
	const char *base = strrchr(filename, '/');

	task_lock(current);
	strlcpy(current->comm, base ? base + 1 : filename, sizeof(current->comm));
	task_unlock(current);
}

/* The old address space goes; a parent that waits in vfork() wakes. */
static int exec_mmap(void)
{
	struct mm_struct *mm = mm_alloc(), *old_mm = current->mm;

	if (!mm)
		return -ENOMEM;
	mm_release(current, old_mm);
	task_lock(current);
	current->mm = mm;
	current->active_mm = mm;
	task_unlock(current);
	if (old_mm)
		mmput(old_mm);
	return 0;
}

static void compute_creds(struct linux_binprm *bprm)
{
	current->suid = bprm->e_uid;
	current->euid = bprm->e_uid;
	current->fsuid = bprm->e_uid;
	current->sgid = bprm->e_gid;
	current->egid = bprm->e_gid;
	current->fsgid = bprm->e_gid;
	cap_exec();
}

/**
 * flush_old_exec - the point of no return: the old program is forgotten
 *
 * The current task gets empty memory.
 */
int flush_old_exec(struct linux_binprm *bprm)
{
	int retval = de_thread(current);

	if (!retval)
		retval = unshare_files();
	if (!retval)
		retval = exec_mmap();
	if (retval)
		return retval;
	set_comm(bprm->filename);
	compute_creds(bprm);
	flush_signal_handlers(current, 0);
	flush_old_files(current->files);
	current->flags &= ~PF_FORKNOEXEC;
	current->did_exec = 1;
	current->self_exec_id++;
	/* An uncommon signal at its end was for the old program's parent. */
	current->exit_signal = SIGCHLD;
	return 0;
}
EXPORT_SYMBOL(flush_old_exec);

/**
 * search_binary_handler - the format that runs a program
 *
 * Returns -ENOEXEC when there is none.
 */
int search_binary_handler(struct linux_binprm *bprm)
{
	struct linux_binfmt *fmt;
	int retval = -ENOEXEC;

	read_lock(&binfmt_lock);
	for (fmt = formats; fmt && retval == -ENOEXEC; fmt = fmt->next) {
		read_unlock(&binfmt_lock);
		retval = fmt->load_binary(bprm);
		read_lock(&binfmt_lock);
	}
	read_unlock(&binfmt_lock);
	return retval;
}
EXPORT_SYMBOL(search_binary_handler);

static void close_exec(struct file *file)
{
	allow_write_access(file);
	fput(file);
}

/**
 * bprm_change_interp - a script names another program, which runs instead
 */
int bprm_change_interp(struct linux_binprm *bprm, const char *interp)
{
	struct file *file = open_exec(interp);

	if (IS_ERR(file))
		return PTR_ERR(file);
	close_exec(bprm->file);
	bprm->file = file;
	return prepare_binprm(bprm);
}

static int do_execve(const char *filename, char __user *__user *argv)
{
	struct linux_binprm bprm = { .filename = filename };
	int retval;

	bprm.file = open_exec(filename);
	if (IS_ERR(bprm.file))
		return PTR_ERR(bprm.file);
	retval = -ENOMEM;
	bprm.args = (char *)__get_free_page(GFP_KERNEL);
	if (!bprm.args)
		goto out;
	retval = prepare_binprm(&bprm);
	if (!retval)
		retval = copy_args(&bprm, argv);
	if (!retval)
		retval = search_binary_handler(&bprm);
	free_page((unsigned long)bprm.args);
out:
	close_exec(bprm.file);
	return retval;
}

asmlinkage long sys_execve(const char __user *filename, char __user *__user *argv,
			   char __user *__user *envp)
{
	char *name = getname(filename);
	int error;

	if (IS_ERR(name))
		return PTR_ERR(name);
	error = do_execve(name, argv);
	putname(name);
	return error;
}
