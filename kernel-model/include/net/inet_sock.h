/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_INET_SOCK_H
#define _NET_INET_SOCK_H

#include <linux/in.h>
#include <net/sock.h>

/**
 * struct inet_sock - an IPv4 socket
 * @daddr: the other end
 * @rcv_saddr: what it is bound to, 0 for any address
 * @saddr: what it sends from
 * @num: its port in our byte order
 * @dport: the other end's port
 * @sport: its port as sent
 */
struct inet_sock {
	struct sock sk;
	u32 daddr;
	u32 rcv_saddr;
	u16 dport;
	u16 num;
	u32 saddr;
	s16 uc_ttl;
	u16 sport;
	u16 id;
	u8 tos;
	u8 recverr:1,
	   hdrincl:1,
	   freebind:1;
};

static inline struct inet_sock *inet_sk(const struct sock *sk)
{
	return (struct inet_sock *)sk;
}

extern int sysctl_local_port_range[2];

/* A place to begin the search for a free port. */
static inline int inet_port_start(u32 *rover, int low, int high)
{
	if (*rover < low || *rover > high)
		*rover = low;
	return *rover;
}

#endif /* _NET_INET_SOCK_H */
