/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_ICMP_H
#define _LINUX_ICMP_H

#include <linux/types.h>

#define ICMP_ECHOREPLY		0
#define ICMP_DEST_UNREACH	3
#define ICMP_REDIRECT		5
#define ICMP_ECHO		8
#define ICMP_TIME_EXCEEDED	11
#define NR_ICMP_TYPES		18

#define ICMP_NET_UNREACH	0
#define ICMP_HOST_UNREACH	1
#define ICMP_PROT_UNREACH	2
#define ICMP_PORT_UNREACH	3
#define ICMP_FRAG_NEEDED	4
#define ICMP_PKT_FILTERED	13
#define NR_ICMP_UNREACH		15

#define ICMP_REDIR_HOST		1

#define ICMP_EXC_TTL		0
#define ICMP_EXC_FRAGTIME	1

struct icmphdr {
	u8 type;
	u8 code;
	u16 checksum;
	union {
		struct {
			u16 id;
			u16 sequence;
		} echo;
		u32 gateway;
	} un;
};

#endif /* _LINUX_ICMP_H */
