/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/list.h>
#include <linux/jiffies.h>

struct timer_list {
	struct list_head entry;
	unsigned long expires;
	void (*function)(unsigned long data);
	unsigned long data;
};

#define TIMER_INITIALIZER(fn, when, arg) \
	{ .function = (fn), .expires = (when), .data = (arg) }
#define DEFINE_TIMER(name, fn, when, arg) \
	struct timer_list name = TIMER_INITIALIZER(fn, when, arg)

static inline void init_timer(struct timer_list *timer)
{
	timer->entry.next = NULL;
}

static inline void setup_timer(struct timer_list *timer, void (*function)(unsigned long data),
			       unsigned long data)
{
	timer->function = function;
	timer->data = data;
	init_timer(timer);
}

static inline int timer_pending(const struct timer_list *timer)
{
	return !!timer->entry.next;
}

void add_timer(struct timer_list *timer);
int mod_timer(struct timer_list *timer, unsigned long expires);
int del_timer(struct timer_list *timer);
int del_timer_sync(struct timer_list *timer);

/* How long until the next timer, in jiffies; -1 when there is none. */
long next_timer_interrupt(void);
void do_timer(unsigned long ticks);
void init_timers(void);

extern unsigned long avenrun[];

#endif /* _LINUX_TIMER_H */
