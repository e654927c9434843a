// SPDX-License-Identifier: GPL-2.0-only
/*
 * Netlink sockets: datagrams between processes and parts of the kernel.  Each
 * protocol has a table of its sockets by port; ports are chosen by user mode,
 * or the number of the process.  0 is the kernel.
 */
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/module.h>
#include <linux/netlink.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/rtnetlink.h>
#include <linux/seq_file.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <net/sock.h>

struct netlink_sock {
	struct sock sk;
	u32 pid;
	u32 dst_pid;
	u32 dst_group;
	u32 flags;
	u32 subscriptions;
	u32 groups;
	struct netlink_callback *cb;
	void (*data_ready)(struct sock *sk, int bytes);
};

#define NETLINK_KERNEL_SOCKET	0x1

#define NL_HASHSIZE	16

/**
 * struct netlink_table - the sockets of a protocol
 * @hash: by port
 * @mc_list: those who subscribed to a group
 * @groups: how many groups there are
 * @registered: a part of the kernel listens
 */
struct netlink_table {
	struct hlist_head hash[NL_HASHSIZE];
	struct hlist_head mc_list;
	unsigned int groups;
	int registered;
};

static struct netlink_table *nl_table;
static DEFINE_RWLOCK(nl_table_lock);

static struct proto_ops netlink_ops;
static void netlink_destroy_callback(struct netlink_callback *cb);
static int netlink_dump(struct sock *sk);

static struct netlink_sock *nlk_sk(struct sock *sk)
{
	return (struct netlink_sock *)sk;
}

static struct hlist_head *nl_bucket(int protocol, u32 pid)
{
	return &nl_table[protocol].hash[jhash_1word(pid, 0) % NL_HASHSIZE];
}

/* With nl_table_lock held. */
static struct sock *__netlink_lookup(int protocol, u32 pid)
{
	struct hlist_node *node;
	struct sock *sk;

	sk_for_each(sk, node, nl_bucket(protocol, pid))
		if (nlk_sk(sk)->pid == pid)
			return sk;
	return NULL;
}

static struct sock *netlink_lookup(int protocol, u32 pid)
{
	struct sock *sk;

	read_lock(&nl_table_lock);
	sk = __netlink_lookup(protocol, pid);
	if (sk)
		sock_hold(sk);
	read_unlock(&nl_table_lock);
	return sk;
}

static int netlink_insert(struct sock *sk, u32 pid)
{
	int err = -EADDRINUSE;

	write_lock(&nl_table_lock);
	if (!__netlink_lookup(sk->sk_protocol, pid)) {
		err = -EBUSY;
		if (!nlk_sk(sk)->pid) {
			nlk_sk(sk)->pid = pid;
			sk_add_node(sk, nl_bucket(sk->sk_protocol, pid));
			err = 0;
		}
	}
	write_unlock(&nl_table_lock);
	return err;
}

static void netlink_remove(struct sock *sk)
{
	write_lock(&nl_table_lock);
	sk_del_node_init(sk);
	if (nlk_sk(sk)->subscriptions)
		hlist_del_init(&sk->sk_bind_node);
	write_unlock(&nl_table_lock);
}

static void netlink_sock_destruct(struct sock *sk)
{
	skb_queue_purge(&sk->sk_receive_queue);
	if (nlk_sk(sk)->cb)
		netlink_destroy_callback(nlk_sk(sk)->cb);
}

static struct proto netlink_proto = {
	.name = "NETLINK",
	.obj_size = sizeof(struct netlink_sock),
};

static int __netlink_create(struct socket *sock, int protocol)
{
	struct sock *sk;

	sock->ops = &netlink_ops;
	sk = sk_alloc(PF_NETLINK, GFP_KERNEL, &netlink_proto, 1);
	if (!sk)
		return -ENOMEM;
	sock_init_data(sock, sk);
	sk->sk_destruct = netlink_sock_destruct;
	sk->sk_protocol = protocol;
	return 0;
}

static int netlink_create(struct socket *sock, int protocol)
{
	struct netlink_sock *nlk;
	unsigned int groups;
	int err = 0;

	sock->state = SS_UNCONNECTED;
	if (sock->type != SOCK_RAW && sock->type != SOCK_DGRAM)
		return -ESOCKTNOSUPPORT;
	if (protocol < 0 || protocol >= MAX_LINKS)
		return -EPROTONOSUPPORT;
	if (!nl_table[protocol].registered)
		return -EPROTONOSUPPORT;
	groups = nl_table[protocol].groups;
	err = (__netlink_create(sock, protocol) < 0);
	if (err)
		goto out;
	nlk = nlk_sk(sock->sk);
	nlk->groups = groups;
out:
	return err;
}

static int netlink_release(struct socket *sock)
{
	struct sock *sk = sock->sk;

	if (!sk)
		return 0;
	netlink_remove(sk);
	sock_orphan(sk);
	sock->sk = NULL;
	wake_up_interruptible_all(&sock->wait);
	skb_queue_purge(&sk->sk_write_queue);
	sock_put(sk);
	return 0;
}

/* The number of the process, or a negative one if that is taken. */
static int netlink_autobind(struct socket *sock)
{
	static s32 rover = -4097;
	s32 pid = current->tgid;
	int err;

	while ((err = netlink_insert(sock->sk, pid)) == -EADDRINUSE) {
		pid = rover--;
		if (rover > -4097)
			rover = -4097;
	}
	return err == -EBUSY ? 0 : err;
}

static void netlink_subscribe(struct sock *sk, u32 groups)
{
	struct netlink_sock *nlk = nlk_sk(sk);

	write_lock(&nl_table_lock);
	if (nlk->subscriptions && !groups)
		hlist_del_init(&sk->sk_bind_node);
	else if (!nlk->subscriptions && groups)
		hlist_add_head(&sk->sk_bind_node, &nl_table[sk->sk_protocol].mc_list);
	nlk->subscriptions = groups;
	write_unlock(&nl_table_lock);
}

static int netlink_bind(struct socket *sock, struct sockaddr *addr, int addr_len)
{
	struct sockaddr_nl *nladdr = (struct sockaddr_nl *)addr;
	struct netlink_sock *nlk = nlk_sk(sock->sk);
	int err;

	if (addr_len < sizeof(*nladdr) || nladdr->nl_family != AF_NETLINK)
		return -EINVAL;
	if (nladdr->nl_groups && sock->sk->sk_protocol != NETLINK_ROUTE &&
	    !capable(CAP_NET_ADMIN))
		return -EPERM;
	if (nlk->pid) {
		if (nladdr->nl_pid != nlk->pid)
			return -EINVAL;
	} else {
		err = nladdr->nl_pid ? netlink_insert(sock->sk, nladdr->nl_pid) :
				       netlink_autobind(sock);
		if (err)
			return err;
	}
	netlink_subscribe(sock->sk, nladdr->nl_groups);
	return 0;
}

static int netlink_connect(struct socket *sock, struct sockaddr *addr, int alen, int flags)
{
	struct sockaddr_nl *nladdr = (struct sockaddr_nl *)addr;
	struct netlink_sock *nlk = nlk_sk(sock->sk);
	int err = 0;

	if (addr->sa_family == AF_UNSPEC) {
		sock->sk->sk_state = 0;
		nlk->dst_pid = 0;
		nlk->dst_group = 0;
		return 0;
	}
	if (addr->sa_family != AF_NETLINK || alen < sizeof(*nladdr))
		return -EINVAL;
	if ((nladdr->nl_groups || nladdr->nl_pid) && !capable(CAP_NET_ADMIN))
		return -EPERM;
	if (!nlk->pid)
		err = netlink_autobind(sock);
	if (err)
		return err;
	sock->sk->sk_state = 1;
	nlk->dst_pid = nladdr->nl_pid;
	nlk->dst_group = ffs(nladdr->nl_groups);
	return 0;
}

static int netlink_getname(struct socket *sock, struct sockaddr *addr, int *addr_len, int peer)
{
	struct sockaddr_nl *nladdr = (struct sockaddr_nl *)addr;
	struct netlink_sock *nlk = nlk_sk(sock->sk);

	memset(nladdr, 0, sizeof(*nladdr));
	nladdr->nl_family = AF_NETLINK;
	*addr_len = sizeof(*nladdr);
	nladdr->nl_pid = peer ? nlk->dst_pid : nlk->pid;
	if (peer)
		nladdr->nl_groups = nlk->dst_group ? 1U << (nlk->dst_group - 1) : 0;
	else
		nladdr->nl_groups = nlk->subscriptions;
	return 0;
}

/* Waits for room in a socket; 0 when the packet may be queued. */
static int netlink_attachskb(struct sock *sk, struct sk_buff *skb, long *timeo)
{
	DEFINE_WAIT(wait);

	while (atomic_read(&sk->sk_rmem_alloc) > sk->sk_rcvbuf) {
		if (!*timeo)
			return -EAGAIN;
		if (sock_flag(sk, SOCK_DEAD))
			return -ECONNREFUSED;
		if (signal_pending(current))
			return sock_intr_errno(*timeo);
		prepare_to_wait(sk->sk_sleep, &wait, TASK_INTERRUPTIBLE);
		*timeo = schedule_timeout(*timeo);
		finish_wait(sk->sk_sleep, &wait);
	}
	skb_orphan(skb);
	skb_set_owner_r(skb, sk);
	return 0;
}

static void netlink_deliver(struct sock *sk, struct sk_buff *skb)
{
	int len = skb->len;

	skb_queue_tail(&sk->sk_receive_queue, skb);
	if (nlk_sk(sk)->flags & NETLINK_KERNEL_SOCKET)
		nlk_sk(sk)->data_ready(sk, len);
	else
		sk->sk_data_ready(sk, len);
}

/**
 * netlink_unicast - send a packet to one port
 *
 * Returns its length or an error; the packet is gone in any case.
 */
int netlink_unicast(struct sock *ssk, struct sk_buff *skb, u32 pid, int nonblock)
{
	long timeo = sock_sndtimeo(ssk, nonblock);
	struct sock *sk = netlink_lookup(ssk->sk_protocol, pid);
	int err, len = skb->len;

	if (!sk || ((nlk_sk(sk)->pid == 0) && !nlk_sk(sk)->data_ready)) {
		if (sk)
			sock_put(sk);
		kfree_skb(skb);
		return -ECONNREFUSED;
	}
	err = netlink_attachskb(sk, skb, &timeo);
	if (!err)
		netlink_deliver(sk, skb);
	else
		kfree_skb(skb);
	sock_put(sk);
	return err ? err : len;
}
EXPORT_SYMBOL(netlink_unicast);

/**
 * netlink_broadcast - send a packet to all who subscribed to a group
 * @pid: but not to this port
 *
 * Who has no room gets ENOBUFS at the next call.  Returns -ESRCH if nobody got it.
 */
int netlink_broadcast(struct sock *ssk, struct sk_buff *skb, u32 pid, u32 group, gfp_t gfp)
{
	struct hlist_node *node;
	struct sk_buff *skb2;
	struct sock *sk;
	int delivered = 0;

	NETLINK_CB(skb).dst_group = group;
	read_lock(&nl_table_lock);
	hlist_for_each_entry(sk, node, &nl_table[ssk->sk_protocol].mc_list, sk_bind_node) {
		if (sk == ssk || nlk_sk(sk)->pid == pid || !group ||
		    !(nlk_sk(sk)->subscriptions & 1U << (group - 1)))
			continue;
		skb2 = skb_clone(skb, GFP_ATOMIC);
		if (!skb2 || atomic_read(&sk->sk_rmem_alloc) > sk->sk_rcvbuf) {
			kfree_skb(skb2);
			sk->sk_err = ENOBUFS;
			sk->sk_error_report(sk);
			continue;
		}
		skb_orphan(skb2);
		skb_set_owner_r(skb2, sk);
		netlink_deliver(sk, skb2);
		delivered = 1;
	}
	read_unlock(&nl_table_lock);
	kfree_skb(skb);
	return delivered ? 0 : -ESRCH;
}
EXPORT_SYMBOL(netlink_broadcast);

static int netlink_destination(struct netlink_sock *nlk, struct msghdr *msg, u32 *pid,
			       u32 *group)
{
	struct sockaddr_nl *addr = msg->msg_name;

	*pid = nlk->dst_pid;
	*group = nlk->dst_group;
	if (!msg->msg_namelen || !addr)
		return 0;
	if (msg->msg_namelen < sizeof(*addr) || addr->nl_family != AF_NETLINK)
		return -EINVAL;
	*pid = addr->nl_pid;
	*group = ffs(addr->nl_groups);
	if ((*group || *pid) && !capable(CAP_NET_ADMIN))
		return -EPERM;
	return 0;
}

static int netlink_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	struct sock *sk = sock->sk;
	struct netlink_sock *nlk = nlk_sk(sk);
	u32 dst_pid, dst_group;
	struct sk_buff *skb;
	int err;

	if (msg->msg_flags & MSG_OOB)
		return -EOPNOTSUPP;
	err = netlink_destination(nlk, msg, &dst_pid, &dst_group);
	if (!err && !nlk->pid)
		err = netlink_autobind(sock);
	if (err)
		return err;
	if (len > sk->sk_sndbuf - 32)
		return -EMSGSIZE;
	skb = alloc_skb(len, GFP_KERNEL);
	if (!skb)
		return -ENOBUFS;
	NETLINK_CB(skb).pid = nlk->pid;
	NETLINK_CB(skb).dst_pid = dst_pid;
	NETLINK_CB(skb).dst_group = dst_group;
	NETLINK_CB(skb).creds.pid = current->tgid;
	NETLINK_CB(skb).creds.uid = current->uid;
	NETLINK_CB(skb).creds.gid = current->gid;
	NETLINK_CB(skb).eff_cap = current->cap_effective;
	if (memcpy_fromiovec(skb_put(skb, len), msg->msg_iov, len)) {
		kfree_skb(skb);
		return -EFAULT;
	}
	if (dst_group) {
		skb_get(skb);
		netlink_broadcast(sk, skb, dst_pid, dst_group, GFP_KERNEL);
	}
	return netlink_unicast(sk, skb, dst_pid, msg->msg_flags & MSG_DONTWAIT);
}

static int netlink_recvmsg(struct socket *sock, struct msghdr *msg, size_t len, int flags)
{
	struct netlink_sock *nlk = nlk_sk(sock->sk);
	struct sock *sk = sock->sk;
	struct sockaddr_nl *addr = msg->msg_name;
	struct sk_buff *skb;
	size_t copied;
	int err = 0;

	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	skb = skb_recv_datagram(sk, flags, flags & MSG_DONTWAIT, &err);
	if (!skb)
		return err;
	copied = min_t(size_t, len, skb->len);
	if (skb->len > len)
		msg->msg_flags |= MSG_TRUNC;
	err = skb_copy_datagram_iovec(skb, 0, msg->msg_iov, copied);
	if (addr) {
		memset(addr, 0, sizeof(*addr));
		addr->nl_family = AF_NETLINK;
		addr->nl_pid = NETLINK_CB(skb).pid;
		if (NETLINK_CB(skb).dst_group)
			addr->nl_groups = 1U << (NETLINK_CB(skb).dst_group - 1);
		msg->msg_namelen = sizeof(*addr);
	}
	if (flags & MSG_TRUNC)
		copied = skb->len;
	skb_free_datagram(sk, skb);
	/* Half of the room is free: the dump can go on. */
	if (nlk->cb && atomic_read(&sk->sk_rmem_alloc) <= sk->sk_rcvbuf / 2)
		netlink_dump(sk);
	wake_up_interruptible(sk->sk_sleep);
	return err ? err : copied;
}

/**
 * netlink_kernel_create - the kernel's end of a protocol
 * @unit: the protocol
 * @groups: how many groups it has
 * @input: called when something is in the receive queue
 */
struct sock *netlink_kernel_create(int unit, unsigned int groups,
				   void (*input)(struct sock *sk, int len))
{
	struct socket *sock;
	struct sock *sk;

	if (unit < 0 || unit >= MAX_LINKS)
		return NULL;
	if (sock_create_lite(PF_NETLINK, SOCK_DGRAM, unit, &sock))
		return NULL;
	if (__netlink_create(sock, unit) < 0)
		goto out_sock_release;
	sk = sock->sk;
	nlk_sk(sk)->data_ready = input;
	nlk_sk(sk)->flags |= NETLINK_KERNEL_SOCKET;
	if (netlink_insert(sk, 0))
		goto out_sock_release;
	nl_table[unit].groups = max(groups, 32U);
	nl_table[unit].registered = 1;
	return sk;

out_sock_release:
	sock_release(sock);
	return NULL;
}
EXPORT_SYMBOL(netlink_kernel_create);

/* A new message at the end of a packet; NULL when there is no room. */
struct nlmsghdr *nlmsg_put(struct sk_buff *skb, u32 pid, u32 seq, int type, int len, int flags)
{
	struct nlmsghdr *nlh;

	if (skb->end - skb->tail < NLMSG_SPACE(len))
		return NULL;
	nlh = (struct nlmsghdr *)skb_put(skb, NLMSG_SPACE(len));
	nlh->nlmsg_type = type;
	nlh->nlmsg_len = NLMSG_LENGTH(len);
	nlh->nlmsg_flags = flags;
	nlh->nlmsg_pid = pid;
	nlh->nlmsg_seq = seq;
	return nlh;
}
EXPORT_SYMBOL(nlmsg_put);

static void netlink_destroy_callback(struct netlink_callback *cb)
{
	if (cb->done)
		cb->done(cb);
	kfree_skb(cb->skb);
	kfree(cb);
}

/* Puts the next part of a dump into the receive queue of who wants it. */
static int netlink_dump(struct sock *sk)
{
	struct netlink_sock *nlk = nlk_sk(sk);
	struct netlink_callback *cb = nlk->cb;
	struct nlmsghdr *nlh;
	struct sk_buff *skb;
	int len;

	skb = alloc_skb(NLMSG_GOODSIZE, GFP_KERNEL);
	if (!skb)
		return -ENOBUFS;
	skb_set_owner_r(skb, sk);
	len = cb->dump(skb, cb);
	if (len > 0) {
		netlink_deliver(sk, skb);
		return 0;
	}
	nlh = nlmsg_put(skb, NETLINK_CB(cb->skb).pid, cb->nlh->nlmsg_seq, NLMSG_DONE, sizeof(len),
			NLM_F_MULTI);
	memcpy(nlmsg_data(nlh), &len, sizeof(len));
	netlink_deliver(sk, skb);
	nlk->cb = NULL;
	netlink_destroy_callback(cb);
	return 0;
}

/**
 * netlink_dump_start - answer a request with many messages
 * @skb: the request
 * @nlh: the message in it
 * @dump: see struct netlink_callback
 * @done: likewise
 *
 * The parts follow as the reader fetches them.
 */
int netlink_dump_start(struct sock *ssk, struct sk_buff *skb, struct nlmsghdr *nlh,
		       int (*dump)(struct sk_buff *skb, struct netlink_callback *cb),
		       int (*done)(struct netlink_callback *cb))
{
	struct netlink_callback *cb = kzalloc(sizeof(*cb), GFP_KERNEL);
	struct sock *sk;
	int err;

	if (!cb)
		return -ENOBUFS;
	cb->dump = dump;
	cb->done = done;
	cb->nlh = nlh;
	cb->skb = skb_get(skb);
	sk = netlink_lookup(ssk->sk_protocol, NETLINK_CB(skb).pid);
	if (!sk || nlk_sk(sk)->cb) {
		netlink_destroy_callback(cb);
		if (sk)
			sock_put(sk);
		return sk ? -EBUSY : -ECONNREFUSED;
	}
	nlk_sk(sk)->cb = cb;
	err = netlink_dump(sk);
	if (err) {
		nlk_sk(sk)->cb = NULL;
		netlink_destroy_callback(cb);
	}
	sock_put(sk);
	return err;
}
EXPORT_SYMBOL(netlink_dump_start);

/* Says how a request went: 0 or an error, and with an error, which it was. */
void netlink_ack(struct sk_buff *in_skb, struct nlmsghdr *nlh, int err)
{
	int payload = sizeof(struct nlmsgerr) + (err ? nlh->nlmsg_len - sizeof(*nlh) : 0);
	struct sk_buff *skb = alloc_skb(NLMSG_SPACE(payload), GFP_KERNEL);
	struct nlmsgerr *errmsg;
	struct nlmsghdr *rep;
	struct sock *sk = netlink_lookup(NETLINK_ROUTE, 0);

	if (!skb || !sk) {
		kfree_skb(skb);
		goto out;
	}
	rep = nlmsg_put(skb, NETLINK_CB(in_skb).pid, nlh->nlmsg_seq, NLMSG_ERROR, payload, 0);
	errmsg = nlmsg_data(rep);
	errmsg->error = err;
	memcpy(&errmsg->msg, nlh, err ? nlh->nlmsg_len : sizeof(*nlh));
	netlink_unicast(sk, skb, NETLINK_CB(in_skb).pid, MSG_DONTWAIT);
out:
	if (sk)
		sock_put(sk);
}
EXPORT_SYMBOL(netlink_ack);

#ifdef CONFIG_PROC_FS
static int netlink_seq_show(struct seq_file *seq, void *v)
{
	struct hlist_node *node;
	struct sock *sk;
	int i, j;

	seq_puts(seq, "sk       Eth Pid    Groups   Rmem     Wmem     Dump     Locks\n");
	read_lock(&nl_table_lock);
	for (i = 0; i < MAX_LINKS; i++)
		for (j = 0; j < NL_HASHSIZE; j++)
			sk_for_each(sk, node, &nl_table[i].hash[j])
				seq_printf(seq, "%08x %-3d %-6d %08x %-8d %-8d %08x %d\n", 0,
					   sk->sk_protocol, nlk_sk(sk)->pid,
					   nlk_sk(sk)->subscriptions,
					   atomic_read(&sk->sk_rmem_alloc),
					   atomic_read(&sk->sk_wmem_alloc), !!nlk_sk(sk)->cb,
					   atomic_read(&sk->sk_refcnt));
	read_unlock(&nl_table_lock);
	return 0;
}

static int netlink_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, netlink_seq_show, NULL);
}

static const struct file_operations netlink_seq_fops = {
	.open = netlink_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};
#endif

static struct proto_ops netlink_ops = {
	.family = PF_NETLINK,
	.release = netlink_release,
	.bind = netlink_bind,
	.connect = netlink_connect,
	.socketpair = sock_no_socketpair,
	.accept = sock_no_accept,
	.getname = netlink_getname,
	.poll = datagram_poll,
	.ioctl = sock_no_ioctl,
	.listen = sock_no_listen,
	.shutdown = sock_no_shutdown,
	.setsockopt = sock_no_setsockopt,
	.getsockopt = sock_no_getsockopt,
	.sendmsg = netlink_sendmsg,
	.recvmsg = netlink_recvmsg,
};

static struct net_proto_family netlink_family_ops = {
	.family = PF_NETLINK,
	.create = netlink_create,
};

static int __init netlink_proto_init(void)
{
	nl_table = kcalloc(MAX_LINKS, sizeof(*nl_table), GFP_KERNEL);
	if (!nl_table || proto_register(&netlink_proto, 0))
		panic("cannot initialize netlink\n");
	sock_register(&netlink_family_ops);
#ifdef CONFIG_PROC_FS
	proc_net_fops_create("netlink", 0444, &netlink_seq_fops);
#endif
	/* Whose first user it is, and who must be there before other families. */
	rtnetlink_init();
	return 0;
}
core_initcall(netlink_proto_init);
