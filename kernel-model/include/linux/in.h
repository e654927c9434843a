/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_IN_H
#define _LINUX_IN_H

#include <linux/socket.h>
#include <asm/byteorder.h>

#define IPPROTO_IP	0
#define IPPROTO_ICMP	1
#define IPPROTO_TCP	6
#define IPPROTO_UDP	17
#define IPPROTO_RAW	255
#define IPPROTO_MAX	256

#define IP_TOS		1
#define IP_TTL		2
#define IP_HDRINCL	3
#define IP_PKTINFO	8
#define IP_RECVERR	11

struct in_addr {
	u32 s_addr;
};

/* What IP_PKTINFO says of a packet: its device, the address of ours, the destination. */
struct in_pktinfo {
	int ipi_ifindex;
	struct in_addr ipi_spec_dst;
	struct in_addr ipi_addr;
};

struct sockaddr_in {
	sa_family_t sin_family;
	unsigned short sin_port;
	struct in_addr sin_addr;
	unsigned char sin_zero[8];
};

#define INADDR_ANY		0
#define INADDR_BROADCAST	0xffffffff
#define INADDR_LOOPBACK		0x7f000001

#define LOOPBACK(x)	(((x) & htonl(0xff000000)) == htonl(0x7f000000))
#define MULTICAST(x)	(((x) & htonl(0xf0000000)) == htonl(0xe0000000))
#define BADCLASS(x)	(((x) & htonl(0xf0000000)) == htonl(0xf0000000))
#define ZERONET(x)	(((x) & htonl(0xff000000)) == 0)

#define PROT_SOCK	1024

#endif /* _LINUX_IN_H */
