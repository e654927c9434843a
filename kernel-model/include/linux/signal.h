/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SIGNAL_H
#define _LINUX_SIGNAL_H

#include <linux/list.h>
#include <linux/spinlock.h>

#define SIGHUP		1
#define SIGINT		2
#define SIGQUIT		3
#define SIGILL		4
#define SIGTRAP		5
#define SIGABRT		6
#define SIGBUS		7
#define SIGFPE		8
#define SIGKILL		9
#define SIGUSR1		10
#define SIGSEGV		11
#define SIGUSR2		12
#define SIGPIPE		13
#define SIGALRM		14
#define SIGTERM		15
#define SIGSTKFLT	16
#define SIGCHLD		17
#define SIGCONT		18
#define SIGSTOP		19
#define SIGTSTP		20
#define SIGTTIN		21
#define SIGTTOU		22
#define SIGURG		23
#define SIGXCPU		24
#define SIGXFSZ		25
#define SIGVTALRM	26
#define SIGPROF		27
#define SIGWINCH	28
#define SIGIO		29
#define SIGPOLL		SIGIO
#define SIGPWR		30
#define SIGSYS		31
#define SIGRTMIN	32
#define SIGRTMAX	64

#define _NSIG		64
#define _NSIG_WORDS	1

typedef struct { unsigned long sig[_NSIG_WORDS]; } sigset_t;
typedef void (*__sighandler_t)(int sig);
typedef union sigval {
	int sival_int;
	void __user *sival_ptr;
} sigval_t;

#define SIG_DFL	((__sighandler_t)0)
#define SIG_IGN	((__sighandler_t)1)
#define SIG_ERR	((__sighandler_t)-1)

#define SIG_BLOCK	0
#define SIG_UNBLOCK	1
#define SIG_SETMASK	2

#define SA_NOCLDSTOP	0x00000001ul
#define SA_NOCLDWAIT	0x00000002ul
#define SA_SIGINFO	0x00000004ul
#define SA_RESTORER	0x04000000ul
#define SA_ONSTACK	0x08000000ul
#define SA_RESTART	0x10000000ul
#define SA_NODEFER	0x40000000ul
#define SA_RESETHAND	0x80000000ul

struct sigaction {
	__sighandler_t sa_handler;
	unsigned long sa_flags;
	void (*sa_restorer)(void);
	sigset_t sa_mask;
};

struct k_sigaction {
	struct sigaction sa;
};

#define SI_MAX_SIZE	128

/* The layout of x86-64, of which only the used members have names. */
typedef struct siginfo {
	int si_signo;
	int si_errno;
	int si_code;
	union {
		int _pad[(SI_MAX_SIZE - 4 * sizeof(int)) / sizeof(int)];
		struct {
			pid_t _pid;
			uid_t _uid;
		} _kill;
		struct {
			timer_t _tid;
			int _overrun;
			sigval_t _sigval;
		} _timer;
		struct {
			pid_t _pid;
			uid_t _uid;
			sigval_t _sigval;
		} _rt;
		struct {
			pid_t _pid;
			uid_t _uid;
			int _status;
			clock_t _utime;
			clock_t _stime;
		} _sigchld;
	} __aligned(8) _sifields;
} siginfo_t;

#define si_pid		_sifields._kill._pid
#define si_uid		_sifields._kill._uid
#define si_status	_sifields._sigchld._status
#define si_utime	_sifields._sigchld._utime
#define si_stime	_sifields._sigchld._stime
#define si_value	_sifields._rt._sigval
#define si_int		_sifields._rt._sigval.sival_int

#define SI_USER		0
#define SI_KERNEL	0x80
#define POLL_MSG	3
#define SI_QUEUE	(-1)
#define SI_TIMER	(-2)
#define SI_MESGQ	(-3)
#define SI_TKILL	(-6)
#define CLD_EXITED	1
#define CLD_KILLED	2
#define CLD_DUMPED	3
#define CLD_STOPPED	5
#define CLD_CONTINUED	6

/* From a process, not from the kernel. */
#define SI_FROMUSER(info)	((info)->si_code <= 0)

struct user_struct;

/**
 * struct sigqueue - what is known about one signal on its way
 * @user: who pays for it: RLIMIT_SIGPENDING
 */
struct sigqueue {
	struct list_head list;
	int flags;
	siginfo_t info;
	struct user_struct *user;
};

struct sigpending {
	struct list_head list;
	sigset_t signal;
};

static inline void init_sigpending(struct sigpending *sig)
{
	sig->signal.sig[0] = 0;
	INIT_LIST_HEAD(&sig->list);
}

static inline void sigaddset(sigset_t *set, int sig)
{
	set->sig[0] |= 1UL << (sig - 1);
}

static inline void sigdelset(sigset_t *set, int sig)
{
	set->sig[0] &= ~(1UL << (sig - 1));
}

static inline int sigismember(const sigset_t *set, int sig)
{
	return 1 & (set->sig[0] >> (sig - 1));
}

static inline void sigemptyset(sigset_t *set)
{
	set->sig[0] = 0;
}

static inline int sigisemptyset(const sigset_t *set)
{
	return !set->sig[0];
}

static inline void sigorsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] | b->sig[0];
}

static inline void sigandsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] & b->sig[0];
}

static inline void signandsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] & ~b->sig[0];
}

static inline void signotset(sigset_t *set)
{
	set->sig[0] = ~set->sig[0];
}

static inline void sigaddsetmask(sigset_t *set, unsigned long mask)
{
	set->sig[0] |= mask;
}

static inline void sigdelsetmask(sigset_t *set, unsigned long mask)
{
	set->sig[0] &= ~mask;
}

static inline int sigtestsetmask(const sigset_t *set, unsigned long mask)
{
	return (set->sig[0] & mask) != 0;
}

static inline void sigfillset(sigset_t *set)
{
	set->sig[0] = ~0UL;
}

static inline void siginitset(sigset_t *set, unsigned long mask)
{
	set->sig[0] = mask;
}

#define sigmask(sig)	(1UL << ((sig) - 1))

/* What signals do unless a process says otherwise; all others end it. */
#define SIG_KERNEL_ONLY_MASK	(sigmask(SIGKILL) | sigmask(SIGSTOP))
#define SIG_KERNEL_STOP_MASK	(sigmask(SIGSTOP) | sigmask(SIGTSTP) | sigmask(SIGTTIN) | \
				 sigmask(SIGTTOU))
#define SIG_KERNEL_COREDUMP_MASK (sigmask(SIGQUIT) | sigmask(SIGILL) | sigmask(SIGTRAP) | \
				 sigmask(SIGABRT) | sigmask(SIGFPE) | sigmask(SIGSEGV) | \
				 sigmask(SIGBUS) | sigmask(SIGSYS) | sigmask(SIGXCPU) | \
				 sigmask(SIGXFSZ))
#define SIG_KERNEL_IGNORE_MASK	(sigmask(SIGCONT) | sigmask(SIGCHLD) | sigmask(SIGWINCH) | \
				 sigmask(SIGURG))

static inline int sig_in(int sig, unsigned long mask)
{
	return sig < SIGRTMIN && (sigmask(sig) & mask);
}

#define sig_kernel_only(sig)	sig_in(sig, SIG_KERNEL_ONLY_MASK)
#define sig_kernel_stop(sig)	sig_in(sig, SIG_KERNEL_STOP_MASK)
#define sig_kernel_coredump(sig) sig_in(sig, SIG_KERNEL_COREDUMP_MASK)
#define sig_kernel_ignore(sig)	sig_in(sig, SIG_KERNEL_IGNORE_MASK)

#define valid_signal(sig) ((unsigned long)(sig) <= _NSIG)

#endif /* _LINUX_SIGNAL_H */
