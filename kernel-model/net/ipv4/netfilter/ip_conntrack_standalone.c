// SPDX-License-Identifier: GPL-2.0-only
/* The hooks, /proc files and settings of connection tracking. */
#include <linux/init.h>
#include <linux/netfilter_ipv4/ip_conntrack.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/sysctl.h>
#include <net/ip.h>

static struct nf_hook_ops ct_ops[] = {
	{ .hook = ip_conntrack_in, .pf = PF_INET, .hooknum = NF_IP_PRE_ROUTING,
	  .priority = NF_IP_PRI_CONNTRACK },
	{ .hook = ip_conntrack_in, .pf = PF_INET, .hooknum = NF_IP_LOCAL_OUT,
	  .priority = NF_IP_PRI_CONNTRACK },
	{ .hook = ip_conntrack_confirm, .pf = PF_INET, .hooknum = NF_IP_LOCAL_IN,
	  .priority = NF_IP_PRI_CONNTRACK_CONFIRM },
	{ .hook = ip_conntrack_confirm, .pf = PF_INET, .hooknum = NF_IP_POST_ROUTING,
	  .priority = NF_IP_PRI_CONNTRACK_CONFIRM },
};

#ifdef CONFIG_PROC_FS
static void ct_seq_one(struct seq_file *seq, struct ip_conntrack *ct)
{
	struct ip_conntrack_tuple *t = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	struct ip_conntrack_tuple *r = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	const char *name = t->protonum == IPPROTO_TCP ? "tcp" :
			   t->protonum == IPPROTO_UDP ? "udp" : "icmp";

	seq_printf(seq, "%-8s %u %ld ", name, t->protonum,
		   timer_pending(&ct->timeout) ? (long)(ct->timeout.expires - jiffies) / HZ : 0);
	seq_printf(seq, "src=%u.%u.%u.%u dst=%u.%u.%u.%u sport=%u dport=%u ", NIPQUAD(t->src),
		   NIPQUAD(t->dst), ntohs(t->src_port), ntohs(t->dst_port));
	if (!test_bit(IPS_SEEN_REPLY_BIT, &ct->status))
		seq_puts(seq, "[UNREPLIED] ");
	seq_printf(seq, "src=%u.%u.%u.%u dst=%u.%u.%u.%u sport=%u dport=%u use=%u\n",
		   NIPQUAD(r->src), NIPQUAD(r->dst), ntohs(r->src_port), ntohs(r->dst_port),
		   atomic_read(&ct->ct_general.use));
}

static int ct_seq_show(struct seq_file *seq, void *v)
{
	struct ip_conntrack_tuple_hash *h;
	unsigned int i;

	read_lock_bh(&ip_conntrack_lock);
	for (i = 0; i < ip_conntrack_htable_size; i++)
		list_for_each_entry(h, &ip_conntrack_hash[i], list)
			if (h->dir == IP_CT_DIR_ORIGINAL)
				ct_seq_one(seq, container_of(h, struct ip_conntrack,
							     tuplehash[IP_CT_DIR_ORIGINAL]));
	read_unlock_bh(&ip_conntrack_lock);
	return 0;
}

static int ct_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, ct_seq_show, NULL);
}

static const struct file_operations ct_file_ops = {
	.open = ct_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};
#endif

#ifdef CONFIG_SYSCTL
#define CT_INT(nr, name, var, rights, handler)					\
	{ .ctl_name = (nr), .procname = name, .data = &(var), .maxlen = sizeof(int),	\
	  .mode = (rights), .proc_handler = (handler) }

static ctl_table ip_ct_sysctl_table[] = {
	CT_INT(1, "ip_conntrack_max", ip_conntrack_max, 0644, proc_dointvec),
	CT_INT(27, "ip_conntrack_count", ip_conntrack_count, 0444, proc_dointvec),
	CT_INT(2, "ip_conntrack_tcp_timeout_syn_sent", ip_ct_tcp_timeout_syn, 0644,
	       proc_dointvec_jiffies),
	CT_INT(4, "ip_conntrack_tcp_timeout_established", ip_ct_tcp_timeout_established, 0644,
	       proc_dointvec_jiffies),
	CT_INT(8, "ip_conntrack_tcp_timeout_time_wait", ip_ct_tcp_timeout_close, 0644,
	       proc_dointvec_jiffies),
	CT_INT(10, "ip_conntrack_udp_timeout", ip_ct_udp_timeout, 0644, proc_dointvec_jiffies),
	CT_INT(11, "ip_conntrack_udp_timeout_stream", ip_ct_udp_timeout_stream, 0644,
	       proc_dointvec_jiffies),
	CT_INT(12, "ip_conntrack_icmp_timeout", ip_ct_icmp_timeout, 0644,
	       proc_dointvec_jiffies),
	{ .ctl_name = 0 }
};

static ctl_table ip_ct_netfilter_table[] = {
	{ .ctl_name = 19, .procname = "netfilter", .mode = 0555, .child = ip_ct_sysctl_table },
	{ .ctl_name = 0 }
};

static ctl_table ip_ct_ipv4_table[] = {
	{ .ctl_name = 5, .procname = "ipv4", .mode = 0555, .child = ip_ct_netfilter_table },
	{ .ctl_name = 0 }
};

static ctl_table ip_ct_net_table[] = {
	{ .ctl_name = CTL_NET, .procname = "net", .mode = 0555, .child = ip_ct_ipv4_table },
	{ .ctl_name = 0 }
};
#endif

static int __init ip_conntrack_standalone_init(void)
{
	unsigned int i;
	int ret = ip_conntrack_init();

	for (i = 0; !ret && i < ARRAY_SIZE(ct_ops); i++)
		ret = nf_register_hook(&ct_ops[i]);
#ifdef CONFIG_PROC_FS
	proc_net_fops_create("ip_conntrack", 0440, &ct_file_ops);
#endif
#ifdef CONFIG_SYSCTL
	register_sysctl_table(ip_ct_net_table, 0);
#endif
	return ret;
}
module_init(ip_conntrack_standalone_init);
