// SPDX-License-Identifier: GPL-2.0-only
/* ICMP: echoes, and news of packets that did not arrive. */
#include <linux/icmp.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/sysctl.h>
#include <net/ip.h>
#include <net/ip_fib.h>

DEFINE_PER_CPU(struct icmp_mib, icmp_statistics);

int sysctl_icmp_echo_ignore_all;

/* Answers are sent by sockets of the kernel, one for each processor. */
DEFINE_PER_CPU(struct socket *, __icmp_socket);

#define icmp_socket	__get_cpu_var(__icmp_socket)

/* What the codes of ICMP_DEST_UNREACH are to a socket. */
struct icmp_err icmp_err_convert[] = {
	{ .errno = ENETUNREACH, .fatal = 0 },
	{ .errno = EHOSTUNREACH, .fatal = 0 },
	{ .errno = ENOPROTOOPT, .fatal = 1 },
	{ .errno = ECONNREFUSED, .fatal = 1 },
	{ .errno = EMSGSIZE, .fatal = 0 },
	{ .errno = EOPNOTSUPP, .fatal = 0 },
	{ .errno = ENETUNREACH, .fatal = 1 },
	{ .errno = EHOSTDOWN, .fatal = 1 },
	{ .errno = ENONET, .fatal = 1 },
	{ .errno = ENETUNREACH, .fatal = 1 },
	{ .errno = EHOSTUNREACH, .fatal = 1 },
	{ .errno = ENETUNREACH, .fatal = 0 },
	{ .errno = EHOSTUNREACH, .fatal = 0 },
	{ .errno = EHOSTUNREACH, .fatal = 1 },
	{ .errno = EHOSTUNREACH, .fatal = 1 },
	{ .errno = EHOSTUNREACH, .fatal = 1 },
};

static void icmp_xmit(struct rtable *rt, u32 saddr, u32 daddr, struct icmphdr *icmph,
		      const void *data, int len)
{
	struct sock *sk = icmp_socket->sk;
	struct sk_buff *skb = sock_wmalloc(sk, LL_MAX_HEADER + sizeof(struct iphdr) +
					   sizeof(*icmph) + len, 0, GFP_ATOMIC);

	if (!skb) {
		ICMP_INC_STATS(ICMP_MIB_OUTERRORS);
		ip_rt_put(rt);
		return;
	}
	skb_reserve(skb, LL_MAX_HEADER + sizeof(struct iphdr));
	skb->h.raw = skb->data;
	memcpy(skb_put(skb, sizeof(*icmph)), icmph, sizeof(*icmph));
	memcpy(skb_put(skb, len), data, len);
	ICMP_INC_STATS(ICMP_MIB_OUTMSGS);
	ip_push_header(skb, sk, rt, saddr, daddr, IPPROTO_ICMP);
	ip_local_out(skb);
}

/* Not about broadcasts, later fragments and other errors. */
static int icmp_may_tell(struct sk_buff *skb)
{
	struct iphdr *iph = skb->nh.iph;
	u8 *type = skb->nh.raw + iph->ihl * 4;

	if (skb->pkt_type != PACKET_HOST || (iph->frag_off & htons(IP_OFFSET)))
		return 0;
	if (inet_addr_type(iph->saddr) == RTN_BROADCAST)
		return 0;
	return iph->protocol != IPPROTO_ICMP || type >= skb->tail || *type == ICMP_ECHO ||
	       *type == ICMP_ECHOREPLY;
}

/**
 * icmp_send - tell the sender of a packet that something is wrong with it
 */
void icmp_send(struct sk_buff *skb_in, int type, int code, u32 info)
{
	struct icmphdr icmph = { .type = type, .code = code, .un.gateway = htonl(info) };
	struct iphdr *iph = skb_in->nh.iph;
	struct rtable *rt = (struct rtable *)skb_in->dst;
	struct flowi fl = { .fl4_dst = iph->saddr, .proto = IPPROTO_ICMP };
	int room = min_t(int, skb_in->tail - skb_in->nh.raw, 576 - sizeof(*iph) - sizeof(icmph));

	if (!rt || !icmp_may_tell(skb_in))
		return;
	fl.fl4_src = rt->rt_flags & RTCF_LOCAL ? iph->daddr : 0;
	if (ip_route_output_flow(&rt, &fl, NULL, 0))
		return;
	if (type == ICMP_DEST_UNREACH)
		ICMP_INC_STATS(ICMP_MIB_OUTDESTUNREACHS);
	icmp_xmit(rt, fl.fl4_src, fl.fl4_dst, &icmph, skb_in->nh.raw, room);
}
EXPORT_SYMBOL(icmp_send);

/* An error about a packet of ours: the socket that sent it should know. */
static void icmp_unreach(struct sk_buff *skb)
{
	struct icmphdr *icmph = skb->h.icmph;
	struct net_protocol *ipprot;
	struct iphdr *iph;

	ICMP_INC_STATS(ICMP_MIB_INDESTUNREACHS);
	skb_pull(skb, sizeof(*icmph));
	iph = (struct iphdr *)skb->data;
	if (!pskb_may_pull(skb, sizeof(*iph)) || !pskb_may_pull(skb, iph->ihl * 4 + 8))
		return;
	raw_err(iph, icmph->type, icmph->code);
	rcu_read_lock();
	ipprot = inet_protos[iph->protocol];
	if (ipprot && ipprot->err_handler)
		ipprot->err_handler(skb, ntohl(icmph->un.gateway));
	rcu_read_unlock();
}

static void icmp_echo(struct sk_buff *skb)
{
	struct icmphdr icmph = *skb->h.icmph;
	struct flowi fl = { .fl4_dst = skb->nh.iph->saddr, .fl4_src = skb->nh.iph->daddr,
			    .proto = IPPROTO_ICMP };
	struct rtable *rt;

	ICMP_INC_STATS(ICMP_MIB_INECHOS);
	if (sysctl_icmp_echo_ignore_all)
		return;
	icmph.type = ICMP_ECHOREPLY;
	if (ip_route_output_flow(&rt, &fl, NULL, 0))
		return;
	ICMP_INC_STATS(ICMP_MIB_OUTECHOREPS);
	icmp_xmit(rt, fl.fl4_src, fl.fl4_dst, &icmph, skb->data + sizeof(icmph),
		  skb->len - sizeof(icmph));
}

int icmp_rcv(struct sk_buff *skb)
{
	struct icmphdr *icmph = skb->h.icmph;

	ICMP_INC_STATS(ICMP_MIB_INMSGS);
	if (!pskb_may_pull(skb, sizeof(*icmph))) {
		ICMP_INC_STATS(ICMP_MIB_INERRORS);
		goto drop;
	}
	switch (icmph->type) {
	case ICMP_ECHO:
		icmp_echo(skb);
		break;
	case ICMP_ECHOREPLY:
		ICMP_INC_STATS(ICMP_MIB_INECHOREPS);	/* raw sockets have had it */
		break;
	case ICMP_DEST_UNREACH:
	case ICMP_TIME_EXCEEDED:
		icmp_unreach(skb);
		break;
	}
drop:
	kfree_skb(skb);
	return 0;
}

void __init icmp_init(void)
{
	struct socket *sock;
	int i;

	for_each_cpu(i) {
		if (sock_create_kern(PF_INET, SOCK_RAW, IPPROTO_ICMP, &sock) < 0)
			panic("Failed to create the ICMP control socket.\n");
		per_cpu(__icmp_socket, i) = sock;
		sock->sk->sk_allocation = GFP_ATOMIC;
		inet_sk(sock->sk)->uc_ttl = -1;
		/* It hears nothing. */
		sock->sk->sk_prot->unhash(sock->sk);
	}
}
