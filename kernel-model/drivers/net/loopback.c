// SPDX-License-Identifier: GPL-2.0-only
/* The loopback device: what is sent comes in again. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/netdevice.h>

static int loopback_xmit(struct sk_buff *skb, struct net_device *dev)
{
	skb_orphan(skb);
	skb->protocol = eth_type_trans(skb, dev);
	skb->dev = dev;
	skb->ip_summed = CHECKSUM_UNNECESSARY;
	dev->stats.rx_bytes += skb->len;
	dev->stats.tx_bytes += skb->len;
	dev->stats.rx_packets++;
	dev->stats.tx_packets++;
	netif_rx(skb);
	return 0;
}

static struct net_device_stats *get_stats(struct net_device *dev)
{
	return &dev->stats;
}

struct net_device loopback_dev = {
	.name = "lo",
	.mtu = 65536,
	.hard_start_xmit = loopback_xmit,
	.hard_header_len = ETH_HLEN,
	.addr_len = ETH_ALEN,
	.tx_queue_len = 1000,
	.type = ARPHRD_LOOPBACK,
	.flags = IFF_LOOPBACK,
	.get_stats = get_stats,
};

static int __init loopback_init(void)
{
	struct net_device *dev = &loopback_dev;
	struct net_device eth = { .priv = NULL };

	/* A header as on Ethernet, with addresses of zeroes. */
	ether_setup(&eth);
	dev->hard_header = eth.hard_header;
	return register_netdev(dev);
}
module_init(loopback_init);
