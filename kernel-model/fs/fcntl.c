// SPDX-License-Identifier: GPL-2.0-only
/* What can be done with descriptors themselves. */
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* Takes over the reference of @file. */
static int dupfd(struct file *file, unsigned int start)
{
	struct files_struct *files = current->files;
	int fd;

	spin_lock(&files->file_lock);
	fd = locate_fd(files, start);
	spin_unlock(&files->file_lock);
	if (fd < 0)
		fput(file);
	else
		fd_install(fd, file);
	return fd;
}

asmlinkage long sys_dup(unsigned int fildes)
{
	struct file *file = fget(fildes);

	return file ? dupfd(file, 0) : -EBADF;
}

/* Puts @file at @newfd; *tofree is what was there. */
static long do_dup2(struct files_struct *files, struct file *file, unsigned int newfd,
		    struct file **tofree)
{
	struct fdtable *fdt;
	int err = expand_files(files, newfd);

	if (err < 0)
		return err == -EMFILE ? -EBADF : err;
	fdt = files_fdtable(files);
	*tofree = fdt->fd[newfd];
	/* Another thread is about to install a file there. */
	if (!*tofree && FD_ISSET(newfd, fdt->open_fds))
		return -EBUSY;
	rcu_assign_pointer(fdt->fd[newfd], file);
	FD_SET(newfd, fdt->open_fds);
	FD_CLR(newfd, fdt->close_on_exec);
	return newfd;
}

asmlinkage long sys_dup2(unsigned int oldfd, unsigned int newfd)
{
	struct files_struct *files = current->files;
	struct file *file = fget(oldfd), *tofree = NULL;
	long err;

	if (!file)
		return -EBADF;
	if (newfd == oldfd) {
		fput(file);
		return newfd;
	}
	if (newfd >= current->signal->rlim[RLIMIT_NOFILE].rlim_cur) {
		fput(file);
		return -EBADF;
	}
	spin_lock(&files->file_lock);
	err = do_dup2(files, file, newfd, &tofree);
	spin_unlock(&files->file_lock);
	if (err < 0)
		fput(file);
	else if (tofree)
		filp_close(tofree, files);
	return err;
}

#define SETFL_MASK (O_APPEND | O_NONBLOCK)

static int setfl(struct file *filp, unsigned long arg)
{
	filp->f_flags = (arg & SETFL_MASK) | (filp->f_flags & ~SETFL_MASK);
	return 0;
}

/**
 * f_setown - who gets the signals of a file
 * @arg: process, or negative process group
 * @force: even if somebody gets them already
 */
int f_setown(struct file *filp, unsigned long arg, int force)
{
	write_lock_irq(&filp->f_owner.lock);
	if (force || !filp->f_owner.pid) {
		filp->f_owner.pid = arg;
		filp->f_owner.uid = current->uid;
		filp->f_owner.euid = current->euid;
	}
	write_unlock_irq(&filp->f_owner.lock);
	return 0;
}
EXPORT_SYMBOL(f_setown);

/**
 * send_sigio - something has happened to a file that its owner wants to know
 */
void send_sigio(struct fown_struct *fown, int fd, int band)
{
	struct siginfo info;
	int sig = fown->signum ? fown->signum : SIGIO;

	if (!fown->pid)
		return;
	memset(&info, 0, sizeof(info));
	info.si_signo = sig;
	info.si_code = fown->signum ? POLL_MSG : SI_KERNEL;
	if (fown->pid > 0)
		kill_proc_info(sig, &info, fown->pid);
	else
		kill_pg_info(sig, &info, -fown->pid);
}
EXPORT_SYMBOL(send_sigio);

static long do_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg, struct file *filp)
{
	long err = -EINVAL;

	switch (cmd) {
	case F_DUPFD:
		if (arg >= current->signal->rlim[RLIMIT_NOFILE].rlim_cur)
			return -EINVAL;
		get_file(filp);
		return dupfd(filp, arg);
	case F_GETFD:
		return FD_ISSET(fd, files_fdtable(current->files)->close_on_exec) ? FD_CLOEXEC : 0;
	case F_SETFD:
		set_close_on_exec(fd, arg & FD_CLOEXEC);
		return 0;
	case F_GETFL:
		return filp->f_flags;
	case F_SETFL:
		return setfl(filp, arg);
	case F_GETLK:
		return fcntl_getlk(filp, (struct flock __user *)arg);
	case F_SETLK:
	case F_SETLKW:
		return fcntl_setlk(fd, filp, cmd, (struct flock __user *)arg);
	case F_GETOWN:
		return filp->f_owner.pid;
	case F_SETOWN:
		return f_setown(filp, arg, 1);
	case F_GETSIG:
		return filp->f_owner.signum;
	case F_SETSIG:
		if (!valid_signal(arg))
			return -EINVAL;
		filp->f_owner.signum = arg;
		return 0;
	case F_GETLEASE:
		return fcntl_getlease(filp);
	case F_SETLEASE:
		return fcntl_setlease(fd, filp, arg);
	}
	return err;
}

asmlinkage long sys_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct file *filp = fget(fd);
	long err;

	if (!filp)
		return -EBADF;
	err = do_fcntl(fd, cmd, arg, filp);
	fput(filp);
	return err;
}

asmlinkage long sys_ioctl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct file *filp = fget(fd);
	long err = -ENOTTY;

	if (!filp)
		return -EBADF;
	if (filp->f_op && filp->f_op->unlocked_ioctl) {
		err = filp->f_op->unlocked_ioctl(filp, cmd, arg);
		if (err == -ENOIOCTLCMD)
			err = -ENOTTY;
	}
	fput(filp);
	return err;
}
