/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_INETDEVICE_H
#define _LINUX_INETDEVICE_H

#include <linux/netdevice.h>
#include <linux/in.h>
#include <linux/rcupdate.h>
#include <linux/rtnetlink.h>

/* Settings of a device; those of all devices and of new ones have no device. */
struct ipv4_devconf {
	int accept_redirects;
	int send_redirects;
	int secure_redirects;
	int shared_media;
	int accept_source_route;
	int rp_filter;
	int proxy_arp;
	int bootp_relay;
	int log_martians;
	int forwarding;
	int mc_forwarding;
	int tag;
	int arp_filter;
	int arp_announce;
	int arp_ignore;
	int medium_id;
	int no_xfrm;
	int no_policy;
	void *sysctl;
};

extern struct ipv4_devconf ipv4_devconf;
extern struct ipv4_devconf ipv4_devconf_dflt;

/**
 * struct in_device - the IPv4 side of a device
 * @dead: the device is going, do not hang anything on this
 * @ifa_list: its addresses
 * @arp_parms: how its neighbours are found
 */
struct in_device {
	struct net_device *dev;
	atomic_t refcnt;
	int dead;
	struct in_ifaddr *ifa_list;
	struct neigh_parms *arp_parms;
	struct ipv4_devconf cnf;
	struct rcu_head rcu_head;
};

#define IN_DEV_FORWARD(in_dev)	((in_dev)->cnf.forwarding)
#define IN_DEV_RPFILTER(in_dev)	(ipv4_devconf.rp_filter && (in_dev)->cnf.rp_filter)
#define IN_DEV_SHARED_MEDIA(in_dev) (ipv4_devconf.shared_media || (in_dev)->cnf.shared_media)
#define IN_DEV_TX_REDIRECTS(in_dev) (ipv4_devconf.send_redirects || (in_dev)->cnf.send_redirects)

struct in_ifaddr {
	struct in_ifaddr *ifa_next;
	struct in_device *ifa_dev;
	struct rcu_head rcu_head;
	u32 ifa_local;
	u32 ifa_address;
	u32 ifa_mask;
	u32 ifa_broadcast;
	unsigned char ifa_scope;
	unsigned char ifa_flags;
	unsigned char ifa_prefixlen;
	char ifa_label[IFNAMSIZ];
};

int register_inetaddr_notifier(struct notifier_block *nb);
int unregister_inetaddr_notifier(struct notifier_block *nb);
struct net_device *ip_dev_find(u32 addr);
u32 inet_select_addr(const struct net_device *dev, u32 dst, int scope);
struct in_ifaddr *inet_ifa_byprefix(struct in_device *in_dev, u32 prefix, u32 mask);
int devinet_ioctl(unsigned int cmd, void __user *arg);
void devinet_init(void);
void in_dev_finish_destroy(struct in_device *idev);

static inline int inet_ifa_match(u32 addr, const struct in_ifaddr *ifa)
{
	return !((addr ^ ifa->ifa_address) & ifa->ifa_mask);
}

static inline struct in_device *__in_dev_get(const struct net_device *dev)
{
	return dev->ip_ptr;
}

static inline struct in_device *in_dev_get(const struct net_device *dev)
{
	struct in_device *in_dev = __in_dev_get(dev);

	if (in_dev)
		atomic_inc(&in_dev->refcnt);
	return in_dev;
}

static inline void in_dev_put(struct in_device *idev)
{
	if (atomic_dec_and_test(&idev->refcnt))
		in_dev_finish_destroy(idev);
}

static inline u32 inet_make_mask(int logmask)
{
	return logmask ? htonl(~0U << (32 - logmask)) : 0;
}

static inline int inet_mask_len(u32 mask)
{
	u32 hmask = ntohl(mask);

	return hmask ? 32 - __builtin_ctz(hmask) : 0;
}

static inline int bad_mask(u32 mask, u32 addr)
{
	u32 host = ~ntohl(mask);

	return (addr & ~mask) || (host & (host + 1));
}

#endif /* _LINUX_INETDEVICE_H */
