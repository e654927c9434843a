/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_INET_CONNECTION_SOCK_H
#define _NET_INET_CONNECTION_SOCK_H

#include <net/inet_sock.h>
#include <net/request_sock.h>

struct inet_bind_bucket;

struct inet_connection_sock {
	struct inet_sock icsk_inet;
	struct request_sock_queue icsk_accept_queue;
	struct inet_bind_bucket *icsk_bind_hash;
	struct timer_list icsk_retransmit_timer;
	unsigned int icsk_rto;
};

static inline struct inet_connection_sock *inet_csk(const struct sock *sk)
{
	return (struct inet_connection_sock *)sk;
}

int inet_csk_get_port(struct sock *sk, unsigned short snum);
int inet_csk_listen_start(struct sock *sk);
void inet_csk_listen_stop(struct sock *sk);
struct sock *inet_csk_accept(struct sock *sk, int flags, int *err);
struct request_sock *inet_csk_search_req(const struct sock *sk, struct request_sock ***prevp,
					 u16 rport, u32 raddr, u32 laddr);
void inet_csk_reqsk_queue_hash_add(struct sock *sk, struct request_sock *req);
void inet_csk_reqsk_queue_unlink(struct sock *sk, struct request_sock *req,
				 struct request_sock **prev);
void inet_csk_reqsk_queue_add(struct sock *sk, struct request_sock *req, struct sock *child);
void reqsk_free(struct request_sock *req);
struct request_sock *reqsk_alloc(void);

static inline int inet_csk_reqsk_queue_is_full(const struct sock *sk, int max)
{
	return inet_csk(sk)->icsk_accept_queue.listen_opt->qlen >= max;
}

#endif /* _NET_INET_CONNECTION_SOCK_H */
