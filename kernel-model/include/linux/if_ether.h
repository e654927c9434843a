/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_IF_ETHER_H
#define _LINUX_IF_ETHER_H

#include <linux/types.h>

#define ETH_ALEN	6
#define ETH_HLEN	14
#define ETH_DATA_LEN	1500

#define ETH_P_IP	0x0800
#define ETH_P_ARP	0x0806
#define ETH_P_ALL	0x0003

struct ethhdr {
	unsigned char h_dest[ETH_ALEN];
	unsigned char h_source[ETH_ALEN];
	u16 h_proto;
} __packed;

#define ARPHRD_ETHER	1
#define ARPHRD_LOOPBACK	772

#define ARPOP_REQUEST	1
#define ARPOP_REPLY	2

struct arphdr {
	u16 ar_hrd;
	u16 ar_pro;
	u8 ar_hln;
	u8 ar_pln;
	u16 ar_op;
};

#endif /* _LINUX_IF_ETHER_H */
