// SPDX-License-Identifier: GPL-2.0-only
/* The kernel log: a ring of bytes, and the console that shows part of it. */
#include <linux/console.h>
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/printk_log.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "os.h"

static char __log_buf[LOG_BUF_LEN];

char *log_buf = __log_buf;
int log_buf_len = LOG_BUF_LEN;
DEFINE_SPINLOCK(logbuf_lock);

/* Positions only grow; their low bits say where in the ring. */
unsigned long log_start;
unsigned long log_end;
unsigned long logged_chars;

/* For who reads it with syslog(2). */
static DECLARE_WAIT_QUEUE_HEAD(log_wait);

/* Level of the console, of messages without one, the least and the default. */
int console_printk[4] = { 4, 4, 1, 7 };

static void host_write(struct console *con, const char *text, unsigned int len)
{
	os_write(2, text, len);
}

static struct console host_console = {
	.name = "host",
	.write = host_write,
};

struct console *console_drivers = &host_console;

static int __init loglevel_setup(char *value)
{
	console_loglevel = simple_strtoul(value, NULL, 0);
	return 0;
}
__setup("loglevel=", loglevel_setup);

static void emit_log_char(char c)
{
	log_buf[log_end & (log_buf_len - 1)] = c;
	log_end++;
	if (log_end - log_start > (unsigned long)log_buf_len)
		log_start = log_end - log_buf_len;
	if (logged_chars < (unsigned long)log_buf_len)
		logged_chars++;
}

static int message_level(const char **text)
{
	const char *t = *text;

	if (t[0] != '<' || t[1] < '0' || t[1] > '7' || t[2] != '>')
		return default_message_loglevel;
	*text = t + 3;
	return t[1] - '0';
}

void register_console(struct console *console)
{
	console->next = console_drivers;
	console_drivers = console;
}
EXPORT_SYMBOL(register_console);

/* 0, or 1 if it was not registered. */
int unregister_console(struct console *console)
{
	struct console **p = &console_drivers;

	while (*p && *p != console)
		p = &(*p)->next;
	if (!*p)
		return 1;
	*p = console->next;
	return 0;
}
EXPORT_SYMBOL(unregister_console);

static void call_console_drivers(const char *text, unsigned int len)
{
	struct console *con;

	for (con = console_drivers; con; con = con->next)
		con->write(con, text, len);
}

int vprintk(const char *fmt, va_list args)
{
	static char buf[1024];
	const char *text = buf;
	int n, level;

	spin_lock(&logbuf_lock);
	n = vscnprintf(buf, sizeof(buf), fmt, args);
	level = message_level(&text);
	emit_log_char('<');
	emit_log_char('0' + level);
	emit_log_char('>');
	for (const char *p = text; *p; p++)
		emit_log_char(*p);
	spin_unlock(&logbuf_lock);
	if (level < console_loglevel)
		call_console_drivers(text, buf + n - text);
	/* Nobody else runs: who is about to wait is in the queue or has not looked yet. */
	if (waitqueue_active(&log_wait))
		wake_up_interruptible(&log_wait);
	return n;
}

int printk(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vprintk(fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(printk);

/**
 * printk_ratelimit - may a message that users can cause be printed?
 *
 * Ten at once, then one each five seconds.
 */
int printk_ratelimit(void)
{
	static unsigned long last, tokens = 10 * 5 * HZ;

	tokens = min(tokens + (jiffies - last), 10UL * 5 * HZ);
	last = jiffies;
	if (tokens < 5 * HZ)
		return 0;
	tokens -= 5 * HZ;
	return 1;
}
EXPORT_SYMBOL(printk_ratelimit);

/* A character at a time, as user memory is not written with the lock held. */
static int log_to_user(char __user *buf, unsigned long from, unsigned long count)
{
	unsigned long i;

	for (i = 0; i < count; i++) {
		char c = log_buf[(from + i) & (log_buf_len - 1)];

		spin_unlock_irq(&logbuf_lock);
		if (put_user(c, buf + i))
			return -EFAULT;
		cond_resched();
		spin_lock_irq(&logbuf_lock);
	}
	spin_unlock_irq(&logbuf_lock);
	return count;
}

/* What was not read before; waits until there is something. */
static int read_log(char __user *buf, unsigned long len)
{
	unsigned long from, count;
	int error = wait_event_interruptible(log_wait, log_start != log_end);

	if (error)
		return error;
	spin_lock_irq(&logbuf_lock);
	count = min(len, log_end - log_start);
	from = log_start;
	log_start += count;
	return log_to_user(buf, from, count);
}

/* The last messages, whoever has read them, since they were last cleared. */
static int read_all_log(char __user *buf, unsigned long len, int clear)
{
	unsigned long count;

	spin_lock_irq(&logbuf_lock);
	count = min(min(len, (unsigned long)log_buf_len), logged_chars);
	if (clear)
		logged_chars = 0;
	return log_to_user(buf, log_end - count, count);
}

/**
 * do_syslog - read the kernel's log, and say what the console shows of it
 * @type: 2 read, 3 read all, 4 the same and clear, 5 clear, 6 console off,
 *	7 console on, 8 set its level to @len, 9 how much is unread, 10 size
 * @buf: for 2, 3 and 4
 * @len: of it
 */
int do_syslog(int type, char __user *buf, int len)
{
	if (type != 3 && type != 10 && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	switch (type) {
	case 0:
	case 1:
		return 0;
	case 2:
	case 3:
	case 4:
		if (!buf || len < 0)
			return -EINVAL;
		if (!len)
			return 0;
		return type == 2 ? read_log(buf, len) : read_all_log(buf, len, type == 4);
	case 5:
		logged_chars = 0;
		return 0;
	case 6:
		console_loglevel = minimum_console_loglevel;
		return 0;
	case 7:
		console_loglevel = default_console_loglevel;
		return 0;
	case 8:
		if (len < 1 || len > 8)
			return -EINVAL;
		console_loglevel = max(len, minimum_console_loglevel);
		return 0;
	case 9:
		return log_end - log_start;
	case 10:
		return log_buf_len;
	}
	return -EINVAL;
}

asmlinkage long sys_syslog(int type, char __user *buf, int len)
{
	return do_syslog(type, buf, len);
}
