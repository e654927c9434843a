// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

static unsigned long fired[3];
static int nr_fired;

static void fire(unsigned long data)
{
	fired[nr_fired++] = data;
}

static void timer_test_order(struct kunit *test)
{
	DEFINE_TIMER(a, fire, jiffies + 30, 1);
	DEFINE_TIMER(b, fire, jiffies + 10, 2);
	DEFINE_TIMER(c, fire, jiffies + 20, 3);

	nr_fired = 0;
	add_timer(&a);
	add_timer(&b);
	add_timer(&c);
	KUNIT_EXPECT_EQ(test, del_timer(&c), 1);
	KUNIT_EXPECT_EQ(test, del_timer(&c), 0);
	msleep(100);
	KUNIT_EXPECT_EQ(test, nr_fired, 2);
	KUNIT_EXPECT_EQ(test, fired[0], 2);
	KUNIT_EXPECT_EQ(test, fired[1], 1);
}

static void timer_test_sleep(struct kunit *test)
{
	unsigned long start = jiffies;

	KUNIT_EXPECT_EQ(test, schedule_timeout_uninterruptible(50), 0);
	KUNIT_EXPECT_GE(test, jiffies - start, 50);
}

static void timer_test_completion_timeout(struct kunit *test)
{
	DECLARE_COMPLETION(done);

	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&done, 5), 0);
	complete(&done);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&done, 5), 0);
}

struct shared {
	struct mutex lock;	/* value */
	int value;
};

static int add_slowly(void *arg)
{
	struct shared *s = arg;
	int seen;

	mutex_lock(&s->lock);
	seen = s->value;
	yield();
	s->value = seen + 1;
	mutex_unlock(&s->lock);
	return 0;
}

static void sched_test_mutex(struct kunit *test)
{
	struct shared s = { .value = 0 };
	int i, made = 0;

	mutex_init(&s.lock);
	for (i = 0; i < 5; i++)
		made += kernel_thread(add_slowly, &s, SIGCHLD) > 0;
	for (i = 0; i < made; i++)
		KUNIT_EXPECT_GT(test, sys_wait4(-1, NULL, 0, NULL), 0);
	KUNIT_EXPECT_EQ(test, s.value, made);
}

static void sched_test_cpus(struct kunit *test)
{
	cpumask_t old = current->cpus_allowed, none = CPU_MASK_NONE, last = CPU_MASK_NONE;

	cpu_set(NR_CPUS - 1, last);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed(current, none), -EINVAL);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed(current, last), 0);
	yield();
	KUNIT_EXPECT_EQ(test, smp_processor_id(), NR_CPUS - 1);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed(current, old), 0);
}

struct rt_order {
	int order[3];
	int n;
};

static struct rt_order rt_order;

static int note_priority(void *arg)
{
	rt_order.order[rt_order.n++] = current->rt_priority;
	return 0;
}

/* Made while their maker runs on the only processor that they may use. */
static void sched_test_fifo(struct kunit *test)
{
	cpumask_t first = CPU_MASK_NONE;
	int prio, made = 0;

	cpu_set(0, first);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed(current, first), 0);
	yield();
	rt_order.n = 0;
	for (prio = 0; prio <= 20; prio += 10) {
		struct sched_param param = { .sched_priority = prio };
		int pid = kernel_thread(note_priority, NULL, SIGCHLD);
		struct task_struct *p = pid > 0 ? find_task_by_pid(pid) : NULL;

		if (p)
			KUNIT_EXPECT_EQ(test, 0,
					sched_setscheduler(p, prio ? SCHED_FIFO : SCHED_NORMAL,
							   &param));
		made += !!p;
	}
	while (sys_wait4(-1, NULL, 0, NULL) > 0)
		made--;
	KUNIT_EXPECT_EQ(test, made, 0);
	if (rt_order.n == 3) {
		KUNIT_EXPECT_EQ(test, rt_order.order[0], 20);
		KUNIT_EXPECT_EQ(test, rt_order.order[1], 10);
		KUNIT_EXPECT_EQ(test, rt_order.order[2], 0);
	}
}

static int where_am_i(void *go)
{
	wait_for_completion(go);
	return task_cpu(current);
}

/* A task that may use only what is taken away may use anything after that. */
static void sched_test_cpu_down(struct kunit *test)
{
	cpumask_t last = CPU_MASK_NONE;
	DECLARE_COMPLETION(go);
	int pid, status = 0;

	if (NR_CPUS < 2)
		kunit_skip(test, "there is one processor");
	cpu_set(NR_CPUS - 1, last);
	pid = kernel_thread(where_am_i, &go, SIGCHLD);
	KUNIT_ASSERT_GT(test, pid, 0);
	KUNIT_EXPECT_EQ(test, set_cpus_allowed(find_task_by_pid(pid), last), 0);
	KUNIT_EXPECT_EQ(test, cpu_down(NR_CPUS - 1), 0);
	KUNIT_EXPECT_FALSE(test, cpu_online(NR_CPUS - 1));
	KUNIT_EXPECT_EQ(test, cpu_down(NR_CPUS - 1), num_online_cpus() > 1 ? -EINVAL : -EBUSY);
	complete(&go);
	KUNIT_EXPECT_EQ(test, sys_wait4(pid, (int __force __user *)&status, 0, NULL), pid);
	KUNIT_EXPECT_EQ(test, cpu_up(NR_CPUS - 1), 0);
	KUNIT_EXPECT_EQ(test, cpu_up(NR_CPUS - 1), -EINVAL);
	KUNIT_EXPECT_NE(test, status >> 8, NR_CPUS - 1);
}

static struct kunit_case timer_test_cases[] = {
	KUNIT_CASE(timer_test_order),
	KUNIT_CASE(timer_test_sleep),
	KUNIT_CASE(timer_test_completion_timeout),
	KUNIT_CASE(sched_test_mutex),
	KUNIT_CASE(sched_test_cpus),
	KUNIT_CASE(sched_test_fifo),
	KUNIT_CASE(sched_test_cpu_down),
	{}
};

static struct kunit_suite timer_test_suite = {
	.name = "timer",
	.test_cases = timer_test_cases,
};

kunit_test_suite(timer_test_suite);
