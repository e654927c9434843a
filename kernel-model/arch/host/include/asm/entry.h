/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_ENTRY_H
#define _ASM_ENTRY_H

#define SYSCALL_ARGS 6

/**
 * struct syscall_entry - a system call by name
 * @name: as in scenarios
 * @call: takes the six argument registers
 */
struct syscall_entry {
	const char *name;
	long (*call)(const long *args);
};

const struct syscall_entry *find_syscall(const char *name);
long do_syscall(const struct syscall_entry *entry, const long *args);

#endif /* _ASM_ENTRY_H */
