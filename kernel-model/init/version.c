// SPDX-License-Identifier: GPL-2.0-only
#include <linux/utsname.h>

struct new_utsname system_utsname = {
	.sysname	= "Linux",
	.nodename	= "(none)",
	.release	= "2.6.16-model",
	.version	= "#1 Mon Mar 20 00:00:00 UTC 2006",
	.machine	= "x86_64",
	.domainname	= "(none)",
};
