/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_DST_H
#define _NET_DST_H

#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <net/neighbour.h>

#define DST_GC_MIN	(HZ / 10)
#define DST_GC_INC	(HZ / 2)
#define DST_GC_MAX	(120 * HZ)

/**
 * struct dst_entry - where a packet goes and how
 * @next: chain of the cache, then of dst_garbage_list
 * @__refcnt: packets and sockets that use it
 * @obsolete: not in the cache any more: ask again
 * @input: what receives such packets
 * @output: what sends them
 * @neighbour: the next hop
 * @rate_last: when the sender was last told something about it
 * @rate_tokens: how often in a row
 */
struct dst_entry {
	struct dst_entry *next;
	atomic_t __refcnt;
	int __use;
	struct net_device *dev;
	int obsolete;
	int flags;
	unsigned long lastuse;
	int error;
	unsigned long rate_last;
	unsigned int rate_tokens;
	struct neighbour *neighbour;
	int (*input)(struct sk_buff *skb);
	int (*output)(struct sk_buff *skb);
	struct dst_ops *ops;
	struct rcu_head rcu_head;
};

struct dst_ops {
	unsigned short family;
	unsigned short protocol;
	unsigned int gc_thresh;
	int (*gc)(void);
	struct dst_entry *(*check)(struct dst_entry *dst, u32 cookie);
	void (*destroy)(struct dst_entry *dst);
	void (*ifdown)(struct dst_entry *dst, struct net_device *dev, int how);
	void (*link_failure)(struct sk_buff *skb);
	int entry_size;
	atomic_t entries;
	struct kmem_cache *kmem_cachep;
};

void *dst_alloc(struct dst_ops *ops);
void __dst_free(struct dst_entry *dst);
struct dst_entry *dst_destroy(struct dst_entry *dst);
void dst_init(void);

static inline void dst_free(struct dst_entry *dst)
{
	if (dst->obsolete > 1)
		return;
	if (!atomic_read(&dst->__refcnt)) {
		dst_destroy(dst);
		return;
	}
	__dst_free(dst);
}

static inline void dst_hold(struct dst_entry *dst)
{
	atomic_inc(&dst->__refcnt);
}

static inline struct dst_entry *dst_clone(struct dst_entry *dst)
{
	if (dst)
		atomic_inc(&dst->__refcnt);
	return dst;
}

static inline void dst_release(struct dst_entry *dst)
{
	if (dst) {
		WARN_ON(atomic_read(&dst->__refcnt) < 1);
		atomic_dec(&dst->__refcnt);
	}
}

static inline int dst_output(struct sk_buff *skb)
{
	return skb->dst->output(skb);
}

static inline int dst_input(struct sk_buff *skb)
{
	return skb->dst->input(skb);
}

#endif /* _NET_DST_H */
