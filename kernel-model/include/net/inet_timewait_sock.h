/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_INET_TIMEWAIT_SOCK_H
#define _NET_INET_TIMEWAIT_SOCK_H

#include <net/inet_hashtables.h>

/* A wheel of this many slots turns once in the time of TIME_WAIT. */
#define INET_TWDR_TWKILL_SLOTS	8
#define TCP_TIMEWAIT_LEN	(60 * HZ)

/**
 * struct inet_timewait_death_row - connections in TIME_WAIT, by when they end
 * @slot: whose turn is next
 * @period: between two slots
 * @tw_count: how many there are
 * @sysctl_max_tw_buckets: and may be
 */
struct inet_timewait_death_row {
	/* guards the cells */
	spinlock_t death_lock;
	int tw_count;
	int slot;
	int period;
	int sysctl_max_tw_buckets;
	struct timer_list tw_timer;
	struct hlist_head cells[INET_TWDR_TWKILL_SLOTS];
	struct inet_hashinfo *hashinfo;
};

/* What is left of a connection: enough to recognise its packets. */
struct inet_timewait_sock {
	struct sock_common __tw_common;
#define tw_family	__tw_common.skc_family
#define tw_state	__tw_common.skc_state
#define tw_node		__tw_common.skc_node
#define tw_bind_node	__tw_common.skc_bind_node
#define tw_refcnt	__tw_common.skc_refcnt
#define tw_hash		__tw_common.skc_hash
#define tw_prot		__tw_common.skc_prot
	unsigned char tw_substate;
	u32 tw_daddr;
	u32 tw_rcv_saddr;
	u16 tw_dport;
	u16 tw_num;
	u16 tw_sport;
	struct inet_bind_bucket *tw_tb;
	struct hlist_node tw_death_node;
};

static inline struct inet_timewait_sock *inet_twsk(const struct sock *sk)
{
	return (struct inet_timewait_sock *)sk;
}

void inet_twsk_put(struct inet_timewait_sock *tw);
void inet_twsk_deschedule(struct inet_timewait_sock *tw, struct inet_timewait_death_row *twdr);
void inet_twsk_schedule(struct inet_timewait_sock *tw, struct inet_timewait_death_row *twdr);
void inet_twdr_hangman(unsigned long data);
void __inet_twsk_hashdance(struct inet_timewait_sock *tw, struct sock *sk,
			   struct inet_hashinfo *hashinfo);
void __inet_twsk_kill(struct inet_timewait_sock *tw, struct inet_hashinfo *hashinfo);

#endif /* _NET_INET_TIMEWAIT_SOCK_H */
