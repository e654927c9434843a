// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signatures of the system calls that scenarios can make.  The model finds the
 * function in arch/host/entry.c by the name.
 */
#include "scenario.h"

static const struct scn_call calls[] = {
	/* kernel/ */
	{ "uname", SCN_RET_INT, 0, "utsname" },
	{ "sethostname", SCN_RET_INT, 0, "str int" },
	{ "setdomainname", SCN_RET_INT, 0, "str int" },
	{ "getpid", SCN_RET_PID, 0, "" },
	{ "gettid", SCN_RET_PID, 0, "" },
	{ "getppid", SCN_RET_PID, 0, "" },
	{ "fork", SCN_RET_PID, SCN_NEW_TASK, "" },
	{ "vfork", SCN_RET_PID, SCN_NEW_TASK, "" },
	{ "clone", SCN_RET_PID, SCN_NEW_TASK, "int" },
	{ "exit", SCN_RET_NONE, 0, "int" },
	{ "exit_group", SCN_RET_NONE, 0, "int" },
	{ "wait4", SCN_RET_PID, 0, "int status int null" },
	{ "waitid", SCN_RET_INT, 0, "int int siginfo* int null" },
	{ "rt_sigaction", SCN_RET_INT, 0, "int sigaction sigaction* setsize" },
	{ "rt_sigprocmask", SCN_RET_INT, 0, "int sigset sigset* setsize" },
	{ "rt_sigpending", SCN_RET_INT, 0, "sigset* setsize" },
	{ "rt_sigsuspend", SCN_RET_INT, 0, "sigset setsize" },
	{ "rt_sigtimedwait", SCN_RET_INT, 0, "sigset siginfo* timespec setsize" },
	{ "rt_sigqueueinfo", SCN_RET_INT, 0, "int int sigvalue" },
	{ "kill", SCN_RET_INT, 0, "int int" },
	{ "tgkill", SCN_RET_INT, 0, "int int int" },
	{ "tkill", SCN_RET_INT, 0, "int int" },
	{ "pause", SCN_RET_INT, 0, "" },
	{ "alarm", SCN_RET_INT, 0, "int" },
	{ "setitimer", SCN_RET_INT, 0, "int itimerval null" },
	{ "sched_yield", SCN_RET_INT, 0, "" },
	/* ipc/ */
	{ "msgget", SCN_RET_ID, 0, "int int" },
	{ "msgsnd", SCN_RET_INT, 0, "int msg int" },
	{ "msgrcv", SCN_RET_INT, 0, "int msgroom int int" },
	{ "msgctl", SCN_RET_INT, 0, "int int msgctl" },
	{ "semget", SCN_RET_ID, 0, "int int int" },
	{ "semop", SCN_RET_INT, 0, "int sops" },
	{ "semtimedop", SCN_RET_INT, 0, "int sops timespec" },
	{ "semctl", SCN_RET_INT, 0, "int int int semctl" },
};

const struct scn_call *scn_find_call(const char *name)
{
	unsigned long i;

	for (i = 0; i < ARRAY_SIZE(calls); i++)
		if (!strcmp(calls[i].name, name))
			return &calls[i];
	return NULL;
}
