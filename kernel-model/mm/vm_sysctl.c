// SPDX-License-Identifier: GPL-2.0-only
/* /proc/sys/vm */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sysctl.h>

/* Numbers of the names, for sysctl(2). */
enum {
	VM_OVERCOMMIT_MEMORY = 5,
	VM_OVERCOMMIT_RATIO = 16,
	VM_MIN_FREE_KBYTES = 21,
	VM_MAX_MAP_COUNT = 22,
};

static int least;

/* The watermarks follow. */
static int min_free_kbytes_handler(ctl_table *table, int write, struct file *filp,
				   void __user *buffer, size_t *lenp, loff_t *ppos)
{
	int err = proc_dointvec_minmax(table, write, filp, buffer, lenp, ppos);

	if (write && !err)
		setup_per_zone_pages_min();
	return err;
}

#define KNOB(nr, file, var, handler) {		\
	.ctl_name	= (nr),			\
	.procname	= (file),		\
	.data		= &(var),		\
	.maxlen		= sizeof(var),		\
	.mode		= 0644,			\
	.proc_handler	= (handler),		\
	.extra1		= &least,		\
}

static ctl_table vm_table[] = {
	KNOB(VM_OVERCOMMIT_MEMORY, "overcommit_memory", sysctl_overcommit_memory, proc_dointvec),
	KNOB(VM_OVERCOMMIT_RATIO, "overcommit_ratio", sysctl_overcommit_ratio, proc_dointvec),
	KNOB(VM_MIN_FREE_KBYTES, "min_free_kbytes", min_free_kbytes, min_free_kbytes_handler),
	KNOB(VM_MAX_MAP_COUNT, "max_map_count", sysctl_max_map_count, proc_dointvec_minmax),
	{}
};

static ctl_table vm_root_table[] = {
	{ .ctl_name = CTL_VM, .procname = "vm", .mode = 0555, .child = vm_table },
	{}
};

static int __init vm_sysctl_init(void)
{
	register_sysctl_table(vm_root_table, 0);
	return 0;
}
device_initcall(vm_sysctl_init);
