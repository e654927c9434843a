/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

/*
 * User addresses are simulated: they mean something in an address space only,
 * see mm/memory.c.  With set_fs(KERNEL_DS), and in kernel threads always, they
 * are kernel pointers instead, as in Linux of that time.
 */
#include <linux/types.h>

typedef unsigned long mm_segment_t;

#define KERNEL_DS	(~0UL)
#define USER_DS		0x00007ffffffff000UL
#define TASK_SIZE	USER_DS

mm_segment_t get_fs(void);
void set_fs(mm_segment_t fs);
#define segment_eq(a, b) ((a) == (b))

#define VERIFY_READ	0
#define VERIFY_WRITE	1

int access_ok(int type, const void __user *addr, unsigned long size);

/* Both return how many bytes were not copied. */
unsigned long __must_check copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long __must_check copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long __must_check clear_user(void __user *to, unsigned long n);
long strncpy_from_user(char *to, const char __user *from, long count);

#define get_user(x, ptr) ({						\
	typeof(*(ptr)) __force __gu;					\
	int __gu_err = copy_from_user(&__gu, (ptr), sizeof(__gu)) ? -EFAULT : 0; \
	(x) = __gu_err ? 0 : __gu;					\
	__gu_err; })
#define put_user(x, ptr) ({						\
	typeof(*(ptr)) __force __pu = (x);				\
	copy_to_user((ptr), &__pu, sizeof(__pu)) ? -EFAULT : 0; })

/* Fault injection: the n-th access to user memory from now on faults, once. */
void fail_nth_uaccess(unsigned long n);

#endif /* _LINUX_UACCESS_H */
