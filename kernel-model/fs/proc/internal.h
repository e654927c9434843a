/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _PROC_INTERNAL_H
#define _PROC_INTERNAL_H

#include <linux/proc_fs.h>

/*
 * Numbers of inodes: entries of the tree are from PROC_DYNAMIC_FIRST on, those
 * of tasks have the pid above 16 bits.
 */
#define PROC_DYNAMIC_FIRST	0xF0000000UL
#define fake_ino(pid, ino)	(((pid) << 16) | (ino))

int proc_init_inodecache(void);
void proc_misc_init(void);
void free_proc_entry(struct proc_dir_entry *de);
struct inode *proc_get_inode(struct super_block *sb, unsigned int ino, struct proc_dir_entry *de);
struct dentry *proc_lookup(struct inode *dir, struct dentry *dentry, struct nameidata *nd);
int proc_readdir(struct file *filp, void *dirent, filldir_t filldir);
struct dentry *proc_pid_lookup(struct inode *dir, struct dentry *dentry, struct nameidata *nd);
int proc_pid_readdir(struct file *filp, void *dirent, filldir_t filldir);
int proc_fill_super(struct super_block *s, void *data, int silent);

extern struct file_system_type proc_fs_type;
extern const struct file_operations proc_file_operations;

/* array.c: the files of a task as text */
int proc_pid_status(struct task_struct *task, char *buffer);
int proc_pid_stat(struct task_struct *task, char *buffer);
int proc_pid_statm(struct task_struct *task, char *buffer);

#endif /* _PROC_INTERNAL_H */
