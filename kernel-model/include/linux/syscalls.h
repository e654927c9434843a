/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

/* All system calls; the table that names them is arch/host/entry.c. */
#include <linux/types.h>
#include <linux/posix_types.h>
#include <linux/signal.h>
#include <linux/compiler.h>

struct itimerval;
struct linux_dirent64;
struct mq_attr;
struct msgbuf;
struct msghdr;
struct new_utsname;
struct pollfd;
struct rlimit;
struct sockaddr;
struct rusage;
struct sched_param;
struct sembuf;
struct sigevent;
struct stat;
struct statfs;
struct sysinfo;
struct timespec;
struct timeval;
struct timezone;
struct tms;
struct __user_cap_header_struct;
struct __user_cap_data_struct;

/* kernel/sys.c */
asmlinkage long sys_newuname(struct new_utsname __user *name);
asmlinkage long sys_sethostname(char __user *name, int len);
asmlinkage long sys_setdomainname(char __user *name, int len);
asmlinkage long sys_gethostname(char __user *name, int len);
asmlinkage long sys_setpriority(int which, int who, int niceval);
asmlinkage long sys_getpriority(int which, int who);
asmlinkage long sys_reboot(int magic1, int magic2, unsigned int cmd, void __user *arg);
asmlinkage long sys_getgroups(int gidsetsize, gid_t __user *grouplist);
asmlinkage long sys_setgroups(int gidsetsize, gid_t __user *grouplist);
asmlinkage long sys_setuid(uid_t uid);
asmlinkage long sys_setgid(gid_t gid);
asmlinkage long sys_setreuid(uid_t ruid, uid_t euid);
asmlinkage long sys_setregid(gid_t rgid, gid_t egid);
asmlinkage long sys_setresuid(uid_t ruid, uid_t euid, uid_t suid);
asmlinkage long sys_setresgid(gid_t rgid, gid_t egid, gid_t sgid);
asmlinkage long sys_getresuid(uid_t __user *ruid, uid_t __user *euid, uid_t __user *suid);
asmlinkage long sys_getresgid(gid_t __user *rgid, gid_t __user *egid, gid_t __user *sgid);
asmlinkage long sys_setfsuid(uid_t uid);
asmlinkage long sys_setfsgid(gid_t gid);
asmlinkage long sys_prctl(int option, unsigned long arg2);
asmlinkage long sys_setpgid(pid_t pid, pid_t pgid);
asmlinkage long sys_getpgid(pid_t pid);
asmlinkage long sys_getpgrp(void);
asmlinkage long sys_getsid(pid_t pid);
asmlinkage long sys_setsid(void);
asmlinkage long sys_getrlimit(unsigned int resource, struct rlimit __user *rlim);
asmlinkage long sys_setrlimit(unsigned int resource, struct rlimit __user *rlim);
asmlinkage long sys_getrusage(int who, struct rusage __user *ru);
asmlinkage long sys_times(struct tms __user *tbuf);

/* kernel/capability.c, kernel/printk.c, kernel/futex.c */
asmlinkage long sys_capget(struct __user_cap_header_struct __user *header,
			   struct __user_cap_data_struct __user *dataptr);
asmlinkage long sys_capset(struct __user_cap_header_struct __user *header,
			   struct __user_cap_data_struct __user *const dataptr);
asmlinkage long sys_syslog(int type, char __user *buf, int len);
asmlinkage long sys_futex(u32 __user *uaddr, int op, u32 val, struct timespec __user *utime,
			  u32 __user *uaddr2, u32 val3);

/* kernel/fork.c, kernel/exit.c */
asmlinkage long sys_fork(void);
asmlinkage long sys_vfork(void);
asmlinkage long sys_clone(unsigned long clone_flags);
asmlinkage long sys_exit(int error_code);
asmlinkage long sys_exit_group(int error_code);
asmlinkage long sys_wait4(pid_t pid, int __user *stat_addr, int options,
			  struct rusage __user *ru);
asmlinkage long sys_waitid(int which, pid_t pid, siginfo_t __user *infop, int options,
			   struct rusage __user *ru);

/* kernel/signal.c */
asmlinkage long sys_rt_sigaction(int sig, const struct sigaction __user *act,
				 struct sigaction __user *oact, size_t sigsetsize);
asmlinkage long sys_rt_sigprocmask(int how, sigset_t __user *set, sigset_t __user *oset,
				   size_t sigsetsize);
asmlinkage long sys_rt_sigpending(sigset_t __user *set, size_t sigsetsize);
asmlinkage long sys_rt_sigsuspend(sigset_t __user *unewset, size_t sigsetsize);
asmlinkage long sys_rt_sigtimedwait(const sigset_t __user *uthese, siginfo_t __user *uinfo,
				    const struct timespec __user *uts, size_t sigsetsize);
asmlinkage long sys_rt_sigqueueinfo(int pid, int sig, siginfo_t __user *uinfo);
asmlinkage long sys_kill(int pid, int sig);
asmlinkage long sys_tgkill(int tgid, int pid, int sig);
asmlinkage long sys_tkill(int pid, int sig);
asmlinkage long sys_pause(void);
asmlinkage long sys_restart_syscall(void);

/* kernel/itimer.c, kernel/timer.c */
asmlinkage long sys_getitimer(int which, struct itimerval __user *value);
asmlinkage long sys_setitimer(int which, struct itimerval __user *value,
			      struct itimerval __user *ovalue);
asmlinkage long sys_alarm(unsigned int seconds);
asmlinkage long sys_getpid(void);
asmlinkage long sys_gettid(void);
asmlinkage long sys_getppid(void);
asmlinkage long sys_getuid(void);
asmlinkage long sys_geteuid(void);
asmlinkage long sys_getgid(void);
asmlinkage long sys_getegid(void);
asmlinkage long sys_nanosleep(struct timespec __user *rqtp, struct timespec __user *rmtp);
asmlinkage long sys_sysinfo(struct sysinfo __user *info);

/* kernel/sched.c */
asmlinkage long sys_nice(int increment);
asmlinkage long sys_sched_setscheduler(pid_t pid, int policy, struct sched_param __user *param);
asmlinkage long sys_sched_setparam(pid_t pid, struct sched_param __user *param);
asmlinkage long sys_sched_getscheduler(pid_t pid);
asmlinkage long sys_sched_getparam(pid_t pid, struct sched_param __user *param);
asmlinkage long sys_sched_get_priority_max(int policy);
asmlinkage long sys_sched_get_priority_min(int policy);
asmlinkage long sys_sched_setaffinity(pid_t pid, unsigned int len,
				      unsigned long __user *user_mask_ptr);
asmlinkage long sys_sched_getaffinity(pid_t pid, unsigned int len,
				      unsigned long __user *user_mask_ptr);
asmlinkage long sys_sched_yield(void);

/* fs/ */
asmlinkage long sys_access(const char __user *filename, int mode);
asmlinkage long sys_chdir(const char __user *filename);
asmlinkage long sys_chmod(const char __user *filename, mode_t mode);
asmlinkage long sys_chown(const char __user *filename, uid_t user, gid_t group);
asmlinkage long sys_chroot(const char __user *filename);
asmlinkage long sys_close(unsigned int fd);
asmlinkage long sys_creat(const char __user *pathname, int mode);
asmlinkage long sys_dup(unsigned int fildes);
asmlinkage long sys_dup2(unsigned int oldfd, unsigned int newfd);
asmlinkage long sys_execve(const char __user *filename, char __user *__user *argv,
			   char __user *__user *envp);
asmlinkage long sys_fchdir(unsigned int fd);
asmlinkage long sys_fchmod(unsigned int fd, mode_t mode);
asmlinkage long sys_fchown(unsigned int fd, uid_t user, gid_t group);
asmlinkage long sys_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg);
asmlinkage long sys_flock(unsigned int fd, unsigned int cmd);
asmlinkage long sys_fstatfs(unsigned int fd, struct statfs __user *buf);
asmlinkage long sys_fsync(unsigned int fd);
asmlinkage long sys_ftruncate(unsigned int fd, long length);
asmlinkage long sys_getcwd(char __user *buf, unsigned long size);
asmlinkage long sys_getdents64(unsigned int fd, struct linux_dirent64 __user *dirent,
			       unsigned int count);
asmlinkage long sys_ioctl(unsigned int fd, unsigned int cmd, unsigned long arg);
asmlinkage long sys_lchown(const char __user *filename, uid_t user, gid_t group);
asmlinkage long sys_link(const char __user *oldname, const char __user *newname);
asmlinkage long sys_lseek(unsigned int fd, off_t offset, unsigned int origin);
asmlinkage long sys_mkdir(const char __user *pathname, int mode);
asmlinkage long sys_mknod(const char __user *filename, int mode, unsigned int dev);
asmlinkage long sys_mount(const char __user *dev_name, const char __user *dir_name,
			  const char __user *type, unsigned long flags, void __user *data);
asmlinkage long sys_newfstat(unsigned int fd, struct stat __user *statbuf);
asmlinkage long sys_newlstat(const char __user *filename, struct stat __user *statbuf);
asmlinkage long sys_newstat(const char __user *filename, struct stat __user *statbuf);
asmlinkage long sys_open(const char __user *filename, int flags, int mode);
asmlinkage long sys_pipe(int __user *fildes);
asmlinkage long sys_pivot_root(const char __user *new_root, const char __user *put_old);
asmlinkage long sys_poll(struct pollfd __user *ufds, unsigned int nfds, long timeout);
asmlinkage long sys_pread64(unsigned int fd, char __user *buf, size_t count, loff_t pos);
asmlinkage long sys_pwrite64(unsigned int fd, const char __user *buf, size_t count, loff_t pos);
asmlinkage long sys_quotactl(unsigned int cmd, const char __user *special, uid_t id,
			     void __user *addr);
asmlinkage long sys_read(unsigned int fd, char __user *buf, size_t count);
asmlinkage long sys_readlink(const char __user *path, char __user *buf, int bufsiz);
asmlinkage long sys_rename(const char __user *oldname, const char __user *newname);
asmlinkage long sys_rmdir(const char __user *pathname);
asmlinkage long sys_select(int n, fd_set __user *inp, fd_set __user *outp, fd_set __user *exp,
			   struct timeval __user *tvp);
asmlinkage long sys_statfs(const char __user *path, struct statfs __user *buf);
asmlinkage long sys_symlink(const char __user *oldname, const char __user *newname);
asmlinkage long sys_sync(void);
asmlinkage long sys_truncate(const char __user *path, long length);
asmlinkage long sys_umask(int mask);
asmlinkage long sys_umount(const char __user *name, int flags);
asmlinkage long sys_unlink(const char __user *pathname);
asmlinkage long sys_unshare(unsigned long unshare_flags);
asmlinkage long sys_write(unsigned int fd, const char __user *buf, size_t count);

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
asmlinkage long sys_shmget(key_t key, size_t size, int shmflg);
asmlinkage long sys_shmat(int shmid, char __user *shmaddr, int shmflg);
asmlinkage long sys_shmdt(char __user *shmaddr);
asmlinkage long sys_shmctl(int shmid, int cmd, void __user *buf);
asmlinkage long sys_mq_open(const char __user *u_name, int oflag, mode_t mode,
			    struct mq_attr __user *u_attr);
asmlinkage long sys_mq_unlink(const char __user *u_name);
asmlinkage long sys_mq_timedsend(mqd_t mqdes, const char __user *u_msg_ptr, size_t msg_len,
				 unsigned int msg_prio,
				 const struct timespec __user *u_abs_timeout);
asmlinkage long sys_mq_timedreceive(mqd_t mqdes, char __user *u_msg_ptr, size_t msg_len,
				    unsigned int __user *u_msg_prio,
				    const struct timespec __user *u_abs_timeout);
asmlinkage long sys_mq_notify(mqd_t mqdes, const struct sigevent __user *u_notification);
asmlinkage long sys_mq_getsetattr(mqd_t mqdes, const struct mq_attr __user *u_mqstat,
				  struct mq_attr __user *u_omqstat);

/* mm/ */
asmlinkage long sys_mmap(unsigned long addr, unsigned long len, unsigned long prot,
			 unsigned long flags, unsigned long fd, unsigned long off);
asmlinkage long sys_munmap(unsigned long addr, size_t len);
asmlinkage long sys_mprotect(unsigned long start, size_t len, unsigned long prot);
asmlinkage unsigned long sys_mremap(unsigned long addr, unsigned long old_len,
				    unsigned long new_len, unsigned long flags,
				    unsigned long new_addr);
asmlinkage long sys_brk(unsigned long brk);
asmlinkage long sys_mlock(unsigned long start, size_t len);
asmlinkage long sys_munlock(unsigned long start, size_t len);
asmlinkage long sys_mlockall(int flags);
asmlinkage long sys_munlockall(void);
asmlinkage long sys_swapon(const char __user *specialfile, int swap_flags);
asmlinkage long sys_swapoff(const char __user *specialfile);

/* net/ */
asmlinkage long sys_socket(int family, int type, int protocol);
asmlinkage long sys_socketpair(int family, int type, int protocol, int __user *usockvec);
asmlinkage long sys_bind(int fd, struct sockaddr __user *umyaddr, int addrlen);
asmlinkage long sys_listen(int fd, int backlog);
asmlinkage long sys_accept(int fd, struct sockaddr __user *upeer_sockaddr,
			   int __user *upeer_addrlen);
asmlinkage long sys_connect(int fd, struct sockaddr __user *uservaddr, int addrlen);
asmlinkage long sys_getsockname(int fd, struct sockaddr __user *usockaddr,
				int __user *usockaddr_len);
asmlinkage long sys_getpeername(int fd, struct sockaddr __user *usockaddr,
				int __user *usockaddr_len);
asmlinkage long sys_sendto(int fd, void __user *buff, size_t len, unsigned int flags,
			   struct sockaddr __user *addr, int addr_len);
asmlinkage long sys_recvfrom(int fd, void __user *ubuf, size_t size, unsigned int flags,
			     struct sockaddr __user *addr, int __user *addr_len);
asmlinkage long sys_setsockopt(int fd, int level, int optname, char __user *optval, int optlen);
asmlinkage long sys_getsockopt(int fd, int level, int optname, char __user *optval,
			       int __user *optlen);
asmlinkage long sys_shutdown(int fd, int how);
asmlinkage long sys_sendmsg(int fd, struct msghdr __user *msg, unsigned int flags);
asmlinkage long sys_recvmsg(int fd, struct msghdr __user *msg, unsigned int flags);

#endif /* _LINUX_SYSCALLS_H */
