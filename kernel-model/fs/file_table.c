// SPDX-License-Identifier: GPL-2.0-only
/* Open files: how many there are, and how they come and go. */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

struct files_stat_struct files_stat = { .max_files = 8192 };
DEFINE_PER_CPU(int, nr_files);
static DEFINE_SPINLOCK(files_lock);

static struct kmem_cache *filp_cachep;

/**
 * get_nr_files - how many files are open, on all processors together
 */
int get_nr_files(void)
{
	int cpu, n = 0;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		n += per_cpu(nr_files, cpu);
	return n;
}
EXPORT_SYMBOL(get_nr_files);

static void file_free_rcu(struct rcu_head *head)
{
	struct file *f = container_of(head, struct file, f_u.fu_rcuhead);

	kmem_cache_free(filp_cachep, f);
}

static void file_free(struct file *f)
{
	get_cpu_var(nr_files)--;
	put_cpu_var(nr_files);
	call_rcu(&f->f_u.fu_rcuhead, file_free_rcu);
}

/* Says so when the number grows, not for each that is refused. */
static void warn_file_max(void)
{
	static int old_max;
	int nr = get_nr_files();

	if (nr <= old_max)
		return;
	printk(KERN_INFO "VFS: file-max limit %d reached\n", nr);
	old_max = nr;
}

/**
 * get_empty_filp - a file without anything
 *
 * Returns NULL when there are too many or no memory.
 */
struct file *get_empty_filp(void)
{
	struct file *f;

	if (get_nr_files() >= files_stat.max_files && !capable(CAP_SYS_ADMIN)) {
		warn_file_max();
		return NULL;
	}
	f = kmem_cache_alloc(filp_cachep, GFP_KERNEL);
	if (!f)
		return NULL;
	get_cpu_var(nr_files)++;
	put_cpu_var(nr_files);
	memset(f, 0, sizeof(*f));
	atomic_set(&f->f_count, 1);
	f->f_uid = current->fsuid;
	f->f_gid = current->fsgid;
	rwlock_init(&f->f_owner.lock);
	INIT_LIST_HEAD(&f->f_u.fu_list);
	return f;
}
EXPORT_SYMBOL(get_empty_filp);

void file_move(struct file *file, struct list_head *list)
{
	if (!list)
		return;
	spin_lock(&files_lock);
	list_move(&file->f_u.fu_list, list);
	spin_unlock(&files_lock);
}

void file_kill(struct file *file)
{
	spin_lock(&files_lock);
	list_del_init(&file->f_u.fu_list);
	spin_unlock(&files_lock);
}

static void __fput(struct file *file)
{
	struct dentry *dentry = file->f_dentry;
	struct vfsmount *mnt = file->f_vfsmnt;
	struct inode *inode = dentry->d_inode;

	locks_remove_flock(file);
	if (file->f_op && file->f_op->release)
		file->f_op->release(inode, file);
	if (file->f_mode & FMODE_WRITE)
		put_write_access(inode);
	file_kill(file);
	file->f_dentry = NULL;
	file->f_vfsmnt = NULL;
	file_free(file);
	dput(dentry);
	mntput(mnt);
}

void fput(struct file *file)
{
	if (atomic_dec_and_test(&file->f_count))
		__fput(file);
}
EXPORT_SYMBOL(fput);

/* For a file that was never opened. */
void put_filp(struct file *file)
{
	if (atomic_dec_and_test(&file->f_count)) {
		file_kill(file);
		file_free(file);
	}
}
EXPORT_SYMBOL(put_filp);

/**
 * fget - the file of a descriptor, with a reference, or NULL
 */
struct file *fget(unsigned int fd)
{
	struct files_struct *files = current->files;
	struct file *file;

	rcu_read_lock();
	file = fcheck_files(files, fd);
	if (file && !atomic_inc_not_zero(&file->f_count))
		file = NULL;
	rcu_read_unlock();
	return file;
}
EXPORT_SYMBOL(fget);

void __init files_init(unsigned long mempages)
{
	filp_cachep = kmem_cache_create("filp", sizeof(struct file), 0, SLAB_PANIC, NULL, NULL);
	/* A file, its inode and its name take about a KiB; a tenth of memory may go to them. */
	files_stat.max_files = max_t(int, mempages * (PAGE_SIZE / 1024) / 10, 1024);
}
