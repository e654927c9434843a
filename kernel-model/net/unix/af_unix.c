// SPDX-License-Identifier: GPL-2.0-only
/*
 * AF_UNIX: sockets between processes of this machine.
 *
 * Names are files, or "abstract": those begin with a NUL, live in the hash table
 * only, and end with their socket.  Sockets with an abstract name hash by it,
 * those with a file by its inode, those without a name are in the last chain.
 */
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/if.h>
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/sysctl.h>
#include <linux/uaccess.h>
#include <net/af_unix.h>
#include <net/tcp_states.h>

int sysctl_unix_max_dgram_qlen __read_mostly = 10;

struct hlist_head unix_socket_table[UNIX_HASH_SIZE + 1];
DEFINE_SPINLOCK(unix_table_lock);
static atomic_t unix_nr_socks = ATOMIC_INIT(0);

#define unix_sockets_unbound	(&unix_socket_table[UNIX_HASH_SIZE])
#define UNIX_ABSTRACT(sk)	(unix_sk(sk)->addr->hash != UNIX_HASH_SIZE)

static struct proto_ops unix_stream_ops;
static struct proto_ops unix_dgram_ops;
static struct proto_ops unix_seqpacket_ops;

static unsigned int unix_hash_name(const struct sockaddr_un *name, int len, int type)
{
	return (jhash(name, len, 0) ^ type) & (UNIX_HASH_SIZE - 1);
}

static int unix_our_peer(struct sock *sk, struct sock *osk)
{
	return unix_peer(osk) == sk;
}

static int unix_may_send(struct sock *sk, struct sock *osk)
{
	return !unix_peer(osk) || unix_our_peer(sk, osk);
}

static struct sock *unix_peer_get(struct sock *s)
{
	struct sock *peer = unix_peer(s);

	if (peer)
		sock_hold(peer);
	return peer;
}

static void unix_release_addr(struct unix_address *addr)
{
	if (addr && atomic_dec_and_test(&addr->refcnt))
		kfree(addr);
}

/* Checks an address of user mode; returns its length, with a terminated path for
 * files.
 */
static int unix_mkname(struct sockaddr_un *sunaddr, int len, unsigned int *hashp, int type)
{
	if (len <= (int)sizeof(short) || len > (int)sizeof(*sunaddr))
		return -EINVAL;
	if (sunaddr->sun_family != AF_UNIX)
		return -EINVAL;
	if (sunaddr->sun_path[0]) {
		((char *)sunaddr)[len] = 0;
		return strlen(sunaddr->sun_path) + 1 + sizeof(short);
	}
	*hashp = unix_hash_name(sunaddr, len, type);
	return len;
}

static void unix_insert_socket(struct hlist_head *list, struct sock *sk)
{
	spin_lock(&unix_table_lock);
	sk_add_node(sk, list);
	spin_unlock(&unix_table_lock);
}

static void unix_remove_socket(struct sock *sk)
{
	spin_lock(&unix_table_lock);
	sk_del_node_init(sk);
	spin_unlock(&unix_table_lock);
}

/* With unix_table_lock held. */
static struct sock *__unix_find_socket_byname(struct sockaddr_un *sunname, int len, int type,
					      unsigned int hash)
{
	struct hlist_node *node;
	struct sock *s;

	sk_for_each(s, node, &unix_socket_table[hash])
		if (unix_sk(s)->addr->len == len && s->sk_type == type &&
		    !memcmp(unix_sk(s)->addr->name, sunname, len))
			return s;
	return NULL;
}

static struct sock *unix_find_socket_byname(struct sockaddr_un *sunname, int len, int type,
					    unsigned int hash)
{
	struct sock *s;

	spin_lock(&unix_table_lock);
	s = __unix_find_socket_byname(sunname, len, type, hash);
	if (s)
		sock_hold(s);
	spin_unlock(&unix_table_lock);
	return s;
}

static struct sock *unix_find_socket_byinode(struct inode *i)
{
	struct hlist_node *node;
	struct sock *s, *found = NULL;

	spin_lock(&unix_table_lock);
	sk_for_each(s, node, &unix_socket_table[i->i_ino & (UNIX_HASH_SIZE - 1)]) {
		if (unix_sk(s)->dentry && unix_sk(s)->dentry->d_inode == i) {
			sock_hold(s);
			found = s;
			break;
		}
	}
	spin_unlock(&unix_table_lock);
	return found;
}

static int unix_writable(struct sock *sk)
{
	return (atomic_read(&sk->sk_wmem_alloc) << 2) <= sk->sk_sndbuf;
}

static void unix_write_space(struct sock *sk)
{
	read_lock(&sk->sk_callback_lock);
	if (unix_writable(sk) && sk->sk_sleep)
		wake_up_interruptible(sk->sk_sleep);
	read_unlock(&sk->sk_callback_lock);
}

static void unix_sock_destructor(struct sock *sk)
{
	skb_queue_purge(&sk->sk_receive_queue);
	WARN_ON(atomic_read(&sk->sk_wmem_alloc));
	WARN_ON(!sk_unhashed(sk));
	unix_release_addr(unix_sk(sk)->addr);
	atomic_dec(&unix_nr_socks);
}

/* The other end of a connection learns that this one is gone. */
static void unix_disconnect_peer(struct sock *sk, struct sock *skpair, int reset)
{
	if (sk->sk_type == SOCK_STREAM || sk->sk_type == SOCK_SEQPACKET) {
		skpair->sk_shutdown = SHUTDOWN_MASK;
		if (!skb_queue_empty(&sk->sk_receive_queue) || reset)
			skpair->sk_err = ECONNRESET;
		skpair->sk_state_change(skpair);
	}
	sock_put(skpair);
	unix_peer(sk) = NULL;
}

static int unix_release_sock(struct sock *sk, int embrion)
{
	struct unix_sock *u = unix_sk(sk);
	struct dentry *dentry = u->dentry;
	struct vfsmount *mnt = u->mnt;
	struct sk_buff *skb;
	int state = sk->sk_state;

	unix_remove_socket(sk);
	sock_orphan(sk);
	sk->sk_shutdown = SHUTDOWN_MASK;
	u->dentry = NULL;
	u->mnt = NULL;
	sk->sk_state = TCP_CLOSE;
	wake_up_interruptible_all(&u->other_wait);
	if (unix_peer(sk))
		unix_disconnect_peer(sk, unix_peer(sk), embrion);
	while ((skb = skb_dequeue(&sk->sk_receive_queue)) != NULL) {
		/* A connection that nobody accepted. */
		if (state == TCP_LISTEN)
			unix_release_sock(skb->sk, 1);
		kfree_skb(skb);
	}
	if (dentry) {
		dput(dentry);
		mntput(mnt);
	}
	sock_put(sk);
	/* Others may have been within reach only through this one. */
	if (atomic_read(&unix_tot_inflight))
		unix_gc();
	return 0;
}

static int unix_listen(struct socket *sock, int backlog)
{
	struct sock *sk = sock->sk;

	if (sock->type != SOCK_STREAM && sock->type != SOCK_SEQPACKET)
		return -EOPNOTSUPP;
	if (!unix_sk(sk)->addr)
		return -EINVAL;
	if (sk->sk_state != TCP_CLOSE && sk->sk_state != TCP_LISTEN)
		return -EINVAL;
	if (backlog > sk->sk_max_ack_backlog)
		wake_up_interruptible_all(&unix_sk(sk)->other_wait);
	sk->sk_max_ack_backlog = backlog;
	sk->sk_state = TCP_LISTEN;
	sk->sk_peercred.pid = current->tgid;
	sk->sk_peercred.uid = current->euid;
	sk->sk_peercred.gid = current->egid;
	return 0;
}

static struct proto unix_proto = {
	.name = "UNIX",
	.obj_size = sizeof(struct unix_sock),
};

static struct sock *unix_create1(struct socket *sock)
{
	struct unix_sock *u;
	struct sock *sk;

	if (atomic_read(&unix_nr_socks) >= 2 * files_stat.max_files)
		return NULL;
	sk = sk_alloc(PF_UNIX, GFP_KERNEL, &unix_proto, 1);
	if (!sk)
		return NULL;
	atomic_inc(&unix_nr_socks);
	sock_init_data(sock, sk);
	sk->sk_write_space = unix_write_space;
	sk->sk_max_ack_backlog = sysctl_unix_max_dgram_qlen;
	sk->sk_destruct = unix_sock_destructor;
	u = unix_sk(sk);
	mutex_init(&u->readsem);
	init_waitqueue_head(&u->other_wait);
	unix_insert_socket(unix_sockets_unbound, sk);
	return sk;
}

static int unix_create(struct socket *sock, int protocol)
{
	if (protocol && protocol != PF_UNIX)
		return -EPROTONOSUPPORT;
	sock->state = SS_UNCONNECTED;
	switch (sock->type) {
	case SOCK_STREAM:
		sock->ops = &unix_stream_ops;
		break;
	case SOCK_RAW:
		sock->type = SOCK_DGRAM;
		fallthrough;
	case SOCK_DGRAM:
		sock->ops = &unix_dgram_ops;
		break;
	case SOCK_SEQPACKET:
		sock->ops = &unix_seqpacket_ops;
		break;
	default:
		return -ESOCKTNOSUPPORT;
	}
	return unix_create1(sock) ? 0 : -ENOMEM;
}

static int unix_release(struct socket *sock)
{
	struct sock *sk = sock->sk;

	if (!sk)
		return 0;
	sock->sk = NULL;
	return unix_release_sock(sk, 0);
}

static struct unix_address *unix_new_address(const void *name, int len)
{
	struct unix_address *addr = kzalloc(sizeof(*addr) + sizeof(short) + UNIX_PATH_MAX + 1,
					    GFP_KERNEL);

	if (!addr)
		return NULL;
	memcpy(addr->name, name, len);
	addr->len = len;
	atomic_set(&addr->refcnt, 1);
	return addr;
}

/* Moves the socket to the chain of its name; with unix_table_lock held. */
static void unix_name_socket(struct sock *sk, struct unix_address *addr, unsigned int chain)
{
	sk_del_node_init(sk);
	unix_sk(sk)->addr = addr;
	sk_add_node(sk, &unix_socket_table[chain]);
}

/* A name of five hexadecimal digits, for those who do not care. */
static int unix_autobind(struct socket *sock)
{
	static u32 ordernum = 1;
	struct unix_address *addr;
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int len = sizeof(short) + 6;

	if (unix_sk(sock->sk)->addr)
		return 0;
	addr = unix_new_address(&name, len);
	if (!addr)
		return -ENOMEM;
	spin_lock(&unix_table_lock);
	do {
		snprintf(addr->name->sun_path + 1, 6, "%05x", ordernum);
		ordernum = (ordernum + 1) & 0xfffff;
		addr->hash = unix_hash_name(addr->name, len, sock->type);
	} while (__unix_find_socket_byname(addr->name, len, sock->type, addr->hash));
	unix_name_socket(sock->sk, addr, addr->hash);
	spin_unlock(&unix_table_lock);
	return 0;
}

/* Makes the file that is the name of a socket. */
static int unix_mknod(char *path, struct nameidata *nd)
{
	struct dentry *dentry;
	int err = path_lookup(path, LOOKUP_PARENT, nd);

	if (err)
		return err == -EEXIST ? -EADDRINUSE : err;
	dentry = lookup_create(nd, 0);
	err = PTR_ERR(dentry);
	if (!IS_ERR(dentry)) {
		err = vfs_mknod(nd->dentry->d_inode, dentry,
				S_IFSOCK | (0777 & ~current->fs->umask), 0);
		if (!err) {
			mutex_unlock(&nd->dentry->d_inode->i_mutex);
			dput(nd->dentry);
			nd->dentry = dentry;
			return 0;
		}
		dput(dentry);
	}
	mutex_unlock(&nd->dentry->d_inode->i_mutex);
	path_release(nd);
	return err == -EEXIST ? -EADDRINUSE : err;
}

static int unix_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_un *sunaddr = (struct sockaddr_un *)uaddr;
	struct sock *sk = sock->sk;
	struct unix_sock *u = unix_sk(sk);
	struct unix_address *addr;
	struct nameidata nd;
	unsigned int hash = 0;
	int err;

	if (sunaddr->sun_family != AF_UNIX)
		return -EINVAL;
	if (addr_len == sizeof(short))
		return unix_autobind(sock);
	addr_len = unix_mkname(sunaddr, addr_len, &hash, sk->sk_type);
	if (addr_len < 0)
		return addr_len;
	if (u->addr)
		return -EINVAL;
	addr = unix_new_address(sunaddr, addr_len);
	if (!addr)
		return -ENOMEM;
	addr->hash = hash;
	if (sunaddr->sun_path[0]) {
		err = unix_mknod(sunaddr->sun_path, &nd);
		if (err)
			goto out_addr;
		addr->hash = UNIX_HASH_SIZE;
		spin_lock(&unix_table_lock);
		u->dentry = nd.dentry;
		u->mnt = nd.mnt;
		hash = nd.dentry->d_inode->i_ino & (UNIX_HASH_SIZE - 1);
	} else {
		spin_lock(&unix_table_lock);
		err = -EADDRINUSE;
		if (__unix_find_socket_byname(sunaddr, addr_len, sk->sk_type, hash)) {
			spin_unlock(&unix_table_lock);
			goto out_addr;
		}
	}
	unix_name_socket(sk, addr, hash);
	spin_unlock(&unix_table_lock);
	return 0;

out_addr:
	unix_release_addr(addr);
	return err;
}

static struct sock *unix_find_by_path(struct sockaddr_un *sunname, int type, int *error)
{
	struct nameidata nd;
	struct sock *u;
	int err = path_lookup(sunname->sun_path, LOOKUP_FOLLOW, &nd);

	if (err)
		goto fail;
	err = vfs_permission(&nd, MAY_WRITE);
	if (err)
		goto put_fail;
	err = -ECONNREFUSED;
	if (!S_ISSOCK(nd.dentry->d_inode->i_mode))
		goto put_fail;
	u = unix_find_socket_byinode(nd.dentry->d_inode);
	if (!u)
		goto put_fail;
	path_release(&nd);
	if (u->sk_type == type)
		return u;
	sock_put(u);
	err = -EPROTOTYPE;
	goto fail;

put_fail:
	path_release(&nd);
fail:
	*error = err;
	return NULL;
}

/* The socket of a name, with a reference. */
static struct sock *unix_find_other(struct sockaddr_un *sunname, int len, int type,
				    unsigned int hash, int *error)
{
	struct sock *u;

	if (sunname->sun_path[0])
		return unix_find_by_path(sunname, type, error);
	u = unix_find_socket_byname(sunname, len, type, hash);
	if (!u)
		*error = -ECONNREFUSED;
	return u;
}

/* Sleeps until the receive queue of another socket may have room. */
static long unix_wait_for_peer(struct sock *other, long timeo)
{
	struct unix_sock *u = unix_sk(other);
	DEFINE_WAIT(wait);

	prepare_to_wait_exclusive(&u->other_wait, &wait, TASK_INTERRUPTIBLE);
	if (!sock_flag(other, SOCK_DEAD) && !(other->sk_shutdown & RCV_SHUTDOWN) &&
	    skb_queue_len(&other->sk_receive_queue) > other->sk_max_ack_backlog)
		timeo = schedule_timeout(timeo);
	finish_wait(&u->other_wait, &wait);
	return timeo;
}

static void unix_set_peer(struct sock *sk, struct sock *other)
{
	struct sock *old = unix_peer(sk);

	unix_peer(sk) = other;
	if (!old)
		return;
	wake_up_interruptible_all(&unix_sk(old)->other_wait);
	/* What the old one sent must not be taken for what the new one sends. */
	if (old != other && !skb_queue_empty(&sk->sk_receive_queue)) {
		skb_queue_purge(&sk->sk_receive_queue);
		if (!sock_flag(old, SOCK_DEAD) && unix_our_peer(sk, old)) {
			old->sk_err = ECONNRESET;
			old->sk_error_report(old);
		}
	}
	sock_put(old);
}

static int unix_dgram_connect(struct socket *sock, struct sockaddr *addr, int alen, int flags)
{
	struct sockaddr_un *sunaddr = (struct sockaddr_un *)addr;
	struct sock *sk = sock->sk, *other = NULL;
	unsigned int hash = 0;
	int err;

	if (addr->sa_family != AF_UNSPEC) {
		err = unix_mkname(sunaddr, alen, &hash, sk->sk_type);
		if (err < 0)
			return err;
		alen = err;
		if (test_bit(SOCK_PASSCRED, &sock->flags) && !unix_sk(sk)->addr) {
			err = unix_autobind(sock);
			if (err)
				return err;
		}
		other = unix_find_other(sunaddr, alen, sk->sk_type, hash, &err);
		if (!other)
			return err;
		if (!unix_may_send(sk, other)) {
			sock_put(other);
			return -EPERM;
		}
	}
	unix_set_peer(sk, other);
	sock->state = other ? SS_CONNECTED : SS_UNCONNECTED;
	sk->sk_state = other ? TCP_ESTABLISHED : TCP_CLOSE;
	return 0;
}

/* Finds the listener, waits until it has room; returns it with a reference. */
static struct sock *unix_find_listener(struct sock *sk, struct sockaddr_un *sunaddr, int len,
				       unsigned int hash, long timeo, int *err)
{
	struct sock *other;

	for (;;) {
		other = unix_find_other(sunaddr, len, sk->sk_type, hash, err);
		if (!other)
			return NULL;
		*err = -ECONNREFUSED;
		if (sock_flag(other, SOCK_DEAD) || other->sk_state != TCP_LISTEN ||
		    (other->sk_shutdown & RCV_SHUTDOWN))
			break;
		if (skb_queue_len(&other->sk_receive_queue) <= other->sk_max_ack_backlog)
			return other;
		*err = -EAGAIN;
		if (!timeo)
			break;
		timeo = unix_wait_for_peer(other, timeo);
		*err = sock_intr_errno(timeo);
		if (signal_pending(current))
			break;
		sock_put(other);
	}
	sock_put(other);
	return NULL;
}

static void unix_set_cred(struct sock *sk)
{
	sk->sk_peercred.pid = current->tgid;
	sk->sk_peercred.uid = current->euid;
	sk->sk_peercred.gid = current->egid;
}

/* The new end of the connection, which accept() will find in the packet, is made
 * here by the one who connects.
 */
static int unix_stream_connect(struct socket *sock, struct sockaddr *uaddr, int addr_len,
			       int flags)
{
	struct sockaddr_un *sunaddr = (struct sockaddr_un *)uaddr;
	struct sock *sk = sock->sk, *newsk, *other;
	unsigned int hash = 0;
	struct sk_buff *skb;
	int err;

	err = unix_mkname(sunaddr, addr_len, &hash, sk->sk_type);
	if (err < 0)
		return err;
	addr_len = err;
	if (test_bit(SOCK_PASSCRED, &sock->flags) && !unix_sk(sk)->addr) {
		err = unix_autobind(sock);
		if (err)
			return err;
	}
	newsk = unix_create1(NULL);
	if (!newsk)
		return -ENOMEM;
	err = -ENOMEM;
	skb = sock_wmalloc(newsk, 1, 0, GFP_KERNEL);
	if (!skb)
		goto out_newsk;
	other = unix_find_listener(sk, sunaddr, addr_len, hash,
				   sock_sndtimeo(sk, flags & O_NONBLOCK), &err);
	if (!other)
		goto out_skb;
	err = sk->sk_state == TCP_ESTABLISHED ? -EISCONN : -EINVAL;
	if (sk->sk_state != TCP_CLOSE)
		goto out_other;
	sock_hold(sk);
	unix_peer(newsk) = sk;
	newsk->sk_state = TCP_ESTABLISHED;
	newsk->sk_type = sk->sk_type;
	unix_set_cred(newsk);
	if (unix_sk(other)->addr) {
		atomic_inc(&unix_sk(other)->addr->refcnt);
		unix_sk(newsk)->addr = unix_sk(other)->addr;
	}
	if (unix_sk(other)->dentry) {
		unix_sk(newsk)->dentry = dget(unix_sk(other)->dentry);
		unix_sk(newsk)->mnt = mntget(unix_sk(other)->mnt);
	}
	sk->sk_peercred = other->sk_peercred;
	sock->state = SS_CONNECTED;
	sk->sk_state = TCP_ESTABLISHED;
	sock_hold(newsk);
	unix_peer(sk) = newsk;
	skb_queue_tail(&other->sk_receive_queue, skb);
	other->sk_data_ready(other, 0);
	sock_put(other);
	return 0;

out_other:
	sock_put(other);
out_skb:
	kfree_skb(skb);
out_newsk:
	unix_release_sock(newsk, 0);
	return err;
}

static int unix_socketpair(struct socket *socka, struct socket *sockb)
{
	struct sock *ska = socka->sk, *skb = sockb->sk;

	sock_hold(ska);
	sock_hold(skb);
	unix_peer(ska) = skb;
	unix_peer(skb) = ska;
	unix_set_cred(ska);
	unix_set_cred(skb);
	if (ska->sk_type != SOCK_DGRAM) {
		ska->sk_state = TCP_ESTABLISHED;
		skb->sk_state = TCP_ESTABLISHED;
		socka->state = SS_CONNECTED;
		sockb->state = SS_CONNECTED;
	}
	return 0;
}

static int unix_accept(struct socket *sock, struct socket *newsock, int flags)
{
	struct sock *sk = sock->sk, *tsk;
	struct sk_buff *skb;
	int err;

	if (sock->type != SOCK_STREAM && sock->type != SOCK_SEQPACKET)
		return -EOPNOTSUPP;
	if (sk->sk_state != TCP_LISTEN)
		return -EINVAL;
	skb = skb_recv_datagram(sk, 0, flags & O_NONBLOCK, &err);
	if (!skb)
		return err ? err : -EINVAL;	/* shut down meanwhile */
	tsk = skb->sk;
	skb_free_datagram(sk, skb);
	wake_up_interruptible(&unix_sk(sk)->other_wait);
	newsock->state = SS_CONNECTED;
	sock_graft(tsk, newsock);
	return 0;
}

static int unix_getname(struct socket *sock, struct sockaddr *uaddr, int *uaddr_len, int peer)
{
	struct sock *sk = sock->sk;

	if (peer) {
		sk = unix_peer_get(sk);
		if (!sk)
			return -ENOTCONN;
	} else {
		sock_hold(sk);
	}
	if (unix_sk(sk)->addr) {
		*uaddr_len = unix_sk(sk)->addr->len;
		memcpy(uaddr, unix_sk(sk)->addr->name, *uaddr_len);
	} else {
		uaddr->sa_family = AF_UNIX;
		*uaddr_len = sizeof(short);
	}
	sock_put(sk);
	return 0;
}

/* Files in a message that nobody read. */
static void unix_destruct_fds(struct sk_buff *skb)
{
	struct scm_cookie scm = { .fp = UNIXCB(skb).fp };

	unix_notinflight(scm.fp);
	scm_destroy(&scm);
	sock_wfree(skb);
}

/* Puts a message and its files into a queue, at the same moment: what is in flight
 * but in no queue would be taken for garbage.
 */
static void unix_queue_skb(struct sock *other, struct sk_buff *skb, struct scm_cookie *scm)
{
	UNIXCB(skb).fp = scm->fp;
	if (scm->fp) {
		unix_inflight(scm->fp);
		skb->destructor = unix_destruct_fds;
	}
	scm->fp = NULL;
	skb_queue_tail(&other->sk_receive_queue, skb);
	other->sk_data_ready(other, skb->len);
}

/* The files belong to the reader now. */
static void unix_detach_fds(struct scm_cookie *scm, struct sk_buff *skb)
{
	scm->fp = UNIXCB(skb).fp;
	UNIXCB(skb).fp = NULL;
	if (scm->fp) {
		unix_notinflight(scm->fp);
		skb->destructor = sock_wfree;
	}
}

/* Puts a packet into the queue of another socket, when there is room. */
static int unix_dgram_deliver(struct sock *sk, struct sock *other, struct sk_buff *skb,
			      struct scm_cookie *scm, long timeo)
{
	for (;;) {
		if (!unix_may_send(sk, other))
			return -EPERM;
		if (sock_flag(other, SOCK_DEAD))
			return -ECONNREFUSED;
		if (other->sk_shutdown & RCV_SHUTDOWN)
			return -EPIPE;
		if (unix_peer(other) == sk ||
		    skb_queue_len(&other->sk_receive_queue) <= other->sk_max_ack_backlog)
			break;
		if (!timeo)
			return -EAGAIN;
		timeo = unix_wait_for_peer(other, timeo);
		if (signal_pending(current))
			return sock_intr_errno(timeo);
	}
	unix_queue_skb(other, skb, scm);
	return 0;
}

static struct sk_buff *unix_make_skb(struct sock *sk, struct msghdr *msg, size_t len,
				     struct scm_cookie *scm, int *err)
{
	struct sk_buff *skb = sock_alloc_send_skb(sk, len, msg->msg_flags & MSG_DONTWAIT, err);

	if (!skb)
		return NULL;
	memset(skb->cb, 0, sizeof(skb->cb));
	UNIXCB(skb).creds = scm->creds;
	*err = memcpy_fromiovec(skb_put(skb, len), msg->msg_iov, len);
	if (!*err)
		return skb;
	kfree_skb(skb);
	return NULL;
}

/* Where a datagram goes, with a reference. */
static struct sock *unix_dgram_destination(struct socket *sock, struct msghdr *msg, int *err)
{
	struct sockaddr_un *sunaddr = msg->msg_name;
	struct sock *sk = sock->sk, *other;
	unsigned int hash = 0;
	int len;

	if (msg->msg_namelen) {
		len = unix_mkname(sunaddr, msg->msg_namelen, &hash, sk->sk_type);
		*err = len;
		return len < 0 ? NULL : unix_find_other(sunaddr, len, sk->sk_type, hash, err);
	}
	*err = -ENOTCONN;
	other = unix_peer_get(sk);
	if (other && sock_flag(other, SOCK_DEAD)) {
		/* It went away: we are connected to nobody. */
		unix_peer(sk) = NULL;
		sock_put(other);
		sock_put(other);
		*err = -ECONNREFUSED;
		return NULL;
	}
	return other;
}

static int unix_dgram_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	struct sock *sk = sock->sk, *other;
	struct scm_cookie scm;
	struct sk_buff *skb;
	int err;

	err = scm_send(sock, msg, &scm);
	if (err < 0)
		return err;
	err = -EOPNOTSUPP;
	if (msg->msg_flags & MSG_OOB)
		goto out;
	other = unix_dgram_destination(sock, msg, &err);
	if (!other)
		goto out;
	err = -EMSGSIZE;
	if (len > sk->sk_sndbuf - 32)
		goto out_put;
	if (test_bit(SOCK_PASSCRED, &sock->flags) && !unix_sk(sk)->addr) {
		err = unix_autobind(sock);
		if (err)
			goto out_put;
	}
	skb = unix_make_skb(sk, msg, len, &scm, &err);
	if (!skb)
		goto out_put;
	err = unix_dgram_deliver(sk, other, skb, &scm,
				 sock_sndtimeo(sk, msg->msg_flags & MSG_DONTWAIT));
	if (err)
		kfree_skb(skb);
	else
		err = len;
out_put:
	sock_put(other);
out:
	scm_destroy(&scm);
	return err;
}

static int unix_stream_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	struct sock *sk = sock->sk, *other = unix_peer(sk);
	struct scm_cookie scm;
	struct sk_buff *skb;
	int err, sent = 0, size;

	err = scm_send(sock, msg, &scm);
	if (err < 0)
		return err;
	err = -EOPNOTSUPP;
	if (msg->msg_flags & MSG_OOB)
		goto out;
	if (msg->msg_namelen) {
		err = sk->sk_state == TCP_ESTABLISHED ? -EISCONN : -EOPNOTSUPP;
		goto out;
	}
	err = -ENOTCONN;
	if (!other)
		goto out;
	if (sk->sk_shutdown & SEND_SHUTDOWN)
		goto pipe_err;
	while (sent < len) {
		size = min_t(int, len - sent, min(sk->sk_sndbuf / 2 - 64, 32768));
		skb = unix_make_skb(sk, msg, size, &scm, &err);
		if (!skb && err == -EPIPE)
			goto pipe_err;
		if (!skb)
			goto out;
		if (sock_flag(other, SOCK_DEAD) || (other->sk_shutdown & RCV_SHUTDOWN)) {
			kfree_skb(skb);
			goto pipe_err;
		}
		unix_queue_skb(other, skb, &scm);
		sent += size;
	}
	scm_destroy(&scm);
	return sent;

pipe_err:
	if (!sent && !(msg->msg_flags & MSG_NOSIGNAL))
		send_sig(SIGPIPE, current, 0);
	err = -EPIPE;
out:
	scm_destroy(&scm);
	return sent ? sent : err;
}

static int unix_seqpacket_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	int err = sock_error(sock->sk);

	if (err)
		return err;
	if (sock->sk->sk_state != TCP_ESTABLISHED)
		return -ENOTCONN;
	msg->msg_namelen = 0;
	return unix_dgram_sendmsg(sock, msg, len);
}

static void unix_copy_addr(struct msghdr *msg, struct sock *sk)
{
	struct unix_address *addr = sk ? unix_sk(sk)->addr : NULL;

	msg->msg_namelen = 0;
	if (addr && msg->msg_name) {
		msg->msg_namelen = addr->len;
		memcpy(msg->msg_name, addr->name, addr->len);
	}
}

static int unix_dgram_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags)
{
	struct sock *sk = sock->sk;
	struct scm_cookie scm;
	struct sk_buff *skb;
	int err;

	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	msg->msg_namelen = 0;
	skb = skb_recv_datagram(sk, flags, flags & MSG_DONTWAIT, &err);
	if (!skb)
		return err;
	wake_up_interruptible(&unix_sk(sk)->other_wait);
	unix_copy_addr(msg, skb->sk);
	if (size > skb->len)
		size = skb->len;
	else if (size < skb->len)
		msg->msg_flags |= MSG_TRUNC;
	scm.creds = UNIXCB(skb).creds;
	/* Copying may sleep, and the message is in no queue any more. */
	if (flags & MSG_PEEK)
		scm.fp = scm_fp_dup(UNIXCB(skb).fp);
	else
		unix_detach_fds(&scm, skb);
	err = skb_copy_datagram_iovec(skb, 0, msg->msg_iov, size);
	if (err) {
		scm_destroy(&scm);
	} else {
		err = flags & MSG_TRUNC ? skb->len : size;
		scm_recv(sock, msg, &scm);
	}
	skb_free_datagram(sk, skb);
	return err;
}

static int unix_seqpacket_recvmsg(struct socket *sock, struct msghdr *msg, size_t size,
				  int flags)
{
	if (sock->sk->sk_state != TCP_ESTABLISHED)
		return -ENOTCONN;
	return unix_dgram_recvmsg(sock, msg, size, flags);
}

/* Sleeps until there is something to read; with readsem held, given up meanwhile. */
static int unix_stream_data_wait(struct sock *sk, long *timeo)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(sk->sk_sleep, &wait, TASK_INTERRUPTIBLE);
	if (skb_queue_empty(&sk->sk_receive_queue) && !sk->sk_err &&
	    !(sk->sk_shutdown & RCV_SHUTDOWN) && !signal_pending(current) && *timeo) {
		mutex_unlock(&unix_sk(sk)->readsem);
		set_current_state(TASK_INTERRUPTIBLE);
		*timeo = schedule_timeout(*timeo);
		__set_current_state(TASK_RUNNING);
		mutex_lock(&unix_sk(sk)->readsem);
	}
	finish_wait(sk->sk_sleep, &wait);
	return signal_pending(current) ? sock_intr_errno(*timeo) : 0;
}

/* Copies from the first packet, which stays in the queue as long as there is
 * something in it; 0 to go on, 1 to stop, or an error.
 */
static int unix_stream_take(struct sock *sk, struct msghdr *msg, struct scm_cookie *scm,
			    int *copied, size_t *size)
{
	struct sk_buff *skb = skb_peek(&sk->sk_receive_queue);
	int chunk = min_t(size_t, skb->len, *size);

	/* What somebody else wrote does not mix. */
	if (*copied && test_bit(SOCK_PASSCRED, &sk->sk_socket->flags) &&
	    memcmp(&scm->creds, &UNIXCB(skb).creds, sizeof(scm->creds)))
		return 1;
	scm->creds = UNIXCB(skb).creds;
	if (skb_copy_datagram_iovec(skb, 0, msg->msg_iov, chunk))
		return *copied ? 1 : -EFAULT;
	*copied += chunk;
	*size -= chunk;
	skb_pull(skb, chunk);
	if (UNIXCB(skb).fp)
		unix_detach_fds(scm, skb);
	if (skb->len)
		return 1;
	skb_unlink(skb, &sk->sk_receive_queue);
	kfree_skb(skb);
	/* Files come with the bytes they were sent with. */
	return !!scm->fp;
}

/* The same, but all stays where it is; 1 when there is no more to see. */
static int unix_stream_peek(struct sock *sk, struct msghdr *msg, struct scm_cookie *scm,
			    int *copied, size_t *size)
{
	struct sk_buff *skb = sk->sk_receive_queue.next;
	int chunk;

	for (; *size && !scm->fp && skb != (struct sk_buff *)&sk->sk_receive_queue;
	     skb = skb->next) {
		if (*copied && test_bit(SOCK_PASSCRED, &sk->sk_socket->flags) &&
		    memcmp(&scm->creds, &UNIXCB(skb).creds, sizeof(scm->creds)))
			break;
		scm->creds = UNIXCB(skb).creds;
		chunk = min_t(size_t, skb->len, *size);
		if (skb_copy_datagram_iovec(skb, 0, msg->msg_iov, chunk))
			return *copied ? 1 : -EFAULT;
		*copied += chunk;
		*size -= chunk;
		scm->fp = scm_fp_dup(UNIXCB(skb).fp);
	}
	return 1;
}

static int unix_stream_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags)
{
	struct sock *sk = sock->sk;
	struct scm_cookie scm = { .fp = NULL };
	int target = flags & MSG_WAITALL ? size : min_t(size_t, sk->sk_rcvlowat, size);
	long timeo = sock_rcvtimeo(sk, flags & MSG_DONTWAIT);
	int copied = 0, err = -EINVAL;

	if (sk->sk_state != TCP_ESTABLISHED)
		goto out;
	err = -EOPNOTSUPP;
	if (flags & MSG_OOB)
		goto out;
	msg->msg_namelen = 0;
	target = max(target, 1);
	err = 0;
	mutex_lock(&unix_sk(sk)->readsem);
	while (size && !err) {
		if (!skb_queue_empty(&sk->sk_receive_queue)) {
			if (!copied)
				unix_copy_addr(msg, unix_peer(sk));
			err = flags & MSG_PEEK ?
			      unix_stream_peek(sk, msg, &scm, &copied, &size) :
			      unix_stream_take(sk, msg, &scm, &copied, &size);
			continue;
		}
		if (copied >= target)
			break;
		err = sock_error(sk);
		if (err || (sk->sk_shutdown & RCV_SHUTDOWN))
			break;
		err = -EAGAIN;
		if (!timeo)
			break;
		err = unix_stream_data_wait(sk, &timeo);
	}
	mutex_unlock(&unix_sk(sk)->readsem);
	scm_recv(sock, msg, &scm);
out:
	return copied ? copied : min(err, 0);
}

static int unix_shutdown(struct socket *sock, int mode)
{
	struct sock *sk = sock->sk, *other;
	int peer_mode = 0;

	if (mode < SHUT_RD || mode > SHUT_RDWR)
		return -EINVAL;
	mode++;
	sk->sk_shutdown |= mode;
	other = unix_peer_get(sk);
	sk->sk_state_change(sk);
	if (!other)
		return 0;
	if (sk->sk_type == SOCK_STREAM || sk->sk_type == SOCK_SEQPACKET) {
		if (mode & RCV_SHUTDOWN)
			peer_mode |= SEND_SHUTDOWN;
		if (mode & SEND_SHUTDOWN)
			peer_mode |= RCV_SHUTDOWN;
		other->sk_shutdown |= peer_mode;
		other->sk_state_change(other);
	}
	sock_put(other);
	return 0;
}

static int unix_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	struct sock *sk = sock->sk;
	struct sk_buff *skb;
	int amount = 0;

	switch (cmd) {
	case SIOCOUTQ:
		amount = atomic_read(&sk->sk_wmem_alloc);
		return put_user(amount, (int __user *)arg);
	case SIOCINQ:
		if (sk->sk_state == TCP_LISTEN)
			return -EINVAL;
		spin_lock(&sk->sk_receive_queue.lock);
		for (skb = sk->sk_receive_queue.next;
		     skb != (struct sk_buff *)&sk->sk_receive_queue; skb = skb->next) {
			amount += skb->len;
			if (sk->sk_type == SOCK_DGRAM)
				break;
		}
		spin_unlock(&sk->sk_receive_queue.lock);
		return put_user(amount, (int __user *)arg);
	}
	return -ENOIOCTLCMD;
}

static unsigned int unix_poll(struct file *file, struct socket *sock, poll_table *wait)
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
	if ((sk->sk_type == SOCK_STREAM || sk->sk_type == SOCK_SEQPACKET) &&
	    sk->sk_state == TCP_CLOSE)
		mask |= POLLHUP;
	if (unix_writable(sk))
		mask |= POLLOUT | POLLWRNORM | POLLWRBAND;
	return mask;
}

#define UNIX_OPS(name, connect_fn, sendmsg_fn, recvmsg_fn, accept_fn, listen_fn)	\
	static struct proto_ops name = {						\
		.family = PF_UNIX,							\
		.release = unix_release,						\
		.bind = unix_bind,							\
		.connect = connect_fn,							\
		.socketpair = unix_socketpair,						\
		.accept = accept_fn,							\
		.getname = unix_getname,						\
		.poll = unix_poll,							\
		.ioctl = unix_ioctl,							\
		.listen = listen_fn,							\
		.shutdown = unix_shutdown,						\
		.setsockopt = sock_no_setsockopt,					\
		.getsockopt = sock_no_getsockopt,					\
		.sendmsg = sendmsg_fn,							\
		.recvmsg = recvmsg_fn,							\
	}

UNIX_OPS(unix_stream_ops, unix_stream_connect, unix_stream_sendmsg, unix_stream_recvmsg,
	 unix_accept, unix_listen);
UNIX_OPS(unix_dgram_ops, unix_dgram_connect, unix_dgram_sendmsg, unix_dgram_recvmsg,
	 sock_no_accept, sock_no_listen);
UNIX_OPS(unix_seqpacket_ops, unix_stream_connect, unix_seqpacket_sendmsg,
	 unix_seqpacket_recvmsg, unix_accept, unix_listen);

#ifdef CONFIG_PROC_FS
static void unix_seq_one(struct seq_file *seq, struct sock *s)
{
	struct unix_sock *u = unix_sk(s);
	int i, len;

	seq_printf(seq, "%08x: %08X %08X %08X %04X %02X %5lu", 0, atomic_read(&s->sk_refcnt), 0,
		   s->sk_state == TCP_LISTEN ? __SO_ACCEPTCON : 0, s->sk_type,
		   s->sk_socket ?
		   (s->sk_state == TCP_ESTABLISHED ? SS_CONNECTED : SS_UNCONNECTED) :
		   (s->sk_state == TCP_ESTABLISHED ? SS_CONNECTING : SS_DISCONNECTING),
		   sock_i_ino(s));
	if (u->addr) {
		seq_putc(seq, ' ');
		i = 0;
		len = u->addr->len - sizeof(short);
		if (!UNIX_ABSTRACT(s)) {
			len--;
		} else {
			seq_putc(seq, '@');
			i++;
		}
		for (; i < len; i++)
			seq_putc(seq, u->addr->name->sun_path[i] ? : '@');
	}
	seq_putc(seq, '\n');
}

static int unix_seq_show(struct seq_file *seq, void *v)
{
	struct hlist_node *node;
	struct sock *s;
	int i;

	seq_puts(seq, "Num       RefCount Protocol Flags    Type St Inode Path\n");
	spin_lock(&unix_table_lock);
	for (i = 0; i <= UNIX_HASH_SIZE; i++)
		sk_for_each(s, node, &unix_socket_table[i])
			unix_seq_one(seq, s);
	spin_unlock(&unix_table_lock);
	return 0;
}

static int unix_seq_open(struct inode *inode, struct file *file)
{
	return single_open(file, unix_seq_show, NULL);
}

static const struct file_operations unix_seq_fops = {
	.open = unix_seq_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};
#endif

static struct net_proto_family unix_family_ops = {
	.family = PF_UNIX,
	.create = unix_create,
};

static int __init af_unix_init(void)
{
	int err = proto_register(&unix_proto, 1);

	if (err)
		return err;
	sock_register(&unix_family_ops);
#ifdef CONFIG_PROC_FS
	proc_net_fops_create("unix", 0444, &unix_seq_fops);
#endif
	return 0;
}
module_init(af_unix_init);
