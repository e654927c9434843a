// SPDX-License-Identifier: GPL-2.0-only
/* Ports and listeners of protocols with connections. */
#include <linux/fs.h>
#include <linux/jhash.h>
#include <linux/module.h>
#include <net/inet_hashtables.h>
#include <net/ip.h>
#include <net/tcp.h>

/* Ports that the kernel chooses, both included. */
int sysctl_local_port_range[2] = { 32768, 60999 };

static int inet_csk_bind_conflict(const struct sock *sk, const struct inet_bind_bucket *tb)
{
	u32 addr = inet_sk(sk)->rcv_saddr, other;
	struct hlist_node *node;
	struct sock *sk2;

	hlist_for_each_entry(sk2, node, &tb->owners, sk_bind_node) {
		if (sk == sk2 || (sk->sk_bound_dev_if && sk2->sk_bound_dev_if &&
				  sk->sk_bound_dev_if != sk2->sk_bound_dev_if))
			continue;
		if (sk->sk_reuse && sk2->sk_reuse && sk2->sk_state != TCP_LISTEN)
			continue;
		/* In TIME_WAIT only the common part is there. */
		other = sk2->sk_state == TCP_TIME_WAIT ? inet_twsk(sk2)->tw_rcv_saddr :
							 inet_sk(sk2)->rcv_saddr;
		if (!other || !addr || other == addr)
			return 1;
	}
	return 0;
}

static int inet_csk_try_port(struct sock *sk, unsigned short snum, int any)
{
	struct inet_hashinfo *hashinfo = &tcp_hashinfo;
	struct inet_bind_hashbucket *head = inet_bhash(hashinfo, snum);
	struct inet_bind_bucket *tb;
	int ret = 1;

	spin_lock(&head->lock);
	tb = inet_bind_bucket_find(hashinfo, snum);
	if (tb && (any || inet_csk_bind_conflict(sk, tb)))
		goto out;
	if (!tb)
		tb = inet_bind_bucket_create(hashinfo, snum);
	if (!tb)
		goto out;
	tb->fastreuse = sk->sk_reuse && sk->sk_state != TCP_LISTEN;
	if (!inet_csk(sk)->icsk_bind_hash)
		inet_bind_hash(sk, tb, snum);
	ret = 0;
out:
	spin_unlock(&head->lock);
	return ret;
}

/* 0 when the socket has the port, or with 0 for @snum, any. */
int inet_csk_get_port(struct sock *sk, unsigned short snum)
{
	int low = sysctl_local_port_range[0], high = sysctl_local_port_range[1];
	int remaining = high - low + 1, rover, ret = 1;

	local_bh_disable();
	if (snum) {
		ret = inet_csk_try_port(sk, snum, 0);
		goto out;
	}
	rover = inet_port_start(&tcp_hashinfo.port_rover, low, high);
	for (; remaining > 0 && ret; remaining--) {
		if (rover > high)
			rover = low;
		ret = inet_csk_try_port(sk, rover++, 1);
	}
	tcp_hashinfo.port_rover = rover;
out:
	local_bh_enable();
	return ret;
}

struct request_sock *reqsk_alloc(void)
{
	return kmem_cache_alloc(tcp_request_cachep, SLAB_ATOMIC);
}

void reqsk_free(struct request_sock *req)
{
	kmem_cache_free(tcp_request_cachep, req);
}

int inet_csk_listen_start(struct sock *sk)
{
	struct inet_connection_sock *icsk = inet_csk(sk);
	struct listen_sock *lopt = kzalloc(sizeof(*lopt), GFP_KERNEL);

	if (!lopt)
		return -ENOMEM;
	icsk->icsk_accept_queue.listen_opt = lopt;
	icsk->icsk_accept_queue.rskq_accept_head = NULL;
	icsk->icsk_accept_queue.rskq_accept_tail = NULL;
	sk->sk_ack_backlog = 0;
	sk->sk_state = TCP_LISTEN;
	/* Others may have taken the port since it was bound, or none was. */
	if (!sk->sk_prot->get_port(sk, inet_sk(sk)->num)) {
		inet_sk(sk)->sport = htons(inet_sk(sk)->num);
		sk_dst_reset(sk);
		sk->sk_prot->hash(sk);
		return 0;
	}
	sk->sk_state = TCP_CLOSE;
	kfree(icsk->icsk_accept_queue.listen_opt);
	icsk->icsk_accept_queue.listen_opt = NULL;
	return -EADDRINUSE;
}

static struct request_sock **reqsk_bucket(const struct sock *sk, u32 raddr, u16 rport)
{
	return &inet_csk(sk)->icsk_accept_queue.listen_opt->syn_table
		[jhash_2words(raddr, rport, 0) % SYN_TABLE_SIZE];
}

struct request_sock *inet_csk_search_req(const struct sock *sk, struct request_sock ***prevp,
					 u16 rport, u32 raddr, u32 laddr)
{
	struct request_sock *req, **prev;

	for (prev = reqsk_bucket(sk, raddr, rport); (req = *prev) != NULL; prev = &req->dl_next) {
		if (req->rmt_port == rport && req->rmt_addr == raddr && req->loc_addr == laddr) {
			*prevp = prev;
			break;
		}
	}
	return req;
}

void inet_csk_reqsk_queue_hash_add(struct sock *sk, struct request_sock *req)
{
	struct request_sock **bucket = reqsk_bucket(sk, req->rmt_addr, req->rmt_port);

	req->sk = NULL;
	req->dl_next = *bucket;
	*bucket = req;
	/* The listener's timer looks after requests that come to nothing. */
	if (!inet_csk(sk)->icsk_accept_queue.listen_opt->qlen++)
		sk_reset_timer(sk, &sk->sk_timer, jiffies + TCP_SYNQ_INTERVAL);
}

void inet_csk_reqsk_queue_unlink(struct sock *sk, struct request_sock *req,
				 struct request_sock **prev)
{
	*prev = req->dl_next;
	if (!--inet_csk(sk)->icsk_accept_queue.listen_opt->qlen)
		sk_stop_timer(sk, &sk->sk_timer);
}

/* The handshake is over: accept() may have it. */
void inet_csk_reqsk_queue_add(struct sock *sk, struct request_sock *req, struct sock *child)
{
	struct request_sock_queue *queue = &inet_csk(sk)->icsk_accept_queue;

	req->sk = child;
	req->dl_next = NULL;
	sk->sk_ack_backlog++;
	if (queue->rskq_accept_tail)
		queue->rskq_accept_tail->dl_next = req;
	else
		queue->rskq_accept_head = req;
	queue->rskq_accept_tail = req;
}

static struct request_sock *reqsk_queue_remove(struct sock *sk)
{
	struct request_sock_queue *queue = &inet_csk(sk)->icsk_accept_queue;
	struct request_sock *req = queue->rskq_accept_head;

	queue->rskq_accept_head = req->dl_next;
	if (!queue->rskq_accept_head)
		queue->rskq_accept_tail = NULL;
	sk->sk_ack_backlog--;
	return req;
}

static int inet_csk_wait_for_connect(struct sock *sk, long timeo)
{
	DEFINE_WAIT(wait);
	int err;

	for (;;) {
		prepare_to_wait_exclusive(sk->sk_sleep, &wait, TASK_INTERRUPTIBLE);
		release_sock(sk);
		set_current_state(TASK_INTERRUPTIBLE);
		if (!inet_csk(sk)->icsk_accept_queue.rskq_accept_head &&
		    sk->sk_state == TCP_LISTEN)
			timeo = schedule_timeout(timeo);
		__set_current_state(TASK_RUNNING);
		lock_sock(sk);
		err = 0;
		if (inet_csk(sk)->icsk_accept_queue.rskq_accept_head)
			break;
		err = -EINVAL;
		if (sk->sk_state != TCP_LISTEN)
			break;
		err = sock_intr_errno(timeo);
		if (signal_pending(current))
			break;
		err = -EAGAIN;
		if (!timeo)
			break;
	}
	finish_wait(sk->sk_sleep, &wait);
	return err;
}

struct sock *inet_csk_accept(struct sock *sk, int flags, int *err)
{
	struct request_sock *req;
	struct sock *newsk = NULL;
	long timeo;

	lock_sock(sk);
	*err = -EINVAL;
	if (sk->sk_state != TCP_LISTEN)
		goto out;
	if (!inet_csk(sk)->icsk_accept_queue.rskq_accept_head) {
		timeo = sock_rcvtimeo(sk, flags & O_NONBLOCK);
		*err = -EAGAIN;
		if (!timeo)
			goto out;
		*err = inet_csk_wait_for_connect(sk, timeo);
		if (*err)
			goto out;
	}
	req = reqsk_queue_remove(sk);
	newsk = req->sk;
	reqsk_free(req);
	*err = 0;
out:
	release_sock(sk);
	return newsk;
}

/* A connection that nobody accepted is cut. */
static void inet_csk_drop_child(struct sock *child)
{
	lock_sock(child);
	tcp_disconnect(child, O_NONBLOCK);
	release_sock(child);
	sock_orphan(child);
	sock_put(child);
}

void inet_csk_listen_stop(struct sock *sk)
{
	struct inet_connection_sock *icsk = inet_csk(sk);
	struct listen_sock *lopt = icsk->icsk_accept_queue.listen_opt;
	struct request_sock *req;
	int i;

	sk_stop_timer(sk, &sk->sk_timer);
	for (i = 0; i < SYN_TABLE_SIZE; i++) {
		while ((req = lopt->syn_table[i]) != NULL) {
			lopt->syn_table[i] = req->dl_next;
			reqsk_free(req);
		}
	}
	kfree(lopt);
	icsk->icsk_accept_queue.listen_opt = NULL;
	while (icsk->icsk_accept_queue.rskq_accept_head) {
		req = reqsk_queue_remove(sk);
		inet_csk_drop_child(req->sk);
		reqsk_free(req);
	}
}
