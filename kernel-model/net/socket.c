// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sockets as files: the system calls, and the file system without names that
 * sockets live in.
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <net/sock.h>

#define SOCKFS_MAGIC 0x534F434B

int sysctl_somaxconn = SOMAXCONN;

/* Written at boot; read without a lock. */
static struct net_proto_family *net_families[NPROTO];
static DEFINE_SPINLOCK(net_family_lock);

static struct kmem_cache *sock_inode_cachep __read_mostly;
static struct vfsmount *sock_mnt __read_mostly;

struct socket_alloc {
	struct socket socket;
	struct inode vfs_inode;
};

static struct socket *SOCKET_I(struct inode *inode)
{
	return &container_of(inode, struct socket_alloc, vfs_inode)->socket;
}

static struct inode *SOCK_INODE(struct socket *socket)
{
	return &container_of(socket, struct socket_alloc, socket)->vfs_inode;
}

static struct inode *sock_alloc_inode(struct super_block *sb)
{
	struct socket_alloc *ei = kmem_cache_alloc(sock_inode_cachep, SLAB_KERNEL);

	if (!ei)
		return NULL;
	memset(&ei->socket, 0, sizeof(ei->socket));
	inode_init_once(&ei->vfs_inode);
	init_waitqueue_head(&ei->socket.wait);
	ei->socket.state = SS_UNCONNECTED;
	return &ei->vfs_inode;
}

static void sock_destroy_inode(struct inode *inode)
{
	kmem_cache_free(sock_inode_cachep, container_of(inode, struct socket_alloc, vfs_inode));
}

static struct super_operations sockfs_ops = {
	.alloc_inode = sock_alloc_inode,
	.destroy_inode = sock_destroy_inode,
	.statfs = simple_statfs,
};

static struct super_block *sockfs_get_sb(struct file_system_type *fs_type, int flags,
					 const char *dev_name, void *data)
{
	return get_sb_pseudo(fs_type, "socket:", &sockfs_ops, SOCKFS_MAGIC);
}

static struct file_system_type sock_fs_type = {
	.name = "sockfs",
	.get_sb = sockfs_get_sb,
	.kill_sb = kill_anon_super,
};

static int sockfs_delete_dentry(struct dentry *dentry)
{
	return 1;
}

static struct dentry_operations sockfs_dentry_operations = {
	.d_delete = sockfs_delete_dentry,
};

static ssize_t do_sock_io(struct file *file, void __user *buf, size_t size, int write)
{
	struct iovec iov = { .iov_base = buf, .iov_len = size };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	struct socket *sock = file->private_data;

	if (file->f_flags & O_NONBLOCK)
		msg.msg_flags = MSG_DONTWAIT;
	if (!write)
		return size ? sock_recvmsg(sock, &msg, size, msg.msg_flags) : 0;
	if (sock->type == SOCK_SEQPACKET)
		msg.msg_flags |= MSG_EOR;
	return sock_sendmsg(sock, &msg, size);
}

static ssize_t sock_aio_read(struct file *file, char __user *buf, size_t size, loff_t *ppos)
{
	return do_sock_io(file, buf, size, 0);
}

static ssize_t sock_aio_write(struct file *file, const char __user *buf, size_t size,
			      loff_t *ppos)
{
	return do_sock_io(file, (char __user *)buf, size, 1);
}

static long sock_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct socket *sock = file->private_data;
	int err = sock->ops->ioctl(sock, cmd, arg);

	if (err == -ENOIOCTLCMD)
		err = dev_ioctl(cmd, (void __user *)arg);
	return err;
}

static unsigned int sock_poll(struct file *file, struct poll_table_struct *wait)
{
	struct socket *sock = file->private_data;

	return sock->ops->poll(file, sock, wait);
}

static int sock_close(struct inode *inode, struct file *filp)
{
	sock_release(SOCKET_I(inode));
	return 0;
}

static const struct file_operations socket_file_ops = {
	.llseek = no_llseek,
	.read = sock_aio_read,
	.write = sock_aio_write,
	.poll = sock_poll,
	.unlocked_ioctl = sock_ioctl,
	.release = sock_close,
};

/* A file for the socket, which then belongs to it. */
static struct file *sock_alloc_file(struct socket *sock)
{
	struct file *file = get_empty_filp();
	struct qstr this = { .name = (const unsigned char *)"" };

	if (!file)
		return ERR_PTR(-ENFILE);
	file->f_dentry = d_alloc(sock_mnt->mnt_sb->s_root, &this);
	if (!file->f_dentry) {
		put_filp(file);
		return ERR_PTR(-ENOMEM);
	}
	file->f_dentry->d_op = &sockfs_dentry_operations;
	d_add(file->f_dentry, SOCK_INODE(sock));
	file->f_vfsmnt = mntget(sock_mnt);
	file->f_mapping = file->f_dentry->d_inode->i_mapping;
	sock->file = file;
	file->f_op = &socket_file_ops;
	SOCK_INODE(sock)->i_fop = &socket_file_ops;
	file->f_mode = FMODE_READ | FMODE_WRITE;
	file->f_flags = O_RDWR;
	file->private_data = sock;
	return file;
}

int sock_map_fd(struct socket *sock)
{
	int fd = get_unused_fd();
	struct file *file;

	if (fd < 0)
		return fd;
	file = sock_alloc_file(sock);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}

/**
 * sockfd_lookup - the socket of a descriptor
 * @err: why there is none
 *
 * To be given back with sockfd_put().
 */
struct socket *sockfd_lookup(int fd, int *err)
{
	struct file *file = fget(fd);

	if (!file) {
		*err = -EBADF;
		return NULL;
	}
	if (file->f_op != &socket_file_ops) {
		*err = -ENOTSOCK;
		fput(file);
		return NULL;
	}
	return file->private_data;
}
EXPORT_SYMBOL(sockfd_lookup);

struct socket *sock_alloc(void)
{
	struct inode *inode = new_inode(sock_mnt->mnt_sb);

	if (!inode)
		return NULL;
	inode->i_mode = S_IFSOCK | 0777;
	inode->i_uid = current->fsuid;
	inode->i_gid = current->fsgid;
	return SOCKET_I(inode);
}

void sock_release(struct socket *sock)
{
	if (sock->ops) {
		sock->ops->release(sock);
		sock->ops = NULL;
	}
	if (!sock->file) {
		iput(SOCK_INODE(sock));
		return;
	}
	sock->file = NULL;
}
EXPORT_SYMBOL(sock_release);

int sock_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	return sock->ops->sendmsg(sock, msg, len);
}
EXPORT_SYMBOL(sock_sendmsg);

int sock_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags)
{
	return sock->ops->recvmsg(sock, msg, size, flags);
}
EXPORT_SYMBOL(sock_recvmsg);

/* Without the family's part. */
int sock_create_lite(int family, int type, int protocol, struct socket **res)
{
	struct socket *sock = sock_alloc();

	*res = sock;
	if (!sock)
		return -ENOMEM;
	sock->type = type;
	return 0;
}
EXPORT_SYMBOL(sock_create_lite);

int sock_create(int family, int type, int protocol, struct socket **res)
{
	struct socket *sock;
	int err;

	if (family < 0 || family >= NPROTO)
		return -EAFNOSUPPORT;
	if (type < 0 || type >= SOCK_MAX)
		return -EINVAL;
	if (!net_families[family])
		return -EAFNOSUPPORT;
	sock = sock_alloc();
	if (!sock)
		return -ENFILE;
	sock->type = type;
	err = net_families[family]->create(sock, protocol);
	if (err < 0) {
		/* The family has undone what it did. */
		sock->ops = NULL;
		sock_release(sock);
		return err;
	}
	*res = sock;
	return 0;
}
EXPORT_SYMBOL(sock_create);

int sock_create_kern(int family, int type, int protocol, struct socket **res)
{
	return sock_create(family, type, protocol, res);
}
EXPORT_SYMBOL(sock_create_kern);

asmlinkage long sys_socket(int family, int type, int protocol)
{
	struct socket *sock;
	int retval = sock_create(family, type, protocol, &sock);

	if (retval < 0)
		return retval;
	retval = sock_map_fd(sock);
	if (retval < 0)
		sock_release(sock);
	return retval;
}

/* Two files with two descriptors, or nothing. */
static long map_pair(struct socket *sock1, struct socket *sock2, int __user *usockvec)
{
	int fd1, fd2;

	fd1 = sock_map_fd(sock1);
	if (fd1 < 0) {
		sock_release(sock1);
		sock_release(sock2);
		return fd1;
	}
	fd2 = sock_map_fd(sock2);
	if (fd2 < 0) {
		sock_release(sock2);
		sys_close(fd1);
		return fd2;
	}
	if (!put_user(fd1, &usockvec[0]) && !put_user(fd2, &usockvec[1]))
		return 0;
	sys_close(fd2);
	sys_close(fd1);
	return -EFAULT;
}

asmlinkage long sys_socketpair(int family, int type, int protocol, int __user *usockvec)
{
	struct socket *sock1, *sock2;
	int err = sock_create(family, type, protocol, &sock1);

	if (err < 0)
		return err;
	err = sock_create(family, type, protocol, &sock2);
	if (err < 0)
		goto out_release_1;
	err = sock1->ops->socketpair(sock1, sock2);
	if (err < 0)
		goto out_release_both;
	return map_pair(sock1, sock2, usockvec);

out_release_both:
	sock_release(sock2);
out_release_1:
	sock_release(sock1);
	return err;
}

int move_addr_to_kernel(void __user *uaddr, int ulen, void *kaddr)
{
	if (ulen < 0 || ulen > MAX_SOCK_ADDR)
		return -EINVAL;
	return ulen && copy_from_user(kaddr, uaddr, ulen) ? -EFAULT : 0;
}

int move_addr_to_user(void *kaddr, int klen, void __user *uaddr, int __user *ulen)
{
	int len;

	if (get_user(len, ulen))
		return -EFAULT;
	len = min(len, klen);
	if (len < 0 || len > MAX_SOCK_ADDR)
		return -EINVAL;
	if (len && copy_to_user(uaddr, kaddr, len))
		return -EFAULT;
	/* The true length, so that the caller sees that it was cut. */
	return put_user(klen, ulen);
}

asmlinkage long sys_bind(int fd, struct sockaddr __user *umyaddr, int addrlen)
{
	char address[MAX_SOCK_ADDR] = "";
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = move_addr_to_kernel(umyaddr, addrlen, address);
	if (!err)
		err = sock->ops->bind(sock, (struct sockaddr *)address, addrlen);
	sockfd_put(sock);
	return err;
}

asmlinkage long sys_listen(int fd, int backlog)
{
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	if ((unsigned int)backlog > sysctl_somaxconn)
		backlog = sysctl_somaxconn;
	err = sock->ops->listen(sock, backlog);
	sockfd_put(sock);
	return err;
}

static int accept_name(struct socket *newsock, struct sockaddr __user *upeer,
		       int __user *upeer_len)
{
	char address[MAX_SOCK_ADDR];
	int len;

	if (newsock->ops->getname(newsock, (struct sockaddr *)address, &len, 2) < 0)
		return -ECONNABORTED;
	return move_addr_to_user(address, len, upeer, upeer_len);
}

asmlinkage long sys_accept(int fd, struct sockaddr __user *upeer_sockaddr,
			   int __user *upeer_addrlen)
{
	struct socket *sock, *newsock;
	struct file *newfile;
	int err, newfd;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = -ENFILE;
	newsock = sock_alloc();
	if (!newsock)
		goto out_put;
	newsock->type = sock->type;
	newsock->ops = sock->ops;
	err = get_unused_fd();
	newfd = err;
	if (err < 0)
		goto out_release;
	newfile = sock_alloc_file(newsock);
	err = PTR_ERR(newfile);
	if (IS_ERR(newfile))
		goto out_fd;
	err = sock->ops->accept(sock, newsock, sock->file->f_flags);
	if (!err && upeer_sockaddr)
		err = accept_name(newsock, upeer_sockaddr, upeer_addrlen);
	if (err < 0) {
		fput(newfile);
		put_unused_fd(newfd);
		goto out_put;
	}
	fd_install(newfd, newfile);
	err = newfd;
	goto out_put;

out_fd:
	put_unused_fd(newfd);
out_release:
	newsock->ops = NULL;
	sock_release(newsock);
out_put:
	sockfd_put(sock);
	return err;
}

asmlinkage long sys_connect(int fd, struct sockaddr __user *uservaddr, int addrlen)
{
	char address[MAX_SOCK_ADDR] = "";
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = move_addr_to_kernel(uservaddr, addrlen, address);
	if (!err)
		err = sock->ops->connect(sock, (struct sockaddr *)address, addrlen,
					 sock->file->f_flags);
	sockfd_put(sock);
	return err;
}

static long do_getname(int fd, struct sockaddr __user *uaddr, int __user *ulen, int peer)
{
	char address[MAX_SOCK_ADDR];
	struct socket *sock;
	int len, err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = sock->ops->getname(sock, (struct sockaddr *)address, &len, peer);
	if (!err)
		err = move_addr_to_user(address, len, uaddr, ulen);
	sockfd_put(sock);
	return err;
}

asmlinkage long sys_getsockname(int fd, struct sockaddr __user *usockaddr,
				int __user *usockaddr_len)
{
	return do_getname(fd, usockaddr, usockaddr_len, 0);
}

asmlinkage long sys_getpeername(int fd, struct sockaddr __user *usockaddr,
				int __user *usockaddr_len)
{
	return do_getname(fd, usockaddr, usockaddr_len, 1);
}

asmlinkage long sys_sendto(int fd, void __user *buff, size_t len, unsigned int flags,
			   struct sockaddr __user *addr, int addr_len)
{
	struct iovec iov = { .iov_base = buff, .iov_len = min_t(size_t, len, INT_MAX) };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	char address[MAX_SOCK_ADDR] = "";
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	if (addr) {
		err = move_addr_to_kernel(addr, addr_len, address);
		if (err < 0)
			goto out_put;
		msg.msg_name = address;
		msg.msg_namelen = addr_len;
	}
	if (sock->file->f_flags & O_NONBLOCK)
		flags |= MSG_DONTWAIT;
	msg.msg_flags = flags;
	err = sock_sendmsg(sock, &msg, iov.iov_len);
out_put:
	sockfd_put(sock);
	return err;
}

asmlinkage long sys_recvfrom(int fd, void __user *ubuf, size_t size, unsigned int flags,
			     struct sockaddr __user *addr, int __user *addr_len)
{
	struct iovec iov = { .iov_base = ubuf, .iov_len = min_t(size_t, size, INT_MAX) };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	char address[MAX_SOCK_ADDR];
	struct socket *sock;
	int err, err2;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	msg.msg_name = address;
	msg.msg_namelen = 0;
	if (sock->file->f_flags & O_NONBLOCK)
		flags |= MSG_DONTWAIT;
	err = sock_recvmsg(sock, &msg, iov.iov_len, flags);
	if (err >= 0 && addr) {
		err2 = move_addr_to_user(address, msg.msg_namelen, addr, addr_len);
		if (err2 < 0)
			err = err2;
	}
	sockfd_put(sock);
	return err;
}

asmlinkage long sys_setsockopt(int fd, int level, int optname, char __user *optval, int optlen)
{
	struct socket *sock;
	int err;

	if (optlen < 0)
		return -EINVAL;
	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	if (level == SOL_SOCKET)
		err = sock_setsockopt(sock, level, optname, optval, optlen);
	else
		err = sock->ops->setsockopt(sock, level, optname, optval, optlen);
	sockfd_put(sock);
	return err;
}

asmlinkage long sys_getsockopt(int fd, int level, int optname, char __user *optval,
			       int __user *optlen)
{
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	if (level == SOL_SOCKET)
		err = sock_getsockopt(sock, level, optname, optval, optlen);
	else
		err = sock->ops->getsockopt(sock, level, optname, optval, optlen);
	sockfd_put(sock);
	return err;
}

asmlinkage long sys_shutdown(int fd, int how)
{
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = sock->ops->shutdown(sock, how);
	sockfd_put(sock);
	return err;
}

/* What user mode passes for a message, with the pieces and the address of it. */
struct user_msg {
	struct msghdr sys;
	struct iovec iovstack[UIO_FASTIOV];
	char address[MAX_SOCK_ADDR];
};

/* Returns the length of all pieces, or an error. */
static int get_user_msg(struct user_msg *m, struct msghdr __user *msg)
{
	if (copy_from_user(&m->sys, msg, sizeof(m->sys)))
		return -EFAULT;
	if (m->sys.msg_iovlen > UIO_FASTIOV)
		return -EMSGSIZE;
	if (m->sys.msg_namelen < 0)
		return -EINVAL;
	if (m->sys.msg_namelen > MAX_SOCK_ADDR)
		m->sys.msg_namelen = MAX_SOCK_ADDR;
	if (m->sys.msg_controllen > INT_MAX)
		return -ENOBUFS;
	return verify_iovec(&m->sys, m->iovstack, m->address);
}

asmlinkage long sys_sendmsg(int fd, struct msghdr __user *msg, unsigned int flags)
{
	struct user_msg m;
	struct socket *sock;
	int err;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = get_user_msg(&m, msg);
	if (err >= 0) {
		if (!m.sys.msg_name)
			m.sys.msg_namelen = 0;
		if (sock->file->f_flags & O_NONBLOCK)
			flags |= MSG_DONTWAIT;
		m.sys.msg_flags = flags;
		err = sock_sendmsg(sock, &m.sys, err);
	}
	sockfd_put(sock);
	return err;
}

asmlinkage long sys_recvmsg(int fd, struct msghdr __user *msg, unsigned int flags)
{
	void __user *uaddr;
	unsigned long cmsg_ptr;
	struct socket *sock;
	struct user_msg m;
	int err, len;

	sock = sockfd_lookup(fd, &err);
	if (!sock)
		return err;
	err = copy_from_user(&m.sys, msg, sizeof(m.sys)) ? -EFAULT : 0;
	uaddr = (void __user __force *)m.sys.msg_name;
	if (!err)
		err = get_user_msg(&m, msg);
	if (err < 0)
		goto out_put;
	cmsg_ptr = (unsigned long)m.sys.msg_control;
	m.sys.msg_name = uaddr ? m.address : NULL;
	m.sys.msg_namelen = 0;
	m.sys.msg_flags = 0;
	if (sock->file->f_flags & O_NONBLOCK)
		flags |= MSG_DONTWAIT;
	len = sock_recvmsg(sock, &m.sys, err, flags);
	err = len;
	if (len < 0)
		goto out_put;
	if (uaddr)
		err = move_addr_to_user(m.address, m.sys.msg_namelen, uaddr, &msg->msg_namelen);
	if (err >= 0)
		err = put_user(m.sys.msg_flags, &msg->msg_flags);
	if (!err)
		err = put_user((size_t)((unsigned long)m.sys.msg_control - cmsg_ptr),
			       &msg->msg_controllen);
	if (!err)
		err = len;
out_put:
	sockfd_put(sock);
	return err;
}

int sock_register(struct net_proto_family *ops)
{
	int err = -EEXIST;

	if (ops->family >= NPROTO)
		return -ENOBUFS;
	spin_lock(&net_family_lock);
	if (!net_families[ops->family]) {
		net_families[ops->family] = ops;
		err = 0;
	}
	spin_unlock(&net_family_lock);
	return err;
}
EXPORT_SYMBOL(sock_register);

int sock_unregister(int family)
{
	if (family < 0 || family >= NPROTO)
		return -1;
	spin_lock(&net_family_lock);
	net_families[family] = NULL;
	spin_unlock(&net_family_lock);
	return 0;
}
EXPORT_SYMBOL(sock_unregister);

static int __init sock_init(void)
{
	skb_init();
	sock_inode_cachep = kmem_cache_create("sock_inode_cache", sizeof(struct socket_alloc), 0,
					      SLAB_HWCACHE_ALIGN | SLAB_RECLAIM_ACCOUNT |
					      SLAB_PANIC, NULL, NULL);
	register_filesystem(&sock_fs_type);
	sock_mnt = kern_mount(&sock_fs_type);
	return IS_ERR(sock_mnt) ? PTR_ERR(sock_mnt) : 0;
}
core_initcall(sock_init);
