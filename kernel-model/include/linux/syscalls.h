/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

/* All system calls; the table that names them is arch/host/entry.c. */
#include <linux/types.h>
#include <linux/compiler.h>

struct msgbuf;
struct new_utsname;
struct rusage;
struct sembuf;
struct timespec;

asmlinkage long sys_newuname(struct new_utsname __user *name);
asmlinkage long sys_sethostname(char __user *name, int len);
asmlinkage long sys_setdomainname(char __user *name, int len);
asmlinkage long sys_gethostname(char __user *name, int len);
asmlinkage long sys_getpid(void);
asmlinkage long sys_gettid(void);
asmlinkage long sys_getppid(void);
asmlinkage long sys_fork(void);
asmlinkage long sys_vfork(void);
asmlinkage long sys_clone(unsigned long clone_flags);
asmlinkage long sys_exit(int error_code);
asmlinkage long sys_exit_group(int error_code);
asmlinkage long sys_wait4(pid_t pid, int __user *stat_addr, int options,
			  struct rusage __user *ru);
asmlinkage long sys_sched_yield(void);

/* ipc/ */
asmlinkage long sys_msgget(key_t key, int msgflg);
asmlinkage long sys_msgsnd(int msqid, struct msgbuf __user *msgp, size_t msgsz, int msgflg);
asmlinkage long sys_msgrcv(int msqid, struct msgbuf __user *msgp, size_t msgsz, long msgtyp,
			   int msgflg);
asmlinkage long sys_msgctl(int msqid, int cmd, void __user *buf);
asmlinkage long sys_semget(key_t key, int nsems, int semflg);
asmlinkage long sys_semop(int semid, struct sembuf __user *tsops, unsigned int nsops);
asmlinkage long sys_semtimedop(int semid, struct sembuf __user *tsops, unsigned int nsops,
			       const struct timespec __user *timeout);
asmlinkage long sys_semctl(int semid, int semnum, int cmd, unsigned long arg);

#endif /* _LINUX_SYSCALLS_H */
