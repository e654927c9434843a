// SPDX-License-Identifier: GPL-2.0-only
/* What all protocols have in common: struct sock, its memory, lock and options. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/proc_fs.h>
#include <linux/poll.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include <net/dst.h>
#include <net/sock.h>
#include <net/tcp_states.h>

u32 sysctl_wmem_max __read_mostly = SK_WMEM_MAX;
u32 sysctl_rmem_max __read_mostly = SK_RMEM_MAX;
u32 sysctl_wmem_default __read_mostly = SK_WMEM_MAX;
u32 sysctl_rmem_default __read_mostly = SK_RMEM_MAX;
int sysctl_optmem_max = 20480;

static LIST_HEAD(proto_list);
static DEFINE_RWLOCK(proto_list_lock);

int proto_register(struct proto *prot, int alloc_slab)
{
	if (alloc_slab) {
		prot->slab = kmem_cache_create(prot->name, prot->obj_size, 0, SLAB_HWCACHE_ALIGN,
					       NULL, NULL);
		if (!prot->slab)
			return -ENOBUFS;
	}
	write_lock(&proto_list_lock);
	list_add(&prot->node, &proto_list);
	write_unlock(&proto_list_lock);
	return 0;
}
EXPORT_SYMBOL(proto_register);

void proto_unregister(struct proto *prot)
{
	write_lock(&proto_list_lock);
	list_del(&prot->node);
	write_unlock(&proto_list_lock);
	if (!prot->slab)
		return;
	kmem_cache_destroy(prot->slab);
	prot->slab = NULL;
}
EXPORT_SYMBOL(proto_unregister);

/**
 * sk_alloc - memory for a socket, with one reference
 */
struct sock *sk_alloc(int family, gfp_t priority, struct proto *prot, int zero_it)
{
	struct sock *sk = prot->slab ? kmem_cache_alloc(prot->slab, priority) :
				       kmalloc(prot->obj_size, priority);

	if (!sk)
		return NULL;
	if (zero_it) {
		memset(sk, 0, prot->obj_size);
		sk->sk_family = family;
		sk->sk_prot = prot;
		sk->sk_lock.slock = SPIN_LOCK_UNLOCKED;
		init_waitqueue_head(&sk->sk_lock.wq);
	}
	prot->inuse++;
	return sk;
}
EXPORT_SYMBOL(sk_alloc);

void sk_free(struct sock *sk)
{
	struct proto *prot = sk->sk_prot;

	if (sk->sk_destruct)
		sk->sk_destruct(sk);
	dst_release(sk->sk_dst_cache);
	if (atomic_read(&sk->sk_omem_alloc))
		printk(KERN_DEBUG "%s: optmem leakage (%d bytes) detected.\n", __func__,
		       atomic_read(&sk->sk_omem_alloc));
	prot->inuse--;
	if (prot->slab)
		kmem_cache_free(prot->slab, sk);
	else
		kfree(sk);
}
EXPORT_SYMBOL(sk_free);

static void sock_def_wakeup(struct sock *sk)
{
	read_lock(&sk->sk_callback_lock);
	if (sk->sk_sleep)
		wake_up_interruptible_all(sk->sk_sleep);
	read_unlock(&sk->sk_callback_lock);
}

static void sock_def_error_report(struct sock *sk)
{
	read_lock(&sk->sk_callback_lock);
	if (sk->sk_sleep)
		wake_up_interruptible(sk->sk_sleep);
	read_unlock(&sk->sk_callback_lock);
}

static void sock_def_readable(struct sock *sk, int len)
{
	sock_def_error_report(sk);
}

/* Writers are woken when half of the buffer is free, so that they get on a while. */
static void sock_def_write_space(struct sock *sk)
{
	read_lock(&sk->sk_callback_lock);
	if (sk->sk_sleep && atomic_read(&sk->sk_wmem_alloc) * 2 <= sk->sk_sndbuf)
		wake_up_interruptible(sk->sk_sleep);
	read_unlock(&sk->sk_callback_lock);
}

static void sock_def_destruct(struct sock *sk)
{
}

void sock_init_data(struct socket *sock, struct sock *sk)
{
	skb_queue_head_init(&sk->sk_receive_queue);
	skb_queue_head_init(&sk->sk_write_queue);
	init_timer(&sk->sk_timer);
	sk->sk_allocation = GFP_KERNEL;
	sk->sk_rcvbuf = sysctl_rmem_default;
	sk->sk_sndbuf = sysctl_wmem_default;
	sk->sk_state = TCP_CLOSE;
	sk->sk_socket = sock;
	if (sock) {
		sk->sk_type = sock->type;
		sk->sk_sleep = &sock->wait;
		sock->sk = sk;
	}
	rwlock_init(&sk->sk_callback_lock);
	sk->sk_state_change = sock_def_wakeup;
	sk->sk_data_ready = sock_def_readable;
	sk->sk_write_space = sock_def_write_space;
	sk->sk_error_report = sock_def_error_report;
	sk->sk_destruct = sock_def_destruct;
	sk->sk_peercred.uid = -1;
	sk->sk_peercred.gid = -1;
	sk->sk_rcvlowat = 1;
	sk->sk_rcvtimeo = MAX_SCHEDULE_TIMEOUT;
	sk->sk_sndtimeo = MAX_SCHEDULE_TIMEOUT;
	atomic_set(&sk->sk_refcnt, 1);
}
EXPORT_SYMBOL(sock_init_data);

/**
 * sk_clone - a socket like another one, for a new connection
 *
 * Nothing that the original owns is shared.
 */
struct sock *sk_clone(const struct sock *sk, gfp_t priority)
{
	struct sock *newsk = sk_alloc(sk->sk_family, priority, sk->sk_prot, 0);

	if (!newsk)
		return NULL;
	memcpy(newsk, sk, sk->sk_prot->obj_size);
	INIT_HLIST_NODE(&newsk->sk_node);
	INIT_HLIST_NODE(&newsk->sk_bind_node);
	newsk->sk_lock.slock = SPIN_LOCK_UNLOCKED;
	newsk->sk_lock.owner = NULL;
	init_waitqueue_head(&newsk->sk_lock.wq);
	newsk->sk_backlog.head = NULL;
	newsk->sk_backlog.tail = NULL;
	atomic_set(&newsk->sk_rmem_alloc, 0);
	atomic_set(&newsk->sk_wmem_alloc, 0);
	atomic_set(&newsk->sk_omem_alloc, 0);
	skb_queue_head_init(&newsk->sk_receive_queue);
	skb_queue_head_init(&newsk->sk_write_queue);
	rwlock_init(&newsk->sk_callback_lock);
	init_timer(&newsk->sk_timer);
	newsk->sk_dst_cache = NULL;
	newsk->sk_wmem_queued = 0;
	newsk->sk_forward_alloc = 0;
	newsk->sk_userlocks = sk->sk_userlocks & ~SOCK_BINDPORT_LOCK;
	newsk->sk_err = 0;
	newsk->sk_err_soft = 0;
	newsk->sk_socket = NULL;
	newsk->sk_sleep = NULL;
	newsk->sk_user_data = NULL;
	atomic_set(&newsk->sk_refcnt, 1);
	return newsk;
}

/* A task takes the socket; it may sleep while it has it. */
void lock_sock(struct sock *sk)
{
	DEFINE_WAIT(wait);

	might_sleep();
	for (;;) {
		prepare_to_wait_exclusive(&sk->sk_lock.wq, &wait, TASK_UNINTERRUPTIBLE);
		if (!sock_owned_by_user(sk))
			break;
		schedule();
	}
	sk->sk_lock.owner = current;
	finish_wait(&sk->sk_lock.wq, &wait);
}
EXPORT_SYMBOL(lock_sock);

static void __release_sock(struct sock *sk)
{
	struct sk_buff *skb = sk->sk_backlog.head, *next;

	do {
		sk->sk_backlog.head = NULL;
		sk->sk_backlog.tail = NULL;
		bh_unlock_sock(sk);
		for (; skb; skb = next) {
			next = skb->next;
			skb->next = NULL;
			sk->sk_backlog_rcv(sk, skb);
		}
		bh_lock_sock(sk);
		skb = sk->sk_backlog.head;
	} while (skb);
}

/* Gives it back; what came in the meantime is worked on first. */
void release_sock(struct sock *sk)
{
	local_bh_disable();
	bh_lock_sock(sk);
	if (sk->sk_backlog.head)
		__release_sock(sk);
	sk->sk_lock.owner = NULL;
	bh_unlock_sock(sk);
	/* lock_sock() is on the queue before it looks whether the socket is free. */
	if (waitqueue_active(&sk->sk_lock.wq))
		wake_up(&sk->sk_lock.wq);
	local_bh_enable();
}
EXPORT_SYMBOL(release_sock);

void sk_reset_timer(struct sock *sk, struct timer_list *timer, unsigned long expires)
{
	if (!mod_timer(timer, expires))
		sock_hold(sk);
}
EXPORT_SYMBOL(sk_reset_timer);

void sk_stop_timer(struct sock *sk, struct timer_list *timer)
{
	if (timer_pending(timer) && del_timer(timer))
		__sock_put(sk);
}
EXPORT_SYMBOL(sk_stop_timer);

void sk_dst_set(struct sock *sk, struct dst_entry *dst)
{
	dst_release(xchg(&sk->sk_dst_cache, dst));
}
EXPORT_SYMBOL(sk_dst_set);

void sk_dst_reset(struct sock *sk)
{
	sk_dst_set(sk, NULL);
}
EXPORT_SYMBOL(sk_dst_reset);

/* The route, with a reference, if it is still good. */
struct dst_entry *sk_dst_check(struct sock *sk, u32 cookie)
{
	struct dst_entry *dst = sk->sk_dst_cache;

	if (dst && dst->obsolete && !dst->ops->check(dst, cookie)) {
		sk_dst_reset(sk);
		return NULL;
	}
	return dst_clone(dst);
}
EXPORT_SYMBOL(sk_dst_check);

void sock_wfree(struct sk_buff *skb)
{
	struct sock *sk = skb->sk;

	atomic_sub(skb->truesize, &sk->sk_wmem_alloc);
	if (!sock_flag(sk, SOCK_USE_WRITE_QUEUE))
		sk->sk_write_space(sk);
	sock_put(sk);
}
EXPORT_SYMBOL(sock_wfree);

void sock_rfree(struct sk_buff *skb)
{
	atomic_sub(skb->truesize, &skb->sk->sk_rmem_alloc);
}
EXPORT_SYMBOL(sock_rfree);

struct sk_buff *sock_wmalloc(struct sock *sk, unsigned long size, int force, gfp_t priority)
{
	struct sk_buff *skb;

	if (!force && atomic_read(&sk->sk_wmem_alloc) >= sk->sk_sndbuf)
		return NULL;
	skb = alloc_skb(size, priority);
	if (skb)
		skb_set_owner_w(skb, sk);
	return skb;
}
EXPORT_SYMBOL(sock_wmalloc);

static long sock_wait_for_wmem(struct sock *sk, long timeo)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(sk->sk_sleep, &wait, TASK_INTERRUPTIBLE);
	if (atomic_read(&sk->sk_wmem_alloc) >= sk->sk_sndbuf &&
	    !(sk->sk_shutdown & SEND_SHUTDOWN) && !sk->sk_err)
		timeo = schedule_timeout(timeo);
	finish_wait(sk->sk_sleep, &wait);
	return timeo;
}

/**
 * sock_alloc_send_skb - a packet that the socket pays for
 * @size: room for its data
 * @noblock: fail rather than wait until the socket can afford it
 * @errcode: why NULL is returned
 */
struct sk_buff *sock_alloc_send_skb(struct sock *sk, unsigned long size, int noblock,
				    int *errcode)
{
	long timeo = sock_sndtimeo(sk, noblock);
	struct sk_buff *skb;

	for (;;) {
		*errcode = sock_error(sk);
		if (*errcode)
			return NULL;
		*errcode = -EPIPE;
		if (sk->sk_shutdown & SEND_SHUTDOWN)
			return NULL;
		if (atomic_read(&sk->sk_wmem_alloc) < sk->sk_sndbuf)
			break;
		*errcode = -EAGAIN;
		if (!timeo)
			return NULL;
		*errcode = sock_intr_errno(timeo);
		if (signal_pending(current))
			return NULL;
		timeo = sock_wait_for_wmem(sk, timeo);
	}
	skb = alloc_skb(size, sk->sk_allocation);
	*errcode = skb ? 0 : -ENOBUFS;
	if (skb)
		skb_set_owner_w(skb, sk);
	return skb;
}
EXPORT_SYMBOL(sock_alloc_send_skb);

/**
 * sock_queue_rcv_skb - a packet for the socket's user
 *
 * Returns -ENOMEM when he has too many that he did not fetch.
 */
int sock_queue_rcv_skb(struct sock *sk, struct sk_buff *skb)
{
	int len = skb->len;

	if (atomic_read(&sk->sk_rmem_alloc) + skb->truesize >= (unsigned int)sk->sk_rcvbuf)
		return -ENOMEM;
	skb->dev = NULL;
	skb_set_owner_r(skb, sk);
	skb_queue_tail(&sk->sk_receive_queue, skb);
	if (!sock_flag(sk, SOCK_DEAD))
		sk->sk_data_ready(sk, len);
	return 0;
}
EXPORT_SYMBOL(sock_queue_rcv_skb);

int sock_intr_errno(long timeo)
{
	return timeo == MAX_SCHEDULE_TIMEOUT ? -ERESTARTSYS : -EINTR;
}
EXPORT_SYMBOL(sock_intr_errno);

unsigned long sock_i_ino(struct sock *sk)
{
	unsigned long ino;

	read_lock(&sk->sk_callback_lock);
	ino = sk->sk_socket && sk->sk_socket->file ?
	      sk->sk_socket->file->f_dentry->d_inode->i_ino : 0;
	read_unlock(&sk->sk_callback_lock);
	return ino;
}
EXPORT_SYMBOL(sock_i_ino);

void sk_common_release(struct sock *sk)
{
	if (sk->sk_prot->destroy)
		sk->sk_prot->destroy(sk);
	sk->sk_prot->unhash(sk);
	sock_orphan(sk);
	sock_put(sk);
}
EXPORT_SYMBOL(sk_common_release);

static void sock_set_bool(struct sock *sk, enum sock_flags flag, int on)
{
	if (on)
		sock_set_flag(sk, flag);
	else
		sock_reset_flag(sk, flag);
}

static int sock_set_timeout(long *timeo_p, char __user *optval, int optlen)
{
	struct timeval tv;

	if (optlen < sizeof(tv))
		return -EINVAL;
	if (copy_from_user(&tv, optval, sizeof(tv)))
		return -EFAULT;
	if (tv.tv_usec < 0 || tv.tv_usec >= USEC_PER_SEC)
		return -EDOM;
	*timeo_p = MAX_SCHEDULE_TIMEOUT;
	if (tv.tv_sec < 0)
		*timeo_p = 0;
	else if ((tv.tv_sec || tv.tv_usec) && tv.tv_sec < MAX_SCHEDULE_TIMEOUT / HZ - 1)
		*timeo_p = timeval_to_jiffies(&tv);
	return 0;
}

static int sock_set_linger(struct sock *sk, char __user *optval, int optlen)
{
	struct linger ling;

	if (optlen < sizeof(ling))
		return -EINVAL;
	if (copy_from_user(&ling, optval, sizeof(ling)))
		return -EFAULT;
	sock_set_bool(sk, SOCK_LINGER, ling.l_onoff);
	if (ling.l_onoff)
		sk->sk_lingertime = (unsigned long)(unsigned int)ling.l_linger * HZ;
	return 0;
}

static int sock_bindtodevice(struct sock *sk, char __user *optval, int optlen)
{
	char devname[IFNAMSIZ] = "";
	struct net_device *dev;

	if (!capable(CAP_NET_RAW))
		return -EPERM;
	if (optlen < 0)
		return -EINVAL;
	if (copy_from_user(devname, optval, min_t(int, optlen, IFNAMSIZ - 1)))
		return -EFAULT;
	sk->sk_bound_dev_if = 0;
	if (devname[0]) {
		dev = dev_get_by_name(devname);
		if (!dev)
			return -ENODEV;
		sk->sk_bound_dev_if = dev->ifindex;
		dev_put(dev);
	}
	sk_dst_reset(sk);
	return 0;
}

/* Twice what was asked for: heads of packets count, too. */
static void sock_set_buf(struct sock *sk, int optname, int val)
{
	if (optname == SO_SNDBUF || optname == SO_SNDBUFFORCE) {
		if (optname == SO_SNDBUF)
			val = min_t(u32, val, sysctl_wmem_max);
		sk->sk_userlocks |= SOCK_SNDBUF_LOCK;
		sk->sk_sndbuf = max_t(int, val * 2, SOCK_MIN_SNDBUF);
		sk->sk_write_space(sk);
		return;
	}
	if (optname == SO_RCVBUF)
		val = min_t(u32, val, sysctl_rmem_max);
	sk->sk_userlocks |= SOCK_RCVBUF_LOCK;
	sk->sk_rcvbuf = max_t(int, val * 2, SOCK_MIN_RCVBUF);
}

static int sock_set_int(struct socket *sock, int optname, int val)
{
	struct sock *sk = sock->sk;

	switch (optname) {
	case SO_DEBUG:
		if (val && !capable(CAP_NET_ADMIN))
			return -EACCES;
		sock_set_bool(sk, SOCK_DBG, val);
		return 0;
	case SO_REUSEADDR:
		sk->sk_reuse = !!val;
		return 0;
	case SO_TYPE:
	case SO_ERROR:
		return -ENOPROTOOPT;
	case SO_DONTROUTE:
		sock_set_bool(sk, SOCK_LOCALROUTE, val);
		return 0;
	case SO_BROADCAST:
		sock_set_bool(sk, SOCK_BROADCAST, val);
		return 0;
	case SO_SNDBUFFORCE:
	case SO_RCVBUFFORCE:
		if (!capable(CAP_NET_ADMIN))
			return -EPERM;
		fallthrough;
	case SO_SNDBUF:
	case SO_RCVBUF:
		sock_set_buf(sk, optname, val);
		return 0;
	case SO_KEEPALIVE:
		sock_set_bool(sk, SOCK_KEEPOPEN, val);
		return 0;
	case SO_PRIORITY:
		if ((val < 0 || val > 6) && !capable(CAP_NET_ADMIN))
			return -EPERM;
		sk->sk_priority = val;
		return 0;
	case SO_PASSCRED:
		if (val)
			set_bit(SOCK_PASSCRED, &sock->flags);
		else
			clear_bit(SOCK_PASSCRED, &sock->flags);
		return 0;
	case SO_RCVLOWAT:
		sk->sk_rcvlowat = val < 0 ? INT_MAX : val ? val : 1;
		return 0;
	}
	return -ENOPROTOOPT;
}

int sock_setsockopt(struct socket *sock, int level, int optname, char __user *optval, int optlen)
{
	struct sock *sk = sock->sk;
	int val, ret;

	if (optname == SO_BINDTODEVICE)
		return sock_bindtodevice(sk, optval, optlen);
	if (optlen < sizeof(int))
		return -EINVAL;
	if (copy_from_user(&val, optval, sizeof(val)))
		return -EFAULT;
	lock_sock(sk);
	switch (optname) {
	case SO_LINGER:
		ret = sock_set_linger(sk, optval, optlen);
		break;
	case SO_RCVTIMEO:
		ret = sock_set_timeout(&sk->sk_rcvtimeo, optval, optlen);
		break;
	case SO_SNDTIMEO:
		ret = sock_set_timeout(&sk->sk_sndtimeo, optval, optlen);
		break;
	default:
		ret = sock_set_int(sock, optname, val);
	}
	release_sock(sk);
	return ret;
}

union sock_opt {
	int val;
	struct linger ling;
	struct timeval tm;
	struct ucred cred;
};

static void sock_get_timeout(long timeo, struct timeval *tv)
{
	tv->tv_sec = 0;
	tv->tv_usec = 0;
	if (timeo != MAX_SCHEDULE_TIMEOUT)
		jiffies_to_timeval(timeo, tv);
}

/* Returns the length of the option, or an error. */
static int sock_get_opt(struct socket *sock, int optname, union sock_opt *v)
{
	struct sock *sk = sock->sk;

	switch (optname) {
	case SO_DEBUG:
		v->val = sock_flag(sk, SOCK_DBG);
		break;
	case SO_DONTROUTE:
		v->val = sock_flag(sk, SOCK_LOCALROUTE);
		break;
	case SO_BROADCAST:
		v->val = sock_flag(sk, SOCK_BROADCAST);
		break;
	case SO_SNDBUF:
		v->val = sk->sk_sndbuf;
		break;
	case SO_RCVBUF:
		v->val = sk->sk_rcvbuf;
		break;
	case SO_REUSEADDR:
		v->val = sk->sk_reuse;
		break;
	case SO_KEEPALIVE:
		v->val = sock_flag(sk, SOCK_KEEPOPEN);
		break;
	case SO_TYPE:
		v->val = sk->sk_type;
		break;
	case SO_ERROR:
		v->val = -sock_error(sk);
		if (!v->val)
			v->val = xchg(&sk->sk_err_soft, 0);
		break;
	case SO_PRIORITY:
		v->val = sk->sk_priority;
		break;
	case SO_LINGER:
		v->ling.l_onoff = sock_flag(sk, SOCK_LINGER);
		v->ling.l_linger = sk->sk_lingertime / HZ;
		return sizeof(v->ling);
	case SO_RCVTIMEO:
		sock_get_timeout(sk->sk_rcvtimeo, &v->tm);
		return sizeof(v->tm);
	case SO_SNDTIMEO:
		sock_get_timeout(sk->sk_sndtimeo, &v->tm);
		return sizeof(v->tm);
	case SO_RCVLOWAT:
		v->val = sk->sk_rcvlowat;
		break;
	case SO_SNDLOWAT:
		v->val = 1;
		break;
	case SO_PASSCRED:
		v->val = test_bit(SOCK_PASSCRED, &sock->flags);
		break;
	case SO_PEERCRED:
		v->cred = sk->sk_peercred;
		return sizeof(v->cred);
	case SO_ACCEPTCONN:
		v->val = sk->sk_state == TCP_LISTEN;
		break;
	default:
		return -ENOPROTOOPT;
	}
	return sizeof(v->val);
}

int sock_getsockopt(struct socket *sock, int level, int optname, char __user *optval,
		    int __user *optlen)
{
	union sock_opt v;
	int len, lv;

	if (get_user(len, optlen))
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	memset(&v, 0, sizeof(v));
	lv = sock_get_opt(sock, optname, &v);
	if (lv < 0)
		return lv;
	len = min(len, lv);
	if (copy_to_user(optval, &v, len) || put_user(len, optlen))
		return -EFAULT;
	return 0;
}

/* For families that cannot do something. */
int sock_no_connect(struct socket *sock, struct sockaddr *addr, int len, int flags)
{
	return -EOPNOTSUPP;
}

int sock_no_socketpair(struct socket *sock1, struct socket *sock2)
{
	return -EOPNOTSUPP;
}

int sock_no_accept(struct socket *sock, struct socket *newsock, int flags)
{
	return -EOPNOTSUPP;
}

int sock_no_listen(struct socket *sock, int backlog)
{
	return -EOPNOTSUPP;
}

int sock_no_shutdown(struct socket *sock, int how)
{
	return -EOPNOTSUPP;
}

int sock_no_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	return -ENOIOCTLCMD;
}

int sock_no_setsockopt(struct socket *sock, int level, int op, char __user *optval, int optlen)
{
	return -EOPNOTSUPP;
}

int sock_no_getsockopt(struct socket *sock, int level, int op, char __user *optval,
		       int __user *optlen)
{
	return -EOPNOTSUPP;
}

#ifdef CONFIG_PROC_FS
static int proto_seq_show(struct seq_file *seq, void *v)
{
	struct proto *p;

	seq_puts(seq, "protocol  size sockets  memory press maxhdr  slab\n");
	read_lock(&proto_list_lock);
	list_for_each_entry(p, &proto_list, node)
		seq_printf(seq, "%-9s %4u %6d  %6d   %-3s %6u   %-3s\n", p->name, p->obj_size,
			   p->inuse, p->memory_allocated ? atomic_read(p->memory_allocated) : -1,
			   !p->memory_pressure ? "NI" : *p->memory_pressure ? "yes" : "no",
			   p->max_header, p->slab ? "yes" : "no");
	read_unlock(&proto_list_lock);
	return 0;
}

static int proto_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, proto_seq_show, NULL);
}

static const struct file_operations proto_seq_fops = {
	.open = proto_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static int __init proto_init(void)
{
	proc_net_fops_create("protocols", 0444, &proto_seq_fops);
	return 0;
}
subsys_initcall(proto_init);
#endif
