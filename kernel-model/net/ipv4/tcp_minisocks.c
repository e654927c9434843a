// SPDX-License-Identifier: GPL-2.0-only
/* Connections that have only begun, or have ended. */
#include <linux/module.h>
#include <net/ip.h>
#include <net/tcp.h>

struct inet_timewait_death_row tcp_death_row = {
	.sysctl_max_tw_buckets = 4096,
	.period = TCP_TIMEWAIT_LEN / INET_TWDR_TWKILL_SLOTS,
	.hashinfo = &tcp_hashinfo,
	.tw_timer = TIMER_INITIALIZER(inet_twdr_hangman, 0, (unsigned long)&tcp_death_row),
};

static struct inet_timewait_sock *inet_twsk_alloc(const struct sock *sk, int state)
{
	struct inet_timewait_sock *tw = kmem_cache_alloc(tcp_tw_cachep, SLAB_ATOMIC);
	const struct inet_sock *inet = inet_sk(sk);

	if (!tw)
		return NULL;
	memset(tw, 0, sizeof(struct tcp_timewait_sock));
	tw->tw_daddr = inet->daddr;
	tw->tw_rcv_saddr = inet->rcv_saddr;
	tw->tw_num = inet->num;
	tw->tw_dport = inet->dport;
	tw->tw_sport = inet->sport;
	tw->tw_state = TCP_TIME_WAIT;
	tw->tw_substate = state;
	tw->tw_family = sk->sk_family;
	tw->__tw_common.skc_reuse = sk->sk_reuse;
	tw->tw_hash = sk->sk_hash;
	tw->tw_prot = sk->sk_prot;
	atomic_set(&tw->tw_refcnt, 1);
	return tw;
}

/**
 * tcp_time_wait - the socket goes, a small one remembers the connection
 * @state: TCP_TIME_WAIT or, if the other side has not ended yet, TCP_FIN_WAIT2
 *
 * When there are too many it is forgotten at once.
 */
void tcp_time_wait(struct sock *sk, int state, int timeo)
{
	struct inet_timewait_sock *tw = NULL;
	struct tcp_timewait_sock *tcptw;

	if (tcp_death_row.tw_count < tcp_death_row.sysctl_max_tw_buckets)
		tw = inet_twsk_alloc(sk, state);
	if (tw) {
		tcptw = tcp_twsk((struct sock *)tw);
		tcptw->tw_rcv_nxt = tcp_sk(sk)->rcv_nxt;
		tcptw->tw_snd_nxt = tcp_sk(sk)->snd_nxt;
		tcptw->tw_rcv_wnd = tcp_sk(sk)->rcv_wnd;
		__inet_twsk_hashdance(tw, sk, &tcp_hashinfo);
		inet_twsk_schedule(tw, &tcp_death_row);
		inet_twsk_put(tw);
	} else if (printk_ratelimit()) {
		printk(KERN_INFO "TCP: time wait bucket table overflow\n");
	}
	tcp_done(sk);
}

/* 1: a new connection may take its place; it is gone then. */
int tcp_timewait_state_process(struct inet_timewait_sock *tw, struct sk_buff *skb)
{
	struct tcp_timewait_sock *tcptw = tcp_twsk((struct sock *)tw);
	struct tcphdr *th = skb->h.th;
	u32 seq = TCP_SKB_CB(skb)->seq;

	if (tw->tw_substate == TCP_FIN_WAIT2) {
		if (th->rst)
			goto kill;
		if (th->syn && !before(seq, tcptw->tw_rcv_nxt))
			goto reset;
		if (!th->ack || TCP_SKB_CB(skb)->end_seq == seq)
			goto out;
		/* Data for nobody, or more than the FIN that was due. */
		if (!th->fin || TCP_SKB_CB(skb)->end_seq != tcptw->tw_rcv_nxt + 1)
			goto reset;
		tw->tw_substate = TCP_TIME_WAIT;
		tcptw->tw_rcv_nxt = TCP_SKB_CB(skb)->end_seq;
		inet_twsk_schedule(tw, &tcp_death_row);
		goto ack;
	}
	if (th->rst)
		goto kill;
	if (th->syn && !th->ack && after(seq, tcptw->tw_rcv_nxt)) {
		inet_twsk_deschedule(tw, &tcp_death_row);
		return 1;
	}
	if (!th->ack || seq != tcptw->tw_rcv_nxt || TCP_SKB_CB(skb)->end_seq != seq)
		goto ack;
	goto out;

reset:
	tcp_v4_send_reset(skb);
kill:
	inet_twsk_deschedule(tw, &tcp_death_row);
	goto out;
ack:
	tcp_v4_send_ack(skb, tcptw->tw_snd_nxt, tcptw->tw_rcv_nxt, tcptw->tw_rcv_wnd);
out:
	return 0;
}

/* Beginnings of sequence numbers: unlike those of the last connection. */
static u32 tcp_new_isn(void)
{
	static u32 isn;

	isn += 64000;
	return isn + jiffies * 250;
}

static void tcp_send_synack(struct sock *sk, struct request_sock *req)
{
	struct flowi fl = { .fl4_dst = req->rmt_addr, .fl4_src = req->loc_addr,
			    .proto = IPPROTO_TCP };
	struct sk_buff *skb = alloc_skb(MAX_TCP_HEADER, GFP_ATOMIC);
	struct rtable *rt;

	if (!skb)
		return;
	if (ip_route_output_flow(&rt, &fl, NULL, 0)) {
		kfree_skb(skb);
		return;
	}
	skb_reserve(skb, MAX_TCP_HEADER);
	tcp_build_header(skb, inet_sk(sk)->sport, req->rmt_port, req->snt_isn, req->rcv_isn + 1,
			 TCPCB_FLAG_SYN | TCPCB_FLAG_ACK, tcp_select_window(sk));
	ip_push_header(skb, NULL, rt, req->loc_addr, req->rmt_addr, IPPROTO_TCP);
	TCP_INC_STATS(TCP_MIB_OUTSEGS);
	ip_local_out(skb);
}

/**
 * tcp_conn_request - somebody wants to connect
 *
 * When the queue of connections to accept is full, he is not answered; he will
 * ask again.
 */
void tcp_conn_request(struct sock *sk, struct sk_buff *skb)
{
	struct request_sock *req, **prev;

	req = inet_csk_search_req(sk, &prev, skb->h.th->source, skb->nh.iph->saddr,
				  skb->nh.iph->daddr);
	if (req) {
		tcp_send_synack(sk, req);
		return;
	}
	if (sk_acceptq_is_full(sk) || inet_csk_reqsk_queue_is_full(sk, sysctl_max_syn_backlog))
		return;
	req = reqsk_alloc();
	if (!req)
		return;
	memset(req, 0, sizeof(*req));
	req->rcv_isn = TCP_SKB_CB(skb)->seq;
	req->snt_isn = tcp_new_isn();
	req->rmt_port = skb->h.th->source;
	req->rmt_addr = skb->nh.iph->saddr;
	req->loc_addr = skb->nh.iph->daddr;
	req->window = ntohs(skb->h.th->window);
	req->expires = jiffies + 63 * HZ;
	inet_csk_reqsk_queue_hash_add(sk, req);
	tcp_send_synack(sk, req);
}

/* The socket of the new connection. */
static struct sock *tcp_create_openreq_child(struct sock *sk, struct request_sock *req,
					     struct sk_buff *skb)
{
	struct sock *newsk = sk_clone(sk, GFP_ATOMIC);
	struct inet_sock *inet;
	struct tcp_sock *tp;

	if (!newsk)
		return NULL;
	inet = inet_sk(newsk);
	tp = tcp_sk(newsk);
	memset(&inet_csk(newsk)->icsk_accept_queue, 0, sizeof(struct request_sock_queue));
	inet_csk(newsk)->icsk_bind_hash = NULL;
	newsk->sk_state = TCP_SYN_RECV;
	inet->daddr = req->rmt_addr;
	inet->rcv_saddr = req->loc_addr;
	inet->saddr = req->loc_addr;
	inet->dport = req->rmt_port;
	newsk->sk_ack_backlog = 0;
	tp->rcv_nxt = req->rcv_isn + 1;
	tp->rcv_wup = tp->rcv_nxt;
	tp->copied_seq = tp->rcv_nxt;
	tp->snd_nxt = req->snt_isn + 1;
	tp->snd_una = tp->snd_nxt;
	tp->write_seq = tp->snd_nxt;
	tp->snd_wnd = req->window;
	tp->retransmits = 0;
	skb_queue_head_init(&tp->out_of_order_queue);
	tcp_init_xmit_timers(newsk);
	atomic_inc(&tcp_sockets_allocated);
	inet_hash(&tcp_hashinfo, newsk);
	inet_inherit_port(&tcp_hashinfo, sk, newsk);
	return newsk;
}

/**
 * tcp_check_req - a packet for a connection that has begun
 *
 * Returns its socket if the handshake is over now, with the listener's queue
 * knowing it, or NULL if the packet is of no use.
 */
struct sock *tcp_check_req(struct sock *sk, struct sk_buff *skb, struct request_sock *req,
			   struct request_sock **prev)
{
	struct tcphdr *th = skb->h.th;
	struct sock *child;

	if (th->syn && !th->ack && TCP_SKB_CB(skb)->seq == req->rcv_isn) {
		tcp_send_synack(sk, req);
		return NULL;
	}
	if (th->rst || (th->syn && !before(TCP_SKB_CB(skb)->seq, req->rcv_isn + 1))) {
		inet_csk_reqsk_queue_unlink(sk, req, prev);
		reqsk_free(req);
		if (!th->rst)
			tcp_v4_send_reset(skb);
		return NULL;
	}
	if (!th->ack)
		return NULL;
	if (TCP_SKB_CB(skb)->ack_seq != req->snt_isn + 1) {
		tcp_v4_send_reset(skb);
		return NULL;
	}
	if (sk_acceptq_is_full(sk))
		return NULL;	/* he believes that he is connected, and will say more */
	child = tcp_create_openreq_child(sk, req, skb);
	if (!child)
		return NULL;
	inet_csk_reqsk_queue_unlink(sk, req, prev);
	inet_csk_reqsk_queue_add(sk, req, child);
	TCP_INC_STATS(TCP_MIB_PASSIVEOPENS);
	return child;
}
