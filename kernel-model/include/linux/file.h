/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FILE_H
#define _LINUX_FILE_H

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/posix_types.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

struct file;
struct task_struct;

#define NR_OPEN_DEFAULT	BITS_PER_LONG
#define NR_OPEN		(1024 * 1024)

/**
 * struct fdtable - descriptors of a process; grows by being replaced
 * @max_fds: length of @fd
 * @max_fdset: bits in @close_on_exec and @open_fds
 */
struct fdtable {
	unsigned int max_fds;
	int max_fdset;
	struct file **fd;
	fd_set *close_on_exec;
	fd_set *open_fds;
	struct rcu_head rcu;
};

/**
 * struct files_struct - what tasks with CLONE_FILES share
 */
struct files_struct {
	atomic_t count;
	struct fdtable *fdt;
	struct fdtable fdtab;
	fd_set close_on_exec_init;
	fd_set open_fds_init;
	struct file *fd_array[NR_OPEN_DEFAULT];
	spinlock_t file_lock;	/* all of this but count */
	int next_fd;
};

#define INIT_FDTABLE(files) {			\
	.max_fds = NR_OPEN_DEFAULT,		\
	.max_fdset = __FD_SETSIZE,		\
	.fd = &(files).fd_array[0],		\
	.close_on_exec = &(files).close_on_exec_init, \
	.open_fds = &(files).open_fds_init,	\
}

#define INIT_FILES(files) {			\
	.count = ATOMIC_INIT(1),		\
	.fdt = &(files).fdtab,			\
	.fdtab = INIT_FDTABLE((files)),		\
}

#define files_fdtable(files) rcu_dereference((files)->fdt)

extern struct kmem_cache *files_cachep;

struct file *fget(unsigned int fd);
void fput(struct file *file);
void put_filp(struct file *file);
int get_unused_fd(void);
void put_unused_fd(unsigned int fd);
void fd_install(unsigned int fd, struct file *file);
void set_close_on_exec(unsigned int fd, int flag);

int locate_fd(struct files_struct *files, unsigned int start);
void flush_old_files(struct files_struct *files);
int expand_fdtable(struct files_struct *files, int nr);
int expand_files(struct files_struct *files, int nr);
struct files_struct *dup_fd(struct files_struct *oldf, int *errorp);
struct files_struct *get_files_struct(struct task_struct *task);
void put_files_struct(struct files_struct *files);
void exit_files(struct task_struct *tsk);
int unshare_files(void);

/* Where the caller has the files to itself, or holds file_lock. */
static inline struct file *fcheck_files(struct files_struct *files, unsigned int fd)
{
	struct fdtable *fdt = files_fdtable(files);

	return fd < fdt->max_fds ? rcu_dereference(fdt->fd[fd]) : NULL;
}

#define fcheck(fd) fcheck_files(current->files, (fd))

#endif /* _LINUX_FILE_H */
