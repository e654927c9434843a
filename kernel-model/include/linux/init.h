/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>

#define __init
#define __exit
#define __initdata
#define __devinit

typedef int (*initcall_t)(void);

/*
 * The linker collects the calls of one level in a section of its own;
 * do_initcalls() in init/main.c runs the levels in order.
 */
#define __define_initcall(level, fn)					\
	static initcall_t __initcall_##fn __used			\
	__attribute__((section("initcall_" level))) = fn

#define core_initcall(fn)	__define_initcall("1core", fn)
#define postcore_initcall(fn)	__define_initcall("2postcore", fn)
#define subsys_initcall(fn)	__define_initcall("4subsys", fn)
#define fs_initcall(fn)		__define_initcall("5fs", fn)
#define device_initcall(fn)	__define_initcall("6device", fn)
#define late_initcall(fn)	__define_initcall("7late", fn)
#define __initcall(fn)		device_initcall(fn)
#define module_init(fn)		device_initcall(fn)
#define module_exit(fn)

/* One parameter of the boot command line: 'str' with the '=' that ends it. */
struct obs_kernel_param {
	const char *str;
	int (*setup_func)(char *value);
};

#define __setup(str, fn)						\
	static const struct obs_kernel_param __setup_##fn __used	\
	__aligned(8) __attribute__((section("setup_params"))) = { str, fn }

extern char saved_command_line[];
extern unsigned long loops_per_jiffy;

#endif /* _LINUX_INIT_H */
