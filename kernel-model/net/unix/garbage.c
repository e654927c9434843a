// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sockets travel in messages, and a message keeps what it carries open.  When the
 * only messages that carry a socket wait in queues that nobody can read any more,
 * its own among them, no task will ever close it.
 *
 * A socket is held from outside when its file has more references than messages
 * account for.  From those that are, all that can still be received is reached
 * through their queues; the rest is garbage, which ends when its queues lose the
 * messages with files in them.
 */
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/module.h>
#include <net/af_unix.h>
#include <net/tcp_states.h>

/* Sockets in flight, counted once for each place of a message. */
atomic_t unix_tot_inflight = ATOMIC_INIT(0);

/* Closing what garbage carried releases sockets, which asks for another round. */
static int gc_in_progress;

static struct sock *unix_get_socket(struct file *filp)
{
	struct socket *sock = filp->private_data;

	if (!S_ISSOCK(filp->f_dentry->d_inode->i_mode))
		return NULL;
	return sock->sk && sock->ops->family == PF_UNIX ? sock->sk : NULL;
}

static void unix_count(struct scm_fp_list *fpl, int by)
{
	struct sock *s;
	int i;

	for (i = 0; i < fpl->count; i++) {
		s = unix_get_socket(fpl->fp[i]);
		if (!s)
			continue;
		atomic_add(by, &unix_sk(s)->inflight);
		atomic_add(by, &unix_tot_inflight);
	}
}

/* A message with these files goes into a queue. */
void unix_inflight(struct scm_fp_list *fpl)
{
	unix_count(fpl, 1);
}

/* It has left the queue; to be called while it still holds the files. */
void unix_notinflight(struct scm_fp_list *fpl)
{
	unix_count(fpl, -1);
}

/* Some task has it, or it is being made: it has no file yet. */
static int held_from_outside(struct sock *sk)
{
	struct socket *sock = sk->sk_socket;

	if (!sock)
		return 0;	/* not accepted yet; the listener leads to it */
	return !sock->file || file_count(sock->file) > atomic_read(&unix_sk(sk)->inflight);
}

static void reach(struct sock *sk, struct sock **stack)
{
	if (unix_sk(sk)->gc_reached)
		return;
	unix_sk(sk)->gc_reached = 1;
	unix_sk(sk)->gc_tree = *stack;
	*stack = sk;
}

/* What can be received from a socket: files, and connections to be accepted. */
static void reach_queued(struct sock *sk, struct sock **stack)
{
	struct sk_buff_head *queue = &sk->sk_receive_queue;
	struct scm_fp_list *fpl;
	struct sk_buff *skb;
	struct sock *s;
	int i;

	spin_lock_bh(&queue->lock);
	for (skb = queue->next; skb != (struct sk_buff *)queue; skb = skb->next) {
		fpl = UNIXCB(skb).fp;
		for (i = 0; fpl && i < fpl->count; i++) {
			s = unix_get_socket(fpl->fp[i]);
			if (s)
				reach(s, stack);
		}
		if (sk->sk_state == TCP_LISTEN)
			reach(skb->sk, stack);
	}
	spin_unlock_bh(&queue->lock);
}

#define for_each_unix_sock(sk, node, i)					\
	for ((i) = 0; (i) <= UNIX_HASH_SIZE; (i)++)			\
		sk_for_each(sk, node, &unix_socket_table[i])

static void reach_all(void)
{
	struct sock *sk, *stack = NULL;
	struct hlist_node *node;
	int i;

	for_each_unix_sock(sk, node, i)
		unix_sk(sk)->gc_reached = 0;
	for_each_unix_sock(sk, node, i)
		if (held_from_outside(sk))
			reach(sk, &stack);
	while (stack) {
		sk = stack;
		stack = unix_sk(sk)->gc_tree;
		reach_queued(sk, &stack);
	}
}

/* Messages with files, out of the queue of a socket that is garbage. */
static void take_files(struct sock *sk, struct sk_buff_head *hitlist)
{
	struct sk_buff_head *queue = &sk->sk_receive_queue;
	struct sk_buff *skb, *next;

	spin_lock_bh(&queue->lock);
	for (skb = queue->next; skb != (struct sk_buff *)queue; skb = next) {
		next = skb->next;
		if (!UNIXCB(skb).fp)
			continue;
		__skb_unlink(skb, queue);
		__skb_queue_tail(hitlist, skb);
	}
	spin_unlock_bh(&queue->lock);
}

/**
 * unix_gc - end sockets that only messages hold which nobody can receive
 *
 * To be called when a socket ended and others are in flight.
 */
void unix_gc(void)
{
	struct sk_buff_head hitlist;
	struct hlist_node *node;
	struct sock *sk;
	int i;

	if (gc_in_progress)
		return;
	gc_in_progress = 1;
	skb_queue_head_init(&hitlist);
	spin_lock(&unix_table_lock);
	reach_all();
	for_each_unix_sock(sk, node, i)
		if (!unix_sk(sk)->gc_reached)
			take_files(sk, &hitlist);
	spin_unlock(&unix_table_lock);
	/* Files are closed, and may sleep. */
	skb_queue_purge(&hitlist);
	gc_in_progress = 0;
}
