// SPDX-License-Identifier: GPL-2.0-only
/*
 * Variables with names: tables of them, /proc/sys, and what turns them into
 * text and back.
 */
#include <linux/sysctl.h>
#include <linux/binfmts.h>
#include <linux/completion.h>
#include <linux/ctype.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/uaccess.h>
#include <linux/utsname.h>

#ifdef CONFIG_SYSCTL

static int minolduid;
static int maxolduid = 65535;
static int zero;
static int one = 1;
static int pid_max_min = RESERVED_PIDS + 1;
static int pid_max_max = PID_MAX_LIMIT;

static int overflowuid = 65534;
static int overflowgid = 65534;

/* Changes go with the lock that uname() and its like take. */
static int proc_doutsstring(ctl_table *table, int write, struct file *filp, void __user *buffer,
			    size_t *lenp, loff_t *ppos)
{
	int r;

	if (write)
		down_write(&uts_sem);
	else
		down_read(&uts_sem);
	r = proc_dostring(table, write, filp, buffer, lenp, ppos);
	if (write)
		up_write(&uts_sem);
	else
		up_read(&uts_sem);
	return r;
}

#define UTS(nr, name, field, m, fn) \
	{ nr, name, system_utsname.field, sizeof(system_utsname.field), m, NULL, fn }
#define INT(nr, name, var, m) \
	{ nr, name, &(var), sizeof(int), m, NULL, proc_dointvec }
#define RANGE(nr, name, var, m, from, to) \
	{ nr, name, &(var), sizeof(int), m, NULL, proc_dointvec_minmax, NULL, NULL, from, to }

#ifdef CONFIG_UNIX98_PTYS
static int pty_count;
static int pty_limit_max = NR_UNIX98_PTY_MAX;

static int proc_do_pty_nr(ctl_table *table, int write, struct file *filp, void __user *buffer,
			  size_t *lenp, loff_t *ppos)
{
	pty_count = tty_count_ptys();
	return proc_dointvec(table, write, filp, buffer, lenp, ppos);
}

static ctl_table pty_table[] = {
	RANGE(1, "max", pty_limit, 0644, &zero, &pty_limit_max),
	{ 2, "nr", &pty_count, sizeof(int), 0444, NULL, proc_do_pty_nr },
	{ 0 }
};

#endif

static ctl_table kern_table[] = {
	UTS(1, "ostype", sysname, 0444, proc_doutsstring),
	UTS(2, "osrelease", release, 0444, proc_doutsstring),
	UTS(4, "version", version, 0444, proc_doutsstring),
	UTS(7, "hostname", nodename, 0644, proc_doutsstring),
	UTS(8, "domainname", domainname, 0644, proc_doutsstring),
	{ 34, "core_pattern", core_pattern, CORENAME_MAX_SIZE, 0644, NULL, proc_dostring },
	INT(52, "core_uses_pid", core_uses_pid, 0644),
	INT(39, "threads-max", max_threads, 0644),
	{ 33, "printk", console_printk, 4 * sizeof(int), 0644, NULL, proc_dointvec },
	RANGE(55, "pid_max", pid_max, 0644, &pid_max_min, &pid_max_max),
	RANGE(46, "overflowuid", overflowuid, 0644, &minolduid, &maxolduid),
	RANGE(47, "overflowgid", overflowgid, 0644, &minolduid, &maxolduid),
#ifdef CONFIG_UNIX98_PTYS
	{ 48, "pty", NULL, 0, 0555, pty_table },
#endif
	{ 0 }
};

static int proc_nr_files(ctl_table *table, int write, struct file *filp, void __user *buffer,
			 size_t *lenp, loff_t *ppos)
{
	files_stat.nr_files = get_nr_files();
	return proc_dointvec(table, write, filp, buffer, lenp, ppos);
}

static ctl_table fs_table[] = {
	{ 1, "inode-nr", &inodes_stat, 2 * sizeof(int), 0444, NULL, proc_dointvec },
	{ 2, "inode-state", &inodes_stat, 7 * sizeof(int), 0444, NULL, proc_dointvec },
	{ 6, "file-nr", &files_stat, 3 * sizeof(int), 0444, NULL, proc_nr_files },
	INT(7, "file-max", files_stat.max_files, 0644),
	{ 8, "dentry-state", &dentry_stat, 6 * sizeof(int), 0444, NULL, proc_dointvec },
	RANGE(11, "leases-enable", leases_enable, 0644, &zero, &one),
	INT(15, "lease-break-time", lease_break_time, 0644),
	{ 0 }
};

static ctl_table empty_table[] = {
	{ 0 }
};

static ctl_table root_table[] = {
	{ CTL_KERN, "kernel", NULL, 0, 0555, kern_table },
	{ CTL_VM, "vm", NULL, 0, 0555, empty_table },
	{ CTL_NET, "net", NULL, 0, 0555, empty_table },
	{ CTL_FS, "fs", NULL, 0, 0555, fs_table },
	{ CTL_DEV, "dev", NULL, 0, 0555, empty_table },
	{ 0 }
};

struct ctl_table_header root_table_header = {
	root_table, LIST_HEAD_INIT(root_table_header.ctl_entry)
};

static DEFINE_SPINLOCK(sysctl_lock);

/* Is the table of an entry still there?  Then it stays until unuse_table(). */
static int use_table(struct ctl_table_header *p)
{
	if (p->unregistering)
		return 0;
	p->used++;
	return 1;
}

static void unuse_table(struct ctl_table_header *p)
{
	if (!--p->used && p->unregistering)
		complete(p->unregistering);
}

/* From now on nobody comes in; waits for those who are. */
static void start_unregistering(struct ctl_table_header *p)
{
	struct completion wait;

	if (p->used) {
		init_completion(&wait);
		p->unregistering = &wait;
		spin_unlock(&sysctl_lock);
		wait_for_completion(&wait);
		spin_lock(&sysctl_lock);
	} else {
		p->unregistering = (struct completion *)1;
	}
	list_del_init(&p->ctl_entry);
}

static int table_has(const ctl_table *table, const ctl_table *entry)
{
	for (; table->ctl_name; table++)
		if (table == entry || (table->child && table_has(table->child, entry)))
			return 1;
	return 0;
}

static struct ctl_table_header *grab_header(const ctl_table *entry)
{
	struct ctl_table_header *head = &root_table_header, *found = NULL;

	spin_lock(&sysctl_lock);
	do {
		if (table_has(head->ctl_table, entry)) {
			found = use_table(head) ? head : NULL;
			break;
		}
		head = list_entry(head->ctl_entry.next, struct ctl_table_header, ctl_entry);
	} while (head != &root_table_header);
	spin_unlock(&sysctl_lock);
	return found;
}

/* By the mode of the entry; root is no exception. */
static int ctl_perm(const ctl_table *table, int op)
{
	int mode = table->mode;

	if (!current->euid)
		mode >>= 6;
	else if (in_egroup_p(0))
		mode >>= 3;
	return (mode & op & 7) == op ? 0 : -EACCES;
}

static ssize_t do_rw_proc(int write, struct file *file, char __user *buf, size_t count,
			  loff_t *ppos)
{
	struct proc_dir_entry *de = PDE(file->f_dentry->d_inode);
	struct ctl_table_header *head;
	ctl_table *table = NULL;
	ssize_t res = -ENOTDIR;
	size_t len = count;

	head = de->deleted ? NULL : grab_header(de->data);
	if (!head)
		return res;
	table = de->data;
	res = -EPERM;
	if (ctl_perm(table, write ? MAY_WRITE : MAY_READ))
		goto out;
	res = -EINVAL;
	if (!table->proc_handler)
		goto out;
	res = table->proc_handler(table, write, file, buf, &len, ppos);
	if (!res)
		res = len;
out:
	spin_lock(&sysctl_lock);
	unuse_table(head);
	spin_unlock(&sysctl_lock);
	return res;
}

static ssize_t proc_readsys(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	return do_rw_proc(0, file, buf, count, ppos);
}

static ssize_t proc_writesys(struct file *file, const char __user *buf, size_t count,
			     loff_t *ppos)
{
	return do_rw_proc(1, file, (char __user *)buf, count, ppos);
}

static const struct file_operations proc_sys_file_operations = {
	.llseek = generic_file_llseek,
	.read = proc_readsys,
	.write = proc_writesys,
};

/* The directory of that name which another table has made. */
static struct proc_dir_entry *find_dir(struct proc_dir_entry *root, const char *name)
{
	struct proc_dir_entry *de = root->subdir;

	while (de && !(S_ISDIR(de->mode) && !strcmp(de->name, name)))
		de = de->next;
	return de;
}

static void register_proc_table(ctl_table *table, struct proc_dir_entry *root)
{
	struct proc_dir_entry *de;

	for (; table->ctl_name; table++) {
		if (!table->procname || (!table->proc_handler && !table->child))
			continue;
		de = table->child ? find_dir(root, table->procname) : NULL;
		if (!de)
			de = create_proc_entry(table->procname, table->mode |
					       (table->child ? S_IFDIR : S_IFREG), root);
		if (!de)
			continue;
		table->de = de;
		if (table->child) {
			register_proc_table(table->child, de);
			continue;
		}
		de->data = table;
		de->proc_fops = &proc_sys_file_operations;
	}
}

static void unregister_proc_table(ctl_table *table, struct proc_dir_entry *root)
{
	for (; table->ctl_name; table++) {
		struct proc_dir_entry *de = table->de;

		if (!de)
			continue;
		if (table->child) {
			unregister_proc_table(table->child, de);
			/* Another table has something in this directory. */
			if (de->subdir)
				continue;
		}
		de->data = NULL;
		table->de = NULL;
		remove_proc_entry(table->procname, root);
	}
}

/**
 * register_sysctl_table - give variables their names
 * @table: ends with an entry of zeroes; stays until it is unregistered
 * @insert_at_head: is found before older tables with the same names
 *
 * Directories that several tables have are one.  Returns NULL without memory.
 */
struct ctl_table_header *register_sysctl_table(ctl_table *table, int insert_at_head)
{
	struct ctl_table_header *tmp = kzalloc(sizeof(*tmp), GFP_KERNEL);

	if (!tmp)
		return NULL;
	tmp->ctl_table = table;
	spin_lock(&sysctl_lock);
	if (insert_at_head)
		list_add(&tmp->ctl_entry, &root_table_header.ctl_entry);
	else
		list_add_tail(&tmp->ctl_entry, &root_table_header.ctl_entry);
	spin_unlock(&sysctl_lock);
	register_proc_table(table, proc_sys_root);
	return tmp;
}
EXPORT_SYMBOL(register_sysctl_table);

/**
 * unregister_sysctl_table - take the names back
 *
 * Nobody uses the table any more when this returns.
 */
void unregister_sysctl_table(struct ctl_table_header *header)
{
	might_sleep();
	spin_lock(&sysctl_lock);
	start_unregistering(header);
	spin_unlock(&sysctl_lock);
	unregister_proc_table(header->ctl_table, proc_sys_root);
	kfree(header);
}
EXPORT_SYMBOL(unregister_sysctl_table);

void __init sysctl_init(void)
{
	register_proc_table(root_table, proc_sys_root);
}

/* How far a handler is with its text. */
static int no_text(const ctl_table *table, int write, size_t *lenp, loff_t *ppos)
{
	if (table->data && table->maxlen && *lenp && (!*ppos || write))
		return 0;
	*lenp = 0;
	return 1;
}

static int put_text(char __user *buffer, const char *text, size_t len, size_t *lenp,
		    loff_t *ppos)
{
	len = min(len, *lenp);
	if (copy_to_user(buffer, text, len))
		return -EFAULT;
	*lenp = len;
	*ppos += len;
	return 0;
}

static int write_string(const ctl_table *table, const char __user *buffer, size_t *lenp,
			loff_t *ppos)
{
	char *data = table->data;
	size_t len;
	char c;

	for (len = 0; len < *lenp; len++) {
		if (copy_from_user(&c, buffer + len, 1))
			return -EFAULT;
		if (!c || c == '\n')
			break;
		if (len < table->maxlen - 1)
			data[len] = c;
	}
	data[min_t(size_t, len, table->maxlen - 1)] = 0;
	*ppos += *lenp;
	return 0;
}

static int read_string(const ctl_table *table, char __user *buffer, size_t *lenp, loff_t *ppos)
{
	size_t len = strnlen(table->data, table->maxlen);
	int err;

	if (len >= *lenp)
		return put_text(buffer, table->data, len, lenp, ppos);
	if (put_user('\n', buffer + len))
		return -EFAULT;
	*lenp = len + 1;
	err = copy_to_user(buffer, table->data, len) ? -EFAULT : 0;
	*ppos += *lenp;
	return err;
}

/**
 * proc_dostring - a string of at most table->maxlen bytes with its NUL
 */
int proc_dostring(ctl_table *table, int write, struct file *filp, void __user *buffer,
		  size_t *lenp, loff_t *ppos)
{
	if (no_text(table, write, lenp, ppos))
		return 0;
	return write ? write_string(table, buffer, lenp, ppos) :
		       read_string(table, buffer, lenp, ppos);
}
EXPORT_SYMBOL(proc_dostring);

/**
 * struct vec - numbers that are read or written as text
 * @n: how many
 * @get: the i-th
 * @set: the i-th, or an error
 */
struct vec {
	const ctl_table *table;
	int n;
	long (*get)(const struct vec *v, int i);
	int (*set)(const struct vec *v, int i, long value);
	int is_unsigned;
};

static int read_vec(const struct vec *v, char __user *buffer, size_t *lenp, loff_t *ppos)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	size_t len = 0;
	int i, err;

	if (!page)
		return -ENOMEM;
	for (i = 0; i < v->n; i++)
		len += scnprintf(page + len, PAGE_SIZE - len, v->is_unsigned ? "%s%lu" : "%s%ld",
				 i ? "\t" : "", v->get(v, i));
	len += scnprintf(page + len, PAGE_SIZE - len, "\n");
	err = put_text(buffer, page, len, lenp, ppos);
	free_page((unsigned long)page);
	return err;
}

static int parse_number(const char **p, long *value)
{
	char *end;
	const char *s = *p;

	if (*s == '-')
		s++;
	if (!isdigit(*s))
		return -EINVAL;
	*value = simple_strtoul(s, &end, 0);
	if (s != *p)
		*value = -*value;
	if (*end && !isspace(*end))
		return -EINVAL;
	*p = end;
	return 0;
}

static int parse_vec(const struct vec *v, const char *p)
{
	long value;
	int i, err;

	for (i = 0; i < v->n; i++) {
		while (isspace(*p))
			p++;
		if (!*p)
			return i ? 0 : -EINVAL;
		err = parse_number(&p, &value);
		if (!err)
			err = v->set(v, i, value);
		if (err)
			return err;
	}
	return 0;
}

static int write_vec(const struct vec *v, const char __user *buffer, size_t *lenp, loff_t *ppos)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	size_t len = min_t(size_t, *lenp, PAGE_SIZE - 1);
	int err = -EFAULT;

	if (!page)
		return -ENOMEM;
	if (!copy_from_user(page, buffer, len)) {
		page[len] = 0;
		err = parse_vec(v, page);
	}
	free_page((unsigned long)page);
	*ppos += *lenp;
	return err;
}

static int do_vec(const struct vec *v, int write, void __user *buffer, size_t *lenp,
		  loff_t *ppos)
{
	if (no_text(v->table, write, lenp, ppos))
		return 0;
	return write ? write_vec(v, buffer, lenp, ppos) : read_vec(v, buffer, lenp, ppos);
}

static long get_int(const struct vec *v, int i)
{
	return ((int *)v->table->data)[i];
}

static int set_int(const struct vec *v, int i, long value)
{
	if (value != (int)value)
		return -EINVAL;
	((int *)v->table->data)[i] = value;
	return 0;
}

/**
 * proc_dointvec - table->maxlen / sizeof(int) numbers
 */
int proc_dointvec(ctl_table *table, int write, struct file *filp, void __user *buffer,
		  size_t *lenp, loff_t *ppos)
{
	const struct vec v = { table, table->maxlen / sizeof(int), get_int, set_int };

	return do_vec(&v, write, buffer, lenp, ppos);
}
EXPORT_SYMBOL(proc_dointvec);

static int set_int_minmax(const struct vec *v, int i, long value)
{
	const int *least = v->table->extra1, *most = v->table->extra2;

	if ((least && value < least[i]) || (most && value > most[i]))
		return -EINVAL;
	return set_int(v, i, value);
}

/**
 * proc_dointvec_minmax - the same within table->extra1 and table->extra2
 */
int proc_dointvec_minmax(ctl_table *table, int write, struct file *filp, void __user *buffer,
			 size_t *lenp, loff_t *ppos)
{
	const struct vec v = { table, table->maxlen / sizeof(int), get_int, set_int_minmax };

	return do_vec(&v, write, buffer, lenp, ppos);
}
EXPORT_SYMBOL(proc_dointvec_minmax);

static long get_jiffies(const struct vec *v, int i)
{
	return get_int(v, i) / HZ;
}

static int set_jiffies(const struct vec *v, int i, long value)
{
	if (value > INT_MAX / HZ)
		return -EINVAL;
	return set_int(v, i, value * HZ);
}

/**
 * proc_dointvec_jiffies - the text has seconds, the variable jiffies
 */
int proc_dointvec_jiffies(ctl_table *table, int write, struct file *filp, void __user *buffer,
			  size_t *lenp, loff_t *ppos)
{
	const struct vec v = { table, table->maxlen / sizeof(int), get_jiffies, set_jiffies };

	return do_vec(&v, write, buffer, lenp, ppos);
}
EXPORT_SYMBOL(proc_dointvec_jiffies);

static long get_ulong(const struct vec *v, int i)
{
	return ((unsigned long *)v->table->data)[i];
}

static int set_ulong_minmax(const struct vec *v, int i, long value)
{
	const unsigned long *least = v->table->extra1, *most = v->table->extra2;
	unsigned long val = value;

	/* Values outside are passed over, as ever. */
	if ((least && val < least[i]) || (most && val > most[i]))
		return 0;
	((unsigned long *)v->table->data)[i] = val;
	return 0;
}

/**
 * proc_doulongvec_minmax - unsigned longs within table->extra1 and table->extra2
 */
int proc_doulongvec_minmax(ctl_table *table, int write, struct file *filp, void __user *buffer,
			   size_t *lenp, loff_t *ppos)
{
	const struct vec v = { table, table->maxlen / sizeof(unsigned long), get_ulong,
			       set_ulong_minmax, 1 };

	return do_vec(&v, write, buffer, lenp, ppos);
}
EXPORT_SYMBOL(proc_doulongvec_minmax);

#else /* CONFIG_SYSCTL */

int proc_dostring(ctl_table *table, int write, struct file *filp, void __user *buffer,
		  size_t *lenp, loff_t *ppos)
{
	return -ENOSYS;
}
EXPORT_SYMBOL(proc_dostring);

int proc_dointvec(ctl_table *table, int write, struct file *filp, void __user *buffer,
		  size_t *lenp, loff_t *ppos)
{
	return -ENOSYS;
}
EXPORT_SYMBOL(proc_dointvec);

int proc_dointvec_minmax(ctl_table *table, int write, struct file *filp, void __user *buffer,
			 size_t *lenp, loff_t *ppos)
{
	return -ENOSYS;
}
EXPORT_SYMBOL(proc_dointvec_minmax);

int proc_dointvec_jiffies(ctl_table *table, int write, struct file *filp, void __user *buffer,
			  size_t *lenp, loff_t *ppos)
{
	return -ENOSYS;
}
EXPORT_SYMBOL(proc_dointvec_jiffies);

int proc_doulongvec_minmax(ctl_table *table, int write, struct file *filp, void __user *buffer,
			   size_t *lenp, loff_t *ppos)
{
	return -ENOSYS;
}
EXPORT_SYMBOL(proc_doulongvec_minmax);

#endif /* CONFIG_SYSCTL */
