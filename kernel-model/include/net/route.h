/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_ROUTE_H
#define _NET_ROUTE_H

#include <net/dst.h>
#include <net/flow.h>
#include <net/inet_sock.h>

#define RTCF_DOREDIRECT	0x00040000
#define RTCF_BROADCAST	0x10000000
#define RTCF_LOCAL	0x80000000
#define RT_CONN_FLAGS(sk)	(inet_sk(sk)->tos)

struct in_device;

/* A route in the cache; the key is @fl. */
struct rtable {
	union {
		struct dst_entry dst;
		struct rtable *rt_next;
	} u;
	struct in_device *idev;
	unsigned int rt_flags;
	u16 rt_type;
	u32 rt_dst;
	u32 rt_src;
	int rt_iif;
	u32 rt_gateway;
	u32 rt_spec_dst;
	struct flowi fl;
};

struct rt_cache_stat {
	unsigned int in_hit;
	unsigned int in_slow_tot;
	unsigned int in_martian_src;
	unsigned int out_hit;
	unsigned int out_slow_tot;
	unsigned int gc_total;
	unsigned int gc_ignored;
	unsigned int gc_goal_miss;
	unsigned int gc_dst_overflow;
};

extern int ip_rt_max_size;

void rt_cache_flush(int delay);
int ip_route_output_key(struct rtable **rp, const struct flowi *flp);
int ip_route_output_flow(struct rtable **rp, struct flowi *flp, struct sock *sk, int flags);
int ip_route_input(struct sk_buff *skb, u32 dst, u32 src, u8 tos, struct net_device *dev);
void ip_rt_send_redirect(struct sk_buff *skb);
int ip_rt_init(void);

static inline void ip_rt_put(struct rtable *rt)
{
	if (rt)
		dst_release(&rt->u.dst);
}

static inline int ip_route_connect(struct rtable **rp, u32 dst, u32 src, u8 tos, int oif,
				   u8 protocol, struct sock *sk)
{
	struct flowi fl = { .oif = oif, .fl4_dst = dst, .fl4_src = src, .fl4_tos = tos,
			    .proto = protocol };

	return ip_route_output_flow(rp, &fl, sk, 0);
}

#endif /* _NET_ROUTE_H */
