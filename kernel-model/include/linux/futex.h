/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FUTEX_H
#define _LINUX_FUTEX_H

#include <linux/types.h>

#define FUTEX_WAIT		0
#define FUTEX_WAKE		1
#define FUTEX_REQUEUE		3
#define FUTEX_CMP_REQUEUE	4

#ifdef CONFIG_FUTEX
long do_futex(u32 __user *uaddr, int op, u32 val, unsigned long timeout, u32 __user *uaddr2,
	      int val2, u32 val3);
#else
static inline long do_futex(u32 __user *uaddr, int op, u32 val, unsigned long timeout,
			    u32 __user *uaddr2, int val2, u32 val3)
{
	return -ENOSYS;
}
#endif

#endif /* _LINUX_FUTEX_H */
