// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locks.  Those that spin only check, see <linux/spinlock.h>; those that sleep
 * are built from wait queues.
 */
#include <linux/sched.h>
#include <linux/semaphore.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/module.h>

void _spin_lock(spinlock_t *lock, const char *where)
{
	preempt_disable();
#ifdef CONFIG_DEBUG_SPINLOCK
	if (unlikely(lock->held))
		panic("spinlock recursion in %s(): %s/%d already has it since %s()", where,
		      lock->owner->comm, lock->owner->pid, lock->where);
	lock->owner = current;
	lock->where = where;
#endif
	lock->held = 1;
}
EXPORT_SYMBOL(_spin_lock);

void _spin_unlock(spinlock_t *lock, const char *where)
{
#ifdef CONFIG_DEBUG_SPINLOCK
	if (unlikely(!lock->held || lock->owner != current))
		panic("spinlock released in %s() by %s/%d, who does not hold it", where,
		      current->comm, current->pid);
	lock->owner = NULL;
#endif
	lock->held = 0;
	preempt_enable();
}
EXPORT_SYMBOL(_spin_unlock);

void _read_lock(rwlock_t *lock, const char *where)
{
	preempt_disable();
	if (unlikely(lock->writer.held))
		panic("read lock in %s() while written", where);
	lock->readers++;
}
EXPORT_SYMBOL(_read_lock);

void _read_unlock(rwlock_t *lock, const char *where)
{
	if (unlikely(!lock->readers))
		panic("read lock released in %s(), but nobody holds it", where);
	lock->readers--;
	preempt_enable();
}
EXPORT_SYMBOL(_read_unlock);

void _write_lock(rwlock_t *lock, const char *where)
{
	if (unlikely(lock->readers))
		panic("write lock in %s() while read", where);
	_spin_lock(&lock->writer, where);
}
EXPORT_SYMBOL(_write_lock);

void _write_unlock(rwlock_t *lock, const char *where)
{
	_spin_unlock(&lock->writer, where);
}
EXPORT_SYMBOL(_write_unlock);

void down(struct semaphore *sem)
{
	might_sleep();
	wait_event(sem->wait, sem->count > 0);
	sem->count--;
}
EXPORT_SYMBOL(down);

void up(struct semaphore *sem)
{
	sem->count++;
	wake_up(&sem->wait);
}
EXPORT_SYMBOL(up);

void mutex_lock(struct mutex *lock)
{
	might_sleep();
	BUG_ON(lock->owner == current);
	wait_event(lock->wait, !lock->owner);
	lock->owner = current;
}
EXPORT_SYMBOL(mutex_lock);

void mutex_unlock(struct mutex *lock)
{
	BUG_ON(lock->owner != current);
	lock->owner = NULL;
	wake_up(&lock->wait);
}
EXPORT_SYMBOL(mutex_unlock);

void down_read(struct rw_semaphore *sem)
{
	might_sleep();
	BUG_ON(sem->activity < 0 && sem->owner == current);
	wait_event(sem->wait, sem->activity >= 0);
	sem->activity++;
}
EXPORT_SYMBOL(down_read);

int down_read_trylock(struct rw_semaphore *sem)
{
	if (sem->activity < 0)
		return 0;
	sem->activity++;
	return 1;
}
EXPORT_SYMBOL(down_read_trylock);

void up_read(struct rw_semaphore *sem)
{
	BUG_ON(sem->activity <= 0);
	if (!--sem->activity)
		wake_up_all(&sem->wait);
}
EXPORT_SYMBOL(up_read);

void down_write(struct rw_semaphore *sem)
{
	might_sleep();
	BUG_ON(sem->activity < 0 && sem->owner == current);
	wait_event(sem->wait, !sem->activity);
	sem->activity = -1;
	sem->owner = current;
}
EXPORT_SYMBOL(down_write);

void up_write(struct rw_semaphore *sem)
{
	BUG_ON(sem->activity != -1 || sem->owner != current);
	sem->activity = 0;
	sem->owner = NULL;
	wake_up_all(&sem->wait);
}
EXPORT_SYMBOL(up_write);
