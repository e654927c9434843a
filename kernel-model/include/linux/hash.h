/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_HASH_H
#define _LINUX_HASH_H

#include <linux/types.h>

/* Knuth's multiplicative hashing with the 64-bit golden ratio. */
static inline unsigned long hash_long(unsigned long val, unsigned int bits)
{
	return val * 0x9e3779b97f4a7c15UL >> (BITS_PER_LONG - bits);
}

static inline unsigned long hash_ptr(const void *ptr, unsigned int bits)
{
	return hash_long((unsigned long)ptr, bits);
}

#endif /* _LINUX_HASH_H */
