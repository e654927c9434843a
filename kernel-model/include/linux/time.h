/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TIME_H
#define _LINUX_TIME_H

#include <linux/types.h>

struct timespec {
	time_t tv_sec;
	long tv_nsec;
};

struct timeval {
	time_t tv_sec;
	suseconds_t tv_usec;
};

struct timezone {
	int tz_minuteswest;
	int tz_dsttime;
};

struct itimerval {
	struct timeval it_interval;
	struct timeval it_value;
};

#define NSEC_PER_SEC	1000000000L
#define USEC_PER_SEC	1000000L
#define NSEC_PER_MSEC	1000000L

static inline int timespec_valid(const struct timespec *ts)
{
	return ts->tv_sec >= 0 && (unsigned long)ts->tv_nsec < NSEC_PER_SEC;
}

static inline int timeval_valid(const struct timeval *tv)
{
	return tv->tv_sec >= 0 && (unsigned long)tv->tv_usec < USEC_PER_SEC;
}

#define CLOCK_REALTIME	0
#define CLOCK_MONOTONIC	1

extern struct timespec xtime;

#define CURRENT_TIME	xtime
unsigned long get_seconds(void);

#endif /* _LINUX_TIME_H */
