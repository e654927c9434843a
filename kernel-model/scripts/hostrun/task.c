// SPDX-License-Identifier: GPL-2.0-only
/* What a task does: takes a call from its cell, makes it, takes the next. */
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if __has_include("sys/rseq.h")
#include <sys/rseq.h>
#endif

#include "hostrun.h"

/* Frames of signals hold all registers, of which some processors have 11 KiB. */
#define STACK_SIZE (256 * 1024UL)
#define SA_RESTORER 0x04000000UL

/* Each task has one part, so that a stack tells whose it is. */
static char *stacks;

static long raw(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 asm("r10") = d;
	register long r8 asm("r8") = e;
	register long r9 asm("r9") = f;
	long ret;

	asm volatile("syscall" : "=a"(ret)
		     : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
		     : "rcx", "r11", "memory");
	return ret;
}

static unsigned char *arg_address(const struct cell *me, int nr)
{
	return (unsigned char *)SCN_ARENA + (me - cells) * SCN_ARENA_PART + nr * SCN_DATA;
}

/* libc's may use its own data, which tasks without a thread pointer share. */
static void copy(unsigned char *to, const unsigned char *from, unsigned long n)
{
	while (n--)
		*to++ = *from++;
}

#define __used __attribute__((used))

static void __noreturn __used task_body(struct cell *me);
static void __noreturn __used task_loop(struct cell *me);

/* The child begins in task_body() on a stack of its own. */
static long make_task(unsigned long flags, struct cell *child)
{
	register void *body asm("r12") = task_body;
	register struct cell *cell asm("r13") = child;
	register long none asm("r10") = 0;
	register long tls asm("r8") = 0;
	long ret;

	asm volatile("syscall\n\t"
		     "test %%rax, %%rax\n\t"
		     "jnz 1f\n\t"
		     "xor %%ebp, %%ebp\n\t"
		     "mov %%r13, %%rdi\n\t"
		     "call *%%r12\n"
		     "1:"
		     : "=a"(ret)
		     : "a"((long)SYS_clone), "D"(flags),
		       "S"(stacks + (child - cells + 1) * STACK_SIZE), "d"(0L), "r"(none),
		       "r"(tls), "r"(body), "r"(cell)
		     : "rcx", "r11", "memory");
	return ret;
}

/* Where a handler returns to: rt_sigreturn(), see sigreturn(2). */
void task_restorer(void);
asm(".text\ntask_restorer:\n\tmov $15, %eax\n\tsyscall");

/* Runs on the stack of the task that it interrupts. */
static void handler(int sig, siginfo_t *info, void *context)
{
	char *here = __builtin_frame_address(0);
	struct cell *me = &cells[(here - stacks) / STACK_SIZE];
	struct scn_caught *c = &me->caught[me->ncaught % SCN_CAUGHT];

	c->sig = sig;
	c->code = info->si_code;
	c->pid = info->si_pid;
	c->value = sig == SIGCHLD ? info->si_status :
		   info->si_code == SI_QUEUE ? info->si_int : 0;
	cell_set(me->ncaught, me->ncaught + 1);
}

/* NULL and BAD lead elsewhere. */
static int in_arena(const void *p)
{
	return (unsigned long)p - SCN_ARENA < SCN_TASKS * SCN_ARENA_PART;
}

static long call_sigaction(const long *r)
{
	struct scn_sigaction *sa = (void *)r[1];

	if (in_arena(sa) && sa->handler == SCN_HANDLER) {
		sa->handler = (unsigned long)handler;
		sa->flags |= SA_SIGINFO | SA_RESTORER;
		sa->restorer = (unsigned long)task_restorer;
	}
	return raw(SYS_rt_sigaction, r[0], r[1], r[2], r[3], 0, 0);
}

static long make_call(struct cell *me)
{
	const long *r = me->regs;

	switch (me->nr) {
	case SYS_rt_sigaction:
		return call_sigaction(r);
	case SYS_fork:
		return make_task(SIGCHLD, &cells[me->child]);
	case SYS_vfork:
		return make_task(CLONE_VFORK | CLONE_VM | SIGCHLD, &cells[me->child]);
	case SYS_clone:
		return make_task(r[0], &cells[me->child]);
	default:
		return raw(me->nr, r[0], r[1], r[2], r[3], r[4], r[5]);
	}
}

static void one_call(struct cell *me)
{
	int i;

	for (i = 0; i < me->nargs; i++)
		if (me->data[i].points)
			copy(arg_address(me, i), me->data[i].bytes, me->data[i].len);
	me->ret = make_call(me);
	for (i = 0; me->ret >= 0 && i < me->nargs; i++)
		if (me->data[i].back)
			copy(me->data[i].bytes, arg_address(me, i), me->data[i].len);
}

static void __noreturn __used task_loop(struct cell *me)
{
	for (;;) {
		int state = cell_get(me->state);

		if (state != CELL_CALL) {
			raw(SYS_futex, (long)&me->state, FUTEX_WAIT, state, 0, 0, 0);
			continue;
		}
		one_call(me);
		cell_set(me->state, CELL_DONE);
	}
}

static void __noreturn __used task_body(struct cell *me)
{
	raw(SYS_prctl, PR_SET_NAME, (long)me->name, 0, 0, 0, 0);
	cell_set(me->state, CELL_USER);
	cell_set(me->tid, raw(SYS_gettid, 0, 0, 0, 0, 0, 0));
	task_loop(me);
}

/* The kernel writes to libc's area on the heap, which a scenario may unmap. */
static void forget_rseq(void)
{
#ifdef RSEQ_SIG
	char *area = (char *)__builtin_thread_pointer() + __rseq_offset;

	if (__rseq_size)
		raw(SYS_rseq, (long)area, sizeof(struct rseq), RSEQ_FLAG_UNREGISTER, RSEQ_SIG,
		    0, 0);
#endif
}

void task_prepare(void)
{
	void *arena = mmap((void *)SCN_ARENA, SCN_TASKS * SCN_ARENA_PART, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (arena != (void *)SCN_ARENA)
		die("cannot map memory at %#lx", SCN_ARENA);
	stacks = mmap(NULL, SCN_TASKS * STACK_SIZE, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (stacks == MAP_FAILED)
		die("cannot map memory for stacks");
	forget_rseq();
}

/* Process 1 goes on as the first task. */
void task_run_init(void)
{
	register struct cell *me asm("rdi") = &cells[0];

	asm volatile("mov %0, %%rsp\n\t"
		     "xor %%ebp, %%ebp\n\t"
		     "call task_body"
		     :: "r"(stacks + STACK_SIZE), "r"(me) : "memory");
	__builtin_unreachable();
}

/* execve() without arguments: old kernels pass none, new ones an empty one. */
int task_is_program(int argc, char **argv)
{
	return !argc || (argc == 1 && !*argv[0]);
}

/**
 * task_run_program - a task has called execve(), and this is what it runs
 *
 * Its cell is the one with its number; the call is done.
 */
void task_run_program(void)
{
	register struct cell *me asm("rdi");
	struct cell *mine;
	int tid = raw(SYS_gettid, 0, 0, 0, 0, 0, 0);

	cells = mmap(NULL, CELLS_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, CELLS_FD, 0);
	if (cells == MAP_FAILED)
		die("a program finds no cells");
	for (mine = cells; cell_get(mine->tid) != tid || cell_get(mine->state) != CELL_CALL;)
		if (++mine == cells + SCN_TASKS)
			die("a program finds no cell");
	task_prepare();
	mine->ret = 0;
	cell_set(mine->state, CELL_DONE);
	me = mine;
	asm volatile("mov %0, %%rsp\n\t"
		     "xor %%ebp, %%ebp\n\t"
		     "call task_loop"
		     :: "r"(stacks + (mine - cells + 1) * STACK_SIZE), "r"(me) : "memory");
	__builtin_unreachable();
}
