/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_IF_PACKET_H
#define _LINUX_IF_PACKET_H

#include <linux/socket.h>

struct sockaddr_ll {
	unsigned short sll_family;
	u16 sll_protocol;
	int sll_ifindex;
	unsigned short sll_hatype;
	unsigned char sll_pkttype;
	unsigned char sll_halen;
	unsigned char sll_addr[8];
};

#define SOL_PACKET		263
#define PACKET_STATISTICS	6

struct tpacket_stats {
	unsigned int tp_packets;
	unsigned int tp_drops;
};

#endif /* _LINUX_IF_PACKET_H */
