/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_CONNTRACK_H
#define _IP_CONNTRACK_H

#include <linux/netfilter.h>
#include <linux/skbuff.h>
#include <linux/timer.h>

enum ip_conntrack_info {
	IP_CT_ESTABLISHED,
	IP_CT_RELATED,
	IP_CT_NEW,
	IP_CT_IS_REPLY,
};

enum ip_conntrack_dir {
	IP_CT_DIR_ORIGINAL,
	IP_CT_DIR_REPLY,
	IP_CT_DIR_MAX
};

#define IPS_SEEN_REPLY_BIT	1
#define IPS_CONFIRMED_BIT	3

/* All packets of one direction of a connection have the same. */
struct ip_conntrack_tuple {
	u32 src;
	u32 dst;
	u16 src_port;		/* or the id of an ICMP echo */
	u16 dst_port;
	u8 protonum;
	u8 icmp_type;
};

struct ip_conntrack_tuple_hash {
	struct list_head list;
	struct ip_conntrack_tuple tuple;
	u8 dir;
};

/**
 * struct ip_conntrack - a connection
 * @ct_general: references; each packet has one
 * @timeout: forgets it when nothing was heard for long
 */
struct ip_conntrack {
	struct nf_conntrack ct_general;
	unsigned long status;
	struct timer_list timeout;
	u8 tcp_closing;
	struct ip_conntrack_tuple_hash tuplehash[IP_CT_DIR_MAX];
};

extern struct list_head *ip_conntrack_hash;
extern unsigned int ip_conntrack_htable_size;
extern int ip_conntrack_max;
extern atomic_t ip_conntrack_count;
extern rwlock_t ip_conntrack_lock;
extern int ip_ct_udp_timeout;
extern int ip_ct_udp_timeout_stream;
extern int ip_ct_icmp_timeout;
extern int ip_ct_tcp_timeout_established;
extern int ip_ct_tcp_timeout_syn;
extern int ip_ct_tcp_timeout_close;

unsigned int ip_conntrack_in(unsigned int hooknum, struct sk_buff **pskb,
			     const struct net_device *in, const struct net_device *out,
			     int (*okfn)(struct sk_buff *skb));
unsigned int ip_conntrack_confirm(unsigned int hooknum, struct sk_buff **pskb,
				  const struct net_device *in, const struct net_device *out,
				  int (*okfn)(struct sk_buff *skb));
void ip_conntrack_flush(void);
int ip_conntrack_init(void);

#endif /* _IP_CONNTRACK_H */
