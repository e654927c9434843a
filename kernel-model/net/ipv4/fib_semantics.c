// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a route says besides its destination: struct fib_info, of which routes
 * that say the same share one.
 */
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <net/ip.h>
#include <net/ip_fib.h>

#define FIB_INFO_HASH_SIZE	64

static struct hlist_head fib_info_hash[FIB_INFO_HASH_SIZE];
static struct hlist_head fib_info_laddrhash[FIB_INFO_HASH_SIZE];
static unsigned int fib_info_cnt;
static DEFINE_RWLOCK(fib_info_lock);

static unsigned int fib_info_hashfn(const struct fib_info *fi)
{
	return jhash_3words(fi->fib_protocol ^ fi->fib_nh[0].nh_oif, fi->fib_prefsrc,
			    fi->fib_priority, 0) % FIB_INFO_HASH_SIZE;
}

static struct hlist_head *fib_laddr_bucket(u32 local)
{
	return &fib_info_laddrhash[jhash_1word(local, 0) % FIB_INFO_HASH_SIZE];
}

/* The last reference is gone, and it has left the tables before. */
void free_fib_info(struct fib_info *fi)
{
	if (WARN_ON(!fi->fib_dead))
		return;
	if (fi->fib_dev)
		dev_put(fi->fib_dev);
	fi->fib_dev = NULL;
	fib_info_cnt--;
	kfree(fi);
}

/* A route does not use it any more. */
void fib_release_info(struct fib_info *fi)
{
	write_lock(&fib_info_lock);
	if (fi && --fi->fib_treeref == 0) {
		hlist_del(&fi->fib_hash);
		if (fi->fib_prefsrc)
			hlist_del(&fi->fib_lhash);
		fi->fib_dead = 1;
		fib_info_put(fi);
	}
	write_unlock(&fib_info_lock);
}

static int nh_equal(const struct fib_nh *a, const struct fib_nh *b)
{
	return a->nh_oif == b->nh_oif && a->nh_gw == b->nh_gw && a->nh_scope == b->nh_scope &&
	       !((a->nh_flags ^ b->nh_flags) & ~RTNH_F_DEAD);
}

static struct fib_info *fib_find_info(const struct fib_info *nfi)
{
	struct hlist_node *node;
	struct fib_info *fi;

	hlist_for_each_entry(fi, node, &fib_info_hash[fib_info_hashfn(nfi)], fib_hash)
		if (fi->fib_protocol == nfi->fib_protocol && fi->fib_prefsrc == nfi->fib_prefsrc &&
		    fi->fib_priority == nfi->fib_priority &&
		    nh_equal(&fi->fib_nh[0], &nfi->fib_nh[0]))
			return fi;
	return NULL;
}

/* A gateway must be a neighbour: the way to it shows the device. */
static int fib_check_gateway(const struct fib_config *cfg, struct fib_nh *nh)
{
	struct flowi fl = {
		.fl4_dst = nh->nh_gw,
		.oif = nh->nh_oif,
		.fl4_scope = max_t(int, cfg->fc_scope + 1, RT_SCOPE_LINK),
	};
	struct fib_result res = { .fi = NULL };
	int err;

	if (cfg->fc_scope >= RT_SCOPE_LINK)
		return -EINVAL;
	err = fib_lookup(&fl, &res);
	if (err)
		return err;
	err = -EINVAL;
	if (res.type != RTN_UNICAST && res.type != RTN_LOCAL)
		goto out;
	nh->nh_scope = res.scope;
	nh->nh_oif = FIB_RES_DEV(res)->ifindex;
	nh->nh_dev = FIB_RES_DEV(res);
	dev_hold(nh->nh_dev);
	err = nh->nh_dev->flags & IFF_UP ? 0 : -ENETDOWN;
out:
	fib_res_put(&res);
	return err;
}

static int fib_check_nh(const struct fib_config *cfg, struct fib_nh *nh)
{
	struct net_device *dev;

	if (nh->nh_gw)
		return fib_check_gateway(cfg, nh);
	dev = dev_get_by_index(nh->nh_oif);
	if (!dev)
		return -ENODEV;
	nh->nh_dev = dev;
	nh->nh_scope = RT_SCOPE_HOST;
	return dev->flags & IFF_UP ? 0 : -ENETDOWN;
}

/* Types of routes that lead to no device. */
static int fib_type_is_error(u8 type)
{
	return type == RTN_BLACKHOLE || type == RTN_UNREACHABLE || type == RTN_PROHIBIT ||
	       type == RTN_THROW;
}

static int fib_fill_info(struct fib_info *fi, const struct fib_config *cfg)
{
	struct fib_nh *nh = &fi->fib_nh[0];
	int err;

	fi->fib_protocol = cfg->fc_protocol;
	fi->fib_priority = cfg->fc_priority;
	fi->fib_prefsrc = cfg->fc_prefsrc;
	nh->nh_oif = cfg->fc_oif;
	nh->nh_gw = cfg->fc_gw;
	if (fib_type_is_error(cfg->fc_type))
		return cfg->fc_gw || cfg->fc_oif ? -EINVAL : 0;
	if (cfg->fc_scope > RT_SCOPE_HOST)
		return -EINVAL;
	if (cfg->fc_scope == RT_SCOPE_HOST) {
		if (nh->nh_gw)
			return -EINVAL;
		nh->nh_scope = RT_SCOPE_NOWHERE;
		nh->nh_dev = dev_get_by_index(nh->nh_oif);
		return nh->nh_dev ? 0 : -ENODEV;
	}
	err = fib_check_nh(cfg, nh);
	if (err)
		return err;
	if (fi->fib_prefsrc && !(cfg->fc_type == RTN_LOCAL && cfg->fc_dst == fi->fib_prefsrc) &&
	    inet_addr_type(fi->fib_prefsrc) != RTN_LOCAL)
		return -EINVAL;
	return 0;
}

/**
 * fib_create_info - the information for a route, new or shared
 * @cfg: the route
 * @err: why NULL is returned
 */
struct fib_info *fib_create_info(const struct fib_config *cfg, int *err)
{
	struct fib_info *fi = kzalloc(sizeof(*fi), GFP_KERNEL), *ofi;

	*err = -ENOBUFS;
	if (!fi)
		return NULL;
	fib_info_cnt++;
	*err = fib_fill_info(fi, cfg);
	ofi = *err ? NULL : fib_find_info(fi);
	if (*err || ofi) {
		fi->fib_dead = 1;
		free_fib_info(fi);
		if (ofi)
			ofi->fib_treeref++;
		return ofi;
	}
	fi->fib_treeref++;
	atomic_inc(&fi->fib_clntref);
	write_lock(&fib_info_lock);
	hlist_add_head(&fi->fib_hash, &fib_info_hash[fib_info_hashfn(fi)]);
	if (fi->fib_prefsrc)
		hlist_add_head(&fi->fib_lhash, fib_laddr_bucket(fi->fib_prefsrc));
	write_unlock(&fib_info_lock);
	return fi;
}

/* 0 if the request to delete means this one. */
int fib_nh_match(const struct fib_config *cfg, const struct fib_info *fi)
{
	if (cfg->fc_priority && cfg->fc_priority != fi->fib_priority)
		return 1;
	if (cfg->fc_oif && cfg->fc_oif != fi->fib_nh[0].nh_oif)
		return 1;
	return cfg->fc_gw && cfg->fc_gw != fi->fib_nh[0].nh_gw;
}

u32 __fib_res_prefsrc(struct fib_result *res)
{
	return inet_select_addr(FIB_RES_DEV(*res), FIB_RES_GW(*res), res->scope);
}

/**
 * fib_sync_down - routes that cannot work any more are marked
 * @local: those that send from this address
 * @dev: or lead to this device
 * @force: also those of local addresses
 *
 * Returns how many there are.
 */
int fib_sync_down(u32 local, struct net_device *dev, int force)
{
	struct hlist_node *node;
	struct fib_info *fi;
	int ret = 0, i;

	if (local) {
		hlist_for_each_entry(fi, node, fib_laddr_bucket(local), fib_lhash) {
			if (fi->fib_prefsrc == local) {
				fi->fib_flags |= RTNH_F_DEAD;
				ret++;
			}
		}
	}
	for (i = 0; dev && i < FIB_INFO_HASH_SIZE; i++) {
		hlist_for_each_entry(fi, node, &fib_info_hash[i], fib_hash) {
			if (fi->fib_dev != dev || (fi->fib_flags & RTNH_F_DEAD) ||
			    (!force && fi->fib_nh[0].nh_scope == RT_SCOPE_NOWHERE))
				continue;
			fi->fib_flags |= RTNH_F_DEAD;
			fi->fib_nh[0].nh_flags |= RTNH_F_DEAD;
			ret++;
		}
	}
	return ret;
}

int fib_dump_info(struct sk_buff *skb, u32 pid, u32 seq, int event, u8 tb_id, u8 type, u8 scope,
		  u32 dst, int dst_len, struct fib_info *fi, unsigned int flags)
{
	struct nlmsghdr *nlh = nlmsg_put(skb, pid, seq, event, sizeof(struct rtmsg), flags);
	struct rtmsg *rtm;

	if (!nlh)
		return -1;
	rtm = nlmsg_data(nlh);
	memset(rtm, 0, sizeof(*rtm));
	rtm->rtm_family = AF_INET;
	rtm->rtm_dst_len = dst_len;
	rtm->rtm_table = tb_id;
	rtm->rtm_type = type;
	rtm->rtm_flags = fi->fib_flags;
	rtm->rtm_scope = scope;
	rtm->rtm_protocol = fi->fib_protocol;
	if ((dst_len && rta_put_u32(skb, RTA_DST, dst)) ||
	    (fi->fib_priority && rta_put_u32(skb, RTA_PRIORITY, fi->fib_priority)) ||
	    (fi->fib_prefsrc && rta_put_u32(skb, RTA_PREFSRC, fi->fib_prefsrc)) ||
	    (fi->fib_nh[0].nh_gw && rta_put_u32(skb, RTA_GATEWAY, fi->fib_nh[0].nh_gw)) ||
	    (fi->fib_nh[0].nh_oif && rta_put_u32(skb, RTA_OIF, fi->fib_nh[0].nh_oif))) {
		nlmsg_cancel(skb, nlh);
		return -1;
	}
	nlmsg_end(skb, nlh);
	return 0;
}
