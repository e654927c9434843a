/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_TCP_H
#define _NET_TCP_H

#include <linux/tcp.h>
#include <net/inet_hashtables.h>
#include <net/inet_timewait_sock.h>
#include <net/snmp.h>
#include <net/tcp_states.h>

#define MAX_TCP_HEADER		(128 + LL_MAX_HEADER)
#define TCP_TIMEOUT_INIT	(1 * HZ)
#define TCP_RTO_MIN		(HZ / 5)
#define TCP_RTO_MAX		(120 * HZ)
#define TCP_FIN_TIMEOUT		TCP_TIMEWAIT_LEN
#define TCP_SYNQ_INTERVAL	(HZ / 5)
#define TCP_MAX_WINDOW		65535

/* What a segment in a queue says about itself. */
struct tcp_skb_cb {
	u32 seq;
	u32 end_seq;
	u32 ack_seq;
	u8 flags;
};

#define TCPCB_FLAG_FIN	0x01
#define TCPCB_FLAG_SYN	0x02
#define TCPCB_FLAG_RST	0x04
#define TCPCB_FLAG_PSH	0x08
#define TCPCB_FLAG_ACK	0x10

#define TCP_SKB_CB(skb)	((struct tcp_skb_cb *)((skb)->cb))

static inline int before(u32 seq1, u32 seq2)
{
	return (s32)(seq1 - seq2) < 0;
}

#define after(seq2, seq1)	before(seq1, seq2)

extern struct inet_hashinfo tcp_hashinfo;
extern struct inet_timewait_death_row tcp_death_row;
extern struct proto tcp_prot;
extern struct kmem_cache *tcp_tw_cachep;
extern struct kmem_cache *tcp_request_cachep;
extern atomic_t tcp_memory_allocated;
extern atomic_t tcp_sockets_allocated;
extern atomic_t tcp_orphan_count;
extern int tcp_memory_pressure;
extern int sysctl_tcp_mem[3];
extern int sysctl_tcp_syn_retries;
extern int sysctl_tcp_retries2;
extern int sysctl_tcp_fin_timeout;
extern int sysctl_max_syn_backlog;
extern int sysctl_tcp_abort_on_overflow;
extern int sysctl_tcp_max_orphans;

/* tcp.c */
void tcp_init(void);
unsigned int tcp_poll(struct file *file, struct socket *sock, struct poll_table_struct *wait);
void tcp_set_state(struct sock *sk, int state);
void tcp_done(struct sock *sk);
void tcp_close(struct sock *sk, long timeout);
int tcp_disconnect(struct sock *sk, int flags);
int tcp_sendmsg(struct sock *sk, struct msghdr *msg, size_t size);
int tcp_recvmsg(struct sock *sk, struct msghdr *msg, size_t len, int nonblock, int flags,
		int *addr_len);
void tcp_shutdown(struct sock *sk, int how);
int tcp_ioctl(struct sock *sk, int cmd, unsigned long arg);
int tcp_setsockopt(struct sock *sk, int level, int optname, char __user *optval, int optlen);
int tcp_getsockopt(struct sock *sk, int level, int optname, char __user *optval,
		   int __user *optlen);
void tcp_write_queue_purge(struct sock *sk);

/* tcp_ipv4.c */
void tcp_v4_init(void);
int tcp_v4_rcv(struct sk_buff *skb);
void tcp_v4_err(struct sk_buff *skb, u32 info);
int tcp_v4_do_rcv(struct sock *sk, struct sk_buff *skb);
void tcp_v4_send_reset(struct sk_buff *skb);
void tcp_v4_send_ack(struct sk_buff *skb, u32 seq, u32 ack, u32 win);

/* tcp_input.c */
int tcp_rcv_state_process(struct sock *sk, struct sk_buff *skb);
void tcp_reset(struct sock *sk);

/* tcp_output.c */
int tcp_connect(struct sock *sk);
void tcp_send_ack(struct sock *sk);
void tcp_send_fin(struct sock *sk);
void tcp_send_active_reset(struct sock *sk, gfp_t priority);
void tcp_push_pending(struct sock *sk);
void tcp_queue_skb(struct sock *sk, struct sk_buff *skb, unsigned int len, u8 flags);
void tcp_retransmit_timer(unsigned long data);
void tcp_ack_update(struct sock *sk);
u16 tcp_select_window(struct sock *sk);
void tcp_init_xmit_timers(struct sock *sk);
void tcp_clear_xmit_timers(struct sock *sk);
void tcp_build_header(struct sk_buff *skb, u16 source, u16 dest, u32 seq, u32 ack, u8 flags,
		      u16 window);

/* tcp_minisocks.c */
void tcp_time_wait(struct sock *sk, int state, int timeo);
int tcp_timewait_state_process(struct inet_timewait_sock *tw, struct sk_buff *skb);
void tcp_conn_request(struct sock *sk, struct sk_buff *skb);
struct sock *tcp_check_req(struct sock *sk, struct sk_buff *skb, struct request_sock *req,
			   struct request_sock **prev);

#endif /* _NET_TCP_H */
