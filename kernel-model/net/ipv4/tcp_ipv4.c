// SPDX-License-Identifier: GPL-2.0-only
/* TCP over IPv4: which socket a segment is for, and answers without a socket. */
#include <linux/icmp.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <net/ip.h>
#include <net/tcp.h>

/* Resets are sent by a socket of the kernel. */
static struct socket *tcp_socket;

struct inet_hashinfo tcp_hashinfo;

static void tcp_v4_hash(struct sock *sk)
{
	if (sk->sk_state == TCP_CLOSE)
		return;
	local_bh_disable();
	inet_hash(&tcp_hashinfo, sk);
	local_bh_enable();
}

static void tcp_unhash(struct sock *sk)
{
	inet_unhash(&tcp_hashinfo, sk);
}

/* A segment that belongs to no socket of user mode, back to where @skb came from. */
static void tcp_v4_send_bare(struct sk_buff *skb, u32 seq, u32 ack, u8 flags, u16 win)
{
	struct flowi fl = { .fl4_dst = skb->nh.iph->saddr, .fl4_src = skb->nh.iph->daddr,
			    .proto = IPPROTO_TCP };
	struct sock *sk = tcp_socket->sk;
	struct sk_buff *reply;
	struct rtable *rt;

	if (ip_route_output_flow(&rt, &fl, NULL, 0))
		return;
	reply = sock_wmalloc(sk, MAX_TCP_HEADER, 0, GFP_ATOMIC);
	if (!reply) {
		ip_rt_put(rt);
		return;
	}
	skb_reserve(reply, MAX_TCP_HEADER);
	tcp_build_header(reply, skb->h.th->dest, skb->h.th->source, seq, ack, flags, win);
	TCP_INC_STATS(TCP_MIB_OUTSEGS);
	ip_push_header(reply, sk, rt, fl.fl4_src, fl.fl4_dst, IPPROTO_TCP);
	ip_local_out(reply);
}

void tcp_v4_send_reset(struct sk_buff *skb)
{
	struct tcphdr *th = skb->h.th;

	if (th->rst || !(((struct rtable *)skb->dst)->rt_flags & RTCF_LOCAL))
		return;
	TCP_INC_STATS(TCP_MIB_OUTRSTS);
	if (th->ack)
		tcp_v4_send_bare(skb, TCP_SKB_CB(skb)->ack_seq, 0, TCPCB_FLAG_RST, 0);
	else
		tcp_v4_send_bare(skb, 0, TCP_SKB_CB(skb)->end_seq,
				 TCPCB_FLAG_RST | TCPCB_FLAG_ACK, 0);
}

void tcp_v4_send_ack(struct sk_buff *skb, u32 seq, u32 ack, u32 win)
{
	tcp_v4_send_bare(skb, seq, ack, TCPCB_FLAG_ACK, win);
}

static int tcp_v4_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_in *usin = (struct sockaddr_in *)uaddr;
	struct inet_sock *inet = inet_sk(sk);
	struct tcp_sock *tp = tcp_sk(sk);
	struct rtable *rt;
	int err;

	if (addr_len < sizeof(*usin))
		return -EINVAL;
	if (usin->sin_family != AF_INET)
		return -EAFNOSUPPORT;
	err = ip_route_connect(&rt, usin->sin_addr.s_addr, inet->saddr, RT_CONN_FLAGS(sk),
			       sk->sk_bound_dev_if, IPPROTO_TCP, sk);
	if (err)
		return err;
	if (rt->rt_flags & RTCF_BROADCAST) {
		ip_rt_put(rt);
		return -ENETUNREACH;
	}
	if (!inet->saddr)
		inet->saddr = rt->rt_src;
	inet->rcv_saddr = inet->saddr;
	inet->dport = usin->sin_port;
	inet->daddr = rt->rt_dst;
	tp->mss_cache = min_t(unsigned int, rt->u.dst.dev->mtu, 65535) - 40;
	sk_dst_set(sk, &rt->u.dst);
	tcp_set_state(sk, TCP_SYN_SENT);
	err = inet_hash_connect(&tcp_hashinfo, sk);
	if (!err)
		err = tcp_connect(sk);
	if (!err)
		return 0;
	tcp_set_state(sk, TCP_CLOSE);
	if (!(sk->sk_userlocks & SOCK_BINDPORT_LOCK))
		inet_put_port(&tcp_hashinfo, sk);
	inet->dport = 0;
	sk_dst_reset(sk);
	return err;
}

/* An ICMP error about a segment of ours. */
void tcp_v4_err(struct sk_buff *skb, u32 info)
{
	struct iphdr *iph = (struct iphdr *)skb->data;
	struct tcphdr *th = (struct tcphdr *)(skb->data + iph->ihl * 4);
	int type = skb->h.icmph->type, code = skb->h.icmph->code, err = EHOSTUNREACH;
	struct sock *sk = inet_lookup_established(&tcp_hashinfo, iph->daddr, th->dest,
						  iph->saddr, ntohs(th->source));

	if (!sk)
		return;
	if (sk->sk_state == TCP_TIME_WAIT) {
		inet_twsk_put(inet_twsk(sk));
		return;
	}
	bh_lock_sock(sk);
	if (type == ICMP_DEST_UNREACH && code <= NR_ICMP_UNREACH)
		err = icmp_err_convert[code].errno;
	if ((sk->sk_state == TCP_SYN_SENT || sk->sk_state == TCP_SYN_RECV) &&
	    !sock_owned_by_user(sk)) {
		sk->sk_err = err;
		sk->sk_error_report(sk);
		tcp_done(sk);
	} else {
		sk->sk_err_soft = err;
	}
	bh_unlock_sock(sk);
	sock_put(sk);
}

/* For a listener: the socket that goes on with it, which may be the listener. */
static struct sock *tcp_v4_hnd_req(struct sock *sk, struct sk_buff *skb)
{
	struct request_sock **prev, *req;

	req = inet_csk_search_req(sk, &prev, skb->h.th->source, skb->nh.iph->saddr,
				  skb->nh.iph->daddr);
	return req ? tcp_check_req(sk, skb, req, prev) : sk;
}

/* Takes the packet; the socket is locked, by us or by the task that owns it. */
int tcp_v4_do_rcv(struct sock *sk, struct sk_buff *skb)
{
	struct sock *nsk = sk;
	int reset;

	if (sk->sk_state == TCP_LISTEN) {
		nsk = tcp_v4_hnd_req(sk, skb);
		if (!nsk) {
			kfree_skb(skb);
			return 0;
		}
	}
	if (nsk != sk)
		bh_lock_sock(nsk);
	reset = tcp_rcv_state_process(nsk, skb);
	if (nsk != sk) {
		bh_unlock_sock(nsk);
		/* Now somebody may be waiting for it in accept(). */
		sk->sk_data_ready(sk, 0);
	}
	if (reset) {
		tcp_v4_send_reset(skb);
		kfree_skb(skb);
	}
	return 0;
}

static void tcp_parse(struct sk_buff *skb)
{
	struct tcphdr *th = skb->h.th;

	TCP_SKB_CB(skb)->seq = ntohl(th->seq);
	TCP_SKB_CB(skb)->end_seq = TCP_SKB_CB(skb)->seq + th->syn + th->fin + skb->len -
				   th->doff * 4;
	TCP_SKB_CB(skb)->ack_seq = ntohl(th->ack_seq);
}

static struct sock *tcp_v4_lookup(struct sk_buff *skb)
{
	struct iphdr *iph = skb->nh.iph;
	struct sock *sk = inet_lookup_established(&tcp_hashinfo, iph->saddr, skb->h.th->source,
						  iph->daddr, ntohs(skb->h.th->dest));

	return sk ? sk : inet_lookup_listener(&tcp_hashinfo, iph->daddr, ntohs(skb->h.th->dest),
					      skb->dev->ifindex);
}

int tcp_v4_rcv(struct sk_buff *skb)
{
	struct tcphdr *th = skb->h.th;
	struct sock *sk;

	TCP_INC_STATS(TCP_MIB_INSEGS);
	if (skb->pkt_type != PACKET_HOST)
		goto discard;
	if (!pskb_may_pull(skb, sizeof(*th)) || th->doff < 5 ||
	    !pskb_may_pull(skb, th->doff * 4)) {
		TCP_INC_STATS(TCP_MIB_INERRS);
		goto discard;
	}
	tcp_parse(skb);
	sk = tcp_v4_lookup(skb);
	if (sk && sk->sk_state == TCP_TIME_WAIT) {
		struct inet_timewait_sock *tw = inet_twsk(sk);
		int again = tcp_timewait_state_process(tw, skb);

		inet_twsk_put(tw);
		if (!again)
			goto discard;
		sk = tcp_v4_lookup(skb);
	}
	if (!sk) {
		tcp_v4_send_reset(skb);
		goto discard;
	}
	nf_reset(skb);
	bh_lock_sock(sk);
	if (sock_owned_by_user(sk))
		sk_add_backlog(sk, skb);
	else
		tcp_v4_do_rcv(sk, skb);
	bh_unlock_sock(sk);
	sock_put(sk);
	return 0;
discard:
	kfree_skb(skb);
	return 0;
}

static int tcp_v4_init_sock(struct sock *sk)
{
	struct tcp_sock *tp = tcp_sk(sk);
	static u32 isn;

	skb_queue_head_init(&tp->out_of_order_queue);
	tcp_init_xmit_timers(sk);
	isn += 64000;
	tp->write_seq = isn + jiffies * 250;
	tp->mss_cache = 536;
	sk->sk_state = TCP_CLOSE;
	sk->sk_write_space = sk_stream_write_space;
	sock_set_flag(sk, SOCK_USE_WRITE_QUEUE);
	atomic_inc(&tcp_sockets_allocated);
	return 0;
}

static int tcp_v4_destroy_sock(struct sock *sk)
{
	tcp_clear_xmit_timers(sk);
	tcp_write_queue_purge(sk);
	skb_queue_purge(&tcp_sk(sk)->out_of_order_queue);
	inet_put_port(&tcp_hashinfo, sk);
	atomic_dec(&tcp_sockets_allocated);
	return 0;
}

static void tcp_enter_memory_pressure(void)
{
	tcp_memory_pressure = 1;
}

struct proto tcp_prot = {
	.name = "TCP",
	.close = tcp_close,
	.connect = tcp_v4_connect,
	.disconnect = tcp_disconnect,
	.accept = inet_csk_accept,
	.ioctl = tcp_ioctl,
	.init = tcp_v4_init_sock,
	.destroy = tcp_v4_destroy_sock,
	.shutdown = tcp_shutdown,
	.setsockopt = tcp_setsockopt,
	.getsockopt = tcp_getsockopt,
	.sendmsg = tcp_sendmsg,
	.recvmsg = tcp_recvmsg,
	.backlog_rcv = tcp_v4_do_rcv,
	.hash = tcp_v4_hash,
	.unhash = tcp_unhash,
	.get_port = inet_csk_get_port,
	.enter_memory_pressure = tcp_enter_memory_pressure,
	.memory_allocated = &tcp_memory_allocated,
	.sockets_allocated = &tcp_sockets_allocated,
	.memory_pressure = &tcp_memory_pressure,
	.sysctl_mem = sysctl_tcp_mem,
	.max_header = MAX_TCP_HEADER,
	.obj_size = sizeof(struct tcp_sock),
};

#ifdef CONFIG_PROC_FS
static void tcp_seq_line(struct seq_file *seq, int nr, u32 laddr, u16 lport, u32 raddr, u16 rport,
			 int state, struct sock *sk)
{
	u32 tx = 0, rx = 0;

	if (sk && state == TCP_LISTEN) {
		rx = sk->sk_ack_backlog;
	} else if (sk) {
		tx = tcp_sk(sk)->write_seq - tcp_sk(sk)->snd_una;
		rx = tcp_sk(sk)->rcv_nxt - tcp_sk(sk)->copied_seq;
	}
	seq_printf(seq, "%4d: %08X:%04X %08X:%04X %02X %08X:%08X %02X:%08lX %08X %5d %8d %lu %d\n",
		   nr, laddr, lport, raddr, rport, state, tx, rx, 0, 0UL, 0, 0, 0,
		   sk ? sock_i_ino(sk) : 0UL, sk ? atomic_read(&sk->sk_refcnt) : 3);
}

static int tcp_seq_show(struct seq_file *seq, void *v)
{
	struct inet_timewait_sock *tw;
	struct hlist_node *node;
	struct sock *sk;
	int i, nr = 0;

	seq_puts(seq, "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n");
	for (i = 0; i < INET_LHTABLE_SIZE; i++)
		sk_for_each(sk, node, &tcp_hashinfo.listening_hash[i])
			tcp_seq_line(seq, nr++, inet_sk(sk)->rcv_saddr, inet_sk(sk)->num, 0, 0,
				     sk->sk_state, sk);
	for (i = 0; i < tcp_hashinfo.ehash_size; i++) {
		sk_for_each(sk, node, &tcp_hashinfo.ehash[i].chain)
			tcp_seq_line(seq, nr++, inet_sk(sk)->rcv_saddr, inet_sk(sk)->num,
				     inet_sk(sk)->daddr, ntohs(inet_sk(sk)->dport), sk->sk_state,
				     sk);
		hlist_for_each_entry(tw, node, &tcp_hashinfo.ehash[i].twchain, tw_node)
			tcp_seq_line(seq, nr++, tw->tw_rcv_saddr, tw->tw_num, tw->tw_daddr,
				     ntohs(tw->tw_dport), tw->tw_substate, NULL);
	}
	return 0;
}

static int tcp_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, tcp_seq_show, NULL);
}

static const struct file_operations tcp_seq_fops = {
	.open = tcp_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};
#endif

void __init tcp_v4_init(void)
{
	if (sock_create_kern(PF_INET, SOCK_RAW, IPPROTO_TCP, &tcp_socket) < 0)
		panic("Failed to create the TCP control socket.\n");
	tcp_socket->sk->sk_allocation = GFP_ATOMIC;
	inet_sk(tcp_socket->sk)->uc_ttl = -1;
	/* It hears nothing. */
	tcp_socket->sk->sk_prot->unhash(tcp_socket->sk);
#ifdef CONFIG_PROC_FS
	proc_net_fops_create("tcp", 0444, &tcp_seq_fops);
#endif
}
