// SPDX-License-Identifier: GPL-2.0-only
/* A device that sends into nowhere; it is there to hold addresses and routes. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

static int numdummies = 1;
static struct net_device **dummies;

/* The module parameter, as the boot command line spells it: dummy.numdummies=N. */
static int __init numdummies_setup(char *value)
{
	numdummies = simple_strtoul(value, NULL, 0);
	return 0;
}
__setup("dummy.numdummies=", numdummies_setup);

static int dummy_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev->stats.tx_packets++;
	dev->stats.tx_bytes += skb->len;
	kfree_skb(skb);
	return 0;
}

static struct net_device_stats *dummy_get_stats(struct net_device *dev)
{
	return &dev->stats;
}

static int dummy_set_address(struct net_device *dev, void *p)
{
	struct sockaddr *sa = p;

	if (sa->sa_data[0] & 1)
		return -EADDRNOTAVAIL;
	memcpy(dev->dev_addr, sa->sa_data, ETH_ALEN);
	return 0;
}

static void dummy_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->get_stats = dummy_get_stats;
	dev->hard_start_xmit = dummy_xmit;
	dev->set_mac_address = dummy_set_address;
	dev->destructor = free_netdev;
	dev->tx_queue_len = 0;
	dev->flags |= IFF_NOARP;
	dev->flags &= ~IFF_MULTICAST;
	/* Locally administered; a real one is made at random. */
	dev->dev_addr[0] = 2;
}

static int __init dummy_init_one(int index)
{
	struct net_device *dev = alloc_netdev(0, "dummy%d", dummy_setup);
	int err;

	if (!dev)
		return -ENOMEM;
	dev->dev_addr[ETH_ALEN - 1] = index;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	dummies[index] = dev;
	return 0;
}

static int __init dummy_init_module(void)
{
	int i, err = 0;

	dummies = kcalloc(numdummies, sizeof(*dummies), GFP_KERNEL);
	if (!dummies)
		return -ENOMEM;
	for (i = 0; i < numdummies && !err; i++)
		err = dummy_init_one(i);
	if (!err)
		return 0;
	while (--i > 0)
		unregister_netdev(dummies[i - 1]);
	kfree(dummies);
	return err;
}
module_init(dummy_init_module);
