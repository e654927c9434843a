/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_UDP_H
#define _LINUX_UDP_H

#include <linux/types.h>

struct udphdr {
	u16 source;
	u16 dest;
	u16 len;
	u16 check;
};

#endif /* _LINUX_UDP_H */
