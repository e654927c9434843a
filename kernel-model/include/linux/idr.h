/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_IDR_H
#define _LINUX_IDR_H

#include <linux/types.h>
#include <linux/spinlock.h>

/*
 * Small numbers to pointers.  As in 2.6.16 an id is handed out in two steps:
 * idr_pre_get() allocates and may sleep, idr_get_new() takes the number and may
 * be called under a lock.  The array of slots is a page at first, and stays as
 * long as it has become.
 */
struct idr {
	void **slots;
	int size;		/* length of slots */
	void **spare;		/* a longer array, made by idr_pre_get() */
	int spare_size;
	int short_of;		/* idr_get_new_above() found no number: free ones are too low */
};

#define IDR_INIT(name)		{ .slots = NULL }
#define DEFINE_IDR(name)	struct idr name = IDR_INIT(name)

void idr_init(struct idr *idp);
int idr_pre_get(struct idr *idp, gfp_t gfp);
int idr_get_new(struct idr *idp, void *ptr, int *id);
int idr_get_new_above(struct idr *idp, void *ptr, int from, int *id);
void *idr_find(struct idr *idp, int id);
void idr_remove(struct idr *idp, int id);
void idr_destroy(struct idr *idp);

#endif /* _LINUX_IDR_H */
