/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_INET_HASHTABLES_H
#define _NET_INET_HASHTABLES_H

#include <linux/jhash.h>
#include <net/inet_connection_sock.h>

/* Chains of one bucket: connections, and those in TIME_WAIT. */
struct inet_ehash_bucket {
	/* guards both chains */
	rwlock_t lock;
	struct hlist_head chain;
	struct hlist_head twchain;
};

/* A port that is in use, and by whom. */
struct inet_bind_bucket {
	unsigned short port;
	signed short fastreuse;
	struct hlist_node node;
	struct hlist_head owners;
};

struct inet_bind_hashbucket {
	/* guards the chain */
	spinlock_t lock;
	struct hlist_head chain;
};

#define INET_LHTABLE_SIZE	32
#define INET_EHASH_SIZE		256
#define INET_BHASH_SIZE		256

/**
 * struct inet_hashinfo - the sockets of a protocol with connections
 * @ehash: established ones, by both ends
 * @bhash: ports
 * @listening_hash: listeners, by port
 * @port_rover: where the search for a free port goes on
 */
struct inet_hashinfo {
	struct inet_ehash_bucket *ehash;
	struct inet_bind_hashbucket *bhash;
	int bhash_size;
	int ehash_size;
	struct hlist_head listening_hash[INET_LHTABLE_SIZE];
	/* guards listening_hash */
	rwlock_t lhash_lock;
	/* guards port_rover */
	spinlock_t portalloc_lock;
	struct kmem_cache *bind_bucket_cachep;
	u32 port_rover;
};

static inline unsigned int inet_ehashfn(u32 laddr, u16 lport, u32 faddr, u16 fport)
{
	return jhash_3words(laddr, faddr, (u32)lport << 16 | fport, 0);
}

static inline struct inet_ehash_bucket *inet_ehash_bucket(struct inet_hashinfo *hashinfo,
							  unsigned int hash)
{
	return &hashinfo->ehash[hash & (hashinfo->ehash_size - 1)];
}

static inline struct inet_bind_hashbucket *inet_bhash(struct inet_hashinfo *hashinfo, u16 port)
{
	return &hashinfo->bhash[port & (hashinfo->bhash_size - 1)];
}

static inline struct hlist_head *inet_lhash(struct inet_hashinfo *hashinfo, u16 port)
{
	return &hashinfo->listening_hash[port & (INET_LHTABLE_SIZE - 1)];
}

void inet_hash(struct inet_hashinfo *hashinfo, struct sock *sk);
void inet_unhash(struct inet_hashinfo *hashinfo, struct sock *sk);
void inet_put_port(struct inet_hashinfo *hashinfo, struct sock *sk);
void inet_inherit_port(struct inet_hashinfo *table, struct sock *sk, struct sock *child);
struct sock *inet_lookup_established(struct inet_hashinfo *hashinfo, u32 saddr, u16 sport,
				     u32 daddr, u16 hnum);
struct sock *inet_lookup_listener(struct inet_hashinfo *hashinfo, u32 daddr, u16 hnum, int dif);
int inet_hash_connect(struct inet_hashinfo *hashinfo, struct sock *sk);
struct inet_bind_bucket *inet_bind_bucket_find(struct inet_hashinfo *hashinfo, u16 snum);
struct inet_bind_bucket *inet_bind_bucket_create(struct inet_hashinfo *hashinfo, u16 snum);
void inet_bind_bucket_destroy(struct inet_hashinfo *hashinfo, struct inet_bind_bucket *tb);
void inet_bind_hash(struct sock *sk, struct inet_bind_bucket *tb, unsigned short snum);

#endif /* _NET_INET_HASHTABLES_H */
