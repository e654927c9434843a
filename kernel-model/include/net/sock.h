/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_SOCK_H
#define _NET_SOCK_H

#include <linux/list.h>
#include <linux/net.h>
#include <linux/sched.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct dst_entry;
struct proto;
struct net_device;

/*
 * The lock of a socket: a task that owns it may sleep, and packets that come in
 * meanwhile are put on the backlog.
 */
typedef struct {
	/* guards @owner and the backlog */
	spinlock_t slock;
	struct task_struct *owner;
	wait_queue_head_t wq;
} socket_lock_t;

/* What a socket and a time-wait socket have in common. */
struct sock_common {
	unsigned short skc_family;
	volatile unsigned char skc_state;
	unsigned char skc_reuse;
	int skc_bound_dev_if;
	struct hlist_node skc_node;
	struct hlist_node skc_bind_node;
	atomic_t skc_refcnt;
	unsigned int skc_hash;
	struct proto *skc_prot;
};

/**
 * struct sock - the protocol's side of a socket
 * @sk_shutdown: RCV_SHUTDOWN, SEND_SHUTDOWN
 * @sk_userlocks: SOCK_*_LOCK: what user mode has chosen
 * @sk_sleep: the wait queue of the struct socket
 * @sk_rmem_alloc: bytes in the receive queue
 * @sk_wmem_alloc: bytes that were sent and not freed; 1 as long as it lives
 * @sk_wmem_queued: bytes in the write queue of a stream
 * @sk_forward_alloc: bytes charged to the protocol and not used yet
 * @sk_err: error for the next call
 * @sk_err_soft: error that counts when it persists
 * @sk_backlog: packets that came while a task owned the socket
 */
struct sock {
	struct sock_common __sk_common;
#define sk_family	__sk_common.skc_family
#define sk_state	__sk_common.skc_state
#define sk_reuse	__sk_common.skc_reuse
#define sk_bound_dev_if	__sk_common.skc_bound_dev_if
#define sk_node		__sk_common.skc_node
#define sk_bind_node	__sk_common.skc_bind_node
#define sk_refcnt	__sk_common.skc_refcnt
#define sk_hash		__sk_common.skc_hash
#define sk_prot		__sk_common.skc_prot
	unsigned char sk_shutdown:2,
		      sk_userlocks:4;
	unsigned char sk_protocol;
	unsigned short sk_type;
	int sk_rcvbuf;
	socket_lock_t sk_lock;
	wait_queue_head_t *sk_sleep;
	struct dst_entry *sk_dst_cache;
	atomic_t sk_rmem_alloc;
	atomic_t sk_wmem_alloc;
	atomic_t sk_omem_alloc;
	struct sk_buff_head sk_receive_queue;
	struct sk_buff_head sk_write_queue;
	int sk_wmem_queued;
	int sk_forward_alloc;
	gfp_t sk_allocation;
	int sk_sndbuf;
	unsigned long sk_flags;
	unsigned long sk_lingertime;
	struct {
		struct sk_buff *head;
		struct sk_buff *tail;
	} sk_backlog;
	/* guards sk_socket, sk_sleep and the callbacks */
	rwlock_t sk_callback_lock;
	int sk_err;
	int sk_err_soft;
	unsigned short sk_ack_backlog;
	unsigned short sk_max_ack_backlog;
	u32 sk_priority;
	struct ucred sk_peercred;
	int sk_rcvlowat;
	long sk_rcvtimeo;
	long sk_sndtimeo;
	struct timer_list sk_timer;
	struct socket *sk_socket;
	void *sk_user_data;
	void (*sk_state_change)(struct sock *sk);
	void (*sk_data_ready)(struct sock *sk, int bytes);
	void (*sk_write_space)(struct sock *sk);
	void (*sk_error_report)(struct sock *sk);
	int (*sk_backlog_rcv)(struct sock *sk, struct sk_buff *skb);
	void (*sk_destruct)(struct sock *sk);
};

#define RCV_SHUTDOWN	1
#define SEND_SHUTDOWN	2
#define SHUTDOWN_MASK	3

#define SOCK_SNDBUF_LOCK	1
#define SOCK_RCVBUF_LOCK	2
#define SOCK_BINDADDR_LOCK	4
#define SOCK_BINDPORT_LOCK	8

enum sock_flags {
	SOCK_DEAD,
	SOCK_DONE,
	SOCK_KEEPOPEN,
	SOCK_LINGER,
	SOCK_BROADCAST,
	SOCK_DBG,
	SOCK_LOCALROUTE,
	SOCK_USE_WRITE_QUEUE,
};

#define SOCK_DESTROY_TIME	(10 * HZ)

/* 256 packets of 256 bytes with their heads; least is two such packets sent, one received. */
#define SK_RMEM_MAX		212992
#define SK_WMEM_MAX		212992
#define SOCK_MIN_SNDBUF		4608
#define SOCK_MIN_RCVBUF		2304

/**
 * struct proto - a transport protocol
 * @memory_allocated: pages that all its sockets hold, or NULL
 * @memory_pressure: it is near its limit
 * @sysctl_mem: low, pressure, high, in pages
 */
struct proto {
	char name[32];
	void (*close)(struct sock *sk, long timeout);
	int (*connect)(struct sock *sk, struct sockaddr *uaddr, int addr_len);
	int (*disconnect)(struct sock *sk, int flags);
	struct sock *(*accept)(struct sock *sk, int flags, int *err);
	int (*ioctl)(struct sock *sk, int cmd, unsigned long arg);
	int (*init)(struct sock *sk);
	int (*destroy)(struct sock *sk);
	void (*shutdown)(struct sock *sk, int how);
	int (*setsockopt)(struct sock *sk, int level, int optname, char __user *optval,
			  int optlen);
	int (*getsockopt)(struct sock *sk, int level, int optname, char __user *optval,
			  int __user *option);
	int (*sendmsg)(struct sock *sk, struct msghdr *msg, size_t len);
	int (*recvmsg)(struct sock *sk, struct msghdr *msg, size_t len, int noblock, int flags,
		       int *addr_len);
	int (*bind)(struct sock *sk, struct sockaddr *uaddr, int addr_len);
	int (*backlog_rcv)(struct sock *sk, struct sk_buff *skb);
	void (*hash)(struct sock *sk);
	void (*unhash)(struct sock *sk);
	int (*get_port)(struct sock *sk, unsigned short snum);
	void (*enter_memory_pressure)(void);
	atomic_t *memory_allocated;
	atomic_t *sockets_allocated;
	int *memory_pressure;
	int *sysctl_mem;
	int max_header;
	unsigned int obj_size;
	struct kmem_cache *slab;
	struct list_head node;
	int inuse;
};

int proto_register(struct proto *prot, int alloc_slab);
void proto_unregister(struct proto *prot);

#define SK_STREAM_MEM_QUANTUM	4096

int sk_stream_mem_schedule(struct sock *sk, int size, int kind);
void __sk_stream_mem_reclaim(struct sock *sk);
void sk_stream_rfree(struct sk_buff *skb);
int sk_stream_wait_memory(struct sock *sk, long *timeo);
void sk_stream_write_space(struct sock *sk);
int sk_wait_data(struct sock *sk, long *timeo);

struct sock *sk_alloc(int family, gfp_t priority, struct proto *prot, int zero_it);
void sk_free(struct sock *sk);
struct sock *sk_clone(const struct sock *sk, gfp_t priority);
void sock_init_data(struct socket *sock, struct sock *sk);
void lock_sock(struct sock *sk);
void release_sock(struct sock *sk);
int sock_setsockopt(struct socket *sock, int level, int op, char __user *optval, int optlen);
int sock_getsockopt(struct socket *sock, int level, int op, char __user *optval,
		    int __user *optlen);
struct sk_buff *sock_wmalloc(struct sock *sk, unsigned long size, int force, gfp_t priority);
struct sk_buff *sock_alloc_send_skb(struct sock *sk, unsigned long size, int noblock,
				    int *errcode);
int sock_queue_rcv_skb(struct sock *sk, struct sk_buff *skb);
void sock_wfree(struct sk_buff *skb);
void sock_rfree(struct sk_buff *skb);
int sock_i_uid(struct sock *sk);
unsigned long sock_i_ino(struct sock *sk);
int sock_intr_errno(long timeo);
void sk_stop_timer(struct sock *sk, struct timer_list *timer);
void sk_reset_timer(struct sock *sk, struct timer_list *timer, unsigned long expires);
void sk_common_release(struct sock *sk);
void sk_init(void);

int sock_no_connect(struct socket *sock, struct sockaddr *addr, int len, int flags);
int sock_no_socketpair(struct socket *sock1, struct socket *sock2);
int sock_no_accept(struct socket *sock, struct socket *newsock, int flags);
int sock_no_listen(struct socket *sock, int backlog);
int sock_no_shutdown(struct socket *sock, int how);
int sock_no_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg);
int sock_no_setsockopt(struct socket *sock, int level, int op, char __user *optval, int optlen);
int sock_no_getsockopt(struct socket *sock, int level, int op, char __user *optval,
		       int __user *optlen);
unsigned int datagram_poll(struct file *file, struct socket *sock,
			   struct poll_table_struct *wait);

extern u32 sysctl_wmem_max;
extern u32 sysctl_rmem_max;
extern u32 sysctl_wmem_default;
extern u32 sysctl_rmem_default;
extern int sysctl_optmem_max;

static inline void sock_hold(struct sock *sk)
{
	atomic_inc(&sk->sk_refcnt);
}

static inline void sock_put(struct sock *sk)
{
	if (atomic_dec_and_test(&sk->sk_refcnt))
		sk_free(sk);
}

/* For who knows that this is not the last reference. */
static inline void __sock_put(struct sock *sk)
{
	atomic_dec(&sk->sk_refcnt);
}

static inline void sk_node_init(struct hlist_node *node)
{
	node->pprev = NULL;
}

static inline int sk_unhashed(const struct sock *sk)
{
	return hlist_unhashed(&sk->sk_node);
}

static inline int sk_hashed(const struct sock *sk)
{
	return !sk_unhashed(sk);
}

static inline void sk_add_node(struct sock *sk, struct hlist_head *list)
{
	sock_hold(sk);
	hlist_add_head(&sk->sk_node, list);
}

static inline int sk_del_node_init(struct sock *sk)
{
	if (!sk_hashed(sk))
		return 0;
	hlist_del_init(&sk->sk_node);
	__sock_put(sk);
	return 1;
}

#define sk_for_each(__sk, node, list) hlist_for_each_entry(__sk, node, list, sk_node)

static inline void sock_set_flag(struct sock *sk, enum sock_flags flag)
{
	sk->sk_flags |= 1UL << flag;
}

static inline void sock_reset_flag(struct sock *sk, enum sock_flags flag)
{
	sk->sk_flags &= ~(1UL << flag);
}

static inline int sock_flag(const struct sock *sk, enum sock_flags flag)
{
	return !!(sk->sk_flags & 1UL << flag);
}

static inline void bh_lock_sock(struct sock *sk)
{
	spin_lock(&sk->sk_lock.slock);
}

static inline void bh_unlock_sock(struct sock *sk)
{
	spin_unlock(&sk->sk_lock.slock);
}

#define sock_owned_by_user(sk)	((sk)->sk_lock.owner)

static inline void sk_add_backlog(struct sock *sk, struct sk_buff *skb)
{
	if (sk->sk_backlog.tail)
		sk->sk_backlog.tail->next = skb;
	else
		sk->sk_backlog.head = skb;
	sk->sk_backlog.tail = skb;
	skb->next = NULL;
}

static inline int sk_acceptq_is_full(const struct sock *sk)
{
	return sk->sk_ack_backlog > sk->sk_max_ack_backlog;
}

static inline long sock_rcvtimeo(const struct sock *sk, int noblock)
{
	return noblock ? 0 : sk->sk_rcvtimeo;
}

static inline long sock_sndtimeo(const struct sock *sk, int noblock)
{
	return noblock ? 0 : sk->sk_sndtimeo;
}

static inline int sock_error(struct sock *sk)
{
	int err = xchg(&sk->sk_err, 0);

	return -err;
}

static inline int sock_writeable(const struct sock *sk)
{
	return atomic_read(&sk->sk_wmem_alloc) < sk->sk_sndbuf / 2;
}

static inline void skb_set_owner_w(struct sk_buff *skb, struct sock *sk)
{
	sock_hold(sk);
	skb->sk = sk;
	skb->destructor = sock_wfree;
	atomic_add(skb->truesize, &sk->sk_wmem_alloc);
}

static inline void skb_set_owner_r(struct sk_buff *skb, struct sock *sk)
{
	skb->sk = sk;
	skb->destructor = sock_rfree;
	atomic_add(skb->truesize, &sk->sk_rmem_alloc);
}

static inline void sock_orphan(struct sock *sk)
{
	write_lock_bh(&sk->sk_callback_lock);
	sock_set_flag(sk, SOCK_DEAD);
	sk->sk_socket = NULL;
	sk->sk_sleep = NULL;
	write_unlock_bh(&sk->sk_callback_lock);
}

static inline void sock_graft(struct sock *sk, struct socket *parent)
{
	write_lock_bh(&sk->sk_callback_lock);
	sk->sk_sleep = &parent->wait;
	parent->sk = sk;
	sk->sk_socket = parent;
	write_unlock_bh(&sk->sk_callback_lock);
}

void sk_dst_set(struct sock *sk, struct dst_entry *dst);
void sk_dst_reset(struct sock *sk);
struct dst_entry *sk_dst_check(struct sock *sk, u32 cookie);

#endif /* _NET_SOCK_H */
