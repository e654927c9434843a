// SPDX-License-Identifier: GPL-2.0-only
/* Where the sockets of protocols with connections are found, and their ports. */
#include <linux/module.h>
#include <linux/slab.h>
#include <net/inet_hashtables.h>
#include <net/inet_timewait_sock.h>
#include <net/ip.h>
#include <net/tcp_states.h>

struct inet_bind_bucket *inet_bind_bucket_find(struct inet_hashinfo *hashinfo, u16 snum)
{
	struct inet_bind_bucket *tb;
	struct hlist_node *node;

	hlist_for_each_entry(tb, node, &inet_bhash(hashinfo, snum)->chain, node)
		if (tb->port == snum)
			return tb;
	return NULL;
}

struct inet_bind_bucket *inet_bind_bucket_create(struct inet_hashinfo *hashinfo, u16 snum)
{
	struct inet_bind_bucket *tb = kmem_cache_alloc(hashinfo->bind_bucket_cachep, SLAB_ATOMIC);

	if (!tb)
		return NULL;
	tb->port = snum;
	tb->fastreuse = 0;
	INIT_HLIST_HEAD(&tb->owners);
	hlist_add_head(&tb->node, &inet_bhash(hashinfo, snum)->chain);
	return tb;
}

/* When nobody has the port any more. */
void inet_bind_bucket_destroy(struct inet_hashinfo *hashinfo, struct inet_bind_bucket *tb)
{
	if (!hlist_empty(&tb->owners))
		return;
	hlist_del(&tb->node);
	kmem_cache_free(hashinfo->bind_bucket_cachep, tb);
}

void inet_bind_hash(struct sock *sk, struct inet_bind_bucket *tb, unsigned short snum)
{
	inet_sk(sk)->num = snum;
	hlist_add_head(&sk->sk_bind_node, &tb->owners);
	inet_csk(sk)->icsk_bind_hash = tb;
}

void inet_put_port(struct inet_hashinfo *hashinfo, struct sock *sk)
{
	struct inet_bind_bucket *tb = inet_csk(sk)->icsk_bind_hash;
	struct inet_bind_hashbucket *head;

	if (!tb)
		return;
	head = inet_bhash(hashinfo, inet_sk(sk)->num);
	spin_lock_bh(&head->lock);
	hlist_del_init(&sk->sk_bind_node);
	inet_csk(sk)->icsk_bind_hash = NULL;
	inet_sk(sk)->num = 0;
	inet_bind_bucket_destroy(hashinfo, tb);
	spin_unlock_bh(&head->lock);
}

/* A connection that was accepted has the port of the listener. */
void inet_inherit_port(struct inet_hashinfo *table, struct sock *sk, struct sock *child)
{
	struct inet_bind_hashbucket *head = inet_bhash(table, inet_sk(child)->num);
	struct inet_bind_bucket *tb = inet_csk(sk)->icsk_bind_hash;

	spin_lock(&head->lock);
	hlist_add_head(&child->sk_bind_node, &tb->owners);
	inet_csk(child)->icsk_bind_hash = tb;
	spin_unlock(&head->lock);
}

/* Into the table of listeners or that of connections, as its state says. */
void inet_hash(struct inet_hashinfo *hashinfo, struct sock *sk)
{
	struct inet_sock *inet = inet_sk(sk);
	struct inet_ehash_bucket *bucket;

	if (sk->sk_state == TCP_LISTEN) {
		write_lock_bh(&hashinfo->lhash_lock);
		sk_add_node(sk, inet_lhash(hashinfo, inet->num));
		write_unlock_bh(&hashinfo->lhash_lock);
		return;
	}
	sk->sk_hash = inet_ehashfn(inet->rcv_saddr, inet->num, inet->daddr, inet->dport);
	bucket = inet_ehash_bucket(hashinfo, sk->sk_hash);
	write_lock_bh(&bucket->lock);
	sk_add_node(sk, &bucket->chain);
	write_unlock_bh(&bucket->lock);
}

void inet_unhash(struct inet_hashinfo *hashinfo, struct sock *sk)
{
	rwlock_t *lock = &hashinfo->lhash_lock;

	if (sk_unhashed(sk))
		return;
	if (sk->sk_state != TCP_LISTEN)
		lock = &inet_ehash_bucket(hashinfo, sk->sk_hash)->lock;
	write_lock_bh(lock);
	sk_del_node_init(sk);
	write_unlock_bh(lock);
}

/**
 * inet_lookup_established - the connection that a packet belongs to
 *
 * Returned with a reference; it may be one in TIME_WAIT.
 */
struct sock *inet_lookup_established(struct inet_hashinfo *hashinfo, u32 saddr, u16 sport,
				     u32 daddr, u16 hnum)
{
	unsigned int hash = inet_ehashfn(daddr, hnum, saddr, sport);
	struct inet_ehash_bucket *head = inet_ehash_bucket(hashinfo, hash);
	struct inet_timewait_sock *tw;
	struct hlist_node *node;
	struct sock *sk;

	read_lock(&head->lock);
	sk_for_each(sk, node, &head->chain) {
		struct inet_sock *inet = inet_sk(sk);

		if (sk->sk_hash == hash && inet->daddr == saddr && inet->dport == sport &&
		    inet->rcv_saddr == daddr && inet->num == hnum)
			goto hit;
	}
	hlist_for_each_entry(tw, node, &head->twchain, tw_node) {
		sk = (struct sock *)tw;
		if (tw->tw_hash == hash && tw->tw_daddr == saddr && tw->tw_dport == sport &&
		    tw->tw_rcv_saddr == daddr && tw->tw_num == hnum)
			goto hit;
	}
	sk = NULL;
	goto out;
hit:
	sock_hold(sk);
out:
	read_unlock(&head->lock);
	return sk;
}

/* One that is bound to the address goes before one that takes all. */
struct sock *inet_lookup_listener(struct inet_hashinfo *hashinfo, u32 daddr, u16 hnum, int dif)
{
	struct sock *sk, *result = NULL;
	struct hlist_node *node;
	int score, hiscore = -1;

	read_lock(&hashinfo->lhash_lock);
	sk_for_each(sk, node, inet_lhash(hashinfo, hnum)) {
		struct inet_sock *inet = inet_sk(sk);

		if (inet->num != hnum || (inet->rcv_saddr && inet->rcv_saddr != daddr) ||
		    (sk->sk_bound_dev_if && sk->sk_bound_dev_if != dif))
			continue;
		score = (inet->rcv_saddr ? 2 : 0) + (sk->sk_bound_dev_if ? 2 : 0);
		if (score > hiscore) {
			hiscore = score;
			result = sk;
		}
	}
	if (result)
		sock_hold(result);
	read_unlock(&hashinfo->lhash_lock);
	return result;
}

/* Is there a connection between these ends already? */
static int inet_ends_taken(struct inet_hashinfo *hashinfo, struct sock *sk, u16 port)
{
	struct inet_sock *inet = inet_sk(sk);
	struct sock *other = inet_lookup_established(hashinfo, inet->daddr, inet->dport,
						     inet->rcv_saddr, port);

	if (!other)
		return 0;
	if (other->sk_state == TCP_TIME_WAIT)
		inet_twsk_put(inet_twsk(other));
	else
		sock_put(other);
	return 1;
}

static int inet_try_port(struct inet_hashinfo *hinfo, struct sock *sk, int port)
{
	struct inet_bind_hashbucket *head = inet_bhash(hinfo, port);
	struct inet_bind_bucket *tb;
	int err = -EADDRINUSE;

	spin_lock(&head->lock);
	tb = inet_bind_bucket_find(hinfo, port);
	/* Ports that somebody bound are not for us; others are, with another end. */
	if (tb && (tb->fastreuse >= 0 || inet_ends_taken(hinfo, sk, port)))
		goto out;
	if (!tb) {
		tb = inet_bind_bucket_create(hinfo, port);
		if (tb)
			tb->fastreuse = -1;
	}
	err = -ENOMEM;
	if (!tb)
		goto out;
	inet_bind_hash(sk, tb, port);
	err = 0;
out:
	spin_unlock(&head->lock);
	return err;
}

/* A port for a socket that connects, and its place among the connections. */
int inet_hash_connect(struct inet_hashinfo *hinfo, struct sock *sk)
{
	int low = sysctl_local_port_range[0], high = sysctl_local_port_range[1];
	int remaining, rover, err = -EADDRNOTAVAIL;

	if (inet_sk(sk)->num) {
		if (inet_ends_taken(hinfo, sk, inet_sk(sk)->num))
			return -EADDRNOTAVAIL;
		inet_hash(hinfo, sk);
		return 0;
	}
	local_bh_disable();
	rover = inet_port_start(&hinfo->port_rover, low, high);
	for (remaining = high - low + 1; remaining > 0; remaining--, rover++) {
		if (rover > high)
			rover = low;
		err = inet_try_port(hinfo, sk, rover);
		if (err != -EADDRINUSE)
			break;
		err = -EADDRNOTAVAIL;
	}
	if (!err) {
		hinfo->port_rover = rover + 1;
		inet_sk(sk)->sport = htons(rover);
		inet_hash(hinfo, sk);
	}
	local_bh_enable();
	return err;
}
