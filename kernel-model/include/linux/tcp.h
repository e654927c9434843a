/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TCP_H
#define _LINUX_TCP_H

#include <linux/types.h>
#include <linux/skbuff.h>
#include <net/inet_connection_sock.h>
#include <net/inet_timewait_sock.h>

struct tcphdr {
	u16 source;
	u16 dest;
	u32 seq;
	u32 ack_seq;
	u16 res1:4,
	    doff:4,
	    fin:1,
	    syn:1,
	    rst:1,
	    psh:1,
	    ack:1,
	    urg:1,
	    ece:1,
	    cwr:1;
	u16 window;
	u16 check;
	u16 urg_ptr;
};

#define TCP_NODELAY	1
#define TCP_MAXSEG	2

/**
 * struct tcp_sock - a connection
 * @rcv_nxt: what is expected next
 * @copied_seq: what user mode has read up to
 * @rcv_wup: rcv_nxt when the last window was announced
 * @snd_nxt: what is sent next
 * @snd_una: first byte that was not acknowledged
 * @snd_wnd: what the other side has room for, from @snd_una on
 * @rcv_wnd: what we told it
 * @write_seq: end of what is in the write queue
 * @nonagle: TCP_NODELAY was set; nothing is ever held back here
 * @retransmits: how often the first segment was sent again
 */
struct tcp_sock {
	struct inet_connection_sock inet_conn;
	u32 rcv_nxt;
	u32 copied_seq;
	u32 rcv_wup;
	u32 snd_nxt;
	u32 snd_una;
	u32 snd_wnd;
	u32 rcv_wnd;
	u32 write_seq;
	u16 mss_cache;
	u8 nonagle;
	u8 retransmits;
	struct sk_buff_head out_of_order_queue;
};

static inline struct tcp_sock *tcp_sk(const struct sock *sk)
{
	return (struct tcp_sock *)sk;
}

struct tcp_timewait_sock {
	struct inet_timewait_sock tw_sk;
	u32 tw_rcv_nxt;
	u32 tw_snd_nxt;
	u32 tw_rcv_wnd;
};

static inline struct tcp_timewait_sock *tcp_twsk(const struct sock *sk)
{
	return (struct tcp_timewait_sock *)sk;
}

#endif /* _LINUX_TCP_H */
