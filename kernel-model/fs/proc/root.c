// SPDX-License-Identifier: GPL-2.0-only
/* The top of /proc: tasks by number, and the tree of everything else. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/sched.h>
#include "internal.h"

struct proc_dir_entry *proc_net, *proc_net_stat, *proc_bus, *proc_root_fs, *proc_root_driver;
struct proc_dir_entry *proc_sys_root;

static struct super_block *proc_get_sb(struct file_system_type *fs_type, int flags,
				       const char *dev_name, void *data)
{
	return get_sb_single(fs_type, flags, data, proc_fill_super);
}

struct file_system_type proc_fs_type = {
	.name = "proc",
	.get_sb = proc_get_sb,
	.kill_sb = kill_anon_super,
};

static struct dentry *proc_root_lookup(struct inode *dir, struct dentry *dentry,
				       struct nameidata *nd)
{
	struct dentry *res = proc_lookup(dir, dentry, nd);

	if (!IS_ERR(res) || PTR_ERR(res) != -ENOENT)
		return res;
	return proc_pid_lookup(dir, dentry, nd);
}

/* Tasks come behind all entries. */
#define FIRST_PROCESS_ENTRY 256

static int proc_root_readdir(struct file *filp, void *dirent, filldir_t filldir)
{
	if (filp->f_pos < FIRST_PROCESS_ENTRY) {
		int error = proc_readdir(filp, dirent, filldir);

		if (error <= 0)
			return error;
		filp->f_pos = FIRST_PROCESS_ENTRY;
	}
	return proc_pid_readdir(filp, dirent, filldir);
}

static int proc_root_getattr(struct vfsmount *mnt, struct dentry *dentry, struct kstat *stat)
{
	generic_fillattr(dentry->d_inode, stat);
	stat->nlink = proc_root.nlink + nr_processes();
	return 0;
}

static const struct file_operations proc_root_operations = {
	.read = generic_read_dir,
	.readdir = proc_root_readdir,
};

static struct inode_operations proc_root_inode_operations = {
	.lookup = proc_root_lookup,
	.getattr = proc_root_getattr,
};

/* Never freed: it begins in use. */
struct proc_dir_entry proc_root = {
	.low_ino = PROC_ROOT_INO,
	.namelen = 5,
	.name = "/proc",
	.mode = S_IFDIR | S_IRUGO | S_IXUGO,
	.nlink = 2,
	.count = ATOMIC_INIT(1),
	.proc_iops = &proc_root_inode_operations,
	.proc_fops = &proc_root_operations,
	.parent = &proc_root,
};
EXPORT_SYMBOL(proc_root);

void __init proc_root_init(void)
{
	proc_init_inodecache();
	if (register_filesystem(&proc_fs_type))
		return;
	proc_mnt = kern_mount(&proc_fs_type);
	if (IS_ERR(proc_mnt)) {
		unregister_filesystem(&proc_fs_type);
		return;
	}
	proc_misc_init();
	proc_net = proc_mkdir("net", NULL);
	proc_net_stat = proc_mkdir("net/stat", NULL);
	proc_root_fs = proc_mkdir("fs", NULL);
	proc_root_driver = proc_mkdir("driver", NULL);
#ifdef CONFIG_SYSCTL
	proc_sys_root = proc_mkdir("sys", NULL);
#endif
	proc_bus = proc_mkdir("bus", NULL);
}
