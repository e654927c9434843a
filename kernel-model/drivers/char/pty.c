// SPDX-License-Identifier: GPL-2.0-only
/* Pairs of terminals: what is written to one can be read from the other. */
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tty.h>

int pty_limit = NR_UNIX98_PTY_DEFAULT;

static int pty_count;

/* With tty_mutex held. */
int tty_count_ptys(void)
{
	return pty_count;
}

static struct tty_struct *alloc_end(int index, int master)
{
	static const struct termios std = {
		.c_iflag = ICRNL | IXON,
		.c_oflag = OPOST | ONLCR,
		.c_cflag = 0277,		/* 38400 baud, 8 bits, CREAD */
		.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
		/* ^C ^\ DEL ^U ^D ... ^Q ^S ^Z ... ^R ^O ^W ^V */
		.c_cc = "\003\034\177\025\004\0\1\0\021\023\032\0\022\017\027\026",
	};
	struct tty_struct *tty = kzalloc(sizeof(*tty), GFP_KERNEL);

	if (!tty)
		return NULL;
	tty->index = index;
	tty->master = master;
	tty->pgrp = -1;
	tty->termios = std;
	init_waitqueue_head(&tty->read_wait);
	init_waitqueue_head(&tty->write_wait);
	return tty;
}

/* Both ends are closed. */
void pty_free(struct tty_struct *tty)
{
	idr_remove(&allocated_ptys, tty->index);
	pty_count--;
	kfree(tty->link);
	kfree(tty);
}

static int get_index(void)
{
	int index, err;

	do {
		if (!idr_pre_get(&allocated_ptys, GFP_KERNEL))
			return -ENOMEM;
		err = idr_get_new(&allocated_ptys, &allocated_ptys, &index);
	} while (err == -EAGAIN);
	if (err)
		return err;
	if (index < pty_limit)
		return index;
	idr_remove(&allocated_ptys, index);
	return -ENOSPC;
}

static int new_pair(int index, struct tty_struct **master)
{
	struct tty_struct *slave = alloc_end(index, 0);

	*master = alloc_end(index, 1);
	if (!slave || !*master) {
		kfree(slave);
		kfree(*master);
		return -ENOMEM;
	}
	slave->link = *master;
	(*master)->link = slave;
	set_bit(TTY_PTY_LOCK, &slave->flags);
	return 0;
}

/**
 * ptmx_open - a new pair, of which the file is the master
 *
 * With tty_mutex held.
 */
int ptmx_open(struct file *filp)
{
	struct tty_struct *master;
	int index = get_index(), err;

	if (index < 0)
		return index;
	err = new_pair(index, &master);
	if (err) {
		idr_remove(&allocated_ptys, index);
		return err;
	}
	pty_count++;
	err = devpts_pty_new(master->link);
	if (err) {
		pty_free(master);
		return err;
	}
	master->count = 1;
	filp->private_data = master;
	return 0;
}
