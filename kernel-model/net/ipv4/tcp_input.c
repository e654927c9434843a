// SPDX-License-Identifier: GPL-2.0-only
/* Segments that come in, by the state of the connection: RFC 793, section 3.9. */
#include <linux/module.h>
#include <net/ip.h>
#include <net/tcp.h>

/* The other side cut the connection. */
void tcp_reset(struct sock *sk)
{
	switch (sk->sk_state) {
	case TCP_SYN_SENT:
		sk->sk_err = ECONNREFUSED;
		break;
	case TCP_CLOSE_WAIT:
		sk->sk_err = EPIPE;
		break;
	case TCP_CLOSE:
		return;
	default:
		sk->sk_err = ECONNRESET;
	}
	if (!sock_flag(sk, SOCK_DEAD))
		sk->sk_error_report(sk);
	tcp_done(sk);
}

/* The other side has said all it had to say. */
static void tcp_fin(struct sock *sk)
{
	sk->sk_shutdown |= RCV_SHUTDOWN;
	sock_set_flag(sk, SOCK_DONE);
	switch (sk->sk_state) {
	case TCP_SYN_RECV:
	case TCP_ESTABLISHED:
		tcp_set_state(sk, TCP_CLOSE_WAIT);
		break;
	case TCP_FIN_WAIT1:
		tcp_send_ack(sk);
		tcp_set_state(sk, TCP_CLOSING);
		break;
	case TCP_FIN_WAIT2:
		tcp_send_ack(sk);
		tcp_time_wait(sk, TCP_TIME_WAIT, 0);
		return;
	}
	if (!sock_flag(sk, SOCK_DEAD))
		sk->sk_state_change(sk);
}

static void tcp_set_owner_r(struct sk_buff *skb, struct sock *sk)
{
	skb->sk = sk;
	skb->destructor = sk_stream_rfree;
	atomic_add(skb->truesize, &sk->sk_rmem_alloc);
}

/* The next data; 1 if it was kept. */
static int tcp_queue_in_order(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_sock *tp = tcp_sk(sk);
	int fin = skb->h.th->fin, kept = 0;

	if (skb->len) {
		if (atomic_read(&sk->sk_rmem_alloc) > 2 * sk->sk_rcvbuf ||
		    !sk_stream_mem_schedule(sk, skb->truesize, 1))
			return 0;
		tcp_set_owner_r(skb, sk);
		skb_queue_tail(&sk->sk_receive_queue, skb);
		kept = 1;
	}
	tp->rcv_nxt = TCP_SKB_CB(skb)->end_seq;
	if (fin)
		tcp_fin(sk);
	return kept;
}

/* Data that came before its turn may be next now. */
static void tcp_ofo_queue(struct sock *sk)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct sk_buff *skb;

	while ((skb = skb_peek(&tp->out_of_order_queue)) != NULL) {
		if (after(TCP_SKB_CB(skb)->seq, tp->rcv_nxt))
			break;
		__skb_unlink(skb, &tp->out_of_order_queue);
		if (!after(TCP_SKB_CB(skb)->end_seq, tp->rcv_nxt) ||
		    TCP_SKB_CB(skb)->seq != tp->rcv_nxt || !tcp_queue_in_order(sk, skb))
			kfree_skb(skb);
	}
}

static void tcp_queue_out_of_order(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct sk_buff *pos = tp->out_of_order_queue.prev;

	while (pos != (struct sk_buff *)&tp->out_of_order_queue &&
	       after(TCP_SKB_CB(pos)->seq, TCP_SKB_CB(skb)->seq))
		pos = pos->prev;
	__skb_queue_after(&tp->out_of_order_queue, pos, skb);
}

static void tcp_data_queue(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct tcp_skb_cb *tcb = TCP_SKB_CB(skb);

	if (tcb->seq == tcb->end_seq)
		goto drop;
	skb_pull(skb, skb->h.th->doff * 4);
	if (before(tcb->seq, tp->rcv_nxt)) {
		/* Part of it is known. */
		if (!after(tcb->end_seq, tp->rcv_nxt)) {
			tcp_send_ack(sk);
			goto drop;
		}
		skb_pull(skb, min_t(u32, tp->rcv_nxt - tcb->seq, skb->len));
		tcb->seq = tp->rcv_nxt;
	}
	if (tcb->seq != tp->rcv_nxt) {
		if (skb_queue_len(&tp->out_of_order_queue) > 64)
			goto drop;
		skb_orphan(skb);
		tcp_queue_out_of_order(tp, skb);
		tcp_send_ack(sk);
		return;
	}
	if (!tcp_queue_in_order(sk, skb))
		kfree_skb(skb);
	tcp_ofo_queue(sk);
	if (!sock_flag(sk, SOCK_DEAD))
		sk->sk_data_ready(sk, 0);
	tcp_send_ack(sk);
	return;
drop:
	kfree_skb(skb);
}

/* 0 if the acknowledgment makes no sense. */
static int tcp_ack(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_sock *tp = tcp_sk(sk);
	u32 ack = TCP_SKB_CB(skb)->ack_seq;

	if (after(ack, tp->snd_nxt))
		return 0;
	if (before(ack, tp->snd_una))
		return 1;
	tp->snd_wnd = ntohs(skb->h.th->window);
	if (ack == tp->snd_una)
		return 1;
	tp->snd_una = ack;
	tcp_ack_update(sk);
	sk->sk_err_soft = 0;
	sk->sk_write_space(sk);
	return 1;
}

/* The answer to our SYN.  Takes the packet; 1: it deserves a reset. */
static int tcp_rcv_synsent_state_process(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct tcphdr *th = skb->h.th;

	if (th->ack && TCP_SKB_CB(skb)->ack_seq != tp->snd_nxt)
		return 1;
	if (th->rst) {
		if (th->ack)
			tcp_reset(sk);
		goto discard;
	}
	if (!th->syn)
		goto discard;
	tp->rcv_nxt = TCP_SKB_CB(skb)->seq + 1;
	tp->rcv_wup = tp->rcv_nxt;
	tp->rcv_wnd = 0;
	tp->copied_seq = tp->rcv_nxt;
	if (!th->ack) {
		/* Both called at the same time. */
		tcp_set_state(sk, TCP_SYN_RECV);
		TCP_SKB_CB(skb_peek(&sk->sk_write_queue))->flags |= TCPCB_FLAG_ACK;
		tp->snd_nxt = tp->snd_una;
		tcp_push_pending(sk);
		goto discard;
	}
	tcp_ack(sk, skb);
	tcp_set_state(sk, TCP_ESTABLISHED);
	if (!sock_flag(sk, SOCK_DEAD))
		sk->sk_state_change(sk);
	tcp_send_ack(sk);
discard:
	kfree_skb(skb);
	return 0;
}

static int tcp_in_window(struct tcp_sock *tp, struct sk_buff *skb)
{
	u32 win = max_t(s32, tp->rcv_wup + tp->rcv_wnd - tp->rcv_nxt, 0);

	return !before(TCP_SKB_CB(skb)->end_seq, tp->rcv_wup) &&
	       !after(TCP_SKB_CB(skb)->seq, tp->rcv_nxt + win);
}

/* What our FIN being acknowledged means.  1: the socket is done with. */
static int tcp_fin_acked(struct sock *sk)
{
	struct tcp_sock *tp = tcp_sk(sk);

	if (tp->snd_una != tp->write_seq)
		return 0;
	switch (sk->sk_state) {
	case TCP_FIN_WAIT1:
		tcp_set_state(sk, TCP_FIN_WAIT2);
		sk->sk_shutdown |= SEND_SHUTDOWN;
		if (!sock_flag(sk, SOCK_DEAD))
			sk->sk_state_change(sk);
		break;
	case TCP_CLOSING:
		tcp_time_wait(sk, TCP_TIME_WAIT, 0);
		return 1;
	case TCP_LAST_ACK:
		tcp_done(sk);
		return 1;
	}
	return 0;
}

/* Data for a socket that nobody reads from any more. */
static int tcp_data_after_close(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_skb_cb *tcb = TCP_SKB_CB(skb);

	return (sk->sk_state == TCP_FIN_WAIT1 || sk->sk_state == TCP_FIN_WAIT2) &&
	       (sk->sk_shutdown & RCV_SHUTDOWN) && tcb->end_seq != tcb->seq &&
	       after(tcb->end_seq - skb->h.th->fin, tcp_sk(sk)->rcv_nxt);
}

/* States in which both sides know of each other.  Takes the packet. */
static int tcp_rcv_synchronized(struct sock *sk, struct sk_buff *skb)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct tcphdr *th = skb->h.th;
	int orphan_done;

	if (!tcp_in_window(tp, skb)) {
		if (!th->rst)
			tcp_send_ack(sk);
		goto discard;
	}
	if (th->rst) {
		tcp_reset(sk);
		goto discard;
	}
	if (th->syn && !before(TCP_SKB_CB(skb)->seq, tp->rcv_nxt)) {
		tcp_send_ack(sk);
		goto discard;
	}
	if (!th->ack || !tcp_ack(sk, skb)) {
		if (sk->sk_state == TCP_SYN_RECV)
			return 1;
		goto discard;
	}
	if (sk->sk_state == TCP_SYN_RECV) {
		tcp_set_state(sk, TCP_ESTABLISHED);
		sk->sk_state_change(sk);
	}
	if (tcp_fin_acked(sk))
		goto discard;
	if (tcp_data_after_close(sk, skb)) {
		tcp_v4_send_reset(skb);
		tcp_reset(sk);
		goto discard;
	}
	orphan_done = sk->sk_state == TCP_FIN_WAIT2 && sock_flag(sk, SOCK_DEAD) && !th->fin;
	if (sk->sk_state == TCP_CLOSE_WAIT || sk->sk_state == TCP_CLOSING ||
	    sk->sk_state == TCP_LAST_ACK)
		kfree_skb(skb);
	else
		tcp_data_queue(sk, skb);
	if (orphan_done)
		tcp_time_wait(sk, TCP_FIN_WAIT2, TCP_FIN_TIMEOUT);
	else if (sk->sk_state != TCP_CLOSE)
		tcp_push_pending(sk);
	return 0;
discard:
	kfree_skb(skb);
	return 0;
}

/**
 * tcp_rcv_state_process - a segment for a socket
 *
 * Takes the packet, unless it returns 1: then a reset is to be sent.
 */
int tcp_rcv_state_process(struct sock *sk, struct sk_buff *skb)
{
	struct tcphdr *th = skb->h.th;

	switch (sk->sk_state) {
	case TCP_CLOSE:
		break;
	case TCP_LISTEN:
		if (th->ack)
			return 1;
		if (th->syn && !th->rst)
			tcp_conn_request(sk, skb);
		break;
	case TCP_SYN_SENT:
		return tcp_rcv_synsent_state_process(sk, skb);
	default:
		return tcp_rcv_synchronized(sk, skb);
	}
	kfree_skb(skb);
	return 0;
}
