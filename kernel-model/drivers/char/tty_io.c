// SPDX-License-Identifier: GPL-2.0-only
/* Terminals: open, read, write, and who is controlled by them. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/uaccess.h>

DEFINE_IDR(allocated_ptys);
DEFINE_MUTEX(tty_mutex);	/* allocated_ptys, opens and controlling terminals */

static struct tty_struct *file_tty(const struct file *file)
{
	return file->private_data;
}

int tty_devnum(const struct tty_struct *tty)
{
	return new_encode_dev(MKDEV(UNIX98_PTY_SLAVE_MAJOR, tty->index));
}

/* Tasks of a session forget their terminal; its leader hears of it, if asked. */
static void session_clear_tty(pid_t session, struct tty_struct *tty, int tell_leader)
{
	struct task_struct *p;

	read_lock(&tasklist_lock);
	do_each_task_pid(session, PIDTYPE_SID, p) {
		if (p->signal->tty != tty)
			continue;
		p->signal->tty = NULL;
		if (!p->signal->leader || !tell_leader)
			continue;
		group_send_sig_info(SIGHUP, SEND_SIG_PRIV, p);
		group_send_sig_info(SIGCONT, SEND_SIG_PRIV, p);
		if (tty->pgrp > 0)
			p->signal->tty_old_pgrp = tty->pgrp;
	} while_each_task_pid(session, PIDTYPE_SID, p);
	read_unlock(&tasklist_lock);
}

/**
 * tty_vhangup - nobody can use the slave any more who has it open
 *
 * With tty_mutex held.
 */
void tty_vhangup(struct tty_struct *tty)
{
	set_bit(TTY_HUPPED, &tty->flags);
	if (tty->session > 0)
		session_clear_tty(tty->session, tty, 1);
	tty->session = 0;
	tty->pgrp = -1;
	tty->used = 0;
	tty->lines = 0;
	wake_up_interruptible_all(&tty->read_wait);
	wake_up_interruptible_all(&tty->write_wait);
}

/**
 * disassociate_ctty - the leader of a session leaves its terminal
 * @on_exit: because it ends
 *
 * The foreground hears of it, too.
 */
void disassociate_ctty(int on_exit)
{
	struct tty_struct *tty;
	pid_t pgrp;

	mutex_lock(&tty_mutex);
	tty = current->signal->tty;
	if (!tty) {
		if (current->signal->tty_old_pgrp) {
			kill_pg(current->signal->tty_old_pgrp, SIGHUP, on_exit);
			kill_pg(current->signal->tty_old_pgrp, SIGCONT, on_exit);
		}
		mutex_unlock(&tty_mutex);
		return;
	}
	pgrp = tty->pgrp;
	if (on_exit)
		tty_vhangup(tty);
	if (pgrp > 0) {
		kill_pg(pgrp, SIGHUP, on_exit);
		if (!on_exit)
			kill_pg(pgrp, SIGCONT, on_exit);
	}
	tty->session = 0;
	tty->pgrp = -1;
	current->signal->tty_old_pgrp = 0;
	session_clear_tty(current->signal->session, tty, 0);
	mutex_unlock(&tty_mutex);
}

static void set_ctty(struct tty_struct *tty)
{
	current->signal->tty = tty;
	current->signal->tty_old_pgrp = 0;
	tty->session = current->signal->session;
	tty->pgrp = process_group(current);
}

/* Somebody in the background touches the terminal. */
static int job_control(struct tty_struct *tty, int sig)
{
	if (current->signal->tty != tty || tty->pgrp <= 0 || process_group(current) == tty->pgrp)
		return 0;
	if (sigismember(&current->blocked, sig) ||
	    current->sighand->action[sig - 1].sa.sa_handler == SIG_IGN)
		return sig == SIGTTIN ? -EIO : 0;
	if (is_orphaned_pgrp(process_group(current)))
		return -EIO;
	kill_pg(process_group(current), sig, 1);
	return -ERESTARTSYS;
}

/* 1: look for data, 0: end of file, or an error. */
static int read_state(const struct tty_struct *tty)
{
	if (test_bit(TTY_HUPPED, &tty->flags))
		return 0;
	if (!n_tty_input_available(tty) && test_bit(TTY_OTHER_CLOSED, &tty->flags))
		return -EIO;
	return 1;
}

static int wait_for_input(struct file *file, struct tty_struct *tty)
{
	DEFINE_WAIT(wait);
	int state;

	for (;;) {
		prepare_to_wait(&tty->read_wait, &wait, TASK_INTERRUPTIBLE);
		state = read_state(tty);
		if (state <= 0 || n_tty_input_available(tty))
			break;
		state = -EAGAIN;
		if (file->f_flags & O_NONBLOCK)
			break;
		state = -ERESTARTSYS;
		if (signal_pending(current))
			break;
		schedule();
	}
	finish_wait(&tty->read_wait, &wait);
	return state;
}

static ssize_t tty_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct tty_struct *tty = file_tty(file);
	unsigned char *page;
	int state, n;

	if (!tty->master) {
		state = test_bit(TTY_HUPPED, &tty->flags) ? 0 : job_control(tty, SIGTTIN);
		if (state)
			return state;
	}
	state = wait_for_input(file, tty);
	if (state <= 0)
		return state;
	page = kmalloc(PAGE_SIZE, GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	n = n_tty_take(tty, page, min_t(size_t, count, PAGE_SIZE));
	if (copy_to_user(buf, page, n))
		n = -EFAULT;
	kfree(page);
	wake_up_interruptible(&tty->link->write_wait);
	return n;
}

/* All of @page from a slave, as the master makes room for it. */
static ssize_t slave_write(struct file *file, struct tty_struct *tty, const unsigned char *page,
			   int count)
{
	DEFINE_WAIT(wait);
	int done = 0, err = 0;

	for (;;) {
		prepare_to_wait(&tty->write_wait, &wait, TASK_INTERRUPTIBLE);
		err = -EIO;
		if (test_bit(TTY_HUPPED, &tty->flags) || test_bit(TTY_OTHER_CLOSED, &tty->flags))
			break;
		done += n_tty_output(tty, page + done, count - done);
		err = 0;
		if (done == count)
			break;
		err = -EAGAIN;
		if (file->f_flags & O_NONBLOCK)
			break;
		err = -ERESTARTSYS;
		if (signal_pending(current))
			break;
		schedule();
	}
	finish_wait(&tty->write_wait, &wait);
	return done ? done : err;
}

static ssize_t tty_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	struct tty_struct *tty = file_tty(file);
	unsigned char *page;
	ssize_t ret = 0;

	if (test_bit(TTY_HUPPED, &tty->flags))
		return -EIO;
	if (!tty->master && (tty->termios.c_lflag & TOSTOP))
		ret = job_control(tty, SIGTTOU);
	if (ret)
		return ret;
	page = kmalloc(PAGE_SIZE, GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	count = min_t(size_t, count, PAGE_SIZE);
	ret = -EFAULT;
	if (copy_from_user(page, buf, count))
		goto out;
	ret = count;
	if (tty->master)
		n_tty_receive(tty->link, page, count);
	else
		ret = slave_write(file, tty, page, count);
out:
	kfree(page);
	return ret;
}

static unsigned int tty_poll(struct file *file, poll_table *wait)
{
	struct tty_struct *tty = file_tty(file);
	unsigned int mask = 0;

	if (test_bit(TTY_HUPPED, &tty->flags))
		return POLLIN | POLLOUT | POLLERR | POLLHUP | POLLRDNORM | POLLWRNORM;
	poll_wait(file, &tty->read_wait, wait);
	poll_wait(file, &tty->write_wait, wait);
	if (n_tty_input_available(tty))
		mask |= POLLIN | POLLRDNORM;
	if (test_bit(TTY_OTHER_CLOSED, &tty->flags))
		mask |= POLLHUP;
	if (tty->link->used + 2 <= TTY_BUF_SIZE)
		mask |= POLLOUT | POLLWRNORM;
	return mask;
}

/* TIOCSCTTY; @steal: also from another session, with the right to. */
static int tiocsctty(struct tty_struct *tty, int steal)
{
	if (current->signal->leader && current->signal->session == tty->session)
		return 0;
	if (!current->signal->leader || current->signal->tty)
		return -EPERM;
	if (tty->session > 0) {
		if (steal != 1 || !capable(CAP_SYS_ADMIN))
			return -EPERM;
		session_clear_tty(tty->session, tty, 0);
	}
	set_ctty(tty);
	return 0;
}

static int tiocspgrp(struct tty_struct *tty, int __user *p)
{
	struct task_struct *task;
	int pgrp, ret = -ESRCH;

	ret = job_control(tty, SIGTTOU);
	if (ret)
		return ret;
	if (!current->signal->tty || current->signal->tty != tty ||
	    tty->session != current->signal->session)
		return -ENOTTY;
	if (get_user(pgrp, p))
		return -EFAULT;
	if (pgrp < 0)
		return -EINVAL;
	ret = -ESRCH;
	read_lock(&tasklist_lock);
	do_each_task_pid(pgrp, PIDTYPE_PGID, task) {
		ret = task->signal->session == current->signal->session ? 0 : -EPERM;
		break;
	} while_each_task_pid(pgrp, PIDTYPE_PGID, task);
	read_unlock(&tasklist_lock);
	if (!ret)
		tty->pgrp = pgrp;
	return ret;
}

/* Asked through the master, it is about the slave, whosever terminal that is. */
static int tty_number(struct file *file, struct tty_struct *slave, unsigned int cmd,
		      int __user *p)
{
	if (!file_tty(file)->master && current->signal->tty != slave)
		return -ENOTTY;
	if (cmd == TIOCGSID && slave->session <= 0)
		return -ENOTTY;
	if (cmd == TIOCGPGRP)
		return put_user(max(slave->pgrp, 0), p);
	return put_user(slave->session, p);
}

static int set_winsize(struct tty_struct *slave, struct winsize __user *p)
{
	struct winsize size;

	if (copy_from_user(&size, p, sizeof(size)))
		return -EFAULT;
	if (!memcmp(&size, &slave->winsize, sizeof(size)))
		return 0;
	slave->winsize = size;
	if (slave->pgrp > 0)
		kill_pg(slave->pgrp, SIGWINCH, 1);
	return 0;
}

static int master_ioctl(struct tty_struct *tty, unsigned int cmd, int __user *p)
{
	int lock;

	if (cmd == TIOCGPTN)
		return put_user(tty->index, p);
	if (get_user(lock, p))
		return -EFAULT;
	if (lock)
		set_bit(TTY_PTY_LOCK, &tty->link->flags);
	else
		clear_bit(TTY_PTY_LOCK, &tty->link->flags);
	return 0;
}

static long do_tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct tty_struct *tty = file_tty(file), *slave = tty->master ? tty->link : tty;
	void __user *p = (void __user *)arg;

	switch (cmd) {
	case TIOCSCTTY:
		return tiocsctty(slave, arg);
	case TIOCGPGRP:
	case TIOCGSID:
		return tty_number(file, slave, cmd, p);
	case TIOCSPGRP:
		return tiocspgrp(slave, p);
	case FIONREAD:
		return put_user((int)(n_tty_input_available(tty) ? tty->used : 0),
				(int __user *)p);
	case TCGETS:
		return copy_to_user(p, &slave->termios, sizeof(slave->termios)) ? -EFAULT : 0;
	case TCSETS:
		return copy_from_user(&slave->termios, p, sizeof(slave->termios)) ? -EFAULT : 0;
	case TIOCGWINSZ:
		return copy_to_user(p, &slave->winsize, sizeof(slave->winsize)) ? -EFAULT : 0;
	case TIOCSWINSZ:
		return set_winsize(slave, p);
	case TIOCGPTN:
	case TIOCSPTLCK:
		return tty->master ? master_ioctl(tty, cmd, p) : -ENOTTY;
	}
	return -ENOTTY;
}

static long tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct tty_struct *tty = file_tty(file);
	long ret;

	if (test_bit(TTY_HUPPED, &tty->flags))
		return cmd == TIOCSPGRP ? -ENOTTY : -EIO;
	if (cmd == TIOCNOTTY) {
		if (current->signal->tty != tty)
			return -ENOTTY;
		if (current->signal->leader)
			disassociate_ctty(0);
		else
			current->signal->tty = NULL;
		return 0;
	}
	mutex_lock(&tty_mutex);
	ret = do_tty_ioctl(file, cmd, arg);
	mutex_unlock(&tty_mutex);
	return ret;
}

static struct tty_struct *tty_of(struct inode *inode)
{
	struct tty_struct *tty;

	if (inode->i_rdev == MKDEV(TTYAUX_MAJOR, 0))
		return current->signal->tty ? current->signal->tty : ERR_PTR(-ENXIO);
	tty = devpts_get_tty(MINOR(inode->i_rdev));
	return tty ? tty : ERR_PTR(-EIO);
}

static int open_slave(struct inode *inode, struct file *filp)
{
	struct tty_struct *tty = tty_of(inode);

	if (IS_ERR(tty))
		return PTR_ERR(tty);
	if (test_bit(TTY_PTY_LOCK, &tty->flags) || test_bit(TTY_OTHER_CLOSED, &tty->flags))
		return -EIO;
	/* Hung up was what others had open. */
	if (!tty->count)
		clear_bit(TTY_HUPPED, &tty->flags);
	tty->count++;
	clear_bit(TTY_OTHER_CLOSED, &tty->link->flags);
	filp->private_data = tty;
	if (!(filp->f_flags & O_NOCTTY) && current->signal->leader && !current->signal->tty &&
	    tty->session <= 0 && (filp->f_mode & FMODE_READ))
		set_ctty(tty);
	return 0;
}

static int tty_open(struct inode *inode, struct file *filp)
{
	int ret;

	mutex_lock(&tty_mutex);
	if (inode->i_rdev == MKDEV(TTYAUX_MAJOR, 2))
		ret = ptmx_open(filp);
	else if (inode->i_rdev == MKDEV(TTYAUX_MAJOR, 1))
		ret = -ENODEV;
	else
		ret = open_slave(inode, filp);
	mutex_unlock(&tty_mutex);
	return ret ? ret : nonseekable_open(inode, filp);
}

static int tty_release(struct inode *inode, struct file *filp)
{
	struct tty_struct *tty = file_tty(filp);

	mutex_lock(&tty_mutex);
	if (!--tty->count) {
		set_bit(TTY_OTHER_CLOSED, &tty->link->flags);
		wake_up_interruptible_all(&tty->link->read_wait);
		wake_up_interruptible_all(&tty->link->write_wait);
		if (tty->master) {
			tty_vhangup(tty->link);
			devpts_pty_kill(tty->index);
		}
		if (!tty->link->count)
			pty_free(tty);
	}
	mutex_unlock(&tty_mutex);
	return 0;
}

static const struct file_operations tty_fops = {
	.llseek = no_llseek,
	.read = tty_read,
	.write = tty_write,
	.poll = tty_poll,
	.unlocked_ioctl = tty_ioctl,
	.open = tty_open,
	.release = tty_release,
};

static int __init tty_init(void)
{
	int err = register_chrdev(TTYAUX_MAJOR, "tty", &tty_fops);

	return err ? err : register_chrdev(UNIX98_PTY_SLAVE_MAJOR, "pts", &tty_fops);
}
device_initcall(tty_init);
