/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NET_H
#define _LINUX_NET_H

#include <linux/wait.h>
#include <linux/socket.h>

struct file;
struct inode;
struct sock;
struct poll_table_struct;

#define NPROTO		AF_MAX

typedef enum {
	SS_FREE = 0,
	SS_UNCONNECTED,
	SS_CONNECTING,
	SS_CONNECTED,
	SS_DISCONNECTING
} socket_state;

#define __SO_ACCEPTCON	(1 << 16)

#define SOCK_ASYNC_NOSPACE	0
#define SOCK_NOSPACE		2
#define SOCK_PASSCRED		3

#define SOCK_STREAM	1
#define SOCK_DGRAM	2
#define SOCK_RAW	3
#define SOCK_SEQPACKET	5
#define SOCK_MAX	11
#define SOCK_TYPE_MASK	0xf

#define SHUT_RD		0
#define SHUT_WR		1
#define SHUT_RDWR	2

/**
 * struct socket - the file side of a socket
 * @state: for connection oriented families
 * @flags: SOCK_NOSPACE and the like, by bit number
 * @ops: the family's functions
 * @file: back to the descriptor's file
 * @sk: the protocol's side, which may live longer
 * @wait: who sleeps for this socket
 */
struct socket {
	socket_state state;
	unsigned long flags;
	struct proto_ops *ops;
	struct file *file;
	struct sock *sk;
	wait_queue_head_t wait;
	short type;
};

struct proto_ops {
	int family;
	int (*release)(struct socket *sock);
	int (*bind)(struct socket *sock, struct sockaddr *myaddr, int sockaddr_len);
	int (*connect)(struct socket *sock, struct sockaddr *vaddr, int sockaddr_len, int flags);
	int (*socketpair)(struct socket *sock1, struct socket *sock2);
	int (*accept)(struct socket *sock, struct socket *newsock, int flags);
	int (*getname)(struct socket *sock, struct sockaddr *addr, int *sockaddr_len, int peer);
	unsigned int (*poll)(struct file *file, struct socket *sock,
			     struct poll_table_struct *wait);
	int (*ioctl)(struct socket *sock, unsigned int cmd, unsigned long arg);
	int (*listen)(struct socket *sock, int len);
	int (*shutdown)(struct socket *sock, int flags);
	int (*setsockopt)(struct socket *sock, int level, int optname, char __user *optval,
			  int optlen);
	int (*getsockopt)(struct socket *sock, int level, int optname, char __user *optval,
			  int __user *optlen);
	int (*sendmsg)(struct socket *sock, struct msghdr *m, size_t total_len);
	int (*recvmsg)(struct socket *sock, struct msghdr *m, size_t total_len, int flags);
};

struct net_proto_family {
	int family;
	int (*create)(struct socket *sock, int protocol);
};

int sock_register(struct net_proto_family *ops);
int sock_unregister(int family);
int sock_create(int family, int type, int proto, struct socket **res);
int sock_create_kern(int family, int type, int proto, struct socket **res);
int sock_create_lite(int family, int type, int proto, struct socket **res);
struct socket *sock_alloc(void);
void sock_release(struct socket *sock);
int sock_sendmsg(struct socket *sock, struct msghdr *msg, size_t len);
int sock_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags);
int sock_map_fd(struct socket *sock);
struct socket *sockfd_lookup(int fd, int *err);
#define sockfd_put(sock)	fput((sock)->file)

extern int sysctl_somaxconn;

#endif /* _LINUX_NET_H */
