// SPDX-License-Identifier: GPL-2.0-only
/* The limits of System V IPC in /proc/sys/kernel. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/msg.h>
#include <linux/sem.h>
#include <linux/shm.h>
#include <linux/sysctl.h>

/* Numbers of the names, for sysctl(2). */
enum {
	KERN_SHMMAX = 34,
	KERN_MSGMAX = 35,
	KERN_MSGMNB = 36,
	KERN_MSGMNI = 42,
	KERN_SEM = 43,
	KERN_SHMALL = 41,
	KERN_SHMMNI = 45,
};

#define LIMIT(nr, file, var, handler) {		\
	.ctl_name	= (nr),			\
	.procname	= (file),		\
	.data		= &(var),		\
	.maxlen		= sizeof(var),		\
	.mode		= 0644,			\
	.proc_handler	= (handler),		\
}

static ctl_table ipc_table[] = {
	LIMIT(KERN_SHMMAX, "shmmax", shm_ctlmax, proc_doulongvec_minmax),
	LIMIT(KERN_SHMALL, "shmall", shm_ctlall, proc_doulongvec_minmax),
	LIMIT(KERN_SHMMNI, "shmmni", shm_ctlmni, proc_dointvec),
	LIMIT(KERN_MSGMAX, "msgmax", msg_ctlmax, proc_dointvec),
	LIMIT(KERN_MSGMNI, "msgmni", msg_ctlmni, proc_dointvec),
	LIMIT(KERN_MSGMNB, "msgmnb", msg_ctlmnb, proc_dointvec),
	LIMIT(KERN_SEM, "sem", sem_ctls, proc_dointvec),
	{}
};

static ctl_table ipc_root_table[] = {
	{ .ctl_name = CTL_KERN, .procname = "kernel", .mode = 0555, .child = ipc_table },
	{}
};

static int __init ipc_sysctl_init(void)
{
	register_sysctl_table(ipc_root_table, 0);
	return 0;
}
device_initcall(ipc_sysctl_init);
