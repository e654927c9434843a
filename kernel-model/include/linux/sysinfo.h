/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SYSINFO_H
#define _LINUX_SYSINFO_H

#include <linux/types.h>

#define SI_LOAD_SHIFT	16

/* Memory is counted in units of mem_unit bytes, the load in 1/2^SI_LOAD_SHIFT. */
struct sysinfo {
	long uptime;
	unsigned long loads[3];
	unsigned long totalram, freeram, sharedram, bufferram;
	unsigned long totalswap, freeswap;
	unsigned short procs;
	unsigned short pad;
	unsigned long totalhigh, freehigh;
	unsigned int mem_unit;
};

#endif /* _LINUX_SYSINFO_H */
