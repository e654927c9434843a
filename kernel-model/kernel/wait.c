// SPDX-License-Identifier: GPL-2.0-only
/* Wait queues and completions. */
#include <linux/sched.h>
#include <linux/module.h>

int default_wake_function(wait_queue_t *wait, unsigned int mode, int sync, void *key)
{
	return wake_up_state(wait->task, mode);
}
EXPORT_SYMBOL(default_wake_function);

int autoremove_wake_function(wait_queue_t *wait, unsigned int mode, int sync, void *key)
{
	int ret = default_wake_function(wait, mode, sync, key);

	if (ret)
		list_del_init(&wait->task_list);
	return ret;
}
EXPORT_SYMBOL(autoremove_wake_function);

void add_wait_queue(wait_queue_head_t *q, wait_queue_t *wait)
{
	wait->flags &= ~WQ_FLAG_EXCLUSIVE;
	spin_lock(&q->lock);
	list_add(&wait->task_list, &q->task_list);
	spin_unlock(&q->lock);
}
EXPORT_SYMBOL(add_wait_queue);

void add_wait_queue_exclusive(wait_queue_head_t *q, wait_queue_t *wait)
{
	wait->flags |= WQ_FLAG_EXCLUSIVE;
	spin_lock(&q->lock);
	list_add_tail(&wait->task_list, &q->task_list);
	spin_unlock(&q->lock);
}
EXPORT_SYMBOL(add_wait_queue_exclusive);

void remove_wait_queue(wait_queue_head_t *q, wait_queue_t *wait)
{
	spin_lock(&q->lock);
	list_del(&wait->task_list);
	spin_unlock(&q->lock);
}
EXPORT_SYMBOL(remove_wait_queue);

void prepare_to_wait(wait_queue_head_t *q, wait_queue_t *wait, int state)
{
	if (list_empty(&wait->task_list))
		add_wait_queue(q, wait);
	set_current_state(state);
}
EXPORT_SYMBOL(prepare_to_wait);

void prepare_to_wait_exclusive(wait_queue_head_t *q, wait_queue_t *wait, int state)
{
	if (list_empty(&wait->task_list))
		add_wait_queue_exclusive(q, wait);
	set_current_state(state);
}
EXPORT_SYMBOL(prepare_to_wait_exclusive);

void finish_wait(wait_queue_head_t *q, wait_queue_t *wait)
{
	__set_current_state(TASK_RUNNING);
	if (list_empty(&wait->task_list))
		return;
	spin_lock(&q->lock);
	list_del_init(&wait->task_list);
	spin_unlock(&q->lock);
}
EXPORT_SYMBOL(finish_wait);

/**
 * __wake_up - wake who waits
 * @q: where they wait
 * @mode: only tasks in one of these states
 * @nr: how many of those that asked to be woken one at a time; 0 for all
 * @key: for the wake functions
 */
void __wake_up(wait_queue_head_t *q, unsigned int mode, int nr, void *key)
{
	struct list_head *pos, *next;

	spin_lock(&q->lock);
	list_for_each_safe(pos, next, &q->task_list) {
		wait_queue_t *w = list_entry(pos, wait_queue_t, task_list);
		unsigned int flags = w->flags;

		if (w->func(w, mode, 0, key) && (flags & WQ_FLAG_EXCLUSIVE) && !--nr)
			break;
	}
	spin_unlock(&q->lock);
}
EXPORT_SYMBOL(__wake_up);

void complete(struct completion *x)
{
	x->done++;
	__wake_up(&x->wait, TASK_UNINTERRUPTIBLE | TASK_INTERRUPTIBLE, 1, NULL);
}
EXPORT_SYMBOL(complete);

static long wait_for_common(struct completion *x, int state, long timeout)
{
	DECLARE_WAITQUEUE(wait, current);

	might_sleep();
	add_wait_queue_exclusive(&x->wait, &wait);
	while (!x->done && timeout) {
		if (state == TASK_INTERRUPTIBLE && signal_pending(current)) {
			timeout = -ERESTARTSYS;
			break;
		}
		__set_current_state(state);
		timeout = schedule_timeout(timeout);
	}
	__set_current_state(TASK_RUNNING);
	remove_wait_queue(&x->wait, &wait);
	if (timeout < 0 || !x->done)
		return timeout;
	x->done--;
	return timeout ? timeout : 1;
}

void wait_for_completion(struct completion *x)
{
	wait_for_common(x, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(wait_for_completion);

unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout)
{
	return wait_for_common(x, TASK_UNINTERRUPTIBLE, timeout);
}
EXPORT_SYMBOL(wait_for_completion_timeout);
