/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NETLINK_H
#define _LINUX_NETLINK_H

#include <linux/socket.h>
#include <linux/skbuff.h>

#define NETLINK_ROUTE		0
#define NETLINK_KOBJECT_UEVENT	15
#define MAX_LINKS		32
#define NL_GROUPS_MAX		32

struct sockaddr_nl {
	sa_family_t nl_family;
	unsigned short nl_pad;
	u32 nl_pid;
	u32 nl_groups;
};

struct nlmsghdr {
	u32 nlmsg_len;
	u16 nlmsg_type;
	u16 nlmsg_flags;
	u32 nlmsg_seq;
	u32 nlmsg_pid;
};

#define NLM_F_REQUEST	1
#define NLM_F_MULTI	2
#define NLM_F_ACK	4
#define NLM_F_ROOT	0x100
#define NLM_F_MATCH	0x200
#define NLM_F_DUMP	(NLM_F_ROOT | NLM_F_MATCH)
#define NLM_F_REPLACE	0x100
#define NLM_F_EXCL	0x200
#define NLM_F_CREATE	0x400
#define NLM_F_APPEND	0x800

#define NLMSG_ALIGN(len)	(((len) + 3) & ~3)
#define NLMSG_HDRLEN		((int)NLMSG_ALIGN(sizeof(struct nlmsghdr)))
#define NLMSG_LENGTH(len)	((len) + NLMSG_HDRLEN)
#define NLMSG_SPACE(len)	NLMSG_ALIGN(NLMSG_LENGTH(len))
#define NLMSG_GOODSIZE		2048
#define NLMSG_NOOP		1
#define NLMSG_ERROR		2
#define NLMSG_DONE		3
#define NLMSG_MIN_TYPE		0x10

struct nlmsgerr {
	int error;
	struct nlmsghdr msg;
};

static inline void *nlmsg_data(const struct nlmsghdr *nlh)
{
	return (char *)nlh + NLMSG_HDRLEN;
}

/* Also checks that the message is whole and can hold @len bytes of payload. */
static inline int nlmsg_fits(const struct nlmsghdr *nlh, int len)
{
	return nlh->nlmsg_len >= NLMSG_LENGTH(len);
}

/**
 * struct netlink_callback - a dump under way
 * @dump: puts more into a message; returns its length, 0 when all is there
 * @done: cleans up, if not NULL
 * @args: where the dump goes on
 */
struct netlink_callback {
	const struct nlmsghdr *nlh;
	struct sk_buff *skb;
	int (*dump)(struct sk_buff *skb, struct netlink_callback *cb);
	int (*done)(struct netlink_callback *cb);
	long args[5];
};

struct netlink_skb_parms {
	struct ucred creds;
	u32 pid;
	u32 dst_pid;
	u32 dst_group;
	u32 eff_cap;
};

#define NETLINK_CB(skb)		(*(struct netlink_skb_parms *)(skb)->cb)

struct sock *netlink_kernel_create(int unit, unsigned int groups,
				   void (*input)(struct sock *sk, int len));
int netlink_unicast(struct sock *ssk, struct sk_buff *skb, u32 pid, int nonblock);
int netlink_broadcast(struct sock *ssk, struct sk_buff *skb, u32 pid, u32 group, gfp_t gfp);
int netlink_dump_start(struct sock *ssk, struct sk_buff *skb, struct nlmsghdr *nlh,
		       int (*dump)(struct sk_buff *skb, struct netlink_callback *cb),
		       int (*done)(struct netlink_callback *cb));
void netlink_ack(struct sk_buff *in_skb, struct nlmsghdr *nlh, int err);
struct nlmsghdr *nlmsg_put(struct sk_buff *skb, u32 pid, u32 seq, int type, int len, int flags);

static inline void nlmsg_end(struct sk_buff *skb, struct nlmsghdr *nlh)
{
	nlh->nlmsg_len = skb->tail - (unsigned char *)nlh;
}

static inline void nlmsg_cancel(struct sk_buff *skb, struct nlmsghdr *nlh)
{
	skb_trim(skb, (unsigned char *)nlh - skb->data);
}

#endif /* _LINUX_NETLINK_H */
