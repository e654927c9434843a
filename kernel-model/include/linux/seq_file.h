/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

#include <linux/types.h>
#include <linux/mutex.h>

struct seq_operations;
struct file;
struct inode;
struct vfsmount;
struct dentry;

/**
 * struct seq_file - a text that is made record by record while it is read
 * @buf: the records that have been made
 * @size: room there
 * @from: where the bytes begin that have not been read
 * @count: how many these are
 * @index: number of the next record
 * @private: for the one who makes the records
 */
struct seq_file {
	char *buf;
	size_t size;
	size_t from;
	size_t count;
	loff_t index;
	loff_t version;
	struct mutex lock;	/* one reader at a time */
	struct seq_operations *op;
	void *private;
};

struct seq_operations {
	void *(*start)(struct seq_file *m, loff_t *pos);
	void (*stop)(struct seq_file *m, void *v);
	void *(*next)(struct seq_file *m, void *v, loff_t *pos);
	int (*show)(struct seq_file *m, void *v);
};

#define SEQ_START_TOKEN ((void *)1)

int seq_open(struct file *file, struct seq_operations *op);
ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos);
loff_t seq_lseek(struct file *file, loff_t offset, int origin);
int seq_release(struct inode *inode, struct file *file);
int seq_release_private(struct inode *inode, struct file *file);
int seq_escape(struct seq_file *m, const char *s, const char *esc);
int seq_putc(struct seq_file *m, char c);
int seq_puts(struct seq_file *m, const char *s);
int seq_printf(struct seq_file *m, const char *fmt, ...) __printf(2, 3);
int seq_path(struct seq_file *m, struct vfsmount *mnt, struct dentry *dentry, char *esc);
int single_open(struct file *file, int (*show)(struct seq_file *m, void *v), void *data);
int single_release(struct inode *inode, struct file *file);

#endif /* _LINUX_SEQ_FILE_H */
