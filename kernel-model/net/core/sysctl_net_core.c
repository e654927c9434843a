// SPDX-License-Identifier: GPL-2.0-only
/* /proc/sys/net/core and /proc/sys/net/unix. */
#include <linux/init.h>
#include <linux/netdevice.h>
#include <linux/sysctl.h>
#include <net/af_unix.h>
#include <net/sock.h>

#ifdef CONFIG_SYSCTL
#define NET_INT(nr, name, var)							\
	{ .ctl_name = (nr), .procname = name, .data = &(var), .maxlen = sizeof(int),	\
	  .mode = 0644, .proc_handler = proc_dointvec }

static ctl_table core_table[] = {
	NET_INT(1, "wmem_max", sysctl_wmem_max),
	NET_INT(2, "rmem_max", sysctl_rmem_max),
	NET_INT(3, "wmem_default", sysctl_wmem_default),
	NET_INT(4, "rmem_default", sysctl_rmem_default),
	NET_INT(6, "netdev_max_backlog", netdev_max_backlog),
	NET_INT(17, "optmem_max", sysctl_optmem_max),
	NET_INT(18, "somaxconn", sysctl_somaxconn),
	{ .ctl_name = 0 }
};

#ifdef CONFIG_UNIX
static ctl_table unix_table[] = {
	NET_INT(3, "max_dgram_qlen", sysctl_unix_max_dgram_qlen),
	{ .ctl_name = 0 }
};
#endif

static ctl_table net_table[] = {
	{ .ctl_name = 1, .procname = "core", .mode = 0555, .child = core_table },
#ifdef CONFIG_UNIX
	{ .ctl_name = 4, .procname = "unix", .mode = 0555, .child = unix_table },
#endif
	{ .ctl_name = 0 }
};

static ctl_table net_root[] = {
	{ .ctl_name = CTL_NET, .procname = "net", .mode = 0555, .child = net_table },
	{ .ctl_name = 0 }
};

static int __init sysctl_core_init(void)
{
	register_sysctl_table(net_root, 0);
	return 0;
}
module_init(sysctl_core_init);
#endif
