// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fragments wait here for the others.  All that wait must not take more memory
 * than a limit, nor longer than a time; the oldest go first.
 */
#include <linux/icmp.h>
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <net/ip.h>

int sysctl_ipfrag_high_thresh = 256 * 1024;
int sysctl_ipfrag_low_thresh = 192 * 1024;
int sysctl_ipfrag_time = 30 * HZ;

#define COMPLETE	4
#define FIRST_IN	2
#define LAST_IN		1

#define IPQ_HASHSZ	64

/* Where a fragment lies in the whole, in the packet's scratch space. */
struct ipfrag_skb_cb {
	int offset;
};

#define FRAG_CB(skb)	((struct ipfrag_skb_cb *)((skb)->cb))

/**
 * struct ipq - the fragments of one packet
 * @fragments: sorted, without overlaps
 * @len: of the whole, known when the last one is there
 * @meat: what is there of it
 */
struct ipq {
	struct hlist_node list;
	struct list_head lru_list;
	u32 user;
	u32 saddr;
	u32 daddr;
	u16 id;
	u8 protocol;
	u8 last_in;
	struct sk_buff *fragments;
	int len;
	int meat;
	atomic_t refcnt;
	struct timer_list timer;
	struct net_device *dev;
};

static struct hlist_head ipq_hash[IPQ_HASHSZ];
static DEFINE_RWLOCK(ipfrag_lock);
static LIST_HEAD(ipq_lru_list);
static u32 ipfrag_hash_rnd;
int ip_frag_nqueues;
atomic_t ip_frag_mem = ATOMIC_INIT(0);

static struct hlist_head *ipq_bucket(u16 id, u32 saddr, u32 daddr, u8 prot)
{
	return &ipq_hash[jhash_3words((u32)id << 16 | prot, saddr, daddr, ipfrag_hash_rnd) %
			 IPQ_HASHSZ];
}

static void frag_kfree_skb(struct sk_buff *skb)
{
	atomic_sub(skb->truesize, &ip_frag_mem);
	kfree_skb(skb);
}

static void ip_frag_destroy(struct ipq *qp)
{
	struct sk_buff *fp = qp->fragments, *next;

	for (; fp; fp = next) {
		next = fp->next;
		fp->next = NULL;
		frag_kfree_skb(fp);
	}
	atomic_sub((int)sizeof(*qp), &ip_frag_mem);
	if (qp->dev)
		dev_put(qp->dev);
	kfree(qp);
}

static void ipq_put(struct ipq *ipq)
{
	if (atomic_dec_and_test(&ipq->refcnt))
		ip_frag_destroy(ipq);
}

/* No more fragments for this one. */
static void ipq_kill(struct ipq *ipq)
{
	if (del_timer(&ipq->timer))
		atomic_dec(&ipq->refcnt);
	if (ipq->last_in & COMPLETE)
		return;
	hlist_del(&ipq->list);
	list_del(&ipq->lru_list);
	ip_frag_nqueues--;
	atomic_dec(&ipq->refcnt);
	ipq->last_in |= COMPLETE;
}

/* Too much memory: down to the lower limit. */
static void ip_evictor(void)
{
	struct ipq *qp;

	while (atomic_read(&ip_frag_mem) > sysctl_ipfrag_low_thresh &&
	       !list_empty(&ipq_lru_list)) {
		qp = list_entry(ipq_lru_list.next, struct ipq, lru_list);
		atomic_inc(&qp->refcnt);
		ipq_kill(qp);
		ipq_put(qp);
		IP_INC_STATS(IPSTATS_MIB_REASMFAILS);
	}
}

/* Connection tracking takes fragments before they have a route. */
static void ip_tell_expired(struct sk_buff *head)
{
	const struct iphdr *iph = head->nh.iph;
	const struct rtable *rt;

	if (!head->dev)
		return;
	if (!head->dst && ip_route_input(head, iph->daddr, iph->saddr, iph->tos, head->dev))
		return;
	/* Who only passes them on does not know whether the rest went another way. */
	rt = (const struct rtable *)head->dst;
	if (rt->rt_flags & RTCF_LOCAL)
		icmp_send(head, ICMP_TIME_EXCEEDED, ICMP_EXC_FRAGTIME, 0);
}

/* Too long; the sender is told, if the first one is here to be quoted. */
static void ip_expire(unsigned long arg)
{
	struct ipq *qp = (struct ipq *)arg;

	if (!(qp->last_in & COMPLETE)) {
		ipq_kill(qp);
		IP_INC_STATS(IPSTATS_MIB_REASMTIMEOUT);
		IP_INC_STATS(IPSTATS_MIB_REASMFAILS);
		if ((qp->last_in & FIRST_IN) && qp->fragments)
			ip_tell_expired(qp->fragments);
	}
	ipq_put(qp);
}

static struct ipq *ip_frag_create(struct iphdr *iph, u32 user)
{
	struct ipq *qp = kzalloc(sizeof(*qp), GFP_ATOMIC);

	if (!qp)
		return NULL;
	atomic_add(sizeof(*qp), &ip_frag_mem);
	qp->protocol = iph->protocol;
	qp->id = iph->id;
	qp->saddr = iph->saddr;
	qp->daddr = iph->daddr;
	qp->user = user;
	/* The table's, the timer's and the caller's. */
	atomic_set(&qp->refcnt, 3);
	setup_timer(&qp->timer, ip_expire, (unsigned long)qp);
	mod_timer(&qp->timer, jiffies + sysctl_ipfrag_time);
	write_lock(&ipfrag_lock);
	hlist_add_head(&qp->list, ipq_bucket(qp->id, qp->saddr, qp->daddr, qp->protocol));
	list_add_tail(&qp->lru_list, &ipq_lru_list);
	ip_frag_nqueues++;
	write_unlock(&ipfrag_lock);
	return qp;
}

static struct ipq *ip_find(struct iphdr *iph, u32 user)
{
	struct hlist_node *node;
	struct ipq *qp;

	hlist_for_each_entry(qp, node, ipq_bucket(iph->id, iph->saddr, iph->daddr, iph->protocol),
			     list) {
		if (qp->id == iph->id && qp->saddr == iph->saddr && qp->daddr == iph->daddr &&
		    qp->protocol == iph->protocol && qp->user == user) {
			atomic_inc(&qp->refcnt);
			return qp;
		}
	}
	return ip_frag_create(iph, user);
}

/* A fragment finds its place; one that overlaps another is refused. */
static void ip_frag_queue(struct ipq *qp, struct sk_buff *skb)
{
	int flags = ntohs(skb->nh.iph->frag_off), ihl = skb->nh.iph->ihl * 4;
	int offset = (flags & IP_OFFSET) << 3, end = offset + skb->len - ihl;
	struct sk_buff *prev = NULL, *next;

	if ((qp->last_in & COMPLETE) || end > 65535 - ihl)
		goto err;
	if (!(flags & IP_MF)) {
		if (end < qp->len || ((qp->last_in & LAST_IN) && end != qp->len))
			goto err;
		qp->last_in |= LAST_IN;
		qp->len = end;
	} else if (end > qp->len) {
		if ((end - offset) & 7 || (qp->last_in & LAST_IN))
			goto err;
		qp->len = end;
	}
	if (end == offset)
		goto err;
	for (next = qp->fragments; next && FRAG_CB(next)->offset < offset; next = next->next)
		prev = next;
	if ((prev && FRAG_CB(prev)->offset + prev->len > offset) ||
	    (next && end > FRAG_CB(next)->offset))
		goto err;
	skb_pull(skb, ihl);
	skb_orphan(skb);
	FRAG_CB(skb)->offset = offset;
	skb->next = next;
	if (prev)
		prev->next = skb;
	else
		qp->fragments = skb;
	/* What a user of ours has made came in by no device. */
	if (!qp->dev && skb->dev) {
		qp->dev = skb->dev;
		dev_hold(qp->dev);
	}
	qp->meat += skb->len;
	atomic_add(skb->truesize, &ip_frag_mem);
	if (!offset)
		qp->last_in |= FIRST_IN;
	list_move_tail(&qp->lru_list, &ipq_lru_list);
	return;
err:
	kfree_skb(skb);
}

/* All are there: one packet of them. */
static struct sk_buff *ip_frag_reasm(struct ipq *qp, struct net_device *dev)
{
	struct sk_buff *head = qp->fragments, *fp, *skb;
	int ihl = head->nh.iph->ihl * 4;
	struct iphdr *iph;

	ipq_kill(qp);
	skb = alloc_skb(LL_MAX_HEADER + ihl + qp->len, GFP_ATOMIC);
	if (!skb || ihl + qp->len > 65535) {
		kfree_skb(skb);
		IP_INC_STATS(IPSTATS_MIB_REASMFAILS);
		return NULL;
	}
	skb_reserve(skb, LL_MAX_HEADER);
	memcpy(skb_put(skb, ihl), head->nh.raw, ihl);
	for (fp = head; fp; fp = fp->next)
		memcpy(skb_put(skb, fp->len), fp->data, fp->len);
	skb->nh.raw = skb->data;
	skb->h.raw = skb->data + ihl;
	skb->dev = dev;
	skb->dst = dst_clone(head->dst);
	skb->protocol = head->protocol;
	skb->pkt_type = head->pkt_type;
	skb->ip_summed = head->ip_summed;
	iph = skb->nh.iph;
	iph->frag_off = 0;
	iph->tot_len = htons(skb->len);
	ip_send_check(iph);
	IP_INC_STATS(IPSTATS_MIB_REASMOKS);
	return skb;
}

/**
 * ip_defrag - a fragment has come in
 * @user: what for, IP_DEFRAG_*: each has fragments of his own
 *
 * Returns the whole packet if this was what it wanted for.
 */
struct sk_buff *ip_defrag(struct sk_buff *skb, u32 user)
{
	struct net_device *dev = skb->dev;
	struct sk_buff *ret = NULL;
	struct ipq *qp;

	IP_INC_STATS(IPSTATS_MIB_REASMREQDS);
	if (atomic_read(&ip_frag_mem) > sysctl_ipfrag_high_thresh)
		ip_evictor();
	qp = ip_find(skb->nh.iph, user);
	if (!qp) {
		IP_INC_STATS(IPSTATS_MIB_REASMFAILS);
		kfree_skb(skb);
		return NULL;
	}
	ip_frag_queue(qp, skb);
	if (!(qp->last_in & COMPLETE) && (qp->last_in & (FIRST_IN | LAST_IN)) ==
	    (FIRST_IN | LAST_IN) && qp->meat == qp->len)
		ret = ip_frag_reasm(qp, dev);
	ipq_put(qp);
	return ret;
}

void __init ipfrag_init(void)
{
	ipfrag_hash_rnd = jhash_1word(jiffies, 0);
}
