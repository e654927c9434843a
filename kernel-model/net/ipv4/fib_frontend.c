// SPDX-License-Identifier: GPL-2.0-only
/* Who changes routes: addresses and devices that come and go, and user mode. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include <net/ip.h>
#include <net/ip_fib.h>

struct fib_table *fib_tables[RT_TABLE_MAX + 1];

static void fib_flush(void)
{
	int flushed = 0;

	if (ip_fib_main_table)
		flushed += ip_fib_main_table->tb_flush(ip_fib_main_table);
	if (ip_fib_local_table)
		flushed += ip_fib_local_table->tb_flush(ip_fib_local_table);
	if (flushed)
		rt_cache_flush(-1);
}

/* What an address is to us: RTN_LOCAL, RTN_BROADCAST ... */
unsigned int inet_addr_type(u32 addr)
{
	struct flowi fl = { .fl4_dst = addr };
	struct fib_result res = { .fi = NULL };
	unsigned int ret = RTN_UNICAST;

	if (ZERONET(addr) || BADCLASS(addr))
		return RTN_BROADCAST;
	if (MULTICAST(addr))
		return RTN_MULTICAST;
	if (ip_fib_local_table && !ip_fib_local_table->tb_lookup(ip_fib_local_table, &fl, &res)) {
		ret = res.type;
		fib_res_put(&res);
	}
	return ret;
}
EXPORT_SYMBOL(inet_addr_type);

/**
 * fib_validate_source - whether a packet may come from an address by a device
 * @src: the address; there must be a route to it, and not to this machine itself
 * @dst: where the packet goes
 * @oif: the device by which it would go on, for routes that depend on that
 * @dev: where it came in; with rp_filter, the route to @src must lead there
 *
 * Returns a negative number if not, and 1 if it is on the link of that device.
 */
int fib_validate_source(u32 src, u32 dst, u8 tos, int oif, struct net_device *dev)
{
	struct flowi fl = { .fl4_dst = src, .fl4_src = dst, .fl4_tos = tos, .iif = oif };
	struct in_device *in_dev = __in_dev_get(dev);
	struct fib_result res = { .fi = NULL };
	int rpf, same, direct, type;

	if (!in_dev)
		return -EINVAL;
	rpf = IN_DEV_RPFILTER(in_dev);
	if (fib_lookup(&fl, &res))
		return rpf ? -EINVAL : 0;
	type = res.type;
	same = type == RTN_UNICAST && FIB_RES_DEV(res) == dev;
	direct = same && res.fi->fib_nh[0].nh_scope >= RT_SCOPE_HOST;
	fib_res_put(&res);
	if (type != RTN_UNICAST)
		return -EINVAL;
	return !same && rpf && in_dev->ifa_list ? -EINVAL : direct;
}

/* Routes that the kernel makes for an address. */
static void fib_magic(int cmd, int type, u32 dst, int dst_len, struct in_ifaddr *ifa)
{
	struct fib_config cfg = {
		.fc_protocol = RTPROT_KERNEL,
		.fc_type = type,
		.fc_dst = dst,
		.fc_dst_len = dst_len,
		.fc_prefsrc = ifa->ifa_local,
		.fc_oif = ifa->ifa_dev->dev->ifindex,
		.fc_nlflags = NLM_F_CREATE | NLM_F_APPEND,
		.fc_scope = type == RTN_LOCAL ? RT_SCOPE_HOST : RT_SCOPE_LINK,
	};
	struct fib_table *tb = type == RTN_UNICAST ? ip_fib_main_table : ip_fib_local_table;

	if (cmd == RTM_NEWROUTE)
		tb->tb_insert(tb, &cfg);
	else
		tb->tb_delete(tb, &cfg);
}

static void fib_add_ifaddr(struct in_ifaddr *ifa)
{
	struct net_device *dev = ifa->ifa_dev->dev;
	u32 prefix = ifa->ifa_address & ifa->ifa_mask;

	fib_magic(RTM_NEWROUTE, RTN_LOCAL, ifa->ifa_local, 32, ifa);
	if (!(dev->flags & IFF_UP))
		return;
	if (ifa->ifa_broadcast && ifa->ifa_broadcast != 0xffffffff)
		fib_magic(RTM_NEWROUTE, RTN_BROADCAST, ifa->ifa_broadcast, 32, ifa);
	if (ZERONET(prefix) || (ifa->ifa_flags & IFA_F_SECONDARY) ||
	    (prefix == ifa->ifa_local && ifa->ifa_prefixlen == 32))
		return;
	fib_magic(RTM_NEWROUTE, dev->flags & IFF_LOOPBACK ? RTN_LOCAL : RTN_UNICAST, prefix,
		  ifa->ifa_prefixlen, ifa);
	if (ifa->ifa_prefixlen < 31)
		fib_magic(RTM_NEWROUTE, RTN_BROADCAST, prefix | ~ifa->ifa_mask, 32, ifa);
}

static void fib_del_ifaddr(struct in_ifaddr *ifa)
{
	struct net_device *dev = ifa->ifa_dev->dev;
	u32 prefix = ifa->ifa_address & ifa->ifa_mask;

	if (!(ifa->ifa_flags & IFA_F_SECONDARY)) {
		fib_magic(RTM_DELROUTE, dev->flags & IFF_LOOPBACK ? RTN_LOCAL : RTN_UNICAST, prefix,
			  ifa->ifa_prefixlen, ifa);
		fib_magic(RTM_DELROUTE, RTN_BROADCAST, prefix | ~ifa->ifa_mask, 32, ifa);
		fib_magic(RTM_DELROUTE, RTN_BROADCAST, ifa->ifa_broadcast, 32, ifa);
	}
	fib_magic(RTM_DELROUTE, RTN_LOCAL, ifa->ifa_local, 32, ifa);
	/* Routes that send from it make no sense any more. */
	if (inet_addr_type(ifa->ifa_local) != RTN_LOCAL && fib_sync_down(ifa->ifa_local, NULL, 0))
		fib_flush();
}

static int fib_inetaddr_event(struct notifier_block *this, unsigned long event, void *ptr)
{
	if (event == NETDEV_UP)
		fib_add_ifaddr(ptr);
	else if (event == NETDEV_DOWN)
		fib_del_ifaddr(ptr);
	rt_cache_flush(-1);
	return NOTIFY_DONE;
}

static void fib_disable_ip(struct net_device *dev, int force)
{
	if (fib_sync_down(0, dev, force))
		fib_flush();
	rt_cache_flush(0);
	neigh_ifdown(&arp_tbl, dev);
}

static int fib_netdev_event(struct notifier_block *this, unsigned long event, void *ptr)
{
	struct net_device *dev = ptr;
	struct in_device *in_dev = __in_dev_get(dev);
	struct in_ifaddr *ifa;

	if (event == NETDEV_UNREGISTER) {
		fib_disable_ip(dev, 2);
		return NOTIFY_DONE;
	}
	if (!in_dev)
		return NOTIFY_DONE;
	switch (event) {
	case NETDEV_UP:
		for (ifa = in_dev->ifa_list; ifa; ifa = ifa->ifa_next)
			fib_add_ifaddr(ifa);
		rt_cache_flush(-1);
		break;
	case NETDEV_DOWN:
		fib_disable_ip(dev, 0);
		break;
	case NETDEV_CHANGEMTU:
	case NETDEV_CHANGE:
		rt_cache_flush(0);
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block fib_inetaddr_notifier = {
	.notifier_call = fib_inetaddr_event,
};

static struct notifier_block fib_netdev_notifier = {
	.notifier_call = fib_netdev_event,
};

static int rtm_to_config(struct nlmsghdr *nlh, struct fib_config *cfg)
{
	struct rtmsg *rtm = nlmsg_data(nlh);
	struct rtattr *rta[RTA_MAX + 1];
	int i, err;

	memset(cfg, 0, sizeof(*cfg));
	if (!nlmsg_fits(nlh, sizeof(*rtm)))
		return -EINVAL;
	err = rtattr_parse(rta, RTA_MAX, (struct rtattr *)((char *)rtm + sizeof(*rtm)),
			   nlh->nlmsg_len - NLMSG_LENGTH(sizeof(*rtm)));
	for (i = 1; !err && i <= RTA_PREFSRC; i++)
		if (rta[i] && RTA_PAYLOAD(rta[i]) < 4)
			err = -EINVAL;
	if (err)
		return err;
	cfg->fc_dst_len = rtm->rtm_dst_len;
	cfg->fc_table = rtm->rtm_table ? rtm->rtm_table : RT_TABLE_MAIN;
	cfg->fc_protocol = rtm->rtm_protocol;
	cfg->fc_scope = rtm->rtm_scope;
	cfg->fc_type = rtm->rtm_type;
	cfg->fc_nlflags = nlh->nlmsg_flags;
	cfg->fc_dst = rta[RTA_DST] ? *(u32 *)rta_data(rta[RTA_DST]) : 0;
	cfg->fc_gw = rta[RTA_GATEWAY] ? *(u32 *)rta_data(rta[RTA_GATEWAY]) : 0;
	cfg->fc_oif = rta[RTA_OIF] ? *(int *)rta_data(rta[RTA_OIF]) : 0;
	cfg->fc_priority = rta[RTA_PRIORITY] ? *(u32 *)rta_data(rta[RTA_PRIORITY]) : 0;
	cfg->fc_prefsrc = rta[RTA_PREFSRC] ? *(u32 *)rta_data(rta[RTA_PREFSRC]) : 0;
	return cfg->fc_type > RTN_MAX ? -EINVAL : 0;
}

int inet_rtm_newroute(struct sk_buff *skb, struct nlmsghdr *nlh, void *arg)
{
	struct fib_config cfg;
	int err = rtm_to_config(nlh, &cfg);

	if (err)
		return err;
	if (!fib_tables[cfg.fc_table])
		fib_tables[cfg.fc_table] = fib_hash_init(cfg.fc_table);
	if (!fib_tables[cfg.fc_table])
		return -ENOBUFS;
	return fib_tables[cfg.fc_table]->tb_insert(fib_tables[cfg.fc_table], &cfg);
}

int inet_rtm_delroute(struct sk_buff *skb, struct nlmsghdr *nlh, void *arg)
{
	struct fib_config cfg;
	int err = rtm_to_config(nlh, &cfg);

	if (err)
		return err;
	if (!fib_tables[cfg.fc_table])
		return -ESRCH;
	return fib_tables[cfg.fc_table]->tb_delete(fib_tables[cfg.fc_table], &cfg);
}

/* args[0]: how many tables were told already. */
int inet_dump_fib(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct fib_table *tb;

	/* The local table, which all machines have, comes first: it has the greatest number. */
	for (; cb->args[0] <= RT_TABLE_MAX; cb->args[0]++) {
		tb = fib_tables[RT_TABLE_MAX - cb->args[0]];
		if (tb && tb->tb_dump(tb, skb, cb) < 0)
			break;
		cb->args[1] = 0;
	}
	return skb->len;
}

#ifdef CONFIG_PROC_FS
static int fib_route_seq_show(struct seq_file *seq, void *v)
{
	seq_puts(seq, "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n");
	if (ip_fib_main_table)
		fib_seq_table(ip_fib_main_table, seq);
	return 0;
}

static int fib_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, fib_route_seq_show, NULL);
}

static const struct file_operations fib_seq_fops = {
	.open = fib_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};
#endif

void __init ip_fib_init(void)
{
	ip_fib_local_table = fib_hash_init(RT_TABLE_LOCAL);
	ip_fib_main_table = fib_hash_init(RT_TABLE_MAIN);
	if (!ip_fib_local_table || !ip_fib_main_table)
		panic("no memory for the routing tables");
	register_netdevice_notifier(&fib_netdev_notifier);
	register_inetaddr_notifier(&fib_inetaddr_notifier);
#ifdef CONFIG_PROC_FS
	proc_net_fops_create("route", 0444, &fib_seq_fops);
#endif
}
