/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SYSCTL_H
#define _LINUX_SYSCTL_H

#include <linux/list.h>
#include <linux/types.h>

struct file;
struct completion;
struct proc_dir_entry;
struct ctl_table;

#define CTL_ANY		-1
#define CTL_NONE	0

/* First names. */
enum {
	CTL_KERN = 1,
	CTL_VM = 2,
	CTL_NET = 3,
	CTL_PROC = 4,
	CTL_FS = 5,
	CTL_DEBUG = 6,
	CTL_DEV = 7,
};

typedef struct ctl_table ctl_table;
typedef int ctl_handler(ctl_table *table, int __user *name, int nlen, void __user *oldval,
			size_t __user *oldlenp, void __user *newval, size_t newlen,
			void **context);
typedef int proc_handler(ctl_table *ctl, int write, struct file *filp, void __user *buffer,
			 size_t *lenp, loff_t *ppos);

/**
 * struct ctl_table - a variable that can be read and set by name
 * @ctl_name: number among its siblings; 0 ends a table
 * @procname: name below /proc/sys
 * @data: the variable
 * @maxlen: its size in bytes
 * @mode: permissions
 * @child: of a directory
 * @proc_handler: makes text of it and back
 * @de: its entry in /proc/sys
 * @extra1: for the handler; proc_dointvec_minmax() looks for the least values
 * @extra2: and the greatest here
 */
struct ctl_table {
	int ctl_name;
	const char *procname;
	void *data;
	int maxlen;
	mode_t mode;
	ctl_table *child;
	proc_handler *proc_handler;
	ctl_handler *strategy;
	struct proc_dir_entry *de;
	void *extra1;
	void *extra2;
};

/**
 * struct ctl_table_header - a table that is registered
 * @ctl_entry: with root_table_header as head
 * @used: accesses that are under way
 * @unregistering: those who wait for the last access
 */
struct ctl_table_header {
	ctl_table *ctl_table;
	struct list_head ctl_entry;
	int used;
	struct completion *unregistering;
};

#ifdef CONFIG_SYSCTL
extern struct ctl_table_header root_table_header;

struct ctl_table_header *register_sysctl_table(ctl_table *table, int insert_at_head);
void unregister_sysctl_table(struct ctl_table_header *table);
void sysctl_init(void);
#else
static inline struct ctl_table_header *register_sysctl_table(ctl_table *table, int insert_at_head)
{
	return NULL;
}

static inline void unregister_sysctl_table(struct ctl_table_header *table)
{
}

static inline void sysctl_init(void)
{
}
#endif

int proc_dostring(ctl_table *table, int write, struct file *filp, void __user *buffer,
		  size_t *lenp, loff_t *ppos);
int proc_dointvec(ctl_table *table, int write, struct file *filp, void __user *buffer,
		  size_t *lenp, loff_t *ppos);
int proc_dointvec_minmax(ctl_table *table, int write, struct file *filp, void __user *buffer,
			 size_t *lenp, loff_t *ppos);
int proc_dointvec_jiffies(ctl_table *table, int write, struct file *filp, void __user *buffer,
			  size_t *lenp, loff_t *ppos);
int proc_doulongvec_minmax(ctl_table *table, int write, struct file *filp, void __user *buffer,
			   size_t *lenp, loff_t *ppos);

#endif /* _LINUX_SYSCTL_H */
