// SPDX-License-Identifier: GPL-2.0-only
/*
 * Connection tracking.  The first packet of a connection makes an entry, which
 * is put into the hash table, once for each direction, when the packet has come
 * through all filters.  Entries that hear nothing run out.
 */
#include <linux/icmp.h>
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/module.h>
#include <linux/netfilter_ipv4/ip_conntrack.h>
#include <linux/slab.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip.h>

DEFINE_RWLOCK(ip_conntrack_lock);

/* Entries, also those that are not in the table yet. */
atomic_t ip_conntrack_count = ATOMIC_INIT(0);
int ip_conntrack_max;
unsigned int ip_conntrack_htable_size;
struct list_head *ip_conntrack_hash;

static struct kmem_cache *ip_conntrack_cachep;

int ip_ct_udp_timeout = 30 * HZ;
int ip_ct_udp_timeout_stream = 180 * HZ;
int ip_ct_icmp_timeout = 30 * HZ;
int ip_ct_tcp_timeout_established = 432000 * HZ;
int ip_ct_tcp_timeout_syn = 120 * HZ;
int ip_ct_tcp_timeout_close = 120 * HZ;

static struct list_head *ct_bucket(const struct ip_conntrack_tuple *t)
{
	return &ip_conntrack_hash[jhash_3words(t->src, t->dst ^ t->protonum,
					       (u32)t->src_port << 16 | t->dst_port, 0) %
				  ip_conntrack_htable_size];
}

static int tuple_equal(const struct ip_conntrack_tuple *a, const struct ip_conntrack_tuple *b)
{
	return a->src == b->src && a->dst == b->dst && a->src_port == b->src_port &&
	       a->dst_port == b->dst_port && a->protonum == b->protonum &&
	       a->icmp_type == b->icmp_type;
}

/* 0 for packets that belong to no connection. */
static int get_tuple(const struct sk_buff *skb, struct ip_conntrack_tuple *t)
{
	const struct iphdr *iph = skb->nh.iph;
	const unsigned char *p = skb->nh.raw + iph->ihl * 4;
	const struct icmphdr *icmp = (const struct icmphdr *)p;

	memset(t, 0, sizeof(*t));
	if (p + 8 > skb->tail)
		return 0;
	t->src = iph->saddr;
	t->dst = iph->daddr;
	t->protonum = iph->protocol;
	switch (iph->protocol) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
		memcpy(&t->src_port, p, 2);
		memcpy(&t->dst_port, p + 2, 2);
		return 1;
	case IPPROTO_ICMP:
		t->src_port = icmp->un.echo.id;
		t->icmp_type = icmp->type;
		return icmp->type == ICMP_ECHO || icmp->type == ICMP_ECHOREPLY;
	}
	return 0;
}

static void invert_tuple(struct ip_conntrack_tuple *inverse,
			 const struct ip_conntrack_tuple *orig)
{
	*inverse = *orig;
	inverse->src = orig->dst;
	inverse->dst = orig->src;
	if (orig->protonum == IPPROTO_ICMP) {
		inverse->icmp_type = orig->icmp_type == ICMP_ECHO ? ICMP_ECHOREPLY : ICMP_ECHO;
		return;
	}
	inverse->src_port = orig->dst_port;
	inverse->dst_port = orig->src_port;
}

static void destroy_conntrack(struct nf_conntrack *nfct)
{
	struct ip_conntrack *ct = container_of(nfct, struct ip_conntrack, ct_general);

	WARN_ON(timer_pending(&ct->timeout));
	kmem_cache_free(ip_conntrack_cachep, ct);
	atomic_dec(&ip_conntrack_count);
}

/* Out of the table; the table's reference goes. */
static void ct_forget(struct ip_conntrack *ct)
{
	write_lock_bh(&ip_conntrack_lock);
	list_del(&ct->tuplehash[IP_CT_DIR_ORIGINAL].list);
	list_del(&ct->tuplehash[IP_CT_DIR_REPLY].list);
	write_unlock_bh(&ip_conntrack_lock);
	nf_conntrack_put(&ct->ct_general);
}

static void death_by_timeout(unsigned long ul_conntrack)
{
	ct_forget((struct ip_conntrack *)ul_conntrack);
}

static struct ip_conntrack *ct_of(struct ip_conntrack_tuple_hash *h)
{
	return container_of(h, struct ip_conntrack, tuplehash[h->dir]);
}

static struct ip_conntrack_tuple_hash *ct_find(const struct ip_conntrack_tuple *tuple)
{
	struct ip_conntrack_tuple_hash *h;

	list_for_each_entry(h, ct_bucket(tuple), list)
		if (tuple_equal(&h->tuple, tuple))
			return h;
	return NULL;
}

/* The table is full: one that never had an answer may go. */
static int early_drop(struct list_head *chain)
{
	struct ip_conntrack_tuple_hash *h;
	struct ip_conntrack *ct = NULL;

	read_lock_bh(&ip_conntrack_lock);
	list_for_each_entry(h, chain, list) {
		if (test_bit(IPS_SEEN_REPLY_BIT, &ct_of(h)->status))
			continue;
		ct = ct_of(h);
		nf_conntrack_get(&ct->ct_general);
		break;
	}
	read_unlock_bh(&ip_conntrack_lock);
	if (!ct)
		return 0;
	if (del_timer(&ct->timeout))
		ct_forget(ct);
	nf_conntrack_put(&ct->ct_general);
	return 1;
}

static struct ip_conntrack *init_conntrack(const struct ip_conntrack_tuple *tuple)
{
	struct ip_conntrack *ct;

	if (ip_conntrack_max && atomic_read(&ip_conntrack_count) >= ip_conntrack_max &&
	    !early_drop(ct_bucket(tuple))) {
		if (printk_ratelimit())
			printk(KERN_WARNING "ip_conntrack: table full, dropping packet.\n");
		return NULL;
	}
	ct = kmem_cache_alloc(ip_conntrack_cachep, GFP_ATOMIC);
	if (!ct)
		return NULL;
	memset(ct, 0, sizeof(*ct));
	atomic_set(&ct->ct_general.use, 1);
	ct->ct_general.destroy = destroy_conntrack;
	ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple = *tuple;
	ct->tuplehash[IP_CT_DIR_REPLY].dir = IP_CT_DIR_REPLY;
	invert_tuple(&ct->tuplehash[IP_CT_DIR_REPLY].tuple, tuple);
	setup_timer(&ct->timeout, death_by_timeout, (unsigned long)ct);
	atomic_inc(&ip_conntrack_count);
	return ct;
}

static unsigned long ct_timeout(struct ip_conntrack *ct, const struct sk_buff *skb)
{
	const struct iphdr *iph = skb->nh.iph;
	const struct tcphdr *th = (const struct tcphdr *)(skb->nh.raw + iph->ihl * 4);
	int answered = test_bit(IPS_SEEN_REPLY_BIT, &ct->status);

	if (iph->protocol == IPPROTO_ICMP)
		return ip_ct_icmp_timeout;
	if (iph->protocol == IPPROTO_UDP)
		return answered ? ip_ct_udp_timeout_stream : ip_ct_udp_timeout;
	if (th->fin || th->rst)
		ct->tcp_closing = 1;
	if (ct->tcp_closing)
		return ip_ct_tcp_timeout_close;
	return answered ? ip_ct_tcp_timeout_established : ip_ct_tcp_timeout_syn;
}

/* A packet enters, from outside or from one of us. */
unsigned int ip_conntrack_in(unsigned int hooknum, struct sk_buff **pskb,
			     const struct net_device *in, const struct net_device *out,
			     int (*okfn)(struct sk_buff *skb))
{
	struct ip_conntrack_tuple_hash *h;
	struct ip_conntrack_tuple tuple;
	struct sk_buff *skb = *pskb;
	struct ip_conntrack *ct;

	/* By loopback it comes twice. */
	if (skb->nfct)
		return NF_ACCEPT;
	if (skb->nh.iph->frag_off & htons(IP_MF | IP_OFFSET)) {
		skb = ip_defrag(skb, IP_DEFRAG_CONNTRACK);
		if (!skb)
			return NF_STOLEN;
		*pskb = skb;
	}
	if (!get_tuple(skb, &tuple))
		return NF_ACCEPT;
	read_lock_bh(&ip_conntrack_lock);
	h = ct_find(&tuple);
	if (h)
		nf_conntrack_get(&ct_of(h)->ct_general);
	read_unlock_bh(&ip_conntrack_lock);
	ct = h ? ct_of(h) : init_conntrack(&tuple);
	if (!ct)
		return NF_DROP;
	skb->nfct = &ct->ct_general;
	skb->nfctinfo = IP_CT_NEW;
	if (h && h->dir == IP_CT_DIR_REPLY) {
		set_bit(IPS_SEEN_REPLY_BIT, &ct->status);
		skb->nfctinfo = IP_CT_ESTABLISHED + IP_CT_IS_REPLY;
	} else if (test_bit(IPS_SEEN_REPLY_BIT, &ct->status)) {
		skb->nfctinfo = IP_CT_ESTABLISHED;
	}
	if (test_bit(IPS_CONFIRMED_BIT, &ct->status) && del_timer(&ct->timeout))
		mod_timer(&ct->timeout, jiffies + ct_timeout(ct, skb));
	else
		ct->timeout.expires = ct_timeout(ct, skb);
	return NF_ACCEPT;
}

/* It got through: now the connection counts. */
unsigned int ip_conntrack_confirm(unsigned int hooknum, struct sk_buff **pskb,
				  const struct net_device *in, const struct net_device *out,
				  int (*okfn)(struct sk_buff *skb))
{
	struct nf_conntrack *nfct = (*pskb)->nfct;
	struct ip_conntrack_tuple_hash *orig, *reply;
	struct ip_conntrack *ct;
	unsigned int ret = NF_DROP;

	if (!nfct)
		return NF_ACCEPT;
	ct = container_of(nfct, struct ip_conntrack, ct_general);
	if (test_bit(IPS_CONFIRMED_BIT, &ct->status))
		return NF_ACCEPT;
	orig = &ct->tuplehash[IP_CT_DIR_ORIGINAL];
	reply = &ct->tuplehash[IP_CT_DIR_REPLY];
	write_lock_bh(&ip_conntrack_lock);
	/* Unless another packet of the same connection was faster. */
	if (!ct_find(&orig->tuple) && !ct_find(&reply->tuple)) {
		list_add(&orig->list, ct_bucket(&orig->tuple));
		list_add(&reply->list, ct_bucket(&reply->tuple));
		set_bit(IPS_CONFIRMED_BIT, &ct->status);
		nf_conntrack_get(nfct);
		mod_timer(&ct->timeout, jiffies + ct->timeout.expires);
		ret = NF_ACCEPT;
	}
	write_unlock_bh(&ip_conntrack_lock);
	return ret;
}

/* All connections are forgotten. */
void ip_conntrack_flush(void)
{
	struct ip_conntrack *ct;
	unsigned int i;

	for (i = 0; i < ip_conntrack_htable_size; i++) {
		while (!list_empty(&ip_conntrack_hash[i])) {
			ct = ct_of(list_entry(ip_conntrack_hash[i].next,
					      struct ip_conntrack_tuple_hash, list));
			del_timer(&ct->timeout);
			ct_forget(ct);
		}
	}
}

int __init ip_conntrack_init(void)
{
	unsigned int i;

	ip_conntrack_htable_size = 512;
	ip_conntrack_max = 8 * ip_conntrack_htable_size;
	ip_conntrack_hash = kcalloc(ip_conntrack_htable_size, sizeof(*ip_conntrack_hash),
				    GFP_KERNEL);
	ip_conntrack_cachep = kmem_cache_create("ip_conntrack", sizeof(struct ip_conntrack), 0, 0,
						NULL, NULL);
	if (!ip_conntrack_hash || !ip_conntrack_cachep)
		return -ENOMEM;
	for (i = 0; i < ip_conntrack_htable_size; i++)
		INIT_LIST_HEAD(&ip_conntrack_hash[i]);
	return 0;
}
