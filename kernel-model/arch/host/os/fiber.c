// SPDX-License-Identifier: GPL-2.0-only
/*
 * Coroutines: one stack for each task of the model, of which one runs.
 *
 * AddressSanitizer must be told when the stack changes; the protocol is that of
 * <sanitizer/common_interface_defs.h>.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "os.h"
#include "switch.h"

#ifdef CONFIG_SAN
#include <sanitizer/common_interface_defs.h>
#define STACK_SIZE (512 * 1024)
#else
#define STACK_SIZE (64 * 1024)
#endif
#define GUARD_SIZE 4096

struct fiber {
	struct context ctx;
	void (*entry)(void);
	char *stack;
	void *fake_stack;
	struct fiber *next_free;
};

static struct fiber main_fiber;
static struct fiber *free_fibers;
#ifdef CONFIG_SAN
static const void *main_stack;
static size_t main_stack_size;
#endif

static void enter(void *fiber)
{
	struct fiber *f = fiber;

	f->entry();
	abort();
}

static struct fiber *new_fiber(void)
{
	struct fiber *f = calloc(1, sizeof(*f));
	void *map;

	if (!f)
		return NULL;
	map = mmap(NULL, STACK_SIZE + GUARD_SIZE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (map == MAP_FAILED) {
		free(f);
		return NULL;
	}
	mprotect(map, GUARD_SIZE, PROT_NONE);
	f->stack = (char *)map + GUARD_SIZE;
	return f;
}

void *os_fiber_create(void (*entry)(void))
{
	struct fiber *f = free_fibers;

	if (f)
		free_fibers = f->next_free;
	else
		f = new_fiber();
	if (!f)
		return NULL;
	f->entry = entry;
	f->fake_stack = NULL;
	os_unpoison(f->stack, STACK_SIZE);
	context_prepare(&f->ctx, f->stack, STACK_SIZE, enter, f);
	return f;
}

void os_fiber_free(void *fiber)
{
	struct fiber *f = fiber;

	f->next_free = free_fibers;
	free_fibers = f;
}

void os_fiber_switch(void *from, void *to, int from_is_dying)
{
	struct fiber *a = from ? from : &main_fiber;
	struct fiber *b = to ? to : &main_fiber;

#ifdef CONFIG_SAN
	__sanitizer_start_switch_fiber(from_is_dying ? NULL : &a->fake_stack,
				       b->stack ? b->stack : main_stack,
				       b->stack ? STACK_SIZE : main_stack_size);
	context_switch(&a->ctx, &b->ctx);
	__sanitizer_finish_switch_fiber(a->fake_stack, NULL, NULL);
#else
	context_switch(&a->ctx, &b->ctx);
#endif
}

/* The first switch away comes from main(), and tells where its stack is. */
void os_fiber_started(void)
{
#ifdef CONFIG_SAN
	const void *bottom;
	size_t size;

	__sanitizer_finish_switch_fiber(NULL, &bottom, &size);
	if (!main_stack) {
		main_stack = bottom;
		main_stack_size = size;
	}
#endif
}
