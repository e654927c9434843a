// SPDX-License-Identifier: GPL-2.0-only
/* Tables of rules about packets, which user mode replaces as a whole. */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/ip.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static LIST_HEAD(ipt_tables);
static DEFINE_MUTEX(ipt_mutex);

#define SMP_ALIGN(x)	(((x) + SMP_CACHE_BYTES - 1) & ~(SMP_CACHE_BYTES - 1))
#define TABLE_OFFSET(t, p) (SMP_ALIGN((t)->size) * (p))

static int iface_fits(const char *name, const char *want, const unsigned char *mask)
{
	int i;

	for (i = 0; i < IFNAMSIZ; i++)
		if ((name[i] ^ want[i]) & mask[i])
			return 0;
	return 1;
}

static int ip_packet_match(const struct iphdr *ip, const char *indev, const char *outdev,
			   const struct ipt_ip *ipinfo)
{
	if ((ip->saddr & ipinfo->smsk.s_addr) != ipinfo->src.s_addr ||
	    (ip->daddr & ipinfo->dmsk.s_addr) != ipinfo->dst.s_addr)
		return 0;
	if (!iface_fits(indev, ipinfo->iniface, ipinfo->iniface_mask) ||
	    !iface_fits(outdev, ipinfo->outiface, ipinfo->outiface_mask))
		return 0;
	return !ipinfo->proto || ip->protocol == ipinfo->proto;
}

static struct ipt_standard_target *ipt_get_target(struct ipt_entry *e)
{
	return (struct ipt_standard_target *)((char *)e + e->target_offset);
}

static struct ipt_entry *get_entry(void *base, unsigned int offset)
{
	return (struct ipt_entry *)((char *)base + offset);
}

static struct ipt_entry *next_entry(struct ipt_entry *e)
{
	return get_entry(e, e->next_offset);
}

/**
 * ipt_do_table - what the first rule that fits says about a packet
 *
 * A rule that calls a chain is gone back to by way of the one after it, which
 * keeps in @comefrom where to go back to from there.
 */
unsigned int ipt_do_table(struct sk_buff **pskb, unsigned int hook, const struct net_device *in,
			  const struct net_device *out, struct ipt_table *table)
{
	static const char nulldevname[IFNAMSIZ];
	const struct iphdr *ip = (*pskb)->nh.iph;
	struct ipt_entry *e, *back;
	struct ipt_table_info *private;
	char *base;
	int verdict;

	read_lock_bh(&table->lock);
	private = table->private;
	base = private->entries + TABLE_OFFSET(private, smp_processor_id());
	e = get_entry(base, private->hook_entry[hook]);
	back = get_entry(base, private->underflow[hook]);
	for (;;) {
		if (!ip_packet_match(ip, in ? in->name : nulldevname,
				     out ? out->name : nulldevname, &e->ip)) {
			e = next_entry(e);
			continue;
		}
		e->counters.pcnt++;
		e->counters.bcnt += ntohs(ip->tot_len);
		verdict = ipt_get_target(e)->verdict;
		if (verdict < 0 && verdict != IPT_RETURN)
			break;
		if (verdict < 0) {
			e = back;
			back = get_entry(base, back->comefrom);
		} else {
			next_entry(e)->comefrom = (char *)back - base;
			back = next_entry(e);
			e = get_entry(base, verdict);
		}
	}
	read_unlock_bh(&table->lock);
	return -verdict - 1;
}

static int is_error(struct ipt_entry *e)
{
	return !strcmp(ipt_get_target(e)->name, IPT_ERROR_TARGET);
}

/* A rule must lie within the table and have a verdict. */
static int check_entry(struct ipt_entry *e, unsigned int left)
{
	struct ipt_standard_target *t;

	if (left < sizeof(struct ipt_standard) || e->next_offset > left ||
	    e->next_offset < sizeof(struct ipt_standard) ||
	    e->target_offset < sizeof(*e) ||
	    e->target_offset + sizeof(*t) > e->next_offset || (e->next_offset & 7) ||
	    (e->target_offset & 7))
		return -EINVAL;
	t = ipt_get_target(e);
	t->name[IPT_FUNCTION_MAXNAMELEN - 1] = 0;
	if (is_error(e)) {
		if (e->target_offset + sizeof(struct ipt_error_target) > e->next_offset)
			return -EINVAL;
	} else if (t->name[0]) {
		return -ENOENT;
	} else if (t->verdict < 0 && t->verdict != -1 - NF_DROP && t->verdict != -1 - NF_ACCEPT &&
		   t->verdict != IPT_RETURN) {
		return -EINVAL;
	}
	memset(&e->counters, 0, sizeof(e->counters));
	e->comefrom = 0;
	return 0;
}

static int unconditional(const struct ipt_ip *ip)
{
	static const struct ipt_ip all;

	return !memcmp(ip, &all, sizeof(all));
}

/* The policy fits every packet and decides, so that no chain runs off its end. */
static int is_policy(struct ipt_entry *e)
{
	int verdict = ipt_get_target(e)->verdict;

	return unconditional(&e->ip) && !is_error(e) && verdict < 0 && verdict != IPT_RETURN;
}

static struct ipt_entry *find_entry(struct ipt_table_info *info, unsigned int offset)
{
	unsigned int at = 0;

	while (at < info->size && at < offset)
		at += get_entry(info->entries, at)->next_offset;
	return at == offset && at < info->size ? get_entry(info->entries, at) : NULL;
}

/* Whether a packet that gets to a rule comes to an end, as far as is known of others. */
static int entry_ends(struct ipt_table_info *info, unsigned int at)
{
	struct ipt_entry *e = get_entry(info->entries, at);
	int verdict = ipt_get_target(e)->verdict;
	unsigned int next = at + e->next_offset;

	if (is_error(e))
		return 0;
	if (verdict < 0 && unconditional(&e->ip))
		return 1;
	if (next >= info->size || !get_entry(info->entries, next)->comefrom)
		return 0;
	return verdict < 0 || get_entry(info->entries, verdict)->comefrom;
}

/* No packet may go round in circles, nor leave the table.  What ends is marked,
 * beginning with what decides by itself, until no more can be found.
 */
static int check_chains(struct ipt_table_info *info, unsigned int valid_hooks)
{
	struct ipt_entry *e;
	unsigned int at, h;
	int found;

	for (at = 0; at < info->size; at += e->next_offset) {
		e = get_entry(info->entries, at);
		if (!is_error(e) && ipt_get_target(e)->verdict >= 0 &&
		    !find_entry(info, ipt_get_target(e)->verdict))
			return -ELOOP;
	}
	do {
		found = 0;
		for (at = 0; at < info->size; at += e->next_offset) {
			e = get_entry(info->entries, at);
			if (e->comefrom || !entry_ends(info, at))
				continue;
			e->comefrom = 1;
			found = 1;
		}
	} while (found);
	for (h = 0; h < NF_IP_NUMHOOKS; h++)
		if ((valid_hooks & 1U << h) &&
		    !get_entry(info->entries, info->hook_entry[h])->comefrom)
			return -ELOOP;
	return 0;
}

static int translate_table(struct ipt_table_info *newinfo, unsigned int valid_hooks,
			   unsigned int number)
{
	unsigned int at, count = 0, h, entries = 0, policies = 0;
	struct ipt_entry *e;
	int ret, cpu;

	for (at = 0; at < newinfo->size; at += e->next_offset, count++) {
		e = get_entry(newinfo->entries, at);
		ret = check_entry(e, newinfo->size - at);
		if (ret)
			return ret;
		for (h = 0; h < NF_IP_NUMHOOKS; h++) {
			if (at == newinfo->hook_entry[h])
				entries |= 1U << h;
			if (at == newinfo->underflow[h] && is_policy(e))
				policies |= 1U << h;
		}
	}
	if (count != number || (valid_hooks & ~entries) || (valid_hooks & ~policies))
		return -EINVAL;
	for (h = 0; h < NF_IP_NUMHOOKS; h++)
		if ((valid_hooks & 1U << h) && newinfo->hook_entry[h] > newinfo->underflow[h])
			return -EINVAL;
	ret = check_chains(newinfo, valid_hooks);
	if (ret)
		return ret;
	for_each_cpu(cpu)
		if (cpu)
			memcpy(newinfo->entries + TABLE_OFFSET(newinfo, cpu), newinfo->entries,
			       SMP_ALIGN(newinfo->size));
	return 0;
}

static struct ipt_table *find_table(const char *name)
{
	struct ipt_table *t;

	list_for_each_entry(t, &ipt_tables, list)
		if (!strncmp(t->name, name, IPT_TABLE_MAXNAMELEN))
			return t;
	return NULL;
}

static void get_counters(const struct ipt_table_info *t, struct ipt_counters *counters)
{
	const struct ipt_entry *e;
	unsigned int at, i;
	int cpu;

	for_each_cpu(cpu) {
		for (at = 0, i = 0; at < t->size; at += e->next_offset, i++) {
			e = (const struct ipt_entry *)(t->entries + TABLE_OFFSET(t, cpu) + at);
			counters[i].pcnt += e->counters.pcnt;
			counters[i].bcnt += e->counters.bcnt;
		}
	}
}

static struct ipt_table_info *alloc_table_info(const struct ipt_replace *repl)
{
	struct ipt_table_info *newinfo;

	newinfo = vmalloc(sizeof(*newinfo) + SMP_ALIGN(repl->size) * NR_CPUS);
	if (!newinfo)
		return NULL;
	newinfo->size = repl->size;
	newinfo->number = repl->num_entries;
	memcpy(newinfo->hook_entry, repl->hook_entry, sizeof(newinfo->hook_entry));
	memcpy(newinfo->underflow, repl->underflow, sizeof(newinfo->underflow));
	return newinfo;
}

/* Puts the new rules in the place of the old ones, which are returned. */
static struct ipt_table_info *replace_table(struct ipt_table *table,
					    struct ipt_table_info *newinfo)
{
	struct ipt_table_info *oldinfo;

	write_lock_bh(&table->lock);
	oldinfo = table->private;
	table->private = newinfo;
	write_unlock_bh(&table->lock);
	return oldinfo;
}

static int do_replace(void __user *user, unsigned int len)
{
	struct ipt_table_info *newinfo, *oldinfo;
	struct ipt_counters *counters;
	struct ipt_replace tmp;
	struct ipt_table *t;
	int ret;

	if (len < sizeof(tmp) || copy_from_user(&tmp, user, sizeof(tmp)))
		return -EFAULT;
	/* Pedantry: no table is greater than memory. */
	if ((SMP_ALIGN(tmp.size) >> PAGE_SHIFT) + 2 > totalram_pages)
		return -ENOMEM;
	newinfo = alloc_table_info(&tmp);
	if (!newinfo)
		return -ENOMEM;
	ret = -EFAULT;
	if (copy_from_user(newinfo->entries, (char __user *)user + sizeof(tmp), tmp.size))
		goto free_newinfo;
	ret = -ENOMEM;
	counters = kcalloc(tmp.num_counters, sizeof(*counters), GFP_KERNEL);
	if (tmp.num_counters && !counters)
		goto free_newinfo;
	ret = translate_table(newinfo, tmp.valid_hooks, tmp.num_entries);
	if (ret)
		goto free_counters;
	mutex_lock(&ipt_mutex);
	t = find_table(tmp.name);
	ret = -ENOENT;
	if (!t)
		goto unlock;
	ret = -EINVAL;
	if (tmp.valid_hooks != t->valid_hooks)
		goto unlock;
	ret = -EAGAIN;
	if (tmp.num_counters != t->private->number)
		goto unlock;
	oldinfo = replace_table(t, newinfo);
	mutex_unlock(&ipt_mutex);
	get_counters(oldinfo, counters);
	vfree(oldinfo);
	ret = copy_to_user(tmp.counters, counters, sizeof(*counters) * tmp.num_counters) ?
	      -EFAULT : 0;
	kfree(counters);
	return ret;

unlock:
	mutex_unlock(&ipt_mutex);
free_counters:
	kfree(counters);
free_newinfo:
	vfree(newinfo);
	return ret;
}

static int do_ipt_set_ctl(struct sock *sk, int cmd, void __user *user, unsigned int len)
{
	return capable(CAP_NET_ADMIN) ? do_replace(user, len) : -EPERM;
}

/* The entries with the sums of their counters. */
static int get_entries(struct ipt_table *t, struct ipt_get_entries __user *uptr, int len)
{
	struct ipt_table_info *private = t->private;
	void __user *user = uptr->entrytable;
	struct ipt_counters *counters;
	struct ipt_get_entries get;
	struct ipt_entry *e;
	unsigned int at, i;
	int ret = 0;

	if (copy_from_user(&get, uptr, sizeof(get)))
		return -EFAULT;
	if (len != sizeof(get) + get.size)
		return -EINVAL;
	/* Somebody has replaced the table since its size was asked for. */
	if (get.size != private->size)
		return -EAGAIN;
	counters = kcalloc(private->number, sizeof(*counters), GFP_KERNEL);
	if (!counters)
		return -ENOMEM;
	get_counters(private, counters);
	for (at = 0, i = 0; at < private->size && !ret; at += e->next_offset, i++) {
		e = (struct ipt_entry *)(private->entries + at);
		if (copy_to_user((char __user *)user + at, e, e->next_offset) ||
		    copy_to_user((char __user *)user + at + offsetof(struct ipt_entry, counters),
				 &counters[i], sizeof(counters[i])))
			ret = -EFAULT;
	}
	kfree(counters);
	return ret;
}

static int do_ipt_get_ctl(struct sock *sk, int cmd, void __user *user, int *len)
{
	struct ipt_getinfo info;
	struct ipt_table *t;
	int ret = -ENOENT;

	if (!capable(CAP_NET_ADMIN))
		return -EPERM;
	if (*len < sizeof(info))
		return -EINVAL;
	if (copy_from_user(&info, user, sizeof(info)))
		return -EFAULT;
	info.name[IPT_TABLE_MAXNAMELEN - 1] = 0;
	mutex_lock(&ipt_mutex);
	t = find_table(info.name);
	if (t && cmd == IPT_SO_GET_INFO) {
		info.valid_hooks = t->valid_hooks;
		memcpy(info.hook_entry, t->private->hook_entry, sizeof(info.hook_entry));
		memcpy(info.underflow, t->private->underflow, sizeof(info.underflow));
		info.num_entries = t->private->number;
		info.size = t->private->size;
		ret = copy_to_user(user, &info, sizeof(info)) ? -EFAULT : 0;
		*len = sizeof(info);
	} else if (t) {
		ret = get_entries(t, user, *len);
	}
	mutex_unlock(&ipt_mutex);
	return ret;
}

int ipt_register_table(struct ipt_table *table, const struct ipt_replace *repl)
{
	struct ipt_table_info *newinfo = alloc_table_info(repl);
	int ret;

	if (!newinfo)
		return -ENOMEM;
	memcpy(newinfo->entries, repl->entries, repl->size);
	ret = translate_table(newinfo, repl->valid_hooks, repl->num_entries);
	if (ret) {
		vfree(newinfo);
		return ret;
	}
	table->private = newinfo;
	rwlock_init(&table->lock);
	mutex_lock(&ipt_mutex);
	list_add(&table->list, &ipt_tables);
	mutex_unlock(&ipt_mutex);
	return 0;
}
EXPORT_SYMBOL(ipt_register_table);

void ipt_unregister_table(struct ipt_table *table)
{
	mutex_lock(&ipt_mutex);
	list_del(&table->list);
	mutex_unlock(&ipt_mutex);
	vfree(table->private);
	table->private = NULL;
}
EXPORT_SYMBOL(ipt_unregister_table);

static struct nf_sockopt_ops ipt_sockopts = {
	.pf = PF_INET,
	.set_optmin = IPT_BASE_CTL,
	.set_optmax = IPT_SO_SET_MAX + 1,
	.set = do_ipt_set_ctl,
	.get_optmin = IPT_BASE_CTL,
	.get_optmax = IPT_SO_GET_MAX + 1,
	.get = do_ipt_get_ctl,
};

static int __init ip_tables_init(void)
{
	return nf_register_sockopt(&ipt_sockopts);
}
subsys_initcall(ip_tables_init);
