// SPDX-License-Identifier: GPL-2.0-only
/* A device for tests of networking: see include/net/sink_test.h. */
#include <linux/inetdevice.h>
#include <linux/ip.h>
#include <linux/netfilter_ipv4/ip_conntrack.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <net/dst.h>
#include <net/ip.h>
#include <net/neighbour.h>
#include <net/sink_test.h>

/* A packet that waits to be looked at must not hold what it came by. */
static int sink_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dst_release(skb->dst);
	skb->dst = NULL;
	nf_reset(skb);
	skb_orphan(skb);
	skb_queue_tail(netdev_priv(dev), skb);
	return 0;
}

static void sink_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->hard_start_xmit = sink_xmit;
	dev->destructor = free_netdev;
	dev->dev_addr[0] = 2;
	skb_queue_head_init(netdev_priv(dev));
}

static int sink_configure(struct net_device *dev, u32 addr)
{
	struct ifreq ifr = { .ifr_flags = 0 };
	struct sockaddr_in *sin = (struct sockaddr_in *)&ifr.ifr_addr;
	int err;

	strlcpy(ifr.ifr_name, dev->name, IFNAMSIZ);
	sin->sin_family = AF_INET;
	sin->sin_addr.s_addr = addr;
	err = devinet_ioctl(SIOCSIFADDR, (void __force __user *)&ifr);
	if (err)
		return err;
	sin->sin_addr.s_addr = inet_make_mask(24);
	err = devinet_ioctl(SIOCSIFNETMASK, (void __force __user *)&ifr);
	if (err)
		return err;
	ifr.ifr_flags = IFF_UP;
	return dev_ioctl(SIOCSIFFLAGS, (void __force __user *)&ifr);
}

struct net_device *sink_up(u32 addr)
{
	struct net_device *dev = alloc_netdev(sizeof(struct sk_buff_head), "sink%d", sink_setup);

	if (!dev)
		return NULL;
	if (register_netdev(dev)) {
		free_netdev(dev);
		return NULL;
	}
	if (!sink_configure(dev, addr))
		return dev;
	sink_down(dev);
	return NULL;
}

void sink_down(struct net_device *dev)
{
	if (!dev)
		return;
	skb_queue_purge(sink_sent(dev));
	unregister_netdev(dev);
	/* What told a sender of ours of an error went by loopback. */
	rt_cache_flush(0);
	neigh_ifdown(&arp_tbl, &loopback_dev);
#ifdef CONFIG_IP_NF_CONNTRACK
	ip_conntrack_flush();
#endif
}

struct sk_buff_head *sink_sent(struct net_device *dev)
{
	return netdev_priv(dev);
}

int sink_warm_up(struct kunit_suite *suite)
{
	struct net_device *dev = sink_up(SINK_ADDR(1));

	sink_down(dev);
	return dev ? 0 : -ENOMEM;
}

int sink_add_neighbour(struct net_device *dev, u32 addr)
{
	static const u8 station[ETH_ALEN] = { 2, 0, 0, 0, 0, 9 };
	struct neighbour *n = neigh_create(&arp_tbl, &addr, dev);

	if (IS_ERR(n))
		return PTR_ERR(n);
	neigh_update(n, station, NUD_PERMANENT, NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_ADMIN);
	neigh_release(n);
	return 0;
}

struct sk_buff *sink_packet(struct net_device *dev, u32 src, u32 dst, u8 proto, int len)
{
	struct sk_buff *skb = alloc_skb(LL_MAX_HEADER + sizeof(struct iphdr) + len, GFP_KERNEL);
	struct iphdr *iph;

	if (!skb)
		return NULL;
	skb_reserve(skb, LL_MAX_HEADER);
	iph = (struct iphdr *)skb_put(skb, sizeof(*iph));
	memset(iph, 0, sizeof(*iph));
	iph->version = 4;
	iph->ihl = 5;
	iph->tot_len = htons(sizeof(*iph) + len);
	iph->ttl = 64;
	iph->protocol = proto;
	iph->saddr = src;
	iph->daddr = dst;
	ip_send_check(iph);
	memset(skb_put(skb, len), 0, len);
	skb->nh.iph = iph;
	skb->h.raw = skb->data + sizeof(*iph);
	skb->dev = dev;
	skb->protocol = htons(ETH_P_IP);
	return skb;
}
