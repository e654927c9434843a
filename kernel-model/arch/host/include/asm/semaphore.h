/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_SEMAPHORE_H
#define _ASM_SEMAPHORE_H

#include <linux/semaphore.h>

#endif /* _ASM_SEMAPHORE_H */
