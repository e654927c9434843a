/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IP_TABLES_H
#define _IP_TABLES_H

#include <linux/in.h>
#include <linux/if.h>
#include <linux/netfilter.h>
#include <linux/smp.h>

#define IPT_FUNCTION_MAXNAMELEN	30
#define IPT_TABLE_MAXNAMELEN	32

#define IPT_BASE_CTL		64
#define IPT_SO_SET_REPLACE	IPT_BASE_CTL
#define IPT_SO_SET_MAX		IPT_SO_SET_REPLACE
#define IPT_SO_GET_INFO		IPT_BASE_CTL
#define IPT_SO_GET_ENTRIES	(IPT_BASE_CTL + 1)
#define IPT_SO_GET_MAX		IPT_SO_GET_ENTRIES

/* Which packets: an address fits if it is equal where the mask has ones. */
struct ipt_ip {
	struct in_addr src, dst;
	struct in_addr smsk, dmsk;
	char iniface[IFNAMSIZ], outiface[IFNAMSIZ];
	unsigned char iniface_mask[IFNAMSIZ], outiface_mask[IFNAMSIZ];
	u16 proto;
	u8 flags;
	u8 invflags;
};

struct ipt_counters {
	u64 pcnt, bcnt;
};

/**
 * struct ipt_entry - a rule
 * @target_offset: from here to the target
 * @next_offset: from here to the next rule
 */
struct ipt_entry {
	struct ipt_ip ip;
	unsigned int nfcache;
	u16 target_offset;
	u16 next_offset;
	unsigned int comefrom;
	struct ipt_counters counters;
	unsigned char elems[];
};

/* Back to the rule after the one that called this chain. */
#define IPT_RETURN		(-5)	/* -1 - NF_REPEAT, which no rule wants */

#define IPT_ERROR_TARGET	"ERROR"

/*
 * What happens to a packet that fits: -1 - NF_DROP, -1 - NF_ACCEPT, IPT_RETURN,
 * or, not negative, where the chain begins that is called.
 */
struct ipt_standard_target {
	u16 target_size;
	char name[IPT_FUNCTION_MAXNAMELEN];
	int verdict;
	int pad;
};

struct ipt_standard {
	struct ipt_entry entry;
	struct ipt_standard_target target;
};

/* Before a chain of user mode, with its name, and behind all rules.  None gets there. */
struct ipt_error_target {
	u16 target_size;
	char name[IPT_FUNCTION_MAXNAMELEN];
	char errorname[IPT_FUNCTION_MAXNAMELEN];
	u16 pad;
};

struct ipt_error {
	struct ipt_entry entry;
	struct ipt_error_target target;
};

/**
 * struct ipt_replace - a whole new table from user mode
 * @size: of the entries
 * @hook_entry: where the chain of each hook begins
 * @underflow: and where its policy is
 */
struct ipt_replace {
	char name[IPT_TABLE_MAXNAMELEN];
	unsigned int valid_hooks;
	unsigned int num_entries;
	unsigned int size;
	unsigned int hook_entry[NF_IP_NUMHOOKS];
	unsigned int underflow[NF_IP_NUMHOOKS];
	unsigned int num_counters;
	struct ipt_counters __user *counters;
	unsigned char entries[];
};

struct ipt_getinfo {
	char name[IPT_TABLE_MAXNAMELEN];
	unsigned int valid_hooks;
	unsigned int hook_entry[NF_IP_NUMHOOKS];
	unsigned int underflow[NF_IP_NUMHOOKS];
	unsigned int num_entries;
	unsigned int size;
};

/* What is wanted with IPT_SO_GET_ENTRIES, and what comes: struct ipt_entry, ... */
struct ipt_get_entries {
	char name[IPT_TABLE_MAXNAMELEN];
	unsigned int size;
	unsigned char entrytable[] __aligned(8);
};

/* The rules, once for each processor, so that their counters need no lock. */
struct ipt_table_info {
	unsigned int size;
	unsigned int number;
	unsigned int hook_entry[NF_IP_NUMHOOKS];
	unsigned int underflow[NF_IP_NUMHOOKS];
	char entries[] __aligned(SMP_CACHE_BYTES);
};

struct ipt_table {
	struct list_head list;
	char name[IPT_TABLE_MAXNAMELEN];
	unsigned int valid_hooks;
	/* guards the rules */
	rwlock_t lock;
	struct ipt_table_info *private;
};

int ipt_register_table(struct ipt_table *table, const struct ipt_replace *repl);
void ipt_unregister_table(struct ipt_table *table);
unsigned int ipt_do_table(struct sk_buff **pskb, unsigned int hook, const struct net_device *in,
			  const struct net_device *out, struct ipt_table *table);

#endif /* _IP_TABLES_H */
