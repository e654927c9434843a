/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_BYTEORDER_H
#define _ASM_BYTEORDER_H

#include <linux/types.h>

static inline u16 htons(u16 x)
{
	return __builtin_bswap16(x);
}

static inline u32 htonl(u32 x)
{
	return __builtin_bswap32(x);
}

#define ntohs(x)	htons(x)
#define ntohl(x)	htonl(x)

#endif /* _ASM_BYTEORDER_H */
