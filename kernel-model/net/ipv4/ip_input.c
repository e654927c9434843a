// SPDX-License-Identifier: GPL-2.0-only
/* Packets that come in: to a route, and from there to a protocol or onwards. */
#include <linux/icmp.h>
#include <linux/module.h>
#include <linux/netfilter.h>
#include <net/ip.h>

DEFINE_PER_CPU(struct ipstats_mib, ip_statistics);

static int ip_local_deliver_finish(struct sk_buff *skb)
{
	struct iphdr *iph = skb->nh.iph;
	struct net_protocol *ipprot;
	int protocol = iph->protocol, raw;

	skb_pull(skb, iph->ihl * 4);
	skb->h.raw = skb->data;
	rcu_read_lock();
	raw = raw_local_deliver(skb);
	ipprot = rcu_dereference(inet_protos[protocol]);
	if (ipprot) {
		IP_INC_STATS(IPSTATS_MIB_INDELIVERS);
		/* The handler takes the packet; its answer needs no lock of ours. */
		ipprot->handler(skb);
	} else {
		if (!raw) {
			IP_INC_STATS(IPSTATS_MIB_INUNKNOWNPROTOS);
			icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PROT_UNREACH, 0);
		}
		kfree_skb(skb);
	}
	rcu_read_unlock();
	return 0;
}

int ip_local_deliver(struct sk_buff *skb)
{
	if (skb->nh.iph->frag_off & htons(IP_MF | IP_OFFSET)) {
		skb = ip_defrag(skb, IP_DEFRAG_LOCAL_DELIVER);
		if (!skb)
			return 0;
	}
	return NF_HOOK(PF_INET, NF_IP_LOCAL_IN, skb, skb->dev, NULL, ip_local_deliver_finish);
}

static int ip_rcv_finish(struct sk_buff *skb)
{
	struct iphdr *iph = skb->nh.iph;

	/* What loopback sent has its route already. */
	if (!skb->dst && ip_route_input(skb, iph->daddr, iph->saddr, iph->tos, skb->dev)) {
		IP_INC_STATS(IPSTATS_MIB_INADDRERRORS);
		kfree_skb(skb);
		return NET_RX_DROP;
	}
	return dst_input(skb);
}

static u16 ip_checksum(const void *data, int len)
{
	const u16 *p = data;
	u32 sum = 0;

	for (; len > 1; len -= 2)
		sum += *p++;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

void ip_send_check(struct iphdr *ip)
{
	ip->check = 0;
	ip->check = ip_checksum(ip, ip->ihl * 4);
}

/**
 * ip_rcv - an IPv4 packet has come in
 */
int ip_rcv(struct sk_buff *skb, struct net_device *dev, struct packet_type *pt,
	   struct net_device *orig_dev)
{
	struct iphdr *iph;
	struct sk_buff *own;
	u32 len;

	if (skb->pkt_type == PACKET_OTHERHOST)
		goto drop;
	IP_INC_STATS(IPSTATS_MIB_INRECEIVES);
	/* Others may be looking at it, too. */
	if (atomic_read(&skb->users) != 1) {
		own = skb_clone(skb, GFP_ATOMIC);
		kfree_skb(skb);
		skb = own;
		if (!skb)
			return NET_RX_DROP;
	}
	iph = skb->nh.iph;
	if (!pskb_may_pull(skb, sizeof(*iph)) || iph->ihl < 5 || iph->version != 4 ||
	    !pskb_may_pull(skb, iph->ihl * 4) || ip_checksum(iph, iph->ihl * 4))
		goto inhdr_error;
	len = ntohs(iph->tot_len);
	if (skb->len < len || len < iph->ihl * 4)
		goto inhdr_error;
	skb_trim(skb, len);
	return NF_HOOK(PF_INET, NF_IP_PRE_ROUTING, skb, dev, NULL, ip_rcv_finish);

inhdr_error:
	IP_INC_STATS(IPSTATS_MIB_INHDRERRORS);
drop:
	kfree_skb(skb);
	return NET_RX_DROP;
}

static int ip_forward_finish(struct sk_buff *skb)
{
	IP_INC_STATS(IPSTATS_MIB_FORWDATAGRAMS);
	return dst_output(skb);
}

/* A packet for another host. */
int ip_forward(struct sk_buff *skb)
{
	struct sk_buff *own;
	struct iphdr *iph;

	if (skb->nh.iph->ttl <= 1) {
		icmp_send(skb, ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, 0);
		kfree_skb(skb);
		return NET_RX_DROP;
	}
	/* It changes, and needs room for the header of another link. */
	own = skb_copy_expand(skb, LL_MAX_HEADER, 0, GFP_ATOMIC);
	kfree_skb(skb);
	if (!own)
		return NET_RX_DROP;
	iph = own->nh.iph;
	iph->ttl--;
	ip_send_check(iph);
	if (((struct rtable *)own->dst)->rt_flags & RTCF_DOREDIRECT)
		ip_rt_send_redirect(own);
	return NF_HOOK(PF_INET, NF_IP_FORWARD, own, own->dev, own->dst->dev, ip_forward_finish);
}
