// SPDX-License-Identifier: GPL-2.0-only
/*
 * Advisory locks on files: flock(), POSIX locks on ranges, and leases.  All of
 * a file are in one list, leases first, then flocks, then the ranges of each
 * owner in order.
 */
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define IS_POSIX(fl)	((fl)->fl_flags & FL_POSIX)
#define IS_FLOCK(fl)	((fl)->fl_flags & FL_FLOCK)
#define IS_LEASE(fl)	((fl)->fl_flags & FL_LEASE)

#define for_each_lock(inode, lockp) \
	for (lockp = &(inode)->i_flock; *lockp; lockp = &(*lockp)->fl_next)

int leases_enable = 1;
int lease_break_time = 45;

LIST_HEAD(file_lock_list);
static LIST_HEAD(blocked_list);

static struct kmem_cache *filelock_cache;

void locks_init_lock(struct file_lock *fl)
{
	memset(fl, 0, sizeof(*fl));
	INIT_LIST_HEAD(&fl->fl_link);
	INIT_LIST_HEAD(&fl->fl_block);
	init_waitqueue_head(&fl->fl_wait);
}
EXPORT_SYMBOL(locks_init_lock);

struct file_lock *locks_alloc_lock(void)
{
	struct file_lock *fl = kmem_cache_alloc(filelock_cache, GFP_KERNEL);

	if (fl)
		locks_init_lock(fl);
	return fl;
}

static void locks_free_lock(struct file_lock *fl)
{
	BUG_ON(!list_empty(&fl->fl_block));
	BUG_ON(!list_empty(&fl->fl_link));
	kmem_cache_free(filelock_cache, fl);
}

/* What a lock says, without its place in lists. */
void locks_copy_lock(struct file_lock *new, struct file_lock *fl)
{
	new->fl_owner = fl->fl_owner;
	new->fl_pid = fl->fl_pid;
	new->fl_file = fl->fl_file;
	new->fl_flags = fl->fl_flags;
	new->fl_type = fl->fl_type;
	new->fl_start = fl->fl_start;
	new->fl_end = fl->fl_end;
	new->fl_break_time = fl->fl_break_time;
	new->fl_lmops = fl->fl_lmops;
}
EXPORT_SYMBOL(locks_copy_lock);

static int locks_overlap(const struct file_lock *a, const struct file_lock *b)
{
	return a->fl_end >= b->fl_start && b->fl_end >= a->fl_start;
}

static int posix_same_owner(const struct file_lock *a, const struct file_lock *b)
{
	return a->fl_owner == b->fl_owner;
}

static int locks_conflict(const struct file_lock *caller, const struct file_lock *sys)
{
	return sys->fl_type == F_WRLCK || caller->fl_type == F_WRLCK;
}

static int posix_locks_conflict(const struct file_lock *caller, const struct file_lock *sys)
{
	return IS_POSIX(sys) && !posix_same_owner(caller, sys) && locks_overlap(caller, sys) &&
	       locks_conflict(caller, sys);
}

static int flock_locks_conflict(const struct file_lock *caller, const struct file_lock *sys)
{
	return IS_FLOCK(sys) && caller->fl_file != sys->fl_file && locks_conflict(caller, sys);
}

/* Queues a waiter behind a lock. */
static void locks_insert_block(struct file_lock *blocker, struct file_lock *waiter)
{
	BUG_ON(!list_empty(&waiter->fl_block));
	list_add_tail(&waiter->fl_block, &blocker->fl_block);
	waiter->fl_next = blocker;
	if (IS_POSIX(blocker))
		list_add(&waiter->fl_link, &blocked_list);
}

static void locks_delete_block(struct file_lock *waiter)
{
	list_del_init(&waiter->fl_block);
	list_del_init(&waiter->fl_link);
	waiter->fl_next = NULL;
}

static void locks_wake_up_blocks(struct file_lock *blocker)
{
	while (!list_empty(&blocker->fl_block)) {
		struct file_lock *waiter = list_first_entry(&blocker->fl_block, struct file_lock,
							    fl_block);

		locks_delete_block(waiter);
		wake_up(&waiter->fl_wait);
	}
}

static void locks_insert_lock(struct file_lock **pos, struct file_lock *fl)
{
	list_add(&fl->fl_link, &file_lock_list);
	fl->fl_next = *pos;
	*pos = fl;
}

static void locks_delete_lock(struct file_lock **thisfl_p)
{
	struct file_lock *fl = *thisfl_p;

	*thisfl_p = fl->fl_next;
	fl->fl_next = NULL;
	list_del_init(&fl->fl_link);
	locks_wake_up_blocks(fl);
	locks_free_lock(fl);
}

/* Would a task wait for itself?  Follows who waits for whom. */
static int posix_locks_deadlock(struct file_lock *caller, struct file_lock *block)
{
	struct file_lock *fl;

again:
	if (posix_same_owner(caller, block))
		return 1;
	list_for_each_entry(fl, &blocked_list, fl_link) {
		if (!posix_same_owner(fl, block))
			continue;
		block = fl->fl_next;
		goto again;
	}
	return 0;
}

/* Sleeps behind a lock until it is gone or a signal comes. */
static int locks_block_on(struct file_lock *fl)
{
	int error = 0;
	DEFINE_WAIT(wait);

	for (;;) {
		prepare_to_wait(&fl->fl_wait, &wait, TASK_INTERRUPTIBLE);
		if (!fl->fl_next)
			break;
		error = -ERESTARTSYS;
		if (signal_pending(current))
			break;
		schedule();
		error = 0;
	}
	finish_wait(&fl->fl_wait, &wait);
	locks_delete_block(fl);
	return error;
}

/**
 * flock_lock_file - set, change or remove the flock of an open file
 * @request: is put in a queue when it has to wait
 *
 * Returns -EAGAIN when there is a conflict.
 */
static int flock_lock_file(struct file *filp, struct file_lock *request)
{
	struct inode *inode = filp->f_dentry->d_inode;
	struct file_lock **before, *fl, *new_fl;
	int error = 0;

	for_each_lock(inode, before) {
		fl = *before;
		if (!IS_FLOCK(fl) || fl->fl_file != filp)
			continue;
		if (fl->fl_type == request->fl_type)
			return 0;
		/* What it was is given up before what it will be is taken. */
		locks_delete_lock(before);
		break;
	}
	if (request->fl_type == F_UNLCK)
		return 0;
	for (fl = inode->i_flock; fl; fl = fl->fl_next) {
		if (!flock_locks_conflict(request, fl))
			continue;
		if (request->fl_flags & FL_SLEEP)
			locks_insert_block(fl, request);
		return -EAGAIN;
	}
	new_fl = locks_alloc_lock();
	if (!new_fl)
		goto out;
	locks_copy_lock(new_fl, request);
	locks_insert_lock(&inode->i_flock, new_fl);
out:
	return error;
}

int flock_lock_file_wait(struct file *filp, struct file_lock *fl)
{
	int error;

	for (;;) {
		error = flock_lock_file(filp, fl);
		if (error != -EAGAIN || !(fl->fl_flags & FL_SLEEP))
			return error;
		error = locks_block_on(fl);
		if (error)
			return error;
	}
}
EXPORT_SYMBOL(flock_lock_file_wait);

static int flock_type(unsigned int cmd)
{
	switch (cmd) {
	case LOCK_SH:
		return F_RDLCK;
	case LOCK_EX:
		return F_WRLCK;
	case LOCK_UN:
		return F_UNLCK;
	}
	return -EINVAL;
}

asmlinkage long sys_flock(unsigned int fd, unsigned int cmd)
{
	struct file *filp = fget(fd);
	int type = flock_type(cmd & ~LOCK_NB), error = -EBADF;
	struct file_lock lock;

	if (!filp)
		return -EBADF;
	if (type != F_UNLCK && !(filp->f_mode & (FMODE_READ | FMODE_WRITE)))
		goto out;
	error = type;
	if (type < 0)
		goto out;
	locks_init_lock(&lock);
	lock.fl_file = filp;
	lock.fl_pid = current->tgid;
	lock.fl_flags = FL_FLOCK | (cmd & LOCK_NB ? 0 : FL_SLEEP);
	lock.fl_type = type;
	lock.fl_end = OFFSET_MAX;
	error = flock_lock_file_wait(filp, &lock);
out:
	fput(filp);
	return error;
}

/**
 * posix_test_lock - the lock that is in the way of another, or NULL
 */
struct file_lock *posix_test_lock(struct file *filp, struct file_lock *fl)
{
	struct file_lock *cfl = filp->f_dentry->d_inode->i_flock;

	while (cfl && !posix_locks_conflict(fl, cfl))
		cfl = cfl->fl_next;
	return cfl;
}
EXPORT_SYMBOL(posix_test_lock);

static int own_posix(const struct file_lock *fl, const struct file_lock *request)
{
	return IS_POSIX(fl) && posix_same_owner(fl, request);
}

/* The request swallows own locks of its type that it overlaps or touches. */
static void posix_merge(struct inode *inode, struct file_lock *request)
{
	struct file_lock **before = &inode->i_flock;

	while (*before) {
		struct file_lock *fl = *before;

		if (!own_posix(fl, request) || fl->fl_type != request->fl_type ||
		    (fl->fl_end != OFFSET_MAX && fl->fl_end + 1 < request->fl_start) ||
		    (request->fl_end != OFFSET_MAX && request->fl_end + 1 < fl->fl_start)) {
			before = &fl->fl_next;
			continue;
		}
		request->fl_start = min(request->fl_start, fl->fl_start);
		request->fl_end = max(request->fl_end, fl->fl_end);
		locks_delete_lock(before);
	}
}

/* Takes the range of the request out of own locks; may need *spare for a second half. */
static void posix_cut(struct inode *inode, struct file_lock *request, struct file_lock **spare)
{
	struct file_lock **before = &inode->i_flock;

	while (*before) {
		struct file_lock *fl = *before, *right;
		int left = fl->fl_start < request->fl_start;

		if (!own_posix(fl, request) || !locks_overlap(fl, request)) {
			before = &fl->fl_next;
			continue;
		}
		if (!left && fl->fl_end <= request->fl_end) {
			locks_delete_lock(before);
			continue;
		}
		if (left && fl->fl_end > request->fl_end) {
			right = *spare;
			*spare = NULL;
			locks_copy_lock(right, fl);
			right->fl_start = request->fl_end + 1;
			locks_insert_lock(&fl->fl_next, right);
		}
		if (left)
			fl->fl_end = request->fl_start - 1;
		else
			fl->fl_start = request->fl_end + 1;
		locks_wake_up_blocks(fl);
		before = &fl->fl_next;
	}
}

/* Behind the own locks that begin before it. */
static void posix_insert(struct inode *inode, struct file_lock *fl)
{
	struct file_lock **pos = &inode->i_flock, **p;

	for_each_lock(inode, p)
		if (!own_posix(*p, fl) || (*p)->fl_start < fl->fl_start)
			pos = &(*p)->fl_next;
		else
			break;
	locks_insert_lock(pos, fl);
}

static int posix_conflict(struct file *filp, struct file_lock *request)
{
	struct file_lock *fl = posix_test_lock(filp, request);

	if (!fl)
		return 0;
	if (!(request->fl_flags & FL_SLEEP))
		return -EAGAIN;
	if (posix_locks_deadlock(request, fl))
		return -EDEADLK;
	locks_insert_block(fl, request);
	return -EAGAIN;
}

/**
 * posix_lock_file - set, change or remove the lock of an owner on a range
 * @fl: the request; its range may grow
 *
 * Returns -EAGAIN when there is a conflict, -EDEADLK when waiting would never
 * end, -ENOLCK without memory.
 */
int posix_lock_file(struct file *filp, struct file_lock *fl)
{
	struct inode *inode = filp->f_dentry->d_inode;
	struct file_lock *new_fl = NULL, *spare = NULL;
	int whole = fl->fl_type == F_UNLCK && !fl->fl_start && fl->fl_end == OFFSET_MAX;
	int error = 0;

	/* All that may be needed, before anything changes. */
	if (!whole) {
		new_fl = locks_alloc_lock();
		spare = locks_alloc_lock();
		error = -ENOLCK;
		if (!new_fl || !spare)
			goto out;
		error = 0;
	}
	if (fl->fl_type != F_UNLCK)
		error = posix_conflict(filp, fl);
	if (error)
		goto out;
	if (fl->fl_type != F_UNLCK)
		posix_merge(inode, fl);
	posix_cut(inode, fl, &spare);
	if (fl->fl_type != F_UNLCK) {
		locks_copy_lock(new_fl, fl);
		posix_insert(inode, new_fl);
		new_fl = NULL;
	}
out:
	if (new_fl)
		locks_free_lock(new_fl);
	if (spare)
		locks_free_lock(spare);
	return error;
}
EXPORT_SYMBOL(posix_lock_file);

/* From what user mode says to where a range begins and ends, both included. */
static int flock_to_posix_lock(struct file *filp, struct file_lock *fl, const struct flock *l)
{
	loff_t start, end;

	switch (l->l_whence) {
	case 0:
		start = 0;
		break;
	case 1:
		start = filp->f_pos;
		break;
	case 2:
		start = filp->f_dentry->d_inode->i_size;
		break;
	default:
		return -EINVAL;
	}
	if (l->l_start > OFFSET_MAX - start)
		return -EOVERFLOW;
	start += l->l_start;
	if (start < 0)
		return -EINVAL;
	end = OFFSET_MAX;
	if (l->l_len > 0) {
		if (l->l_len - 1 > OFFSET_MAX - start)
			return -EOVERFLOW;
		end = start + l->l_len - 1;
	} else if (l->l_len < 0) {
		if (start + l->l_len < 0)
			return -EINVAL;
		end = start - 1;
		start += l->l_len;
	}
	locks_init_lock(fl);
	fl->fl_start = start;
	fl->fl_end = end;
	fl->fl_owner = current->files;
	fl->fl_pid = current->tgid;
	fl->fl_file = filp;
	fl->fl_flags = FL_POSIX;
	if (l->l_type != F_RDLCK && l->l_type != F_WRLCK && l->l_type != F_UNLCK)
		return -EINVAL;
	fl->fl_type = l->l_type;
	return 0;
}

int fcntl_getlk(struct file *filp, struct flock __user *l)
{
	struct file_lock file_lock, *cfl;
	struct flock flock;
	int error;

	if (copy_from_user(&flock, l, sizeof(flock)))
		return -EFAULT;
	if (flock.l_type != F_RDLCK && flock.l_type != F_WRLCK)
		return -EINVAL;
	error = flock_to_posix_lock(filp, &file_lock, &flock);
	if (error)
		return error;
	cfl = posix_test_lock(filp, &file_lock);
	flock.l_type = F_UNLCK;
	if (cfl) {
		flock.l_pid = cfl->fl_pid;
		flock.l_start = cfl->fl_start;
		flock.l_len = cfl->fl_end == OFFSET_MAX ? 0 : cfl->fl_end - cfl->fl_start + 1;
		flock.l_whence = 0;
		flock.l_type = cfl->fl_type;
	}
	return copy_to_user(l, &flock, sizeof(flock)) ? -EFAULT : 0;
}

static int posix_lock_file_wait(struct file *filp, struct file_lock *fl)
{
	int error;

	for (;;) {
		error = posix_lock_file(filp, fl);
		if (error != -EAGAIN || !(fl->fl_flags & FL_SLEEP))
			return error;
		error = locks_block_on(fl);
		if (error)
			return error;
	}
}

int fcntl_setlk(unsigned int fd, struct file *filp, unsigned int cmd, struct flock __user *l)
{
	struct file_lock file_lock;
	struct flock flock;
	int error;

	if (copy_from_user(&flock, l, sizeof(flock)))
		return -EFAULT;
again:
	error = flock_to_posix_lock(filp, &file_lock, &flock);
	if (error)
		return error;
	if (cmd == F_SETLKW)
		file_lock.fl_flags |= FL_SLEEP;
	if (flock.l_type == F_RDLCK && !(filp->f_mode & FMODE_READ))
		return -EBADF;
	if (flock.l_type == F_WRLCK && !(filp->f_mode & FMODE_WRITE))
		return -EBADF;
	error = posix_lock_file_wait(filp, &file_lock);
	/* Closed by another thread meanwhile: nobody else would take the lock away. */
	if (!error && fcheck(fd) != filp && flock.l_type != F_UNLCK) {
		flock.l_type = F_UNLCK;
		goto again;
	}
	return error;
}

/* A closed descriptor takes all locks of its process on the file with it. */
void locks_remove_posix(struct file *filp, fl_owner_t owner)
{
	struct file_lock lock;

	if (!filp->f_dentry->d_inode->i_flock)
		return;
	locks_init_lock(&lock);
	lock.fl_type = F_UNLCK;
	lock.fl_flags = FL_POSIX;
	lock.fl_end = OFFSET_MAX;
	lock.fl_owner = owner;
	posix_lock_file(filp, &lock);
}
EXPORT_SYMBOL(locks_remove_posix);

static void lease_release(struct file_lock **before)
{
	struct file_lock *fl = *before;

	f_setown(fl->fl_file, 0, 1);
	fl->fl_file->f_owner.signum = 0;
	locks_delete_lock(before);
}

void locks_remove_flock(struct file *filp)
{
	struct inode *inode = filp->f_dentry->d_inode;
	struct file_lock **before = &inode->i_flock;

	while (*before) {
		struct file_lock *fl = *before;

		if (fl->fl_file == filp && IS_FLOCK(fl))
			locks_delete_lock(before);
		else if (fl->fl_file == filp && IS_LEASE(fl))
			lease_release(before);
		else
			before = &fl->fl_next;
	}
}

static void lease_break_callback(struct file_lock *fl)
{
	send_sigio(&fl->fl_file->f_owner, 0, 0);
}

static struct lock_manager_operations lease_manager_ops = {
	.fl_break = lease_break_callback,
};

/* Gives a lease another type; F_UNLCK ends it. */
static void lease_modify(struct file_lock **before, int arg)
{
	struct file_lock *fl = *before;

	fl->fl_type = arg;
	locks_wake_up_blocks(fl);
	if (arg == F_UNLCK)
		lease_release(before);
}

/* Holders that did not answer in time lose what they were to give up. */
static void time_out_leases(struct inode *inode)
{
	struct file_lock **before = &inode->i_flock, *fl;

	while ((fl = *before) && IS_LEASE(fl) && (fl->fl_type & F_INPROGRESS)) {
		if (!fl->fl_break_time || time_before(jiffies, fl->fl_break_time)) {
			before = &fl->fl_next;
			continue;
		}
		printk(KERN_INFO "lease broken - owner pid = %d\n", fl->fl_pid);
		lease_modify(before, fl->fl_type & ~F_INPROGRESS);
		if (fl == *before)
			before = &fl->fl_next;
	}
}

static void tell_holders(struct inode *inode, int future)
{
	struct file_lock *fl;

	for (fl = inode->i_flock; fl && IS_LEASE(fl); fl = fl->fl_next) {
		if (fl->fl_type == future)
			continue;
		fl->fl_type = future;
		fl->fl_break_time = lease_break_time ? jiffies + lease_break_time * HZ : 0;
		fl->fl_lmops->fl_break(fl);
	}
}

static int wait_for_lease(struct inode *inode, struct file_lock *flock)
{
	unsigned long left = MAX_SCHEDULE_TIMEOUT;
	struct file_lock waiter;
	DEFINE_WAIT(wait);
	int error = 0;

	locks_init_lock(&waiter);
	locks_insert_block(flock, &waiter);
	if (flock->fl_break_time)
		left = time_after(flock->fl_break_time, jiffies) ?
			flock->fl_break_time - jiffies : 1;
	prepare_to_wait(&waiter.fl_wait, &wait, TASK_INTERRUPTIBLE);
	if (waiter.fl_next)
		schedule_timeout(left);
	finish_wait(&waiter.fl_wait, &wait);
	if (waiter.fl_next && signal_pending(current))
		error = -ERESTARTSYS;
	locks_delete_block(&waiter);
	return error;
}

/**
 * __break_lease - somebody is about to open a file
 * @mode: O_*
 *
 * Waits until leases that are in the way are given up, or returns -EAGAIN with
 * O_NONBLOCK.
 */
int __break_lease(struct inode *inode, unsigned int mode)
{
	int want_write = (mode & (O_ACCMODE | O_TRUNC)) != O_RDONLY, future, error = 0;
	struct file_lock *flock;

	time_out_leases(inode);
	flock = inode->i_flock;
	if (!flock || !IS_LEASE(flock))
		return 0;
	if (!want_write && flock->fl_type == F_RDLCK)
		return 0;
	/* To write, nobody may have a lease; to read, others may have ones to read. */
	future = (want_write ? F_UNLCK : F_RDLCK) | F_INPROGRESS;
	if (flock->fl_type != (F_UNLCK | F_INPROGRESS))
		tell_holders(inode, future);
	if (mode & O_NONBLOCK)
		return -EAGAIN;
	while (!error) {
		time_out_leases(inode);
		flock = inode->i_flock;
		if (!flock || !IS_LEASE(flock) || !(flock->fl_type & F_INPROGRESS))
			break;
		error = wait_for_lease(inode, flock);
	}
	return error;
}
EXPORT_SYMBOL(__break_lease);

int fcntl_getlease(struct file *filp)
{
	struct inode *inode = filp->f_dentry->d_inode;
	struct file_lock *fl;

	time_out_leases(inode);
	for (fl = inode->i_flock; fl && IS_LEASE(fl); fl = fl->fl_next)
		if (fl->fl_file == filp)
			return fl->fl_type & ~F_INPROGRESS;
	return F_UNLCK;
}

static int lease_allowed(struct inode *inode, struct dentry *dentry, long arg)
{
	struct file_lock *fl;

	if (arg == F_RDLCK && atomic_read(&inode->i_writecount) > 0)
		return -EAGAIN;
	if (arg == F_WRLCK && (atomic_read(&dentry->d_count) > 2 ||
			       atomic_read(&inode->i_count) > 1))
		return -EAGAIN;
	for (fl = inode->i_flock; fl && IS_LEASE(fl); fl = fl->fl_next)
		if (fl->fl_type & F_INPROGRESS || fl->fl_type == F_WRLCK || arg == F_WRLCK)
			return -EAGAIN;
	return 0;
}

static int add_lease(struct file *filp, long arg)
{
	struct inode *inode = filp->f_dentry->d_inode;
	struct file_lock *fl;
	int error = lease_allowed(inode, filp->f_dentry, arg);

	if (error)
		return error;
	if (!leases_enable)
		return -EINVAL;
	fl = locks_alloc_lock();
	if (!fl)
		return -ENOMEM;
	fl->fl_owner = current->files;
	fl->fl_pid = current->tgid;
	fl->fl_file = filp;
	fl->fl_flags = FL_LEASE;
	fl->fl_type = arg;
	fl->fl_end = OFFSET_MAX;
	fl->fl_lmops = &lease_manager_ops;
	locks_insert_lock(&inode->i_flock, fl);
	return f_setown(filp, current->pid, 0);
}

int fcntl_setlease(unsigned int fd, struct file *filp, long arg)
{
	struct inode *inode = filp->f_dentry->d_inode;
	struct file_lock **before;

	if (current->fsuid != inode->i_uid && !capable(CAP_LEASE))
		return -EACCES;
	if (!S_ISREG(inode->i_mode))
		return -EINVAL;
	if (arg != F_RDLCK && arg != F_WRLCK && arg != F_UNLCK)
		return -EINVAL;
	time_out_leases(inode);
	for (before = &inode->i_flock; *before && IS_LEASE(*before);
	     before = &(*before)->fl_next) {
		if ((*before)->fl_file != filp)
			continue;
		lease_modify(before, arg);
		return 0;
	}
	return arg == F_UNLCK ? -EAGAIN : add_lease(filp, arg);
}

static void show_lock(struct seq_file *m, struct file_lock *fl, int id, const char *pfx)
{
	static const char *const types[] = { "READ ", "WRITE", "UNLCK" };
	struct inode *inode = fl->fl_file ? fl->fl_file->f_dentry->d_inode : NULL;

	seq_printf(m, "%d:%s ", id, pfx);
	if (IS_POSIX(fl))
		seq_puts(m, "POSIX  ADVISORY  ");
	else if (IS_FLOCK(fl))
		seq_puts(m, "FLOCK  ADVISORY  ");
	else
		seq_printf(m, "LEASE  %s  ",
			   fl->fl_type & F_INPROGRESS ? "BREAKING " : "ACTIVE   ");
	seq_printf(m, "%s %d ", types[fl->fl_type & ~F_INPROGRESS], fl->fl_pid);
	if (inode)
		seq_printf(m, "%02x:%02x:%lu ", MAJOR(inode->i_sb->s_dev),
			   MINOR(inode->i_sb->s_dev), inode->i_ino);
	else
		seq_puts(m, "<none>:0 ");
	if (fl->fl_end == OFFSET_MAX)
		seq_printf(m, "%lld EOF\n", fl->fl_start);
	else
		seq_printf(m, "%lld %lld\n", fl->fl_start, fl->fl_end);
}

/* For /proc/locks: each lock, and behind it those who wait. */
int locks_show(struct seq_file *m)
{
	struct file_lock *fl, *bfl;
	int id = 0;

	list_for_each_entry(fl, &file_lock_list, fl_link) {
		show_lock(m, fl, ++id, "");
		list_for_each_entry(bfl, &fl->fl_block, fl_block)
			show_lock(m, bfl, id, " ->");
	}
	return 0;
}

void __init filelock_init(void)
{
	filelock_cache = kmem_cache_create("file_lock_cache", sizeof(struct file_lock), 0,
					   SLAB_PANIC, NULL, NULL);
}
