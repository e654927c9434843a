// SPDX-License-Identifier: GPL-2.0-only
/* Memory of stream sockets, which is charged to their protocol in pages. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <net/sock.h>

/**
 * sk_stream_mem_schedule - may the socket have so many bytes more?
 * @size: bytes
 * @kind: 0 for sending, 1 for receiving
 *
 * Below the first limit of the protocol always, above the third never, and
 * between the second and the third only a socket that has less than its share.
 */
int sk_stream_mem_schedule(struct sock *sk, int size, int kind)
{
	struct proto *prot = sk->sk_prot;
	int amt;

	if (size <= sk->sk_forward_alloc)
		goto charge;
	amt = DIV_ROUND_UP(size - sk->sk_forward_alloc, SK_STREAM_MEM_QUANTUM);
	atomic_add(amt, prot->memory_allocated);
	sk->sk_forward_alloc += amt * SK_STREAM_MEM_QUANTUM;
	if (atomic_read(prot->memory_allocated) < prot->sysctl_mem[0])
		*prot->memory_pressure = 0;
	else if (atomic_read(prot->memory_allocated) > prot->sysctl_mem[2])
		goto refuse;
	else if (atomic_read(prot->memory_allocated) > prot->sysctl_mem[1])
		prot->enter_memory_pressure();
	if (!*prot->memory_pressure ||
	    atomic_read(&sk->sk_rmem_alloc) + sk->sk_wmem_queued <
	    prot->sysctl_mem[2] / max(atomic_read(prot->sockets_allocated), 1) *
	    SK_STREAM_MEM_QUANTUM)
		goto charge;
refuse:
	atomic_sub(amt, prot->memory_allocated);
	sk->sk_forward_alloc -= amt * SK_STREAM_MEM_QUANTUM;
	return 0;
charge:
	sk->sk_forward_alloc -= size;
	return 1;
}
EXPORT_SYMBOL(sk_stream_mem_schedule);

/* Whole pages that the socket does not use go back. */
void __sk_stream_mem_reclaim(struct sock *sk)
{
	if (sk->sk_forward_alloc < SK_STREAM_MEM_QUANTUM)
		return;
	atomic_sub(sk->sk_forward_alloc / SK_STREAM_MEM_QUANTUM, sk->sk_prot->memory_allocated);
	sk->sk_forward_alloc %= SK_STREAM_MEM_QUANTUM;
	if (*sk->sk_prot->memory_pressure &&
	    atomic_read(sk->sk_prot->memory_allocated) < sk->sk_prot->sysctl_mem[0])
		*sk->sk_prot->memory_pressure = 0;
}
EXPORT_SYMBOL(__sk_stream_mem_reclaim);

void sk_stream_rfree(struct sk_buff *skb)
{
	struct sock *sk = skb->sk;

	atomic_sub(skb->truesize, &sk->sk_rmem_alloc);
	sk->sk_forward_alloc += skb->truesize;
	__sk_stream_mem_reclaim(sk);
}
EXPORT_SYMBOL(sk_stream_rfree);

void sk_stream_write_space(struct sock *sk)
{
	struct socket *sock = sk->sk_socket;

	if (sock && sk->sk_wmem_queued < sk->sk_sndbuf * 2 / 3 && sk->sk_sleep)
		wake_up_interruptible(sk->sk_sleep);
}
EXPORT_SYMBOL(sk_stream_write_space);

static int stream_wait(struct sock *sk, long *timeo, int (*done)(struct sock *sk))
{
	DEFINE_WAIT(wait);
	int err = 0;

	for (;;) {
		prepare_to_wait(sk->sk_sleep, &wait, TASK_INTERRUPTIBLE);
		if (done(sk))
			break;
		err = -EAGAIN;
		if (!*timeo)
			break;
		err = sock_intr_errno(*timeo);
		if (signal_pending(current))
			break;
		err = 0;
		release_sock(sk);
		set_current_state(TASK_INTERRUPTIBLE);
		if (!done(sk))
			*timeo = schedule_timeout(*timeo);
		__set_current_state(TASK_RUNNING);
		lock_sock(sk);
	}
	finish_wait(sk->sk_sleep, &wait);
	return err;
}

static int may_write(struct sock *sk)
{
	return sk->sk_err || (sk->sk_shutdown & SEND_SHUTDOWN) ||
	       sk->sk_wmem_queued < sk->sk_sndbuf * 2 / 3;
}

static int has_data(struct sock *sk)
{
	return !skb_queue_empty(&sk->sk_receive_queue) || sk->sk_err ||
	       (sk->sk_shutdown & RCV_SHUTDOWN);
}

/* Both sleep without the socket's lock; 0, or why there is no point in going on. */
int sk_stream_wait_memory(struct sock *sk, long *timeo)
{
	int err = stream_wait(sk, timeo, may_write);

	if (!err && (sk->sk_err || (sk->sk_shutdown & SEND_SHUTDOWN)))
		return -EPIPE;
	return err;
}
EXPORT_SYMBOL(sk_stream_wait_memory);

int sk_wait_data(struct sock *sk, long *timeo)
{
	return stream_wait(sk, timeo, has_data);
}
EXPORT_SYMBOL(sk_wait_data);
