/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

#include <linux/types.h>

typedef struct { volatile int counter; } atomic_t;

#define ATOMIC_INIT(i)		{ (i) }
#define atomic_read(v)		((v)->counter)
#define atomic_set(v, i)	((v)->counter = (i))

static inline int atomic_add_return(int i, atomic_t *v)
{
	return v->counter += i;
}

#define atomic_add(i, v)		((void)atomic_add_return((i), (v)))
#define atomic_sub(i, v)		((void)atomic_add_return(-(i), (v)))
#define atomic_inc(v)			((void)atomic_add_return(1, (v)))
#define atomic_dec(v)			((void)atomic_add_return(-1, (v)))
#define atomic_inc_return(v)		atomic_add_return(1, (v))
#define atomic_dec_return(v)		atomic_add_return(-1, (v))
#define atomic_sub_return(i, v)		atomic_add_return(-(i), (v))
#define atomic_inc_and_test(v)		(atomic_add_return(1, (v)) == 0)
#define atomic_dec_and_test(v)		(atomic_add_return(-1, (v)) == 0)
#define atomic_sub_and_test(i, v)	(atomic_add_return(-(i), (v)) == 0)

static inline int atomic_cmpxchg(atomic_t *v, int old, int new)
{
	int was = v->counter;

	if (was == old)
		v->counter = new;
	return was;
}

static inline int atomic_add_unless(atomic_t *v, int a, int u)
{
	if (v->counter == u)
		return 0;
	v->counter += a;
	return 1;
}

#define atomic_inc_not_zero(v)	atomic_add_unless((v), 1, 0)
#define xchg(ptr, v) ({ typeof(*(ptr)) _old = *(ptr); *(ptr) = (v); _old; })

#endif /* _LINUX_ATOMIC_H */
