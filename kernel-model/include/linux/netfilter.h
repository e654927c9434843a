/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NETFILTER_H
#define _LINUX_NETFILTER_H

#include <linux/list.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>

#define NF_DROP		0
#define NF_ACCEPT	1
#define NF_STOLEN	2

#define NF_IP_PRE_ROUTING	0
#define NF_IP_LOCAL_IN		1
#define NF_IP_FORWARD		2
#define NF_IP_LOCAL_OUT		3
#define NF_IP_POST_ROUTING	4
#define NF_IP_NUMHOOKS		5

#define NF_IP_PRI_CONNTRACK	(-200)
#define NF_IP_PRI_FILTER	0
#define NF_IP_PRI_CONNTRACK_CONFIRM INT_MAX

#define NF_MAX_HOOKS	8

typedef unsigned int nf_hookfn(unsigned int hooknum, struct sk_buff **skb,
			       const struct net_device *in, const struct net_device *out,
			       int (*okfn)(struct sk_buff *skb));

struct nf_hook_ops {
	struct list_head list;
	nf_hookfn *hook;
	int pf;
	int hooknum;
	int priority;
};

struct nf_sockopt_ops {
	struct list_head list;
	int pf;
	int set_optmin;
	int set_optmax;
	int (*set)(struct sock *sk, int optval, void __user *user, unsigned int len);
	int get_optmin;
	int get_optmax;
	int (*get)(struct sock *sk, int optval, void __user *user, int *len);
};

#ifdef CONFIG_NETFILTER
extern struct list_head nf_hooks[NPROTO][NF_MAX_HOOKS];

int nf_register_hook(struct nf_hook_ops *reg);
void nf_unregister_hook(struct nf_hook_ops *reg);
int nf_register_sockopt(struct nf_sockopt_ops *reg);
void nf_unregister_sockopt(struct nf_sockopt_ops *reg);
int nf_hook_slow(int pf, unsigned int hook, struct sk_buff **pskb, struct net_device *indev,
		 struct net_device *outdev, int (*okfn)(struct sk_buff *skb));
int nf_setsockopt(struct sock *sk, int pf, int val, char __user *opt, int len);
int nf_getsockopt(struct sock *sk, int pf, int val, char __user *opt, int *len);

/* Asks all who have hooked in; the packet goes on to @okfn if they let it. */
static inline int NF_HOOK(int pf, unsigned int hook, struct sk_buff *skb,
			  struct net_device *indev, struct net_device *outdev,
			  int (*okfn)(struct sk_buff *skb))
{
	int ret = nf_hook_slow(pf, hook, &skb, indev, outdev, okfn);

	return ret == 1 ? okfn(skb) : ret;
}
#else
static inline int NF_HOOK(int pf, unsigned int hook, struct sk_buff *skb,
			  struct net_device *indev, struct net_device *outdev,
			  int (*okfn)(struct sk_buff *skb))
{
	return okfn(skb);
}

static inline int nf_setsockopt(struct sock *sk, int pf, int val, char __user *opt, int len)
{
	return -ENOPROTOOPT;
}

static inline int nf_getsockopt(struct sock *sk, int pf, int val, char __user *opt, int *len)
{
	return -ENOPROTOOPT;
}
#endif

#endif /* _LINUX_NETFILTER_H */
