/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PROC_FS_H
#define _LINUX_PROC_FS_H

#include <linux/fs.h>
#include <linux/slab.h>

#define PROC_ROOT_INO 1
#define PROC_SUPER_MAGIC 0x9fa0

struct proc_dir_entry;
struct ctl_table;
struct task_struct;

typedef int (read_proc_t)(char *page, char **start, off_t off, int count, int *eof, void *data);
typedef int (write_proc_t)(struct file *file, const char __user *buffer, unsigned long count,
			   void *data);
typedef int (get_info_t)(char *page, char **start, off_t off, int count);

/**
 * struct proc_dir_entry - a name below /proc that is not a task's
 * @subdir: the first entry, of a directory; its siblings follow by @next
 * @proc_fops: what its file does; the default calls @read_proc and @write_proc
 * @count: inodes that use it
 * @deleted: removed, but still in use
 */
struct proc_dir_entry {
	unsigned int low_ino;
	unsigned short namelen;
	const char *name;
	mode_t mode;
	nlink_t nlink;
	uid_t uid;
	gid_t gid;
	unsigned long size;
	struct inode_operations *proc_iops;
	const struct file_operations *proc_fops;
	get_info_t *get_info;
	struct module *owner;
	struct proc_dir_entry *next, *parent, *subdir;
	void *data;
	read_proc_t *read_proc;
	write_proc_t *write_proc;
	atomic_t count;
	int deleted;
};

struct proc_inode {
	struct task_struct *task;
	int type;
	int fd;
	struct proc_dir_entry *pde;
	struct inode vfs_inode;
};

static inline struct proc_inode *PROC_I(const struct inode *inode)
{
	return container_of(inode, struct proc_inode, vfs_inode);
}

static inline struct proc_dir_entry *PDE(const struct inode *inode)
{
	return PROC_I(inode)->pde;
}

#ifdef CONFIG_PROC_FS

extern struct proc_dir_entry proc_root;
extern struct proc_dir_entry *proc_net;
extern struct proc_dir_entry *proc_net_stat;
extern struct proc_dir_entry *proc_root_fs;
extern struct proc_dir_entry *proc_bus;
extern struct proc_dir_entry *proc_root_driver;
extern struct proc_dir_entry *proc_sys_root;
extern struct vfsmount *proc_mnt;

void proc_root_init(void);
struct proc_dir_entry *create_proc_entry(const char *name, mode_t mode,
					 struct proc_dir_entry *parent);
void remove_proc_entry(const char *name, struct proc_dir_entry *parent);
struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent);
struct proc_dir_entry *proc_symlink(const char *name, struct proc_dir_entry *parent,
				    const char *dest);

static inline struct proc_dir_entry *
create_proc_read_entry(const char *name, mode_t mode, struct proc_dir_entry *base,
		       read_proc_t *read_proc, void *data)
{
	struct proc_dir_entry *res = create_proc_entry(name, mode, base);

	if (res) {
		res->read_proc = read_proc;
		res->data = data;
	}
	return res;
}

static inline struct proc_dir_entry *
create_proc_info_entry(const char *name, mode_t mode, struct proc_dir_entry *base,
		       get_info_t *get_info)
{
	struct proc_dir_entry *res = create_proc_entry(name, mode, base);

	if (res)
		res->get_info = get_info;
	return res;
}

static inline struct proc_dir_entry *proc_net_fops_create(const char *name, mode_t mode,
							  const struct file_operations *fops)
{
	struct proc_dir_entry *res = create_proc_entry(name, mode, proc_net);

	if (res)
		res->proc_fops = fops;
	return res;
}

static inline void proc_net_remove(const char *name)
{
	remove_proc_entry(name, proc_net);
}

void proc_flush_task(struct task_struct *task);

#else

#define proc_net	((struct proc_dir_entry *)NULL)
#define proc_net_stat	((struct proc_dir_entry *)NULL)

static inline void proc_root_init(void)
{
}

static inline void proc_flush_task(struct task_struct *task)
{
}

static inline struct proc_dir_entry *create_proc_entry(const char *name, mode_t mode,
						       struct proc_dir_entry *parent)
{
	return NULL;
}

static inline void remove_proc_entry(const char *name, struct proc_dir_entry *parent)
{
}

static inline struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent)
{
	return NULL;
}

static inline struct proc_dir_entry *proc_symlink(const char *name, struct proc_dir_entry *parent,
						  const char *dest)
{
	return NULL;
}

static inline struct proc_dir_entry *
create_proc_read_entry(const char *name, mode_t mode, struct proc_dir_entry *base,
		       read_proc_t *read_proc, void *data)
{
	return NULL;
}

static inline struct proc_dir_entry *
create_proc_info_entry(const char *name, mode_t mode, struct proc_dir_entry *base,
		       get_info_t *get_info)
{
	return NULL;
}

static inline struct proc_dir_entry *proc_net_fops_create(const char *name, mode_t mode,
							  const struct file_operations *fops)
{
	return NULL;
}

static inline void proc_net_remove(const char *name)
{
}

#endif /* CONFIG_PROC_FS */

#endif /* _LINUX_PROC_FS_H */
