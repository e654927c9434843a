/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_AF_UNIX_H
#define _NET_AF_UNIX_H

#include <linux/mutex.h>
#include <linux/un.h>
#include <net/scm.h>
#include <net/sock.h>

#define UNIX_HASH_SIZE	256

extern struct hlist_head unix_socket_table[UNIX_HASH_SIZE + 1];
extern spinlock_t unix_table_lock;
extern int sysctl_unix_max_dgram_qlen;

/* A name, shared by a listener and the sockets that it makes. */
struct unix_address {
	atomic_t refcnt;
	int len;
	unsigned int hash;
	struct sockaddr_un name[];
};

struct unix_skb_parms {
	struct ucred creds;
	struct scm_fp_list *fp;
};

#define UNIXCB(skb)	(*(struct unix_skb_parms *)(skb)->cb)

/**
 * struct unix_sock - an AF_UNIX socket
 * @addr: its name, or NULL
 * @dentry: the same in the file system
 * @readsem: one reader at a time, for streams
 * @peer: the other end; a datagram socket's is where it sends by default
 * @other_wait: who waits for room in our receive queue
 * @inflight: in how many places of queued messages it is
 * @gc_reached: some task can still get at it, see garbage.c
 * @gc_tree: the next one whose queue is to be looked at
 */
struct unix_sock {
	struct sock sk;
	struct unix_address *addr;
	struct dentry *dentry;
	struct vfsmount *mnt;
	struct mutex readsem;	/* readers take whole parts of a stream */
	struct sock *peer;
	wait_queue_head_t other_wait;
	atomic_t inflight;
	int gc_reached;
	struct sock *gc_tree;
};

static inline struct unix_sock *unix_sk(struct sock *sk)
{
	return (struct unix_sock *)sk;
}

#define unix_peer(sk)	(unix_sk(sk)->peer)

extern atomic_t unix_tot_inflight;

void unix_inflight(struct scm_fp_list *fpl);
void unix_notinflight(struct scm_fp_list *fpl);
void unix_gc(void);

#endif /* _NET_AF_UNIX_H */
