/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H

#include <linux/types.h>

#define HZ		1000
#define USER_HZ		100

extern u64 jiffies_64;

#define jiffies		((unsigned long)jiffies_64)
#define get_jiffies_64() jiffies_64

#define time_after(a, b)	((long)((b) - (a)) < 0)
#define time_before(a, b)	time_after(b, a)
#define time_after_eq(a, b)	((long)((a) - (b)) >= 0)
#define time_before_eq(a, b)	time_after_eq(b, a)

struct timespec;
struct timeval;

static inline unsigned long msecs_to_jiffies(unsigned int ms)
{
	return ms;
}

static inline unsigned int jiffies_to_msecs(unsigned long j)
{
	return j;
}

unsigned long timespec_to_jiffies(const struct timespec *value);
void jiffies_to_timespec(unsigned long j, struct timespec *value);
unsigned long timeval_to_jiffies(const struct timeval *value);
void jiffies_to_timeval(unsigned long j, struct timeval *value);

#define jiffies_to_clock_t(j)		((clock_t)((j) / (HZ / USER_HZ)))
#define jiffies_64_to_clock_t(j)	((u64)(j) / (HZ / USER_HZ))

#endif /* _LINUX_JIFFIES_H */
