/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PRINTK_LOG_H
#define _LINUX_PRINTK_LOG_H

#include <linux/compiler.h>
#include <linux/spinlock.h>

#define LOG_BUF_LEN	(1 << 14)

/* For syslog(2) in kernel/printk.c and for tests. */
extern char *log_buf;
extern int log_buf_len;
extern spinlock_t logbuf_lock;
extern unsigned long log_start, log_end, logged_chars;

int do_syslog(int type, char __user *buf, int len);

#endif /* _LINUX_PRINTK_LOG_H */
