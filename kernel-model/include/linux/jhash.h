/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_JHASH_H
#define _LINUX_JHASH_H

#include <linux/types.h>

/*
 * The interface of Linux's jhash over a mixer of our own kind: each word is
 * folded in by a 64-bit multiplication, both halves of which are used.
 */
static inline u32 __jhash_fold(u32 state, u32 word)
{
	u64 x = ((u64)state << 32 | word) * 0x9e3779b97f4a7c15ULL;

	return (u32)(x >> 32) ^ (u32)x;
}

static inline u32 jhash_1word(u32 a, u32 initval)
{
	return __jhash_fold(initval ^ 0x5bd1e995, a);
}

static inline u32 jhash_2words(u32 a, u32 b, u32 initval)
{
	return __jhash_fold(jhash_1word(a, initval), b);
}

static inline u32 jhash_3words(u32 a, u32 b, u32 c, u32 initval)
{
	return __jhash_fold(jhash_2words(a, b, initval), c);
}

static inline u32 jhash(const void *key, u32 length, u32 initval)
{
	const u8 *k = key;
	u32 h = jhash_1word(length, initval);

	while (length--)
		h = __jhash_fold(h, *k++);
	return h;
}

#endif /* _LINUX_JHASH_H */
