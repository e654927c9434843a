// SPDX-License-Identifier: GPL-2.0-only
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/module.h>
#include <linux/string.h>
#include "os.h"

void panic(const char *fmt, ...)
{
	static char buf[512];
	static int again;
	va_list args;
	int n;

	if (again++)
		os_exit(OS_EXIT_PANIC);
	n = scnprintf(buf, sizeof(buf), "Kernel panic - not syncing: ");
	va_start(args, fmt);
	n += vscnprintf(buf + n, sizeof(buf) - n, fmt, args);
	va_end(args);
	n += scnprintf(buf + n, sizeof(buf) - n, " [%s/%d]\n", current->comm, current->pid);
	os_flush();
	os_write(2, buf, n);
	os_exit(OS_EXIT_PANIC);
}
EXPORT_SYMBOL(panic);

/* A test in which a warning appears has failed, see lib/kunit. */
unsigned long warnings;

void warn_on_slowpath(const char *file, int line, const char *what)
{
	warnings++;
	printk(KERN_WARNING "WARNING: at %s:%d: %s [%s/%d]\n", file, line, what, current->comm,
	       current->pid);
}
EXPORT_SYMBOL(warn_on_slowpath);
