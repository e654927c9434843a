/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/gfp.h>

typedef struct kmem_cache kmem_cache_t;

#define SLAB_KERNEL		GFP_KERNEL
#define SLAB_ATOMIC		GFP_ATOMIC
#define SLAB_HWCACHE_ALIGN	0x00002000UL
#define SLAB_RECLAIM_ACCOUNT	0x00020000UL
#define SLAB_PANIC		0x00040000UL
#define SLAB_DESTROY_BY_RCU	0x00080000UL

typedef void (*kmem_ctor_t)(void *obj, struct kmem_cache *cachep, unsigned long flags);

struct kmem_cache *kmem_cache_create(const char *name, size_t size, size_t align,
				     unsigned long flags, kmem_ctor_t ctor, kmem_ctor_t dtor);
int kmem_cache_destroy(struct kmem_cache *cachep);
void *kmem_cache_alloc(struct kmem_cache *cachep, gfp_t gfp);
void kmem_cache_free(struct kmem_cache *cachep, void *obj);
const char *kmem_cache_name(struct kmem_cache *cachep);
unsigned int kmem_cache_size(struct kmem_cache *cachep);

/* Sizes of general caches, in bytes, ascending. */
struct cache_sizes {
	size_t cs_size;
	struct kmem_cache *cs_cachep;
	const char *name;
};

extern struct cache_sizes malloc_sizes[];

void *kmalloc(size_t size, gfp_t gfp);
void *kzalloc(size_t size, gfp_t gfp);
void *kcalloc(size_t n, size_t size, gfp_t gfp);
void kfree(const void *obj);
unsigned int ksize(const void *obj);
void *vmalloc(unsigned long size);
void vfree(void *addr);

void kmem_cache_init(void);

/**
 * kmem_cache_live - objects of a cache that are allocated now
 * @cachep: the cache
 */
unsigned long kmem_cache_live(const struct kmem_cache *cachep);

/* For comparing two moments: how many caches there are, and each by number. */
struct kmem_cache *kmem_cache_nth(unsigned int n);

/* Or'ed to a number: whoever asked on the command line is told which it was. */
#define FAIL_TOLD	(1UL << 63)

/*
 * Fault injection: the n-th allocation from now on fails (1 is the next one),
 * once; 0 switches it off.  Returns what was left of the count before, and 0
 * when the failure has happened.
 */
unsigned long fail_nth_allocation(unsigned long n);
int should_fail_allocation(gfp_t gfp);

#endif /* _LINUX_SLAB_H */
