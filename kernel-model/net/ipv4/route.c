// SPDX-License-Identifier: GPL-2.0-only
/*
 * The cache of routes.  Each answer of the routing tables is kept, under the
 * whole question, until the tables change; the cache is cut back when it has
 * more entries than gc_thresh, and refuses new ones at max_size.
 */
#include <linux/icmp.h>
#include <linux/inetdevice.h>
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/sysctl.h>
#include <net/ip.h>
#include <net/ip_fib.h>

struct rt_hash_bucket {
	struct rtable *chain;
	/* guards the chain */
	spinlock_t lock;
};

static struct rt_hash_bucket *rt_hash_table;
static unsigned int rt_hash_mask;
static unsigned int rt_hash_rnd = 1;

static DEFINE_PER_CPU(struct rt_cache_stat, rt_cache_stat);

#define RT_CACHE_STAT_INC(field)	(__get_cpu_var(rt_cache_stat).field++)

static int ip_rt_min_delay = 2 * HZ;
static int ip_rt_max_delay = 10 * HZ;
int ip_rt_max_size;
static int ip_rt_gc_timeout = 300 * HZ;
static int ip_rt_gc_min_interval = HZ / 2;
static int ip_rt_redirect_load = HZ / 50;
static int ip_rt_redirect_number = 9;
static int ip_rt_redirect_silence = (HZ / 50) << (9 + 1);

static void rt_run_flush(unsigned long dummy);

static DEFINE_TIMER(rt_flush_timer, rt_run_flush, 0, 0);
static DEFINE_SPINLOCK(rt_flush_lock);

static struct dst_entry *ipv4_dst_check(struct dst_entry *dst, u32 cookie);
static void ipv4_dst_destroy(struct dst_entry *dst);
static void ipv4_dst_ifdown(struct dst_entry *dst, struct net_device *dev, int how);
static void ipv4_link_failure(struct sk_buff *skb);
static int rt_garbage_collect(void);

static struct dst_ops ipv4_dst_ops = {
	.family = AF_INET,
	.protocol = ETH_P_IP,
	.gc = rt_garbage_collect,
	.check = ipv4_dst_check,
	.destroy = ipv4_dst_destroy,
	.ifdown = ipv4_dst_ifdown,
	.link_failure = ipv4_link_failure,
	.entry_size = sizeof(struct rtable),
};

static struct rt_hash_bucket *rt_bucket(const struct flowi *fl)
{
	return &rt_hash_table[jhash_3words(fl->fl4_dst, fl->fl4_src, fl->oif ^ fl->iif << 5,
					   rt_hash_rnd) & rt_hash_mask];
}

static int compare_keys(const struct flowi *a, const struct flowi *b)
{
	return a->fl4_dst == b->fl4_dst && a->fl4_src == b->fl4_src && a->oif == b->oif &&
	       a->iif == b->iif && a->fl4_tos == b->fl4_tos;
}

static void rt_free(struct rtable *rt)
{
	dst_free(&rt->u.dst);
}

/* Empties the cache; what is in use lives on outside of it. */
static void rt_run_flush(unsigned long dummy)
{
	struct rtable *rth, *next;
	int i;

	rt_hash_rnd++;
	for (i = rt_hash_mask; i >= 0; i--) {
		spin_lock_bh(&rt_hash_table[i].lock);
		rth = rt_hash_table[i].chain;
		rt_hash_table[i].chain = NULL;
		spin_unlock_bh(&rt_hash_table[i].lock);
		for (; rth; rth = next) {
			next = rth->u.rt_next;
			rt_free(rth);
		}
	}
}

/**
 * rt_cache_flush - the answers in the cache may be wrong now
 * @delay: how long that may be borne, in jiffies; -1 for the usual time
 *
 * Many changes in a row so cost one flush.
 */
void rt_cache_flush(int delay)
{
	int user_mode = !in_softirq();

	if (delay < 0)
		delay = user_mode ? 0 : ip_rt_min_delay;
	spin_lock_bh(&rt_flush_lock);
	del_timer(&rt_flush_timer);
	if (delay > ip_rt_max_delay)
		delay = ip_rt_max_delay;
	if (delay)
		mod_timer(&rt_flush_timer, jiffies + delay);
	spin_unlock_bh(&rt_flush_lock);
	if (!delay)
		rt_run_flush(0);
}

/* Frees entries of a bucket that nobody uses and that have lain for @expire. */
static int rt_gc_bucket(struct rt_hash_bucket *bucket, unsigned long expire)
{
	struct rtable **rthp = &bucket->chain, *rth;
	int freed = 0;

	spin_lock_bh(&bucket->lock);
	while ((rth = *rthp) != NULL) {
		if (atomic_read(&rth->u.dst.__refcnt) ||
		    !time_after_eq(jiffies, rth->u.dst.lastuse + expire)) {
			rthp = &rth->u.rt_next;
			continue;
		}
		*rthp = rth->u.rt_next;
		rt_free(rth);
		freed++;
	}
	spin_unlock_bh(&bucket->lock);
	return freed;
}

/* Called when a new entry is wanted and there are more than gc_thresh.  Looks
 * for old entries first, then for younger ones; returns 1 when there is no room.
 */
static int rt_garbage_collect(void)
{
	static unsigned long last_gc;
	unsigned long expire = ip_rt_gc_timeout;
	int goal, i;

	RT_CACHE_STAT_INC(gc_total);
	if (last_gc && jiffies - last_gc < ip_rt_gc_min_interval &&
	    atomic_read(&ipv4_dst_ops.entries) < ip_rt_max_size) {
		RT_CACHE_STAT_INC(gc_ignored);
		return 0;
	}
	last_gc = jiffies;
	goal = atomic_read(&ipv4_dst_ops.entries) - ipv4_dst_ops.gc_thresh / 2;
	for (;; expire >>= 1) {
		for (i = 0; i <= rt_hash_mask && goal > 0; i++)
			goal -= rt_gc_bucket(&rt_hash_table[i], expire);
		if (goal <= 0 || !expire)
			break;
	}
	if (goal > 0)
		RT_CACHE_STAT_INC(gc_goal_miss);
	if (atomic_read(&ipv4_dst_ops.entries) < ip_rt_max_size)
		return 0;
	if (printk_ratelimit())
		printk(KERN_WARNING "dst cache overflow\n");
	RT_CACHE_STAT_INC(gc_dst_overflow);
	return 1;
}

/* Puts a new route into the cache, or finds that it is there by now. */
static int rt_intern_hash(struct rtable *rt, struct rtable **rp)
{
	struct rt_hash_bucket *bucket = rt_bucket(&rt->fl);
	struct rtable *rth;
	int err;

	rt->u.dst.lastuse = jiffies;
	if (rt->rt_type == RTN_UNICAST || !rt->fl.iif) {
		err = arp_bind_neighbour(&rt->u.dst);
		if (err) {
			dst_destroy(&rt->u.dst);
			return err;
		}
	}
	spin_lock_bh(&bucket->lock);
	for (rth = bucket->chain; rth; rth = rth->u.rt_next)
		if (compare_keys(&rth->fl, &rt->fl))
			break;
	if (!rth) {
		rt->u.rt_next = bucket->chain;
		bucket->chain = rt;
		rth = rt;
	}
	dst_hold(&rth->u.dst);
	rth->u.dst.__use++;
	spin_unlock_bh(&bucket->lock);
	if (rth != rt)
		dst_destroy(&rt->u.dst);
	*rp = rth;
	return 0;
}

static struct rtable *rt_cache_find(const struct flowi *fl)
{
	struct rt_hash_bucket *bucket = rt_bucket(fl);
	struct rtable *rth;

	rcu_read_lock_bh();
	for (rth = bucket->chain; rth; rth = rth->u.rt_next) {
		if (!compare_keys(&rth->fl, fl))
			continue;
		rth->u.dst.lastuse = jiffies;
		dst_hold(&rth->u.dst);
		rth->u.dst.__use++;
		break;
	}
	rcu_read_unlock_bh();
	return rth;
}

static struct dst_entry *ipv4_dst_check(struct dst_entry *dst, u32 cookie)
{
	return NULL;
}

static void ipv4_dst_destroy(struct dst_entry *dst)
{
	struct rtable *rt = (struct rtable *)dst;

	if (rt->idev)
		in_dev_put(rt->idev);
	rt->idev = NULL;
}

static void ipv4_dst_ifdown(struct dst_entry *dst, struct net_device *dev, int how)
{
	struct rtable *rt = (struct rtable *)dst;
	struct in_device *idev = rt->idev;

	if (dev == &loopback_dev || !idev || idev->dev != dev || !how)
		return;
	rt->idev = in_dev_get(&loopback_dev);
	in_dev_put(idev);
}

static void ipv4_link_failure(struct sk_buff *skb)
{
	icmp_send(skb, ICMP_DEST_UNREACH, ICMP_HOST_UNREACH, 0);
}

/* The sender learns that there is no way. */
static int ip_error(struct sk_buff *skb)
{
	int code = -1;

	if (skb->dst->error == EHOSTUNREACH)
		code = ICMP_HOST_UNREACH;
	else if (skb->dst->error == ENETUNREACH)
		code = ICMP_NET_UNREACH;
	else if (skb->dst->error == EACCES)
		code = ICMP_PKT_FILTERED;
	if (code >= 0)
		icmp_send(skb, ICMP_DEST_UNREACH, code, 0);
	kfree_skb(skb);
	return 0;
}

/* Each time the wait doubles; who does not listen at all is given up, until he was
 * silent for a while.
 */
static int rt_redirect_due(struct dst_entry *dst)
{
	if (time_after(jiffies, dst->rate_last + ip_rt_redirect_silence))
		dst->rate_tokens = 0;
	if (dst->rate_tokens >= ip_rt_redirect_number) {
		dst->rate_last = jiffies;
		return 0;
	}
	if (dst->rate_tokens &&
	    !time_after(jiffies, dst->rate_last + (ip_rt_redirect_load << dst->rate_tokens)))
		return 0;
	dst->rate_last = jiffies;
	dst->rate_tokens++;
	return 1;
}

/**
 * ip_rt_send_redirect - tell a sender of the shorter way
 * @skb: his packet, which leaves by the device by which it came
 */
void ip_rt_send_redirect(struct sk_buff *skb)
{
	struct rtable *rt = (struct rtable *)skb->dst;
	struct in_device *in_dev = in_dev_get(rt->u.dst.dev);

	if (!in_dev)
		return;
	if (IN_DEV_TX_REDIRECTS(in_dev) && rt_redirect_due(&rt->u.dst))
		icmp_send(skb, ICMP_REDIRECT, ICMP_REDIR_HOST, ntohl(rt->rt_gateway));
	in_dev_put(in_dev);
}

static struct rtable *rt_new(const struct flowi *key, struct net_device *dev, u32 dst, u32 src,
			     int type, unsigned int flags)
{
	struct rtable *rth = dst_alloc(&ipv4_dst_ops);

	if (!rth)
		return NULL;
	rth->fl = *key;
	rth->rt_dst = dst;
	rth->rt_src = src;
	rth->rt_gateway = dst;
	rth->rt_type = type;
	rth->rt_flags = flags;
	rth->rt_iif = key->iif ? key->iif : dev->ifindex;
	rth->u.dst.dev = dev;
	dev_hold(dev);
	rth->idev = in_dev_get(dev);
	return rth;
}

static int ip_mkroute_output(struct rtable **rp, const struct flowi *key, struct net_device *dev,
			     struct fib_result *res, u32 dst, u32 src)
{
	unsigned int flags = 0;
	struct rtable *rth;

	if (res->type == RTN_BROADCAST)
		flags |= RTCF_BROADCAST | RTCF_LOCAL;
	if (res->type == RTN_LOCAL)
		flags |= RTCF_LOCAL;
	rth = rt_new(key, dev, dst, src, res->type, flags);
	if (!rth)
		return -ENOBUFS;
	rth->u.dst.output = ip_output;
	if (flags & RTCF_LOCAL)
		rth->u.dst.input = ip_local_deliver;
	rth->rt_spec_dst = flags & RTCF_LOCAL ? dst : src;
	if (res->type == RTN_UNICAST && res->fi && FIB_RES_GW(*res))
		rth->rt_gateway = FIB_RES_GW(*res);
	return rt_intern_hash(rth, rp);
}

/* Checks a source address that was asked for. */
static int ip_check_source(u32 src)
{
	struct net_device *dev;

	if (MULTICAST(src) || BADCLASS(src) || ZERONET(src))
		return -EINVAL;
	dev = ip_dev_find(src);
	if (!dev)
		return -EINVAL;
	dev_put(dev);
	return 0;
}

static int ip_route_output_slow(struct rtable **rp, const struct flowi *oldflp)
{
	struct flowi fl = *oldflp;
	struct fib_result res = { .fi = NULL };
	struct net_device *dev = NULL;
	int err;

	RT_CACHE_STAT_INC(out_slow_tot);
	if (fl.fl4_src) {
		err = ip_check_source(fl.fl4_src);
		if (err)
			return err;
	}
	if (fl.oif) {
		dev = dev_get_by_index(fl.oif);
		if (!dev)
			return -ENODEV;
		err = -ENODEV;
		if (!__in_dev_get(dev))
			goto out;
	}
	if (!fl.fl4_dst) {
		fl.fl4_dst = fl.fl4_src ? fl.fl4_src : htonl(INADDR_LOOPBACK);
		fl.oif = 0;
	}
	if (fl.fl4_dst == 0xffffffff && dev) {
		res.type = RTN_BROADCAST;
		if (!fl.fl4_src)
			fl.fl4_src = inet_select_addr(dev, 0, RT_SCOPE_LINK);
		err = ip_mkroute_output(rp, oldflp, dev, &res, fl.fl4_dst, fl.fl4_src);
		goto out;
	}
	err = fib_lookup(&fl, &res);
	if (err) {
		res.fi = NULL;
		goto out;
	}
	if (res.type == RTN_LOCAL) {
		if (!fl.fl4_src)
			fl.fl4_src = res.fi->fib_prefsrc ? res.fi->fib_prefsrc : fl.fl4_dst;
		if (dev)
			dev_put(dev);
		dev = &loopback_dev;
		dev_hold(dev);
	} else {
		if (!fl.fl4_src)
			fl.fl4_src = FIB_RES_PREFSRC(res);
		if (dev)
			dev_put(dev);
		dev = FIB_RES_DEV(res);
		dev_hold(dev);
	}
	err = ip_mkroute_output(rp, oldflp, dev, &res, fl.fl4_dst, fl.fl4_src);
	fib_res_put(&res);
out:
	if (dev)
		dev_put(dev);
	return err;
}

/* The way for a packet that we send, with a reference. */
int ip_route_output_key(struct rtable **rp, const struct flowi *flp)
{
	struct flowi key = *flp;

	key.iif = 0;
	key.fl4_tos = flp->fl4_tos & 0x1e;
	*rp = rt_cache_find(&key);
	if (*rp) {
		RT_CACHE_STAT_INC(out_hit);
		return 0;
	}
	return ip_route_output_slow(rp, &key);
}
EXPORT_SYMBOL(ip_route_output_key);

int ip_route_output_flow(struct rtable **rp, struct flowi *flp, struct sock *sk, int flags)
{
	int err = ip_route_output_key(rp, flp);

	if (err)
		return err;
	/* Now that the addresses are known. */
	if (!flp->fl4_src)
		flp->fl4_src = (*rp)->rt_src;
	if (!flp->fl4_dst)
		flp->fl4_dst = (*rp)->rt_dst;
	return 0;
}
EXPORT_SYMBOL(ip_route_output_flow);

/* The next hop is on the link from which the sender, too, could reach it. */
static int ip_same_link(struct in_device *in_dev, u32 sender, u32 gateway)
{
	struct in_ifaddr *ifa;

	if (IN_DEV_SHARED_MEDIA(in_dev))
		return 1;
	for (ifa = in_dev->ifa_list; ifa; ifa = ifa->ifa_next)
		if (inet_ifa_match(sender, ifa) && (!gateway || inet_ifa_match(gateway, ifa)))
			return 1;
	return 0;
}

/* Sets up how a packet from @key->iif to @key->fl4_dst goes on; its sender is a
 * neighbour if @direct.
 */
static int ip_mkroute_input(struct sk_buff *skb, const struct flowi *key, struct in_device *in_dev,
			    struct fib_result *res, int err, int direct)
{
	int local = !err && (res->type == RTN_LOCAL || res->type == RTN_BROADCAST);
	struct net_device *dev = local || err ? &loopback_dev : FIB_RES_DEV(*res);
	int forward = !local && !err && IN_DEV_FORWARD(in_dev);
	struct rtable *rth;

	rth = rt_new(key, local ? &loopback_dev : dev, key->fl4_dst, key->fl4_src,
		     err ? RTN_UNREACHABLE : res->type, local ? RTCF_LOCAL : 0);
	if (!rth)
		return -ENOBUFS;
	rth->rt_spec_dst = key->fl4_dst;
	if (local) {
		rth->u.dst.input = ip_local_deliver;
	} else if (forward) {
		rth->u.dst.input = ip_forward;
		rth->u.dst.output = ip_output;
		if (FIB_RES_GW(*res))
			rth->rt_gateway = FIB_RES_GW(*res);
		if (direct && dev == in_dev->dev &&
		    ip_same_link(in_dev, key->fl4_src, FIB_RES_GW(*res)))
			rth->rt_flags |= RTCF_DOREDIRECT;
	} else {
		rth->u.dst.input = ip_error;
		rth->u.dst.error = err ? -err : EHOSTUNREACH;
		rth->rt_type = RTN_UNREACHABLE;
	}
	err = rt_intern_hash(rth, &rth);
	if (!err)
		skb->dst = &rth->u.dst;
	return err;
}

static void martian(const char *what, u32 addr, struct in_device *in_dev)
{
	RT_CACHE_STAT_INC(in_martian_src);
	if (in_dev->cnf.log_martians && printk_ratelimit())
		printk(KERN_WARNING "martian %s %u.%u.%u.%u from %s\n", what, NIPQUAD(addr),
		       in_dev->dev->name);
}

/* Addresses that no packet from outside has, whatever the routes are. */
static int ip_check_addresses(const struct flowi *key, struct in_device *in_dev)
{
	u32 src = key->fl4_src, dst = key->fl4_dst;

	if (MULTICAST(src) || BADCLASS(src) || LOOPBACK(src)) {
		martian("source", src, in_dev);
		return -EINVAL;
	}
	if (dst == 0xffffffff || (!src && !dst))
		return 0;
	if (ZERONET(src)) {
		martian("source", src, in_dev);
		return -EINVAL;
	}
	if (BADCLASS(dst) || ZERONET(dst) || LOOPBACK(dst)) {
		martian("destination", dst, in_dev);
		return -EINVAL;
	}
	return 0;
}

static int ip_route_input_slow(struct sk_buff *skb, const struct flowi *key,
			       struct net_device *dev)
{
	struct in_device *in_dev = in_dev_get(dev);
	struct fib_result res = { .fi = NULL };
	struct flowi fl = *key;
	int err, oif, direct = 0;

	RT_CACHE_STAT_INC(in_slow_tot);
	if (!in_dev)
		return -EINVAL;
	err = ip_check_addresses(key, in_dev);
	if (err)
		goto out;
	fl.oif = 0;
	err = fib_lookup(&fl, &res);
	if (key->fl4_dst == 0xffffffff && err) {
		res.type = RTN_BROADCAST;
		res.fi = NULL;
		err = 0;
	}
	/* For others, but this machine keeps what it gets. */
	if ((err || (res.type != RTN_LOCAL && res.type != RTN_BROADCAST)) &&
	    !IN_DEV_FORWARD(in_dev)) {
		err = err ? err : -EINVAL;
		fib_res_put(&res);
		goto out;
	}
	oif = err || res.type == RTN_LOCAL || res.type == RTN_BROADCAST ?
	      loopback_dev.ifindex : FIB_RES_DEV(res)->ifindex;
	if (!err && !ZERONET(key->fl4_src))
		direct = fib_validate_source(key->fl4_src,
					     res.type == RTN_BROADCAST ? 0 : key->fl4_dst,
					     key->fl4_tos, oif, dev);
	if (direct < 0) {
		martian("source", key->fl4_src, in_dev);
		err = -EINVAL;
		fib_res_put(&res);
		goto out;
	}
	err = ip_mkroute_input(skb, key, in_dev, &res, err, direct);
	fib_res_put(&res);
out:
	in_dev_put(in_dev);
	return err;
}

/* The way for a packet that came in by @dev. */
int ip_route_input(struct sk_buff *skb, u32 dst, u32 src, u8 tos, struct net_device *dev)
{
	struct flowi key = { .fl4_dst = dst, .fl4_src = src, .iif = dev->ifindex,
			     .fl4_tos = tos & 0x1e };
	struct rtable *rth = rt_cache_find(&key);

	if (!rth)
		return ip_route_input_slow(skb, &key, dev);
	RT_CACHE_STAT_INC(in_hit);
	skb->dst = &rth->u.dst;
	return 0;
}
EXPORT_SYMBOL(ip_route_input);

#ifdef CONFIG_PROC_FS
static int rt_cache_seq_show(struct seq_file *seq, void *v)
{
	struct rtable *r;
	int i;

	seq_puts(seq, "Iface\tDestination\tGateway \tFlags\t\tRefCnt\tUse\tSource\n");
	for (i = 0; i <= rt_hash_mask; i++) {
		spin_lock_bh(&rt_hash_table[i].lock);
		for (r = rt_hash_table[i].chain; r; r = r->u.rt_next)
			seq_printf(seq, "%s\t%08X\t%08X\t%8X\t%d\t%u\t%08X\n",
				   r->u.dst.dev ? r->u.dst.dev->name : "*", r->rt_dst,
				   r->rt_gateway, r->rt_flags, atomic_read(&r->u.dst.__refcnt),
				   r->u.dst.__use, r->rt_src);
		spin_unlock_bh(&rt_hash_table[i].lock);
	}
	return 0;
}

static int rt_cpu_seq_show(struct seq_file *seq, void *v)
{
	struct rt_cache_stat *st;
	int cpu;

	seq_puts(seq, "entries  in_hit in_slow_tot in_martian_src out_hit out_slow_tot ");
	seq_puts(seq, "gc_total gc_ignored gc_goal_miss gc_dst_overflow\n");
	for_each_cpu(cpu) {
		st = &per_cpu(rt_cache_stat, cpu);
		seq_printf(seq, "%08x %08x %08x %08x %08x %08x %08x %08x %08x %08x\n",
			   atomic_read(&ipv4_dst_ops.entries), st->in_hit, st->in_slow_tot,
			   st->in_martian_src, st->out_hit, st->out_slow_tot, st->gc_total,
			   st->gc_ignored, st->gc_goal_miss, st->gc_dst_overflow);
	}
	return 0;
}

static int rt_cache_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, rt_cache_seq_show, NULL);
}

static int rt_cpu_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, rt_cpu_seq_show, NULL);
}

static const struct file_operations rt_cache_seq_fops = {
	.open = rt_cache_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static const struct file_operations rt_cpu_seq_fops = {
	.open = rt_cpu_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static void __init rt_proc_init(void)
{
	struct proc_dir_entry *stat = create_proc_entry("rt_cache", 0444, proc_net_stat);

	proc_net_fops_create("rt_cache", 0444, &rt_cache_seq_fops);
	if (stat)
		stat->proc_fops = &rt_cpu_seq_fops;
}
#endif

#ifdef CONFIG_SYSCTL
static int rt_flush_delay;

/* Writing to it flushes. */
static int ipv4_sysctl_rtcache_flush(ctl_table *ctl, int write, struct file *filp,
				     void __user *buffer, size_t *lenp, loff_t *ppos)
{
	if (!write)
		return -EINVAL;
	proc_dointvec(ctl, write, filp, buffer, lenp, ppos);
	rt_cache_flush(rt_flush_delay);
	return 0;
}

#define RT_INT(nr, name, var, handler)						\
	{ .ctl_name = (nr), .procname = name, .data = &(var), .maxlen = sizeof(int),	\
	  .mode = 0644, .proc_handler = (handler) }

static ctl_table ipv4_route_table[] = {
	{ .ctl_name = 1, .procname = "flush", .data = &rt_flush_delay, .maxlen = sizeof(int),
	  .mode = 0200, .proc_handler = ipv4_sysctl_rtcache_flush },
	RT_INT(2, "min_delay", ip_rt_min_delay, proc_dointvec_jiffies),
	RT_INT(3, "max_delay", ip_rt_max_delay, proc_dointvec_jiffies),
	RT_INT(4, "gc_thresh", ipv4_dst_ops.gc_thresh, proc_dointvec),
	RT_INT(5, "max_size", ip_rt_max_size, proc_dointvec),
	RT_INT(6, "gc_min_interval", ip_rt_gc_min_interval, proc_dointvec_jiffies),
	RT_INT(7, "gc_timeout", ip_rt_gc_timeout, proc_dointvec_jiffies),
	RT_INT(8, "redirect_load", ip_rt_redirect_load, proc_dointvec),
	RT_INT(9, "redirect_number", ip_rt_redirect_number, proc_dointvec),
	RT_INT(10, "redirect_silence", ip_rt_redirect_silence, proc_dointvec),
	{ .ctl_name = 0 }
};

static ctl_table route_dir[] = {
	{ .ctl_name = 18, .procname = "route", .mode = 0555, .child = ipv4_route_table },
	{ .ctl_name = 0 }
};

static ctl_table route_ipv4_dir[] = {
	{ .ctl_name = 5, .procname = "ipv4", .mode = 0555, .child = route_dir },
	{ .ctl_name = 0 }
};

static ctl_table route_root[] = {
	{ .ctl_name = CTL_NET, .procname = "net", .mode = 0555, .child = route_ipv4_dir },
	{ .ctl_name = 0 }
};
#endif

/* The size of the table follows from the size of memory: a bucket for each page
 * of it, and no more than 16 entries for each bucket.
 */
int __init ip_rt_init(void)
{
	unsigned int order = 0, i;

	rt_hash_mask = 1;
	while (rt_hash_mask * 2 <= totalram_pages)
		rt_hash_mask *= 2;
	while (PAGE_SIZE << order < rt_hash_mask * sizeof(*rt_hash_table))
		order++;
	rt_hash_table = (void *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, order);
	ipv4_dst_ops.kmem_cachep = kmem_cache_create("ip_dst_cache", sizeof(struct rtable), 0,
						     SLAB_HWCACHE_ALIGN | SLAB_PANIC, NULL, NULL);
	if (!rt_hash_table)
		panic("Failed to allocate IP route cache hash table\n");
	ipv4_dst_ops.gc_thresh = rt_hash_mask;
	ip_rt_max_size = rt_hash_mask * 16;
	rt_hash_mask--;
	for (i = 0; i <= rt_hash_mask; i++)
		spin_lock_init(&rt_hash_table[i].lock);
	devinet_init();
	ip_fib_init();
#ifdef CONFIG_PROC_FS
	rt_proc_init();
#endif
#ifdef CONFIG_SYSCTL
	register_sysctl_table(route_root, 0);
#endif
	return 0;
}
