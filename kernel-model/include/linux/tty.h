/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TTY_H
#define _LINUX_TTY_H

#include <linux/idr.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/wait.h>

struct file;
struct inode;
struct task_struct;

#define NR_UNIX98_PTY_DEFAULT	4096
#define NR_UNIX98_PTY_MAX	(1 << 20)

#define TTY_BUF_SIZE	4096

/* ioctl() numbers. */
#define TCGETS		0x5401
#define TCSETS		0x5402
#define TIOCSCTTY	0x540E
#define TIOCGPGRP	0x540F
#define TIOCSPGRP	0x5410
#define TIOCGWINSZ	0x5413
#define TIOCSWINSZ	0x5414
#define FIONREAD	0x541B
#define TIOCNOTTY	0x5422
#define TIOCGSID	0x5429
#define TIOCGPTN	0x80045430
#define TIOCSPTLCK	0x40045431

struct winsize {
	unsigned short ws_row;
	unsigned short ws_col;
	unsigned short ws_xpixel;
	unsigned short ws_ypixel;
};

#define ICRNL	0000400
#define IXON	0002000
#define OPOST	0000001
#define ONLCR	0000004
#define ISIG	0000001
#define ICANON	0000002
#define ECHO	0000010
#define ECHOE	0000020
#define ECHOK	0000040
#define TOSTOP	0000400
#define ECHOCTL	0001000
#define ECHOKE	0004000
#define IEXTEN	0100000

#define NCCS	19

struct termios {
	unsigned int c_iflag;
	unsigned int c_oflag;
	unsigned int c_cflag;
	unsigned int c_lflag;
	unsigned char c_line;
	unsigned char c_cc[NCCS];
};

#define VINTR	0
#define VQUIT	1
#define VEOF	4
#define VSUSP	10

/**
 * struct tty_struct - one end of a terminal
 * @link: the other end
 * @index: number of the pair
 * @pgrp: in the foreground
 * @session: that it controls, 0 when none
 * @count: files that have it open
 * @flags: TTY_*
 * @master: which end this is
 * @read_buf: what can be read here
 * @lines: how many ends of line are in it
 */
struct tty_struct {
	struct tty_struct *link;
	int index;
	int master;
	pid_t pgrp;
	pid_t session;
	int count;
	unsigned long flags;
	struct termios termios;
	struct winsize winsize;
	wait_queue_head_t read_wait;
	wait_queue_head_t write_wait;
	unsigned int head, used, lines;
	unsigned char read_buf[TTY_BUF_SIZE];
};

#define TTY_OTHER_CLOSED	2
#define TTY_PTY_LOCK		16
#define TTY_HUPPED		18

#ifdef CONFIG_UNIX98_PTYS
extern struct idr allocated_ptys;
extern int pty_limit;

extern struct mutex tty_mutex;

void tty_vhangup(struct tty_struct *tty);
int ptmx_open(struct file *filp);
void pty_free(struct tty_struct *tty);

/* drivers/char/n_tty.c */
void n_tty_receive(struct tty_struct *slave, const unsigned char *p, int count);
int n_tty_output(struct tty_struct *slave, const unsigned char *p, int count);
int n_tty_input_available(const struct tty_struct *tty);
int n_tty_take(struct tty_struct *tty, unsigned char *to, int count);

void disassociate_ctty(int on_exit);
int tty_count_ptys(void);
int tty_devnum(const struct tty_struct *tty);

/* fs/devpts/inode.c */
int devpts_pty_new(struct tty_struct *tty);
struct tty_struct *devpts_get_tty(int number);
void devpts_pty_kill(int number);
#else
static inline void disassociate_ctty(int on_exit)
{
}
#endif

#endif /* _LINUX_TTY_H */
