// SPDX-License-Identifier: GPL-2.0-only
/* AF_INET: sockets of IPv4, and the boot of all of it. */
#include <linux/in.h>
#include <linux/inetdevice.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/sysctl.h>
#include <linux/uaccess.h>
#include <linux/fs.h>
#include <net/ip.h>
#include <net/ip_fib.h>
#include <net/tcp.h>
#include <net/tcp_states.h>

/* Protocols of user mode by type of socket; written at boot. */
struct list_head inetsw[SOCK_MAX];
static DEFINE_SPINLOCK(inetsw_lock);

struct net_protocol *inet_protos[MAX_INET_PROTOS];
static DEFINE_SPINLOCK(inet_proto_lock);

int inet_add_protocol(struct net_protocol *prot, unsigned char protocol)
{
	int ret = -1;

	spin_lock_bh(&inet_proto_lock);
	if (!inet_protos[protocol]) {
		inet_protos[protocol] = prot;
		ret = 0;
	}
	spin_unlock_bh(&inet_proto_lock);
	return ret;
}

int inet_del_protocol(struct net_protocol *prot, unsigned char protocol)
{
	int ret = -1;

	spin_lock_bh(&inet_proto_lock);
	if (inet_protos[protocol] == prot) {
		inet_protos[protocol] = NULL;
		ret = 0;
	}
	spin_unlock_bh(&inet_proto_lock);
	synchronize_net();
	return ret;
}

void inet_register_protosw(struct inet_protosw *p)
{
	spin_lock_bh(&inetsw_lock);
	list_add_tail(&p->list, &inetsw[p->type]);
	spin_unlock_bh(&inetsw_lock);
}
EXPORT_SYMBOL(inet_register_protosw);

void inet_sock_destruct(struct sock *sk)
{
	skb_queue_purge(&sk->sk_receive_queue);
	WARN_ON(atomic_read(&sk->sk_rmem_alloc));
	WARN_ON(atomic_read(&sk->sk_wmem_alloc));
	WARN_ON(sk->sk_wmem_queued);
}

static int inet_autobind(struct sock *sk)
{
	struct inet_sock *inet = inet_sk(sk);
	int err = 0;

	lock_sock(sk);
	if (!inet->num) {
		if (sk->sk_prot->get_port(sk, 0))
			err = -EAGAIN;
		else
			inet->sport = htons(inet->num);
	}
	release_sock(sk);
	return err;
}

static int inet_listen(struct socket *sock, int backlog)
{
	struct sock *sk = sock->sk;
	int err = -EINVAL;

	lock_sock(sk);
	if (sock->state != SS_UNCONNECTED || sock->type != SOCK_STREAM)
		goto out;
	if (sk->sk_state != TCP_CLOSE && sk->sk_state != TCP_LISTEN)
		goto out;
	err = 0;
	sk->sk_max_ack_backlog = backlog;
	if (sk->sk_state == TCP_CLOSE)
		err = inet_csk_listen_start(sk);
out:
	release_sock(sk);
	return err;
}

/* The protocol for a type and number; 0 matches what is the type's first. */
static struct inet_protosw *inet_find_protosw(int type, int *protocol, int *err)
{
	struct inet_protosw *answer;

	*err = -ESOCKTNOSUPPORT;
	list_for_each_entry(answer, &inetsw[type], list) {
		if (*protocol == answer->protocol && *protocol != IPPROTO_IP)
			return answer;
		if (*protocol == IPPROTO_IP && answer->protocol != IPPROTO_IP) {
			*protocol = answer->protocol;
			return answer;
		}
		if (answer->protocol == IPPROTO_IP)
			return answer;
		*err = -EPROTONOSUPPORT;
	}
	return NULL;
}

static int inet_create(struct socket *sock, int protocol)
{
	struct inet_protosw *answer;
	struct inet_sock *inet;
	struct sock *sk;
	int err;

	sock->state = SS_UNCONNECTED;
	if (protocol < 0 || protocol >= IPPROTO_MAX)
		return -EINVAL;
	answer = inet_find_protosw(sock->type, &protocol, &err);
	if (!answer)
		return err;
	if (answer->capability > 0 && !capable(answer->capability))
		return -EPERM;
	if (sock->type == SOCK_RAW && protocol == IPPROTO_IP)
		return -EPROTONOSUPPORT;
	sock->ops = answer->ops;
	sk = sk_alloc(PF_INET, GFP_KERNEL, answer->prot, 1);
	if (!sk)
		return -ENOBUFS;
	inet = inet_sk(sk);
	inet->uc_ttl = -1;
	sock_init_data(sock, sk);
	sk->sk_destruct = inet_sock_destruct;
	sk->sk_protocol = protocol;
	sk->sk_backlog_rcv = sk->sk_prot->backlog_rcv;
	if (sock->type == SOCK_RAW) {
		inet->num = protocol;
		inet->sport = htons(protocol);
		inet->hdrincl = protocol == IPPROTO_RAW;
		sk->sk_prot->hash(sk);
	}
	err = sk->sk_prot->init ? sk->sk_prot->init(sk) : 0;
	if (err) {
		sk_common_release(sk);
		sock->sk = NULL;
	}
	return err;
}

int inet_release(struct socket *sock)
{
	struct sock *sk = sock->sk;
	long timeout = 0;

	if (!sk)
		return 0;
	if (sock_flag(sk, SOCK_LINGER) && !(current->flags & PF_EXITING))
		timeout = sk->sk_lingertime;
	sock->sk = NULL;
	sk->sk_prot->close(sk, timeout);
	return 0;
}

int inet_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_in *addr = (struct sockaddr_in *)uaddr;
	struct sock *sk = sock->sk;
	struct inet_sock *inet = inet_sk(sk);
	unsigned int chk_addr_ret;
	unsigned short snum;
	int err;

	if (sk->sk_prot->bind)
		return sk->sk_prot->bind(sk, uaddr, addr_len);
	if (addr_len < sizeof(*addr))
		return -EINVAL;
	if (addr->sin_family != AF_INET &&
	    (addr->sin_family != AF_UNSPEC || addr->sin_addr.s_addr != INADDR_ANY))
		return -EAFNOSUPPORT;
	chk_addr_ret = inet_addr_type(addr->sin_addr.s_addr);
	if (!inet->freebind && addr->sin_addr.s_addr != INADDR_ANY && chk_addr_ret != RTN_LOCAL &&
	    chk_addr_ret != RTN_MULTICAST && chk_addr_ret != RTN_BROADCAST)
		return -EADDRNOTAVAIL;
	snum = ntohs(addr->sin_port);
	if (snum && snum < PROT_SOCK && !capable(CAP_NET_BIND_SERVICE))
		return -EACCES;
	lock_sock(sk);
	err = -EINVAL;
	if (sk->sk_state != TCP_CLOSE || inet->num)
		goto out;
	inet->rcv_saddr = addr->sin_addr.s_addr;
	inet->saddr = inet->rcv_saddr;
	if (chk_addr_ret == RTN_MULTICAST || chk_addr_ret == RTN_BROADCAST)
		inet->saddr = 0;
	err = -EADDRINUSE;
	if (sk->sk_prot->get_port(sk, snum)) {
		inet->saddr = 0;
		inet->rcv_saddr = 0;
		goto out;
	}
	if (inet->rcv_saddr)
		sk->sk_userlocks |= SOCK_BINDADDR_LOCK;
	if (snum)
		sk->sk_userlocks |= SOCK_BINDPORT_LOCK;
	inet->sport = htons(inet->num);
	inet->daddr = 0;
	inet->dport = 0;
	sk_dst_reset(sk);
	err = 0;
out:
	release_sock(sk);
	return err;
}

static int inet_dgram_connect(struct socket *sock, struct sockaddr *uaddr, int addr_len,
			      int flags)
{
	struct sock *sk = sock->sk;

	if (addr_len < (int)sizeof(uaddr->sa_family))
		return -EINVAL;
	if (uaddr->sa_family == AF_UNSPEC)
		return sk->sk_prot->disconnect(sk, flags);
	if (!inet_sk(sk)->num && inet_autobind(sk))
		return -EAGAIN;
	return sk->sk_prot->connect(sk, uaddr, addr_len);
}

/* Sleeps until the handshake is over, or the time. */
static long inet_wait_for_connect(struct sock *sk, long timeo)
{
	DEFINE_WAIT(wait);

	while (TCPF(sk->sk_state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV))) {
		prepare_to_wait(sk->sk_sleep, &wait, TASK_INTERRUPTIBLE);
		release_sock(sk);
		set_current_state(TASK_INTERRUPTIBLE);
		if (TCPF(sk->sk_state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV)))
			timeo = schedule_timeout(timeo);
		__set_current_state(TASK_RUNNING);
		lock_sock(sk);
		if (signal_pending(current) || !timeo)
			break;
	}
	finish_wait(sk->sk_sleep, &wait);
	return timeo;
}

/* With the socket locked. */
static int inet_stream_begin(struct socket *sock, struct sockaddr *uaddr, int addr_len)
{
	struct sock *sk = sock->sk;
	int err;

	switch (sock->state) {
	case SS_CONNECTED:
		return -EISCONN;
	case SS_CONNECTING:
		return -EALREADY;	/* unless that is over by now */
	case SS_UNCONNECTED:
		if (sk->sk_state != TCP_CLOSE)
			return -EISCONN;
		err = sk->sk_prot->connect(sk, uaddr, addr_len);
		if (err < 0)
			return err;
		sock->state = SS_CONNECTING;
		return -EINPROGRESS;
	default:
		return -EINVAL;
	}
}

static int inet_stream_connect(struct socket *sock, struct sockaddr *uaddr, int addr_len,
			       int flags)
{
	struct sock *sk = sock->sk;
	long timeo;
	int err;

	if (addr_len < (int)sizeof(uaddr->sa_family))
		return -EINVAL;
	lock_sock(sk);
	if (uaddr->sa_family == AF_UNSPEC) {
		err = sk->sk_prot->disconnect(sk, flags);
		sock->state = err ? SS_DISCONNECTING : SS_UNCONNECTED;
		goto out;
	}
	err = inet_stream_begin(sock, uaddr, addr_len);
	if (err != -EINPROGRESS && err != -EALREADY)
		goto out;
	timeo = sock_sndtimeo(sk, flags & O_NONBLOCK);
	if (TCPF(sk->sk_state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV))) {
		if (!timeo)
			goto out;
		timeo = inet_wait_for_connect(sk, timeo);
		err = -EINPROGRESS;
		if (!timeo)
			goto out;
		err = sock_intr_errno(timeo);
		if (signal_pending(current))
			goto out;
	}
	if (sk->sk_state == TCP_CLOSE)
		goto sock_error;
	sock->state = SS_CONNECTED;
	err = 0;
	goto out;

sock_error:
	err = sock_error(sk);
	if (!err)
		err = -ECONNABORTED;
	sock->state = SS_UNCONNECTED;
	if (sk->sk_prot->disconnect(sk, flags))
		sock->state = SS_DISCONNECTING;
out:
	release_sock(sk);
	return err;
}

static int inet_accept(struct socket *sock, struct socket *newsock, int flags)
{
	int err = -EINVAL;
	struct sock *sk2 = sock->sk->sk_prot->accept(sock->sk, flags, &err);

	if (!sk2)
		return err;
	lock_sock(sk2);
	sock_graft(sk2, newsock);
	newsock->state = SS_CONNECTED;
	release_sock(sk2);
	return 0;
}

int inet_getname(struct socket *sock, struct sockaddr *uaddr, int *uaddr_len, int peer)
{
	struct sockaddr_in *sin = (struct sockaddr_in *)uaddr;
	struct inet_sock *inet = inet_sk(sock->sk);

	memset(sin, 0, sizeof(*sin));
	sin->sin_family = AF_INET;
	if (peer) {
		if (!inet->dport || (TCPF(sock->sk->sk_state) & (TCPF(TCP_CLOSE) |
		    TCPF(TCP_SYN_SENT)) && peer == 1))
			return -ENOTCONN;
		sin->sin_port = inet->dport;
		sin->sin_addr.s_addr = inet->daddr;
	} else {
		sin->sin_port = inet->sport;
		sin->sin_addr.s_addr = inet->rcv_saddr ? inet->rcv_saddr : inet->saddr;
	}
	*uaddr_len = sizeof(*sin);
	return 0;
}

static int inet_sendmsg(struct socket *sock, struct msghdr *msg, size_t size)
{
	struct sock *sk = sock->sk;

	if (!inet_sk(sk)->num && inet_autobind(sk))
		return -EAGAIN;
	return sk->sk_prot->sendmsg(sk, msg, size);
}

static int inet_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags)
{
	struct sock *sk = sock->sk;
	int addr_len = 0;
	int err = sk->sk_prot->recvmsg(sk, msg, size, flags & MSG_DONTWAIT, flags & ~MSG_DONTWAIT,
				       &addr_len);

	if (err >= 0)
		msg->msg_namelen = addr_len;
	return err;
}

static int inet_shutdown(struct socket *sock, int how)
{
	struct sock *sk = sock->sk;
	int err = 0;

	if (how < SHUT_RD || how > SHUT_RDWR)
		return -EINVAL;
	how++;
	lock_sock(sk);
	if (sock->state == SS_CONNECTING)
		sock->state = TCPF(sk->sk_state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV) |
			      TCPF(TCP_CLOSE)) ? SS_DISCONNECTING : SS_CONNECTED;
	switch (sk->sk_state) {
	case TCP_CLOSE:
		err = -ENOTCONN;
		fallthrough;	/* the marks are made all the same */
	default:
		sk->sk_shutdown |= how;
		if (sk->sk_prot->shutdown)
			sk->sk_prot->shutdown(sk, how);
		break;
	case TCP_LISTEN:
		if (!(how & RCV_SHUTDOWN))
			break;
		fallthrough;
	case TCP_SYN_SENT:
		err = sk->sk_prot->disconnect(sk, O_NONBLOCK);
		sock->state = err ? SS_DISCONNECTING : SS_UNCONNECTED;
		break;
	}
	sk->sk_state_change(sk);
	release_sock(sk);
	return err;
}

int inet_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	struct sock *sk = sock->sk;

	switch (cmd) {
	case SIOCGIFADDR:
	case SIOCSIFADDR:
	case SIOCGIFBRDADDR:
	case SIOCSIFBRDADDR:
	case SIOCGIFNETMASK:
	case SIOCSIFNETMASK:
	case SIOCGIFCONF:
		return devinet_ioctl(cmd, (void __user *)arg);
	}
	return sk->sk_prot->ioctl ? sk->sk_prot->ioctl(sk, cmd, arg) : -ENOIOCTLCMD;
}

static int sock_common_setsockopt(struct socket *sock, int level, int optname,
				  char __user *optval, int optlen)
{
	return sock->sk->sk_prot->setsockopt(sock->sk, level, optname, optval, optlen);
}

static int sock_common_getsockopt(struct socket *sock, int level, int optname,
				  char __user *optval, int __user *optlen)
{
	return sock->sk->sk_prot->getsockopt(sock->sk, level, optname, optval, optlen);
}

struct proto_ops inet_stream_ops = {
	.family = PF_INET,
	.release = inet_release,
	.bind = inet_bind,
	.connect = inet_stream_connect,
	.socketpair = sock_no_socketpair,
	.accept = inet_accept,
	.getname = inet_getname,
	.poll = tcp_poll,
	.ioctl = inet_ioctl,
	.listen = inet_listen,
	.shutdown = inet_shutdown,
	.setsockopt = sock_common_setsockopt,
	.getsockopt = sock_common_getsockopt,
	.sendmsg = inet_sendmsg,
	.recvmsg = inet_recvmsg,
};

struct proto_ops inet_dgram_ops = {
	.family = PF_INET,
	.release = inet_release,
	.bind = inet_bind,
	.connect = inet_dgram_connect,
	.socketpair = sock_no_socketpair,
	.accept = sock_no_accept,
	.getname = inet_getname,
	.poll = datagram_poll,
	.ioctl = inet_ioctl,
	.listen = sock_no_listen,
	.shutdown = inet_shutdown,
	.setsockopt = sock_common_setsockopt,
	.getsockopt = sock_common_getsockopt,
	.sendmsg = inet_sendmsg,
	.recvmsg = inet_recvmsg,
};

static struct net_proto_family inet_family_ops = {
	.family = PF_INET,
	.create = inet_create,
};

static struct inet_protosw inetsw_array[] = {
	{ .type = SOCK_STREAM, .protocol = IPPROTO_TCP, .prot = &tcp_prot,
	  .ops = &inet_stream_ops, .capability = -1, .flags = INET_PROTOSW_PERMANENT },
	{ .type = SOCK_DGRAM, .protocol = IPPROTO_UDP, .prot = &udp_prot,
	  .ops = &inet_dgram_ops, .capability = -1, .flags = INET_PROTOSW_PERMANENT },
	{ .type = SOCK_RAW, .protocol = IPPROTO_IP, .prot = &raw_prot,
	  .ops = &inet_dgram_ops, .capability = CAP_NET_RAW, .flags = 0 },
};

static struct net_protocol tcp_protocol = { .handler = tcp_v4_rcv, .err_handler = tcp_v4_err };
static struct net_protocol udp_protocol = { .handler = udp_rcv, .err_handler = udp_err };
static struct net_protocol icmp_protocol = { .handler = icmp_rcv };

static struct packet_type ip_packet_type = {
	.func = ip_rcv,
};

static int __init inet_init(void)
{
	unsigned int i;

	if (proto_register(&tcp_prot, 1) || proto_register(&udp_prot, 1) ||
	    proto_register(&raw_prot, 1))
		return -ENOMEM;
	sock_register(&inet_family_ops);
	inet_add_protocol(&icmp_protocol, IPPROTO_ICMP);
	inet_add_protocol(&udp_protocol, IPPROTO_UDP);
	inet_add_protocol(&tcp_protocol, IPPROTO_TCP);
	for (i = 0; i < SOCK_MAX; i++)
		INIT_LIST_HEAD(&inetsw[i]);
	for (i = 0; i < ARRAY_SIZE(inetsw_array); i++)
		inet_register_protosw(&inetsw_array[i]);
	arp_init();
	ip_rt_init();
	ipfrag_init();
	tcp_init();
	udp_init();
	icmp_init();
	tcp_v4_init();
	ip_packet_type.type = htons(ETH_P_IP);
	dev_add_pack(&ip_packet_type);
	return 0;
}
fs_initcall(inet_init);
