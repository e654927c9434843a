/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NETDEVICE_H
#define _LINUX_NETDEVICE_H

#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/notifier.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/skbuff.h>
#include <asm/byteorder.h>

#define MAX_ADDR_LEN	32
#define LL_MAX_HEADER	32
#define LL_RESERVED_SPACE(dev)	(((dev)->hard_header_len + 15) & ~15)

#define NET_XMIT_SUCCESS	0
#define NET_XMIT_DROP		1
#define NET_RX_SUCCESS		0
#define NET_RX_DROP		1

#define PACKET_HOST		0
#define PACKET_BROADCAST	1
#define PACKET_MULTICAST	2
#define PACKET_OTHERHOST	3
#define PACKET_OUTGOING		4
#define PACKET_LOOPBACK		5

struct neigh_parms;
struct neighbour;

struct net_device_stats {
	unsigned long rx_packets;
	unsigned long tx_packets;
	unsigned long rx_bytes;
	unsigned long tx_bytes;
	unsigned long rx_errors;
	unsigned long tx_errors;
	unsigned long rx_dropped;
	unsigned long tx_dropped;
	unsigned long multicast;
	unsigned long collisions;
};

enum netdev_reg_state {
	NETREG_UNINITIALIZED = 0,
	NETREG_REGISTERED,
	NETREG_UNREGISTERING,
	NETREG_UNREGISTERED,
	NETREG_RELEASED,
};

/**
 * struct net_device - a network interface
 * @name: also the key of dev_name_head
 * @ifindex: a number that is not used again soon; the key of dev_index_head
 * @next: in dev_base
 * @ip_ptr: struct in_device, what IPv4 knows about it
 * @refcnt: who uses it; unregistering waits for all of them
 * @hard_start_xmit: sends a packet
 * @destructor: the last thing, when nobody uses it
 */
struct net_device {
	char name[IFNAMSIZ];
	struct hlist_node name_hlist;
	struct hlist_node index_hlist;
	struct net_device *next;
	struct list_head todo_list;
	int ifindex;
	unsigned short flags;
	unsigned short gflags;
	unsigned int mtu;
	unsigned short type;
	unsigned short hard_header_len;
	unsigned char addr_len;
	unsigned char dev_addr[MAX_ADDR_LEN];
	unsigned char broadcast[MAX_ADDR_LEN];
	unsigned long tx_queue_len;
	int promiscuity;
	void *priv;
	void *ip_ptr;
	atomic_t refcnt;
	enum netdev_reg_state reg_state;
	struct net_device_stats stats;
	int (*init)(struct net_device *dev);
	void (*uninit)(struct net_device *dev);
	void (*destructor)(struct net_device *dev);
	int (*open)(struct net_device *dev);
	int (*stop)(struct net_device *dev);
	int (*hard_start_xmit)(struct sk_buff *skb, struct net_device *dev);
	int (*hard_header)(struct sk_buff *skb, struct net_device *dev, unsigned short type,
			   void *daddr, void *saddr, unsigned int len);
	struct net_device_stats *(*get_stats)(struct net_device *dev);
	int (*set_mac_address)(struct net_device *dev, void *addr);
	int (*change_mtu)(struct net_device *dev, int new_mtu);
};

/**
 * struct packet_type - who wants packets of a protocol
 * @type: in network order; ETH_P_ALL for everything
 * @dev: of this device only, if not NULL
 */
struct packet_type {
	u16 type;
	struct net_device *dev;
	int (*func)(struct sk_buff *skb, struct net_device *dev, struct packet_type *pt,
		    struct net_device *orig_dev);
	void *af_packet_priv;
	struct list_head list;
};

/**
 * struct softnet_data - what a processor has received and not looked at yet
 */
struct softnet_data {
	struct sk_buff_head input_pkt_queue;
};

struct netif_rx_stats {
	unsigned int total;
	unsigned int dropped;
};

DECLARE_PER_CPU(struct softnet_data, softnet_data);
DECLARE_PER_CPU(struct netif_rx_stats, netdev_rx_stat);

extern struct net_device loopback_dev;
extern struct net_device *dev_base;
extern rwlock_t dev_base_lock;
extern int netdev_max_backlog;

#define NETDEV_UP		0x0001
#define NETDEV_DOWN		0x0002
#define NETDEV_REBOOT		0x0003
#define NETDEV_CHANGE		0x0004
#define NETDEV_REGISTER		0x0005
#define NETDEV_UNREGISTER	0x0006
#define NETDEV_CHANGEMTU	0x0007
#define NETDEV_CHANGEADDR	0x0008
#define NETDEV_GOING_DOWN	0x0009
#define NETDEV_CHANGENAME	0x000A

void dev_add_pack(struct packet_type *pt);
void __dev_remove_pack(struct packet_type *pt);
void dev_remove_pack(struct packet_type *pt);
int register_netdevice_notifier(struct notifier_block *nb);
int unregister_netdevice_notifier(struct notifier_block *nb);
struct net_device *__dev_get_by_name(const char *name);
struct net_device *dev_get_by_name(const char *name);
struct net_device *__dev_get_by_index(int ifindex);
struct net_device *dev_get_by_index(int ifindex);
int dev_alloc_name(struct net_device *dev, const char *name);
int dev_change_name(struct net_device *dev, char *newname);
int dev_change_flags(struct net_device *dev, unsigned int flags);
unsigned int dev_get_flags(const struct net_device *dev);
int dev_set_mtu(struct net_device *dev, int new_mtu);
int dev_open(struct net_device *dev);
int dev_close(struct net_device *dev);
int dev_queue_xmit(struct sk_buff *skb);
int dev_ioctl(unsigned int cmd, void __user *arg);
int netif_rx(struct sk_buff *skb);
int netif_receive_skb(struct sk_buff *skb);
int register_netdevice(struct net_device *dev);
int register_netdev(struct net_device *dev);
int unregister_netdevice(struct net_device *dev);
void unregister_netdev(struct net_device *dev);
void netdev_run_todo(void);
struct net_device *alloc_netdev(int sizeof_priv, const char *name,
				void (*setup)(struct net_device *dev));
void free_netdev(struct net_device *dev);

void ether_setup(struct net_device *dev);
u16 eth_type_trans(struct sk_buff *skb, struct net_device *dev);

#define dev_hold(dev)		atomic_inc(&(dev)->refcnt)
#define __dev_put(dev)		atomic_dec(&(dev)->refcnt)
#define dev_put(dev)		__dev_put(dev)
#define netdev_priv(dev)	((dev)->priv)

static inline int netif_running(const struct net_device *dev)
{
	return dev->flags & IFF_UP;
}

#endif /* _LINUX_NETDEVICE_H */
