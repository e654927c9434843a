// SPDX-License-Identifier: GPL-2.0-only
/* /proc/net/snmp and /proc/net/sockstat. */
#include <linux/inetdevice.h>
#include <linux/init.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <net/ip.h>
#include <net/tcp.h>

#ifdef CONFIG_PROC_FS
static unsigned long fold(const unsigned long *first, size_t stride, int nr)
{
	unsigned long sum = 0;
	int cpu;

	for_each_cpu(cpu)
		sum += *(const unsigned long *)((const char *)(first + nr) + cpu * stride);
	return sum;
}

#define FOLD(var, nr)	fold(per_cpu(var, 0).mibs, sizeof(per_cpu(var, 0)), nr)

static int snmp_seq_show(struct seq_file *seq, void *v)
{
	int i;

	seq_printf(seq, "Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates\nIp: %d %d",
		   ipv4_devconf.forwarding ? 1 : 2, sysctl_ip_default_ttl);
	for (i = 1; i < __IPSTATS_MIB_MAX; i++)
		seq_printf(seq, " %lu", FOLD(ip_statistics, i));
	seq_puts(seq, "\nIcmp: InMsgs InErrors InDestUnreachs InEchos InEchoReps OutMsgs OutErrors OutDestUnreachs OutEchoReps\nIcmp:");
	for (i = 1; i < __ICMP_MIB_MAX; i++)
		seq_printf(seq, " %lu", FOLD(icmp_statistics, i));
	seq_puts(seq, "\nTcp: ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts\nTcp:");
	for (i = 1; i < __TCP_MIB_MAX; i++)
		seq_printf(seq, " %ld", (long)FOLD(tcp_statistics, i));
	seq_puts(seq, "\nUdp: InDatagrams NoPorts InErrors OutDatagrams\nUdp:");
	for (i = 1; i < __UDP_MIB_MAX; i++)
		seq_printf(seq, " %lu", FOLD(udp_statistics, i));
	seq_puts(seq, "\n");
	return 0;
}

static int sockstat_seq_show(struct seq_file *seq, void *v)
{
	seq_printf(seq, "TCP: inuse %d orphan %d tw %d alloc %d mem %d\n", tcp_prot.inuse,
		   atomic_read(&tcp_orphan_count), tcp_death_row.tw_count,
		   atomic_read(&tcp_sockets_allocated), atomic_read(&tcp_memory_allocated));
	seq_printf(seq, "UDP: inuse %d\nRAW: inuse %d\n", udp_prot.inuse, raw_prot.inuse);
	seq_printf(seq, "FRAG: inuse %d memory %d\n", ip_frag_nqueues, atomic_read(&ip_frag_mem));
	return 0;
}

static int snmp_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, snmp_seq_show, NULL);
}

static int sockstat_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, sockstat_seq_show, NULL);
}

static const struct file_operations snmp_seq_fops = {
	.open = snmp_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static const struct file_operations sockstat_seq_fops = {
	.open = sockstat_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static int __init ip_misc_proc_init(void)
{
	proc_net_fops_create("snmp", 0444, &snmp_seq_fops);
	proc_net_fops_create("sockstat", 0444, &sockstat_seq_fops);
	return 0;
}
module_init(ip_misc_proc_init);
#endif
