/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H

#include <linux/types.h>

#define __GFP_DMA	0x01u	/* below 16 MiB */
#define __GFP_WAIT	0x10u	/* may sleep */
#define __GFP_HIGH	0x20u	/* may use the reserves */
#define __GFP_IO	0x40u
#define __GFP_FS	0x80u
#define __GFP_NOWARN	0x200u
#define __GFP_REPEAT	0x400u
#define __GFP_NOFAIL	0x800u
#define __GFP_NORETRY	0x1000u
#define __GFP_ZERO	0x8000u
#define __GFP_NOMEMALLOC 0x10000u	/* not from the reserves */

#define GFP_NOWAIT	0u
#define GFP_ATOMIC	__GFP_HIGH
#define GFP_NOIO	__GFP_WAIT
#define GFP_NOFS	(__GFP_WAIT | __GFP_IO)
#define GFP_KERNEL	(__GFP_WAIT | __GFP_IO | __GFP_FS)
#define GFP_USER	GFP_KERNEL
#define GFP_HIGHUSER	GFP_KERNEL

struct page;

struct page *alloc_pages(gfp_t gfp, unsigned int order);
void __free_pages(struct page *page, unsigned int order);
unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
unsigned long get_zeroed_page(gfp_t gfp);
void free_pages(unsigned long addr, unsigned int order);

#define alloc_page(gfp)		alloc_pages((gfp), 0)
#define __free_page(page)	__free_pages((page), 0)
#define __get_free_page(gfp)	__get_free_pages((gfp), 0)
#define free_page(addr)		free_pages((addr), 0)

#endif /* _LINUX_GFP_H */
