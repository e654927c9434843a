// SPDX-License-Identifier: GPL-2.0-only
/*
 * Network devices by name and number, and the way of packets between them and
 * the protocols.
 *
 * Lists and hash tables of devices are changed under dev_base_lock, which is
 * taken for writing by who has the rtnl semaphore.  So either of them is enough
 * for reading.
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jhash.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <net/neighbour.h>
#include <net/dst.h>
#include <net/sock.h>

/* Who wants which packets: by protocol, and those who want all. */
static struct list_head ptype_base[16];
static LIST_HEAD(ptype_all);
static DEFINE_SPINLOCK(ptype_lock);

struct net_device *dev_base;
static struct net_device **dev_tail = &dev_base;
DEFINE_RWLOCK(dev_base_lock);

#define NETDEV_HASHBITS	8
static struct hlist_head dev_name_head[1 << NETDEV_HASHBITS];
static struct hlist_head dev_index_head[1 << NETDEV_HASHBITS];

static struct notifier_block *netdev_chain;

DEFINE_PER_CPU(struct softnet_data, softnet_data);
DEFINE_PER_CPU(struct netif_rx_stats, netdev_rx_stat);
int netdev_max_backlog = 1000;

/* Devices that are unregistered and wait for their last users. */
static LIST_HEAD(net_todo_list);

static struct hlist_head *dev_name_hash(const char *name)
{
	return &dev_name_head[jhash(name, strnlen(name, IFNAMSIZ), 0) >> (32 - NETDEV_HASHBITS)];
}

static struct hlist_head *dev_index_hash(int ifindex)
{
	return &dev_index_head[ifindex & ((1 << NETDEV_HASHBITS) - 1)];
}

void dev_add_pack(struct packet_type *pt)
{
	spin_lock_bh(&ptype_lock);
	if (pt->type == htons(ETH_P_ALL))
		list_add_rcu(&pt->list, &ptype_all);
	else
		list_add_rcu(&pt->list, &ptype_base[ntohs(pt->type) & 15]);
	spin_unlock_bh(&ptype_lock);
}
EXPORT_SYMBOL(dev_add_pack);

/* The handler may still be at work; to be freed after synchronize_net(). */
void __dev_remove_pack(struct packet_type *pt)
{
	spin_lock_bh(&ptype_lock);
	list_del_rcu(&pt->list);
	spin_unlock_bh(&ptype_lock);
}
EXPORT_SYMBOL(__dev_remove_pack);

void dev_remove_pack(struct packet_type *pt)
{
	__dev_remove_pack(pt);
	synchronize_net();
}
EXPORT_SYMBOL(dev_remove_pack);

/* Devices that are there already are told about at once. */
int register_netdevice_notifier(struct notifier_block *nb)
{
	struct net_device *dev;
	int err;

	rtnl_lock();
	err = notifier_chain_register(&netdev_chain, nb);
	for (dev = dev_base; !err && dev; dev = dev->next) {
		nb->notifier_call(nb, NETDEV_REGISTER, dev);
		if (dev->flags & IFF_UP)
			nb->notifier_call(nb, NETDEV_UP, dev);
	}
	rtnl_unlock();
	return err;
}
EXPORT_SYMBOL(register_netdevice_notifier);

int unregister_netdevice_notifier(struct notifier_block *nb)
{
	return notifier_chain_unregister(&netdev_chain, nb);
}
EXPORT_SYMBOL(unregister_netdevice_notifier);

struct net_device *__dev_get_by_name(const char *name)
{
	struct net_device *dev;
	struct hlist_node *p;

	hlist_for_each_entry(dev, p, dev_name_hash(name), name_hlist)
		if (!strncmp(dev->name, name, IFNAMSIZ))
			return dev;
	return NULL;
}
EXPORT_SYMBOL(__dev_get_by_name);

struct net_device *dev_get_by_name(const char *name)
{
	struct net_device *dev;

	read_lock(&dev_base_lock);
	dev = __dev_get_by_name(name);
	if (dev)
		dev_hold(dev);
	read_unlock(&dev_base_lock);
	return dev;
}
EXPORT_SYMBOL(dev_get_by_name);

struct net_device *__dev_get_by_index(int ifindex)
{
	struct net_device *dev;
	struct hlist_node *p;

	hlist_for_each_entry(dev, p, dev_index_hash(ifindex), index_hlist)
		if (dev->ifindex == ifindex)
			return dev;
	return NULL;
}
EXPORT_SYMBOL(__dev_get_by_index);

struct net_device *dev_get_by_index(int ifindex)
{
	struct net_device *dev;

	read_lock(&dev_base_lock);
	dev = __dev_get_by_index(ifindex);
	if (dev)
		dev_hold(dev);
	read_unlock(&dev_base_lock);
	return dev;
}
EXPORT_SYMBOL(dev_get_by_index);

static int dev_valid_name(const char *name)
{
	return *name && strcmp(name, ".") && strcmp(name, "..") && !strchr(name, '/') &&
	       strnlen(name, IFNAMSIZ) < IFNAMSIZ;
}

/* "%d" at the end of a name becomes the first number that is free. */
int dev_alloc_name(struct net_device *dev, const char *name)
{
	const char *p = strchr(name, '%');
	char buf[IFNAMSIZ];
	int i;

	if (!p) {
		strlcpy(dev->name, name, IFNAMSIZ);
		return 0;
	}
	if (strcmp(p, "%d"))
		return -EINVAL;
	for (i = 0; i < 1000; i++) {
		snprintf(buf, sizeof(buf), "%.*s%d", (int)(p - name), name, i);
		if (__dev_get_by_name(buf))
			continue;
		strlcpy(dev->name, buf, IFNAMSIZ);
		return i;
	}
	return -ENFILE;
}
EXPORT_SYMBOL(dev_alloc_name);

int dev_change_name(struct net_device *dev, char *newname)
{
	ASSERT_RTNL();
	if (dev->flags & IFF_UP)
		return -EBUSY;
	if (!dev_valid_name(newname) && !strchr(newname, '%'))
		return -EINVAL;
	if (!strchr(newname, '%') && __dev_get_by_name(newname))
		return strncmp(newname, dev->name, IFNAMSIZ) ? -EEXIST : 0;
	write_lock_bh(&dev_base_lock);
	hlist_del(&dev->name_hlist);
	dev_alloc_name(dev, newname);
	hlist_add_head(&dev->name_hlist, dev_name_hash(dev->name));
	write_unlock_bh(&dev_base_lock);
	notifier_call_chain(&netdev_chain, NETDEV_CHANGENAME, dev);
	return 0;
}

static int dev_new_index(void)
{
	static int ifindex;

	do {
		if (++ifindex <= 0)
			ifindex = 1;
	} while (__dev_get_by_index(ifindex));
	return ifindex;
}

int dev_open(struct net_device *dev)
{
	int ret = 0;

	if (dev->flags & IFF_UP)
		return 0;
	if (dev->open)
		ret = dev->open(dev);
	if (ret)
		return ret;
	dev->flags |= IFF_UP;
	notifier_call_chain(&netdev_chain, NETDEV_UP, dev);
	return 0;
}
EXPORT_SYMBOL(dev_open);

int dev_close(struct net_device *dev)
{
	if (!(dev->flags & IFF_UP))
		return 0;
	notifier_call_chain(&netdev_chain, NETDEV_GOING_DOWN, dev);
	if (dev->stop)
		dev->stop(dev);
	dev->flags &= ~IFF_UP;
	notifier_call_chain(&netdev_chain, NETDEV_DOWN, dev);
	return 0;
}
EXPORT_SYMBOL(dev_close);

/* A carrier is always there, so what is up also runs. */
unsigned int dev_get_flags(const struct net_device *dev)
{
	return dev->flags | (dev->flags & IFF_UP ? IFF_RUNNING : 0);
}

/* User mode may set some flags; going up and down is done by the device. */
int dev_change_flags(struct net_device *dev, unsigned int flags)
{
	unsigned int settable = IFF_NOARP | IFF_MULTICAST | IFF_PROMISC;
	unsigned int old = dev->flags;
	int ret = 0;

	dev->flags = (flags & settable) | (dev->flags & ~settable);
	if ((old ^ flags) & IFF_UP)
		ret = flags & IFF_UP ? dev_open(dev) : dev_close(dev);
	if ((dev->flags & IFF_UP) && ((old ^ dev->flags) & ~(IFF_UP | IFF_PROMISC)))
		notifier_call_chain(&netdev_chain, NETDEV_CHANGE, dev);
	if (old != dev->flags)
		rtmsg_ifinfo(RTM_NEWLINK, dev);
	return ret;
}
EXPORT_SYMBOL(dev_change_flags);

int dev_set_mtu(struct net_device *dev, int new_mtu)
{
	int err = 0;

	if (new_mtu == dev->mtu)
		return 0;
	if (new_mtu < 0)
		return -EINVAL;
	if (dev->change_mtu)
		err = dev->change_mtu(dev, new_mtu);
	else
		dev->mtu = new_mtu;
	if (!err && (dev->flags & IFF_UP))
		notifier_call_chain(&netdev_chain, NETDEV_CHANGEMTU, dev);
	return err;
}
EXPORT_SYMBOL(dev_set_mtu);

/* Packet sockets see what goes out, too. */
static void dev_queue_xmit_nit(struct sk_buff *skb, struct net_device *dev)
{
	struct packet_type *ptype;
	struct sk_buff *skb2;

	rcu_read_lock();
	list_for_each_entry_rcu(ptype, &ptype_all, list) {
		if ((ptype->dev && ptype->dev != dev) ||
		    (skb->sk && ptype->af_packet_priv == skb->sk))
			continue;
		skb2 = skb_clone(skb, GFP_ATOMIC);
		if (!skb2)
			break;
		skb2->mac.raw = skb2->data;
		skb2->nh.raw = skb2->data + dev->hard_header_len;
		skb2->pkt_type = PACKET_OUTGOING;
		ptype->func(skb2, skb->dev, ptype, skb->dev);
	}
	rcu_read_unlock();
}

/**
 * dev_queue_xmit - send a packet by its device
 *
 * The packet is gone in any case.
 */
int dev_queue_xmit(struct sk_buff *skb)
{
	struct net_device *dev = skb->dev;
	int rc = -ENETDOWN;

	local_bh_disable();
	if (dev->flags & IFF_UP) {
		if (!list_empty(&ptype_all))
			dev_queue_xmit_nit(skb, dev);
		rc = dev->hard_start_xmit(skb, dev);
	} else {
		kfree_skb(skb);
	}
	local_bh_enable();
	return rc;
}
EXPORT_SYMBOL(dev_queue_xmit);

/**
 * netif_rx - a device has received a packet
 *
 * It is worked on later, unless too many are waiting already.
 */
int netif_rx(struct sk_buff *skb)
{
	struct softnet_data *queue = &__get_cpu_var(softnet_data);

	__get_cpu_var(netdev_rx_stat).total++;
	if (queue->input_pkt_queue.qlen > netdev_max_backlog) {
		__get_cpu_var(netdev_rx_stat).dropped++;
		kfree_skb(skb);
		return NET_RX_DROP;
	}
	dev_hold(skb->dev);
	skb_queue_tail(&queue->input_pkt_queue, skb);
	raise_softirq(NET_RX_SOFTIRQ);
	return NET_RX_SUCCESS;
}
EXPORT_SYMBOL(netif_rx);

static int deliver_skb(struct sk_buff *skb, struct packet_type *pt_prev,
		       struct net_device *orig_dev)
{
	atomic_inc(&skb->users);
	return pt_prev->func(skb, skb->dev, pt_prev, orig_dev);
}

/* Gives a packet to all who want it; the last of them gets our reference. */
int netif_receive_skb(struct sk_buff *skb)
{
	struct net_device *orig_dev = skb->dev;
	struct packet_type *ptype, *pt_prev = NULL;
	u16 type = skb->protocol;
	int ret = NET_RX_DROP;

	skb->h.raw = skb->data;
	skb->nh.raw = skb->data;
	rcu_read_lock();
	list_for_each_entry_rcu(ptype, &ptype_all, list) {
		if (ptype->dev && ptype->dev != skb->dev)
			continue;
		if (pt_prev)
			deliver_skb(skb, pt_prev, orig_dev);
		pt_prev = ptype;
	}
	list_for_each_entry_rcu(ptype, &ptype_base[ntohs(type) & 15], list) {
		if (ptype->type != type || (ptype->dev && ptype->dev != skb->dev))
			continue;
		if (pt_prev)
			deliver_skb(skb, pt_prev, orig_dev);
		pt_prev = ptype;
	}
	if (pt_prev)
		ret = pt_prev->func(skb, skb->dev, pt_prev, orig_dev);
	else
		kfree_skb(skb);
	rcu_read_unlock();
	return ret;
}
EXPORT_SYMBOL(netif_receive_skb);

static void net_rx_action(struct softirq_action *h)
{
	struct net_device *dev;
	struct sk_buff *skb;
	int cpu;

	/* One task runs at a time, and does the work of all processors. */
	for_each_cpu(cpu) {
		while ((skb = skb_dequeue(&per_cpu(softnet_data, cpu).input_pkt_queue)) != NULL) {
			dev = skb->dev;
			netif_receive_skb(skb);
			dev_put(dev);
		}
	}
}

/* Packets of a device that goes are forgotten. */
static void flush_backlog(struct net_device *dev)
{
	struct sk_buff_head *queue;
	struct sk_buff *skb, *next;
	int cpu;

	for_each_cpu(cpu) {
		queue = &per_cpu(softnet_data, cpu).input_pkt_queue;
		for (skb = queue->next; skb != (struct sk_buff *)queue; skb = next) {
			next = skb->next;
			if (skb->dev != dev)
				continue;
			skb_unlink(skb, queue);
			kfree_skb(skb);
			dev_put(dev);
		}
	}
}

/**
 * register_netdevice - a device becomes visible
 *
 * The caller has the rtnl semaphore.
 */
int register_netdevice(struct net_device *dev)
{
	int ret;

	ASSERT_RTNL();
	if (dev->init) {
		ret = dev->init(dev);
		if (ret)
			return ret > 0 ? -EIO : ret;
	}
	ret = -EINVAL;
	if (!dev_valid_name(dev->name))
		goto out;
	ret = -EEXIST;
	if (__dev_get_by_name(dev->name))
		goto out;
	dev->ifindex = dev_new_index();
	dev->next = NULL;
	write_lock_bh(&dev_base_lock);
	*dev_tail = dev;
	dev_tail = &dev->next;
	hlist_add_head(&dev->name_hlist, dev_name_hash(dev->name));
	hlist_add_head(&dev->index_hlist, dev_index_hash(dev->ifindex));
	dev_hold(dev);
	dev->reg_state = NETREG_REGISTERED;
	write_unlock_bh(&dev_base_lock);
	notifier_call_chain(&netdev_chain, NETDEV_REGISTER, dev);
	return 0;
out:
	if (dev->uninit)
		dev->uninit(dev);
	return ret;
}
EXPORT_SYMBOL(register_netdevice);

int register_netdev(struct net_device *dev)
{
	int err = 0;

	rtnl_lock();
	if (strchr(dev->name, '%')) {
		char pattern[IFNAMSIZ];

		strlcpy(pattern, dev->name, sizeof(pattern));
		err = dev_alloc_name(dev, pattern);
	}
	if (err >= 0)
		err = register_netdevice(dev);
	rtnl_unlock();
	return err;
}
EXPORT_SYMBOL(register_netdev);

/* Takes it out of all lists; it lives on until netdev_run_todo(). */
int unregister_netdevice(struct net_device *dev)
{
	struct net_device **dp;

	ASSERT_RTNL();
	if (dev->reg_state == NETREG_UNINITIALIZED)
		return -ENODEV;
	dev_close(dev);
	for (dp = &dev_base; *dp && *dp != dev; dp = &(*dp)->next)
		;
	if (!*dp)
		return -ENODEV;
	write_lock_bh(&dev_base_lock);
	hlist_del(&dev->name_hlist);
	hlist_del(&dev->index_hlist);
	if (dev_tail == &dev->next)
		dev_tail = dp;
	*dp = dev->next;
	write_unlock_bh(&dev_base_lock);
	dev->reg_state = NETREG_UNREGISTERING;
	flush_backlog(dev);
	notifier_call_chain(&netdev_chain, NETDEV_UNREGISTER, dev);
	if (dev->uninit)
		dev->uninit(dev);
	list_add_tail(&dev->todo_list, &net_todo_list);
	dev_put(dev);
	return 0;
}
EXPORT_SYMBOL(unregister_netdevice);

void unregister_netdev(struct net_device *dev)
{
	rtnl_lock();
	unregister_netdevice(dev);
	rtnl_unlock();
}
EXPORT_SYMBOL(unregister_netdev);

/* Those who missed the notification, or could not act on it then, hear it again. */
static void netdev_wait_allrefs(struct net_device *dev)
{
	unsigned long rebroadcast_time = jiffies, warning_time = jiffies;

	while (atomic_read(&dev->refcnt)) {
		if (time_after(jiffies, rebroadcast_time + HZ)) {
			rtnl_shlock();
			notifier_call_chain(&netdev_chain, NETDEV_UNREGISTER, dev);
			rtnl_shunlock();
			rebroadcast_time = jiffies;
		}
		msleep(250);
		if (time_after(jiffies, warning_time + 10 * HZ)) {
			printk(KERN_EMERG "unregister_netdevice: waiting for %s to become free. Usage count = %d\n",
			       dev->name, atomic_read(&dev->refcnt));
			warning_time = jiffies;
		}
	}
}

/**
 * netdev_run_todo - the last step of unregistering, without the semaphore
 *
 * Called by rtnl_unlock().
 */
void netdev_run_todo(void)
{
	struct net_device *dev;

	while (!list_empty(&net_todo_list)) {
		dev = list_entry(net_todo_list.next, struct net_device, todo_list);
		list_del(&dev->todo_list);
		netdev_wait_allrefs(dev);
		WARN_ON(dev->ip_ptr);
		dev->reg_state = NETREG_UNREGISTERED;
		if (dev->destructor)
			dev->destructor(dev);
	}
}

struct net_device *alloc_netdev(int sizeof_priv, const char *name,
				void (*setup)(struct net_device *dev))
{
	int size = ALIGN(sizeof(struct net_device), 32);
	struct net_device *dev = kzalloc(size + sizeof_priv, GFP_KERNEL);

	if (!dev)
		return NULL;
	if (sizeof_priv)
		dev->priv = (char *)dev + size;
	setup(dev);
	strlcpy(dev->name, name, IFNAMSIZ);
	return dev;
}
EXPORT_SYMBOL(alloc_netdev);

void free_netdev(struct net_device *dev)
{
	kfree(dev);
}
EXPORT_SYMBOL(free_netdev);

static int dev_ifname(struct ifreq __user *arg)
{
	struct net_device *dev;
	struct ifreq ifr;

	if (copy_from_user(&ifr, arg, sizeof(ifr)))
		return -EFAULT;
	read_lock(&dev_base_lock);
	dev = __dev_get_by_index(ifr.ifr_ifindex);
	if (dev)
		strlcpy(ifr.ifr_name, dev->name, IFNAMSIZ);
	read_unlock(&dev_base_lock);
	if (!dev)
		return -ENODEV;
	return copy_to_user(arg, &ifr, sizeof(ifr)) ? -EFAULT : 0;
}

static int dev_get_ioctl(struct ifreq *ifr, struct net_device *dev, unsigned int cmd)
{
	switch (cmd) {
	case SIOCGIFFLAGS:
		ifr->ifr_flags = dev_get_flags(dev);
		return 0;
	case SIOCGIFMTU:
		ifr->ifr_mtu = dev->mtu;
		return 0;
	case SIOCGIFHWADDR:
		memset(&ifr->ifr_hwaddr, 0, sizeof(ifr->ifr_hwaddr));
		memcpy(ifr->ifr_hwaddr.sa_data, dev->dev_addr,
		       min_t(int, sizeof(ifr->ifr_hwaddr.sa_data), dev->addr_len));
		ifr->ifr_hwaddr.sa_family = dev->type;
		return 0;
	case SIOCGIFINDEX:
		ifr->ifr_ifindex = dev->ifindex;
		return 0;
	case SIOCGIFTXQLEN:
		ifr->ifr_qlen = dev->tx_queue_len;
		return 0;
	}
	return -EINVAL;
}

static int dev_set_ioctl(struct ifreq *ifr, struct net_device *dev, unsigned int cmd)
{
	int err;

	switch (cmd) {
	case SIOCSIFFLAGS:
		return dev_change_flags(dev, ifr->ifr_flags);
	case SIOCSIFMTU:
		return dev_set_mtu(dev, ifr->ifr_mtu);
	case SIOCSIFHWADDR:
		if (!dev->set_mac_address)
			return -EOPNOTSUPP;
		if (ifr->ifr_hwaddr.sa_family != dev->type)
			return -EINVAL;
		err = dev->set_mac_address(dev, &ifr->ifr_hwaddr);
		if (!err)
			notifier_call_chain(&netdev_chain, NETDEV_CHANGEADDR, dev);
		return err;
	case SIOCSIFTXQLEN:
		if (ifr->ifr_qlen < 0)
			return -EINVAL;
		dev->tx_queue_len = ifr->ifr_qlen;
		return 0;
	case SIOCSIFNAME:
		ifr->ifr_newname[IFNAMSIZ - 1] = 0;
		return dev_change_name(dev, ifr->ifr_newname);
	}
	return -EINVAL;
}

/* Requests that concern a device and no protocol. */
int dev_ioctl(unsigned int cmd, void __user *arg)
{
	struct net_device *dev;
	struct ifreq ifr;
	int ret = -ENODEV;

	if (cmd == SIOCGIFNAME)
		return dev_ifname(arg);
	if (copy_from_user(&ifr, arg, sizeof(ifr)))
		return -EFAULT;
	ifr.ifr_name[IFNAMSIZ - 1] = 0;
	switch (cmd) {
	case SIOCGIFFLAGS:
	case SIOCGIFMTU:
	case SIOCGIFHWADDR:
	case SIOCGIFINDEX:
	case SIOCGIFTXQLEN:
		read_lock(&dev_base_lock);
		dev = __dev_get_by_name(ifr.ifr_name);
		if (dev)
			ret = dev_get_ioctl(&ifr, dev, cmd);
		read_unlock(&dev_base_lock);
		return ret || !copy_to_user(arg, &ifr, sizeof(ifr)) ? ret : -EFAULT;
	case SIOCSIFFLAGS:
	case SIOCSIFMTU:
	case SIOCSIFHWADDR:
	case SIOCSIFTXQLEN:
	case SIOCSIFNAME:
		if (!capable(CAP_NET_ADMIN))
			return -EPERM;
		rtnl_lock();
		dev = __dev_get_by_name(ifr.ifr_name);
		if (dev)
			ret = dev_set_ioctl(&ifr, dev, cmd);
		rtnl_unlock();
		return ret;
	}
	return -ENOTTY;
}

#ifdef CONFIG_PROC_FS
static void dev_seq_one(struct seq_file *seq, struct net_device *dev)
{
	struct net_device_stats *s = dev->get_stats ? dev->get_stats(dev) : &dev->stats;

	seq_printf(seq, "%6s:%8lu %7lu %4lu %4lu %4lu %5lu %10lu %9lu ", dev->name, s->rx_bytes,
		   s->rx_packets, s->rx_errors, s->rx_dropped, 0UL, 0UL, 0UL, s->multicast);
	seq_printf(seq, "%8lu %7lu %4lu %4lu %4lu %5lu %7lu %10lu\n", s->tx_bytes, s->tx_packets,
		   s->tx_errors, s->tx_dropped, 0UL, s->collisions, 0UL, 0UL);
}

static int dev_seq_show(struct seq_file *seq, void *v)
{
	struct net_device *dev;

	seq_puts(seq, "Inter-|   Receive                                                |  Transmit\n");
	seq_puts(seq, " face |bytes    packets errs drop fifo frame compressed multicast|");
	seq_puts(seq, "bytes    packets errs drop fifo colls carrier compressed\n");
	read_lock(&dev_base_lock);
	for (dev = dev_base; dev; dev = dev->next)
		dev_seq_one(seq, dev);
	read_unlock(&dev_base_lock);
	return 0;
}

static int softnet_seq_show(struct seq_file *seq, void *v)
{
	int cpu;

	for_each_cpu(cpu)
		seq_printf(seq, "%08x %08x %08x %08x %08x %08x %08x %08x %08x\n",
			   per_cpu(netdev_rx_stat, cpu).total,
			   per_cpu(netdev_rx_stat, cpu).dropped, 0, 0, 0, 0, 0, 0, 0);
	return 0;
}

static int dev_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, dev_seq_show, NULL);
}

static int softnet_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, softnet_seq_show, NULL);
}

static const struct file_operations dev_seq_fops = {
	.open = dev_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static const struct file_operations softnet_seq_fops = {
	.open = softnet_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};
#endif

static int __init net_dev_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(ptype_base); i++)
		INIT_LIST_HEAD(&ptype_base[i]);
	for_each_cpu(i)
		skb_queue_head_init(&per_cpu(softnet_data, i).input_pkt_queue);
	open_softirq(NET_RX_SOFTIRQ, net_rx_action, NULL);
#ifdef CONFIG_PROC_FS
	proc_net_fops_create("dev", 0444, &dev_seq_fops);
	proc_net_fops_create("softnet_stat", 0444, &softnet_seq_fops);
#endif
	dst_init();
	return 0;
}
subsys_initcall(net_dev_init);
