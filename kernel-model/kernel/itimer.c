// SPDX-License-Identifier: GPL-2.0-only
/* The interval timer of a process that counts real time. */
#include <linux/sched.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/itimer.h>

void it_real_fn(unsigned long data)
{
	struct signal_struct *sig = (struct signal_struct *)data;

	send_group_sig_info(SIGALRM, SEND_SIG_PRIV, sig->tsk);
	if (sig->it_real_incr)
		mod_timer(&sig->real_timer, sig->real_timer.expires + sig->it_real_incr);
}

int do_getitimer(int which, struct itimerval *value)
{
	struct signal_struct *sig = current->signal;
	unsigned long left = 0;

	if (which != ITIMER_REAL)
		return -EINVAL;
	/* One that is due but has not fired is not over. */
	if (timer_pending(&sig->real_timer))
		left = max(1L, (long)(sig->real_timer.expires - jiffies));
	jiffies_to_timeval(left, &value->it_value);
	jiffies_to_timeval(sig->it_real_incr, &value->it_interval);
	return 0;
}

int do_setitimer(int which, struct itimerval *value, struct itimerval *ovalue)
{
	struct signal_struct *sig = current->signal;
	unsigned long expires;

	if (!timeval_valid(&value->it_value) || !timeval_valid(&value->it_interval))
		return -EINVAL;
	if (which != ITIMER_REAL)
		return -EINVAL;
	if (ovalue)
		do_getitimer(which, ovalue);
	del_timer_sync(&sig->real_timer);
	sig->it_real_incr = timeval_to_jiffies(&value->it_interval);
	expires = timeval_to_jiffies(&value->it_value);
	if (expires)
		mod_timer(&sig->real_timer, jiffies + expires);
	return 0;
}

asmlinkage long sys_getitimer(int which, struct itimerval __user *value)
{
	struct itimerval buffer;
	int error;

	if (!value)
		return -EFAULT;
	error = do_getitimer(which, &buffer);
	if (!error && copy_to_user(value, &buffer, sizeof(buffer)))
		error = -EFAULT;
	return error;
}

asmlinkage long sys_setitimer(int which, struct itimerval __user *value,
			      struct itimerval __user *ovalue)
{
	struct itimerval new_timer, old_timer;
	int error;

	if (!value)
		memset(&new_timer, 0, sizeof(new_timer));
	else if (copy_from_user(&new_timer, value, sizeof(new_timer)))
		return -EFAULT;
	error = do_setitimer(which, &new_timer, ovalue ? &old_timer : NULL);
	if (!error && ovalue && copy_to_user(ovalue, &old_timer, sizeof(old_timer)))
		error = -EFAULT;
	return error;
}

/* In whole seconds, and never 0 while there is time left. */
asmlinkage long sys_alarm(unsigned int seconds)
{
	struct itimerval new_timer = { .it_value.tv_sec = seconds }, old_timer;

	do_setitimer(ITIMER_REAL, &new_timer, &old_timer);
	if ((!old_timer.it_value.tv_sec && old_timer.it_value.tv_usec) ||
	    old_timer.it_value.tv_usec >= USEC_PER_SEC / 2)
		old_timer.it_value.tv_sec++;
	return old_timer.it_value.tv_sec;
}
