/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_IP_FIB_H
#define _NET_IP_FIB_H

#include <linux/inetdevice.h>
#include <net/flow.h>

struct fib_info;

/* A route, as somebody asks for it. */
struct fib_config {
	u8 fc_dst_len;
	u8 fc_table;
	u8 fc_protocol;
	u8 fc_scope;
	u8 fc_type;
	u32 fc_dst;
	u32 fc_gw;
	int fc_oif;
	u32 fc_priority;
	u32 fc_prefsrc;
	u32 fc_nlflags;
};

struct fib_nh {
	struct net_device *nh_dev;
	unsigned int nh_flags;
	unsigned char nh_scope;
	int nh_oif;
	u32 nh_gw;
};

/**
 * struct fib_info - what routes to different destinations may have in common
 * @fib_treeref: routes that use it
 * @fib_clntref: all references
 * @fib_dead: it has left the hash tables
 */
struct fib_info {
	struct hlist_node fib_hash;
	struct hlist_node fib_lhash;
	int fib_treeref;
	atomic_t fib_clntref;
	int fib_dead;
	unsigned int fib_flags;
	int fib_protocol;
	u32 fib_prefsrc;
	u32 fib_priority;
	struct fib_nh fib_nh[1];
};

#define fib_dev		fib_nh[0].nh_dev

struct fib_result {
	unsigned char prefixlen;
	unsigned char type;
	unsigned char scope;
	struct fib_info *fi;
};

#define FIB_RES_DEV(res)	((res).fi->fib_nh[0].nh_dev)
#define FIB_RES_GW(res)		((res).fi->fib_nh[0].nh_gw)
#define FIB_RES_PREFSRC(res)	((res).fi->fib_prefsrc ? (res).fi->fib_prefsrc : \
				 __fib_res_prefsrc(&(res)))

struct fib_table {
	unsigned char tb_id;
	int (*tb_lookup)(struct fib_table *tb, const struct flowi *flp, struct fib_result *res);
	int (*tb_insert)(struct fib_table *tb, struct fib_config *cfg);
	int (*tb_delete)(struct fib_table *tb, struct fib_config *cfg);
	int (*tb_dump)(struct fib_table *tb, struct sk_buff *skb, struct netlink_callback *cb);
	int (*tb_flush)(struct fib_table *tb);
	void *tb_data;
};

extern struct fib_table *fib_tables[RT_TABLE_MAX + 1];

#define ip_fib_local_table	(fib_tables[RT_TABLE_LOCAL])
#define ip_fib_main_table	(fib_tables[RT_TABLE_MAIN])

int fib_lookup(const struct flowi *flp, struct fib_result *res);
u32 __fib_res_prefsrc(struct fib_result *res);
void ip_fib_init(void);
void fib_rules_init(void);
unsigned int inet_addr_type(u32 addr);
int fib_validate_source(u32 src, u32 dst, u8 tos, int oif, struct net_device *dev);
int ip_rt_ioctl(unsigned int cmd, void __user *arg);
int inet_dump_rules(struct sk_buff *skb, struct netlink_callback *cb);
int inet_dump_fib(struct sk_buff *skb, struct netlink_callback *cb);
int inet_rtm_newroute(struct sk_buff *skb, struct nlmsghdr *nlh, void *arg);
int inet_rtm_delroute(struct sk_buff *skb, struct nlmsghdr *nlh, void *arg);
int fib_dump_info(struct sk_buff *skb, u32 pid, u32 seq, int event, u8 tb_id, u8 type, u8 scope,
		  u32 dst, int dst_len, struct fib_info *fi, unsigned int flags);
struct fib_info *fib_create_info(const struct fib_config *cfg, int *err);
int fib_nh_match(const struct fib_config *cfg, const struct fib_info *fi);
int fib_sync_down(u32 local, struct net_device *dev, int force);
void fib_release_info(struct fib_info *fi);
void free_fib_info(struct fib_info *fi);
struct fib_table *fib_hash_init(int id);
void fib_seq_table(struct fib_table *tb, void *seq);

static inline void fib_info_put(struct fib_info *fi)
{
	if (atomic_dec_and_test(&fi->fib_clntref))
		free_fib_info(fi);
}

static inline void fib_res_put(struct fib_result *res)
{
	if (res->fi)
		fib_info_put(res->fi);
}

#endif /* _NET_IP_FIB_H */
