// SPDX-License-Identifier: GPL-2.0-only
/*
 * Routes that are not in a cache any more, but that packets or sockets still
 * use: they are on dst_garbage_list, and a timer looks whether they have become
 * free, less and less often.
 */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <net/dst.h>

static struct dst_entry *dst_garbage_list;
static DEFINE_SPINLOCK(dst_lock);

static unsigned long dst_gc_timer_expires = DST_GC_MAX;
static unsigned long dst_gc_timer_inc = DST_GC_MAX;

static void dst_run_gc(unsigned long dummy);

static DEFINE_TIMER(dst_gc_timer, dst_run_gc, DST_GC_MIN, 0);

/* Frees what nobody uses; returns how many are left. */
static int dst_scan_garbage(void)
{
	struct dst_entry **dstp = &dst_garbage_list, *dst;
	int delayed = 0;

	while ((dst = *dstp) != NULL) {
		if (atomic_read(&dst->__refcnt)) {
			dstp = &dst->next;
			delayed++;
			continue;
		}
		*dstp = dst->next;
		dst_destroy(dst);
	}
	return delayed;
}

static void dst_run_gc(unsigned long dummy)
{
	spin_lock(&dst_lock);
	if (!dst_scan_garbage()) {
		dst_gc_timer_inc = DST_GC_MAX;
		goto out;
	}
	dst_gc_timer_expires += dst_gc_timer_inc;
	if (dst_gc_timer_expires > DST_GC_MAX)
		dst_gc_timer_expires = DST_GC_MAX;
	dst_gc_timer_inc += DST_GC_INC;
	dst_gc_timer.expires = jiffies + dst_gc_timer_expires;
	add_timer(&dst_gc_timer);
out:
	spin_unlock(&dst_lock);
}

static int dst_discard(struct sk_buff *skb)
{
	kfree_skb(skb);
	return 0;
}

void *dst_alloc(struct dst_ops *ops)
{
	struct dst_entry *dst;

	if (ops->gc && atomic_read(&ops->entries) > ops->gc_thresh && ops->gc())
		return NULL;
	dst = kmem_cache_alloc(ops->kmem_cachep, SLAB_ATOMIC);
	if (!dst)
		return NULL;
	memset(dst, 0, ops->entry_size);
	dst->ops = ops;
	dst->lastuse = jiffies;
	dst->input = dst_discard;
	dst->output = dst_discard;
	atomic_inc(&ops->entries);
	return dst;
}
EXPORT_SYMBOL(dst_alloc);

/* A route that is in use leaves its cache. */
void __dst_free(struct dst_entry *dst)
{
	spin_lock_bh(&dst_lock);
	if (!dst->dev || !(dst->dev->flags & IFF_UP)) {
		dst->input = dst_discard;
		dst->output = dst_discard;
	}
	dst->obsolete = 2;
	dst->next = dst_garbage_list;
	dst_garbage_list = dst;
	if (dst_gc_timer_inc > DST_GC_INC) {
		dst_gc_timer_inc = DST_GC_INC;
		dst_gc_timer_expires = DST_GC_MIN;
		mod_timer(&dst_gc_timer, jiffies + dst_gc_timer_expires);
	}
	spin_unlock_bh(&dst_lock);
}
EXPORT_SYMBOL(__dst_free);

struct dst_entry *dst_destroy(struct dst_entry *dst)
{
	if (dst->neighbour)
		neigh_release(dst->neighbour);
	atomic_dec(&dst->ops->entries);
	if (dst->ops->destroy)
		dst->ops->destroy(dst);
	if (dst->dev)
		dev_put(dst->dev);
	kmem_cache_free(dst->ops->kmem_cachep, dst);
	return NULL;
}
EXPORT_SYMBOL(dst_destroy);

/* A route that is still in use must not hold a device that goes.  It leads to
 * nowhere now; loopback stands in, for it never goes.
 */
static void dst_ifdown(struct dst_entry *dst, struct net_device *dev, int unregister)
{
	if (dst->dev != dev)
		return;
	if (dst->ops->ifdown)
		dst->ops->ifdown(dst, dev, unregister);
	dst->input = dst_discard;
	dst->output = dst_discard;
	if (!unregister)
		return;
	dst->dev = &loopback_dev;
	dev_hold(dst->dev);
	dev_put(dev);
	if (dst->neighbour && dst->neighbour->dev == dev) {
		dst->neighbour->dev = &loopback_dev;
		dev_put(dev);
		dev_hold(dst->neighbour->dev);
	}
}

static int dst_dev_event(struct notifier_block *this, unsigned long event, void *ptr)
{
	struct net_device *dev = ptr;
	struct dst_entry *dst;

	if (event != NETDEV_UNREGISTER && event != NETDEV_DOWN)
		return NOTIFY_DONE;
	dst_run_gc(0);
	spin_lock_bh(&dst_lock);
	for (dst = dst_garbage_list; dst; dst = dst->next)
		dst_ifdown(dst, dev, event == NETDEV_UNREGISTER);
	spin_unlock_bh(&dst_lock);
	return NOTIFY_DONE;
}

/* After those who take routes out of their caches. */
static struct notifier_block dst_dev_notifier = {
	.notifier_call = dst_dev_event,
	.priority = -1,
};

void __init dst_init(void)
{
	register_netdevice_notifier(&dst_dev_notifier);
}
