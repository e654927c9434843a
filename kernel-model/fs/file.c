// SPDX-License-Identifier: GPL-2.0-only
/* Tables of descriptors. */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>

static void free_fd_array(struct file **array, int num)
{
	/* The first array is part of the files_struct. */
	if (num > NR_OPEN_DEFAULT)
		kfree(array);
}

static fd_set *alloc_fdset(int num)
{
	return kzalloc(num / 8, GFP_KERNEL);
}

static void free_fdset(fd_set *set, int num)
{
	/* So are the first sets. */
	if (num > __FD_SETSIZE)
		kfree(set);
}

static void free_fdtable_rcu(struct rcu_head *rcu)
{
	struct fdtable *fdt = container_of(rcu, struct fdtable, rcu);

	free_fd_array(fdt->fd, fdt->max_fds);
	free_fdset(fdt->open_fds, fdt->max_fdset);
	free_fdset(fdt->close_on_exec, fdt->max_fdset);
	kfree(fdt);
}

static void copy_fdtable(struct fdtable *nfdt, const struct fdtable *fdt)
{
	memcpy(nfdt->open_fds, fdt->open_fds, fdt->max_fdset / 8);
	memcpy(nfdt->close_on_exec, fdt->close_on_exec, fdt->max_fdset / 8);
	memcpy(nfdt->fd, fdt->fd, fdt->max_fds * sizeof(struct file *));
}

/* A table with room for descriptor @nr, and sets of the next size. */
static struct fdtable *alloc_fdtable(int nr)
{
	struct fdtable *fdt = kzalloc(sizeof(*fdt), GFP_KERNEL);
	fd_set *open_fds = NULL, *close_on_exec = NULL;
	int nfds = 2 * __FD_SETSIZE;

	if (!fdt)
		return NULL;
	while (nfds <= nr)
		nfds *= 2;
	open_fds = alloc_fdset(nfds);
	close_on_exec = alloc_fdset(nfds);
	if (!open_fds || !close_on_exec)
		goto out;
	fdt->max_fdset = nfds;
	fdt->open_fds = open_fds;
	fdt->close_on_exec = close_on_exec;
	nfds = NR_OPEN_DEFAULT;
	while (nfds <= nr)
		nfds *= 2;
	fdt->fd = kcalloc(nfds, sizeof(struct file *), GFP_KERNEL);
	if (!fdt->fd)
		goto out;
	fdt->max_fds = nfds;
	return fdt;
out:
	free_fdset(open_fds, nfds);
	free_fdset(close_on_exec, nfds);
	kfree(fdt);
	return NULL;
}

/* Called with file_lock held, which is dropped to allocate. */
int expand_fdtable(struct files_struct *files, int nr)
{
	struct fdtable *fdt, *nfdt;

	spin_unlock(&files->file_lock);
	nfdt = alloc_fdtable(nr);
	spin_lock(&files->file_lock);
	if (!nfdt)
		return -ENOMEM;
	fdt = files_fdtable(files);
	if (nr < fdt->max_fds && nr < fdt->max_fdset) {
		/* Somebody else was faster. */
		free_fdtable_rcu(&nfdt->rcu);
		return 1;
	}
	copy_fdtable(nfdt, fdt);
	rcu_assign_pointer(files->fdt, nfdt);
	if (fdt != &files->fdtab)
		call_rcu(&fdt->rcu, free_fdtable_rcu);
	return 1;
}

/**
 * expand_files - make room for a descriptor
 * @nr: its number
 *
 * With file_lock held, which may be dropped in between.  Returns 0, 1 when the
 * table is a new one, or an error.
 */
int expand_files(struct files_struct *files, int nr)
{
	struct fdtable *fdt = files_fdtable(files);

	if (nr < fdt->max_fdset && nr < fdt->max_fds)
		return 0;
	if (nr >= NR_OPEN || nr >= current->signal->rlim[RLIMIT_NOFILE].rlim_cur)
		return -EMFILE;
	return expand_fdtable(files, nr);
}

/* The lowest free descriptor from @start on, marked as used.  With file_lock held. */
int locate_fd(struct files_struct *files, unsigned int start)
{
	struct fdtable *fdt;
	unsigned int fd;
	int error;

	do {
		fdt = files_fdtable(files);
		fd = find_next_zero_bit(fdt->open_fds->fds_bits, fdt->max_fdset,
					max_t(unsigned int, start, files->next_fd));
		if (fd >= current->signal->rlim[RLIMIT_NOFILE].rlim_cur)
			return -EMFILE;
		error = expand_files(files, fd);
		if (error < 0)
			return error;
	} while (error);
	FD_SET(fd, fdt->open_fds);
	FD_CLR(fd, fdt->close_on_exec);
	if (start <= files->next_fd)
		files->next_fd = fd + 1;
	return fd;
}

int get_unused_fd(void)
{
	struct files_struct *files = current->files;
	int fd;

	spin_lock(&files->file_lock);
	fd = locate_fd(files, 0);
	spin_unlock(&files->file_lock);
	return fd;
}
EXPORT_SYMBOL(get_unused_fd);

static void __put_unused_fd(struct files_struct *files, unsigned int fd)
{
	FD_CLR(fd, files_fdtable(files)->open_fds);
	if (fd < files->next_fd)
		files->next_fd = fd;
}

void put_unused_fd(unsigned int fd)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	__put_unused_fd(files, fd);
	spin_unlock(&files->file_lock);
}
EXPORT_SYMBOL(put_unused_fd);

/**
 * fd_install - from here on, user mode can use the descriptor
 * @file: its reference is taken over
 */
void fd_install(unsigned int fd, struct file *file)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	BUG_ON(files_fdtable(files)->fd[fd]);
	rcu_assign_pointer(files_fdtable(files)->fd[fd], file);
	spin_unlock(&files->file_lock);
}
EXPORT_SYMBOL(fd_install);

void set_close_on_exec(unsigned int fd, int flag)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	if (flag)
		FD_SET(fd, files_fdtable(files)->close_on_exec);
	else
		FD_CLR(fd, files_fdtable(files)->close_on_exec);
	spin_unlock(&files->file_lock);
}

static struct file *take_file(struct files_struct *files, unsigned int fd)
{
	struct fdtable *fdt = files_fdtable(files);
	struct file *filp;

	if (fd >= fdt->max_fds)
		return NULL;
	filp = fdt->fd[fd];
	if (!filp)
		return NULL;
	rcu_assign_pointer(fdt->fd[fd], NULL);
	FD_CLR(fd, fdt->close_on_exec);
	__put_unused_fd(files, fd);
	return filp;
}

asmlinkage long sys_close(unsigned int fd)
{
	struct files_struct *files = current->files;
	struct file *filp;

	spin_lock(&files->file_lock);
	filp = take_file(files, fd);
	spin_unlock(&files->file_lock);
	return filp ? filp_close(filp, files) : -EBADF;
}

/**
 * get_files_struct - another task's table, with a reference, or NULL
 */
struct files_struct *get_files_struct(struct task_struct *task)
{
	struct files_struct *files;

	task_lock(task);
	files = task->files;
	if (files)
		atomic_inc(&files->count);
	task_unlock(task);
	return files;
}

void put_files_struct(struct files_struct *files)
{
	struct fdtable *fdt = files_fdtable(files);
	unsigned int i;

	if (!atomic_dec_and_test(&files->count))
		return;
	for (i = 0; i < fdt->max_fds; i++)
		if (fdt->fd[i])
			filp_close(xchg(&fdt->fd[i], NULL), files);
	if (fdt != &files->fdtab)
		free_fdtable_rcu(&fdt->rcu);
	kmem_cache_free(files_cachep, files);
}

void exit_files(struct task_struct *tsk)
{
	struct files_struct *files = tsk->files;

	if (!files)
		return;
	task_lock(tsk);
	tsk->files = NULL;
	task_unlock(tsk);
	put_files_struct(files);
}

/* Descriptors that a new program does not inherit. */
void flush_old_files(struct files_struct *files)
{
	struct fdtable *fdt = files_fdtable(files);
	unsigned int i;

	for (i = 0; i < fdt->max_fds; i++) {
		struct file *filp = NULL;

		spin_lock(&files->file_lock);
		if (FD_ISSET(i, fdt->close_on_exec))
			filp = take_file(files, i);
		spin_unlock(&files->file_lock);
		if (filp)
			filp_close(filp, files);
	}
}
