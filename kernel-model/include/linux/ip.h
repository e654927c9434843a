/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_IP_H
#define _LINUX_IP_H

#include <linux/types.h>

#define IPDEFTTL	64
#define MAXTTL		255
#define IP_CE		0x8000
#define IP_DF		0x4000
#define IP_MF		0x2000
#define IP_OFFSET	0x1fff

struct iphdr {
	u8 ihl:4,
	   version:4;
	u8 tos;
	u16 tot_len;
	u16 id;
	u16 frag_off;
	u8 ttl;
	u8 protocol;
	u16 check;
	u32 saddr;
	u32 daddr;
};

#endif /* _LINUX_IP_H */
