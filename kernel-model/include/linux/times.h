/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TIMES_H
#define _LINUX_TIMES_H

#include <linux/types.h>

/* In ticks of USER_HZ. */
struct tms {
	clock_t tms_utime;
	clock_t tms_stime;
	clock_t tms_cutime;
	clock_t tms_cstime;
};

#endif /* _LINUX_TIMES_H */
