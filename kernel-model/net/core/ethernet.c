// SPDX-License-Identifier: GPL-2.0-only
/* What devices that look like Ethernet have in common. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <asm/byteorder.h>

static int eth_header(struct sk_buff *skb, struct net_device *dev, unsigned short type,
		      void *daddr, void *saddr, unsigned int len)
{
	struct ethhdr *eth = (struct ethhdr *)skb_push(skb, ETH_HLEN);

	eth->h_proto = htons(type);
	memcpy(eth->h_source, saddr ? saddr : dev->dev_addr, ETH_ALEN);
	if (dev->flags & (IFF_LOOPBACK | IFF_NOARP))
		memset(eth->h_dest, 0, ETH_ALEN);
	else if (daddr)
		memcpy(eth->h_dest, daddr, ETH_ALEN);
	else
		return -ETH_HLEN;
	return ETH_HLEN;
}

/* Takes the header off; returns the protocol. */
u16 eth_type_trans(struct sk_buff *skb, struct net_device *dev)
{
	static const unsigned char none[ETH_ALEN];
	struct ethhdr *eth = (struct ethhdr *)skb->data;

	skb->mac.raw = skb->data;
	skb_pull(skb, ETH_HLEN);
	if (!memcmp(eth->h_dest, dev->broadcast, ETH_ALEN) && memcmp(eth->h_dest, none, ETH_ALEN))
		skb->pkt_type = PACKET_BROADCAST;
	else if (memcmp(eth->h_dest, dev->dev_addr, ETH_ALEN))
		skb->pkt_type = PACKET_OTHERHOST;
	else
		skb->pkt_type = PACKET_HOST;
	return eth->h_proto;
}
EXPORT_SYMBOL(eth_type_trans);

static int eth_change_mtu(struct net_device *dev, int new_mtu)
{
	if (new_mtu < 68 || new_mtu > ETH_DATA_LEN)
		return -EINVAL;
	dev->mtu = new_mtu;
	return 0;
}

void ether_setup(struct net_device *dev)
{
	dev->change_mtu = eth_change_mtu;
	dev->hard_header = eth_header;
	dev->type = ARPHRD_ETHER;
	dev->hard_header_len = ETH_HLEN;
	dev->mtu = ETH_DATA_LEN;
	dev->addr_len = ETH_ALEN;
	dev->tx_queue_len = 1000;
	dev->flags = IFF_BROADCAST | IFF_MULTICAST;
	memset(dev->broadcast, 0xff, ETH_ALEN);
}
EXPORT_SYMBOL(ether_setup);
