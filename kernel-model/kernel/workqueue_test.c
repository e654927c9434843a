// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>
#include <linux/kthread.h>
#include <linux/printk_log.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/workqueue.h>

static int done[3], nr_done;

static void note(void *data)
{
	done[nr_done++] = (int)(long)data;
}

static void workqueue_test_order(struct kunit *test)
{
	struct workqueue_struct *wq = create_workqueue("test");
	DECLARE_WORK(a, note, (void *)1L);
	DECLARE_WORK(b, note, (void *)2L);

	KUNIT_ASSERT_NOT_NULL(test, wq);
	nr_done = 0;
	KUNIT_EXPECT_EQ(test, queue_work(wq, &a), 1);
	KUNIT_EXPECT_EQ(test, queue_work(wq, &a), 0);
	KUNIT_EXPECT_EQ(test, queue_work(wq, &b), 1);
	KUNIT_EXPECT_EQ(test, nr_done, 0);
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, nr_done, 2);
	KUNIT_EXPECT_EQ(test, done[0], 1);
	KUNIT_EXPECT_EQ(test, done[1], 2);
	destroy_workqueue(wq);
}

static void workqueue_test_delayed(struct kunit *test)
{
	DECLARE_WORK(a, note, NULL);
	DECLARE_WORK(b, note, NULL);

	nr_done = 0;
	KUNIT_EXPECT_EQ(test, schedule_delayed_work(&a, 20), 1);
	KUNIT_EXPECT_EQ(test, schedule_delayed_work(&b, 20), 1);
	flush_scheduled_work();
	KUNIT_EXPECT_EQ(test, nr_done, 0);
	KUNIT_EXPECT_EQ(test, cancel_delayed_work(&b), 1);
	msleep(30);
	KUNIT_EXPECT_EQ(test, nr_done, 1);
	KUNIT_EXPECT_EQ(test, cancel_delayed_work(&a), 0);
}

static int until_stopped(void *data)
{
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 5;
}

static void kthread_test_stop(struct kunit *test)
{
	struct task_struct *k = kthread_run(until_stopped, NULL, "stop/%d", 1);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, k);
	kunit_wait_idle();
	KUNIT_EXPECT_STREQ(test, k->comm, "stop/1");
	/* It is nobody's child, and deaf. */
	KUNIT_EXPECT_EQ(test, sys_wait4(-1, NULL, WNOHANG | __WALL, NULL), -ECHILD);
	KUNIT_EXPECT_EQ(test, sys_kill(k->pid, SIGKILL), 0);
	kunit_wait_idle();
	KUNIT_EXPECT_EQ(test, kthread_stop(k), 5);
}

static void kthread_test_never_woken(struct kunit *test)
{
	struct task_struct *k = kthread_create(until_stopped, NULL, "unused");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, k);
	KUNIT_EXPECT_EQ(test, kthread_stop(k), -EINTR);
}

static void printk_test_syslog(struct kunit *test)
{
	char buf[40] = "";
	char __user *ubuf = (char __force __user *)buf;
	int level = console_loglevel;

	KUNIT_EXPECT_EQ(test, sys_syslog(5, NULL, 0), 0);
	printk(KERN_DEBUG "one\n");
	KUNIT_EXPECT_EQ(test, sys_syslog(3, ubuf, sizeof(buf) - 1), 7);
	KUNIT_EXPECT_STREQ(test, buf, "<7>one\n");
	KUNIT_EXPECT_EQ(test, sys_syslog(4, ubuf, 4), 4);
	KUNIT_EXPECT_EQ(test, sys_syslog(3, ubuf, sizeof(buf)), 0);
	KUNIT_EXPECT_EQ(test, sys_syslog(8, NULL, 9), -EINVAL);
	KUNIT_EXPECT_EQ(test, sys_syslog(8, NULL, 6), 0);
	KUNIT_EXPECT_EQ(test, console_loglevel, 6);
	KUNIT_EXPECT_EQ(test, sys_syslog(11, NULL, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, sys_syslog(10, NULL, 0), LOG_BUF_LEN);
	console_loglevel = level;
}

static struct kunit_case workqueue_test_cases[] = {
	KUNIT_CASE(workqueue_test_order),
	KUNIT_CASE(workqueue_test_delayed),
	KUNIT_CASE(kthread_test_stop),
	KUNIT_CASE(kthread_test_never_woken),
	KUNIT_CASE(printk_test_syslog),
	{}
};

static struct kunit_suite workqueue_test_suite = {
	.name = "workqueue",
	.test_cases = workqueue_test_cases,
};

kunit_test_suite(workqueue_test_suite);
