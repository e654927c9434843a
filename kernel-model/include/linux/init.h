/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>

#define __init

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

/* One parameter of the boot command line: 'str' with the '=' that ends it. */
struct obs_kernel_param {
	const char *str;
	int (*setup_func)(char *value);
};

#define __setup(str, fn)						\
	static const struct obs_kernel_param __setup_##fn __used	\
	__aligned(8) __attribute__((section("setup_params"))) = { str, fn }

/*
 * Where the linker's sections begin and end.  A section that nobody put anything
 * into does not exist, and both ends of it are NULL.
 */
extern const struct obs_kernel_param __start_setup_params[] __weak, __stop_setup_params[] __weak;
extern initcall_t __start_initcall_1core[] __weak, __stop_initcall_1core[] __weak;
extern initcall_t __start_initcall_2postcore[] __weak, __stop_initcall_2postcore[] __weak;
extern initcall_t __start_initcall_4subsys[] __weak, __stop_initcall_4subsys[] __weak;
extern initcall_t __start_initcall_5fs[] __weak, __stop_initcall_5fs[] __weak;
extern initcall_t __start_initcall_6device[] __weak, __stop_initcall_6device[] __weak;
extern initcall_t __start_initcall_7late[] __weak, __stop_initcall_7late[] __weak;

extern char saved_command_line[];
extern unsigned long loops_per_jiffy;

#endif /* _LINUX_INIT_H */
