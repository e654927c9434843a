/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_ITIMER_H
#define _LINUX_ITIMER_H

#include <linux/time.h>

/* Of the three clocks a process may set a timer on, the model has the first. */
#define ITIMER_REAL	0

int do_getitimer(int which, struct itimerval *value);
int do_setitimer(int which, struct itimerval *value, struct itimerval *ovalue);

#endif /* _LINUX_ITIMER_H */
