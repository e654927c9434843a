/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_NEIGHBOUR_H
#define _NET_NEIGHBOUR_H

#include <linux/netdevice.h>
#include <linux/timer.h>
#include <linux/rtnetlink.h>

#define NUD_INCOMPLETE	0x01
#define NUD_REACHABLE	0x02
#define NUD_STALE	0x04
#define NUD_DELAY	0x08
#define NUD_PROBE	0x10
#define NUD_FAILED	0x20
#define NUD_NOARP	0x40
#define NUD_PERMANENT	0x80
#define NUD_NONE	0x00

#define NUD_IN_TIMER	(NUD_INCOMPLETE | NUD_REACHABLE | NUD_DELAY | NUD_PROBE)
#define NUD_VALID	(NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE | NUD_PROBE | NUD_STALE | \
			 NUD_DELAY)
#define NUD_CONNECTED	(NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE)

struct neighbour;
struct neigh_table;

/**
 * struct neigh_parms - how neighbours on one device are found and kept
 * @dev: the device, NULL for the defaults of a table
 * @dead: the device has gone
 *
 * Times are in jiffies.
 */
struct neigh_parms {
	struct net_device *dev;
	struct neigh_parms *next;
	struct neigh_table *tbl;
	int dead;
	atomic_t refcnt;
	struct rcu_head rcu_head;
	int base_reachable_time;
	int retrans_time;
	int gc_staletime;
	int reachable_time;
	int delay_probe_time;
	int queue_len;
	int ucast_probes;
	int app_probes;
	int mcast_probes;
};

struct neigh_statistics {
	unsigned long allocs;
	unsigned long destroys;
	unsigned long hash_grows;
	unsigned long res_failed;
	unsigned long lookups;
	unsigned long hits;
	unsigned long rcv_probes_mcast;
	unsigned long rcv_probes_ucast;
	unsigned long periodic_gc_runs;
	unsigned long forced_gc_runs;
};

#define NEIGH_CACHE_STAT_INC(tbl, field)	\
	(per_cpu_ptr((tbl)->stats, smp_processor_id())->field++)

/**
 * struct neighbour - a host on the same link
 * @nud_state: NUD_*
 * @dead: not in the table any more
 * @arp_queue: packets that wait for its address
 */
struct neighbour {
	struct neighbour *next;
	struct neigh_table *tbl;
	struct neigh_parms *parms;
	struct net_device *dev;
	unsigned long used;
	unsigned long confirmed;
	unsigned long updated;
	u8 flags;
	u8 nud_state;
	u8 type;
	u8 dead;
	atomic_t probes;
	/* guards all of the above */
	rwlock_t lock;
	unsigned char ha[MAX_ADDR_LEN];
	atomic_t refcnt;
	int (*output)(struct sk_buff *skb);
	struct sk_buff_head arp_queue;
	struct timer_list timer;
	struct neigh_ops *ops;
	u8 primary_key[4];
};

struct neigh_ops {
	int family;
	void (*solicit)(struct neighbour *neigh, struct sk_buff *skb);
	void (*error_report)(struct neighbour *neigh, struct sk_buff *skb);
	int (*output)(struct sk_buff *skb);
};

struct neigh_table {
	struct neigh_table *next;
	int family;
	int key_len;
	u32 (*hash)(const void *pkey, const struct net_device *dev);
	int (*constructor)(struct neighbour *neigh);
	char *id;
	struct neigh_parms parms;
	int gc_interval;
	int gc_thresh1;
	int gc_thresh2;
	int gc_thresh3;
	unsigned long last_flush;
	struct timer_list gc_timer;
	atomic_t entries;
	/* guards hash_buckets and the list of parms */
	rwlock_t lock;
	struct kmem_cache *kmem_cachep;
	struct neigh_statistics *stats;
	struct neighbour **hash_buckets;
	unsigned int hash_mask;
	u32 hash_rnd;
};

void neigh_table_init(struct neigh_table *tbl);
int neigh_table_clear(struct neigh_table *tbl);
struct neighbour *neigh_lookup(struct neigh_table *tbl, const void *pkey,
			       struct net_device *dev);
struct neighbour *neigh_create(struct neigh_table *tbl, const void *pkey,
			       struct net_device *dev);
void neigh_destroy(struct neighbour *neigh);
int neigh_event_send(struct neighbour *neigh, struct sk_buff *skb);
int neigh_update(struct neighbour *neigh, const u8 *lladdr, u8 new, u32 flags);
int neigh_ifdown(struct neigh_table *tbl, struct net_device *dev);
int neigh_resolve_output(struct sk_buff *skb);
int neigh_connected_output(struct sk_buff *skb);
struct neigh_parms *neigh_parms_alloc(struct net_device *dev, struct neigh_table *tbl);
void neigh_parms_release(struct neigh_table *tbl, struct neigh_parms *parms);
void neigh_parms_destroy(struct neigh_parms *parms);
int neigh_dump_info(struct sk_buff *skb, struct netlink_callback *cb);
int neightbl_dump_info(struct sk_buff *skb, struct netlink_callback *cb);
int neightbl_dump_done(struct netlink_callback *cb);

#define NEIGH_UPDATE_F_OVERRIDE	1
#define NEIGH_UPDATE_F_ADMIN	2

static inline void neigh_release(struct neighbour *neigh)
{
	if (atomic_dec_and_test(&neigh->refcnt))
		neigh_destroy(neigh);
}

static inline struct neighbour *neigh_clone(struct neighbour *neigh)
{
	if (neigh)
		atomic_inc(&neigh->refcnt);
	return neigh;
}

#define neigh_hold(n)	atomic_inc(&(n)->refcnt)

static inline void neigh_parms_put(struct neigh_parms *parms)
{
	if (atomic_dec_and_test(&parms->refcnt))
		neigh_parms_destroy(parms);
}

static inline struct neigh_parms *neigh_parms_clone(struct neigh_parms *parms)
{
	atomic_inc(&parms->refcnt);
	return parms;
}

#endif /* _NET_NEIGHBOUR_H */
