/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

/*
 * Only one task runs at a time, so a lock is never contended; what is left of
 * it is the discipline, and that is checked: a task that takes a lock twice,
 * gives back what it does not hold, or sleeps while it holds one stops the
 * machine.
 */
#include <linux/preempt.h>
#include <linux/kernel.h>

struct task_struct;

typedef struct {
	int held;
#ifdef CONFIG_DEBUG_SPINLOCK
	struct task_struct *owner;
	const char *where;
#endif
} spinlock_t;

typedef struct {
	int readers;
	spinlock_t writer;	/* excludes all others */
} rwlock_t;

#define SPIN_LOCK_UNLOCKED	((spinlock_t){ 0 })
#define RW_LOCK_UNLOCKED	((rwlock_t){ 0 })
#define DEFINE_SPINLOCK(x)	spinlock_t x = { 0 }
#define DEFINE_RWLOCK(x)	rwlock_t x = { 0 }
#define spin_lock_init(lock)	(*(lock) = SPIN_LOCK_UNLOCKED)
#define rwlock_init(lock)	(*(lock) = RW_LOCK_UNLOCKED)

void _spin_lock(spinlock_t *lock, const char *where);
void _spin_unlock(spinlock_t *lock, const char *where);
void _read_lock(rwlock_t *lock, const char *where);
void _read_unlock(rwlock_t *lock, const char *where);
void _write_lock(rwlock_t *lock, const char *where);
void _write_unlock(rwlock_t *lock, const char *where);

#define spin_lock(lock)		_spin_lock((lock), __func__)
#define spin_unlock(lock)	_spin_unlock((lock), __func__)
#define read_lock(lock)		_read_lock((lock), __func__)
#define read_unlock(lock)	_read_unlock((lock), __func__)
#define write_lock(lock)	_write_lock((lock), __func__)
#define write_unlock(lock)	_write_unlock((lock), __func__)

#define spin_is_locked(lock)	((lock)->held)
#define assert_spin_locked(lock) BUG_ON(!spin_is_locked(lock))

#define spin_lock_irq(lock)		spin_lock(lock)
#define spin_unlock_irq(lock)		spin_unlock(lock)
#define spin_lock_bh(lock)		spin_lock(lock)
#define spin_unlock_bh(lock)		spin_unlock(lock)
#define read_lock_bh(lock)		read_lock(lock)
#define read_unlock_bh(lock)		read_unlock(lock)
#define write_lock_bh(lock)		write_lock(lock)
#define write_unlock_bh(lock)		write_unlock(lock)
#define write_lock_irq(lock)		write_lock(lock)
#define write_unlock_irq(lock)		write_unlock(lock)

#endif /* _LINUX_SPINLOCK_H */
