// SPDX-License-Identifier: GPL-2.0-only
/* Address resolution: which station on the link has an IPv4 address. */
#include <linux/inetdevice.h>
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <net/ip.h>
#include <net/ip_fib.h>
#include <net/neighbour.h>

static void arp_solicit(struct neighbour *neigh, struct sk_buff *skb);
static void arp_error_report(struct neighbour *neigh, struct sk_buff *skb);

static struct neigh_ops arp_generic_ops = {
	.family = AF_INET,
	.solicit = arp_solicit,
	.error_report = arp_error_report,
	.output = neigh_resolve_output,
};

static u32 arp_hash(const void *pkey, const struct net_device *dev)
{
	return jhash_2words(*(const u32 *)pkey, dev->ifindex, arp_tbl.hash_rnd);
}

static int arp_constructor(struct neighbour *neigh)
{
	struct net_device *dev = neigh->dev;
	struct in_device *in_dev = __in_dev_get(dev);

	if (!in_dev)
		return -EINVAL;
	neigh->type = inet_addr_type(*(u32 *)neigh->primary_key);
	neigh_parms_put(neigh->parms);
	neigh->parms = neigh_parms_clone(in_dev->arp_parms);
	neigh->ops = &arp_generic_ops;
	neigh->output = neigh_resolve_output;
	if (neigh->type == RTN_BROADCAST) {
		neigh->nud_state = NUD_NOARP;
		memcpy(neigh->ha, dev->broadcast, dev->addr_len);
	} else if (dev->flags & (IFF_NOARP | IFF_LOOPBACK)) {
		neigh->nud_state = NUD_NOARP;
		memcpy(neigh->ha, dev->dev_addr, dev->addr_len);
	}
	if (neigh->nud_state & NUD_VALID)
		neigh->output = neigh_connected_output;
	return 0;
}

struct neigh_table arp_tbl = {
	.family = AF_INET,
	.key_len = 4,
	.hash = arp_hash,
	.constructor = arp_constructor,
	.id = "arp_cache",
	.parms = {
		.tbl = &arp_tbl,
		.base_reachable_time = 30 * HZ,
		.retrans_time = 1 * HZ,
		.gc_staletime = 60 * HZ,
		.reachable_time = 30 * HZ,
		.delay_probe_time = 5 * HZ,
		.queue_len = 3,
		.ucast_probes = 3,
		.mcast_probes = 3,
	},
	.gc_interval = 30 * HZ,
	.gc_thresh1 = 128,
	.gc_thresh2 = 512,
	.gc_thresh3 = 1024,
};

/* The route learns by which neighbour it goes. */
int arp_bind_neighbour(struct dst_entry *dst)
{
	struct net_device *dev = dst->dev;
	u32 nexthop = ((struct rtable *)dst)->rt_gateway;
	struct neighbour *n;

	if (dev->flags & (IFF_LOOPBACK | IFF_POINTOPOINT))
		nexthop = 0;
	n = neigh_lookup(&arp_tbl, &nexthop, dev);
	if (!n)
		n = neigh_create(&arp_tbl, &nexthop, dev);
	if (IS_ERR(n))
		return PTR_ERR(n);
	dst->neighbour = n;
	return 0;
}

static void arp_error_report(struct neighbour *neigh, struct sk_buff *skb)
{
	if (skb->dst && skb->dst->ops->link_failure)
		skb->dst->ops->link_failure(skb);
	kfree_skb(skb);
}

/* Asks or answers; @dest_hw is NULL for all. */
static void arp_send(int type, u32 dest_ip, struct net_device *dev, u32 src_ip,
		     unsigned char *dest_hw)
{
	int hw = dev->addr_len;
	struct sk_buff *skb;
	struct arphdr *arp;
	unsigned char *p;

	if (dev->flags & IFF_NOARP)
		return;
	skb = alloc_skb(sizeof(*arp) + 2 * (hw + 4) + LL_RESERVED_SPACE(dev), GFP_ATOMIC);
	if (!skb)
		return;
	skb_reserve(skb, LL_RESERVED_SPACE(dev));
	skb->nh.raw = skb->data;
	arp = (struct arphdr *)skb_put(skb, sizeof(*arp) + 2 * (hw + 4));
	skb->dev = dev;
	skb->protocol = htons(ETH_P_ARP);
	arp->ar_hrd = htons(dev->type);
	arp->ar_pro = htons(ETH_P_IP);
	arp->ar_hln = hw;
	arp->ar_pln = 4;
	arp->ar_op = htons(type);
	p = (unsigned char *)(arp + 1);
	memcpy(p, dev->dev_addr, hw);
	memcpy(p + hw, &src_ip, 4);
	if (dest_hw)
		memcpy(p + hw + 4, dest_hw, hw);
	else
		memset(p + hw + 4, 0, hw);
	memcpy(p + 2 * hw + 4, &dest_ip, 4);
	if (dev->hard_header(skb, dev, ETH_P_ARP, dest_hw ? dest_hw : dev->broadcast, NULL,
			     skb->len) < 0)
		kfree_skb(skb);
	else
		dev_queue_xmit(skb);
}

static void arp_solicit(struct neighbour *neigh, struct sk_buff *skb)
{
	u32 target = *(u32 *)neigh->primary_key;

	arp_send(ARPOP_REQUEST, target, neigh->dev,
		 inet_select_addr(neigh->dev, target, RT_SCOPE_LINK), NULL);
}

/* Whoever asks for our address is told; what others say about theirs is learnt. */
static int arp_process(struct sk_buff *skb, struct net_device *dev)
{
	struct arphdr *arp = skb->nh.arph;
	unsigned char *sha = (unsigned char *)(arp + 1);
	struct neighbour *n;
	u32 sip, tip;

	memcpy(&sip, sha + dev->addr_len, 4);
	memcpy(&tip, sha + 2 * dev->addr_len + 4, 4);
	if (LOOPBACK(tip) || MULTICAST(tip))
		return 0;
	n = neigh_lookup(&arp_tbl, &sip, dev);
	if (arp->ar_op == htons(ARPOP_REQUEST) && inet_addr_type(tip) == RTN_LOCAL) {
		if (!n)
			n = neigh_create(&arp_tbl, &sip, dev);
		if (!IS_ERR(n)) {
			neigh_update(n, sha, NUD_STALE, NEIGH_UPDATE_F_OVERRIDE);
			arp_send(ARPOP_REPLY, sip, dev, tip, sha);
		}
	} else if (n) {
		neigh_update(n, sha, arp->ar_op == htons(ARPOP_REPLY) &&
			     skb->pkt_type == PACKET_HOST ? NUD_REACHABLE : NUD_STALE,
			     NEIGH_UPDATE_F_OVERRIDE);
	}
	if (n && !IS_ERR(n))
		neigh_release(n);
	return 0;
}

static int arp_rcv(struct sk_buff *skb, struct net_device *dev, struct packet_type *pt,
		   struct net_device *orig_dev)
{
	struct arphdr *arp = skb->nh.arph;

	if (pskb_may_pull(skb, sizeof(*arp) + 2 * (dev->addr_len + 4)) &&
	    !(dev->flags & (IFF_NOARP | IFF_LOOPBACK)) && skb->pkt_type != PACKET_OTHERHOST &&
	    arp->ar_hln == dev->addr_len && arp->ar_pln == 4 && arp->ar_pro == htons(ETH_P_IP))
		arp_process(skb, dev);
	kfree_skb(skb);
	return 0;
}

static struct packet_type arp_packet_type = {
	.func = arp_rcv,
};

static int arp_netdev_event(struct notifier_block *this, unsigned long event, void *ptr)
{
	if (event == NETDEV_CHANGEADDR) {
		neigh_ifdown(&arp_tbl, ptr);
		rt_cache_flush(0);
	}
	return NOTIFY_DONE;
}

static struct notifier_block arp_netdev_notifier = {
	.notifier_call = arp_netdev_event,
};

#ifdef CONFIG_PROC_FS
static void arp_seq_one(struct seq_file *seq, struct neighbour *n)
{
	u32 ip = *(u32 *)n->primary_key;
	char hw[3 * MAX_ADDR_LEN] = "";
	int i, k = 0, flags = 0;

	for (i = 0; i < n->dev->addr_len; i++)
		k += scnprintf(hw + k, sizeof(hw) - k, "%s%02x", i ? ":" : "", n->ha[i]);
	if (n->nud_state & NUD_PERMANENT)
		flags = 6;
	else if (n->nud_state & NUD_VALID)
		flags = 2;
	seq_printf(seq, "%u.%u.%u.%u        0x%-10x0x%-10x%s     *        %s\n", NIPQUAD(ip),
		   n->dev->type, flags, hw, n->dev->name);
}

static int arp_seq_show(struct seq_file *seq, void *v)
{
	struct neighbour *n;
	int i;

	seq_puts(seq, "IP address       HW type     Flags       HW address            Mask     Device\n");
	read_lock_bh(&arp_tbl.lock);
	for (i = 0; i <= arp_tbl.hash_mask; i++)
		for (n = arp_tbl.hash_buckets[i]; n; n = n->next)
			if (!(n->nud_state & NUD_NOARP))
				arp_seq_one(seq, n);
	read_unlock_bh(&arp_tbl.lock);
	return 0;
}

static int arp_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, arp_seq_show, NULL);
}

static const struct file_operations arp_seq_fops = {
	.open = arp_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};
#endif

void __init arp_init(void)
{
	neigh_table_init(&arp_tbl);
	arp_packet_type.type = htons(ETH_P_ARP);
	dev_add_pack(&arp_packet_type);
	register_netdevice_notifier(&arp_netdev_notifier);
#ifdef CONFIG_PROC_FS
	proc_net_fops_create("arp", 0444, &arp_seq_fops);
#endif
}
