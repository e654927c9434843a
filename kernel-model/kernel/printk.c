// SPDX-License-Identifier: GPL-2.0-only
/* The kernel log: a ring of bytes, and the console that shows part of it. */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/spinlock.h>
#include <linux/printk_log.h>
#include <linux/module.h>
#include <linux/jiffies.h>
#include "os.h"

static char __log_buf[LOG_BUF_LEN];

char *log_buf = __log_buf;
int log_buf_len = LOG_BUF_LEN;
DEFINE_SPINLOCK(logbuf_lock);

/* Positions only grow; their low bits say where in the ring. */
unsigned long log_start;
unsigned long log_end;
unsigned long logged_chars;

/* Level of the console, of messages without one, the least and the default. */
int console_printk[4] = { 4, 4, 1, 7 };

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
		os_write(2, text, buf + n - text);
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
