// SPDX-License-Identifier: GPL-2.0-only
/* UDP. */
#include <linux/icmp.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/udp.h>
#include <linux/if.h>
#include <linux/uaccess.h>
#include <net/ip.h>
#include <net/ip_fib.h>
#include <net/tcp_states.h>

#define UDP_HTABLE_SIZE	128

DEFINE_PER_CPU(struct udp_mib, udp_statistics);

struct hlist_head udp_hash[UDP_HTABLE_SIZE];
DEFINE_RWLOCK(udp_hash_lock);
static u32 udp_port_rover;

static struct hlist_head *udp_bucket(u16 num)
{
	return &udp_hash[num & (UDP_HTABLE_SIZE - 1)];
}

static int udp_lport_inuse(u16 num)
{
	struct hlist_node *node;
	struct sock *sk;

	sk_for_each(sk, node, udp_bucket(num))
		if (inet_sk(sk)->num == num)
			return 1;
	return 0;
}

static int udp_addr_clash(struct sock *sk, struct sock *sk2)
{
	struct inet_sock *inet = inet_sk(sk), *inet2 = inet_sk(sk2);

	return sk2 != sk && (!sk2->sk_reuse || !sk->sk_reuse) &&
	       (!sk2->sk_bound_dev_if || !sk->sk_bound_dev_if ||
		sk2->sk_bound_dev_if == sk->sk_bound_dev_if) &&
	       (!inet2->rcv_saddr || !inet->rcv_saddr || inet2->rcv_saddr == inet->rcv_saddr);
}

/* A free port of the local range, 0 when there is none. */
static int udp_free_port(void)
{
	int low = sysctl_local_port_range[0], high = sysctl_local_port_range[1];
	int rover = inet_port_start(&udp_port_rover, low, high), remaining;

	for (remaining = high - low + 1; remaining > 0; remaining--) {
		if (rover > high)
			rover = low;
		if (!udp_lport_inuse(rover)) {
			udp_port_rover = rover + 1;
			return rover;
		}
		rover++;
	}
	return 0;
}

static int udp_v4_get_port(struct sock *sk, unsigned short snum)
{
	struct hlist_node *node;
	struct sock *sk2;
	int err = 1;

	write_lock_bh(&udp_hash_lock);
	if (!snum) {
		snum = udp_free_port();
		if (!snum)
			goto out;
	} else {
		sk_for_each(sk2, node, udp_bucket(snum))
			if (inet_sk(sk2)->num == snum && udp_addr_clash(sk, sk2))
				goto out;
	}
	inet_sk(sk)->num = snum;
	if (sk_unhashed(sk))
		sk_add_node(sk, udp_bucket(snum));
	err = 0;
out:
	write_unlock_bh(&udp_hash_lock);
	return err;
}

static void udp_v4_unhash(struct sock *sk)
{
	write_lock_bh(&udp_hash_lock);
	if (sk_del_node_init(sk))
		inet_sk(sk)->num = 0;
	write_unlock_bh(&udp_hash_lock);
}

/* How well a socket fits a packet, -1 for not at all. */
static int udp_score(struct sock *sk, u32 saddr, u16 sport, u32 daddr, u16 hnum, int dif)
{
	struct inet_sock *inet = inet_sk(sk);
	int score = 0;

	if (inet->num != hnum)
		return -1;
	if (inet->rcv_saddr && inet->rcv_saddr != daddr)
		return -1;
	score += inet->rcv_saddr ? 2 : 0;
	if (inet->daddr && inet->daddr != saddr)
		return -1;
	score += inet->daddr ? 2 : 0;
	if (inet->dport && inet->dport != sport)
		return -1;
	score += inet->dport ? 2 : 0;
	if (sk->sk_bound_dev_if && sk->sk_bound_dev_if != dif)
		return -1;
	return score + (sk->sk_bound_dev_if ? 2 : 0);
}

/* The socket for a packet, with a reference. */
static struct sock *udp_v4_lookup(u32 saddr, u16 sport, u32 daddr, u16 dport, int dif)
{
	struct hlist_node *node;
	struct sock *sk, *result = NULL;
	int badness = -1, score;

	read_lock(&udp_hash_lock);
	sk_for_each(sk, node, udp_bucket(ntohs(dport))) {
		score = udp_score(sk, saddr, sport, daddr, ntohs(dport), dif);
		if (score > badness) {
			result = sk;
			badness = score;
		}
	}
	if (result)
		sock_hold(result);
	read_unlock(&udp_hash_lock);
	return result;
}

/* An ICMP error about a packet that begins at skb->data. */
void udp_err(struct sk_buff *skb, u32 info)
{
	struct iphdr *iph = (struct iphdr *)skb->data;
	struct udphdr *uh = (struct udphdr *)(skb->data + iph->ihl * 4);
	int type = skb->h.icmph->type, code = skb->h.icmph->code, err = EHOSTUNREACH, harderr = 0;
	struct sock *sk = udp_v4_lookup(iph->daddr, uh->dest, iph->saddr, uh->source,
					skb->dev->ifindex);

	if (!sk)
		return;
	if (type == ICMP_DEST_UNREACH && code <= NR_ICMP_UNREACH) {
		harderr = icmp_err_convert[code].fatal;
		err = icmp_err_convert[code].errno;
	}
	if (inet_sk(sk)->recverr || (harderr && sk->sk_state == TCP_ESTABLISHED)) {
		sk->sk_err = err;
		sk->sk_error_report(sk);
	}
	sock_put(sk);
}

/* Where to: 0, or an error; whether by the socket's own connection is in @connected. */
static int udp_destination(struct sock *sk, struct msghdr *msg, u32 *daddr, u16 *dport,
			   int *connected)
{
	struct sockaddr_in *usin = msg->msg_name;

	*connected = 0;
	if (msg->msg_namelen) {
		if (msg->msg_namelen < sizeof(*usin))
			return -EINVAL;
		if (usin->sin_family != AF_INET && usin->sin_family != AF_UNSPEC)
			return -EAFNOSUPPORT;
		*daddr = usin->sin_addr.s_addr;
		*dport = usin->sin_port;
		return *dport ? 0 : -EINVAL;
	}
	if (sk->sk_state != TCP_ESTABLISHED)
		return -EDESTADDRREQ;
	*daddr = inet_sk(sk)->daddr;
	*dport = inet_sk(sk)->dport;
	*connected = 1;
	return 0;
}

static int udp_autobind(struct sock *sk)
{
	int err = 0;

	lock_sock(sk);
	if (!inet_sk(sk)->num) {
		err = udp_v4_get_port(sk, 0) ? -EAGAIN : 0;
		if (!err)
			inet_sk(sk)->sport = htons(inet_sk(sk)->num);
	}
	release_sock(sk);
	return err;
}

static struct sk_buff *udp_make_skb(struct sock *sk, struct msghdr *msg, size_t len, u16 dport,
				    int *err)
{
	unsigned int head = LL_MAX_HEADER + sizeof(struct iphdr);
	struct sk_buff *skb = sock_alloc_send_skb(sk, head + sizeof(struct udphdr) + len,
						  msg->msg_flags & MSG_DONTWAIT, err);
	struct udphdr *uh;

	if (!skb)
		return NULL;
	skb_reserve(skb, head);
	uh = (struct udphdr *)skb_put(skb, sizeof(*uh));
	skb->h.uh = uh;
	uh->source = inet_sk(sk)->sport;
	uh->dest = dport;
	uh->len = htons(sizeof(*uh) + len);
	/* None: all devices here are as good as memory. */
	uh->check = 0;
	*err = memcpy_fromiovec(skb_put(skb, len), msg->msg_iov, len);
	if (!*err)
		return skb;
	kfree_skb(skb);
	return NULL;
}

static int udp_sendmsg(struct sock *sk, struct msghdr *msg, size_t len)
{
	struct inet_sock *inet = inet_sk(sk);
	struct flowi fl = { .oif = sk->sk_bound_dev_if, .fl4_src = inet->saddr,
			    .fl4_tos = inet->tos, .proto = IPPROTO_UDP };
	struct rtable *rt = NULL;
	struct sk_buff *skb;
	int err, connected;
	u16 dport;

	if (len > 0xffff)
		return -EMSGSIZE;
	if (msg->msg_flags & MSG_OOB)
		return -EOPNOTSUPP;
	err = udp_destination(sk, msg, &fl.fl4_dst, &dport, &connected);
	if (!err)
		err = ip_cmsg_send(msg, &fl.oif, &fl.fl4_src);
	if (!err)
		err = udp_autobind(sk);
	if (err)
		return err;
	if (connected && !msg->msg_controllen)
		rt = (struct rtable *)sk_dst_check(sk, 0);
	if (rt) {
		fl.fl4_src = fl.fl4_src ? fl.fl4_src : rt->rt_src;
		fl.fl4_dst = rt->rt_dst;
	} else {
		err = ip_route_output_flow(&rt, &fl, sk, 0);
		if (err)
			return err;
		if (connected && !msg->msg_controllen)
			sk_dst_set(sk, dst_clone(&rt->u.dst));
	}
	err = -EACCES;
	if ((rt->rt_flags & RTCF_BROADCAST) && !sock_flag(sk, SOCK_BROADCAST))
		goto out;
	err = -EMSGSIZE;
	if (len + sizeof(struct udphdr) + sizeof(struct iphdr) > 0xffff)
		goto out;
	skb = udp_make_skb(sk, msg, len, dport, &err);
	if (!skb)
		goto out;
	ip_push_header(skb, sk, rt, fl.fl4_src, fl.fl4_dst, IPPROTO_UDP);
	UDP_INC_STATS(UDP_MIB_OUTDATAGRAMS);
	err = ip_local_out(skb);
	return err ? err : len;
out:
	ip_rt_put(rt);
	return err;
}

static int udp_recvmsg(struct sock *sk, struct msghdr *msg, size_t len, int noblock, int flags,
		       int *addr_len)
{
	struct sockaddr_in *sin = msg->msg_name;
	struct sk_buff *skb;
	size_t copied;
	int err;

	skb = skb_recv_datagram(sk, flags, noblock, &err);
	if (!skb)
		return err;
	copied = skb->len - sizeof(struct udphdr);
	if (copied > len) {
		copied = len;
		msg->msg_flags |= MSG_TRUNC;
	}
	err = skb_copy_datagram_iovec(skb, sizeof(struct udphdr), msg->msg_iov, copied);
	if (!err && sin) {
		memset(sin, 0, sizeof(*sin));
		sin->sin_family = AF_INET;
		sin->sin_port = skb->h.uh->source;
		sin->sin_addr.s_addr = skb->nh.iph->saddr;
		*addr_len = sizeof(*sin);
	}
	if (flags & MSG_TRUNC)
		copied = skb->len - sizeof(struct udphdr);
	skb_free_datagram(sk, skb);
	return err ? err : copied;
}

static int udp_queue_rcv_skb(struct sock *sk, struct sk_buff *skb)
{
	nf_reset(skb);
	if (sock_queue_rcv_skb(sk, skb) < 0) {
		UDP_INC_STATS(UDP_MIB_INERRORS);
		kfree_skb(skb);
		return -1;
	}
	UDP_INC_STATS(UDP_MIB_INDATAGRAMS);
	return 0;
}

int udp_rcv(struct sk_buff *skb)
{
	struct udphdr *uh = skb->h.uh;
	struct sock *sk;

	if (!pskb_may_pull(skb, sizeof(*uh)) || ntohs(uh->len) > skb->len ||
	    ntohs(uh->len) < sizeof(*uh)) {
		UDP_INC_STATS(UDP_MIB_INERRORS);
		goto drop;
	}
	skb_trim(skb, ntohs(uh->len));
	sk = udp_v4_lookup(skb->nh.iph->saddr, uh->source, skb->nh.iph->daddr, uh->dest,
			   skb->dev->ifindex);
	if (sk) {
		udp_queue_rcv_skb(sk, skb);
		sock_put(sk);
		return 0;
	}
	UDP_INC_STATS(UDP_MIB_NOPORTS);
	icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, 0);
drop:
	kfree_skb(skb);
	return 0;
}

static void udp_close(struct sock *sk, long timeout)
{
	sk_common_release(sk);
}

static int udp_disconnect(struct sock *sk, int flags)
{
	struct inet_sock *inet = inet_sk(sk);

	sk->sk_state = TCP_CLOSE;
	inet->daddr = 0;
	inet->dport = 0;
	if (!(sk->sk_userlocks & SOCK_BINDADDR_LOCK)) {
		inet->rcv_saddr = 0;
		inet->saddr = 0;
	}
	if (!(sk->sk_userlocks & SOCK_BINDPORT_LOCK)) {
		sk->sk_prot->unhash(sk);
		inet->sport = 0;
	}
	sk_dst_reset(sk);
	return 0;
}

static int udp_ioctl(struct sock *sk, int cmd, unsigned long arg)
{
	struct sk_buff *skb;
	int amount = 0;

	switch (cmd) {
	case SIOCOUTQ:
		return put_user(atomic_read(&sk->sk_wmem_alloc), (int __user *)arg);
	case SIOCINQ:
		spin_lock_bh(&sk->sk_receive_queue.lock);
		skb = skb_peek(&sk->sk_receive_queue);
		if (skb)
			amount = skb->len - sizeof(struct udphdr);
		spin_unlock_bh(&sk->sk_receive_queue.lock);
		return put_user(amount, (int __user *)arg);
	}
	return -ENOIOCTLCMD;
}

struct proto udp_prot = {
	.name = "UDP",
	.close = udp_close,
	.connect = ip4_datagram_connect,
	.disconnect = udp_disconnect,
	.ioctl = udp_ioctl,
	.setsockopt = ip_setsockopt,
	.getsockopt = ip_getsockopt,
	.sendmsg = udp_sendmsg,
	.recvmsg = udp_recvmsg,
	.backlog_rcv = udp_queue_rcv_skb,
	.unhash = udp_v4_unhash,
	.get_port = udp_v4_get_port,
	.obj_size = sizeof(struct inet_sock),
};

/* Connecting a datagram socket fixes both ends and the route. */
int ip4_datagram_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_in *usin = (struct sockaddr_in *)uaddr;
	struct inet_sock *inet = inet_sk(sk);
	struct rtable *rt;
	int err;

	if (addr_len < sizeof(*usin))
		return -EINVAL;
	if (usin->sin_family != AF_INET)
		return -EAFNOSUPPORT;
	sk_dst_reset(sk);
	err = ip_route_connect(&rt, usin->sin_addr.s_addr, inet->saddr, RT_CONN_FLAGS(sk),
			       sk->sk_bound_dev_if, sk->sk_protocol, sk);
	if (err)
		return err;
	if ((rt->rt_flags & RTCF_BROADCAST) && !sock_flag(sk, SOCK_BROADCAST)) {
		ip_rt_put(rt);
		return -EACCES;
	}
	if (!inet->saddr)
		inet->saddr = rt->rt_src;
	if (!inet->rcv_saddr)
		inet->rcv_saddr = rt->rt_src;
	inet->daddr = rt->rt_dst;
	inet->dport = usin->sin_port;
	sk->sk_state = TCP_ESTABLISHED;
	sk_dst_set(sk, &rt->u.dst);
	return 0;
}

#ifdef CONFIG_PROC_FS
static int udp_seq_show(struct seq_file *seq, void *v)
{
	struct hlist_node *node;
	struct inet_sock *inet;
	struct sock *sk;
	int i;

	seq_puts(seq, "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n");
	read_lock(&udp_hash_lock);
	for (i = 0; i < UDP_HTABLE_SIZE; i++) {
		sk_for_each(sk, node, &udp_hash[i]) {
			inet = inet_sk(sk);
			seq_printf(seq, "%4d: %08X:%04X %08X:%04X %02X %08X:%08X %02X:%08lX %08X %5d %8d %lu %d\n",
				   i, inet->rcv_saddr, inet->num, inet->daddr, ntohs(inet->dport),
				   sk->sk_state, atomic_read(&sk->sk_wmem_alloc),
				   atomic_read(&sk->sk_rmem_alloc), 0, 0UL, 0, 0, 0,
				   sock_i_ino(sk), atomic_read(&sk->sk_refcnt));
		}
	}
	read_unlock(&udp_hash_lock);
	return 0;
}

static int udp_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, udp_seq_show, NULL);
}

static const struct file_operations udp_seq_fops = {
	.open = udp_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};
#endif

void __init udp_init(void)
{
#ifdef CONFIG_PROC_FS
	proc_net_fops_create("udp", 0444, &udp_seq_fops);
#endif
}
