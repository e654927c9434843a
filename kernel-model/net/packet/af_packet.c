// SPDX-License-Identifier: GPL-2.0-only
/* Packet sockets: they see the packets of devices as they are. */
#include <linux/if_packet.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include <net/dst.h>
#include <net/sock.h>

static HLIST_HEAD(packet_sklist);
static DEFINE_RWLOCK(packet_sklist_lock);
static atomic_t packet_socks_nr;

/**
 * struct packet_sock - a packet socket
 * @prot_hook: how it hears of packets
 * @running: @prot_hook is in use; the socket has a reference for that
 * @num: protocol, in network order
 */
struct packet_sock {
	struct sock sk;
	struct tpacket_stats stats;
	struct packet_type prot_hook;
	int running;
	int ifindex;
	u16 num;
};

static struct packet_sock *pkt_sk(struct sock *sk)
{
	return (struct packet_sock *)sk;
}

static struct sockaddr_ll *packet_cb(struct sk_buff *skb)
{
	return (struct sockaddr_ll *)skb->cb;
}

static void packet_sock_destruct(struct sock *sk)
{
	skb_queue_purge(&sk->sk_receive_queue);
	WARN_ON(atomic_read(&sk->sk_rmem_alloc));
	WARN_ON(atomic_read(&sk->sk_wmem_alloc));
	atomic_dec(&packet_socks_nr);
}

static int packet_rcv(struct sk_buff *skb, struct net_device *dev, struct packet_type *pt,
		      struct net_device *orig_dev)
{
	struct sock *sk = pt->af_packet_priv;
	struct sockaddr_ll *sll;
	struct sk_buff *own;

	/* Ours; the data still belong to all. */
	own = skb_clone(skb, GFP_ATOMIC);
	if (!own)
		goto drop;
	nf_reset(own);
	if (own->dst) {
		dst_release(own->dst);
		own->dst = NULL;
	}
	if (sk->sk_type != SOCK_DGRAM && own->pkt_type != PACKET_OUTGOING)
		skb_push(own, own->data - own->mac.raw);
	else if (sk->sk_type == SOCK_DGRAM && own->pkt_type == PACKET_OUTGOING)
		skb_pull(own, own->nh.raw - own->data);
	sll = packet_cb(own);
	memset(sll, 0, sizeof(*sll));
	sll->sll_family = AF_PACKET;
	sll->sll_hatype = dev->type;
	sll->sll_protocol = own->protocol;
	sll->sll_pkttype = own->pkt_type;
	sll->sll_ifindex = dev->ifindex;
	if (sock_queue_rcv_skb(sk, own) < 0) {
		kfree_skb(own);
		goto drop;
	}
	pkt_sk(sk)->stats.tp_packets++;
	kfree_skb(skb);
	return 0;
drop:
	pkt_sk(sk)->stats.tp_drops++;
	kfree_skb(skb);
	return 0;
}

static void packet_start(struct sock *sk)
{
	struct packet_sock *po = pkt_sk(sk);

	if (po->running || !po->num)
		return;
	dev_add_pack(&po->prot_hook);
	sock_hold(sk);
	po->running = 1;
}

static void packet_stop(struct sock *sk)
{
	struct packet_sock *po = pkt_sk(sk);

	if (!po->running)
		return;
	__dev_remove_pack(&po->prot_hook);
	po->running = 0;
	__sock_put(sk);
}

static void packet_unhook(struct sock *sk)
{
	packet_stop(sk);
	pkt_sk(sk)->num = 0;
	synchronize_net();
}

static void packet_hook(struct sock *sk, struct net_device *dev, u16 protocol)
{
	struct packet_sock *po = pkt_sk(sk);

	packet_unhook(sk);
	po->num = protocol;
	po->prot_hook.type = protocol;
	po->prot_hook.dev = dev;
	po->prot_hook.func = packet_rcv;
	po->prot_hook.af_packet_priv = sk;
	po->ifindex = dev ? dev->ifindex : 0;
	if (!dev || (dev->flags & IFF_UP)) {
		packet_start(sk);
	} else if (protocol) {
		sk->sk_err = ENETDOWN;
		sk->sk_error_report(sk);
	}
}

static int packet_release(struct socket *sock)
{
	struct sock *sk = sock->sk;

	if (!sk)
		return 0;
	write_lock_bh(&packet_sklist_lock);
	sk_del_node_init(sk);
	write_unlock_bh(&packet_sklist_lock);
	packet_unhook(sk);
	sock_orphan(sk);
	sock->sk = NULL;
	skb_queue_purge(&sk->sk_receive_queue);
	sock_put(sk);
	return 0;
}

static int packet_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_ll *sll = (struct sockaddr_ll *)uaddr;
	struct net_device *dev = NULL;
	struct sock *sk = sock->sk;

	if (addr_len < sizeof(*sll) || sll->sll_family != AF_PACKET)
		return -EINVAL;
	if (sll->sll_ifindex) {
		dev = dev_get_by_index(sll->sll_ifindex);
		if (!dev)
			return -ENODEV;
	}
	lock_sock(sk);
	packet_hook(sk, dev, sll->sll_protocol ? sll->sll_protocol : pkt_sk(sk)->num);
	release_sock(sk);
	if (dev)
		dev_put(dev);
	return 0;
}

static struct proto packet_proto = {
	.name = "PACKET",
	.obj_size = sizeof(struct packet_sock),
};

static struct proto_ops packet_ops;

static int packet_create(struct socket *sock, int protocol)
{
	struct sock *sk;

	if (!capable(CAP_NET_RAW))
		return -EPERM;
	if (sock->type != SOCK_DGRAM && sock->type != SOCK_RAW)
		return -ESOCKTNOSUPPORT;
	sock->state = SS_UNCONNECTED;
	sk = sk_alloc(PF_PACKET, GFP_KERNEL, &packet_proto, 1);
	if (!sk)
		return -ENOBUFS;
	sock->ops = &packet_ops;
	sock_init_data(sock, sk);
	sk->sk_destruct = packet_sock_destruct;
	atomic_inc(&packet_socks_nr);
	packet_hook(sk, NULL, protocol);
	write_lock_bh(&packet_sklist_lock);
	sk_add_node(sk, &packet_sklist);
	write_unlock_bh(&packet_sklist_lock);
	return 0;
}

static int packet_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	struct sockaddr_ll *saddr = msg->msg_name;
	struct packet_sock *po = pkt_sk(sock->sk);
	int ifindex = po->ifindex, err;
	u16 proto = po->num;
	struct net_device *dev;
	struct sk_buff *skb;

	if (saddr) {
		if (msg->msg_namelen < sizeof(*saddr))
			return -EINVAL;
		ifindex = saddr->sll_ifindex;
		proto = saddr->sll_protocol;
	}
	dev = dev_get_by_index(ifindex);
	if (!dev)
		return -ENXIO;
	err = -EMSGSIZE;
	if (len > dev->mtu + (sock->type == SOCK_RAW ? dev->hard_header_len : 0))
		goto out_put;
	skb = sock_alloc_send_skb(sock->sk, len + LL_RESERVED_SPACE(dev),
				  msg->msg_flags & MSG_DONTWAIT, &err);
	if (!skb)
		goto out_put;
	skb_reserve(skb, LL_RESERVED_SPACE(dev));
	skb->nh.raw = skb->data;
	err = memcpy_fromiovec(skb_put(skb, len), msg->msg_iov, len);
	if (!err && sock->type == SOCK_DGRAM && dev->hard_header &&
	    dev->hard_header(skb, dev, ntohs(proto), saddr ? saddr->sll_addr : NULL, NULL, len) < 0)
		err = -EINVAL;
	if (!err && sock->type == SOCK_RAW && len < dev->hard_header_len)
		err = -EINVAL;
	if (!err && !(dev->flags & IFF_UP))
		err = -ENETDOWN;
	if (err) {
		kfree_skb(skb);
		goto out_put;
	}
	skb->protocol = proto;
	skb->dev = dev;
	err = dev_queue_xmit(skb);
	err = err > 0 ? -ENOBUFS : err;
out_put:
	dev_put(dev);
	return err ? err : len;
}

static int packet_recvmsg(struct socket *sock, struct msghdr *msg, size_t len, int flags)
{
	struct sock *sk = sock->sk;
	struct sk_buff *skb;
	size_t copied;
	int err;

	skb = skb_recv_datagram(sk, flags, flags & MSG_DONTWAIT, &err);
	if (!skb)
		return err;
	copied = min_t(size_t, skb->len, len);
	if (skb->len > len)
		msg->msg_flags |= MSG_TRUNC;
	err = skb_copy_datagram_iovec(skb, 0, msg->msg_iov, copied);
	if (!err && msg->msg_name) {
		memcpy(msg->msg_name, packet_cb(skb), sizeof(struct sockaddr_ll));
		msg->msg_namelen = sizeof(struct sockaddr_ll);
	}
	if (flags & MSG_TRUNC)
		copied = skb->len;
	skb_free_datagram(sk, skb);
	return err ? err : copied;
}

static int packet_getname(struct socket *sock, struct sockaddr *uaddr, int *uaddr_len, int peer)
{
	struct sockaddr_ll *sll = (struct sockaddr_ll *)uaddr;
	struct packet_sock *po = pkt_sk(sock->sk);

	if (peer)
		return -EOPNOTSUPP;
	memset(sll, 0, sizeof(*sll));
	sll->sll_family = AF_PACKET;
	sll->sll_ifindex = po->ifindex;
	sll->sll_protocol = po->num;
	*uaddr_len = sizeof(*sll);
	return 0;
}

/* The counters begin anew when they have been read. */
static int packet_getsockopt(struct socket *sock, int level, int optname, char __user *optval,
			     int __user *optlen)
{
	struct packet_sock *po = pkt_sk(sock->sk);
	struct tpacket_stats st = po->stats;
	int len;

	if (level != SOL_PACKET || optname != PACKET_STATISTICS)
		return -ENOPROTOOPT;
	if (get_user(len, optlen))
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	st.tp_packets += st.tp_drops;
	memset(&po->stats, 0, sizeof(po->stats));
	len = min_t(int, len, sizeof(st));
	return put_user(len, optlen) || copy_to_user(optval, &st, len) ? -EFAULT : 0;
}

static void packet_dev_down(struct sock *sk, int gone)
{
	struct packet_sock *po = pkt_sk(sk);

	if (po->running) {
		packet_stop(sk);
		sk->sk_err = ENETDOWN;
		sk->sk_error_report(sk);
	}
	if (gone) {
		po->ifindex = -1;
		po->prot_hook.dev = NULL;
	}
}

/* Sockets that are bound to a device that goes hear no more of it, until it is up again. */
static int packet_notifier(struct notifier_block *this, unsigned long msg, void *data)
{
	struct net_device *dev = data;
	struct hlist_node *node;
	struct sock *sk;

	if (msg != NETDEV_UNREGISTER && msg != NETDEV_DOWN && msg != NETDEV_UP)
		return NOTIFY_DONE;
	read_lock(&packet_sklist_lock);
	sk_for_each(sk, node, &packet_sklist) {
		if (pkt_sk(sk)->ifindex != dev->ifindex)
			continue;
		if (msg == NETDEV_UP)
			packet_start(sk);
		else
			packet_dev_down(sk, msg == NETDEV_UNREGISTER);
	}
	read_unlock(&packet_sklist_lock);
	return NOTIFY_DONE;
}

static struct notifier_block packet_netdev_notifier = {
	.notifier_call = packet_notifier,
};

static struct proto_ops packet_ops = {
	.family = PF_PACKET,
	.release = packet_release,
	.bind = packet_bind,
	.connect = sock_no_connect,
	.socketpair = sock_no_socketpair,
	.accept = sock_no_accept,
	.getname = packet_getname,
	.poll = datagram_poll,
	.ioctl = sock_no_ioctl,
	.listen = sock_no_listen,
	.shutdown = sock_no_shutdown,
	.setsockopt = sock_no_setsockopt,
	.getsockopt = packet_getsockopt,
	.sendmsg = packet_sendmsg,
	.recvmsg = packet_recvmsg,
};

static struct net_proto_family packet_family_ops = {
	.family = PF_PACKET,
	.create = packet_create,
};

#ifdef CONFIG_PROC_FS
static int packet_seq_show(struct seq_file *seq, void *v)
{
	struct hlist_node *node;
	struct sock *s;

	seq_puts(seq, "sk       RefCnt Type Proto  Iface R Rmem   User   Inode\n");
	read_lock(&packet_sklist_lock);
	sk_for_each(s, node, &packet_sklist)
		seq_printf(seq, "%08x %-6d %-4d %04x   %-5d %1d %-6u %-6u %-6lu\n", 0,
			   atomic_read(&s->sk_refcnt), s->sk_type, ntohs(pkt_sk(s)->num),
			   pkt_sk(s)->ifindex, pkt_sk(s)->running,
			   atomic_read(&s->sk_rmem_alloc), 0, sock_i_ino(s));
	read_unlock(&packet_sklist_lock);
	return 0;
}

static int packet_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, packet_seq_show, NULL);
}

static const struct file_operations packet_seq_fops = {
	.open = packet_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};
#endif

static int __init packet_init(void)
{
	int err = proto_register(&packet_proto, 0);

	if (err)
		return err;
	sock_register(&packet_family_ops);
	register_netdevice_notifier(&packet_netdev_notifier);
#ifdef CONFIG_PROC_FS
	proc_net_fops_create("packet", 0444, &packet_seq_fops);
#endif
	return 0;
}
module_init(packet_init);
