/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _OS_SWITCH_H
#define _OS_SWITCH_H

/*
 * Changing stacks.  The C library's swapcontext() also saves the mask of
 * signals, by two system calls, and AddressSanitizer warns of it; it is used
 * where nothing better is written down.
 */
#include <stddef.h>

#if defined(__x86_64__) || defined(__aarch64__)
struct context {
	void *sp;		/* the registers that a call keeps are below it */
};

/*
 * Both are assembly, in switch.c.  The first saves what the caller expects to
 * keep, and the stack pointer to *@save; the second is where a new stack begins,
 * and calls a function that has been put into registers.
 */
void switch_stack(void **save, void *load);
void switch_start(void);
#else
#include <ucontext.h>

struct context {
	ucontext_t uc;
};
#endif

/* The first switch to @c calls @fn on this stack; it must not return. */
void context_prepare(struct context *c, char *stack, size_t size, void (*fn)(void *), void *arg);
void context_switch(struct context *from, struct context *to);

#endif /* _OS_SWITCH_H */
