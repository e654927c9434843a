/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_REQUEST_SOCK_H
#define _NET_REQUEST_SOCK_H

#include <net/sock.h>

/**
 * struct request_sock - a connection that has begun
 * @dl_next: next in the listener's table, or in its queue of those to accept
 * @sk: the connection, once it is there
 */
struct request_sock {
	struct request_sock *dl_next;
	struct sock *sk;
	u32 loc_addr;
	u32 rmt_addr;
	u16 rmt_port;
	u32 rcv_isn;
	u32 snt_isn;
	u32 window;
	unsigned long expires;
};

#define SYN_TABLE_SIZE 16

struct listen_sock {
	int qlen;
	struct request_sock *syn_table[SYN_TABLE_SIZE];
};

/* Connections of a listener: those that have begun, and those to accept. */
struct request_sock_queue {
	struct request_sock *rskq_accept_head;
	struct request_sock *rskq_accept_tail;
	struct listen_sock *listen_opt;
};

#endif /* _NET_REQUEST_SOCK_H */
