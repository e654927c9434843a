// SPDX-License-Identifier: GPL-2.0-only
/* Work that is done later, in order, by a thread of each queue. */
#include <linux/workqueue.h>
#include <linux/bitops.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>

/**
 * struct workqueue_struct - works in a row and who does them
 * @insert_sequence: how many were ever queued
 * @remove_sequence: how many of them are done
 * @work_done: woken after each
 */
struct workqueue_struct {
	spinlock_t lock;		/* of the list and the sequences */
	const char *name;
	struct task_struct *thread;
	struct list_head worklist;
	wait_queue_head_t more_work;
	wait_queue_head_t work_done;
	unsigned long insert_sequence;
	unsigned long remove_sequence;
};

static struct workqueue_struct *keventd_wq;

static void __queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	spin_lock_irq(&wq->lock);
	work->wq_data = wq;
	list_add_tail(&work->entry, &wq->worklist);
	wq->insert_sequence++;
	wake_up(&wq->more_work);
	spin_unlock_irq(&wq->lock);
}

/**
 * queue_work - let a work be done as soon as possible
 *
 * Returns 0 if it is waiting already.  May be called from an interrupt.
 */
int queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	if (test_and_set_bit(0, &work->pending))
		return 0;
	__queue_work(wq, work);
	return 1;
}
EXPORT_SYMBOL(queue_work);

static void delayed_work_timer_fn(unsigned long data)
{
	struct work_struct *work = (struct work_struct *)data;

	__queue_work(work->wq_data, work);
}

/* After so many jiffies. */
int queue_delayed_work(struct workqueue_struct *wq, struct work_struct *work,
		       unsigned long delay)
{
	if (test_and_set_bit(0, &work->pending))
		return 0;
	work->wq_data = wq;
	setup_timer(&work->timer, delayed_work_timer_fn, (unsigned long)work);
	mod_timer(&work->timer, jiffies + delay);
	return 1;
}
EXPORT_SYMBOL(queue_delayed_work);

static void run_workqueue(struct workqueue_struct *wq)
{
	spin_lock_irq(&wq->lock);
	while (!list_empty(&wq->worklist)) {
		struct work_struct *work = list_entry(wq->worklist.next, struct work_struct,
						      entry);
		void (*func)(void *data) = work->func;
		void *data = work->data;

		list_del_init(&work->entry);
		spin_unlock_irq(&wq->lock);
		/* The work may free or queue itself. */
		clear_bit(0, &work->pending);
		func(data);
		spin_lock_irq(&wq->lock);
		wq->remove_sequence++;
		wake_up_all(&wq->work_done);
	}
	spin_unlock_irq(&wq->lock);
}

static int worker_thread(void *data)
{
	struct workqueue_struct *wq = data;
	DEFINE_WAIT(wait);

	while (!kthread_should_stop()) {
		prepare_to_wait(&wq->more_work, &wait, TASK_INTERRUPTIBLE);
		if (list_empty(&wq->worklist) && !kthread_should_stop())
			schedule();
		finish_wait(&wq->more_work, &wait);
		run_workqueue(wq);
	}
	return 0;
}

/**
 * flush_workqueue - wait for all that is queued now
 */
void flush_workqueue(struct workqueue_struct *wq)
{
	unsigned long sequence = wq->insert_sequence;

	might_sleep();
	wait_event(wq->work_done, (long)(sequence - wq->remove_sequence) <= 0);
}
EXPORT_SYMBOL(flush_workqueue);

struct workqueue_struct *create_workqueue(const char *name)
{
	struct workqueue_struct *wq = kzalloc(sizeof(*wq), GFP_KERNEL);

	if (!wq)
		return NULL;
	wq->name = name;
	spin_lock_init(&wq->lock);
	INIT_LIST_HEAD(&wq->worklist);
	init_waitqueue_head(&wq->more_work);
	init_waitqueue_head(&wq->work_done);
	wq->thread = kthread_run(worker_thread, wq, "%s/0", name);
	if (IS_ERR(wq->thread)) {
		kfree(wq);
		return NULL;
	}
	return wq;
}
EXPORT_SYMBOL(create_workqueue);

void destroy_workqueue(struct workqueue_struct *wq)
{
	flush_workqueue(wq);
	kthread_stop(wq->thread);
	kfree(wq);
}
EXPORT_SYMBOL(destroy_workqueue);

int schedule_work(struct work_struct *work)
{
	return queue_work(keventd_wq, work);
}
EXPORT_SYMBOL(schedule_work);

int schedule_delayed_work(struct work_struct *work, unsigned long delay)
{
	return queue_delayed_work(keventd_wq, work, delay);
}
EXPORT_SYMBOL(schedule_delayed_work);

void flush_scheduled_work(void)
{
	flush_workqueue(keventd_wq);
}
EXPORT_SYMBOL(flush_scheduled_work);

static int __init init_workqueues(void)
{
	keventd_wq = create_workqueue("events");
	BUG_ON(!keventd_wq);
	return 0;
}
core_initcall(init_workqueues);
