// SPDX-License-Identifier: GPL-2.0-only
/*
 * TIME_WAIT: a connection that has ended is remembered for a minute, so that
 * late packets of it do not disturb a new one.  A wheel turns once a minute and
 * drops what is in the slot it comes to.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <net/inet_timewait_sock.h>
#include <net/tcp.h>

void inet_twsk_put(struct inet_timewait_sock *tw)
{
	if (atomic_dec_and_test(&tw->tw_refcnt))
		kmem_cache_free(tcp_tw_cachep, tw);
}

/* Out of the tables of connections and ports; the tables' references go. */
void __inet_twsk_kill(struct inet_timewait_sock *tw, struct inet_hashinfo *hashinfo)
{
	struct inet_ehash_bucket *ebucket = inet_ehash_bucket(hashinfo, tw->tw_hash);
	struct inet_bind_hashbucket *bhead = inet_bhash(hashinfo, tw->tw_num);

	write_lock(&ebucket->lock);
	if (hlist_unhashed(&tw->tw_node)) {
		write_unlock(&ebucket->lock);
		return;
	}
	hlist_del_init(&tw->tw_node);
	write_unlock(&ebucket->lock);
	spin_lock(&bhead->lock);
	hlist_del_init(&tw->tw_bind_node);
	inet_bind_bucket_destroy(hashinfo, tw->tw_tb);
	tw->tw_tb = NULL;
	spin_unlock(&bhead->lock);
	inet_twsk_put(tw);
}

/* It takes the place of the connection in the tables. */
void __inet_twsk_hashdance(struct inet_timewait_sock *tw, struct sock *sk,
			   struct inet_hashinfo *hashinfo)
{
	struct inet_ehash_bucket *ehead = inet_ehash_bucket(hashinfo, sk->sk_hash);
	struct inet_bind_hashbucket *bhead = inet_bhash(hashinfo, tw->tw_num);

	spin_lock(&bhead->lock);
	tw->tw_tb = inet_csk(sk)->icsk_bind_hash;
	hlist_add_head(&tw->tw_bind_node, &tw->tw_tb->owners);
	spin_unlock(&bhead->lock);
	write_lock(&ehead->lock);
	sk_del_node_init(sk);
	hlist_add_head(&tw->tw_node, &ehead->twchain);
	atomic_inc(&tw->tw_refcnt);
	write_unlock(&ehead->lock);
}

/* From the wheel; its reference goes. */
void inet_twsk_deschedule(struct inet_timewait_sock *tw, struct inet_timewait_death_row *twdr)
{
	spin_lock(&twdr->death_lock);
	if (!hlist_unhashed(&tw->tw_death_node)) {
		hlist_del_init(&tw->tw_death_node);
		inet_twsk_put(tw);
		if (--twdr->tw_count == 0)
			del_timer(&twdr->tw_timer);
	}
	spin_unlock(&twdr->death_lock);
	__inet_twsk_kill(tw, twdr->hashinfo);
}

/* Into the slot that comes last. */
void inet_twsk_schedule(struct inet_timewait_sock *tw, struct inet_timewait_death_row *twdr)
{
	int slot;

	spin_lock(&twdr->death_lock);
	if (!hlist_unhashed(&tw->tw_death_node)) {
		hlist_del_init(&tw->tw_death_node);
		twdr->tw_count--;
	} else {
		atomic_inc(&tw->tw_refcnt);
	}
	slot = (twdr->slot + INET_TWDR_TWKILL_SLOTS - 1) % INET_TWDR_TWKILL_SLOTS;
	hlist_add_head(&tw->tw_death_node, &twdr->cells[slot]);
	if (twdr->tw_count++ == 0)
		mod_timer(&twdr->tw_timer, jiffies + twdr->period);
	spin_unlock(&twdr->death_lock);
}

/* The timer of the wheel. */
void inet_twdr_hangman(unsigned long data)
{
	struct inet_timewait_death_row *twdr = (struct inet_timewait_death_row *)data;
	struct inet_timewait_sock *tw;

	spin_lock(&twdr->death_lock);
	while (twdr->cells[twdr->slot].first) {
		tw = hlist_entry(twdr->cells[twdr->slot].first, struct inet_timewait_sock,
				 tw_death_node);
		hlist_del_init(&tw->tw_death_node);
		twdr->tw_count--;
		spin_unlock(&twdr->death_lock);
		__inet_twsk_kill(tw, twdr->hashinfo);
		inet_twsk_put(tw);
		spin_lock(&twdr->death_lock);
	}
	twdr->slot = (twdr->slot + 1) % INET_TWDR_TWKILL_SLOTS;
	if (twdr->tw_count)
		mod_timer(&twdr->tw_timer, jiffies + twdr->period);
	spin_unlock(&twdr->death_lock);
}
