/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SHARED_OS_H
#define _SHARED_OS_H

/*
 * The border between the model and the C library: plain C types only.  The
 * functions are in arch/host/os, the only folder that includes libc's headers.
 */

enum os_mode { OS_SCENARIO, OS_KUNIT, OS_BENCH };

/**
 * struct os_request - what the command line asks for
 * @mode: what to do after boot
 * @name: name of the scenario for messages, or a glob, or NULL
 * @text: the scenario
 * @len: its length
 * @fail_nth: which allocation after boot fails, 0 for none
 */
struct os_request {
	enum os_mode mode;
	const char *name;
	const char *text;
	unsigned long len;
	unsigned long fail_nth;
};

extern struct os_request os_request;

void os_write(int fd, const char *text, unsigned long len);
void os_exit(int status) __attribute__((noreturn));
void os_flush(void);

/* Zeroed memory for the page pool; costs nothing until it is touched. */
void *os_map_memory(unsigned long bytes);

/* Coroutines.  os_fiber_switch(NULL, ...) is the stack that main() runs on. */
void *os_fiber_create(void (*entry)(void));
void os_fiber_free(void *fiber);
void os_fiber_switch(void *from, void *to, int from_is_dying);
void os_fiber_started(void);

/* AddressSanitizer, where it is built in. */
void os_poison(const void *addr, unsigned long len);
void os_unpoison(const void *addr, unsigned long len);

/* The allocation that os_request.fail_nth counts is about to fail. */
void os_allocation_fails(void);

/* For bench: nanoseconds of the host.  Nothing else may look at real time. */
unsigned long os_clock(void);

/* Exit statuses. */
#define OS_EXIT_OK	0
#define OS_EXIT_FAILED	1
#define OS_EXIT_USAGE	2
#define OS_EXIT_PANIC	4
#define OS_EXIT_NOT_REACHED 5	/* the allocation that was to fail never came */

/* The model's entry: runs with the boot command line, does not return. */
void start_kernel(const char *command_line) __attribute__((noreturn));

#endif /* _SHARED_OS_H */
