// SPDX-License-Identifier: GPL-2.0-only
/*
 * IPv4 addresses of devices.  They change under the rtnl semaphore; who is told
 * of it (inetaddr_chain) sets up the routes.
 */
#include <linux/inetdevice.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/sysctl.h>
#include <linux/uaccess.h>
#include <net/ip.h>
#include <net/ip_fib.h>

struct ipv4_devconf ipv4_devconf = {
	.accept_redirects = 1,
	.send_redirects = 1,
	.secure_redirects = 1,
	.shared_media = 1,
};

struct ipv4_devconf ipv4_devconf_dflt = {
	.accept_redirects = 1,
	.send_redirects = 1,
	.secure_redirects = 1,
	.shared_media = 1,
	.accept_source_route = 1,
};

static struct notifier_block *inetaddr_chain;

static void rtmsg_ifa(int event, struct in_ifaddr *ifa);

int register_inetaddr_notifier(struct notifier_block *nb)
{
	return notifier_chain_register(&inetaddr_chain, nb);
}
EXPORT_SYMBOL(register_inetaddr_notifier);

int unregister_inetaddr_notifier(struct notifier_block *nb)
{
	return notifier_chain_unregister(&inetaddr_chain, nb);
}
EXPORT_SYMBOL(unregister_inetaddr_notifier);

static void inet_rcu_free_ifa(struct rcu_head *head)
{
	struct in_ifaddr *ifa = container_of(head, struct in_ifaddr, rcu_head);

	if (ifa->ifa_dev)
		in_dev_put(ifa->ifa_dev);
	kfree(ifa);
}

static void inet_free_ifa(struct in_ifaddr *ifa)
{
	call_rcu(&ifa->rcu_head, inet_rcu_free_ifa);
}

void in_dev_finish_destroy(struct in_device *idev)
{
	WARN_ON(idev->ifa_list);
	dev_put(idev->dev);
	kfree(idev);
}

static struct in_device *inetdev_init(struct net_device *dev)
{
	struct in_device *in_dev = kzalloc(sizeof(*in_dev), GFP_KERNEL);

	ASSERT_RTNL();
	if (!in_dev)
		return NULL;
	in_dev->cnf = ipv4_devconf_dflt;
	in_dev->dev = dev;
	in_dev->arp_parms = neigh_parms_alloc(dev, &arp_tbl);
	if (!in_dev->arp_parms) {
		kfree(in_dev);
		return NULL;
	}
	atomic_set(&in_dev->refcnt, 1);
	dev_hold(dev);
	dev->ip_ptr = in_dev;
	return in_dev;
}

static void inet_del_one(struct in_ifaddr **ifap)
{
	struct in_ifaddr *ifa = *ifap;

	*ifap = ifa->ifa_next;
	rtmsg_ifa(RTM_DELADDR, ifa);
	notifier_call_chain(&inetaddr_chain, NETDEV_DOWN, ifa);
	inet_free_ifa(ifa);
}

/* The first address of a network takes the others of that network along. */
static void inet_del_ifa(struct in_device *in_dev, struct in_ifaddr **ifap)
{
	struct in_ifaddr *ifa = *ifap, **next = &ifa->ifa_next;

	ASSERT_RTNL();
	while (!(ifa->ifa_flags & IFA_F_SECONDARY) && *next) {
		if (((*next)->ifa_flags & IFA_F_SECONDARY) && (*next)->ifa_mask == ifa->ifa_mask &&
		    inet_ifa_match(ifa->ifa_address, *next))
			inet_del_one(next);
		else
			next = &(*next)->ifa_next;
	}
	inet_del_one(ifap);
}

static void in_dev_rcu_put(struct rcu_head *head)
{
	in_dev_put(container_of(head, struct in_device, rcu_head));
}

static void inetdev_destroy(struct in_device *in_dev)
{
	ASSERT_RTNL();
	in_dev->dead = 1;
	while (in_dev->ifa_list)
		inet_del_ifa(in_dev, &in_dev->ifa_list);
	in_dev->dev->ip_ptr = NULL;
	neigh_parms_release(&arp_tbl, in_dev->arp_parms);
	call_rcu(&in_dev->rcu_head, in_dev_rcu_put);
}

/* The device must be there; the address belongs to its list afterwards. */
static int inet_insert_ifa(struct in_ifaddr *ifa)
{
	struct in_device *in_dev = ifa->ifa_dev;
	struct in_ifaddr **ifap, *ifa1;

	ASSERT_RTNL();
	if (!ifa->ifa_local) {
		inet_free_ifa(ifa);
		return 0;
	}
	for (ifap = &in_dev->ifa_list; (ifa1 = *ifap) != NULL; ifap = &ifa1->ifa_next) {
		if (ifa1->ifa_mask != ifa->ifa_mask || !inet_ifa_match(ifa1->ifa_address, ifa))
			continue;
		if (ifa1->ifa_local == ifa->ifa_local) {
			inet_free_ifa(ifa);
			return -EEXIST;
		}
		ifa->ifa_flags |= IFA_F_SECONDARY;
	}
	*ifap = ifa;
	rtmsg_ifa(RTM_NEWADDR, ifa);
	notifier_call_chain(&inetaddr_chain, NETDEV_UP, ifa);
	return 0;
}

static struct in_ifaddr *inet_alloc_ifa(struct in_device *in_dev)
{
	struct in_ifaddr *ifa = kzalloc(sizeof(*ifa), GFP_KERNEL);

	if (ifa) {
		atomic_inc(&in_dev->refcnt);
		ifa->ifa_dev = in_dev;
		ifa->ifa_flags = IFA_F_PERMANENT;
	}
	return ifa;
}

static void inet_set_mask(struct in_ifaddr *ifa, int prefixlen)
{
	ifa->ifa_prefixlen = prefixlen;
	ifa->ifa_mask = inet_make_mask(prefixlen);
}

/* What the class of an address says about its mask; -1 if it is no host's. */
static int inet_abc_len(u32 addr)
{
	u32 a = ntohl(addr);

	if (ZERONET(addr))
		return 0;
	if (!(a & 0x80000000))
		return 8;
	if (!(a & 0x40000000))
		return 16;
	if (!(a & 0x20000000))
		return 24;
	return -1;
}

/* The device that has an address, with a reference. */
struct net_device *ip_dev_find(u32 addr)
{
	struct flowi fl = { .fl4_dst = addr };
	struct net_device *dev = NULL;
	struct fib_result res = { .fi = NULL };

	if (!ip_fib_local_table || ip_fib_local_table->tb_lookup(ip_fib_local_table, &fl, &res))
		return NULL;
	if (res.type == RTN_LOCAL)
		dev = FIB_RES_DEV(res);
	if (dev)
		dev_hold(dev);
	fib_res_put(&res);
	return dev;
}
EXPORT_SYMBOL(ip_dev_find);

/* A source address for packets by a device to a destination. */
u32 inet_select_addr(const struct net_device *dev, u32 dst, int scope)
{
	struct in_device *in_dev = __in_dev_get(dev);
	struct in_ifaddr *ifa;
	u32 addr = 0;

	for (ifa = in_dev ? in_dev->ifa_list : NULL; ifa; ifa = ifa->ifa_next) {
		if ((ifa->ifa_flags & IFA_F_SECONDARY) || ifa->ifa_scope > scope)
			continue;
		if (!dst || inet_ifa_match(dst, ifa))
			return ifa->ifa_local;
		if (!addr)
			addr = ifa->ifa_local;
	}
	if (addr)
		return addr;
	for (dev = dev_base; dev; dev = dev->next) {
		in_dev = __in_dev_get(dev);
		for (ifa = in_dev ? in_dev->ifa_list : NULL; ifa; ifa = ifa->ifa_next)
			if (ifa->ifa_scope != RT_SCOPE_LINK && ifa->ifa_scope <= scope)
				return ifa->ifa_local;
	}
	return 0;
}
EXPORT_SYMBOL(inet_select_addr);

/* Loopback gets its address by itself when it goes up. */
static void inetdev_up(struct net_device *dev, struct in_device *in_dev)
{
	struct in_ifaddr *ifa;

	if (!(dev->flags & IFF_LOOPBACK) || in_dev->ifa_list)
		return;
	ifa = inet_alloc_ifa(in_dev);
	if (!ifa)
		return;
	ifa->ifa_local = htonl(INADDR_LOOPBACK);
	ifa->ifa_address = ifa->ifa_local;
	inet_set_mask(ifa, 8);
	ifa->ifa_scope = RT_SCOPE_HOST;
	memcpy(ifa->ifa_label, dev->name, IFNAMSIZ);
	inet_insert_ifa(ifa);
}

static int inetdev_event(struct notifier_block *this, unsigned long event, void *ptr)
{
	struct net_device *dev = ptr;
	struct in_device *in_dev = __in_dev_get(dev);

	if (!in_dev) {
		if (event == NETDEV_REGISTER && !inetdev_init(dev))
			printk(KERN_ERR "%s: no memory for IPv4\n", dev->name);
		return NOTIFY_DONE;
	}
	switch (event) {
	case NETDEV_UP:
		if (dev->mtu >= 68)
			inetdev_up(dev, in_dev);
		break;
	case NETDEV_CHANGEMTU:
		if (dev->mtu >= 68)
			break;
		fallthrough;	/* an MTU too small for IPv4 */
	case NETDEV_UNREGISTER:
		inetdev_destroy(in_dev);
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block ip_netdev_notifier = {
	.notifier_call = inetdev_event,
};

static void ifreq_put_addr(struct sockaddr *to, u32 addr)
{
	struct sockaddr_in *sin = (struct sockaddr_in *)to;

	memset(to, 0, sizeof(*to));
	sin->sin_family = AF_INET;
	sin->sin_addr.s_addr = addr;
}

static int devinet_get(unsigned int cmd, struct ifreq *ifr, struct in_ifaddr *ifa)
{
	if (!ifa)
		return -EADDRNOTAVAIL;
	switch (cmd) {
	case SIOCGIFADDR:
		ifreq_put_addr(&ifr->ifr_addr, ifa->ifa_local);
		return 0;
	case SIOCGIFBRDADDR:
		ifreq_put_addr(&ifr->ifr_broadaddr, ifa->ifa_broadcast);
		return 0;
	case SIOCGIFNETMASK:
		ifreq_put_addr(&ifr->ifr_netmask, ifa->ifa_mask);
		return 0;
	}
	return -EINVAL;
}

static int devinet_set_addr(struct net_device *dev, struct in_ifaddr **ifap, u32 addr)
{
	struct in_device *in_dev = __in_dev_get(dev);
	struct in_ifaddr *ifa;

	if (inet_abc_len(addr) < 0)
		return -EINVAL;
	if (!in_dev)
		in_dev = inetdev_init(dev);
	if (!in_dev)
		return -ENOBUFS;
	if (*ifap && (*ifap)->ifa_local == addr)
		return 0;
	ifa = inet_alloc_ifa(in_dev);
	if (!ifa)
		return -ENOBUFS;
	if (*ifap)
		inet_del_ifa(in_dev, ifap);
	ifa->ifa_local = addr;
	ifa->ifa_address = addr;
	inet_set_mask(ifa, inet_abc_len(addr));
	if ((dev->flags & IFF_BROADCAST) && ifa->ifa_prefixlen < 31)
		ifa->ifa_broadcast = addr | ~ifa->ifa_mask;
	ifa->ifa_scope = LOOPBACK(addr) ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
	memcpy(ifa->ifa_label, dev->name, IFNAMSIZ);
	return inet_insert_ifa(ifa);
}

/* Takes the address away and puts it back with another mask or broadcast address. */
static int devinet_change(unsigned int cmd, struct in_device *in_dev, struct in_ifaddr **ifap,
			  u32 value)
{
	struct in_ifaddr *ifa = *ifap;

	if (!ifa)
		return -EADDRNOTAVAIL;
	if (cmd == SIOCSIFNETMASK && bad_mask(value, 0))
		return -EINVAL;
	*ifap = ifa->ifa_next;
	ifa->ifa_next = NULL;
	notifier_call_chain(&inetaddr_chain, NETDEV_DOWN, ifa);
	if (cmd == SIOCSIFBRDADDR)
		ifa->ifa_broadcast = value;
	if (cmd == SIOCSIFNETMASK) {
		if (ifa->ifa_broadcast == (ifa->ifa_local | ~ifa->ifa_mask))
			ifa->ifa_broadcast = ifa->ifa_local | ~value;
		inet_set_mask(ifa, inet_mask_len(value));
	}
	return inet_insert_ifa(ifa);
}

static struct in_ifaddr **devinet_find(struct in_device *in_dev, const char *label)
{
	struct in_ifaddr **ifap;

	for (ifap = &in_dev->ifa_list; *ifap; ifap = &(*ifap)->ifa_next)
		if (!strcmp((*ifap)->ifa_label, label))
			break;
	return ifap;
}

static int devinet_do(unsigned int cmd, struct ifreq *ifr)
{
	struct net_device *dev = __dev_get_by_name(ifr->ifr_name);
	u32 value = ((struct sockaddr_in *)&ifr->ifr_addr)->sin_addr.s_addr;
	struct in_ifaddr *none = NULL, **ifap = &none;
	struct in_device *in_dev;

	if (!dev)
		return -ENODEV;
	in_dev = __in_dev_get(dev);
	if (in_dev)
		ifap = devinet_find(in_dev, ifr->ifr_name);
	if (cmd == SIOCGIFADDR || cmd == SIOCGIFBRDADDR || cmd == SIOCGIFNETMASK)
		return devinet_get(cmd, ifr, *ifap);
	if (cmd == SIOCSIFADDR)
		return devinet_set_addr(dev, ifap, value);
	return devinet_change(cmd, in_dev, ifap, value);
}

static int inet_gifconf(void __user *arg)
{
	struct net_device *dev;
	struct in_device *in_dev;
	struct in_ifaddr *ifa;
	struct ifconf ifc;
	struct ifreq ifr;
	int done = 0;

	if (copy_from_user(&ifc, arg, sizeof(ifc)))
		return -EFAULT;
	for (dev = dev_base; dev; dev = dev->next) {
		in_dev = __in_dev_get(dev);
		for (ifa = in_dev ? in_dev->ifa_list : NULL; ifa; ifa = ifa->ifa_next) {
			if (ifc.ifc_buf && ifc.ifc_len - done < (int)sizeof(ifr))
				goto out;
			memset(&ifr, 0, sizeof(ifr));
			strlcpy(ifr.ifr_name, ifa->ifa_label, IFNAMSIZ);
			ifreq_put_addr(&ifr.ifr_addr, ifa->ifa_local);
			if (ifc.ifc_buf && copy_to_user(ifc.ifc_buf + done, &ifr, sizeof(ifr)))
				return -EFAULT;
			done += sizeof(ifr);
		}
	}
out:
	ifc.ifc_len = done;
	return copy_to_user(arg, &ifc, sizeof(ifc)) ? -EFAULT : 0;
}

int devinet_ioctl(unsigned int cmd, void __user *arg)
{
	struct ifreq ifr;
	int ret, setting = cmd == SIOCSIFADDR || cmd == SIOCSIFBRDADDR || cmd == SIOCSIFNETMASK;

	if (cmd == SIOCGIFCONF) {
		rtnl_lock();
		ret = inet_gifconf(arg);
		rtnl_unlock();
		return ret;
	}
	if (copy_from_user(&ifr, arg, sizeof(ifr)))
		return -EFAULT;
	ifr.ifr_name[IFNAMSIZ - 1] = 0;
	if (setting && !capable(CAP_NET_ADMIN))
		return -EPERM;
	if (setting && ifr.ifr_addr.sa_family != AF_INET)
		return -EINVAL;
	rtnl_lock();
	ret = devinet_do(cmd, &ifr);
	rtnl_unlock();
	if (!ret && !setting && copy_to_user(arg, &ifr, sizeof(ifr)))
		ret = -EFAULT;
	return ret;
}

static int inet_fill_ifaddr(struct sk_buff *skb, struct in_ifaddr *ifa, u32 pid, u32 seq,
			    int event, unsigned int flags)
{
	struct nlmsghdr *nlh = nlmsg_put(skb, pid, seq, event, sizeof(struct ifaddrmsg), flags);
	struct ifaddrmsg *ifm;

	if (!nlh)
		return -1;
	ifm = nlmsg_data(nlh);
	ifm->ifa_family = AF_INET;
	ifm->ifa_prefixlen = ifa->ifa_prefixlen;
	ifm->ifa_flags = ifa->ifa_flags;
	ifm->ifa_scope = ifa->ifa_scope;
	ifm->ifa_index = ifa->ifa_dev->dev->ifindex;
	if (rta_put_u32(skb, IFA_ADDRESS, ifa->ifa_address) ||
	    rta_put_u32(skb, IFA_LOCAL, ifa->ifa_local) ||
	    (ifa->ifa_broadcast && rta_put_u32(skb, IFA_BROADCAST, ifa->ifa_broadcast)) ||
	    rta_put(skb, IFA_LABEL, strlen(ifa->ifa_label) + 1, ifa->ifa_label)) {
		nlmsg_cancel(skb, nlh);
		return -1;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

/* Tells those who listen that an address came or went. */
static void rtmsg_ifa(int event, struct in_ifaddr *ifa)
{
	struct sk_buff *skb = alloc_skb(NLMSG_GOODSIZE, GFP_KERNEL);

	if (!skb)
		return;
	inet_fill_ifaddr(skb, ifa, 0, 0, event, 0);
	netlink_broadcast(rtnl, skb, 0, RTNLGRP_IPV4_IFADDR, GFP_KERNEL);
}

static int inet_dump_ifaddr(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct net_device *dev;
	struct in_device *in_dev;
	struct in_ifaddr *ifa;
	int idx = 0;

	read_lock(&dev_base_lock);
	for (dev = dev_base; dev; dev = dev->next) {
		in_dev = __in_dev_get(dev);
		for (ifa = in_dev ? in_dev->ifa_list : NULL; ifa; ifa = ifa->ifa_next, idx++)
			if (idx >= cb->args[0] &&
			    inet_fill_ifaddr(skb, ifa, NETLINK_CB(cb->skb).pid,
					     cb->nlh->nlmsg_seq, RTM_NEWADDR, NLM_F_MULTI))
				goto out;
	}
out:
	read_unlock(&dev_base_lock);
	cb->args[0] = idx;
	return skb->len;
}

static int parse_ifaddr(struct nlmsghdr *nlh, struct rtattr **rta, struct ifaddrmsg **ifmp)
{
	struct ifaddrmsg *ifm = nlmsg_data(nlh);
	int i, err;

	if (!nlmsg_fits(nlh, sizeof(*ifm)))
		return -EINVAL;
	err = rtattr_parse(rta, IFA_MAX, (struct rtattr *)((char *)ifm + NLMSG_ALIGN(sizeof(*ifm))),
			   nlh->nlmsg_len - NLMSG_LENGTH(sizeof(*ifm)));
	for (i = IFA_ADDRESS; !err && i <= IFA_BROADCAST; i++)
		if (rta[i] && i != IFA_LABEL && RTA_PAYLOAD(rta[i]) < 4)
			err = -EINVAL;
	*ifmp = ifm;
	return err;
}

static int inet_rtm_newaddr(struct sk_buff *skb, struct nlmsghdr *nlh, void *arg)
{
	struct rtattr *rta[IFA_MAX + 1];
	struct ifaddrmsg *ifm;
	struct net_device *dev;
	struct in_device *in_dev;
	struct in_ifaddr *ifa;
	int err = parse_ifaddr(nlh, rta, &ifm);

	if (err)
		return err;
	if (ifm->ifa_prefixlen > 32 || !rta[IFA_LOCAL])
		return -EINVAL;
	dev = __dev_get_by_index(ifm->ifa_index);
	if (!dev)
		return -ENODEV;
	in_dev = __in_dev_get(dev);
	ifa = in_dev ? inet_alloc_ifa(in_dev) : NULL;
	if (!ifa)
		return -ENOBUFS;
	ifa->ifa_local = *(u32 *)rta_data(rta[IFA_LOCAL]);
	ifa->ifa_address = ifa->ifa_local;
	if (rta[IFA_ADDRESS])
		ifa->ifa_address = *(u32 *)rta_data(rta[IFA_ADDRESS]);
	if (rta[IFA_BROADCAST])
		ifa->ifa_broadcast = *(u32 *)rta_data(rta[IFA_BROADCAST]);
	inet_set_mask(ifa, ifm->ifa_prefixlen);
	ifa->ifa_flags = ifm->ifa_flags | IFA_F_PERMANENT;
	ifa->ifa_scope = ifm->ifa_scope;
	memcpy(ifa->ifa_label, dev->name, IFNAMSIZ);
	return inet_insert_ifa(ifa);
}

static int inet_rtm_deladdr(struct sk_buff *skb, struct nlmsghdr *nlh, void *arg)
{
	struct rtattr *rta[IFA_MAX + 1];
	struct ifaddrmsg *ifm;
	struct net_device *dev;
	struct in_device *in_dev;
	struct in_ifaddr **ifap;
	int err = parse_ifaddr(nlh, rta, &ifm);

	if (err)
		return err;
	dev = __dev_get_by_index(ifm->ifa_index);
	in_dev = dev ? __in_dev_get(dev) : NULL;
	if (!in_dev)
		return -ENODEV;
	for (ifap = &in_dev->ifa_list; *ifap; ifap = &(*ifap)->ifa_next) {
		if (rta[IFA_LOCAL] && *(u32 *)rta_data(rta[IFA_LOCAL]) != (*ifap)->ifa_local)
			continue;
		if (rta[IFA_ADDRESS] && ifm->ifa_prefixlen != (*ifap)->ifa_prefixlen)
			continue;
		inet_del_ifa(in_dev, ifap);
		return 0;
	}
	return -EADDRNOTAVAIL;
}

static struct rtnetlink_link inet_rtnetlink_table[RTM_MAX - RTM_BASE + 1] = {
	[RTM_NEWADDR - RTM_BASE] = { .doit = inet_rtm_newaddr },
	[RTM_DELADDR - RTM_BASE] = { .doit = inet_rtm_deladdr },
	[RTM_GETADDR - RTM_BASE] = { .dumpit = inet_dump_ifaddr },
	[RTM_NEWROUTE - RTM_BASE] = { .doit = inet_rtm_newroute },
	[RTM_DELROUTE - RTM_BASE] = { .doit = inet_rtm_delroute },
	[RTM_GETROUTE - RTM_BASE] = { .dumpit = inet_dump_fib },
	[RTM_GETRULE - RTM_BASE] = { .dumpit = inet_dump_rules },
};

#ifdef CONFIG_SYSCTL
static int devinet_sysctl_forward(ctl_table *ctl, int write, struct file *filp,
				  void __user *buffer, size_t *lenp, loff_t *ppos)
{
	int val = ipv4_devconf.forwarding;
	int ret = proc_dointvec(ctl, write, filp, buffer, lenp, ppos);
	struct net_device *dev;

	if (!write || ret || val == ipv4_devconf.forwarding)
		return ret;
	/* The setting for all goes to each, and to those to come. */
	ipv4_devconf_dflt.forwarding = ipv4_devconf.forwarding;
	rtnl_lock();
	for (dev = dev_base; dev; dev = dev->next)
		if (__in_dev_get(dev))
			__in_dev_get(dev)->cnf.forwarding = ipv4_devconf.forwarding;
	rtnl_unlock();
	rt_cache_flush(0);
	return 0;
}

#define DEVCONF(nr, name, conf)							\
	{ .ctl_name = (nr), .procname = #name, .data = &(conf).name,		\
	  .maxlen = sizeof(int), .mode = 0644, .proc_handler = proc_dointvec }

#define DEVCONF_TABLE(table, conf, fwd)						\
	static ctl_table table[] = {						\
		{ .ctl_name = 1, .procname = "forwarding", .data = &(conf).forwarding, \
		  .maxlen = sizeof(int), .mode = 0644, .proc_handler = (fwd) },	\
		DEVCONF(3, proxy_arp, conf),					\
		DEVCONF(4, accept_redirects, conf),				\
		DEVCONF(5, secure_redirects, conf),				\
		DEVCONF(6, send_redirects, conf),				\
		DEVCONF(7, shared_media, conf),					\
		DEVCONF(8, rp_filter, conf),					\
		DEVCONF(9, accept_source_route, conf),				\
		DEVCONF(11, log_martians, conf),				\
		{ .ctl_name = 0 }						\
	}

DEVCONF_TABLE(devinet_all, ipv4_devconf, devinet_sysctl_forward);
DEVCONF_TABLE(devinet_dflt, ipv4_devconf_dflt, proc_dointvec);

static ctl_table devinet_conf_dir[] = {
	{ .ctl_name = 1, .procname = "all", .mode = 0555, .child = devinet_all },
	{ .ctl_name = 2, .procname = "default", .mode = 0555, .child = devinet_dflt },
	{ .ctl_name = 0 }
};

static ctl_table devinet_ipv4_dir[] = {
	/* The same as conf/all/forwarding, by the name that most know. */
	{ .ctl_name = 8, .procname = "ip_forward", .data = &ipv4_devconf.forwarding,
	  .maxlen = sizeof(int), .mode = 0644, .proc_handler = devinet_sysctl_forward },
	{ .ctl_name = 16, .procname = "conf", .mode = 0555, .child = devinet_conf_dir },
	{ .ctl_name = 0 }
};

static ctl_table devinet_net_dir[] = {
	{ .ctl_name = 5, .procname = "ipv4", .mode = 0555, .child = devinet_ipv4_dir },
	{ .ctl_name = 0 }
};

static ctl_table devinet_root[] = {
	{ .ctl_name = CTL_NET, .procname = "net", .mode = 0555, .child = devinet_net_dir },
	{ .ctl_name = 0 }
};
#endif

void __init devinet_init(void)
{
	register_netdevice_notifier(&ip_netdev_notifier);
	rtnetlink_links[PF_INET] = inet_rtnetlink_table;
#ifdef CONFIG_SYSCTL
	register_sysctl_table(devinet_root, 0);
#endif
}
