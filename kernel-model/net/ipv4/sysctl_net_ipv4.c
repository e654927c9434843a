// SPDX-License-Identifier: GPL-2.0-only
/* /proc/sys/net/core and /proc/sys/net/ipv4, but for routes and devices. */
#include <linux/init.h>
#include <linux/netdevice.h>
#include <linux/sysctl.h>
#include <net/ip.h>
#include <net/tcp.h>

#ifdef CONFIG_SYSCTL
static int ip_local_port_range_min[2] = { 1, 1 };
static int ip_local_port_range_max[2] = { 65535, 65535 };

#define NET_INT(nr, name, var, handler)						\
	{ .ctl_name = (nr), .procname = name, .data = &(var), .maxlen = sizeof(int),	\
	  .mode = 0644, .proc_handler = (handler) }

static ctl_table ipv4_table[] = {
	NET_INT(37, "ip_default_ttl", sysctl_ip_default_ttl, proc_dointvec),
	NET_INT(41, "ipfrag_high_thresh", sysctl_ipfrag_high_thresh, proc_dointvec),
	NET_INT(42, "ipfrag_low_thresh", sysctl_ipfrag_low_thresh, proc_dointvec),
	NET_INT(43, "ipfrag_time", sysctl_ipfrag_time, proc_dointvec_jiffies),
	NET_INT(44, "tcp_max_tw_buckets", tcp_death_row.sysctl_max_tw_buckets, proc_dointvec),
	NET_INT(45, "tcp_max_orphans", sysctl_tcp_max_orphans, proc_dointvec),
	NET_INT(46, "tcp_syn_retries", sysctl_tcp_syn_retries, proc_dointvec),
	NET_INT(47, "tcp_retries2", sysctl_tcp_retries2, proc_dointvec),
	NET_INT(48, "tcp_max_syn_backlog", sysctl_max_syn_backlog, proc_dointvec),
	{ .ctl_name = 49, .procname = "ip_local_port_range", .data = &sysctl_local_port_range,
	  .maxlen = sizeof(sysctl_local_port_range), .mode = 0644,
	  .proc_handler = proc_dointvec_minmax, .extra1 = ip_local_port_range_min,
	  .extra2 = ip_local_port_range_max },
	NET_INT(50, "icmp_echo_ignore_all", sysctl_icmp_echo_ignore_all, proc_dointvec),
	{ .ctl_name = 51, .procname = "tcp_mem", .data = &sysctl_tcp_mem,
	  .maxlen = sizeof(sysctl_tcp_mem), .mode = 0644, .proc_handler = proc_dointvec },
	{ .ctl_name = 0 }
};

static ctl_table ipv4_dir[] = {
	{ .ctl_name = 5, .procname = "ipv4", .mode = 0555, .child = ipv4_table },
	{ .ctl_name = 0 }
};

static ctl_table ipv4_root[] = {
	{ .ctl_name = CTL_NET, .procname = "net", .mode = 0555, .child = ipv4_dir },
	{ .ctl_name = 0 }
};

static int __init sysctl_ipv4_init(void)
{
	register_sysctl_table(ipv4_root, 0);
	return 0;
}
module_init(sysctl_ipv4_init);
#endif
