/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_FLOW_H
#define _NET_FLOW_H

#include <linux/types.h>

/* What decides about a route. */
struct flowi {
	int oif;
	int iif;
	u32 fl4_dst;
	u32 fl4_src;
	u8 fl4_tos;
	u8 fl4_scope;
	u8 proto;
};

#endif /* _NET_FLOW_H */
