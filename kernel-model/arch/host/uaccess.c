// SPDX-License-Identifier: GPL-2.0-only
/* User memory as the kernel sees it. */
#include <linux/uaccess.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>

static unsigned long fault_countdown;

void fail_nth_uaccess(unsigned long n)
{
	fault_countdown = n;
}

mm_segment_t get_fs(void)
{
	return current->thread.addr_limit;
}

void set_fs(mm_segment_t fs)
{
	current->thread.addr_limit = fs;
}

int access_ok(int type, const void __user *addr, unsigned long size)
{
	unsigned long limit = get_fs();

	return size <= limit && (__force unsigned long)addr <= limit - size;
}

/* Returns how many bytes were not copied. */
static unsigned long copy_user(unsigned long addr, void *buf, unsigned long n, int write)
{
	might_sleep();
	if (fault_countdown && !--fault_countdown)
		return n;
	if (segment_eq(get_fs(), KERNEL_DS)) {
		if (addr < PAGE_SIZE)
			return n;
		if (write)
			memcpy((void *)addr, buf, n);
		else
			memcpy(buf, (void *)addr, n);
		return 0;
	}
	if (!current->mm || !access_ok(write, (void __force __user *)addr, n))
		return n;
	return mm_copy(current->mm, addr, buf, n, write);
}

unsigned long copy_from_user(void *to, const void __user *from, unsigned long n)
{
	unsigned long left = copy_user((__force unsigned long)from, to, n, 0);

	/* What could not be read must not stay as it was. */
	if (left)
		memset((char *)to + n - left, 0, left);
	return left;
}
EXPORT_SYMBOL(copy_from_user);

unsigned long copy_to_user(void __user *to, const void *from, unsigned long n)
{
	return copy_user((__force unsigned long)to, (void *)from, n, 1);
}
EXPORT_SYMBOL(copy_to_user);

unsigned long clear_user(void __user *to, unsigned long n)
{
	static const char zero[256];

	while (n) {
		unsigned long part = min(n, sizeof(zero));
		unsigned long left = copy_to_user(to, zero, part);

		if (left)
			return n - part + left;
		to = (char __user *)to + part;
		n -= part;
	}
	return 0;
}
EXPORT_SYMBOL(clear_user);

/**
 * strncpy_from_user - a string from user memory
 *
 * Returns its length without the NUL, @count if there was none, or -EFAULT.
 */
long strncpy_from_user(char *to, const char __user *from, long count)
{
	long n;

	for (n = 0; n < count; n++) {
		if (copy_from_user(to + n, from + n, 1))
			return -EFAULT;
		if (!to[n])
			break;
	}
	return n;
}
EXPORT_SYMBOL(strncpy_from_user);
