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
	{ "setpriority", SCN_RET_INT, 0, "int int int" },
	{ "getpriority", SCN_RET_INT, 0, "int int" },
	{ "reboot", SCN_RET_INT, 0, "int int int null" },
	{ "getgroups", SCN_RET_INT, 0, "int groups*" },
	{ "setgroups", SCN_RET_INT, 0, "int ints" },
	{ "getuid", SCN_RET_INT, 0, "" },
	{ "geteuid", SCN_RET_INT, 0, "" },
	{ "getgid", SCN_RET_INT, 0, "" },
	{ "getegid", SCN_RET_INT, 0, "" },
	{ "setuid", SCN_RET_INT, 0, "int" },
	{ "setgid", SCN_RET_INT, 0, "int" },
	{ "setreuid", SCN_RET_INT, 0, "int int" },
	{ "setregid", SCN_RET_INT, 0, "int int" },
	{ "setresuid", SCN_RET_INT, 0, "int int int" },
	{ "setresgid", SCN_RET_INT, 0, "int int int" },
	{ "getresuid", SCN_RET_INT, 0, "int* int* int*" },
	{ "getresgid", SCN_RET_INT, 0, "int* int* int*" },
	{ "setfsuid", SCN_RET_INT, 0, "int" },
	{ "setfsgid", SCN_RET_INT, 0, "int" },
	{ "prctl", SCN_RET_INT, 0, "int int" },
	{ "setpgid", SCN_RET_INT, 0, "int int" },
	{ "getpgid", SCN_RET_PID, 0, "int" },
	{ "getpgrp", SCN_RET_PID, 0, "" },
	{ "getsid", SCN_RET_PID, 0, "int" },
	{ "setsid", SCN_RET_PID, 0, "" },
	{ "getrlimit", SCN_RET_INT, 0, "int rlimit*" },
	{ "setrlimit", SCN_RET_INT, 0, "int rlimit" },
	{ "getrusage", SCN_RET_INT, 0, "int scratch*" },
	{ "times", SCN_RET_ID, 0, "null" },
	{ "capget", SCN_RET_INT, 0, "caphdr capdata*" },
	{ "capset", SCN_RET_INT, 0, "caphdr capdata" },
	{ "syslog", SCN_RET_ID, 0, "int null int" },
	{ "nanosleep", SCN_RET_INT, 0, "timespec null" },
	{ "sysinfo", SCN_RET_INT, 0, "scratch*" },
	{ "nice", SCN_RET_INT, 0, "int" },
	{ "sched_setscheduler", SCN_RET_INT, 0, "int int ints" },
	{ "sched_setparam", SCN_RET_INT, 0, "int ints" },
	{ "sched_getscheduler", SCN_RET_INT, 0, "int" },
	{ "sched_getparam", SCN_RET_INT, 0, "int int*" },
	{ "sched_get_priority_max", SCN_RET_INT, 0, "int" },
	{ "sched_get_priority_min", SCN_RET_INT, 0, "int" },
	{ "sched_setaffinity", SCN_RET_INT, 0, "int setsize cpus" },
	{ "sched_getaffinity", SCN_RET_INT, 0, "int setsize cpus*" },
	{ "futex", SCN_RET_INT, 0, "int int int int int int" },
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
