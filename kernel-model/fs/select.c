// SPDX-License-Identifier: GPL-2.0-only
/* Waiting for any of several files. */
#include <linux/fs.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/**
 * struct poll_entry - one queue that a poller waits on
 */
struct poll_entry {
	struct poll_entry *next;
	struct file *filp;
	wait_queue_t wait;
	wait_queue_head_t *wait_address;
};

/**
 * struct poll_wqueues - all of them
 * @error: memory ran out
 */
struct poll_wqueues {
	poll_table pt;
	struct poll_entry *entries;
	int error;
};

static void __pollwait(struct file *filp, wait_queue_head_t *q, poll_table *p)
{
	struct poll_wqueues *pwq = container_of(p, struct poll_wqueues, pt);
	struct poll_entry *entry = kmalloc(sizeof(*entry), GFP_KERNEL);

	if (!entry) {
		pwq->error = -ENOMEM;
		return;
	}
	get_file(filp);
	entry->filp = filp;
	entry->wait_address = q;
	init_waitqueue_entry(&entry->wait, current);
	add_wait_queue(q, &entry->wait);
	entry->next = pwq->entries;
	pwq->entries = entry;
}

static void poll_initwait(struct poll_wqueues *pwq)
{
	pwq->pt.qproc = __pollwait;
	pwq->entries = NULL;
	pwq->error = 0;
}

static void poll_freewait(struct poll_wqueues *pwq)
{
	while (pwq->entries) {
		struct poll_entry *entry = pwq->entries;

		pwq->entries = entry->next;
		remove_wait_queue(entry->wait_address, &entry->wait);
		fput(entry->filp);
		kfree(entry);
	}
}

/* POLL* of a descriptor, and how it will be woken; -1 for one that is not open. */
static int poll_one(unsigned int fd, poll_table *pt)
{
	struct file *file = fget(fd);
	int mask = DEFAULT_POLLMASK;

	if (!file)
		return -1;
	if (file->f_op && file->f_op->poll)
		mask = file->f_op->poll(file, pt);
	fput(file);
	return mask;
}

/**
 * poll_loop - look, sleep, look again
 * @scan: counts what is ready; sleeps in between register by its poll table
 * @timeout: in jiffies
 */
static int poll_loop(int (*scan)(void *what, poll_table *pt), void *what, long timeout)
{
	struct poll_wqueues table;
	poll_table *pt = &table.pt;
	int count;

	poll_initwait(&table);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		count = scan(what, pt);
		if (count || !timeout || signal_pending(current))
			break;
		count = table.error;
		if (count)
			break;
		timeout = schedule_timeout(timeout);
		/* Queued once is enough. */
		table.pt.qproc = NULL;
	}
	__set_current_state(TASK_RUNNING);
	poll_freewait(&table);
	return count;
}

struct poll_args {
	struct pollfd *fds;
	unsigned int nfds;
};

static int scan_pollfds(void *what, poll_table *pt)
{
	struct poll_args *args = what;
	unsigned int i;
	int count = 0;

	for (i = 0; i < args->nfds; i++) {
		struct pollfd *p = &args->fds[i];
		int mask;

		p->revents = 0;
		if (p->fd < 0)
			continue;
		mask = poll_one(p->fd, pt);
		p->revents = mask < 0 ? POLLNVAL : mask & (p->events | POLLERR | POLLHUP);
		if (p->revents)
			count++;
	}
	return count;
}

/* Rounded up, and one tick more: the current one has begun already. */
static long msecs_to_timeout(long ms)
{
	if (ms < 0)
		return MAX_SCHEDULE_TIMEOUT;
	return ms ? (long)msecs_to_jiffies(ms) : 0;
}

asmlinkage long sys_poll(struct pollfd __user *ufds, unsigned int nfds, long timeout)
{
	struct poll_args args = { .nfds = nfds };
	unsigned int i;
	int fdcount;

	if (nfds > current->signal->rlim[RLIMIT_NOFILE].rlim_cur)
		return -EINVAL;
	args.fds = kcalloc(max(nfds, 1U), sizeof(*args.fds), GFP_KERNEL);
	if (!args.fds)
		return -ENOMEM;
	fdcount = -EFAULT;
	if (copy_from_user(args.fds, ufds, nfds * sizeof(*ufds)))
		goto out;
	fdcount = poll_loop(scan_pollfds, &args, msecs_to_timeout((int)timeout));
	if (!fdcount && signal_pending(current))
		fdcount = -EINTR;
	for (i = 0; i < nfds; i++)
		if (put_user(args.fds[i].revents, &ufds[i].revents))
			fdcount = -EFAULT;
out:
	kfree(args.fds);
	return fdcount;
}

#define POLLIN_SET	(POLLRDNORM | POLLRDBAND | POLLIN | POLLHUP | POLLERR)
#define POLLOUT_SET	(POLLWRBAND | POLLWRNORM | POLLOUT | POLLERR)
#define POLLEX_SET	POLLPRI

/* Readable, writable, exceptional: what was asked, and what is so. */
struct select_args {
	int n;
	fd_set in[3];
	fd_set out[3];
	int bad;
};

static int scan_sets(void *what, poll_table *pt)
{
	static const int masks[] = { POLLIN_SET, POLLOUT_SET, POLLEX_SET };
	struct select_args *args = what;
	int fd, set, count = 0;

	memset(args->out, 0, sizeof(args->out));
	for (fd = 0; fd < args->n; fd++) {
		int mask;

		if (!FD_ISSET(fd, &args->in[0]) && !FD_ISSET(fd, &args->in[1]) &&
		    !FD_ISSET(fd, &args->in[2]))
			continue;
		mask = poll_one(fd, pt);
		if (mask < 0) {
			args->bad = 1;
			return 1;
		}
		for (set = 0; set < 3; set++) {
			if (!FD_ISSET(fd, &args->in[set]) || !(mask & masks[set]))
				continue;
			FD_SET(fd, &args->out[set]);
			count++;
		}
	}
	return count;
}

static long select_timeout(struct timeval __user *tvp, long *timeout)
{
	struct timeval tv;

	*timeout = MAX_SCHEDULE_TIMEOUT;
	if (!tvp)
		return 0;
	if (copy_from_user(&tv, tvp, sizeof(tv)))
		return -EFAULT;
	if (tv.tv_sec < 0 || tv.tv_usec < 0)
		return -EINVAL;
	*timeout = timeval_to_jiffies(&tv);
	return 0;
}

/* What is left of the time goes back to user mode. */
static void put_rest(struct timeval __user *tvp, unsigned long end)
{
	struct timeval tv;

	jiffies_to_timeval(time_after(end, jiffies) ? end - jiffies : 0, &tv);
	if (copy_to_user(tvp, &tv, sizeof(tv)))
		return;		/* it was readable; then so be it */
}

static long do_select(struct select_args *args, int n, fd_set __user **sets, long timeout)
{
	size_t bytes = DIV_ROUND_UP(n, BITS_PER_LONG) * sizeof(long);
	long ret;
	int i;

	args->n = n;
	args->bad = 0;
	memset(args->in, 0, sizeof(args->in));
	for (i = 0; i < 3; i++)
		if (sets[i] && copy_from_user(&args->in[i], sets[i], bytes))
			return -EFAULT;
	ret = poll_loop(scan_sets, args, timeout);
	if (args->bad)
		return -EBADF;
	if (ret < 0)
		return ret;
	if (!ret && signal_pending(current))
		return -ERESTARTNOHAND;
	for (i = 0; i < 3; i++)
		if (sets[i] && copy_to_user(sets[i], &args->out[i], bytes))
			return -EFAULT;
	return ret;
}

asmlinkage long sys_select(int n, fd_set __user *inp, fd_set __user *outp, fd_set __user *exp,
			   struct timeval __user *tvp)
{
	fd_set __user *sets[] = { inp, outp, exp };
	struct select_args *args;
	unsigned long end;
	long timeout, ret = select_timeout(tvp, &timeout);

	if (ret)
		return ret;
	if (n < 0)
		return -EINVAL;
	n = min(n, __FD_SETSIZE);
	end = jiffies + timeout;
	args = kmalloc(sizeof(*args), GFP_KERNEL);
	if (!args)
		return -ENOMEM;
	ret = do_select(args, n, sets, timeout);
	kfree(args);
	if (tvp)
		put_rest(tvp, end);
	return ret;
}
