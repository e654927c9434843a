// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locks of user mode: the kernel only knows who sleeps for a word of memory, and
 * by what that word is known.  In a private mapping that is the address space
 * and the address; in a shared one the inode and the place in the file, so that
 * processes that map it elsewhere mean the same word.
 */
#include <linux/futex.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define FUTEX_HASHBITS 8

/**
 * union futex_key - what a word is known by
 *
 * Bit 0 of the offset tells the two apart: words are aligned.
 */
union futex_key {
	struct {
		unsigned long pgoff;
		struct inode *inode;
		int offset;
	} shared;
	struct {
		unsigned long uaddr;
		struct mm_struct *mm;
		int offset;
	} private;
	struct {
		unsigned long word;
		void *ptr;
		int offset;
	} both;
};

/**
 * struct futex_q - one who sleeps
 * @list: in the bucket; empty once woken
 */
struct futex_q {
	struct list_head list;
	wait_queue_head_t waiters;
	union futex_key key;
};

struct futex_hash_bucket {
	spinlock_t lock;		/* of the chain */
	struct list_head chain;
};

static struct futex_hash_bucket futex_queues[1 << FUTEX_HASHBITS];

static struct futex_hash_bucket *hash_futex(const union futex_key *key)
{
	/* Not by the pointer: the order in a bucket must be the same in each run. */
	u32 hash = jhash_2words(key->both.word, key->both.offset, 0);

	return &futex_queues[hash & ((1 << FUTEX_HASHBITS) - 1)];
}

static int match_futex(const union futex_key *a, const union futex_key *b)
{
	return a->both.word == b->both.word && a->both.ptr == b->both.ptr &&
	       a->both.offset == b->both.offset;
}

/* Needs mmap_sem for reading. */
static int get_futex_key(u32 __user *uaddr, union futex_key *key)
{
	unsigned long address = (__force unsigned long)uaddr;
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;

	memset(key, 0, sizeof(*key));
	if (address % sizeof(u32))
		return -EINVAL;
	key->both.offset = address % PAGE_SIZE;
	address &= PAGE_MASK;
	vma = mm ? find_vma(mm, address) : NULL;
	if (!vma || address < vma->vm_start || !(vma->vm_flags & VM_READ))
		return -EFAULT;
	if (!(vma->vm_flags & VM_SHARED) || !vma->vm_file) {
		key->private.mm = mm;
		key->private.uaddr = address;
		return 0;
	}
	key->shared.inode = vma->vm_file->f_dentry->d_inode;
	key->shared.offset |= 1;
	key->shared.pgoff = ((address - vma->vm_start) >> PAGE_SHIFT) + vma->vm_pgoff;
	return 0;
}

/* Needs the bucket's lock. */
static void wake_futex(struct futex_q *q)
{
	list_del_init(&q->list);
	wake_up_all(&q->waiters);
}

static int futex_key_of(u32 __user *uaddr, union futex_key *key)
{
	int ret;

	if (!current->mm)
		return -EFAULT;
	down_read(&current->mm->mmap_sem);
	ret = get_futex_key(uaddr, key);
	up_read(&current->mm->mmap_sem);
	return ret;
}

static int futex_wake(u32 __user *uaddr, int nr_wake)
{
	struct futex_hash_bucket *bh;
	struct futex_q *this, *next;
	union futex_key key;
	int ret = futex_key_of(uaddr, &key);

	if (ret)
		return ret;
	bh = hash_futex(&key);
	spin_lock(&bh->lock);
	list_for_each_entry_safe(this, next, &bh->chain, list) {
		if (!match_futex(&this->key, &key))
			continue;
		wake_futex(this);
		if (++ret >= nr_wake)
			break;
	}
	spin_unlock(&bh->lock);
	return ret;
}

/* The rest of those who were not woken wait for another word from now on. */
static int requeue_all(union futex_key *key1, union futex_key *key2, int nr_wake,
		       int nr_requeue)
{
	struct futex_hash_bucket *bh1 = hash_futex(key1), *bh2 = hash_futex(key2);
	struct futex_q *this, *next;
	int ret = 0;

	spin_lock(&bh1->lock);
	if (bh1 != bh2)
		spin_lock(&bh2->lock);
	list_for_each_entry_safe(this, next, &bh1->chain, list) {
		if (!match_futex(&this->key, key1))
			continue;
		if (++ret <= nr_wake) {
			wake_futex(this);
			continue;
		}
		list_move_tail(&this->list, &bh2->chain);
		this->key = *key2;
		if (ret - nr_wake >= nr_requeue)
			break;
	}
	if (bh1 != bh2)
		spin_unlock(&bh2->lock);
	spin_unlock(&bh1->lock);
	return ret;
}

static int futex_requeue(u32 __user *uaddr1, u32 __user *uaddr2, int nr_wake, int nr_requeue,
			 const u32 *cmpval)
{
	union futex_key key1, key2;
	u32 curval;
	int ret = futex_key_of(uaddr1, &key1);

	if (!ret)
		ret = futex_key_of(uaddr2, &key2);
	if (ret)
		return ret;
	if (cmpval) {
		if (get_user(curval, uaddr1))
			return -EFAULT;
		if (curval != *cmpval)
			return -EAGAIN;
	}
	return requeue_all(&key1, &key2, nr_wake, nr_requeue);
}

/* Returns 1 if somebody else has woken it already. */
static int unqueue_me(struct futex_q *q)
{
	struct futex_hash_bucket *bh = hash_futex(&q->key);
	int woken;

	spin_lock(&bh->lock);
	woken = list_empty(&q->list);
	list_del_init(&q->list);
	spin_unlock(&bh->lock);
	return woken;
}

static int futex_wait(u32 __user *uaddr, u32 val, unsigned long time)
{
	DECLARE_WAITQUEUE(wait, current);
	struct futex_hash_bucket *bh;
	struct futex_q q;
	u32 curval;
	int ret = futex_key_of(uaddr, &q.key);

	if (ret)
		return ret;
	/* First in the queue, then a look: a wake-up in between must not be lost. */
	init_waitqueue_head(&q.waiters);
	bh = hash_futex(&q.key);
	spin_lock(&bh->lock);
	list_add_tail(&q.list, &bh->chain);
	spin_unlock(&bh->lock);
	ret = get_user(curval, uaddr);
	if (!ret && curval != val)
		ret = -EWOULDBLOCK;
	if (ret) {
		unqueue_me(&q);
		return ret;
	}
	add_wait_queue(&q.waiters, &wait);
	__set_current_state(TASK_INTERRUPTIBLE);
	if (!list_empty(&q.list))
		time = schedule_timeout(time);
	__set_current_state(TASK_RUNNING);
	remove_wait_queue(&q.waiters, &wait);
	if (unqueue_me(&q))
		return 0;
	if (!time)
		return -ETIMEDOUT;
	/* How much of a limited time is left nobody would know. */
	return time == MAX_SCHEDULE_TIMEOUT ? -ERESTARTSYS : -EINTR;
}

long do_futex(u32 __user *uaddr, int op, u32 val, unsigned long timeout, u32 __user *uaddr2,
	      int val2, u32 val3)
{
	switch (op) {
	case FUTEX_WAIT:
		return futex_wait(uaddr, val, timeout);
	case FUTEX_WAKE:
		return futex_wake(uaddr, val);
	case FUTEX_REQUEUE:
		return futex_requeue(uaddr, uaddr2, val, val2, NULL);
	case FUTEX_CMP_REQUEUE:
		return futex_requeue(uaddr, uaddr2, val, val2, &val3);
	}
	return -ENOSYS;
}

/* The fourth argument is a time for some operations and a number for others. */
asmlinkage long sys_futex(u32 __user *uaddr, int op, u32 val, struct timespec __user *utime,
			  u32 __user *uaddr2, u32 val3)
{
	unsigned long timeout = MAX_SCHEDULE_TIMEOUT;
	struct timespec t;
	int val2 = 0;

	if (op == FUTEX_WAIT && utime) {
		if (copy_from_user(&t, utime, sizeof(t)))
			return -EFAULT;
		if (!timespec_valid(&t))
			return -EINVAL;
		timeout = timespec_to_jiffies(&t);
	}
	if (op == FUTEX_REQUEUE || op == FUTEX_CMP_REQUEUE)
		val2 = (int)(unsigned long)utime;
	return do_futex(uaddr, op, val, timeout, uaddr2, val2, val3);
}

static int __init futex_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(futex_queues); i++) {
		INIT_LIST_HEAD(&futex_queues[i].chain);
		spin_lock_init(&futex_queues[i].lock);
	}
	return 0;
}
core_initcall(futex_init);
