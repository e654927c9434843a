// SPDX-License-Identifier: GPL-2.0-only
/*
 * Known bugs that no scenario reaches.  A case fails or stops the machine, so it
 * runs only when its name is asked for; Documentation/known-bugs.rst says how.
 * A fix takes its case along, into the tests of the code that it mends.
 */
#include <kunit/test.h>
#include <linux/console.h>
#include <linux/cpu.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/namei.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/skbuff.h>
#include <linux/swap.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#ifdef CONFIG_INET
#include <linux/netdevice.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/ip.h>
#include <net/neighbour.h>
#endif
#include "os.h"

#define U(s)	((const char __force __user *)(s))
#define UB(p)	((char __force __user *)(p))

/* Orders in which tasks run: enough of them that the bugs show. */
#define SEEDS	30

/* A11 */
static int ask_for_parent(void *arg)
{
	int *wrong = arg, parent = current->real_parent->tgid, i, pid;

	for (i = 0; i < 20; i++) {
		pid = sys_getppid();
		*wrong += pid != parent && pid != 1;
	}
	return 0;
}

static int leave_child(void *arg)
{
	kernel_thread(ask_for_parent, arg, SIGCHLD);
	yield();
	return 0;
}

static int nothing(void *unused)
{
	return 0;
}

/* What comes after a parent that is gone must not be taken for it. */
static void a11_getppid(struct kunit *test)
{
	u64 seed, saved = sched_reseed(0);
	int wrong = 0, pid;

	for (seed = 1; seed <= SEEDS; seed++) {
		sched_reseed(seed);
		pid = kernel_thread(leave_child, &wrong, SIGCHLD);
		sys_wait4(pid, NULL, 0, NULL);
		pid = kernel_thread(nothing, NULL, SIGCHLD);
		sys_wait4(pid, NULL, 0, NULL);
		kunit_wait_idle();
	}
	sched_reseed(saved);
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

/* A12 */
static void a12_oom_of_exiting(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();

	KUNIT_ASSERT_NOT_NULL(test, mm);
	current->mm = mm;
	current->active_mm = mm;
	current->flags |= PF_EXITING;
	out_of_memory(GFP_KERNEL, 0);
	current->flags &= ~PF_EXITING;
	KUNIT_EXPECT_TRUE(test, test_tsk_thread_flag(current, TIF_MEMDIE));
	clear_tsk_thread_flag(current, TIF_MEMDIE);
}

/* A13 */
static LIST_HEAD(taken_pages);

static void free_one_page(void)
{
	struct page *page = list_entry(taken_pages.next, struct page, lru);

	list_del(&page->lru);
	__free_page(page);
}

static int free_page_later(void *unused)
{
	schedule_timeout_uninterruptible(HZ);
	free_one_page();
	return 0;
}

static void a13_nofail(struct kunit *test)
{
	unsigned long saved = fail_nth_allocation(0);
	int pid = kernel_thread(free_page_later, NULL, SIGCHLD);
	struct page *page;

	current->flags |= PF_MEMALLOC;
	while ((page = alloc_page(GFP_KERNEL | __GFP_NOWARN)) != NULL)
		list_add(&page->lru, &taken_pages);
	page = alloc_page(GFP_KERNEL | __GFP_NOWARN | __GFP_NOFAIL);
	current->flags &= ~PF_MEMALLOC;
	KUNIT_EXPECT_NOT_NULL(test, page);
	if (page)
		__free_page(page);
	sys_wait4(pid, NULL, 0, NULL);
	while (!list_empty(&taken_pages))
		free_one_page();
	fail_nth_allocation(saved);
}

/* A14 */
static void allocate_to_print(struct console *con, const char *text, unsigned int len)
{
	struct page *page = alloc_page(GFP_ATOMIC);

	if (page)
		__free_page(page);
}

static struct console greedy_console = { .name = "greedy", .write = allocate_to_print };

static void a14_show_free_areas(struct kunit *test)
{
	int saved = console_loglevel;

	register_console(&greedy_console);
	console_loglevel = 8;
	show_free_areas();
	console_loglevel = saved;
	unregister_console(&greedy_console);
}

/* A15 */
#define NAMES	64

static int shrinking;

static int shrink(void *sb)
{
	shrink_dcache_sb(sb);
	shrinking = 0;
	return 0;
}

/* Names that do not exist, and that nobody uses. */
static int make_unused(struct dentry *root)
{
	char text[8];
	int i, n = 0;

	for (i = 0; i < NAMES; i++) {
		struct qstr name = { .name = (unsigned char *)text };
		struct dentry *dentry;

		name.len = snprintf(text, sizeof(text), "x%d", i);
		name.hash = full_name_hash(name.name, name.len);
		dentry = d_alloc(root, &name);
		if (!dentry)
			continue;
		d_add(dentry, NULL);
		dput(dentry);
		n++;
	}
	return n;
}

static void a15_shrink_dcache_sb(struct kunit *test)
{
	u64 saved = sched_reseed(0);
	int before, partly = 0, n;
	struct nameidata nd;

	KUNIT_ASSERT_EQ(test, path_lookup("/tmp", LOOKUP_FOLLOW, &nd), 0);
	shrink_dcache_sb(nd.dentry->d_sb);
	before = dentry_stat.nr_unused;
	n = make_unused(nd.dentry);
	sched_reseed(1);
	shrinking = kernel_thread(shrink, nd.dentry->d_sb, SIGCHLD) > 0;
	while (shrinking) {
		yield();
		partly += dentry_stat.nr_unused > before && dentry_stat.nr_unused < before + n;
	}
	sched_reseed(saved);
	KUNIT_EXPECT_EQ(test, dentry_stat.nr_unused, before);
	KUNIT_EXPECT_GT(test, partly, 0);
	path_release(&nd);
}

/* A18 */
#ifdef CONFIG_PROC_FS
static int tell_data(char *page, char **start, off_t off, int count, int *eof, void *data)
{
	return sprintf(page, "%ld", (long)data);
}

static int read_first(void *arg)
{
	int fd = sys_open(U("/proc/first"), O_RDONLY, 0);

	sys_read(fd, UB(arg), 1);
	sys_close(fd);
	return 0;
}

static void a18_proc_lookup(struct kunit *test)
{
	u64 seed, saved = sched_reseed(0);
	char answer = 0;

	for (seed = 1; seed <= SEEDS && answer != '2'; seed++) {
		sched_reseed(seed);
		create_proc_read_entry("first", 0, NULL, tell_data, (void *)1);
		kernel_thread(read_first, &answer, SIGCHLD);
		yield();
		remove_proc_entry("first", NULL);
		create_proc_read_entry("other", 0, NULL, tell_data, (void *)2);
		kunit_wait_idle();
		remove_proc_entry("other", NULL);
	}
	sched_reseed(saved);
	KUNIT_EXPECT_NE(test, answer, '2');
}
#endif

/* A19 */
#ifdef CONFIG_INET
static struct neigh_table short_table = {
	.family = AF_INET,
	.key_len = 4,
	.id = "short_table",
};

static void a19_neigh_table_clear(struct kunit *test)
{
	unsigned long saved = fail_nth_allocation(0);

	neigh_table_init(&short_table);
	KUNIT_EXPECT_EQ(test, neigh_table_clear(&short_table), 0);
	fail_nth_allocation(saved);
}

/* A20 */
static struct net_device *register_ether(const char *name)
{
	struct net_device *dev = alloc_netdev(0, name, ether_setup);

	if (!dev)
		return NULL;
	dev->destructor = free_netdev;
	if (!register_netdev(dev))
		return dev;
	free_netdev(dev);
	return NULL;
}

static int tells_device(struct sk_buff *skb, int ifindex)
{
	struct nlmsghdr *nlh = (struct nlmsghdr *)skb->data;
	int left = skb->len;

	while (left > 0) {
		char *at = (char *)nlh + NLMSG_SPACE(sizeof(struct ndtmsg));

		while (at < (char *)nlh + nlh->nlmsg_len) {
			struct rtattr *rta = (struct rtattr *)at;

			if (rta->rta_type == NDTA_PARMS_IFINDEX && *(int *)rta_data(rta) == ifindex)
				return 1;
			at += RTA_ALIGN(rta->rta_len);
		}
		left -= NLMSG_ALIGN(nlh->nlmsg_len);
		nlh = (struct nlmsghdr *)((char *)nlh + NLMSG_ALIGN(nlh->nlmsg_len));
	}
	return 0;
}

/* The first part of the dump ends before the device, which goes before the second. */
static void a20_neightbl_dump(struct kunit *test)
{
	struct net_device *dev = register_ether("gone%d");
	struct sk_buff *part = alloc_skb(64, GFP_KERNEL), *rest = alloc_skb(2048, GFP_KERNEL);
	struct nlmsghdr nlh = { .nlmsg_seq = 1 };
	struct netlink_callback cb = { .nlh = &nlh, .skb = part };
	int ifindex = dev ? dev->ifindex : 0;

	if (dev && part && rest) {
		neightbl_dump_info(part, &cb);
		unregister_netdev(dev);
		dev = NULL;
		neightbl_dump_info(rest, &cb);
		KUNIT_EXPECT_FALSE(test, tells_device(part, ifindex));
		KUNIT_EXPECT_GT(test, rest->len, 0);
		KUNIT_EXPECT_FALSE(test, tells_device(rest, ifindex));
		neightbl_dump_done(&cb);
	}
	if (dev)
		unregister_netdev(dev);
	kfree_skb(part);
	kfree_skb(rest);
}
#endif

/* A25 */
#if NR_CPUS > 2
static struct task_struct *pinned;

static cpumask_t two_cpus(int a, int b)
{
	cpumask_t mask = CPU_MASK_NONE;

	cpu_set(a, mask);
	cpu_set(b, mask);
	return mask;
}

static int run_pinned(void *unused)
{
	pinned = current;
	while (pinned)
		yield();
	return 0;
}

static int move_pinned(void *unused)
{
	while (pinned) {
		set_cpus_allowed(pinned, two_cpus(1, 2));
		yield();
		if (pinned)
			set_cpus_allowed(pinned, two_cpus(0, 2));
		yield();
	}
	return 0;
}

static void a25_cpu_down(struct kunit *test)
{
	u64 seed, saved = sched_reseed(0);
	int pids[2];

	pids[0] = kernel_thread(run_pinned, NULL, SIGCHLD);
	while (pids[0] > 0 && !pinned)
		yield();
	pids[1] = kernel_thread(move_pinned, NULL, SIGCHLD);
	for (seed = 1; pinned && seed <= SEEDS; seed++) {
		sched_reseed(seed);
		set_cpus_allowed(pinned, two_cpus(2, 2));
		KUNIT_EXPECT_EQ(test, cpu_down(2), 0);
		KUNIT_EXPECT_EQ(test, cpu_up(2), 0);
	}
	sched_reseed(saved);
	pinned = NULL;
	kunit_wait_idle();
	sys_wait4(pids[0], NULL, 0, NULL);
	sys_wait4(pids[1], NULL, 0, NULL);
}
#endif

static int known_bugs_init(struct kunit *test)
{
	if (!os_request.name || strncmp(os_request.name, "known_bugs", strlen("known_bugs")))
		kunit_skip(test, "see Documentation/known-bugs.rst");
	return 0;
}

static struct kunit_case known_bugs_cases[] = {
	KUNIT_CASE(a11_getppid),
	KUNIT_CASE(a12_oom_of_exiting),
	KUNIT_CASE(a13_nofail),
	KUNIT_CASE(a14_show_free_areas),
	KUNIT_CASE(a15_shrink_dcache_sb),
#ifdef CONFIG_PROC_FS
	KUNIT_CASE(a18_proc_lookup),
#endif
#ifdef CONFIG_INET
	KUNIT_CASE(a19_neigh_table_clear),
	KUNIT_CASE(a20_neightbl_dump),
#endif
#if NR_CPUS > 2
	KUNIT_CASE(a25_cpu_down),
#endif
	{}
};

static struct kunit_suite known_bugs_suite = {
	.name = "known_bugs",
	.init = known_bugs_init,
	.test_cases = known_bugs_cases,
};

kunit_test_suite(known_bugs_suite);
