/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_IP_H
#define _NET_IP_H

#include <linux/ip.h>
#include <net/inet_sock.h>
#include <net/route.h>
#include <net/snmp.h>

struct net_protocol {
	int (*handler)(struct sk_buff *skb);
	void (*err_handler)(struct sk_buff *skb, u32 info);
};

#define MAX_INET_PROTOS 256

extern struct net_protocol *inet_protos[MAX_INET_PROTOS];

struct inet_protosw {
	struct list_head list;
	unsigned short type;
	unsigned short protocol;
	struct proto *prot;
	struct proto_ops *ops;
	int capability;
	unsigned char flags;
};

#define INET_PROTOSW_PERMANENT	2

extern struct proto_ops inet_stream_ops;
extern struct proto_ops inet_dgram_ops;
extern struct list_head inetsw[SOCK_MAX];

int inet_add_protocol(struct net_protocol *prot, unsigned char num);
int inet_del_protocol(struct net_protocol *prot, unsigned char num);
void inet_register_protosw(struct inet_protosw *p);
void inet_sock_destruct(struct sock *sk);
int inet_release(struct socket *sock);
int inet_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len);
int inet_getname(struct socket *sock, struct sockaddr *uaddr, int *uaddr_len, int peer);
int inet_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg);

int ip_rcv(struct sk_buff *skb, struct net_device *dev, struct packet_type *pt,
	   struct net_device *orig_dev);
int ip_local_deliver(struct sk_buff *skb);
int ip_forward(struct sk_buff *skb);
int ip_output(struct sk_buff *skb);
int ip_queue_xmit(struct sk_buff *skb, int ipfragok);
int ip_push_header(struct sk_buff *skb, struct sock *sk, struct rtable *rt, u32 saddr, u32 daddr,
		   u8 protocol);
int ip_local_out(struct sk_buff *skb);
void ip_send_check(struct iphdr *ip);
void ip_select_ident(struct iphdr *iph);
int ip_fragment(struct sk_buff *skb, int (*output)(struct sk_buff *skb));
int ip4_datagram_connect(struct sock *sk, struct sockaddr *uaddr, int addr_len);
int ip_cmsg_send(struct msghdr *msg, int *oif, u32 *saddr);
int ip_setsockopt(struct sock *sk, int level, int optname, char __user *optval, int optlen);
int ip_getsockopt(struct sock *sk, int level, int optname, char __user *optval,
		  int __user *optlen);

enum ip_defrag_users {
	IP_DEFRAG_LOCAL_DELIVER,
	IP_DEFRAG_CONNTRACK,
};

struct sk_buff *ip_defrag(struct sk_buff *skb, u32 user);
extern int sysctl_ipfrag_high_thresh;
extern int sysctl_ipfrag_low_thresh;
extern int sysctl_ipfrag_time;
extern atomic_t ip_frag_mem;
extern int ip_frag_nqueues;
void ipfrag_init(void);

extern int sysctl_ip_default_ttl;

void udp_init(void);
extern struct hlist_head udp_hash[];
extern rwlock_t udp_hash_lock;
extern struct proto udp_prot;
extern struct proto raw_prot;
int udp_rcv(struct sk_buff *skb);
void udp_err(struct sk_buff *skb, u32 info);
int raw_local_deliver(struct sk_buff *skb);
void raw_err(const struct iphdr *iph, int type, int code);

void arp_init(void);
int arp_bind_neighbour(struct dst_entry *dst);
extern struct neigh_table arp_tbl;

DECLARE_PER_CPU(struct socket *, __icmp_socket);
extern int sysctl_icmp_echo_ignore_all;
void icmp_send(struct sk_buff *skb_in, int type, int code, u32 info);
int icmp_rcv(struct sk_buff *skb);
void icmp_init(void);

struct icmp_err {
	int errno;
	unsigned int fatal:1;
};

extern struct icmp_err icmp_err_convert[];

#endif /* _NET_IP_H */
