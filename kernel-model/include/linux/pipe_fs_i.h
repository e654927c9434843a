/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PIPE_FS_I_H
#define _LINUX_PIPE_FS_I_H

#include <linux/wait.h>

#define PIPEFS_MAGIC	0x50495045
#define PIPE_BUFFERS	16
#define PIPE_BUF	4096	/* a write of so much is not torn apart */

struct page;

struct pipe_buffer {
	struct page *page;
	unsigned int offset, len;
};

/**
 * struct pipe_inode_info - a pipe: a ring of pages
 * @nrbufs: how many hold data
 * @curbuf: the first of them
 * @r_counter: how often it was opened for reading, for those who wait for that
 */
struct pipe_inode_info {
	wait_queue_head_t wait;
	unsigned int nrbufs, curbuf;
	struct pipe_buffer bufs[PIPE_BUFFERS];
	struct page *tmp_page;
	unsigned int readers;
	unsigned int writers;
	unsigned int waiting_writers;
	unsigned int r_counter;
	unsigned int w_counter;
};

#endif /* _LINUX_PIPE_FS_I_H */
