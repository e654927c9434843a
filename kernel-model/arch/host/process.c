// SPDX-License-Identifier: GPL-2.0-only
/* Tasks as coroutines of the host. */
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <linux/module.h>
#include <asm/user.h>
#include "os.h"

static void fiber_entry(void)
{
	struct thread_struct *thread;

	os_fiber_started();
	schedule_tail();
	thread = &current->thread;
	do_exit((thread->fn(thread->arg) & 0xff) << 8);
}

int copy_thread(struct task_struct *p, int (*fn)(void *arg), void *arg)
{
	p->thread.preempt_count = 0;
	p->thread.flags = 0;
	p->thread.fn = fn ? fn : user_mode;
	p->thread.arg = arg;
	p->thread.user = fn ? NULL : current->thread.child_user;
	p->thread.child_user = NULL;
	if (fn)
		p->flags |= PF_KTHREAD;
	p->thread.fiber = os_fiber_create(fiber_entry);
	return p->thread.fiber ? 0 : -ENOMEM;
}

/* Runs in the dying task. */
void exit_thread(void)
{
	if (current->thread.user)
		user_exit(current->thread.user);
}

/* Runs in the next one. */
void release_thread(struct task_struct *dead)
{
	os_fiber_free(dead->thread.fiber);
	dead->thread.fiber = NULL;
}

void switch_to(struct task_struct *prev, struct task_struct *next)
{
	os_fiber_switch(prev->thread.fiber, next->thread.fiber, prev->flags & PF_DEAD);
}
