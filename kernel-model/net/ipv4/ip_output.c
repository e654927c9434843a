// SPDX-License-Identifier: GPL-2.0-only
/* Packets that go out: header, route, fragments. */
#include <linux/icmp.h>
#include <linux/module.h>
#include <linux/netfilter.h>
#include <net/ip.h>

int sysctl_ip_default_ttl = IPDEFTTL;

static int ip_finish_output2(struct sk_buff *skb)
{
	if (skb->dst->neighbour)
		return skb->dst->neighbour->output(skb);
	kfree_skb(skb);
	return -EINVAL;
}

static int ip_finish_output(struct sk_buff *skb)
{
	if (skb->len > skb->dst->dev->mtu)
		return ip_fragment(skb, ip_finish_output2);
	return ip_finish_output2(skb);
}

int ip_output(struct sk_buff *skb)
{
	IP_INC_STATS(IPSTATS_MIB_OUTREQUESTS);
	skb->dev = skb->dst->dev;
	skb->protocol = htons(ETH_P_IP);
	return NF_HOOK(PF_INET, NF_IP_POST_ROUTING, skb, NULL, skb->dev, ip_finish_output);
}

static void ip_copy_metadata(struct sk_buff *to, struct sk_buff *from)
{
	to->pkt_type = from->pkt_type;
	to->priority = from->priority;
	to->protocol = from->protocol;
	to->dst = dst_clone(from->dst);
	to->dev = from->dev;
	nf_conntrack_get(from->nfct);
	to->nfct = from->nfct;
	to->nfctinfo = from->nfctinfo;
}

/* One piece of a packet; @offset and @len count bytes after the header. */
static struct sk_buff *ip_make_fragment(struct sk_buff *skb, int hlen, int offset, int len,
					int more)
{
	struct sk_buff *frag = alloc_skb(LL_MAX_HEADER + hlen + len, GFP_ATOMIC);
	struct iphdr *iph;

	if (!frag)
		return NULL;
	ip_copy_metadata(frag, skb);
	skb_reserve(frag, LL_MAX_HEADER);
	skb_put(frag, hlen + len);
	frag->nh.raw = frag->data;
	frag->h.raw = frag->data + hlen;
	if (skb->sk)
		skb_set_owner_w(frag, skb->sk);
	memcpy(frag->data, skb->nh.raw, hlen);
	memcpy(frag->h.raw, skb->nh.raw + hlen + offset, len);
	iph = frag->nh.iph;
	iph->frag_off = htons((ntohs(skb->nh.iph->frag_off) & (IP_MF | IP_OFFSET)) +
			      (offset >> 3)) | (more ? htons(IP_MF) : 0);
	iph->tot_len = htons(hlen + len);
	ip_send_check(iph);
	return frag;
}

/**
 * ip_fragment - send a packet in pieces that the device can carry
 */
int ip_fragment(struct sk_buff *skb, int (*output)(struct sk_buff *skb))
{
	struct iphdr *iph = skb->nh.iph;
	int hlen = iph->ihl * 4, left = skb->len - hlen, offset = 0, len, err = 0;
	int mtu = (skb->dst->dev->mtu - hlen) & ~7;
	struct sk_buff *frag;

	if (iph->frag_off & htons(IP_DF)) {
		icmp_send(skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, skb->dst->dev->mtu);
		kfree_skb(skb);
		return -EMSGSIZE;
	}
	for (; left > 0 && !err; left -= len, offset += len) {
		len = min(left, mtu);
		frag = ip_make_fragment(skb, hlen, offset, len, len < left);
		err = frag ? output(frag) : -ENOMEM;
		if (!err)
			IP_INC_STATS(IPSTATS_MIB_FRAGCREATES);
	}
	IP_INC_STATS(err ? IPSTATS_MIB_FRAGFAILS : IPSTATS_MIB_FRAGOKS);
	kfree_skb(skb);
	return err;
}

int ip_local_out(struct sk_buff *skb)
{
	int err = NF_HOOK(PF_INET, NF_IP_LOCAL_OUT, skb, NULL, skb->dst->dev, dst_output);

	/* A device that dropped it is no business of the sender's. */
	return err > 0 ? 0 : err;
}

/* A number by which the fragments of a packet will know each other. */
void ip_select_ident(struct iphdr *iph)
{
	static u16 ident;

	iph->id = htons(++ident);
}

/**
 * ip_push_header - put the IP header before a packet of a socket
 * @rt: its route, whose reference the packet takes over
 *
 * Then it is ready for ip_local_out().
 */
int ip_push_header(struct sk_buff *skb, struct sock *sk, struct rtable *rt, u32 saddr, u32 daddr,
		   u8 protocol)
{
	struct iphdr *iph = (struct iphdr *)skb_push(skb, sizeof(*iph));

	skb->nh.iph = iph;
	iph->version = 4;
	iph->ihl = 5;
	iph->tos = sk ? inet_sk(sk)->tos : 0;
	iph->tot_len = htons(skb->len);
	ip_select_ident(iph);
	iph->frag_off = 0;
	iph->ttl = sk && inet_sk(sk)->uc_ttl >= 0 ? inet_sk(sk)->uc_ttl : sysctl_ip_default_ttl;
	iph->protocol = protocol;
	iph->saddr = saddr;
	iph->daddr = daddr;
	ip_send_check(iph);
	skb->dst = &rt->u.dst;
	skb->priority = sk ? sk->sk_priority : 0;
	return 0;
}

/* A segment of a connection, by the connection's route. */
int ip_queue_xmit(struct sk_buff *skb, int ipfragok)
{
	struct inet_sock *inet = inet_sk(skb->sk);
	struct sock *sk = skb->sk;
	struct rtable *rt = (struct rtable *)sk_dst_check(sk, 0);
	int err;

	if (!rt) {
		struct flowi fl = { .oif = sk->sk_bound_dev_if, .fl4_dst = inet->daddr,
				    .fl4_src = inet->saddr, .fl4_tos = RT_CONN_FLAGS(sk),
				    .proto = sk->sk_protocol };

		err = ip_route_output_flow(&rt, &fl, sk, 0);
		if (err) {
			IP_INC_STATS(IPSTATS_MIB_OUTNOROUTES);
			kfree_skb(skb);
			return -EHOSTUNREACH;
		}
		sk_dst_set(sk, dst_clone(&rt->u.dst));
	}
	ip_push_header(skb, sk, rt, inet->saddr, inet->daddr, sk->sk_protocol);
	return ip_local_out(skb);
}
