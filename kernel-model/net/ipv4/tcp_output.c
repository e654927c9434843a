// SPDX-License-Identifier: GPL-2.0-only
/*
 * Segments that go out.  All that was not acknowledged stays in the write queue,
 * in order, and copies of it travel.
 */
#include <linux/module.h>
#include <net/ip.h>
#include <net/tcp.h>

int sysctl_tcp_syn_retries = 5;
int sysctl_tcp_retries2 = 15;

void tcp_build_header(struct sk_buff *skb, u16 source, u16 dest, u32 seq, u32 ack, u8 flags,
		      u16 window)
{
	struct tcphdr *th = (struct tcphdr *)skb_push(skb, sizeof(*th));

	memset(th, 0, sizeof(*th));
	th->source = source;
	th->dest = dest;
	th->seq = htonl(seq);
	th->ack_seq = flags & TCPCB_FLAG_ACK ? htonl(ack) : 0;
	th->doff = sizeof(*th) / 4;
	th->fin = !!(flags & TCPCB_FLAG_FIN);
	th->syn = !!(flags & TCPCB_FLAG_SYN);
	th->rst = !!(flags & TCPCB_FLAG_RST);
	th->psh = !!(flags & TCPCB_FLAG_PSH);
	th->ack = !!(flags & TCPCB_FLAG_ACK);
	th->window = htons(window);
	skb->h.th = th;
}

/* What we have room for; what was promised is not taken back. */
u16 tcp_select_window(struct sock *sk)
{
	struct tcp_sock *tp = tcp_sk(sk);
	int room = sk->sk_rcvbuf - atomic_read(&sk->sk_rmem_alloc);
	u32 promised = tp->rcv_wup + tp->rcv_wnd - tp->rcv_nxt;
	u32 win = min_t(int, max(room, 0), TCP_MAX_WINDOW);

	if (sk->sk_state == TCP_LISTEN)
		return win;
	if ((s32)promised > 0 && win < promised)
		win = promised;
	tp->rcv_wnd = win;
	tp->rcv_wup = tp->rcv_nxt;
	return win;
}

/* Sends a copy of a segment of the write queue. */
static int tcp_transmit_skb(struct sock *sk, struct sk_buff *skb, gfp_t gfp)
{
	struct sk_buff *copy = skb_copy(skb, gfp);
	struct tcp_skb_cb *tcb = TCP_SKB_CB(skb);

	if (!copy)
		return -ENOBUFS;
	skb_set_owner_w(copy, sk);
	tcp_build_header(copy, inet_sk(sk)->sport, inet_sk(sk)->dport, tcb->seq,
			 tcp_sk(sk)->rcv_nxt, tcb->flags, tcp_select_window(sk));
	TCP_INC_STATS(TCP_MIB_OUTSEGS);
	return ip_queue_xmit(copy, 0);
}

/* A segment without data and without a place in the queue. */
static void tcp_send_bare(struct sock *sk, u32 seq, u8 flags, gfp_t gfp)
{
	struct sk_buff *skb = alloc_skb(MAX_TCP_HEADER, gfp);

	if (!skb)
		return;
	skb_reserve(skb, MAX_TCP_HEADER);
	skb_set_owner_w(skb, sk);
	tcp_build_header(skb, inet_sk(sk)->sport, inet_sk(sk)->dport, seq, tcp_sk(sk)->rcv_nxt,
			 flags, tcp_select_window(sk));
	TCP_INC_STATS(TCP_MIB_OUTSEGS);
	ip_queue_xmit(skb, 0);
}

void tcp_send_ack(struct sock *sk)
{
	if (sk->sk_state != TCP_CLOSE)
		tcp_send_bare(sk, tcp_sk(sk)->snd_nxt, TCPCB_FLAG_ACK, GFP_ATOMIC);
}

void tcp_send_active_reset(struct sock *sk, gfp_t priority)
{
	TCP_INC_STATS(TCP_MIB_OUTRSTS);
	tcp_send_bare(sk, tcp_sk(sk)->snd_nxt, TCPCB_FLAG_RST | TCPCB_FLAG_ACK, priority);
}

/* Behind all that is to be sent; SYN and FIN count as a byte. */
void tcp_queue_skb(struct sock *sk, struct sk_buff *skb, unsigned int len, u8 flags)
{
	struct tcp_sock *tp = tcp_sk(sk);

	TCP_SKB_CB(skb)->seq = tp->write_seq;
	TCP_SKB_CB(skb)->flags = flags;
	tp->write_seq += len + !!(flags & (TCPCB_FLAG_SYN | TCPCB_FLAG_FIN));
	TCP_SKB_CB(skb)->end_seq = tp->write_seq;
	__skb_queue_tail(&sk->sk_write_queue, skb);
	sk->sk_wmem_queued += skb->truesize;
	sk->sk_forward_alloc -= skb->truesize;
}

static void tcp_arm_retransmit(struct sock *sk)
{
	struct inet_connection_sock *icsk = inet_csk(sk);

	sk_reset_timer(sk, &icsk->icsk_retransmit_timer, jiffies + icsk->icsk_rto);
}

/* The window has room for the first part of a segment: that part is cut off. */
static int tcp_fragment(struct sock *sk, struct sk_buff *skb, u32 len)
{
	struct tcp_skb_cb *tcb = TCP_SKB_CB(skb);
	struct sk_buff *buff = alloc_skb(MAX_TCP_HEADER + skb->len - len, GFP_ATOMIC);

	if (!buff)
		return -ENOMEM;
	skb_reserve(buff, MAX_TCP_HEADER);
	memcpy(skb_put(buff, skb->len - len), skb->data + len, skb->len - len);
	*TCP_SKB_CB(buff) = *tcb;
	TCP_SKB_CB(buff)->seq = tcb->seq + len;
	tcb->end_seq = tcb->seq + len;
	tcb->flags &= ~(TCPCB_FLAG_FIN | TCPCB_FLAG_PSH);
	skb_trim(skb, len);
	sk->sk_wmem_queued += buff->truesize;
	sk->sk_forward_alloc -= buff->truesize;
	__skb_queue_after(&sk->sk_write_queue, skb, buff);
	return 0;
}

/**
 * tcp_push_pending - send what the other side has room for
 */
void tcp_push_pending(struct sock *sk)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct sk_buff *skb;
	u32 limit;

	for (skb = sk->sk_write_queue.next; skb != (struct sk_buff *)&sk->sk_write_queue;
	     skb = skb->next) {
		if (before(TCP_SKB_CB(skb)->seq, tp->snd_nxt))
			continue;
		limit = tp->snd_una + tp->snd_wnd - TCP_SKB_CB(skb)->seq;
		if ((s32)limit < (s32)skb->len) {
			if ((s32)limit <= 0 || tp->snd_nxt != tp->snd_una ||
			    tcp_fragment(sk, skb, limit))
				break;
		}
		tp->snd_nxt = TCP_SKB_CB(skb)->end_seq;
		if (tcp_transmit_skb(sk, skb, GFP_ATOMIC) == -ENOBUFS)
			break;	/* the timer will try again */
	}
	if (!skb_queue_empty(&sk->sk_write_queue) &&
	    !timer_pending(&inet_csk(sk)->icsk_retransmit_timer))
		tcp_arm_retransmit(sk);
}

/* What was acknowledged leaves the queue; the timer starts anew for the rest. */
void tcp_ack_update(struct sock *sk)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct sk_buff *skb;

	while ((skb = skb_peek(&sk->sk_write_queue)) != NULL &&
	       !after(TCP_SKB_CB(skb)->end_seq, tp->snd_una)) {
		__skb_unlink(skb, &sk->sk_write_queue);
		sk->sk_wmem_queued -= skb->truesize;
		sk->sk_forward_alloc += skb->truesize;
		kfree_skb(skb);
	}
	__sk_stream_mem_reclaim(sk);
	tp->retransmits = 0;
	inet_csk(sk)->icsk_rto = TCP_TIMEOUT_INIT;
	sk_stop_timer(sk, &inet_csk(sk)->icsk_retransmit_timer);
	if (!skb_queue_empty(&sk->sk_write_queue))
		tcp_arm_retransmit(sk);
}

static void tcp_write_err(struct sock *sk)
{
	sk->sk_err = sk->sk_err_soft ? sk->sk_err_soft : ETIMEDOUT;
	sk->sk_error_report(sk);
	tcp_done(sk);
}

static void tcp_retransmit(struct sock *sk)
{
	int syn = TCPF(sk->sk_state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV));
	struct inet_connection_sock *icsk = inet_csk(sk);
	struct tcp_sock *tp = tcp_sk(sk);
	struct sk_buff *skb = skb_peek(&sk->sk_write_queue);

	if (sk->sk_state == TCP_CLOSE || !skb)
		return;
	if (tp->retransmits >= (syn ? sysctl_tcp_syn_retries : sysctl_tcp_retries2)) {
		tcp_write_err(sk);
		return;
	}
	tp->retransmits++;
	/* Even with its window closed the other side must answer. */
	if (!before(TCP_SKB_CB(skb)->seq, tp->snd_nxt))
		tp->snd_nxt = TCP_SKB_CB(skb)->end_seq;
	TCP_INC_STATS(TCP_MIB_RETRANSSEGS);
	tcp_transmit_skb(sk, skb, GFP_ATOMIC);
	icsk->icsk_rto = min_t(unsigned int, icsk->icsk_rto << 1, TCP_RTO_MAX);
	tcp_arm_retransmit(sk);
}

void tcp_retransmit_timer(unsigned long data)
{
	struct sock *sk = (struct sock *)data;

	bh_lock_sock(sk);
	if (sock_owned_by_user(sk))
		sk_reset_timer(sk, &inet_csk(sk)->icsk_retransmit_timer, jiffies + HZ / 20);
	else
		tcp_retransmit(sk);
	bh_unlock_sock(sk);
	sock_put(sk);
}

/* Requests that were never completed are forgotten. */
static void tcp_synq_timer(unsigned long data)
{
	struct sock *sk = (struct sock *)data;
	struct request_sock *req, **prev;
	struct listen_sock *lopt;
	int i;

	bh_lock_sock(sk);
	lopt = inet_csk(sk)->icsk_accept_queue.listen_opt;
	if (!lopt || sk->sk_state != TCP_LISTEN)
		goto out;
	for (i = 0; i < SYN_TABLE_SIZE && !sock_owned_by_user(sk); i++) {
		for (prev = &lopt->syn_table[i]; (req = *prev) != NULL;) {
			if (time_before(jiffies, req->expires)) {
				prev = &req->dl_next;
				continue;
			}
			*prev = req->dl_next;
			lopt->qlen--;
			reqsk_free(req);
		}
	}
	if (lopt->qlen)
		sk_reset_timer(sk, &sk->sk_timer, jiffies + TCP_SYNQ_INTERVAL);
out:
	bh_unlock_sock(sk);
	sock_put(sk);
}

void tcp_init_xmit_timers(struct sock *sk)
{
	inet_csk(sk)->icsk_rto = TCP_TIMEOUT_INIT;
	setup_timer(&inet_csk(sk)->icsk_retransmit_timer, tcp_retransmit_timer,
		    (unsigned long)sk);
	setup_timer(&sk->sk_timer, tcp_synq_timer, (unsigned long)sk);
}

void tcp_clear_xmit_timers(struct sock *sk)
{
	sk_stop_timer(sk, &inet_csk(sk)->icsk_retransmit_timer);
	sk_stop_timer(sk, &sk->sk_timer);
}

static struct sk_buff *tcp_empty_skb(struct sock *sk, gfp_t gfp)
{
	struct sk_buff *skb = alloc_skb(MAX_TCP_HEADER, gfp);

	if (skb)
		skb_reserve(skb, MAX_TCP_HEADER);
	return skb;
}

/* The end of what we say. */
void tcp_send_fin(struct sock *sk)
{
	struct sk_buff *skb;

	/* It must be said. */
	while (!(skb = tcp_empty_skb(sk, GFP_KERNEL)))
		yield();
	tcp_queue_skb(sk, skb, 0, TCPCB_FLAG_ACK | TCPCB_FLAG_FIN);
	tcp_push_pending(sk);
}

/* The first segment of a connection. */
int tcp_connect(struct sock *sk)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct sk_buff *skb = tcp_empty_skb(sk, GFP_KERNEL);

	if (!skb)
		return -ENOBUFS;
	tp->snd_wnd = TCP_MAX_WINDOW;
	tp->rcv_wnd = 0;
	tp->snd_una = tp->write_seq;
	tp->snd_nxt = tp->write_seq;
	tp->retransmits = 0;
	inet_csk(sk)->icsk_rto = TCP_TIMEOUT_INIT;
	tcp_queue_skb(sk, skb, 0, TCPCB_FLAG_SYN);
	TCP_INC_STATS(TCP_MIB_ACTIVEOPENS);
	tcp_push_pending(sk);
	return 0;
}
