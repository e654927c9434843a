/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_POSIX_TYPES_H
#define _LINUX_POSIX_TYPES_H

#include <linux/types.h>

#define __FD_SETSIZE	1024

typedef struct {
	unsigned long fds_bits[__FD_SETSIZE / BITS_PER_LONG];
} fd_set;

#define FD_SET(fd, set)		set_bit((fd), (set)->fds_bits)
#define FD_CLR(fd, set)		clear_bit((fd), (set)->fds_bits)
#define FD_ISSET(fd, set)	test_bit((fd), (set)->fds_bits)

#endif /* _LINUX_POSIX_TYPES_H */
