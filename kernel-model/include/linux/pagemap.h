/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PAGEMAP_H
#define _LINUX_PAGEMAP_H

#include <linux/mm.h>

struct inode;

/**
 * struct address_space - the pages of a file
 * @pages: by index; an array stands in for the radix tree
 * @nr_slots: its length
 * @nrpages: how many are present
 */
struct address_space {
	struct inode *host;
	struct page **pages;
	unsigned long nr_slots;
	unsigned long nrpages;
};

struct page *find_get_page(struct address_space *mapping, unsigned long index);
struct page *find_or_create_page(struct address_space *mapping, unsigned long index, gfp_t gfp);
void truncate_inode_pages(struct address_space *mapping, loff_t lstart);

#endif /* _LINUX_PAGEMAP_H */
