// SPDX-License-Identifier: GPL-2.0-only
/*
 * Neighbours: hosts on the same link and how to reach them.  Each table hashes
 * them by address and device.  A neighbour goes through the NUD_ states: it is
 * asked for (INCOMPLETE), answers (REACHABLE), grows old (STALE), is used again
 * (DELAY), asked again (PROBE), and given up (FAILED).
 */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/jhash.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <net/dst.h>
#include <net/neighbour.h>
#include <net/sock.h>

#define NEIGH_HASH_SIZE	8	/* at first */

static struct neigh_table *neigh_tables;
static DEFINE_RWLOCK(neigh_tbl_lock);

static void neigh_timer_handler(unsigned long arg);

static struct neighbour **neigh_bucket(struct neigh_table *tbl, const void *pkey,
				       const struct net_device *dev)
{
	return &tbl->hash_buckets[tbl->hash(pkey, dev) & tbl->hash_mask];
}

/* Entries over the second limit that nobody uses go at once. */
static int neigh_forced_gc(struct neigh_table *tbl)
{
	struct neighbour **np, *n;
	int shrunk = 0, i;

	NEIGH_CACHE_STAT_INC(tbl, forced_gc_runs);
	write_lock_bh(&tbl->lock);
	for (i = 0; i <= tbl->hash_mask; i++) {
		for (np = &tbl->hash_buckets[i]; (n = *np) != NULL;) {
			if (atomic_read(&n->refcnt) != 1 || (n->nud_state & NUD_PERMANENT)) {
				np = &n->next;
				continue;
			}
			*np = n->next;
			n->dead = 1;
			shrunk = 1;
			neigh_release(n);
		}
	}
	tbl->last_flush = jiffies;
	write_unlock_bh(&tbl->lock);
	return shrunk;
}

static struct neighbour *neigh_alloc(struct neigh_table *tbl)
{
	int entries = atomic_inc_return(&tbl->entries) - 1;
	struct neighbour *n = NULL;

	if (entries >= tbl->gc_thresh3 ||
	    (entries >= tbl->gc_thresh2 && time_after(jiffies, tbl->last_flush + 5 * HZ))) {
		if (!neigh_forced_gc(tbl) && entries >= tbl->gc_thresh3)
			goto out_entries;
	}
	n = kmem_cache_alloc(tbl->kmem_cachep, SLAB_ATOMIC);
	if (!n)
		goto out_entries;
	memset(n, 0, sizeof(*n));
	skb_queue_head_init(&n->arp_queue);
	n->updated = jiffies;
	n->used = jiffies;
	n->nud_state = NUD_NONE;
	n->output = neigh_resolve_output;
	n->parms = neigh_parms_clone(&tbl->parms);
	setup_timer(&n->timer, neigh_timer_handler, (unsigned long)n);
	NEIGH_CACHE_STAT_INC(tbl, allocs);
	n->tbl = tbl;
	atomic_set(&n->refcnt, 1);
	n->dead = 1;
	return n;

out_entries:
	atomic_dec(&tbl->entries);
	return NULL;
}

static void neigh_hash_grow(struct neigh_table *tbl)
{
	unsigned int new_size = 2 * (tbl->hash_mask + 1), old_mask = tbl->hash_mask, i;
	struct neighbour **new_hash, **old_hash = tbl->hash_buckets, *n, *next, **bucket;

	new_hash = kcalloc(new_size, sizeof(*new_hash), GFP_ATOMIC);
	if (!new_hash)
		return;
	NEIGH_CACHE_STAT_INC(tbl, hash_grows);
	tbl->hash_buckets = new_hash;
	tbl->hash_mask = new_size - 1;
	for (i = 0; i <= old_mask; i++) {
		for (n = old_hash[i]; n; n = next) {
			next = n->next;
			bucket = neigh_bucket(tbl, n->primary_key, n->dev);
			n->next = *bucket;
			*bucket = n;
		}
	}
	kfree(old_hash);
}

/* Returns the neighbour with a reference, or NULL. */
struct neighbour *neigh_lookup(struct neigh_table *tbl, const void *pkey, struct net_device *dev)
{
	struct neighbour *n;

	NEIGH_CACHE_STAT_INC(tbl, lookups);
	read_lock_bh(&tbl->lock);
	for (n = *neigh_bucket(tbl, pkey, dev); n; n = n->next) {
		if (dev == n->dev && !memcmp(n->primary_key, pkey, tbl->key_len)) {
			neigh_hold(n);
			NEIGH_CACHE_STAT_INC(tbl, hits);
			break;
		}
	}
	read_unlock_bh(&tbl->lock);
	return n;
}
EXPORT_SYMBOL(neigh_lookup);

/* A new one, with a reference for the caller besides that of the table. */
struct neighbour *neigh_create(struct neigh_table *tbl, const void *pkey, struct net_device *dev)
{
	struct neighbour *n = neigh_alloc(tbl), **bucket;
	int error;

	if (!n)
		return ERR_PTR(-ENOBUFS);
	memcpy(n->primary_key, pkey, tbl->key_len);
	n->dev = dev;
	dev_hold(dev);
	error = tbl->constructor ? tbl->constructor(n) : 0;
	if (error < 0)
		goto out_release;
	n->confirmed = jiffies - (n->parms->base_reachable_time << 1);
	write_lock_bh(&tbl->lock);
	if (atomic_read(&tbl->entries) > tbl->hash_mask + 1)
		neigh_hash_grow(tbl);
	error = -EINVAL;
	if (n->parms->dead) {
		write_unlock_bh(&tbl->lock);
		goto out_release;
	}
	bucket = neigh_bucket(tbl, pkey, dev);
	n->next = *bucket;
	*bucket = n;
	n->dead = 0;
	neigh_hold(n);
	write_unlock_bh(&tbl->lock);
	return n;

out_release:
	neigh_release(n);
	return ERR_PTR(error);
}
EXPORT_SYMBOL(neigh_create);

/* The last reference is gone. */
void neigh_destroy(struct neighbour *neigh)
{
	NEIGH_CACHE_STAT_INC(neigh->tbl, destroys);
	if (WARN_ON(!neigh->dead))
		return;
	del_timer(&neigh->timer);
	skb_queue_purge(&neigh->arp_queue);
	dev_put(neigh->dev);
	neigh_parms_put(neigh->parms);
	atomic_dec(&neigh->tbl->entries);
	kmem_cache_free(neigh->tbl->kmem_cachep, neigh);
}
EXPORT_SYMBOL(neigh_destroy);

static void neigh_set_timer(struct neighbour *n, unsigned long expires)
{
	if (!mod_timer(&n->timer, expires))
		neigh_hold(n);
}

static void neigh_del_timer(struct neighbour *n)
{
	if ((n->nud_state & NUD_IN_TIMER) && del_timer(&n->timer))
		neigh_release(n);
}

static int neigh_max_probes(struct neighbour *n)
{
	struct neigh_parms *p = n->parms;

	if (n->nud_state & NUD_PROBE)
		return p->ucast_probes;
	return p->ucast_probes + p->app_probes + p->mcast_probes;
}

/* Nobody answers: the packets that wait are told so. */
static void neigh_fail(struct neighbour *neigh)
{
	struct sk_buff *skb;

	neigh->nud_state = NUD_FAILED;
	neigh->updated = jiffies;
	neigh->output = neigh_resolve_output;
	NEIGH_CACHE_STAT_INC(neigh->tbl, res_failed);
	while ((skb = __skb_dequeue(&neigh->arp_queue)) != NULL) {
		write_unlock(&neigh->lock);
		neigh->ops->error_report(neigh, skb);
		write_lock(&neigh->lock);
	}
}

/* Ages it; returns when to look again, or 0. */
static unsigned long neigh_age(struct neighbour *neigh)
{
	unsigned long now = jiffies;

	if (neigh->nud_state & NUD_REACHABLE) {
		if (time_before_eq(now, neigh->confirmed + neigh->parms->reachable_time))
			return neigh->confirmed + neigh->parms->reachable_time;
		neigh->nud_state = NUD_STALE;
		if (time_before_eq(now, neigh->used + neigh->parms->delay_probe_time)) {
			neigh->nud_state = NUD_DELAY;
			neigh->output = neigh_resolve_output;
			return now + neigh->parms->delay_probe_time;
		}
		neigh->output = neigh_resolve_output;
		return 0;
	}
	if (neigh->nud_state & NUD_DELAY) {
		neigh->nud_state = NUD_PROBE;
		neigh->updated = now;
		atomic_set(&neigh->probes, 0);
	}
	return now + neigh->parms->retrans_time;
}

static void neigh_timer_handler(unsigned long arg)
{
	struct neighbour *neigh = (struct neighbour *)arg;
	unsigned long next = 0;
	struct sk_buff *skb = NULL;

	write_lock(&neigh->lock);
	if (neigh->nud_state & NUD_IN_TIMER)
		next = neigh_age(neigh);
	if ((neigh->nud_state & (NUD_INCOMPLETE | NUD_PROBE)) &&
	    atomic_read(&neigh->probes) >= neigh_max_probes(neigh)) {
		neigh_fail(neigh);
		next = 0;
	}
	if (next)
		neigh_set_timer(neigh, max_t(unsigned long, next, jiffies + HZ / 2));
	if (next && (neigh->nud_state & (NUD_INCOMPLETE | NUD_PROBE))) {
		skb = skb_peek(&neigh->arp_queue);
		atomic_inc(&neigh->probes);
		write_unlock(&neigh->lock);
		neigh->ops->solicit(neigh, skb);
		write_lock(&neigh->lock);
	}
	write_unlock(&neigh->lock);
	neigh_release(neigh);
}

static void neigh_begin_probe(struct neighbour *neigh)
{
	atomic_set(&neigh->probes, neigh->parms->ucast_probes);
	neigh->nud_state = NUD_INCOMPLETE;
	neigh->updated = jiffies;
	neigh_set_timer(neigh, jiffies + 1);
}

static void neigh_queue_packet(struct neighbour *neigh, struct sk_buff *skb)
{
	if (skb_queue_len(&neigh->arp_queue) >= neigh->parms->queue_len)
		kfree_skb(__skb_dequeue(&neigh->arp_queue));
	__skb_queue_tail(&neigh->arp_queue, skb);
}

/**
 * neigh_event_send - somebody wants to send to a neighbour
 * @skb: waits there for its address, or is freed
 *
 * Returns 0 if it can be sent now.
 */
int neigh_event_send(struct neighbour *neigh, struct sk_buff *skb)
{
	int rc = 1;

	neigh->used = jiffies;
	write_lock_bh(&neigh->lock);
	if (neigh->nud_state & (NUD_CONNECTED | NUD_DELAY | NUD_PROBE)) {
		rc = 0;
	} else if (neigh->nud_state & NUD_STALE) {
		neigh->nud_state = NUD_DELAY;
		neigh_set_timer(neigh, jiffies + neigh->parms->delay_probe_time);
		rc = 0;
	} else if (neigh->nud_state & NUD_INCOMPLETE) {
		neigh_queue_packet(neigh, skb);
	} else if (neigh->parms->mcast_probes + neigh->parms->app_probes) {
		neigh_begin_probe(neigh);
		neigh_queue_packet(neigh, skb);
	} else {
		neigh->nud_state = NUD_FAILED;
		kfree_skb(skb);
	}
	write_unlock_bh(&neigh->lock);
	return rc;
}
EXPORT_SYMBOL(neigh_event_send);

static void neigh_send_queue(struct neighbour *neigh)
{
	struct sk_buff *skb;

	while ((neigh->nud_state & NUD_VALID) &&
	       (skb = __skb_dequeue(&neigh->arp_queue)) != NULL) {
		write_unlock_bh(&neigh->lock);
		neigh->output(skb);
		write_lock_bh(&neigh->lock);
	}
}

/**
 * neigh_update - something is known about a neighbour
 * @lladdr: its address on the link, or NULL
 * @new: the state it is in now
 * @flags: NEIGH_UPDATE_F_*
 */
int neigh_update(struct neighbour *neigh, const u8 *lladdr, u8 new, u32 flags)
{
	struct net_device *dev = neigh->dev;
	int err = -EPERM;

	write_lock_bh(&neigh->lock);
	if (!(flags & NEIGH_UPDATE_F_ADMIN) && (neigh->nud_state & (NUD_NOARP | NUD_PERMANENT)))
		goto out;
	err = 0;
	neigh_del_timer(neigh);
	if (!(new & NUD_VALID)) {
		neigh->nud_state = new;
		goto out;
	}
	err = -EINVAL;
	if (!lladdr && !(neigh->nud_state & NUD_VALID))
		goto out;
	err = 0;
	if (lladdr && (flags & NEIGH_UPDATE_F_OVERRIDE || !(neigh->nud_state & NUD_VALID)))
		memcpy(neigh->ha, lladdr, dev->addr_len);
	if (new & NUD_CONNECTED)
		neigh->confirmed = jiffies;
	neigh->updated = jiffies;
	neigh->nud_state = new;
	if (new & NUD_REACHABLE)
		neigh_set_timer(neigh, jiffies + neigh->parms->reachable_time);
	neigh->output = new & NUD_CONNECTED ? neigh_connected_output : neigh_resolve_output;
	neigh_send_queue(neigh);
out:
	write_unlock_bh(&neigh->lock);
	return err;
}
EXPORT_SYMBOL(neigh_update);

static int neigh_send(struct neighbour *neigh, struct sk_buff *skb)
{
	struct net_device *dev = neigh->dev;
	int err = 0;

	skb->dev = dev;
	if (dev->hard_header) {
		read_lock_bh(&neigh->lock);
		err = dev->hard_header(skb, dev, ntohs(skb->protocol), neigh->ha, NULL, skb->len);
		read_unlock_bh(&neigh->lock);
	}
	if (err >= 0)
		return dev_queue_xmit(skb);
	kfree_skb(skb);
	return -EINVAL;
}

int neigh_resolve_output(struct sk_buff *skb)
{
	struct neighbour *neigh = skb->dst->neighbour;

	return neigh_event_send(neigh, skb) ? 0 : neigh_send(neigh, skb);
}
EXPORT_SYMBOL(neigh_resolve_output);

int neigh_connected_output(struct sk_buff *skb)
{
	return neigh_send(skb->dst->neighbour, skb);
}
EXPORT_SYMBOL(neigh_connected_output);

/* Those on a device that goes, or all for NULL. */
int neigh_ifdown(struct neigh_table *tbl, struct net_device *dev)
{
	struct neighbour **np, *n;
	int i;

	write_lock_bh(&tbl->lock);
	for (i = 0; i <= tbl->hash_mask; i++) {
		for (np = &tbl->hash_buckets[i]; (n = *np) != NULL;) {
			if (dev && n->dev != dev) {
				np = &n->next;
				continue;
			}
			*np = n->next;
			write_lock(&n->lock);
			neigh_del_timer(n);
			n->dead = 1;
			skb_queue_purge(&n->arp_queue);
			n->output = neigh_resolve_output;
			n->nud_state = n->nud_state & NUD_VALID ? NUD_NOARP : NUD_NONE;
			write_unlock(&n->lock);
			neigh_release(n);
		}
	}
	write_unlock_bh(&tbl->lock);
	return 0;
}
EXPORT_SYMBOL(neigh_ifdown);

/* Old entries go, so that the table stays below its first limit. */
static void neigh_periodic_timer(unsigned long arg)
{
	struct neigh_table *tbl = (struct neigh_table *)arg;
	struct neighbour **np, *n;
	int i;

	NEIGH_CACHE_STAT_INC(tbl, periodic_gc_runs);
	write_lock(&tbl->lock);
	for (i = 0; i <= tbl->hash_mask && atomic_read(&tbl->entries) > tbl->gc_thresh1; i++) {
		for (np = &tbl->hash_buckets[i]; (n = *np) != NULL;) {
			if ((n->nud_state & (NUD_PERMANENT | NUD_IN_TIMER)) ||
			    atomic_read(&n->refcnt) != 1 ||
			    (n->nud_state != NUD_FAILED &&
			     !time_after(jiffies, n->used + n->parms->gc_staletime))) {
				np = &n->next;
				continue;
			}
			*np = n->next;
			n->dead = 1;
			neigh_release(n);
		}
	}
	write_unlock(&tbl->lock);
	if (atomic_read(&tbl->entries) > tbl->gc_thresh1)
		mod_timer(&tbl->gc_timer, jiffies + tbl->gc_interval);
}

/* Settings for one device, as the table has them by default. */
struct neigh_parms *neigh_parms_alloc(struct net_device *dev, struct neigh_table *tbl)
{
	struct neigh_parms *p = kmalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	*p = tbl->parms;
	p->tbl = tbl;
	atomic_set(&p->refcnt, 1);
	INIT_RCU_HEAD(&p->rcu_head);
	if (dev) {
		dev_hold(dev);
		p->dev = dev;
	}
	write_lock_bh(&tbl->lock);
	p->next = tbl->parms.next;
	tbl->parms.next = p;
	write_unlock_bh(&tbl->lock);
	return p;
}
EXPORT_SYMBOL(neigh_parms_alloc);

static void neigh_rcu_free_parms(struct rcu_head *head)
{
	neigh_parms_put(container_of(head, struct neigh_parms, rcu_head));
}

void neigh_parms_release(struct neigh_table *tbl, struct neigh_parms *parms)
{
	struct neigh_parms **p;

	if (!parms || parms == &tbl->parms)
		return;
	write_lock_bh(&tbl->lock);
	for (p = &tbl->parms.next; *p; p = &(*p)->next) {
		if (*p != parms)
			continue;
		*p = parms->next;
		parms->dead = 1;
		write_unlock_bh(&tbl->lock);
		if (parms->dev)
			dev_put(parms->dev);
		call_rcu(&parms->rcu_head, neigh_rcu_free_parms);
		return;
	}
	write_unlock_bh(&tbl->lock);
}
EXPORT_SYMBOL(neigh_parms_release);

void neigh_parms_destroy(struct neigh_parms *parms)
{
	kfree(parms);
}

/**
 * neigh_table_init - a table without entries
 *
 * The memory it needs is asked for at boot, so there is no way to fail.
 */
void neigh_table_init(struct neigh_table *tbl)
{
	atomic_set(&tbl->parms.refcnt, 1);
	tbl->parms.reachable_time = tbl->parms.base_reachable_time;
	tbl->parms.tbl = tbl;
	if (!tbl->kmem_cachep)
		tbl->kmem_cachep = kmem_cache_create(tbl->id, sizeof(struct neighbour), 0,
						     SLAB_HWCACHE_ALIGN, NULL, NULL);
	tbl->stats = alloc_percpu(struct neigh_statistics);
	tbl->hash_mask = NEIGH_HASH_SIZE - 1;
	tbl->hash_buckets = kcalloc(NEIGH_HASH_SIZE, sizeof(*tbl->hash_buckets), GFP_KERNEL);
	if (!tbl->kmem_cachep || !tbl->stats || !tbl->hash_buckets)
		panic("cannot create neighbour table %s", tbl->id);
	rwlock_init(&tbl->lock);
	setup_timer(&tbl->gc_timer, neigh_periodic_timer, (unsigned long)tbl);
	tbl->last_flush = jiffies;
	write_lock(&neigh_tbl_lock);
	tbl->next = neigh_tables;
	neigh_tables = tbl;
	write_unlock(&neigh_tbl_lock);
}
EXPORT_SYMBOL(neigh_table_init);

/* The end of a table; its settings must be back already. */
int neigh_table_clear(struct neigh_table *tbl)
{
	struct neigh_table **tp;

	del_timer_sync(&tbl->gc_timer);
	neigh_ifdown(tbl, NULL);
	if (atomic_read(&tbl->entries))
		printk(KERN_CRIT "neighbour leakage\n");
	write_lock(&neigh_tbl_lock);
	for (tp = &neigh_tables; *tp; tp = &(*tp)->next) {
		if (*tp == tbl) {
			*tp = tbl->next;
			break;
		}
	}
	write_unlock(&neigh_tbl_lock);
	kfree(tbl->hash_buckets);
	tbl->hash_buckets = NULL;
	kmem_cache_destroy(tbl->kmem_cachep);
	tbl->kmem_cachep = NULL;
	return 0;
}
EXPORT_SYMBOL(neigh_table_clear);

static int neigh_fill_info(struct sk_buff *skb, struct neighbour *n, u32 pid, u32 seq)
{
	struct nlmsghdr *nlh = nlmsg_put(skb, pid, seq, RTM_NEWNEIGH, sizeof(struct ndmsg),
					 NLM_F_MULTI);
	struct ndmsg *ndm;

	if (!nlh)
		return -1;
	ndm = nlmsg_data(nlh);
	memset(ndm, 0, sizeof(*ndm));
	ndm->ndm_family = n->tbl->family;
	ndm->ndm_flags = n->flags;
	ndm->ndm_type = n->type;
	ndm->ndm_ifindex = n->dev->ifindex;
	ndm->ndm_state = n->nud_state;
	if (rta_put(skb, NDA_DST, n->tbl->key_len, n->primary_key) ||
	    ((n->nud_state & NUD_VALID) &&
	     rta_put(skb, NDA_LLADDR, n->dev->addr_len, n->ha))) {
		nlmsg_cancel(skb, nlh);
		return -1;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

/* args: how many were told already. */
int neigh_dump_info(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct neigh_table *tbl;
	struct neighbour *n;
	int i, idx = 0, full = 0;

	read_lock(&neigh_tbl_lock);
	for (tbl = neigh_tables; tbl && !full; tbl = tbl->next) {
		read_lock_bh(&tbl->lock);
		for (i = 0; i <= tbl->hash_mask && !full; i++) {
			for (n = tbl->hash_buckets[i]; n && !full; n = n->next) {
				if (idx++ < cb->args[0] || (n->nud_state & NUD_NOARP))
					continue;
				full = neigh_fill_info(skb, n, NETLINK_CB(cb->skb).pid,
						       cb->nlh->nlmsg_seq);
				idx -= !!full;
			}
		}
		read_unlock_bh(&tbl->lock);
	}
	read_unlock(&neigh_tbl_lock);
	cb->args[0] = idx;
	return skb->len;
}

static int neightbl_fill_parms(struct sk_buff *skb, struct neigh_parms *parms,
			       struct netlink_callback *cb)
{
	struct neigh_table *tbl = parms->tbl;
	struct nlmsghdr *nlh = nlmsg_put(skb, NETLINK_CB(cb->skb).pid, cb->nlh->nlmsg_seq,
					 RTM_NEWNEIGHTBL, sizeof(struct ndtmsg), NLM_F_MULTI);
	struct ndtmsg *ndtm;

	if (!nlh)
		return -1;
	ndtm = nlmsg_data(nlh);
	memset(ndtm, 0, sizeof(*ndtm));
	ndtm->ndtm_family = tbl->family;
	if (rta_put(skb, NDTA_NAME, strlen(tbl->id) + 1, tbl->id) ||
	    rta_put_u32(skb, NDTA_THRESH1, tbl->gc_thresh1) ||
	    rta_put_u32(skb, NDTA_THRESH2, tbl->gc_thresh2) ||
	    rta_put_u32(skb, NDTA_THRESH3, tbl->gc_thresh3) ||
	    (parms->dev && rta_put_u32(skb, NDTA_PARMS_IFINDEX, parms->dev->ifindex))) {
		nlmsg_cancel(skb, nlh);
		return -1;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

/* The settings of all devices.  Between two parts of the dump the place is kept
 * by a reference to the settings that come next, args[0].
 */
int neightbl_dump_info(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct neigh_parms *p = (struct neigh_parms *)cb->args[0];
	struct neigh_table *tbl;

	if (cb->args[1])
		return skb->len;
	read_lock(&neigh_tbl_lock);
	tbl = p ? p->tbl : neigh_tables;
	if (!p && tbl)
		p = neigh_parms_clone(&tbl->parms);
	while (p && !neightbl_fill_parms(skb, p, cb)) {
		/* What has been released does not know who is next. */
		struct neigh_parms *next = p->dead ? NULL : p->next;

		if (!next) {
			tbl = tbl->next;
			next = tbl ? &tbl->parms : NULL;
		}
		if (next)
			neigh_parms_clone(next);
		neigh_parms_put(p);
		p = next;
	}
	read_unlock(&neigh_tbl_lock);
	cb->args[0] = (long)p;
	cb->args[1] = !p;
	return skb->len;
}

/* The reader went away, or has all. */
int neightbl_dump_done(struct netlink_callback *cb)
{
	struct neigh_parms *p = (struct neigh_parms *)cb->args[0];

	if (p)
		neigh_parms_put(p);
	return 0;
}
