/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

/**
 * struct console - where messages of the kernel appear
 * @write: must not sleep; called with whatever locks the caller of printk() has
 */
struct console {
	char name[8];
	void (*write)(struct console *con, const char *text, unsigned int len);
	struct console *next;
};

extern struct console *console_drivers;

void register_console(struct console *console);
int unregister_console(struct console *console);

#endif /* _LINUX_CONSOLE_H */
