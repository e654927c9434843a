/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/init.h>
#include <linux/compiler.h>

struct module;

#define THIS_MODULE	((struct module *)NULL)

/* Nothing is a module here; the marks say what is meant for others. */
#define EXPORT_SYMBOL(sym)		_Static_assert(1, #sym)
/* The same, for those whose licence is the GPL. */

static inline int try_module_get(struct module *module)
{
	return 1;
}

static inline void module_put(struct module *module)
{
}

#endif /* _LINUX_MODULE_H */
