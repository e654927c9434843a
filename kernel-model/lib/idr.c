// SPDX-License-Identifier: GPL-2.0-only
#include <linux/idr.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/module.h>

void idr_init(struct idr *idp)
{
	memset(idp, 0, sizeof(*idp));
}
EXPORT_SYMBOL(idr_init);

static int first_free(const struct idr *idp, int from)
{
	while (from < idp->size && idp->slots[from])
		from++;
	return from;
}

/**
 * idr_pre_get - make room, so that idr_get_new() need not allocate
 *
 * Returns 1, or 0 when there is no memory.
 */
int idr_pre_get(struct idr *idp, gfp_t gfp)
{
	int size = idp->size ? idp->size * 2 : PAGE_SIZE / sizeof(void *);
	void **spare;

	if (idp->spare || (!idp->short_of && first_free(idp, 0) < idp->size - 1))
		return 1;
	spare = kcalloc(size, sizeof(void *), gfp);
	if (!spare)
		return 0;
	idp->spare = spare;
	idp->spare_size = size;
	return 1;
}
EXPORT_SYMBOL(idr_pre_get);

static void use_spare(struct idr *idp)
{
	if (idp->size)
		memcpy(idp->spare, idp->slots, idp->size * sizeof(void *));
	kfree(idp->slots);
	idp->slots = idp->spare;
	idp->size = idp->spare_size;
	idp->spare = NULL;
	idp->short_of = 0;
}

/**
 * idr_get_new_above - take the lowest free id from @from on
 *
 * Returns 0, or -EAGAIN: call idr_pre_get() and try again.
 */
int idr_get_new_above(struct idr *idp, void *ptr, int from, int *id)
{
	int n = first_free(idp, from);

	while (n >= idp->size) {
		if (!idp->spare) {
			idp->short_of = 1;
			return -EAGAIN;
		}
		use_spare(idp);
		n = first_free(idp, from);
	}
	idp->slots[n] = ptr;
	*id = n;
	return 0;
}
EXPORT_SYMBOL(idr_get_new_above);

int idr_get_new(struct idr *idp, void *ptr, int *id)
{
	return idr_get_new_above(idp, ptr, 0, id);
}
EXPORT_SYMBOL(idr_get_new);

void *idr_find(struct idr *idp, int id)
{
	return id >= 0 && id < idp->size ? idp->slots[id] : NULL;
}
EXPORT_SYMBOL(idr_find);

void idr_remove(struct idr *idp, int id)
{
	BUG_ON(!idr_find(idp, id));
	idp->slots[id] = NULL;
}
EXPORT_SYMBOL(idr_remove);

void idr_destroy(struct idr *idp)
{
	kfree(idp->slots);
	kfree(idp->spare);
	idr_init(idp);
}
EXPORT_SYMBOL(idr_destroy);
