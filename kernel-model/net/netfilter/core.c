// SPDX-License-Identifier: GPL-2.0-only
/* Places in the way of packets where others hook in, and options for them. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/netfilter.h>
#include <net/sock.h>

struct list_head nf_hooks[NPROTO][NF_MAX_HOOKS];
static DEFINE_SPINLOCK(nf_hook_lock);

static LIST_HEAD(nf_sockopts);
static DEFINE_MUTEX(nf_sockopt_mutex);

/* Those of a smaller priority are asked first. */
int nf_register_hook(struct nf_hook_ops *reg)
{
	struct list_head *i;

	spin_lock_bh(&nf_hook_lock);
	list_for_each(i, &nf_hooks[reg->pf][reg->hooknum])
		if (reg->priority < list_entry(i, struct nf_hook_ops, list)->priority)
			break;
	list_add_rcu(&reg->list, i->prev);
	spin_unlock_bh(&nf_hook_lock);
	synchronize_net();
	return 0;
}
EXPORT_SYMBOL(nf_register_hook);

void nf_unregister_hook(struct nf_hook_ops *reg)
{
	spin_lock_bh(&nf_hook_lock);
	list_del_rcu(&reg->list);
	spin_unlock_bh(&nf_hook_lock);
	synchronize_net();
}
EXPORT_SYMBOL(nf_unregister_hook);

/**
 * nf_hook_slow - ask all who have hooked in
 *
 * Returns 1 when the packet may go on; otherwise it is gone.
 */
int nf_hook_slow(int pf, unsigned int hook, struct sk_buff **pskb, struct net_device *indev,
		 struct net_device *outdev, int (*okfn)(struct sk_buff *skb))
{
	struct nf_hook_ops *elem;
	unsigned int verdict;
	int ret = 1;

	rcu_read_lock();
	list_for_each_entry_rcu(elem, &nf_hooks[pf][hook], list) {
		verdict = elem->hook(hook, pskb, indev, outdev, okfn);
		if (verdict == NF_ACCEPT)
			continue;
		ret = 0;
		if (verdict == NF_DROP) {
			kfree_skb(*pskb);
			ret = -EPERM;
		}
		break;
	}
	rcu_read_unlock();
	return ret;
}
EXPORT_SYMBOL(nf_hook_slow);

int nf_register_sockopt(struct nf_sockopt_ops *reg)
{
	mutex_lock(&nf_sockopt_mutex);
	list_add(&reg->list, &nf_sockopts);
	mutex_unlock(&nf_sockopt_mutex);
	return 0;
}
EXPORT_SYMBOL(nf_register_sockopt);

void nf_unregister_sockopt(struct nf_sockopt_ops *reg)
{
	mutex_lock(&nf_sockopt_mutex);
	list_del(&reg->list);
	mutex_unlock(&nf_sockopt_mutex);
}
EXPORT_SYMBOL(nf_unregister_sockopt);

int nf_setsockopt(struct sock *sk, int pf, int val, char __user *opt, int len)
{
	struct nf_sockopt_ops *ops;
	int ret = -ENOPROTOOPT;

	mutex_lock(&nf_sockopt_mutex);
	list_for_each_entry(ops, &nf_sockopts, list) {
		if (ops->pf != pf || val < ops->set_optmin || val >= ops->set_optmax)
			continue;
		ret = ops->set(sk, val, opt, len);
		break;
	}
	mutex_unlock(&nf_sockopt_mutex);
	return ret;
}

int nf_getsockopt(struct sock *sk, int pf, int val, char __user *opt, int *len)
{
	struct nf_sockopt_ops *ops;
	int ret = -ENOPROTOOPT;

	mutex_lock(&nf_sockopt_mutex);
	list_for_each_entry(ops, &nf_sockopts, list) {
		if (ops->pf != pf || val < ops->get_optmin || val >= ops->get_optmax)
			continue;
		ret = ops->get(sk, val, opt, len);
		break;
	}
	mutex_unlock(&nf_sockopt_mutex);
	return ret;
}

static int __init netfilter_init(void)
{
	int i, h;

	for (i = 0; i < NPROTO; i++)
		for (h = 0; h < NF_MAX_HOOKS; h++)
			INIT_LIST_HEAD(&nf_hooks[i][h]);
	return 0;
}
core_initcall(netfilter_init);
