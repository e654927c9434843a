// SPDX-License-Identifier: GPL-2.0-only
/* The line discipline: lines, echo, and keys that send signals. */
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/uaccess.h>

/* Stands in the buffer where a line ends without an end of line. */
#define EOF_MARK	0

static void put_byte(struct tty_struct *tty, unsigned char c)
{
	if (tty->used == TTY_BUF_SIZE)
		return;
	tty->read_buf[(tty->head + tty->used++) % TTY_BUF_SIZE] = c;
}

static unsigned char take_byte(struct tty_struct *tty)
{
	unsigned char c = tty->read_buf[tty->head];

	tty->head = (tty->head + 1) % TTY_BUF_SIZE;
	tty->used--;
	return c;
}

/* What a slave writes: an end of line becomes two characters. */
static void put_output(struct tty_struct *slave, unsigned char c)
{
	if (c == '\n' && (slave->termios.c_oflag & OPOST) && (slave->termios.c_oflag & ONLCR))
		put_byte(slave->link, '\r');
	put_byte(slave->link, c);
}

static void echo(struct tty_struct *slave, unsigned char c)
{
	if (!(slave->termios.c_lflag & ECHO))
		return;
	if (c < ' ' && c != '\n' && c != '\t') {
		put_byte(slave->link, '^');
		c ^= 0100;
	}
	put_output(slave, c);
}

/* The signal of a key, or 0. */
static int key_signal(const struct tty_struct *slave, unsigned char c)
{
	const unsigned char *cc = slave->termios.c_cc;

	if (!(slave->termios.c_lflag & ISIG) || !c)
		return 0;
	return c == cc[VINTR] ? SIGINT : c == cc[VQUIT] ? SIGQUIT : c == cc[VSUSP] ? SIGTSTP : 0;
}

static void receive(struct tty_struct *slave, unsigned char c)
{
	int sig = key_signal(slave, c);

	if (sig) {
		/* What was typed before is forgotten. */
		slave->used = 0;
		slave->lines = 0;
		echo(slave, c);
		if (slave->pgrp > 0)
			kill_pg(slave->pgrp, sig, 1);
		return;
	}
	if (c == '\r' && (slave->termios.c_iflag & ICRNL))
		c = '\n';
	if (!(slave->termios.c_lflag & ICANON)) {
		echo(slave, c);
		put_byte(slave, c);
		return;
	}
	if (c == slave->termios.c_cc[VEOF]) {
		put_byte(slave, EOF_MARK);
		slave->lines++;
		return;
	}
	echo(slave, c);
	put_byte(slave, c);
	if (c == '\n')
		slave->lines++;
}

/**
 * n_tty_receive - the master has typed something
 */
void n_tty_receive(struct tty_struct *slave, const unsigned char *p, int count)
{
	while (count--)
		receive(slave, *p++);
	wake_up_interruptible(&slave->read_wait);
	wake_up_interruptible(&slave->link->read_wait);
}

/**
 * n_tty_output - a slave writes
 *
 * Returns how much there was room for.
 */
int n_tty_output(struct tty_struct *slave, const unsigned char *p, int count)
{
	int n = 0;

	while (n < count && slave->link->used + 2 <= TTY_BUF_SIZE)
		put_output(slave, p[n++]);
	if (n)
		wake_up_interruptible(&slave->link->read_wait);
	return n;
}

/* A master sees each character, a slave in canonical mode only lines. */
int n_tty_input_available(const struct tty_struct *tty)
{
	if (!tty->master && (tty->termios.c_lflag & ICANON))
		return tty->lines != 0;
	return tty->used != 0;
}

/**
 * n_tty_take - what a read() gets
 *
 * Returns how much that is; 0 is an end of file.
 */
int n_tty_take(struct tty_struct *tty, unsigned char *to, int count)
{
	int canon = !tty->master && (tty->termios.c_lflag & ICANON), n = 0;

	while (n < count && tty->used) {
		unsigned char c = take_byte(tty);

		if (canon && (c == '\n' || c == EOF_MARK))
			tty->lines--;
		if (canon && c == EOF_MARK)
			break;
		to[n++] = c;
		if (canon && c == '\n')
			break;
	}
	return n;
}
