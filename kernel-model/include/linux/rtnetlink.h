/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_RTNETLINK_H
#define _LINUX_RTNETLINK_H

#include <linux/netlink.h>
#include <linux/semaphore.h>

enum {
	RTM_BASE	= 16,
	RTM_NEWLINK	= 16,
	RTM_DELLINK,
	RTM_GETLINK,
	RTM_SETLINK,
	RTM_NEWADDR	= 20,
	RTM_DELADDR,
	RTM_GETADDR,
	RTM_NEWROUTE	= 24,
	RTM_DELROUTE,
	RTM_GETROUTE,
	RTM_NEWNEIGH	= 28,
	RTM_DELNEIGH,
	RTM_GETNEIGH,
	RTM_NEWRULE	= 32,
	RTM_DELRULE,
	RTM_GETRULE,
	RTM_NEWNEIGHTBL	= 64,
	RTM_GETNEIGHTBL	= 66,
	RTM_MAX		= 67,
};

struct rtattr {
	unsigned short rta_len;
	unsigned short rta_type;
};

#define RTA_ALIGN(len)		(((len) + 3) & ~3)
#define RTA_LENGTH(len)		(RTA_ALIGN(sizeof(struct rtattr)) + (len))
#define RTA_SPACE(len)		RTA_ALIGN(RTA_LENGTH(len))
#define RTA_PAYLOAD(rta)	((int)((rta)->rta_len) - RTA_LENGTH(0))

static inline void *rta_data(const struct rtattr *rta)
{
	return (char *)rta + RTA_LENGTH(0);
}

struct rtgenmsg {
	unsigned char rtgen_family;
};

struct ifinfomsg {
	unsigned char ifi_family;
	unsigned char __ifi_pad;
	unsigned short ifi_type;
	int ifi_index;
	unsigned int ifi_flags;
	unsigned int ifi_change;
};

enum { IFLA_ADDRESS = 1, IFLA_BROADCAST, IFLA_IFNAME, IFLA_MTU, IFLA_MAX = 15 };

struct ifaddrmsg {
	u8 ifa_family;
	u8 ifa_prefixlen;
	u8 ifa_flags;
	u8 ifa_scope;
	u32 ifa_index;
};

enum { IFA_ADDRESS = 1, IFA_LOCAL, IFA_LABEL, IFA_BROADCAST, IFA_MAX = 7 };

#define IFA_F_SECONDARY	0x01
#define IFA_F_PERMANENT	0x80

struct rtmsg {
	u8 rtm_family;
	u8 rtm_dst_len;
	u8 rtm_src_len;
	u8 rtm_tos;
	u8 rtm_table;
	u8 rtm_protocol;
	u8 rtm_scope;
	u8 rtm_type;
	u32 rtm_flags;
};

enum {
	RTN_UNSPEC,
	RTN_UNICAST,
	RTN_LOCAL,
	RTN_BROADCAST,
	RTN_ANYCAST,
	RTN_MULTICAST,
	RTN_BLACKHOLE,
	RTN_UNREACHABLE,
	RTN_PROHIBIT,
	RTN_THROW,
	RTN_NAT,
	__RTN_MAX
};

#define RTN_MAX		(__RTN_MAX - 1)

#define RTPROT_UNSPEC	0
#define RTPROT_KERNEL	2
#define RTPROT_BOOT	3
#define RTPROT_STATIC	4

#define RT_SCOPE_UNIVERSE	0
#define RT_SCOPE_LINK		253
#define RT_SCOPE_HOST		254
#define RT_SCOPE_NOWHERE	255

#define RT_TABLE_UNSPEC		0
#define RT_TABLE_DEFAULT	253
#define RT_TABLE_MAIN		254
#define RT_TABLE_LOCAL		255
#define RT_TABLE_MAX		255

#define RTNH_F_DEAD	1

enum {
	RTA_DST = 1, RTA_SRC, RTA_IIF, RTA_OIF, RTA_GATEWAY, RTA_PRIORITY, RTA_PREFSRC,
	RTA_MAX = 15
};

struct ndmsg {
	u8 ndm_family;
	u8 ndm_pad1;
	u16 ndm_pad2;
	int ndm_ifindex;
	u16 ndm_state;
	u8 ndm_flags;
	u8 ndm_type;
};

enum { NDA_DST = 1, NDA_LLADDR, NDA_MAX = 3 };

struct ndtmsg {
	u8 ndtm_family;
	u8 ndtm_pad1;
	u16 ndtm_pad2;
};

enum { NDTA_NAME = 1, NDTA_THRESH1, NDTA_THRESH2, NDTA_THRESH3, NDTA_PARMS_IFINDEX };

#define RTMGRP_LINK		1
#define RTMGRP_NEIGH		4
#define RTMGRP_IPV4_IFADDR	0x10
#define RTMGRP_IPV4_ROUTE	0x40
#define RTNLGRP_LINK		1
#define RTNLGRP_IPV4_IFADDR	5
#define RTNLGRP_IPV4_ROUTE	7

/**
 * struct rtnetlink_link - what is done about one type of message
 * @doit: for one object
 * @dumpit: for all of them
 */
struct rtnetlink_link {
	int (*doit)(struct sk_buff *skb, struct nlmsghdr *nlh, void *attr);
	int (*dumpit)(struct sk_buff *skb, struct netlink_callback *cb);
};

extern struct rtnetlink_link *rtnetlink_links[AF_MAX];
extern struct sock *rtnl;

int rtattr_parse(struct rtattr *tb[], int maxattr, struct rtattr *rta, int len);
int rta_put(struct sk_buff *skb, int type, int len, const void *data);
int rta_put_u32(struct sk_buff *skb, int type, u32 value);
void rtmsg_ifinfo(int type, struct net_device *dev);
void rtnetlink_init(void);

void rtnl_lock(void);
void rtnl_unlock(void);
void rtnl_shlock(void);
void rtnl_shunlock(void);

#ifdef CONFIG_NET
extern struct semaphore rtnl_sem;

#define ASSERT_RTNL()	WARN_ON(rtnl_sem.count > 0)
#endif

#endif /* _LINUX_RTNETLINK_H */
