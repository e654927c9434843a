/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SEQLOCK_H
#define _LINUX_SEQLOCK_H

#include <linux/spinlock.h>

typedef struct {
	unsigned int sequence;
	spinlock_t lock;	/* one writer at a time */
} seqlock_t;

#define DEFINE_SEQLOCK(x)	seqlock_t x = { 0 }
#define seqlock_init(x)		(*(x) = (seqlock_t){ 0 })

static inline void write_seqlock(seqlock_t *sl)
{
	spin_lock(&sl->lock);
	sl->sequence++;
}

static inline void write_sequnlock(seqlock_t *sl)
{
	sl->sequence++;
	spin_unlock(&sl->lock);
}

static inline unsigned int read_seqbegin(const seqlock_t *sl)
{
	return sl->sequence;
}

static inline int read_seqretry(const seqlock_t *sl, unsigned int start)
{
	return (start & 1) || sl->sequence != start;
}

#endif /* _LINUX_SEQLOCK_H */
