/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _HOST_SWEEP_H
#define _HOST_SWEEP_H

#include "os.h"

/* Runs the kernel once for each allocation, which fails; the exit status. */
int run_sweep(const char *command_line);

void trace_callers(char *text, unsigned long size, const char *const *inner,
		   const char *const *outer);

#endif /* _HOST_SWEEP_H */
