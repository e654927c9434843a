// SPDX-License-Identifier: GPL-2.0-only
/* The pages of files: found, made, read, written, mapped and cut off. */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/quotaops.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

/**
 * find_get_page - a page of a file, with a reference, or NULL
 * @index: in pages
 */
struct page *find_get_page(struct address_space *mapping, unsigned long index)
{
	struct page *page = index < mapping->nr_slots ? mapping->pages[index] : NULL;

	if (page)
		get_page(page);
	return page;
}
EXPORT_SYMBOL(find_get_page);

static int grow_slots(struct address_space *mapping, unsigned long index, gfp_t gfp)
{
	unsigned long nr = max(mapping->nr_slots, 4UL);
	struct page **pages;

	while (nr <= index)
		nr *= 2;
	if (nr == mapping->nr_slots)
		return 0;
	pages = vmalloc(nr * sizeof(*pages));
	if (!pages)
		return -ENOMEM;
	memset(pages, 0, nr * sizeof(*pages));
	if (mapping->nr_slots)
		memcpy(pages, mapping->pages, mapping->nr_slots * sizeof(*pages));
	vfree(mapping->pages);
	mapping->pages = pages;
	mapping->nr_slots = nr;
	return 0;
}

/**
 * find_or_create_page - a page of a file, with a reference, made if need be
 *
 * Returns NULL when there is no memory.
 */
struct page *find_or_create_page(struct address_space *mapping, unsigned long index, gfp_t gfp)
{
	struct page *page = find_get_page(mapping, index);

	if (page)
		return page;
	if (grow_slots(mapping, index, gfp))
		return NULL;
	page = alloc_pages(gfp | __GFP_ZERO, 0);
	if (!page)
		return NULL;
	page->index = index;
	mapping->pages[index] = page;
	mapping->nrpages++;
	get_page(page);
	return page;
}
EXPORT_SYMBOL(find_or_create_page);

/**
 * truncate_inode_pages - forget what lies beyond a size
 * @lstart: in bytes; the rest of the page there becomes zero
 */
void truncate_inode_pages(struct address_space *mapping, loff_t lstart)
{
	unsigned long index = (lstart + PAGE_SIZE - 1) >> PAGE_SHIFT, n = 0;
	unsigned int partial = lstart & ~PAGE_MASK;

	if (partial && index - 1 < mapping->nr_slots && mapping->pages[index - 1])
		memset((char *)page_address(mapping->pages[index - 1]) + partial, 0,
		       PAGE_SIZE - partial);
	for (; index < mapping->nr_slots; index++) {
		if (!mapping->pages[index])
			continue;
		put_page(mapping->pages[index]);
		mapping->pages[index] = NULL;
		mapping->nrpages--;
		n++;
	}
	DQUOT_FREE_SPACE(mapping->host, n);
	if (!lstart) {
		vfree(mapping->pages);
		mapping->pages = NULL;
		mapping->nr_slots = 0;
	}
}
EXPORT_SYMBOL(truncate_inode_pages);

static unsigned long read_page(struct address_space *mapping, loff_t pos, char __user *buf,
			       unsigned long n)
{
	struct page *page = find_get_page(mapping, pos >> PAGE_SHIFT);
	unsigned long left;

	if (!page)
		return clear_user(buf, n);
	left = copy_to_user(buf, (char *)page_address(page) + (pos & ~PAGE_MASK), n);
	put_page(page);
	return left;
}

ssize_t generic_file_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct inode *inode = file->f_mapping->host;
	loff_t pos = *ppos;
	size_t done = 0;

	inode->i_atime = CURRENT_TIME;
	while (done < count && pos < inode->i_size) {
		unsigned long n = min_t(loff_t, PAGE_SIZE - (pos & ~PAGE_MASK), count - done);

		n = min_t(loff_t, n, inode->i_size - pos);
		if (read_page(file->f_mapping, pos, buf + done, n))
			break;
		done += n;
		pos += n;
	}
	if (!done && count && pos < inode->i_size)
		return -EFAULT;
	*ppos = pos;
	return done;
}
EXPORT_SYMBOL(generic_file_read);

static int write_page(struct inode *inode, loff_t pos, const char __user *buf, unsigned long n)
{
	struct address_space *mapping = inode->i_mapping;
	struct page *page = find_get_page(mapping, pos >> PAGE_SHIFT);
	unsigned long left;

	if (!page) {
		if (DQUOT_ALLOC_SPACE(inode, 1))
			return -EDQUOT;
		page = find_or_create_page(mapping, pos >> PAGE_SHIFT, GFP_HIGHUSER);
		if (!page) {
			DQUOT_FREE_SPACE(inode, 1);
			return -ENOMEM;
		}
	}
	left = copy_from_user((char *)page_address(page) + (pos & ~PAGE_MASK), buf, n);
	put_page(page);
	return left ? -EFAULT : 0;
}

/* How much of a write the limits allow; sends SIGXFSZ where they allow none. */
static ssize_t write_checks(struct file *file, loff_t pos, size_t count)
{
	unsigned long limit = current->signal->rlim[RLIMIT_FSIZE].rlim_cur;

	if (limit != RLIM_INFINITY) {
		if (pos >= limit) {
			send_sig(SIGXFSZ, current, 0);
			return -EFBIG;
		}
		count = min_t(unsigned long, count, limit - pos);
	}
	if (pos >= file->f_mapping->host->i_sb->s_maxbytes)
		return -EFBIG;
	return count;
}

ssize_t generic_file_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	struct inode *inode = file->f_mapping->host;
	loff_t pos;
	ssize_t left, done = 0;
	int err = 0;

	mutex_lock(&inode->i_mutex);
	pos = file->f_flags & O_APPEND ? inode->i_size : *ppos;
	left = count ? write_checks(file, pos, count) : 0;
	if (left > 0)
		remove_suid(file->f_dentry);
	if (left < 0) {
		err = left;
		left = 0;
	}
	while (left) {
		unsigned long n = min_t(loff_t, PAGE_SIZE - (pos & ~PAGE_MASK), left);

		err = write_page(inode, pos, buf + done, n);
		if (err)
			break;
		done += n;
		pos += n;
		left -= n;
		if (pos > inode->i_size)
			inode->i_size = pos;
	}
	if (done) {
		inode->i_mtime = CURRENT_TIME;
		inode->i_ctime = CURRENT_TIME;
		*ppos = pos;
	}
	mutex_unlock(&inode->i_mutex);
	return done ? done : err;
}
EXPORT_SYMBOL(generic_file_write);

/**
 * filemap_nopage - the page of a file that a mapping lacks
 */
struct page *filemap_nopage(struct vm_area_struct *area, unsigned long address, int *type)
{
	struct inode *inode = area->vm_file->f_mapping->host;
	unsigned long index = area->vm_pgoff + ((address - area->vm_start) >> PAGE_SHIFT);
	struct page *page;

	if (index >= (inode->i_size + PAGE_SIZE - 1) >> PAGE_SHIFT)
		return NOPAGE_SIGBUS;
	page = find_or_create_page(inode->i_mapping, index, GFP_HIGHUSER);
	return page ? page : NOPAGE_OOM;
}

static struct vm_operations_struct generic_file_vm_ops = {
	.nopage = filemap_nopage,
};

int generic_file_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &generic_file_vm_ops;
	return 0;
}
EXPORT_SYMBOL(generic_file_mmap);
