// SPDX-License-Identifier: GPL-2.0-only
/* Changing stacks, by the calling conventions of each processor. */
#include "switch.h"

#if defined(__x86_64__) || defined(__aarch64__)

#ifdef __x86_64__
#define SLOTS 8			/* r15 r14 r13 r12 rbx rbp, return address, none */
#define SLOT_ARG 0
#define SLOT_FN 1
#define SLOT_RETURN 6

asm(".text\n"
	".globl switch_stack\n"
	".type switch_stack, @function\n"
	"switch_stack:\n\t"
	"push %rbp\n\tpush %rbx\n\tpush %r12\n\tpush %r13\n\tpush %r14\n\tpush %r15\n\t"
	"mov %rsp, (%rdi)\n\t"
	"mov %rsi, %rsp\n\t"
	"pop %r15\n\tpop %r14\n\tpop %r13\n\tpop %r12\n\tpop %rbx\n\tpop %rbp\n\t"
	"ret\n"
	".size switch_stack, . - switch_stack\n"
	".globl switch_start\n"
	".type switch_start, @function\n"
	"switch_start:\n\t"
	"mov %r15, %rdi\n\t"
	"add $8, %rsp\n\t"
	"call *%r14\n\t"
	"ud2\n"
	".size switch_start, . - switch_start\n");
#else
#define SLOTS 20		/* x19 to x30, d8 to d15 */
#define SLOT_ARG 0
#define SLOT_FN 1
#define SLOT_RETURN 11

asm(".text\n"
	".globl switch_stack\n"
	".type switch_stack, %function\n"
	"switch_stack:\n\t"
	"sub sp, sp, #160\n\t"
	"stp x19, x20, [sp]\n\tstp x21, x22, [sp, #16]\n\tstp x23, x24, [sp, #32]\n\t"
	"stp x25, x26, [sp, #48]\n\tstp x27, x28, [sp, #64]\n\tstp x29, x30, [sp, #80]\n\t"
	"stp d8, d9, [sp, #96]\n\tstp d10, d11, [sp, #112]\n\t"
	"stp d12, d13, [sp, #128]\n\tstp d14, d15, [sp, #144]\n\t"
	"mov x9, sp\n\t"
	"str x9, [x0]\n\t"
	"mov sp, x1\n\t"
	"ldp x19, x20, [sp]\n\tldp x21, x22, [sp, #16]\n\tldp x23, x24, [sp, #32]\n\t"
	"ldp x25, x26, [sp, #48]\n\tldp x27, x28, [sp, #64]\n\tldp x29, x30, [sp, #80]\n\t"
	"ldp d8, d9, [sp, #96]\n\tldp d10, d11, [sp, #112]\n\t"
	"ldp d12, d13, [sp, #128]\n\tldp d14, d15, [sp, #144]\n\t"
	"add sp, sp, #160\n\t"
	"ret\n"
	".size switch_stack, . - switch_stack\n"
	".globl switch_start\n"
	".type switch_start, %function\n"
	"switch_start:\n\t"
	"mov x0, x19\n\t"
	"blr x20\n\t"
	"brk #0\n"
	".size switch_start, . - switch_start\n");
#endif

void context_prepare(struct context *c, char *stack, size_t size, void (*fn)(void *), void *arg)
{
	void **top = (void **)(stack + (size & ~15UL)) - SLOTS;
	int i;

	for (i = 0; i < SLOTS; i++)
		top[i] = NULL;
	top[SLOT_ARG] = arg;
	top[SLOT_FN] = (void *)fn;
	top[SLOT_RETURN] = (void *)switch_start;
	c->sp = top;
}

void context_switch(struct context *from, struct context *to)
{
	switch_stack(&from->sp, to->sp);
}

#else

static void start(unsigned int fn_low, unsigned int fn_high, unsigned int low, unsigned int high)
{
	unsigned long fn = (unsigned long)fn_high << 32 | fn_low;
	unsigned long arg = (unsigned long)high << 32 | low;

	((void (*)(void *))fn)((void *)arg);
}

void context_prepare(struct context *c, char *stack, size_t size, void (*fn)(void *), void *arg)
{
	unsigned long f = (unsigned long)fn, a = (unsigned long)arg;

	getcontext(&c->uc);
	c->uc.uc_stack.ss_sp = stack;
	c->uc.uc_stack.ss_size = size;
	c->uc.uc_link = NULL;
	makecontext(&c->uc, (void (*)(void))start, 4, (unsigned int)f, (unsigned int)(f >> 32),
		    (unsigned int)a, (unsigned int)(a >> 32));
}

void context_switch(struct context *from, struct context *to)
{
	swapcontext(&from->uc, &to->uc);
}

#endif
