// SPDX-License-Identifier: GPL-2.0-only
/* The directories of tasks. */
#include <linux/fs.h>
#include <linux/ctype.h>
#include <linux/file.h>
#include <linux/fs_struct.h>
#include <linux/mm.h>
#include <linux/namespace.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "internal.h"

/* Numbers of inodes in a task's directory; descriptors have theirs from PROC_FD_INO on. */
enum { PROC_SELF_INO = 2, PROC_DIR_INO = 3, PROC_ENTRY_INO = 4, PROC_FD_INO = 0x8000 };

struct pid_entry {
	const char *name;
	mode_t mode;
	int (*read)(struct task_struct *task, char *page);
	int (*link)(struct task_struct *task, struct vfsmount **mnt, struct dentry **dentry);
	struct inode_operations *iop;
	const struct file_operations *fop;
};

static struct task_struct *proc_task(const struct inode *inode)
{
	return PROC_I(inode)->task;
}

/* What others do not have to know of a task. */
static int may_look(struct task_struct *task)
{
	if (task == current || (current->uid == task->euid && current->uid == task->suid &&
				current->uid == task->uid))
		return 1;
	return capable(CAP_SYS_PTRACE);
}

static struct inode *proc_pid_make_inode(struct super_block *sb, struct task_struct *task,
					 unsigned int ino, mode_t mode)
{
	struct inode *inode;

	if (!pid_alive(task))
		return NULL;
	inode = new_inode(sb);
	if (!inode)
		return NULL;
	inode->i_atime = CURRENT_TIME;
	inode->i_mtime = CURRENT_TIME;
	inode->i_ctime = CURRENT_TIME;
	inode->i_ino = fake_ino(task->pid, ino);
	inode->i_mode = mode;
	if (S_ISDIR(mode))
		inode->i_nlink = 2;
	get_task_struct(task);
	PROC_I(inode)->task = task;
	PROC_I(inode)->type = ino;
	inode->i_uid = task->euid;
	inode->i_gid = task->egid;
	return inode;
}

/* As long as the task lives; its owner may change. */
static int pid_revalidate(struct dentry *dentry, struct nameidata *nd)
{
	struct inode *inode = dentry->d_inode;
	struct task_struct *task = proc_task(inode);

	if (pid_alive(task)) {
		inode->i_uid = task->euid;
		inode->i_gid = task->egid;
		return 1;
	}
	d_drop(dentry);
	return 0;
}

static int pid_delete_dentry(struct dentry *dentry)
{
	return !pid_alive(proc_task(dentry->d_inode));
}

static struct dentry_operations pid_dentry_operations = {
	.d_revalidate = pid_revalidate,
	.d_delete = pid_delete_dentry,
};

static int proc_pid_cmdline(struct task_struct *task, char *buffer)
{
	struct mm_struct *mm = get_task_mm(task);
	unsigned long len;
	int res = 0;

	if (!mm)
		return 0;
	len = min(mm->arg_end - mm->arg_start, PAGE_SIZE);
	if (len)
		res = access_process_vm(task, mm->arg_start, buffer, len, 0);
	mmput(mm);
	return res;
}

static int proc_fs_link(struct task_struct *task, struct vfsmount **mnt, struct dentry **dentry,
			int root)
{
	struct fs_struct *fs;

	task_lock(task);
	fs = task->fs;
	if (fs)
		atomic_inc(&fs->count);
	task_unlock(task);
	if (!fs)
		return -ENOENT;
	read_lock(&fs->lock);
	*mnt = mntget(root ? fs->rootmnt : fs->pwdmnt);
	*dentry = dget(root ? fs->root : fs->pwd);
	read_unlock(&fs->lock);
	put_fs_struct(fs);
	return 0;
}

static int proc_cwd_link(struct task_struct *task, struct vfsmount **mnt, struct dentry **dentry)
{
	return proc_fs_link(task, mnt, dentry, 0);
}

static int proc_root_link(struct task_struct *task, struct vfsmount **mnt, struct dentry **dentry)
{
	return proc_fs_link(task, mnt, dentry, 1);
}

/* The program is the first file that may be executed from memory. */
static int proc_exe_link(struct task_struct *task, struct vfsmount **mnt, struct dentry **dentry)
{
	struct mm_struct *mm = get_task_mm(task);
	struct vm_area_struct *vma;
	int res = -ENOENT;

	if (!mm)
		return res;
	down_read(&mm->mmap_sem);
	for (vma = mm->mmap; vma && !(vma->vm_file && (vma->vm_flags & VM_EXEC));
	     vma = vma->vm_next)
		;
	if (vma) {
		*mnt = mntget(vma->vm_file->f_vfsmnt);
		*dentry = dget(vma->vm_file->f_dentry);
		res = 0;
	}
	up_read(&mm->mmap_sem);
	mmput(mm);
	return res;
}

static int show_maps(struct seq_file *m, void *v)
{
	struct mm_struct *mm = get_task_mm(m->private);
	struct vm_area_struct *vma;

	if (!mm)
		return 0;
	down_read(&mm->mmap_sem);
	for (vma = mm->mmap; vma; vma = vma->vm_next) {
		struct inode *inode = vma->vm_file ? vma->vm_file->f_dentry->d_inode : NULL;
		dev_t dev = inode ? inode->i_sb->s_dev : 0;

		seq_printf(m, "%08lx-%08lx %c%c%c%c %08lx %02x:%02x %lu", vma->vm_start,
			   vma->vm_end, vma->vm_flags & VM_READ ? 'r' : '-',
			   vma->vm_flags & VM_WRITE ? 'w' : '-',
			   vma->vm_flags & VM_EXEC ? 'x' : '-',
			   vma->vm_flags & VM_SHARED ? 's' : 'p', vma->vm_pgoff << PAGE_SHIFT,
			   MAJOR(dev), MINOR(dev), inode ? inode->i_ino : 0);
		if (inode) {
			seq_putc(m, '\t');
			seq_path(m, vma->vm_file->f_vfsmnt, vma->vm_file->f_dentry, "\n");
		}
		seq_putc(m, '\n');
	}
	up_read(&mm->mmap_sem);
	mmput(mm);
	return 0;
}

static int maps_open(struct inode *inode, struct file *file)
{
	return single_open(file, show_maps, proc_task(inode));
}

static const struct file_operations proc_maps_operations = {
	.open = maps_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static int mounts_open(struct inode *inode, struct file *file)
{
	struct task_struct *task = proc_task(inode);
	struct namespace *namespace;
	int ret;

	task_lock(task);
	namespace = task->namespace;
	if (namespace)
		get_namespace(namespace);
	task_unlock(task);
	if (!namespace)
		return -EINVAL;
	ret = seq_open(file, &mounts_op);
	if (ret)
		put_namespace(namespace);
	else
		((struct seq_file *)file->private_data)->private = namespace;
	return ret;
}

static int mounts_release(struct inode *inode, struct file *file)
{
	put_namespace(((struct seq_file *)file->private_data)->private);
	return seq_release(inode, file);
}

static const struct file_operations proc_mounts_operations = {
	.open = mounts_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = mounts_release,
};

static struct inode_operations proc_fd_inode_operations;
static const struct file_operations proc_fd_operations;
static struct inode_operations proc_pid_link_inode_operations;
static const struct file_operations proc_info_file_operations;

#define DIR_MODE(m)	(S_IFDIR | (m))
#define LNK_MODE	(S_IFLNK | S_IRWXUGO)
#define REG_MODE(m)	(S_IFREG | (m))

static const struct pid_entry tgid_base_stuff[] = {
	{ "fd", DIR_MODE(S_IRUSR | S_IXUSR), .iop = &proc_fd_inode_operations,
	  .fop = &proc_fd_operations },
	{ "status", REG_MODE(S_IRUGO), .read = proc_pid_status },
	{ "cmdline", REG_MODE(S_IRUGO), .read = proc_pid_cmdline },
	{ "stat", REG_MODE(S_IRUGO), .read = proc_pid_stat },
	{ "statm", REG_MODE(S_IRUGO), .read = proc_pid_statm },
	{ "maps", REG_MODE(S_IRUGO), .fop = &proc_maps_operations },
	{ "cwd", LNK_MODE, .link = proc_cwd_link },
	{ "root", LNK_MODE, .link = proc_root_link },
	{ "exe", LNK_MODE, .link = proc_exe_link },
	{ "mounts", REG_MODE(S_IRUGO), .fop = &proc_mounts_operations },
};

static const struct pid_entry *entry_of(const struct inode *inode)
{
	return &tgid_base_stuff[PROC_I(inode)->type - PROC_ENTRY_INO];
}

static ssize_t proc_info_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct inode *inode = file->f_dentry->d_inode;
	char *page = (char *)__get_free_page(GFP_KERNEL);
	ssize_t length;

	if (!page)
		return -ENOMEM;
	if (pid_alive(proc_task(inode)))
		length = entry_of(inode)->read(proc_task(inode), page);
	else
		length = -ESRCH;
	if (length >= 0)
		length = simple_read_from_buffer(buf, count, ppos, page, length);
	free_page((unsigned long)page);
	return length;
}

static const struct file_operations proc_info_file_operations = {
	.llseek = generic_file_llseek,
	.read = proc_info_read,
};

static int proc_fd_link(struct inode *inode, struct vfsmount **mnt, struct dentry **dentry)
{
	struct files_struct *files = get_files_struct(proc_task(inode));
	struct file *file;
	int res = -ENOENT;

	if (!files)
		return res;
	spin_lock(&files->file_lock);
	file = fcheck_files(files, PROC_I(inode)->type - PROC_FD_INO);
	if (file) {
		*mnt = mntget(file->f_vfsmnt);
		*dentry = dget(file->f_dentry);
		res = 0;
	}
	spin_unlock(&files->file_lock);
	put_files_struct(files);
	return res;
}

static int get_link(struct inode *inode, struct vfsmount **mnt, struct dentry **dentry)
{
	if (!may_look(proc_task(inode)))
		return -EACCES;
	if (PROC_I(inode)->type >= PROC_FD_INO)
		return proc_fd_link(inode, mnt, dentry);
	return entry_of(inode)->link(proc_task(inode), mnt, dentry);
}

/* Not by a name: straight to the file. */
static void *proc_pid_follow_link(struct dentry *dentry, struct nameidata *nd)
{
	struct vfsmount *mnt;
	struct dentry *target;
	int error = get_link(dentry->d_inode, &mnt, &target);

	path_release(nd);
	if (error)
		return ERR_PTR(error);
	nd->mnt = mnt;
	nd->dentry = target;
	nd->last_type = LAST_BIND;
	return NULL;
}

/* Files without a place in the tree are shown as "KIND:[NUMBER]". */
static char *link_text(struct dentry *dentry, struct vfsmount *mnt, char *page)
{
	struct super_block *sb = dentry->d_sb;

	if (!(sb->s_flags & MS_NOUSER))
		return d_path(dentry, mnt, page, PAGE_SIZE);
	scnprintf(page, PAGE_SIZE, "%s%s", sb->s_root->d_name.name,
		  IS_ROOT(dentry) ? (const unsigned char *)"" : dentry->d_name.name);
	return page;
}

static int proc_pid_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	char *page = (char *)__get_free_page(GFP_KERNEL), *text;
	struct vfsmount *mnt;
	struct dentry *target;
	int error;

	if (!page)
		return -ENOMEM;
	error = get_link(dentry->d_inode, &mnt, &target);
	if (!error) {
		text = link_text(target, mnt, page);
		error = vfs_readlink(target, buffer, buflen, text);
		dput(target);
		mntput(mnt);
	}
	free_page((unsigned long)page);
	return error;
}

static struct inode_operations proc_pid_link_inode_operations = {
	.readlink = proc_pid_readlink,
	.follow_link = proc_pid_follow_link,
};

static int name_to_int(const struct dentry *dentry)
{
	const unsigned char *p = dentry->d_name.name;
	unsigned int n = 0, len = dentry->d_name.len;

	if (!len || len > 9 || (len > 1 && *p == '0'))
		return -1;
	for (; len; len--, p++) {
		if (!isdigit(*p))
			return -1;
		n = n * 10 + *p - '0';
	}
	return n;
}

static mode_t fd_mode(struct task_struct *task, int fd)
{
	struct files_struct *files = get_files_struct(task);
	struct file *file;
	mode_t mode = 0;

	if (!files)
		return 0;
	spin_lock(&files->file_lock);
	file = fcheck_files(files, fd);
	if (file) {
		mode = S_IFLNK;
		if (file->f_mode & FMODE_READ)
			mode |= S_IRUSR | S_IXUSR;
		if (file->f_mode & FMODE_WRITE)
			mode |= S_IWUSR | S_IXUSR;
	}
	spin_unlock(&files->file_lock);
	put_files_struct(files);
	return mode;
}

/* A descriptor may be closed any time: its name is not kept. */
static int fd_revalidate(struct dentry *dentry, struct nameidata *nd)
{
	return 0;
}

static int never_kept(struct dentry *dentry)
{
	return 1;
}

static struct dentry_operations tid_fd_dentry_operations = {
	.d_revalidate = fd_revalidate,
	.d_delete = never_kept,
};

static struct dentry *proc_lookupfd(struct inode *dir, struct dentry *dentry,
				    struct nameidata *nd)
{
	struct task_struct *task = proc_task(dir);
	int fd = name_to_int(dentry);
	struct inode *inode;
	mode_t mode;

	if (fd < 0 || fd >= PROC_FD_INO || !pid_alive(task))
		return ERR_PTR(-ENOENT);
	mode = fd_mode(task, fd);
	if (!mode)
		return ERR_PTR(-ENOENT);
	inode = proc_pid_make_inode(dir->i_sb, task, PROC_FD_INO + fd, mode);
	if (!inode)
		return ERR_PTR(-ENOENT);
	inode->i_op = &proc_pid_link_inode_operations;
	inode->i_size = 64;
	dentry->d_op = &tid_fd_dentry_operations;
	d_add(dentry, inode);
	return NULL;
}

/* "." and ".." at places 0 and 1; 0 when there is no more room. */
static int fill_dots(struct file *filp, void *dirent, filldir_t filldir)
{
	struct dentry *dir = filp->f_dentry;

	if (filp->f_pos == 0) {
		if (filldir(dirent, ".", 1, 0, dir->d_inode->i_ino, DT_DIR) < 0)
			return 0;
		filp->f_pos++;
	}
	if (filp->f_pos == 1) {
		if (filldir(dirent, "..", 2, 1, dir->d_parent->d_inode->i_ino, DT_DIR) < 0)
			return 0;
		filp->f_pos++;
	}
	return 1;
}

static int proc_readfd(struct file *filp, void *dirent, filldir_t filldir)
{
	struct task_struct *task = proc_task(filp->f_dentry->d_inode);
	char name[16];
	int fd, len;

	if (!pid_alive(task))
		return -ENOENT;
	if (!fill_dots(filp, dirent, filldir))
		return 0;
	for (fd = filp->f_pos - 2; fd < NR_OPEN; fd++, filp->f_pos++) {
		struct files_struct *files = get_files_struct(task);
		int max = files ? files_fdtable(files)->max_fds : 0;

		if (files)
			put_files_struct(files);
		if (fd >= max)
			break;
		if (!fd_mode(task, fd))
			continue;
		len = scnprintf(name, sizeof(name), "%d", fd);
		if (filldir(dirent, name, len, filp->f_pos,
			    fake_ino(task->pid, PROC_FD_INO + fd), DT_LNK) < 0)
			break;
	}
	return 0;
}

static int proc_fd_permission(struct inode *inode, int mask, struct nameidata *nd)
{
	return proc_task(inode) == current ? 0 : generic_permission(inode, mask);
}

static struct inode_operations proc_fd_inode_operations = {
	.lookup = proc_lookupfd,
	.permission = proc_fd_permission,
};

static const struct file_operations proc_fd_operations = {
	.read = generic_read_dir,
	.readdir = proc_readfd,
};

static struct dentry *proc_tgid_base_lookup(struct inode *dir, struct dentry *dentry,
					    struct nameidata *nd)
{
	const struct pid_entry *e;
	struct inode *inode;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tgid_base_stuff); i++)
		if (!strcmp((const char *)dentry->d_name.name, tgid_base_stuff[i].name))
			break;
	if (i == ARRAY_SIZE(tgid_base_stuff))
		return ERR_PTR(-ENOENT);
	e = &tgid_base_stuff[i];
	inode = proc_pid_make_inode(dir->i_sb, proc_task(dir), PROC_ENTRY_INO + i, e->mode);
	if (!inode)
		return ERR_PTR(-ENOENT);
	if (e->link)
		inode->i_op = &proc_pid_link_inode_operations;
	else if (e->iop)
		inode->i_op = e->iop;
	inode->i_fop = e->fop ? e->fop : &proc_info_file_operations;
	dentry->d_op = &pid_dentry_operations;
	d_add(dentry, inode);
	return NULL;
}

static int proc_tgid_base_readdir(struct file *filp, void *dirent, filldir_t filldir)
{
	struct task_struct *task = proc_task(filp->f_dentry->d_inode);

	if (!pid_alive(task))
		return -ENOENT;
	if (!fill_dots(filp, dirent, filldir))
		return 0;
	for (; filp->f_pos - 2 < ARRAY_SIZE(tgid_base_stuff); filp->f_pos++) {
		const struct pid_entry *e = &tgid_base_stuff[filp->f_pos - 2];

		if (filldir(dirent, e->name, strlen(e->name), filp->f_pos,
			    fake_ino(task->pid, PROC_ENTRY_INO + filp->f_pos - 2),
			    e->mode >> 12) < 0)
			break;
	}
	return 0;
}

static struct inode_operations proc_tgid_base_inode_operations = {
	.lookup = proc_tgid_base_lookup,
};

static const struct file_operations proc_tgid_base_operations = {
	.read = generic_read_dir,
	.readdir = proc_tgid_base_readdir,
};

static int proc_self_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	char tmp[16];

	scnprintf(tmp, sizeof(tmp), "%d", current->tgid);
	return vfs_readlink(dentry, buffer, buflen, tmp);
}

/* The text need not outlive the walk, which is done before this returns. */
static void *proc_self_follow_link(struct dentry *dentry, struct nameidata *nd)
{
	char tmp[16];

	scnprintf(tmp, sizeof(tmp), "%d", current->tgid);
	return ERR_PTR(vfs_follow_link(nd, tmp));
}

static struct inode_operations proc_self_inode_operations = {
	.readlink = proc_self_readlink,
	.follow_link = proc_self_follow_link,
};

static struct dentry_operations proc_self_dentry_operations = {
	.d_delete = never_kept,
};

static struct dentry *lookup_self(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = new_inode(dir->i_sb);

	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_ino = fake_ino(0, PROC_SELF_INO);
	inode->i_mode = S_IFLNK | S_IRWXUGO;
	inode->i_op = &proc_self_inode_operations;
	dentry->d_op = &proc_self_dentry_operations;
	d_add(dentry, inode);
	return NULL;
}

struct dentry *proc_pid_lookup(struct inode *dir, struct dentry *dentry, struct nameidata *nd)
{
	struct task_struct *task;
	struct inode *inode;
	int pid;

	if (dentry->d_name.len == 4 && !memcmp(dentry->d_name.name, "self", 4))
		return lookup_self(dir, dentry);
	pid = name_to_int(dentry);
	if (pid <= 0)
		return ERR_PTR(-ENOENT);
	read_lock(&tasklist_lock);
	task = find_task_by_pid(pid);
	if (task)
		get_task_struct(task);
	read_unlock(&tasklist_lock);
	if (!task)
		return ERR_PTR(-ENOENT);
	inode = proc_pid_make_inode(dir->i_sb, task, PROC_DIR_INO,
				    S_IFDIR | S_IRUGO | S_IXUGO);
	put_task_struct(task);
	if (!inode)
		return ERR_PTR(-ENOENT);
	inode->i_op = &proc_tgid_base_inode_operations;
	inode->i_fop = &proc_tgid_base_operations;
	dentry->d_op = &pid_dentry_operations;
	d_add(dentry, inode);
	return NULL;
}

/* The smallest number of a process from @from on, 0 when there is none. */
static pid_t next_tgid(pid_t from)
{
	struct task_struct *p;
	pid_t best = 0;

	read_lock(&tasklist_lock);
	for_each_process(p)
		if (p->pid >= from && (!best || p->pid < best))
			best = p->pid;
	read_unlock(&tasklist_lock);
	return best;
}

#define FIRST_PROCESS_ENTRY 256

/* "self", then the processes by number: their places are the numbers. */
int proc_pid_readdir(struct file *filp, void *dirent, filldir_t filldir)
{
	char name[16];
	pid_t pid;
	int len;

	if (filp->f_pos == FIRST_PROCESS_ENTRY) {
		if (filldir(dirent, "self", 4, filp->f_pos, fake_ino(0, PROC_SELF_INO),
			    DT_LNK) < 0)
			return 0;
		filp->f_pos++;
	}
	while ((pid = next_tgid(filp->f_pos - FIRST_PROCESS_ENTRY)) != 0) {
		len = scnprintf(name, sizeof(name), "%d", pid);
		filp->f_pos = FIRST_PROCESS_ENTRY + pid;
		if (filldir(dirent, name, len, filp->f_pos, fake_ino(pid, PROC_DIR_INO),
			    DT_DIR) < 0)
			return 0;
		filp->f_pos++;
	}
	return 0;
}

/**
 * proc_flush_task - a task has no number any more
 *
 * Its names would only stay in the way.
 */
void proc_flush_task(struct task_struct *task)
{
	char buf[16];
	struct qstr name = { .name = (unsigned char *)buf };
	struct dentry *dentry;

	if (!proc_mnt)
		return;
	name.len = scnprintf(buf, sizeof(buf), "%d", task->pid);
	name.hash = full_name_hash(name.name, name.len);
	dentry = d_lookup(proc_mnt->mnt_root, &name);
	if (!dentry)
		return;
	shrink_dcache_parent(dentry);
	d_drop(dentry);
	dput(dentry);
}
