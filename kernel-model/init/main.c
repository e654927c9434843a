// SPDX-License-Identifier: GPL-2.0-only
/* Boot, in one page: start_kernel() until there are tasks, init() after that. */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysctl.h>
#include <asm/setup.h>
#include "os.h"

char saved_command_line[1024];
unsigned long loops_per_jiffy = 1 << 12;

struct signal_struct init_signals = {
	.count = ATOMIC_INIT(1),
	.live = ATOMIC_INIT(1),
	.wait_chldexit = __WAIT_QUEUE_HEAD_INITIALIZER(init_signals.wait_chldexit),
	.shared_pending = { .list = LIST_HEAD_INIT(init_signals.shared_pending.list) },
};

struct sighand_struct init_sighand = {
	.count = ATOMIC_INIT(1),
};

static struct fs_struct init_fs = INIT_FS;
static struct files_struct init_files = INIT_FILES(init_files);

static struct group_info init_groups = { .usage = ATOMIC_INIT(2) };

/* The idle task: it boots, and then runs when nobody else can. */
struct task_struct init_task = {
	.usage = ATOMIC_INIT(2),
	.flags = PF_KTHREAD,
	.prio = MAX_PRIO - 20,
	.static_prio = MAX_PRIO - 20,
	.cpus_allowed = CPU_MASK_ALL,
	.run_list = LIST_HEAD_INIT(init_task.run_list),
	.tasks = LIST_HEAD_INIT(init_task.tasks),
	.real_parent = &init_task,
	.parent = &init_task,
	.children = LIST_HEAD_INIT(init_task.children),
	.sibling = LIST_HEAD_INIT(init_task.sibling),
	.group_leader = &init_task,
	.group_info = &init_groups,
	.cap_effective = CAP_INIT_EFF_SET,
	.cap_inheritable = CAP_INIT_INH_SET,
	.cap_permitted = CAP_FULL_SET,
	.user = INIT_USER,
	.comm = "swapper",
	.fs = &init_fs,
	.files = &init_files,
	.signal = &init_signals,
	.sighand = &init_sighand,
	.pending = { .list = LIST_HEAD_INIT(init_task.pending.list) },
	.thread = { .addr_limit = ~0UL },
};

struct task_struct *child_reaper = &init_task;

static int __init obsolete_checksetup(char *word)
{
	const struct obs_kernel_param *p;

	for (p = __start_setup_params; p < __stop_setup_params; p++)
		if (!strncmp(word, p->str, strlen(p->str)))
			return p->setup_func(word + strlen(p->str)) == 0;
	return 0;
}

static void __init parse_command_line(const char *command_line)
{
	static char words[sizeof(saved_command_line)];
	char *rest = words, *word;

	strlcpy(saved_command_line, command_line, sizeof(saved_command_line));
	strlcpy(words, command_line, sizeof(words));
	while ((word = strsep(&rest, " ")) != NULL)
		if (*word && !obsolete_checksetup(word))
			printk(KERN_ERR "Unknown boot option '%s': ignoring\n", word);
}

static void __init run_level(initcall_t *from, initcall_t *to)
{
	for (; from < to; from++) {
		int err = (*from)();

		if (err)
			printk(KERN_ERR "initcall failed: error %d\n", err);
		WARN_ON(in_atomic());
	}
}

static void __init do_initcalls(void)
{
	run_level(__start_initcall_1core, __stop_initcall_1core);
	run_level(__start_initcall_2postcore, __stop_initcall_2postcore);
	run_level(__start_initcall_4subsys, __stop_initcall_4subsys);
	run_level(__start_initcall_5fs, __stop_initcall_5fs);
	run_level(__start_initcall_6device, __stop_initcall_6device);
	run_level(__start_initcall_7late, __stop_initcall_7late);
}

/* Process 1: finishes booting as a kernel thread, then goes to user mode. */
static int init(void *unused)
{
	child_reaper = current;
	strlcpy(current->comm, "init", sizeof(current->comm));
	sysctl_init();
	do_initcalls();
	prepare_namespace();
	return run_user_mode();
}

static void __init rest_init(void)
{
	kernel_thread(init, NULL, CLONE_FS | CLONE_SIGHAND);
	cpu_idle();
}

static int __init lpj_setup(char *value)
{
	loops_per_jiffy = simple_strtoul(value, NULL, 0);
	return 0;
}
__setup("lpj=", lpj_setup);

/* There is no loop to measure: time is simulated. */
static void __init calibrate_delay(void)
{
	printk(KERN_INFO "Delay loop: %lu.%02lu BogoMIPS (lpj=%lu)\n",
	       loops_per_jiffy / (500000 / HZ), loops_per_jiffy / (5000 / HZ) % 100,
	       loops_per_jiffy);
}

void __init start_kernel(const char *command_line)
{
	sched_init();
	parse_command_line(command_line);
	printk(KERN_NOTICE "Linux version 2.6.16-model (%d cpus)\n", NR_CPUS);
	calibrate_delay();
	mem_init();
	kmem_cache_init();
	pidhash_init();
	pidmap_init();
	uid_cache_init();
	fork_init();
	signals_init();
	mm_init_caches();
	vfs_caches_init(totalram_pages);
	proc_root_init();
	rest_init();
	panic("the idle task returned");
}
