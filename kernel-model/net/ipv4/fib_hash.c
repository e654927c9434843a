// SPDX-License-Identifier: GPL-2.0-only
/*
 * A routing table as hashes: one "zone" for each length of prefixes, longest
 * first.  Routes to one destination are sorted by priority.
 */
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <net/ip.h>
#include <net/ip_fib.h>

static struct kmem_cache *fn_hash_kmem;
static DEFINE_RWLOCK(fib_hash_lock);

#define FN_ZONE_SIZE	16

struct fib_node {
	struct hlist_node fn_hash;
	u32 fn_key;
	u8 fn_type;
	u8 fn_scope;
	struct fib_info *fn_info;
};

struct fn_zone {
	struct fn_zone *fz_next;
	struct hlist_head fz_hash[FN_ZONE_SIZE];
	int fz_nent;
	int fz_order;
	u32 fz_mask;
};

struct fn_hash {
	struct fn_zone *fn_zones[33];
	struct fn_zone *fn_zone_list;
};

static struct hlist_head *fn_bucket(struct fn_zone *fz, u32 key)
{
	return &fz->fz_hash[jhash_1word(key, 0) % FN_ZONE_SIZE];
}

static struct fn_zone *fn_new_zone(struct fn_hash *table, int z)
{
	struct fn_zone *fz = kzalloc(sizeof(*fz), GFP_KERNEL), **p;

	if (!fz)
		return NULL;
	fz->fz_order = z;
	fz->fz_mask = inet_make_mask(z);
	write_lock_bh(&fib_hash_lock);
	for (p = &table->fn_zone_list; *p && (*p)->fz_order > z; p = &(*p)->fz_next)
		;
	fz->fz_next = *p;
	*p = fz;
	table->fn_zones[z] = fz;
	write_unlock_bh(&fib_hash_lock);
	return fz;
}

/* Errors that types of routes stand for. */
static const int fib_props_error[RTN_MAX + 1] = {
	[RTN_UNSPEC] = -EINVAL,
	[RTN_BLACKHOLE] = -EINVAL,
	[RTN_UNREACHABLE] = -EHOSTUNREACH,
	[RTN_PROHIBIT] = -EACCES,
	[RTN_THROW] = -EAGAIN,
	[RTN_NAT] = -EINVAL,
};

/* 0 and the result, 1 when the route does not fit, or an error. */
static int fib_node_match(struct fib_node *f, struct fn_zone *fz, const struct flowi *flp,
			  struct fib_result *res)
{
	struct fib_info *fi = f->fn_info;

	if (f->fn_scope < flp->fl4_scope || (fi->fib_flags & RTNH_F_DEAD))
		return 1;
	if (fib_props_error[f->fn_type])
		return fib_props_error[f->fn_type];
	if (flp->oif && flp->oif != fi->fib_nh[0].nh_oif)
		return 1;
	res->prefixlen = fz->fz_order;
	res->type = f->fn_type;
	res->scope = f->fn_scope;
	res->fi = fi;
	atomic_inc(&fi->fib_clntref);
	return 0;
}

static int fn_hash_lookup(struct fib_table *tb, const struct flowi *flp, struct fib_result *res)
{
	struct fn_hash *t = tb->tb_data;
	struct hlist_node *node;
	struct fn_zone *fz;
	struct fib_node *f;
	int err = 1;
	u32 k;

	read_lock(&fib_hash_lock);
	for (fz = t->fn_zone_list; fz && err == 1; fz = fz->fz_next) {
		k = flp->fl4_dst & fz->fz_mask;
		hlist_for_each_entry(f, node, fn_bucket(fz, k), fn_hash) {
			if (f->fn_key == k)
				err = fib_node_match(f, fz, flp, res);
			if (err != 1)
				break;
		}
	}
	read_unlock(&fib_hash_lock);
	return err;
}

/* Where in the chain a route belongs: before those of a greater priority number. */
static void fn_insert_sorted(struct fn_zone *fz, struct fib_node *new_f)
{
	struct hlist_head *head = fn_bucket(fz, new_f->fn_key);
	struct hlist_node *node, **link = &head->first;
	struct fib_node *f;

	hlist_for_each_entry(f, node, head, fn_hash) {
		if (f->fn_key == new_f->fn_key &&
		    f->fn_info->fib_priority > new_f->fn_info->fib_priority)
			break;
		link = &node->next;
	}
	node = *link;
	new_f->fn_hash.next = node;
	new_f->fn_hash.pprev = link;
	*link = &new_f->fn_hash;
	if (node)
		node->pprev = &new_f->fn_hash.next;
	fz->fz_nent++;
}

static struct fib_node *fn_find(struct fn_zone *fz, const struct fib_config *cfg, u32 key,
				struct fib_info *fi)
{
	struct hlist_node *node;
	struct fib_node *f;

	hlist_for_each_entry(f, node, fn_bucket(fz, key), fn_hash) {
		if (f->fn_key != key || (cfg->fc_type && f->fn_type != cfg->fc_type))
			continue;
		if (fi ? f->fn_info->fib_priority == fi->fib_priority :
			 (cfg->fc_scope == RT_SCOPE_NOWHERE || f->fn_scope == cfg->fc_scope) &&
			 !fib_nh_match(cfg, f->fn_info))
			return f;
	}
	return NULL;
}

/* Tells those who listen that a route came or went. */
static void rtmsg_fib(int event, struct fib_table *tb, struct fn_zone *fz, struct fib_node *f)
{
	struct sk_buff *skb = alloc_skb(NLMSG_GOODSIZE, GFP_KERNEL);

	if (!skb)
		return;
	fib_dump_info(skb, 0, 0, event, tb->tb_id, f->fn_type, f->fn_scope, f->fn_key,
		      fz->fz_order, f->fn_info, 0);
	netlink_broadcast(rtnl, skb, 0, RTNLGRP_IPV4_ROUTE, GFP_KERNEL);
}

/* NLM_F_REPLACE: the first route of that priority becomes another one. */
static int fn_replace(struct fib_table *tb, struct fn_zone *fz, struct fib_node *f,
		      const struct fib_config *cfg, struct fib_info *fi)
{
	struct fib_info *old = f->fn_info;

	write_lock_bh(&fib_hash_lock);
	f->fn_info = fi;
	f->fn_type = cfg->fc_type;
	f->fn_scope = cfg->fc_scope;
	write_unlock_bh(&fib_hash_lock);
	fib_release_info(old);
	rt_cache_flush(-1);
	rtmsg_fib(RTM_NEWROUTE, tb, fz, f);
	return 0;
}

static struct fib_node *fn_find_priority(struct fn_zone *fz, u32 key, u32 priority)
{
	struct hlist_node *node;
	struct fib_node *f;

	hlist_for_each_entry(f, node, fn_bucket(fz, key), fn_hash)
		if (f->fn_key == key && f->fn_info->fib_priority == priority)
			return f;
	return NULL;
}

static int fn_hash_insert(struct fib_table *tb, struct fib_config *cfg)
{
	struct fn_hash *table = tb->tb_data;
	struct fib_node *new_f, *f;
	struct fib_info *fi;
	struct fn_zone *fz;
	int err;

	if (cfg->fc_dst_len > 32 || (cfg->fc_dst & ~inet_make_mask(cfg->fc_dst_len)))
		return -EINVAL;
	fz = table->fn_zones[cfg->fc_dst_len];
	if (!fz)
		fz = fn_new_zone(table, cfg->fc_dst_len);
	if (!fz)
		return -ENOBUFS;
	fi = fib_create_info(cfg, &err);
	if (!fi)
		return err;
	f = fn_find(fz, cfg, cfg->fc_dst, fi);
	err = -EEXIST;
	if (f && ((cfg->fc_nlflags & NLM_F_EXCL) || f->fn_info == fi))
		goto out;
	f = fn_find_priority(fz, cfg->fc_dst, fi->fib_priority);
	if (f && (cfg->fc_nlflags & NLM_F_REPLACE))
		return fn_replace(tb, fz, f, cfg, fi);
	err = -ENOENT;
	if (!(cfg->fc_nlflags & NLM_F_CREATE))
		goto out;
	err = -ENOBUFS;
	new_f = kmem_cache_alloc(fn_hash_kmem, SLAB_KERNEL);
	if (!new_f)
		goto out;
	new_f->fn_key = cfg->fc_dst;
	new_f->fn_type = cfg->fc_type;
	new_f->fn_scope = cfg->fc_scope;
	new_f->fn_info = fi;
	write_lock_bh(&fib_hash_lock);
	fn_insert_sorted(fz, new_f);
	write_unlock_bh(&fib_hash_lock);
	rt_cache_flush(-1);
	rtmsg_fib(RTM_NEWROUTE, tb, fz, new_f);
	return 0;

out:
	fib_release_info(fi);
	return err;
}

static void fn_remove(struct fn_zone *fz, struct fib_node *f)
{
	write_lock_bh(&fib_hash_lock);
	hlist_del(&f->fn_hash);
	fz->fz_nent--;
	write_unlock_bh(&fib_hash_lock);
	fib_release_info(f->fn_info);
	kmem_cache_free(fn_hash_kmem, f);
}

static int fn_hash_delete(struct fib_table *tb, struct fib_config *cfg)
{
	struct fn_hash *table = tb->tb_data;
	struct fib_node *f = NULL;
	struct fn_zone *fz;

	if (cfg->fc_dst_len > 32)
		return -EINVAL;
	fz = table->fn_zones[cfg->fc_dst_len];
	if (fz)
		f = fn_find(fz, cfg, cfg->fc_dst, NULL);
	if (!f)
		return -ESRCH;
	rtmsg_fib(RTM_DELROUTE, tb, fz, f);
	fn_remove(fz, f);
	rt_cache_flush(-1);
	return 0;
}

/* Routes that are marked as dead go. */
static int fn_hash_flush(struct fib_table *tb)
{
	struct fn_hash *table = tb->tb_data;
	struct hlist_node *node, *n;
	struct fn_zone *fz;
	struct fib_node *f;
	int i, found = 0;

	for (fz = table->fn_zone_list; fz; fz = fz->fz_next) {
		for (i = 0; i < FN_ZONE_SIZE; i++) {
			hlist_for_each_entry_safe(f, node, n, &fz->fz_hash[i], fn_hash) {
				if (!(f->fn_info->fib_flags & RTNH_F_DEAD))
					continue;
				fn_remove(fz, f);
				found++;
			}
		}
	}
	return found;
}

/* args[1]: how many were told already. */
static int fn_hash_dump(struct fib_table *tb, struct sk_buff *skb, struct netlink_callback *cb)
{
	struct fn_hash *table = tb->tb_data;
	struct hlist_node *node;
	struct fn_zone *fz;
	struct fib_node *f;
	int i, idx = 0, full = 0;

	read_lock(&fib_hash_lock);
	for (fz = table->fn_zone_list; fz && !full; fz = fz->fz_next) {
		for (i = 0; i < FN_ZONE_SIZE && !full; i++) {
			hlist_for_each_entry(f, node, &fz->fz_hash[i], fn_hash) {
				if (idx++ < cb->args[1])
					continue;
				full = fib_dump_info(skb, NETLINK_CB(cb->skb).pid,
						     cb->nlh->nlmsg_seq, RTM_NEWROUTE, tb->tb_id,
						     f->fn_type, f->fn_scope, f->fn_key,
						     fz->fz_order, f->fn_info, NLM_F_MULTI);
				if (full) {
					idx--;
					break;
				}
			}
		}
	}
	read_unlock(&fib_hash_lock);
	cb->args[1] = idx;
	return full ? -1 : 0;
}

#ifdef CONFIG_PROC_FS
/* Bits of the flags in /proc/net/route. */
#define RTF_UP		1
#define RTF_GATEWAY	2
#define RTF_HOST	4
#define RTF_REJECT	0x200

static void fib_seq_node(struct seq_file *seq, struct fn_zone *fz, struct fib_node *f)
{
	struct fib_info *fi = f->fn_info;
	unsigned int flags = RTF_UP | (fi->fib_nh[0].nh_gw ? RTF_GATEWAY : 0) |
			     (fz->fz_mask == 0xffffffff ? RTF_HOST : 0) |
			     (fib_props_error[f->fn_type] ? RTF_REJECT : 0);

	seq_printf(seq, "%s\t%08X\t%08X\t%04X\t%d\t%u\t%d\t%08X\t%d\t%u\t%u\n",
		   fi->fib_dev ? fi->fib_dev->name : "*", f->fn_key, fi->fib_nh[0].nh_gw, flags,
		   0, 0, fi->fib_priority, fz->fz_mask, 0, 0, 0);
}

/* The routes of a table as lines of /proc/net/route. */
void fib_seq_table(struct fib_table *tb, void *seq)
{
	struct fn_hash *table = tb->tb_data;
	struct hlist_node *node;
	struct fn_zone *fz;
	struct fib_node *f;
	int i;

	read_lock(&fib_hash_lock);
	for (fz = table->fn_zone_list; fz; fz = fz->fz_next)
		for (i = 0; i < FN_ZONE_SIZE; i++)
			hlist_for_each_entry(f, node, &fz->fz_hash[i], fn_hash)
				if (f->fn_type != RTN_BROADCAST && f->fn_type != RTN_MULTICAST)
					fib_seq_node(seq, fz, f);
	read_unlock(&fib_hash_lock);
}
#endif

struct fib_table *fib_hash_init(int id)
{
	struct fib_table *tb = kmalloc(sizeof(*tb), GFP_KERNEL);
	struct fn_hash *table;

	if (!fn_hash_kmem)
		fn_hash_kmem = kmem_cache_create("ip_fib_hash", sizeof(struct fib_node), 0,
						 SLAB_HWCACHE_ALIGN | SLAB_PANIC, NULL, NULL);
	if (!tb)
		return NULL;
	tb->tb_id = id;
	tb->tb_lookup = fn_hash_lookup;
	tb->tb_insert = fn_hash_insert;
	tb->tb_delete = fn_hash_delete;
	tb->tb_flush = fn_hash_flush;
	tb->tb_dump = fn_hash_dump;
	table = kzalloc(sizeof(*table), GFP_KERNEL);
	if (!table) {
		kfree(tb);
		return NULL;
	}
	tb->tb_data = table;
	return tb;
}
