// SPDX-License-Identifier: GPL-2.0-only
/* Receiving whole packets from a socket, for all datagram protocols. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <net/sock.h>
#include <net/tcp_states.h>

/* Returns 0 when something came, and otherwise why not to wait on. */
static int wait_for_packet(struct sock *sk, int *err, long *timeo_p)
{
	int error;
	DEFINE_WAIT(wait);

	prepare_to_wait_exclusive(sk->sk_sleep, &wait, TASK_INTERRUPTIBLE);
	error = sock_error(sk);
	if (!error && skb_queue_empty(&sk->sk_receive_queue)) {
		if (sk->sk_shutdown & RCV_SHUTDOWN) {
			error = 1;
		} else if ((sk->sk_type == SOCK_STREAM || sk->sk_type == SOCK_SEQPACKET) &&
			   sk->sk_state != TCP_ESTABLISHED && sk->sk_state != TCP_LISTEN) {
			error = -ENOTCONN;
		} else if (signal_pending(current)) {
			error = sock_intr_errno(*timeo_p);
		} else {
			*timeo_p = schedule_timeout(*timeo_p);
		}
	}
	finish_wait(sk->sk_sleep, &wait);
	*err = error < 0 ? error : 0;
	return error;
}

/**
 * skb_recv_datagram - the next packet of a socket
 * @sk: the socket
 * @flags: MSG_PEEK leaves it in the queue
 * @noblock: do not wait for one
 * @err: why NULL is returned; 0 when nothing will come any more
 */
struct sk_buff *skb_recv_datagram(struct sock *sk, unsigned int flags, int noblock, int *err)
{
	struct sk_buff *skb;
	long timeo;
	int error = sock_error(sk);

	if (error) {
		*err = error;
		return NULL;
	}
	timeo = sock_rcvtimeo(sk, noblock);
	do {
		spin_lock_bh(&sk->sk_receive_queue.lock);
		skb = skb_peek(&sk->sk_receive_queue);
		if (skb && (flags & MSG_PEEK))
			skb_get(skb);
		else if (skb)
			__skb_unlink(skb, &sk->sk_receive_queue);
		spin_unlock_bh(&sk->sk_receive_queue.lock);
		if (skb)
			return skb;
		*err = -EAGAIN;
		if (!timeo)
			return NULL;
	} while (!wait_for_packet(sk, err, &timeo));
	return NULL;
}
EXPORT_SYMBOL(skb_recv_datagram);

void skb_free_datagram(struct sock *sk, struct sk_buff *skb)
{
	kfree_skb(skb);
}
EXPORT_SYMBOL(skb_free_datagram);

int skb_copy_datagram_iovec(const struct sk_buff *from, int offset, struct iovec *to, int size)
{
	return memcpy_toiovec(to, from->data + offset, size);
}
EXPORT_SYMBOL(skb_copy_datagram_iovec);

unsigned int datagram_poll(struct file *file, struct socket *sock, poll_table *wait)
{
	struct sock *sk = sock->sk;
	unsigned int mask = 0;

	poll_wait(file, sk->sk_sleep, wait);
	if (sk->sk_err)
		mask |= POLLERR;
	if (sk->sk_shutdown == SHUTDOWN_MASK)
		mask |= POLLHUP;
	if (!skb_queue_empty(&sk->sk_receive_queue) || (sk->sk_shutdown & RCV_SHUTDOWN))
		mask |= POLLIN | POLLRDNORM;
	if (sock_writeable(sk))
		mask |= POLLOUT | POLLWRNORM | POLLWRBAND;
	return mask;
}
EXPORT_SYMBOL(datagram_poll);
