// SPDX-License-Identifier: GPL-2.0-only
/* Raw sockets: whole packets of one protocol, for those who may. */
#include <linux/icmp.h>
#include <linux/module.h>
#include <net/ip.h>
#include <net/ip_fib.h>
#include <net/tcp_states.h>

#define RAWV4_HTABLE_SIZE	64

static struct hlist_head raw_v4_htable[RAWV4_HTABLE_SIZE];
static DEFINE_RWLOCK(raw_v4_lock);

static void raw_v4_hash(struct sock *sk)
{
	write_lock_bh(&raw_v4_lock);
	sk_add_node(sk, &raw_v4_htable[inet_sk(sk)->num % RAWV4_HTABLE_SIZE]);
	write_unlock_bh(&raw_v4_lock);
}

static void raw_v4_unhash(struct sock *sk)
{
	write_lock_bh(&raw_v4_lock);
	sk_del_node_init(sk);
	write_unlock_bh(&raw_v4_lock);
}

static int raw_rcv_skb(struct sock *sk, struct sk_buff *skb)
{
	if (sock_queue_rcv_skb(sk, skb) < 0)
		kfree_skb(skb);
	return 0;
}

/* The socket is for packets between these addresses. */
static int raw_is_for(const struct sock *sk, u8 protocol, u32 local, u32 remote)
{
	const struct inet_sock *inet = inet_sk(sk);

	return inet->num == protocol && (!inet->daddr || inet->daddr == remote) &&
	       (!inet->rcv_saddr || inet->rcv_saddr == local);
}

/* Gives each socket that wants it a copy with the IP header; how many. */
int raw_local_deliver(struct sk_buff *skb)
{
	struct iphdr *iph = skb->nh.iph;
	struct hlist_node *node;
	struct sk_buff *clone;
	struct sock *sk;
	int delivered = 0;

	read_lock(&raw_v4_lock);
	sk_for_each(sk, node, &raw_v4_htable[iph->protocol % RAWV4_HTABLE_SIZE]) {
		if (!raw_is_for(sk, iph->protocol, iph->daddr, iph->saddr))
			continue;
		delivered++;
		clone = skb_clone(skb, GFP_ATOMIC);
		if (!clone)
			continue;
		nf_reset(clone);
		skb_push(clone, clone->data - clone->nh.raw);
		raw_rcv_skb(sk, clone);
	}
	read_unlock(&raw_v4_lock);
	return delivered;
}

static void raw_err_one(struct sock *sk, int type, int code)
{
	int err = EHOSTUNREACH, harderr = 0;

	/* Who asked for nothing hears of the peer only. */
	if (!inet_sk(sk)->recverr && sk->sk_state != TCP_ESTABLISHED)
		return;
	if (type == ICMP_DEST_UNREACH && code <= NR_ICMP_UNREACH) {
		harderr = icmp_err_convert[code].fatal;
		err = icmp_err_convert[code].errno;
	}
	if (inet_sk(sk)->recverr || harderr) {
		sk->sk_err = err;
		sk->sk_error_report(sk);
	}
}

/**
 * raw_err - an ICMP error has come in
 * @iph: the packet of ours that it is about
 */
void raw_err(const struct iphdr *iph, int type, int code)
{
	struct hlist_node *node;
	struct sock *sk;

	read_lock(&raw_v4_lock);
	sk_for_each(sk, node, &raw_v4_htable[iph->protocol % RAWV4_HTABLE_SIZE])
		if (raw_is_for(sk, iph->protocol, iph->saddr, iph->daddr))
			raw_err_one(sk, type, code);
	read_unlock(&raw_v4_lock);
}

/* A packet with what the user sends, behind room for headers; takes @rt. */
static struct sk_buff *raw_make_skb(struct sock *sk, struct msghdr *msg, size_t len,
				    struct rtable *rt, int *err)
{
	size_t room = LL_MAX_HEADER + sizeof(struct iphdr);
	struct sk_buff *skb = sock_alloc_send_skb(sk, room + len, msg->msg_flags & MSG_DONTWAIT,
						  err);

	if (!skb) {
		ip_rt_put(rt);
		return NULL;
	}
	skb->dst = &rt->u.dst;
	skb_reserve(skb, room);
	*err = memcpy_fromiovec(skb_put(skb, len), msg->msg_iov, len);
	if (!*err)
		return skb;
	kfree_skb(skb);
	return NULL;
}

/* The user has made the header; what he left open is filled in. */
static int raw_send_hdrinc(struct sock *sk, struct msghdr *msg, size_t len, struct rtable *rt,
			   u32 saddr)
{
	struct sk_buff *skb;
	struct iphdr *iph;
	int err = -EMSGSIZE;

	if (len <= rt->u.dst.dev->mtu)
		err = len < sizeof(*iph) ? -EINVAL : 0;
	if (err) {
		ip_rt_put(rt);
		return err;
	}
	skb = raw_make_skb(sk, msg, len, rt, &err);
	if (!skb)
		return err;
	iph = (struct iphdr *)skb->data;
	if (iph->ihl * 4 > len) {
		kfree_skb(skb);
		return -EINVAL;
	}
	skb->nh.iph = iph;
	skb->h.raw = skb->data + iph->ihl * 4;
	skb->priority = sk->sk_priority;
	if (iph->ihl < 5)
		return ip_local_out(skb);
	if (!iph->saddr)
		iph->saddr = saddr;
	if (!iph->id)
		ip_select_ident(iph);
	iph->tot_len = htons(len);
	ip_send_check(iph);
	return ip_local_out(skb);
}

static int raw_send(struct sock *sk, struct msghdr *msg, size_t len, struct rtable *rt,
		    const struct flowi *fl)
{
	struct sk_buff *skb;
	int err;

	skb = raw_make_skb(sk, msg, len, rt, &err);
	if (!skb)
		return err;
	skb->h.raw = skb->data;
	ip_push_header(skb, sk, rt, fl->fl4_src, fl->fl4_dst, inet_sk(sk)->num);
	return ip_local_out(skb);
}

static int raw_sendmsg(struct sock *sk, struct msghdr *msg, size_t len)
{
	struct sockaddr_in *usin = msg->msg_name;
	struct inet_sock *inet = inet_sk(sk);
	struct flowi fl = { .oif = sk->sk_bound_dev_if, .fl4_dst = inet->daddr,
			    .fl4_src = inet->saddr, .fl4_tos = inet->tos, .proto = inet->num };
	struct rtable *rt;
	int err;

	if (len > 0xffff - (inet->hdrincl ? 0 : sizeof(struct iphdr)))
		return -EMSGSIZE;
	if (msg->msg_flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (msg->msg_namelen) {
		if (msg->msg_namelen < sizeof(*usin))
			return -EINVAL;
		if (usin->sin_family != AF_INET)
			return -EAFNOSUPPORT;
		fl.fl4_dst = usin->sin_addr.s_addr;
	} else if (sk->sk_state != TCP_ESTABLISHED) {
		return -EDESTADDRREQ;
	}
	err = ip_cmsg_send(msg, &fl.oif, &fl.fl4_src);
	if (!err)
		err = ip_route_output_flow(&rt, &fl, sk, 0);
	if (err)
		return err;
	err = -EACCES;
	if ((rt->rt_flags & RTCF_BROADCAST) && !sock_flag(sk, SOCK_BROADCAST))
		goto out;
	err = inet->hdrincl ? raw_send_hdrinc(sk, msg, len, rt, fl.fl4_src) :
			      raw_send(sk, msg, len, rt, &fl);
	return err ? err : len;
out:
	ip_rt_put(rt);
	return err;
}

static int raw_recvmsg(struct sock *sk, struct msghdr *msg, size_t len, int noblock, int flags,
		       int *addr_len)
{
	struct sockaddr_in *sin = msg->msg_name;
	struct sk_buff *skb;
	size_t copied;
	int err = -EOPNOTSUPP;

	if (flags & MSG_OOB)
		return err;
	skb = skb_recv_datagram(sk, flags, noblock, &err);
	if (!skb)
		return err;
	copied = min_t(size_t, skb->len, len);
	if (len < skb->len)
		msg->msg_flags |= MSG_TRUNC;
	err = skb_copy_datagram_iovec(skb, 0, msg->msg_iov, copied);
	if (!err && sin) {
		memset(sin, 0, sizeof(*sin));
		sin->sin_family = AF_INET;
		sin->sin_addr.s_addr = skb->nh.iph->saddr;
		*addr_len = sizeof(*sin);
	}
	if (flags & MSG_TRUNC)
		copied = skb->len;
	skb_free_datagram(sk, skb);
	return err ? err : copied;
}

static int raw_bind(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_in *addr = (struct sockaddr_in *)uaddr;
	unsigned int type;

	if (sk->sk_state != TCP_CLOSE || addr_len < sizeof(*addr))
		return -EINVAL;
	type = inet_addr_type(addr->sin_addr.s_addr);
	if (addr->sin_addr.s_addr && type != RTN_LOCAL && type != RTN_MULTICAST &&
	    type != RTN_BROADCAST)
		return -EADDRNOTAVAIL;
	inet_sk(sk)->rcv_saddr = addr->sin_addr.s_addr;
	/* To send from an address that is everybody's makes no sense. */
	inet_sk(sk)->saddr = type == RTN_LOCAL ? addr->sin_addr.s_addr : 0;
	sk_dst_reset(sk);
	return 0;
}

static void raw_close(struct sock *sk, long timeout)
{
	sk_common_release(sk);
}

static int raw_disconnect(struct sock *sk, int flags)
{
	sk->sk_state = TCP_CLOSE;
	inet_sk(sk)->daddr = 0;
	sk_dst_reset(sk);
	return 0;
}

struct proto raw_prot = {
	.name = "RAW",
	.close = raw_close,
	.connect = ip4_datagram_connect,
	.disconnect = raw_disconnect,
	.setsockopt = ip_setsockopt,
	.getsockopt = ip_getsockopt,
	.sendmsg = raw_sendmsg,
	.recvmsg = raw_recvmsg,
	.bind = raw_bind,
	.backlog_rcv = raw_rcv_skb,
	.hash = raw_v4_hash,
	.unhash = raw_v4_unhash,
	.obj_size = sizeof(struct inet_sock),
};
