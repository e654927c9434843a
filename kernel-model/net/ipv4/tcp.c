// SPDX-License-Identifier: GPL-2.0-only
/* TCP as its users see it. */
#include <linux/fs.h>
#include <linux/if.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <net/ip.h>
#include <net/tcp.h>

DEFINE_PER_CPU(struct tcp_mib, tcp_statistics);

struct kmem_cache *tcp_tw_cachep;
struct kmem_cache *tcp_request_cachep;

atomic_t tcp_memory_allocated;	/* pages */
atomic_t tcp_sockets_allocated;
atomic_t tcp_orphan_count;
int tcp_memory_pressure;
int sysctl_tcp_mem[3];
int sysctl_max_syn_backlog = 128;
int sysctl_tcp_max_orphans = 4096;

void tcp_set_state(struct sock *sk, int state)
{
	int oldstate = sk->sk_state;

	if (state == TCP_ESTABLISHED && oldstate != TCP_ESTABLISHED)
		TCP_INC_STATS(TCP_MIB_CURRESTAB);
	if (state == TCP_CLOSE) {
		if (oldstate == TCP_CLOSE_WAIT || oldstate == TCP_ESTABLISHED)
			TCP_INC_STATS(TCP_MIB_ESTABRESETS);
		sk->sk_prot->unhash(sk);
		if (inet_csk(sk)->icsk_bind_hash && !(sk->sk_userlocks & SOCK_BINDPORT_LOCK))
			inet_put_port(&tcp_hashinfo, sk);
	}
	if (oldstate == TCP_ESTABLISHED && state != TCP_ESTABLISHED)
		TCP_DEC_STATS(TCP_MIB_CURRESTAB);
	sk->sk_state = state;
}

void tcp_write_queue_purge(struct sock *sk)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(&sk->sk_write_queue)) != NULL) {
		sk->sk_wmem_queued -= skb->truesize;
		sk->sk_forward_alloc += skb->truesize;
		kfree_skb(skb);
	}
	__sk_stream_mem_reclaim(sk);
}

/* The last of a socket that nobody has open. */
static void inet_csk_destroy_sock(struct sock *sk)
{
	sk->sk_prot->destroy(sk);
	skb_queue_purge(&sk->sk_receive_queue);
	__sk_stream_mem_reclaim(sk);
	atomic_dec(&tcp_orphan_count);
	sock_put(sk);
}

/* The connection has ended, whatever the reason. */
void tcp_done(struct sock *sk)
{
	if (sk->sk_state == TCP_SYN_SENT || sk->sk_state == TCP_SYN_RECV)
		TCP_INC_STATS(TCP_MIB_ATTEMPTFAILS);
	tcp_set_state(sk, TCP_CLOSE);
	tcp_clear_xmit_timers(sk);
	sk->sk_shutdown = SHUTDOWN_MASK;
	if (!sock_flag(sk, SOCK_DEAD))
		sk->sk_state_change(sk);
	else
		inet_csk_destroy_sock(sk);
}

/* The state after we have nothing more to say; 1 if a FIN must be sent. */
static int tcp_close_state(struct sock *sk)
{
	switch (sk->sk_state) {
	case TCP_ESTABLISHED:
	case TCP_SYN_RECV:
		tcp_set_state(sk, TCP_FIN_WAIT1);
		return 1;
	case TCP_CLOSE_WAIT:
		tcp_set_state(sk, TCP_LAST_ACK);
		return 1;
	case TCP_SYN_SENT:
	case TCP_LISTEN:
		tcp_set_state(sk, TCP_CLOSE);
		return 0;
	}
	return 0;
}

void tcp_shutdown(struct sock *sk, int how)
{
	if (!(how & SEND_SHUTDOWN))
		return;
	if ((TCPF(sk->sk_state) & (TCPF(TCP_ESTABLISHED) | TCPF(TCP_SYN_SENT) |
				   TCPF(TCP_SYN_RECV) | TCPF(TCP_CLOSE_WAIT))) &&
	    tcp_close_state(sk))
		tcp_send_fin(sk);
}

/* With SO_LINGER: until the other side has all, or the time is over. */
static void tcp_linger(struct sock *sk, long timeout)
{
	DEFINE_WAIT(wait);

	while (timeout && !signal_pending(current) && sk->sk_sleep &&
	       (TCPF(sk->sk_state) & (TCPF(TCP_FIN_WAIT1) | TCPF(TCP_CLOSING) |
				      TCPF(TCP_LAST_ACK)))) {
		prepare_to_wait(sk->sk_sleep, &wait, TASK_INTERRUPTIBLE);
		release_sock(sk);
		set_current_state(TASK_INTERRUPTIBLE);
		timeout = schedule_timeout(timeout);
		__set_current_state(TASK_RUNNING);
		lock_sock(sk);
	}
	if (sk->sk_sleep)
		finish_wait(sk->sk_sleep, &wait);
}

/* How much was not read goes away; 1 if there was some. */
static int tcp_drop_unread(struct sock *sk)
{
	int unread = 0;
	struct sk_buff *skb;

	while ((skb = skb_dequeue(&sk->sk_receive_queue)) != NULL) {
		unread |= skb->len && after(TCP_SKB_CB(skb)->end_seq - skb->h.th->fin,
					    tcp_sk(sk)->copied_seq);
		kfree_skb(skb);
	}
	__sk_stream_mem_reclaim(sk);
	return unread;
}

void tcp_close(struct sock *sk, long timeout)
{
	int unread;

	lock_sock(sk);
	sk->sk_shutdown = SHUTDOWN_MASK;
	if (sk->sk_state == TCP_LISTEN) {
		tcp_set_state(sk, TCP_CLOSE);
		inet_csk_listen_stop(sk);
		goto adjudge_to_death;
	}
	unread = tcp_drop_unread(sk);
	if (unread && sk->sk_state != TCP_CLOSE) {
		/* The other side must learn that its data were lost. */
		tcp_send_active_reset(sk, GFP_KERNEL);
		tcp_set_state(sk, TCP_CLOSE);
	} else if (sock_flag(sk, SOCK_LINGER) && !sk->sk_lingertime) {
		sk->sk_prot->disconnect(sk, 0);
	} else if (tcp_close_state(sk)) {
		tcp_send_fin(sk);
	}
	tcp_linger(sk, timeout);

adjudge_to_death:
	/* The wait queue goes with the file, so backlog first, then nobody's socket. */
	sock_hold(sk);
	release_sock(sk);
	local_bh_disable();
	bh_lock_sock(sk);
	sock_orphan(sk);
	atomic_inc(&tcp_orphan_count);
	if (sk->sk_state == TCP_FIN_WAIT2) {
		tcp_time_wait(sk, TCP_FIN_WAIT2, TCP_FIN_TIMEOUT);
	} else if (sk->sk_state == TCP_CLOSE) {
		inet_csk_destroy_sock(sk);
	} else if (atomic_read(&tcp_orphan_count) > sysctl_tcp_max_orphans) {
		if (printk_ratelimit())
			printk(KERN_INFO "TCP: too many of orphaned sockets\n");
		tcp_send_active_reset(sk, GFP_ATOMIC);
		tcp_done(sk);
	}
	bh_unlock_sock(sk);
	local_bh_enable();
	sock_put(sk);
}

static int tcp_need_reset(int state)
{
	return TCPF(state) & (TCPF(TCP_ESTABLISHED) | TCPF(TCP_CLOSE_WAIT) |
			      TCPF(TCP_FIN_WAIT1) | TCPF(TCP_FIN_WAIT2) | TCPF(TCP_SYN_RECV));
}

/* Back to a socket that can be used again. */
int tcp_disconnect(struct sock *sk, int flags)
{
	struct inet_sock *inet = inet_sk(sk);
	struct tcp_sock *tp = tcp_sk(sk);
	int old_state = sk->sk_state;

	if (old_state != TCP_CLOSE)
		tcp_set_state(sk, TCP_CLOSE);
	if (old_state == TCP_LISTEN) {
		inet_csk_listen_stop(sk);
	} else if (tcp_need_reset(old_state)) {
		/* Not from the state in which nothing is sent. */
		sk->sk_state = old_state;
		tcp_send_active_reset(sk, GFP_ATOMIC);
		sk->sk_state = TCP_CLOSE;
		sk->sk_err = ECONNRESET;
	} else if (old_state == TCP_SYN_SENT) {
		sk->sk_err = ECONNRESET;
	}
	tcp_clear_xmit_timers(sk);
	skb_queue_purge(&sk->sk_receive_queue);
	tcp_write_queue_purge(sk);
	skb_queue_purge(&tp->out_of_order_queue);
	inet->dport = 0;
	if (!(sk->sk_userlocks & SOCK_BINDADDR_LOCK)) {
		inet->rcv_saddr = 0;
		inet->saddr = 0;
	}
	sk->sk_shutdown = 0;
	sock_reset_flag(sk, SOCK_DONE);
	tp->write_seq += 64000;
	tp->retransmits = 0;
	inet_csk(sk)->icsk_rto = TCP_TIMEOUT_INIT;
	sk_dst_reset(sk);
	sk->sk_error_report(sk);
	return 0;
}

/* Data may be sent while the handshake is under way, but not before it began. */
static int tcp_wait_connected(struct sock *sk, long *timeo)
{
	DEFINE_WAIT(wait);
	int err = 0;

	while (!(TCPF(sk->sk_state) & (TCPF(TCP_ESTABLISHED) | TCPF(TCP_CLOSE_WAIT)))) {
		err = sock_error(sk);
		if (err)
			break;
		err = -EPIPE;
		if (!(TCPF(sk->sk_state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV))))
			break;
		err = -EAGAIN;
		if (!*timeo)
			break;
		err = sock_intr_errno(*timeo);
		if (signal_pending(current))
			break;
		prepare_to_wait(sk->sk_sleep, &wait, TASK_INTERRUPTIBLE);
		release_sock(sk);
		set_current_state(TASK_INTERRUPTIBLE);
		if (TCPF(sk->sk_state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV)))
			*timeo = schedule_timeout(*timeo);
		__set_current_state(TASK_RUNNING);
		lock_sock(sk);
		err = 0;
	}
	finish_wait(sk->sk_sleep, &wait);
	return err;
}

/* One segment of user data into the write queue; its length or an error. */
static int tcp_queue_user_data(struct sock *sk, struct msghdr *msg, int left)
{
	int len = min_t(int, left, tcp_sk(sk)->mss_cache), err;
	struct sk_buff *skb = alloc_skb(MAX_TCP_HEADER + len, sk->sk_allocation);

	if (!skb)
		return -ENOBUFS;
	skb_reserve(skb, MAX_TCP_HEADER);
	err = memcpy_fromiovec(skb_put(skb, len), msg->msg_iov, len);
	if (!err && !sk_stream_mem_schedule(sk, skb->truesize, 0))
		err = -ENOBUFS;
	if (err) {
		kfree_skb(skb);
		return err;
	}
	sk->sk_forward_alloc += skb->truesize;
	tcp_queue_skb(sk, skb, len, TCPCB_FLAG_ACK | TCPCB_FLAG_PSH);
	return len;
}

int tcp_sendmsg(struct sock *sk, struct msghdr *msg, size_t size)
{
	long timeo;
	int copied = 0, err, n;

	lock_sock(sk);
	timeo = sock_sndtimeo(sk, msg->msg_flags & MSG_DONTWAIT);
	err = tcp_wait_connected(sk, &timeo);
	while (!err && copied < size) {
		err = -EPIPE;
		if (sk->sk_err || (sk->sk_shutdown & SEND_SHUTDOWN))
			break;
		err = 0;
		if (sk->sk_wmem_queued >= sk->sk_sndbuf) {
			err = sk_stream_wait_memory(sk, &timeo);
			continue;
		}
		n = tcp_queue_user_data(sk, msg, size - copied);
		if (n < 0) {
			err = n;
			break;
		}
		copied += n;
		tcp_push_pending(sk);
	}
	if (copied) {
		err = copied;
	} else if (err == -EPIPE) {
		n = sock_error(sk);
		err = n ? n : -EPIPE;
		if (err == -EPIPE && !(msg->msg_flags & MSG_NOSIGNAL))
			send_sig(SIGPIPE, current, 0);
	}
	release_sock(sk);
	return err;
}

/* The reader made room: the other side should know when it is worth it. */
static void tcp_cleanup_rbuf(struct sock *sk, int copied)
{
	struct tcp_sock *tp = tcp_sk(sk);
	u32 left = tp->rcv_wup + tp->rcv_wnd - tp->rcv_nxt;
	int room = min_t(int, sk->sk_rcvbuf - atomic_read(&sk->sk_rmem_alloc), TCP_MAX_WINDOW);

	if (copied && !(sk->sk_shutdown & RCV_SHUTDOWN) && room >= 2 * (int)left &&
	    room > (int)left)
		tcp_send_ack(sk);
}

/* Copies from one packet of the queue; what was copied, or an error. */
static int tcp_read_skb(struct sock *sk, struct msghdr *msg, struct sk_buff *skb, size_t len,
			u32 *seq, int flags)
{
	u32 offset = *seq - TCP_SKB_CB(skb)->seq;
	int used = min_t(size_t, skb->len - offset, len);
	int err = flags & MSG_TRUNC ? 0 : skb_copy_datagram_iovec(skb, offset, msg->msg_iov, used);

	if (err)
		return err;
	*seq += used;
	if (offset + used == skb->len && !(flags & MSG_PEEK)) {
		skb_unlink(skb, &sk->sk_receive_queue);
		kfree_skb(skb);
	}
	return used;
}

/* Nothing to read: 0 to wait, 1 for the end, or an error. */
static int tcp_nothing_to_read(struct sock *sk, long timeo)
{
	int err;

	if (sock_flag(sk, SOCK_DONE))
		return 1;
	err = sock_error(sk);
	if (err)
		return err;
	if (sk->sk_shutdown & RCV_SHUTDOWN)
		return 1;
	if (sk->sk_state == TCP_CLOSE)
		return -ENOTCONN;
	if (!timeo)
		return -EAGAIN;
	return signal_pending(current) ? sock_intr_errno(timeo) : 0;
}

/* The first packet at or after @seq. */
static struct sk_buff *tcp_next_skb(struct sock *sk, u32 seq)
{
	struct sk_buff *skb;

	for (skb = sk->sk_receive_queue.next; skb != (struct sk_buff *)&sk->sk_receive_queue;
	     skb = skb->next)
		if (before(seq, TCP_SKB_CB(skb)->seq + skb->len))
			return skb;
	return NULL;
}

int tcp_recvmsg(struct sock *sk, struct msghdr *msg, size_t len, int nonblock, int flags,
		int *addr_len)
{
	struct tcp_sock *tp = tcp_sk(sk);
	int copied = 0, err = -ENOTCONN, target, used;
	struct sk_buff *skb;
	u32 peek_seq, *seq = &tp->copied_seq;
	long timeo;

	lock_sock(sk);
	if (sk->sk_state == TCP_LISTEN)
		goto out;
	err = -EINVAL;
	if (flags & MSG_OOB)
		goto out;
	timeo = sock_rcvtimeo(sk, nonblock);
	if (flags & MSG_PEEK) {
		peek_seq = tp->copied_seq;
		seq = &peek_seq;
	}
	target = flags & MSG_WAITALL ? len : max_t(int, min_t(size_t, sk->sk_rcvlowat, len), 1);
	err = 0;
	while (len > 0) {
		skb = tcp_next_skb(sk, *seq);
		if (skb) {
			used = tcp_read_skb(sk, msg, skb, len, seq, flags);
			if (used < 0) {
				err = used;
				break;
			}
			copied += used;
			len -= used;
			continue;
		}
		if (copied >= target || (copied && (sk->sk_err || sk->sk_state == TCP_CLOSE ||
						    (sk->sk_shutdown & RCV_SHUTDOWN) || !timeo ||
						    signal_pending(current))))
			break;
		err = copied ? 0 : tcp_nothing_to_read(sk, timeo);
		if (err)
			break;
		tcp_cleanup_rbuf(sk, copied);
		err = sk_wait_data(sk, &timeo);
		if (err)
			break;
	}
	tcp_cleanup_rbuf(sk, copied);
out:
	release_sock(sk);
	return copied ? copied : min(err, 0);
}

unsigned int tcp_poll(struct file *file, struct socket *sock, poll_table *wait)
{
	struct sock *sk = sock->sk;
	unsigned int mask = 0;

	poll_wait(file, sk->sk_sleep, wait);
	if (sk->sk_state == TCP_LISTEN)
		return inet_csk(sk)->icsk_accept_queue.rskq_accept_head ? POLLIN | POLLRDNORM : 0;
	if (sk->sk_err)
		mask = POLLERR;
	if (sk->sk_shutdown == SHUTDOWN_MASK || sk->sk_state == TCP_CLOSE)
		mask |= POLLHUP;
	if (sk->sk_shutdown & RCV_SHUTDOWN)
		mask |= POLLIN | POLLRDNORM;
	if (TCPF(sk->sk_state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV)))
		return mask;
	if (tcp_sk(sk)->rcv_nxt != tcp_sk(sk)->copied_seq &&
	    !skb_queue_empty(&sk->sk_receive_queue))
		mask |= POLLIN | POLLRDNORM;
	if ((sk->sk_shutdown & SEND_SHUTDOWN) || sk->sk_wmem_queued < sk->sk_sndbuf * 2 / 3)
		mask |= POLLOUT | POLLWRNORM;
	return mask;
}

int tcp_ioctl(struct sock *sk, int cmd, unsigned long arg)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct sk_buff *skb;
	int answ = 0;

	switch (cmd) {
	case SIOCINQ:
		if (sk->sk_state == TCP_LISTEN)
			return -EINVAL;
		lock_sock(sk);
		for (skb = sk->sk_receive_queue.next;
		     skb != (struct sk_buff *)&sk->sk_receive_queue; skb = skb->next)
			answ += TCP_SKB_CB(skb)->seq + skb->len -
				max_t(u32, TCP_SKB_CB(skb)->seq, tp->copied_seq);
		release_sock(sk);
		break;
	case SIOCOUTQ:
		if (sk->sk_state == TCP_LISTEN)
			return -EINVAL;
		if (!(TCPF(sk->sk_state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV))))
			answ = tp->write_seq - tp->snd_una;
		break;
	default:
		return -ENOIOCTLCMD;
	}
	return put_user(answ, (int __user *)arg);
}

int tcp_setsockopt(struct sock *sk, int level, int optname, char __user *optval, int optlen)
{
	int val;

	if (level != SOL_TCP)
		return ip_setsockopt(sk, level, optname, optval, optlen);
	if (optlen < sizeof(int))
		return -EINVAL;
	if (get_user(val, (int __user *)optval))
		return -EFAULT;
	switch (optname) {
	case TCP_NODELAY:
		tcp_sk(sk)->nonagle = !!val;
		return 0;
	case TCP_MAXSEG:
		if (val < 88 || val > 32767)
			return -EINVAL;
		tcp_sk(sk)->mss_cache = val;
		return 0;
	}
	return -ENOPROTOOPT;
}

int tcp_getsockopt(struct sock *sk, int level, int optname, char __user *optval,
		   int __user *optlen)
{
	int val, len;

	if (level != SOL_TCP)
		return ip_getsockopt(sk, level, optname, optval, optlen);
	if (get_user(len, optlen))
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	switch (optname) {
	case TCP_NODELAY:
		val = tcp_sk(sk)->nonagle;
		break;
	case TCP_MAXSEG:
		val = tcp_sk(sk)->mss_cache;
		break;
	default:
		return -ENOPROTOOPT;
	}
	len = min_t(int, len, sizeof(val));
	return put_user(len, optlen) || copy_to_user(optval, &val, len) ? -EFAULT : 0;
}

void __init tcp_init(void)
{
	int i;

	tcp_hashinfo.bind_bucket_cachep = kmem_cache_create("tcp_bind_bucket",
							    sizeof(struct inet_bind_bucket), 0,
							    SLAB_PANIC, NULL, NULL);
	tcp_tw_cachep = kmem_cache_create("tw_sock_TCP", sizeof(struct tcp_timewait_sock), 0,
					  SLAB_PANIC, NULL, NULL);
	tcp_request_cachep = kmem_cache_create("request_sock_TCP", sizeof(struct request_sock), 0,
					       SLAB_PANIC, NULL, NULL);
	tcp_hashinfo.ehash_size = INET_EHASH_SIZE;
	tcp_hashinfo.bhash_size = INET_BHASH_SIZE;
	tcp_hashinfo.ehash = kcalloc(INET_EHASH_SIZE, sizeof(*tcp_hashinfo.ehash), GFP_KERNEL);
	tcp_hashinfo.bhash = kcalloc(INET_BHASH_SIZE, sizeof(*tcp_hashinfo.bhash), GFP_KERNEL);
	if (!tcp_hashinfo.ehash || !tcp_hashinfo.bhash)
		panic("Failed to allocate TCP hash tables\n");
	for (i = 0; i < INET_EHASH_SIZE; i++)
		rwlock_init(&tcp_hashinfo.ehash[i].lock);
	for (i = 0; i < INET_BHASH_SIZE; i++)
		spin_lock_init(&tcp_hashinfo.bhash[i].lock);
	rwlock_init(&tcp_hashinfo.lhash_lock);
	/* From a sixth of the memory on sparingly, from a quarter on nothing. */
	sysctl_tcp_mem[0] = totalram_pages / 8;
	sysctl_tcp_mem[1] = totalram_pages / 6;
	sysctl_tcp_mem[2] = totalram_pages / 4;
}
