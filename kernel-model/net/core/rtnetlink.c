// SPDX-License-Identifier: GPL-2.0-only
/*
 * The netlink protocol by which devices, addresses, routes and neighbours are
 * shown and changed, and the semaphore under which they change.
 */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <asm/semaphore.h>
#include <net/neighbour.h>
#include <net/sock.h>

DECLARE_MUTEX(rtnl_sem);

/* The kernel's end. */
struct sock *rtnl;

struct rtnetlink_link *rtnetlink_links[AF_MAX];

#define RTM_NR_MSGTYPES	(RTM_MAX + 1 - RTM_BASE)

void rtnl_shlock(void)
{
	down(&rtnl_sem);
}

void rtnl_shunlock(void)
{
	up(&rtnl_sem);
}

void rtnl_lock(void)
{
	rtnl_shlock();
}
EXPORT_SYMBOL(rtnl_lock);

void rtnl_unlock(void)
{
	rtnl_shunlock();
	netdev_run_todo();
}
EXPORT_SYMBOL(rtnl_unlock);

/**
 * rtattr_parse - sort attributes by type
 * @tb: gets a pointer to the last of each type, with @maxattr + 1 places
 *
 * Returns -EINVAL if they are not whole.
 */
int rtattr_parse(struct rtattr *tb[], int maxattr, struct rtattr *rta, int len)
{
	memset(tb, 0, sizeof(*tb) * (maxattr + 1));
	while (len >= (int)sizeof(*rta) && rta->rta_len >= sizeof(*rta) && rta->rta_len <= len) {
		if (rta->rta_type <= maxattr)
			tb[rta->rta_type] = rta;
		len -= RTA_ALIGN(rta->rta_len);
		rta = (struct rtattr *)((char *)rta + RTA_ALIGN(rta->rta_len));
	}
	return len > 0 ? -EINVAL : 0;
}
EXPORT_SYMBOL(rtattr_parse);

/* Adds an attribute to a message; -1 when there is no room. */
int rta_put(struct sk_buff *skb, int type, int len, const void *data)
{
	struct rtattr *rta;

	if (skb->end - skb->tail < RTA_SPACE(len))
		return -1;
	rta = (struct rtattr *)skb_put(skb, RTA_SPACE(len));
	memset(rta, 0, RTA_SPACE(len));
	rta->rta_type = type;
	rta->rta_len = RTA_LENGTH(len);
	memcpy(rta_data(rta), data, len);
	return 0;
}
EXPORT_SYMBOL(rta_put);

int rta_put_u32(struct sk_buff *skb, int type, u32 value)
{
	return rta_put(skb, type, sizeof(value), &value);
}
EXPORT_SYMBOL(rta_put_u32);

static int rtnetlink_fill_ifinfo(struct sk_buff *skb, struct net_device *dev, int type, u32 pid,
				 u32 seq, unsigned int flags)
{
	struct nlmsghdr *nlh = nlmsg_put(skb, pid, seq, type, sizeof(struct ifinfomsg), flags);
	struct ifinfomsg *r;

	if (!nlh)
		return -1;
	r = nlmsg_data(nlh);
	memset(r, 0, sizeof(*r));
	r->ifi_type = dev->type;
	r->ifi_index = dev->ifindex;
	r->ifi_flags = dev_get_flags(dev);
	if (rta_put(skb, IFLA_IFNAME, strlen(dev->name) + 1, dev->name) ||
	    rta_put_u32(skb, IFLA_MTU, dev->mtu) ||
	    (dev->addr_len && (rta_put(skb, IFLA_ADDRESS, dev->addr_len, dev->dev_addr) ||
			       rta_put(skb, IFLA_BROADCAST, dev->addr_len, dev->broadcast)))) {
		nlmsg_cancel(skb, nlh);
		return -1;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

static int rtnetlink_dump_ifinfo(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct net_device *dev;
	int idx = 0;

	read_lock(&dev_base_lock);
	for (dev = dev_base; dev; dev = dev->next, idx++) {
		if (idx < cb->args[0])
			continue;
		if (rtnetlink_fill_ifinfo(skb, dev, RTM_NEWLINK, NETLINK_CB(cb->skb).pid,
					  cb->nlh->nlmsg_seq, NLM_F_MULTI))
			break;
	}
	read_unlock(&dev_base_lock);
	cb->args[0] = idx;
	return skb->len;
}

/* One device, by number. */
static int rtnl_getlink(struct sk_buff *skb, struct nlmsghdr *nlh, void *attr)
{
	struct ifinfomsg *ifm = nlmsg_data(nlh);
	struct net_device *dev;
	struct sk_buff *nskb;
	int err = -ENOBUFS;

	if (!nlmsg_fits(nlh, sizeof(*ifm)))
		return -EINVAL;
	dev = dev_get_by_index(ifm->ifi_index);
	if (!dev)
		return -ENODEV;
	nskb = alloc_skb(NLMSG_GOODSIZE, GFP_KERNEL);
	if (!nskb)
		goto out;
	rtnetlink_fill_ifinfo(nskb, dev, RTM_NEWLINK, NETLINK_CB(skb).pid, nlh->nlmsg_seq, 0);
	err = netlink_unicast(rtnl, nskb, NETLINK_CB(skb).pid, MSG_DONTWAIT);
	if (err > 0)
		err = 0;
out:
	dev_put(dev);
	return err;
}

/* The flags and the MTU of a device. */
static int rtnl_setlink(struct sk_buff *skb, struct nlmsghdr *nlh, void *attr)
{
	struct ifinfomsg *ifm = nlmsg_data(nlh);
	struct rtattr *tb[IFLA_MAX + 1];
	struct net_device *dev;
	int err = 0;

	if (!nlmsg_fits(nlh, sizeof(*ifm)))
		return -EINVAL;
	err = rtattr_parse(tb, IFLA_MAX, (struct rtattr *)((char *)ifm + sizeof(*ifm)),
			   nlh->nlmsg_len - NLMSG_LENGTH(sizeof(*ifm)));
	if (err)
		return err;
	dev = __dev_get_by_index(ifm->ifi_index);
	if (!dev)
		return -ENODEV;
	if (tb[IFLA_MTU] && RTA_PAYLOAD(tb[IFLA_MTU]) >= 4)
		err = dev_set_mtu(dev, *(u32 *)rta_data(tb[IFLA_MTU]));
	if (!err && ifm->ifi_change)
		err = dev_change_flags(dev, (ifm->ifi_flags & ifm->ifi_change) |
				       (dev->flags & ~ifm->ifi_change));
	return err;
}

/* Tells those who listen that a device has changed. */
void rtmsg_ifinfo(int type, struct net_device *dev)
{
	struct sk_buff *skb = alloc_skb(NLMSG_GOODSIZE, GFP_KERNEL);

	if (!skb)
		return;
	rtnetlink_fill_ifinfo(skb, dev, type, 0, 0, 0);
	netlink_broadcast(rtnl, skb, 0, RTNLGRP_LINK, GFP_KERNEL);
}

/* All families: one after the other, args[0] says which; each has the other args. */
static int rtnetlink_dump_all(struct sk_buff *skb, struct netlink_callback *cb)
{
	int type = cb->nlh->nlmsg_type - RTM_BASE, idx;

	for (idx = cb->args[4] ? cb->args[4] : 1; idx < AF_MAX; idx++) {
		if (idx > cb->args[4])
			memset(cb->args, 0, sizeof(cb->args) - sizeof(cb->args[4]));
		cb->args[4] = idx;
		if (!rtnetlink_links[idx] || !rtnetlink_links[idx][type].dumpit)
			continue;
		if (rtnetlink_links[idx][type].dumpit(skb, cb) > 0)
			break;
	}
	return skb->len;
}

static struct rtnetlink_link link_rtnetlink_table[RTM_NR_MSGTYPES] = {
	[RTM_GETLINK - RTM_BASE] = { .doit = rtnl_getlink, .dumpit = rtnetlink_dump_ifinfo },
	[RTM_SETLINK - RTM_BASE] = { .doit = rtnl_setlink },
	[RTM_GETADDR - RTM_BASE] = { .dumpit = rtnetlink_dump_all },
	[RTM_GETROUTE - RTM_BASE] = { .dumpit = rtnetlink_dump_all },
	[RTM_GETNEIGH - RTM_BASE] = { .dumpit = neigh_dump_info },
	[RTM_GETNEIGHTBL - RTM_BASE] = { .dumpit = neightbl_dump_info },
};

/* The family's function, or that for all families. */
static struct rtnetlink_link *rtnl_find_link(int family, int type, int dump)
{
	struct rtnetlink_link *link = NULL;

	if (family < AF_MAX && rtnetlink_links[family])
		link = &rtnetlink_links[family][type];
	if (!link || !(dump ? (void *)link->dumpit : (void *)link->doit))
		link = &link_rtnetlink_table[type];
	return link;
}

/* Returns 0 if the message is done with; a dump answers for itself. */
static int rtnetlink_rcv_msg(struct sk_buff *skb, struct nlmsghdr *nlh, int *dumping)
{
	int type = nlh->nlmsg_type - RTM_BASE, kind = type & 3, family;
	struct rtnetlink_link *link;

	if (!(nlh->nlmsg_flags & NLM_F_REQUEST) || nlh->nlmsg_type < RTM_BASE)
		return 0;
	if (nlh->nlmsg_type > RTM_MAX)
		return -EOPNOTSUPP;
	if (!nlmsg_fits(nlh, sizeof(struct rtgenmsg)))
		return 0;
	family = ((struct rtgenmsg *)nlmsg_data(nlh))->rtgen_family;
	if (kind != 2 && !(NETLINK_CB(skb).eff_cap & CAP_TO_MASK(CAP_NET_ADMIN)))
		return -EPERM;
	if (kind == 2 && (nlh->nlmsg_flags & NLM_F_DUMP)) {
		link = rtnl_find_link(family, type, 1);
		if (!link->dumpit)
			return -EOPNOTSUPP;
		*dumping = 1;
		return netlink_dump_start(rtnl, skb, nlh, link->dumpit,
					  link->dumpit == neightbl_dump_info ?
					  neightbl_dump_done : NULL);
	}
	link = rtnl_find_link(family, type, 0);
	return link->doit ? link->doit(skb, nlh, NULL) : -EOPNOTSUPP;
}

static void rtnetlink_rcv_skb(struct sk_buff *skb)
{
	struct nlmsghdr *nlh;
	int err, rlen, dumping;

	while (skb->len >= NLMSG_HDRLEN) {
		nlh = (struct nlmsghdr *)skb->data;
		if (nlh->nlmsg_len < NLMSG_HDRLEN || skb->len < nlh->nlmsg_len)
			return;
		rlen = min_t(int, NLMSG_ALIGN(nlh->nlmsg_len), skb->len);
		dumping = 0;
		err = rtnetlink_rcv_msg(skb, nlh, &dumping);
		if (err || (!dumping && (nlh->nlmsg_flags & NLM_F_ACK)))
			netlink_ack(skb, nlh, err);
		skb_pull(skb, rlen);
	}
}

static void rtnetlink_rcv(struct sock *sk, int len)
{
	struct sk_buff *skb;

	rtnl_lock();
	while ((skb = skb_dequeue(&sk->sk_receive_queue)) != NULL) {
		rtnetlink_rcv_skb(skb);
		kfree_skb(skb);
	}
	rtnl_unlock();
}

static int rtnetlink_event(struct notifier_block *this, unsigned long event, void *ptr)
{
	struct net_device *dev = ptr;

	if (event == NETDEV_UNREGISTER)
		rtmsg_ifinfo(RTM_DELLINK, dev);
	else if (event == NETDEV_REGISTER || event == NETDEV_CHANGENAME ||
		 event == NETDEV_CHANGEMTU)
		rtmsg_ifinfo(RTM_NEWLINK, dev);
	return NOTIFY_DONE;
}

static struct notifier_block rtnetlink_dev_notifier = {
	.notifier_call = rtnetlink_event,
};

void __init rtnetlink_init(void)
{
	rtnl = netlink_kernel_create(NETLINK_ROUTE, 32, rtnetlink_rcv);
	if (!rtnl)
		panic("%s: cannot initialize rtnetlink\n", __func__);
	rtnetlink_links[PF_UNSPEC] = link_rtnetlink_table;
	register_netdevice_notifier(&rtnetlink_dev_notifier);
}
