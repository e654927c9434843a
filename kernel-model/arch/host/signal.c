// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handlers of signals.  As on a real machine all signals that are due get their
 * frames before the first handler runs, which is that of the last frame; when
 * it returns, signals are looked for once more.  What a handler does is to be
 * seen in the scenario's trace, and nothing else.
 */
#include <linux/sched.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <asm/user.h>
#ifdef CONFIG_SCENARIO
#include "../../lib/scenario/driver.h"
#endif

#define MAX_FRAMES 8	/* the stack of a user task has room for so many */

struct sigframe {
	siginfo_t info;
	sigset_t mask;
};

struct sigframes {
	struct sigframe frame[MAX_FRAMES];
	int nr;
};

/* What a system call gives back when a handler runs before it is back. */
static void interrupt_call(struct pt_regs *regs, const struct k_sigaction *ka)
{
	if (!regs->in_call)
		return;
	switch (regs->ax) {
	case -ERESTARTNOHAND:
	case -ERESTART_RESTARTBLOCK:
		regs->ax = -EINTR;
		break;
	case -ERESTARTSYS:
		if (!(ka->sa.sa_flags & SA_RESTART)) {
			regs->ax = -EINTR;
			break;
		}
		regs->restart = 1;
		break;
	case -ERESTARTNOINTR:
		regs->restart = 1;
		break;
	}
}

/* No handler: all calls go on as if nothing had been. */
static void restart_call(struct pt_regs *regs)
{
	if (!regs->in_call)
		return;
	if (regs->ax == -ERESTARTNOHAND || regs->ax == -ERESTARTSYS ||
	    regs->ax == -ERESTARTNOINTR)
		regs->restart = 1;
	else if (regs->ax == -ERESTART_RESTARTBLOCK)
		regs->restart = 2;
}

static void handle_signal(const siginfo_t *info, const struct k_sigaction *ka,
			  struct sigframes *frames, struct pt_regs *regs)
{
	sigset_t *oldset = test_thread_flag(TIF_RESTORE_SIGMASK) ? &current->saved_sigmask :
								   &current->blocked;

	interrupt_call(regs, ka);
	regs->in_call = 0;
	if (frames->nr == MAX_FRAMES) {
		force_sig(SIGSEGV, current);
		return;
	}
	frames->frame[frames->nr].info = *info;
	frames->frame[frames->nr++].mask = *oldset;
	clear_thread_flag(TIF_RESTORE_SIGMASK);
	spin_lock_irq(&current->sighand->siglock);
	sigorsets(&current->blocked, &current->blocked, &ka->sa.sa_mask);
	if (!(ka->sa.sa_flags & SA_NODEFER))
		sigaddset(&current->blocked, info->si_signo);
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
}

/* Returns 0 when user mode may go on. */
static int do_signal(struct sigframes *frames, struct pt_regs *regs)
{
	struct k_sigaction ka;
	siginfo_t info;

	if (get_signal_to_deliver(&info, &ka, regs) > 0) {
		handle_signal(&info, &ka, frames, regs);
		return 1;
	}
	restart_call(regs);
	regs->in_call = 0;
	if (test_thread_flag(TIF_RESTORE_SIGMASK)) {
		clear_thread_flag(TIF_RESTORE_SIGMASK);
		sigprocmask(SIG_SETMASK, &current->saved_sigmask, NULL);
	}
	return signal_pending(current);
}

static void run_handler(const siginfo_t *info)
{
#ifdef CONFIG_SCENARIO
	struct scn_caught caught = {
		.sig = info->si_signo,
		.code = info->si_code,
		.pid = info->si_pid,
	};

	if (info->si_signo == SIGCHLD)
		caught.value = info->si_status;
	else if (info->si_code == SI_QUEUE)
		caught.value = info->si_int;
	if (current->thread.user)
		scn_catch(current->thread.user, &caught);
#endif
}

/**
 * do_notify_resume - signals, on the way back to user mode
 * @regs: what the way leads to; tells whether the call is to be made again
 */
void do_notify_resume(struct pt_regs *regs)
{
	struct sigframes frames = { .nr = 0 };

	for (;;) {
		while (signal_pending(current) || test_thread_flag(TIF_RESTORE_SIGMASK) ||
		       regs->in_call)
			if (!do_signal(&frames, regs))
				break;
		if (!frames.nr)
			return;
		/* The handler, and what sigreturn() does after it. */
		run_handler(&frames.frame[--frames.nr].info);
		sigprocmask(SIG_SETMASK, &frames.frame[frames.nr].mask, NULL);
	}
}
