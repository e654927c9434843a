// SPDX-License-Identifier: GPL-2.0-only
/* The names of slave terminals. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tty.h>

#define DEVPTS_SUPER_MAGIC 0x1cd1

static struct vfsmount *devpts_mnt;
static struct dentry *devpts_root;

static struct super_operations devpts_sops = {
	.statfs = simple_statfs,
	.drop_inode = generic_delete_inode,
};

static void set_times(struct inode *inode)
{
	inode->i_atime = CURRENT_TIME;
	inode->i_mtime = CURRENT_TIME;
	inode->i_ctime = CURRENT_TIME;
}

static int devpts_fill_super(struct super_block *s, void *data, int silent)
{
	struct inode *inode;

	s->s_blocksize = 1024;
	s->s_magic = DEVPTS_SUPER_MAGIC;
	s->s_op = &devpts_sops;
	inode = new_inode(s);
	if (!inode)
		return -ENOMEM;
	set_times(inode);
	inode->i_mode = S_IFDIR | S_IRUGO | S_IXUGO | S_IWUSR;
	inode->i_op = &simple_dir_inode_operations;
	inode->i_fop = &simple_dir_operations;
	inode->i_nlink = 2;
	s->s_root = d_alloc_root(inode);
	devpts_root = s->s_root;
	if (s->s_root)
		return 0;
	iput(inode);
	return -ENOMEM;
}

static struct super_block *devpts_get_sb(struct file_system_type *fs_type, int flags,
					 const char *dev_name, void *data)
{
	return get_sb_single(fs_type, flags, data, devpts_fill_super);
}

static struct file_system_type devpts_fs_type = {
	.name = "devpts",
	.get_sb = devpts_get_sb,
	.kill_sb = kill_litter_super,
};

/* The name of a slave, with the directory locked. */
static struct dentry *get_node(int num)
{
	char s[12];
	int len = scnprintf(s, sizeof(s), "%d", num);

	mutex_lock(&devpts_root->d_inode->i_mutex);
	return lookup_one_len(s, devpts_root, len);
}

/**
 * devpts_pty_new - a slave gets its name, which belongs to who opens the master
 */
int devpts_pty_new(struct tty_struct *tty)
{
	struct inode *inode = new_inode(devpts_mnt->mnt_sb);
	struct dentry *dentry;
	int err = 0;

	if (!inode)
		return -ENOMEM;
	set_times(inode);
	inode->i_uid = current->fsuid;
	inode->i_gid = current->fsgid;
	init_special_inode(inode, S_IFCHR | S_IRUSR | S_IWUSR,
			   MKDEV(UNIX98_PTY_SLAVE_MAJOR, tty->index));
	inode->u.generic_ip = tty;
	dentry = get_node(tty->index);
	if (IS_ERR(dentry)) {
		err = PTR_ERR(dentry);
		iput(inode);
	} else {
		d_instantiate(dentry, inode);
	}
	mutex_unlock(&devpts_root->d_inode->i_mutex);
	return err;
}

/* The slave of a number, while it has a name. */
struct tty_struct *devpts_get_tty(int number)
{
	struct dentry *dentry = get_node(number);
	struct tty_struct *tty = NULL;

	if (!IS_ERR(dentry)) {
		if (dentry->d_inode)
			tty = dentry->d_inode->u.generic_ip;
		dput(dentry);
	}
	mutex_unlock(&devpts_root->d_inode->i_mutex);
	return tty;
}

void devpts_pty_kill(int number)
{
	struct dentry *dentry = get_node(number);

	if (!IS_ERR(dentry)) {
		struct inode *inode = dentry->d_inode;

		if (inode) {
			inode->i_nlink--;
			inode->u.generic_ip = NULL;
			d_delete(dentry);
			dput(dentry);
		}
		dput(dentry);
	}
	mutex_unlock(&devpts_root->d_inode->i_mutex);
}

static int __init init_devpts_fs(void)
{
	int err = register_filesystem(&devpts_fs_type);

	if (err)
		return err;
	devpts_mnt = kern_mount(&devpts_fs_type);
	return IS_ERR(devpts_mnt) ? PTR_ERR(devpts_mnt) : 0;
}
fs_initcall(init_devpts_fs);
