/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SKBUFF_H
#define _LINUX_SKBUFF_H

#include <linux/kernel.h>
#include <linux/atomic.h>
#include <linux/gfp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/socket.h>

struct sk_buff;
struct sock;
struct net_device;
struct nf_conntrack;
struct dst_entry;

#define CHECKSUM_NONE		0
#define CHECKSUM_HW		1
#define CHECKSUM_UNNECESSARY	2

#define SMP_CACHE_BYTES		64
#define SKB_DATA_ALIGN(x)	ALIGN((x), SMP_CACHE_BYTES)

struct nf_conntrack {
	atomic_t use;
	void (*destroy)(struct nf_conntrack *nfct);
};

struct sk_buff_head {
	/* The same two as in struct sk_buff: the list is a ring. */
	struct sk_buff *next;
	struct sk_buff *prev;
	u32 qlen;
	/* guards the ring and @qlen */
	spinlock_t lock;
};

/* At the end of the data, shared by all clones. */
struct skb_shared_info {
	atomic_t dataref;
};

/**
 * struct sk_buff - a packet
 * @sk: the socket that pays for it
 * @dev: where it came from or goes to
 * @h: transport header
 * @nh: network header
 * @mac: link header
 * @dst: the route it takes
 * @cb: scratch space of the layer that has it
 * @len: of the data
 * @truesize: what it costs
 * @nfct: the connection that it belongs to
 * @nfctinfo: and in what relation, enum ip_conntrack_info
 * @destructor: gives the cost back
 */
struct sk_buff {
	struct sk_buff *next;
	struct sk_buff *prev;
	struct sock *sk;
	struct net_device *dev;
	union {
		struct tcphdr *th;
		struct udphdr *uh;
		struct icmphdr *icmph;
		struct iphdr *ipiph;
		unsigned char *raw;
	} h;
	union {
		struct iphdr *iph;
		struct arphdr *arph;
		unsigned char *raw;
	} nh;
	union {
		unsigned char *raw;
	} mac;
	struct dst_entry *dst;
	char cb[48] __aligned(8);
	unsigned int len;
	u8 cloned;
	u8 pkt_type;
	u8 ip_summed;
	u8 nfctinfo;
	u32 priority;
	u16 protocol;
	struct nf_conntrack *nfct;
	void (*destructor)(struct sk_buff *skb);
	unsigned int truesize;
	atomic_t users;
	unsigned char *head;
	unsigned char *data;
	unsigned char *tail;
	unsigned char *end;
};

#define skb_shinfo(skb)	((struct skb_shared_info *)((skb)->end))

struct sk_buff *alloc_skb(unsigned int size, gfp_t gfp);
void __kfree_skb(struct sk_buff *skb);
void kfree_skb(struct sk_buff *skb);
struct sk_buff *skb_clone(struct sk_buff *skb, gfp_t gfp);
struct sk_buff *skb_copy(const struct sk_buff *skb, gfp_t gfp);
struct sk_buff *skb_copy_expand(const struct sk_buff *skb, int headroom, int tailroom,
				gfp_t gfp);
unsigned char *skb_put(struct sk_buff *skb, unsigned int len);
unsigned char *skb_push(struct sk_buff *skb, unsigned int len);
unsigned char *skb_pull(struct sk_buff *skb, unsigned int len);
void skb_trim(struct sk_buff *skb, unsigned int len);
void skb_init(void);

void skb_queue_head(struct sk_buff_head *list, struct sk_buff *newsk);
void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *newsk);
struct sk_buff *skb_dequeue(struct sk_buff_head *list);
void skb_queue_purge(struct sk_buff_head *list);
void skb_unlink(struct sk_buff *skb, struct sk_buff_head *list);

struct sk_buff *skb_recv_datagram(struct sock *sk, unsigned int flags, int noblock, int *err);
int skb_copy_datagram_iovec(const struct sk_buff *from, int offset, struct iovec *to, int size);
void skb_free_datagram(struct sock *sk, struct sk_buff *skb);
void skb_orphan(struct sk_buff *skb);

extern struct kmem_cache *skbuff_head_cache;

static inline void skb_queue_head_init(struct sk_buff_head *list)
{
	spin_lock_init(&list->lock);
	list->next = (struct sk_buff *)list;
	list->prev = list->next;
	list->qlen = 0;
}

static inline int skb_queue_empty(const struct sk_buff_head *list)
{
	return list->next == (const struct sk_buff *)list;
}

static inline u32 skb_queue_len(const struct sk_buff_head *list)
{
	return list->qlen;
}

static inline struct sk_buff *skb_peek(struct sk_buff_head *list)
{
	return skb_queue_empty(list) ? NULL : list->next;
}

static inline struct sk_buff *skb_get(struct sk_buff *skb)
{
	atomic_inc(&skb->users);
	return skb;
}

static inline int skb_cloned(const struct sk_buff *skb)
{
	return skb->cloned && atomic_read(&skb_shinfo(skb)->dataref) != 1;
}

static inline void skb_reserve(struct sk_buff *skb, unsigned int len)
{
	skb->data += len;
	skb->tail += len;
}

static inline int skb_headroom(const struct sk_buff *skb)
{
	return skb->data - skb->head;
}

static inline int pskb_may_pull(const struct sk_buff *skb, unsigned int len)
{
	return len <= skb->len;
}

/* The unlocked ones, for queues that something else guards. */
void __skb_queue_after(struct sk_buff_head *list, struct sk_buff *prev, struct sk_buff *newsk);
void __skb_unlink(struct sk_buff *skb, struct sk_buff_head *list);

static inline void __skb_queue_tail(struct sk_buff_head *list, struct sk_buff *newsk)
{
	__skb_queue_after(list, list->prev, newsk);
}

static inline void __skb_queue_head(struct sk_buff_head *list, struct sk_buff *newsk)
{
	__skb_queue_after(list, (struct sk_buff *)list, newsk);
}

static inline struct sk_buff *__skb_dequeue(struct sk_buff_head *list)
{
	struct sk_buff *skb = skb_peek(list);

	if (skb)
		__skb_unlink(skb, list);
	return skb;
}

static inline void nf_conntrack_put(struct nf_conntrack *nfct)
{
	if (nfct && atomic_dec_and_test(&nfct->use))
		nfct->destroy(nfct);
}

static inline void nf_conntrack_get(struct nf_conntrack *nfct)
{
	if (nfct)
		atomic_inc(&nfct->use);
}

static inline void nf_reset(struct sk_buff *skb)
{
	nf_conntrack_put(skb->nfct);
	skb->nfct = NULL;
}

#endif /* _LINUX_SKBUFF_H */
