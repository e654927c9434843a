// SPDX-License-Identifier: GPL-2.0-only
/* Files about the machine as a whole. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <linux/sysinfo.h>
#include <linux/timer.h>
#include <linux/utsname.h>
#include "internal.h"

/* For texts of less than a page. */
static int proc_calc_metrics(char *page, char **start, off_t off, int count, int *eof, int len)
{
	if (len <= off + count)
		*eof = 1;
	*start = page + off;
	len -= off;
	return len < 0 ? 0 : min(len, count);
}

#define FSHIFT		11
#define FIXED_1		(1 << FSHIFT)
#define LOAD_INT(x)	((x) >> FSHIFT)
#define LOAD_FRAC(x)	LOAD_INT(((x) & (FIXED_1 - 1)) * 100)

static int loadavg_read_proc(char *page, char **start, off_t off, int count, int *eof, void *data)
{
	unsigned long load[3];
	int i, len;

	for (i = 0; i < 3; i++)
		load[i] = avenrun[i] + FIXED_1 / 200;
	len = sprintf(page, "%lu.%02lu %lu.%02lu %lu.%02lu %ld/%d %d\n", LOAD_INT(load[0]),
		      LOAD_FRAC(load[0]), LOAD_INT(load[1]), LOAD_FRAC(load[1]),
		      LOAD_INT(load[2]), LOAD_FRAC(load[2]), nr_running(), nr_threads, last_pid);
	return proc_calc_metrics(page, start, off, count, eof, len);
}

static int uptime_read_proc(char *page, char **start, off_t off, int count, int *eof, void *data)
{
	unsigned long hundredths = jiffies_to_clock_t(get_jiffies_64());
	unsigned long idle = jiffies_to_clock_t(init_task.utime + init_task.stime);
	int len = sprintf(page, "%lu.%02lu %lu.%02lu\n", hundredths / USER_HZ,
			  hundredths % USER_HZ, idle / USER_HZ, idle % USER_HZ);

	return proc_calc_metrics(page, start, off, count, eof, len);
}

#define K(pages) ((unsigned long)(pages) << (PAGE_SHIFT - 10))

static int meminfo_read_proc(char *page, char **start, off_t off, int count, int *eof, void *data)
{
	unsigned long committed = atomic_read(&vm_committed_space);
	unsigned long allowed = totalram_pages * sysctl_overcommit_ratio / 100 +
				total_swap_pages;
	struct sysinfo i;
	int len;

	si_meminfo(&i);
	si_swapinfo(&i);
	len = sprintf(page,
		      "MemTotal:     %8lu kB\n"
		      "MemFree:      %8lu kB\n"
		      "SwapTotal:    %8lu kB\n"
		      "SwapFree:     %8lu kB\n"
		      "CommitLimit:  %8lu kB\n"
		      "Committed_AS: %8lu kB\n",
		      K(i.totalram), K(i.freeram), K(i.totalswap), K(i.freeswap), K(allowed),
		      K(committed));

	return proc_calc_metrics(page, start, off, count, eof, len);
}

static int version_read_proc(char *page, char **start, off_t off, int count, int *eof, void *data)
{
	int len = sprintf(page, "%s version %s %s\n", system_utsname.sysname,
			  system_utsname.release, system_utsname.version);

	return proc_calc_metrics(page, start, off, count, eof, len);
}

static int filesystems_read_proc(char *page, char **start, off_t off, int count, int *eof,
				 void *data)
{
	return proc_calc_metrics(page, start, off, count, eof, get_filesystem_list(page));
}

static int cmdline_read_proc(char *page, char **start, off_t off, int count, int *eof, void *data)
{
	int len = sprintf(page, "%s\n", saved_command_line);

	return proc_calc_metrics(page, start, off, count, eof, len);
}

static int show_stat(struct seq_file *p, void *v)
{
	int i;

	seq_puts(p, "cpu  0 0 0 0 0 0 0 0\n");
	for (i = 0; i < NR_CPUS; i++)
		seq_printf(p, "cpu%d 0 0 0 0 0 0 0 0\n", i);
	return seq_printf(p, "ctxt %lu\nbtime %lu\nprocesses %lu\nprocs_running %lu\n",
			  nr_context_switches(), get_seconds() - jiffies / HZ, total_forks,
			  nr_running());
}

static int stat_open(struct inode *inode, struct file *file)
{
	return single_open(file, show_stat, NULL);
}

static const struct file_operations proc_stat_operations = {
	.open = stat_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static int show_locks(struct seq_file *m, void *v)
{
	return locks_show(m);
}

static int locks_open(struct inode *inode, struct file *file)
{
	return single_open(file, show_locks, NULL);
}

static const struct file_operations proc_locks_operations = {
	.open = locks_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static int show_slabinfo(struct seq_file *m, void *v)
{
	struct kmem_cache *c;
	unsigned int i;

	seq_puts(m, "# name            <active_objs> <objsize>\n");
	for (i = 0; (c = kmem_cache_nth(i)) != NULL; i++)
		seq_printf(m, "%-17s %6lu %6u\n", kmem_cache_name(c), kmem_cache_live(c),
			   kmem_cache_size(c));
	return 0;
}

static int slabinfo_open(struct inode *inode, struct file *file)
{
	return single_open(file, show_slabinfo, NULL);
}

static const struct file_operations proc_slabinfo_operations = {
	.open = slabinfo_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static void __init create_seq_entry(const char *name, mode_t mode,
				    const struct file_operations *f)
{
	struct proc_dir_entry *entry = create_proc_entry(name, mode, NULL);

	if (entry)
		entry->proc_fops = f;
}

void __init proc_misc_init(void)
{
	static const struct {
		const char *name;
		read_proc_t *read_proc;
	} simple_ones[] = {
		{ "loadavg", loadavg_read_proc },
		{ "uptime", uptime_read_proc },
		{ "meminfo", meminfo_read_proc },
		{ "version", version_read_proc },
		{ "filesystems", filesystems_read_proc },
		{ "cmdline", cmdline_read_proc },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(simple_ones); i++)
		create_proc_read_entry(simple_ones[i].name, 0, NULL, simple_ones[i].read_proc,
				       NULL);
	proc_symlink("mounts", NULL, "self/mounts");
	create_seq_entry("stat", 0, &proc_stat_operations);
	create_seq_entry("locks", 0, &proc_locks_operations);
	create_seq_entry("slabinfo", S_IRUSR, &proc_slabinfo_operations);
}
