// SPDX-License-Identifier: GPL-2.0-only
/*
 * Packets: a head, which every owner has for himself, and data that clones
 * share.
 */
#include <linux/skbuff.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <net/dst.h>
#include <net/sock.h>

struct kmem_cache *skbuff_head_cache __read_mostly;

/**
 * alloc_skb - a new packet
 * @size: room for its data
 * @gfp: how to allocate
 */
struct sk_buff *alloc_skb(unsigned int size, gfp_t gfp)
{
	struct sk_buff *skb = kmem_cache_alloc(skbuff_head_cache, gfp);

	if (!skb)
		return NULL;
	memset(skb, 0, sizeof(*skb));
	size = SKB_DATA_ALIGN(size);
	skb->head = kmalloc(size + sizeof(struct skb_shared_info), gfp);
	if (!skb->head) {
		kmem_cache_free(skbuff_head_cache, skb);
		return NULL;
	}
	skb->truesize = size + sizeof(*skb);
	atomic_set(&skb->users, 1);
	skb->data = skb->head;
	skb->tail = skb->head;
	skb->end = skb->head + size;
	atomic_set(&skb_shinfo(skb)->dataref, 1);
	return skb;
}
EXPORT_SYMBOL(alloc_skb);

static void skb_release_data(struct sk_buff *skb)
{
	if (atomic_dec_and_test(&skb_shinfo(skb)->dataref))
		kfree(skb->head);
}

void __kfree_skb(struct sk_buff *skb)
{
	dst_release(skb->dst);
	if (skb->destructor)
		skb->destructor(skb);
	nf_conntrack_put(skb->nfct);
	skb_release_data(skb);
	kmem_cache_free(skbuff_head_cache, skb);
}
EXPORT_SYMBOL(__kfree_skb);

void kfree_skb(struct sk_buff *skb)
{
	if (skb && atomic_dec_and_test(&skb->users))
		__kfree_skb(skb);
}
EXPORT_SYMBOL(kfree_skb);

/* What a copy of the head must not share with the original. */
static void skb_disown(struct sk_buff *n)
{
	n->next = NULL;
	n->prev = NULL;
	n->sk = NULL;
	n->destructor = NULL;
	atomic_set(&n->users, 1);
	dst_clone(n->dst);
	nf_conntrack_get(n->nfct);
}

/**
 * skb_clone - another head for the same data
 *
 * The clone belongs to no socket.  The data must not be changed afterwards.
 */
struct sk_buff *skb_clone(struct sk_buff *skb, gfp_t gfp)
{
	struct sk_buff *n = kmem_cache_alloc(skbuff_head_cache, gfp);

	if (!n)
		return NULL;
	*n = *skb;
	skb_disown(n);
	n->cloned = 1;
	skb->cloned = 1;
	atomic_inc(&skb_shinfo(skb)->dataref);
	return n;
}
EXPORT_SYMBOL(skb_clone);

#define MOVED(n, old, p) ((p) ? (n)->data + ((p) - (old)->data) : NULL)

/**
 * skb_copy_expand - a packet of its own, with other room around the data
 */
struct sk_buff *skb_copy_expand(const struct sk_buff *skb, int headroom, int tailroom, gfp_t gfp)
{
	struct sk_buff *n = alloc_skb(headroom + skb->len + tailroom, gfp);

	if (!n)
		return NULL;
	skb_reserve(n, headroom);
	memcpy(skb_put(n, skb->len), skb->data, skb->len);
	n->dev = skb->dev;
	n->priority = skb->priority;
	n->protocol = skb->protocol;
	n->pkt_type = skb->pkt_type;
	n->ip_summed = skb->ip_summed;
	n->dst = skb->dst;
	n->nfct = skb->nfct;
	n->nfctinfo = skb->nfctinfo;
	memcpy(n->cb, skb->cb, sizeof(n->cb));
	n->h.raw = MOVED(n, skb, skb->h.raw);
	n->nh.raw = MOVED(n, skb, skb->nh.raw);
	n->mac.raw = NULL;
	skb_disown(n);
	return n;
}
EXPORT_SYMBOL(skb_copy_expand);

struct sk_buff *skb_copy(const struct sk_buff *skb, gfp_t gfp)
{
	return skb_copy_expand(skb, skb_headroom(skb), skb->end - skb->tail, gfp);
}
EXPORT_SYMBOL(skb_copy);

/* Makes the data longer at the end; returns where the new part begins. */
unsigned char *skb_put(struct sk_buff *skb, unsigned int len)
{
	unsigned char *tail = skb->tail;

	BUG_ON(skb->tail + len > skb->end);
	skb->tail += len;
	skb->len += len;
	return tail;
}
EXPORT_SYMBOL(skb_put);

/* Makes it longer at the start; returns the new start. */
unsigned char *skb_push(struct sk_buff *skb, unsigned int len)
{
	BUG_ON(skb->data - len < skb->head);
	skb->data -= len;
	skb->len += len;
	return skb->data;
}
EXPORT_SYMBOL(skb_push);

/* Takes from the start; NULL when there is not so much. */
unsigned char *skb_pull(struct sk_buff *skb, unsigned int len)
{
	if (len > skb->len)
		return NULL;
	skb->len -= len;
	skb->data += len;
	return skb->data;
}
EXPORT_SYMBOL(skb_pull);

void skb_trim(struct sk_buff *skb, unsigned int len)
{
	if (skb->len > len) {
		skb->len = len;
		skb->tail = skb->data + len;
	}
}
EXPORT_SYMBOL(skb_trim);

void __skb_queue_after(struct sk_buff_head *list, struct sk_buff *prev, struct sk_buff *newsk)
{
	newsk->prev = prev;
	newsk->next = prev->next;
	newsk->next->prev = newsk;
	prev->next = newsk;
	list->qlen++;
}

void __skb_unlink(struct sk_buff *skb, struct sk_buff_head *list)
{
	list->qlen--;
	skb->next->prev = skb->prev;
	skb->prev->next = skb->next;
	skb->next = NULL;
	skb->prev = NULL;
}

void skb_queue_head(struct sk_buff_head *list, struct sk_buff *newsk)
{
	spin_lock_bh(&list->lock);
	__skb_queue_head(list, newsk);
	spin_unlock_bh(&list->lock);
}
EXPORT_SYMBOL(skb_queue_head);

void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *newsk)
{
	spin_lock_bh(&list->lock);
	__skb_queue_tail(list, newsk);
	spin_unlock_bh(&list->lock);
}
EXPORT_SYMBOL(skb_queue_tail);

struct sk_buff *skb_dequeue(struct sk_buff_head *list)
{
	struct sk_buff *skb;

	spin_lock_bh(&list->lock);
	skb = __skb_dequeue(list);
	spin_unlock_bh(&list->lock);
	return skb;
}
EXPORT_SYMBOL(skb_dequeue);

void skb_unlink(struct sk_buff *skb, struct sk_buff_head *list)
{
	spin_lock_bh(&list->lock);
	__skb_unlink(skb, list);
	spin_unlock_bh(&list->lock);
}
EXPORT_SYMBOL(skb_unlink);

void skb_queue_purge(struct sk_buff_head *list)
{
	struct sk_buff *skb;

	while ((skb = skb_dequeue(list)) != NULL)
		kfree_skb(skb);
}
EXPORT_SYMBOL(skb_queue_purge);

/* Gives its socket the cost back at once. */
void skb_orphan(struct sk_buff *skb)
{
	if (skb->destructor)
		skb->destructor(skb);
	skb->destructor = NULL;
	skb->sk = NULL;
}
EXPORT_SYMBOL(skb_orphan);

void __init skb_init(void)
{
	skbuff_head_cache = kmem_cache_create("skbuff_head_cache", sizeof(struct sk_buff), 0,
					      SLAB_HWCACHE_ALIGN | SLAB_PANIC, NULL, NULL);
}
