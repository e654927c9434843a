// SPDX-License-Identifier: GPL-2.0-only
/*
 * Swap files: which there are, and who uses their slots.
 *
 * A swap file is a regular file without holes, made by mkswap.  Its pages stay
 * in the page cache, so writing a page there frees one page of the pool only
 * because the file's own had been paid for when it was made.
 */
#include <linux/swap.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/sysinfo.h>
#include <linux/uaccess.h>

static DEFINE_SPINLOCK(swap_lock);
static DEFINE_MUTEX(swapon_mutex);

struct swap_info_struct swap_info[MAX_SWAPFILES];
static unsigned int nr_swapfiles;

long total_swap_pages;

/* The file of the highest priority; the others follow by their next. */
static int swap_list_head = -1;

static int least_priority;

/* A free slot of one file, or 0; with swap_lock held. */
static unsigned long scan_swap_map(struct swap_info_struct *si)
{
	unsigned long n, offset;

	for (n = 0; n < si->max - 1; n++) {
		offset = 1 + (si->cluster_next - 1 + n) % (si->max - 1);
		if (si->swap_map[offset])
			continue;
		si->swap_map[offset] = 1;
		si->inuse_pages++;
		si->cluster_next = offset + 1 < si->max ? offset + 1 : 1;
		return offset;
	}
	return 0;
}

/**
 * get_swap_page - a free slot with one user, or an entry of 0
 */
swp_entry_t get_swap_page(void)
{
	swp_entry_t entry = { 0 };
	unsigned long offset;
	int type;

	spin_lock(&swap_lock);
	for (type = swap_list_head; type >= 0 && !entry.val; type = swap_info[type].next) {
		if (!(swap_info[type].flags & SWP_WRITEOK))
			continue;
		offset = scan_swap_map(&swap_info[type]);
		if (offset) {
			entry = swp_entry(type, offset);
			nr_swap_pages--;
		}
	}
	spin_unlock(&swap_lock);
	return entry;
}

/* One more user of a slot; 0 when it cannot have more. */
int swap_duplicate(swp_entry_t entry)
{
	struct swap_info_struct *si = &swap_info[swp_type(entry)];
	int ok;

	spin_lock(&swap_lock);
	ok = si->swap_map[swp_offset(entry)] < SWAP_MAP_MAX;
	if (ok)
		si->swap_map[swp_offset(entry)]++;
	spin_unlock(&swap_lock);
	return ok;
}

void swap_free(swp_entry_t entry)
{
	struct swap_info_struct *si = &swap_info[swp_type(entry)];

	spin_lock(&swap_lock);
	if (WARN_ON(!si->swap_map[swp_offset(entry)])) {
		spin_unlock(&swap_lock);
		return;
	}
	if (!--si->swap_map[swp_offset(entry)]) {
		si->inuse_pages--;
		nr_swap_pages++;
	}
	spin_unlock(&swap_lock);
}

/* The memory of a slot. */
static void *swap_slot(swp_entry_t entry)
{
	struct address_space *mapping = swap_info[swp_type(entry)].swap_file->f_mapping;

	return page_address(mapping->pages[swp_offset(entry)]);
}

/* A new page with the contents of a slot; NULL when there is no memory. */
struct page *read_swap_page(swp_entry_t entry)
{
	struct page *page = alloc_page(GFP_HIGHUSER);

	if (page)
		memcpy(page_address(page), swap_slot(entry), PAGE_SIZE);
	return page;
}

void write_swap_page(swp_entry_t entry, struct page *page)
{
	memcpy(swap_slot(entry), page_address(page), PAGE_SIZE);
}

void si_swapinfo(struct sysinfo *val)
{
	spin_lock(&swap_lock);
	val->freeswap = nr_swap_pages;
	val->totalswap = total_swap_pages;
	spin_unlock(&swap_lock);
}
EXPORT_SYMBOL(si_swapinfo);

void show_swap_cache_info(void)
{
	printk(KERN_INFO "Free swap  = %ldkB\n", nr_swap_pages << (PAGE_SHIFT - 10));
	printk(KERN_INFO "Total swap = %ldkB\n", total_swap_pages << (PAGE_SHIFT - 10));
}

/* Brings the pages of one address space back that are in a file. */
static int unuse_mm(struct mm_struct *mm, int type)
{
	struct vm_area_struct *vma;
	unsigned long addr;
	pte_t *ptep;
	int ret = 0;

	down_read(&mm->mmap_sem);
	for (vma = mm->mmap; vma && !ret; vma = vma->vm_next) {
		addr = vma->vm_start;
		while (!ret && (ptep = find_pte(mm, &addr, vma->vm_end)) != NULL) {
			if (!pte_present(*ptep) && swp_type(pte_to_swp_entry(*ptep)) == type &&
			    handle_mm_fault(mm, vma, addr, 0) == VM_FAULT_OOM)
				ret = -ENOMEM;
			addr += PAGE_SIZE;
		}
	}
	up_read(&mm->mmap_sem);
	return ret;
}

/* One pass over all address spaces; the list may change meanwhile. */
static int unuse_all(int type)
{
	struct mm_struct *mm, *prev = NULL;
	struct list_head *p;
	int ret = 0;

	spin_lock(&mmlist_lock);
	for (p = mmlist.next; p != &mmlist && !ret; p = p->next) {
		mm = list_entry(p, struct mm_struct, mmlist);
		if (!atomic_inc_not_zero(&mm->mm_users))
			continue;
		spin_unlock(&mmlist_lock);
		ret = unuse_mm(mm, type);
		/* The next one is found from it, so it is given back later. */
		if (prev)
			mmput(prev);
		prev = mm;
		spin_lock(&mmlist_lock);
	}
	spin_unlock(&mmlist_lock);
	if (prev)
		mmput(prev);
	return ret;
}

/* All pages in a file come back into memory. */
static int try_to_unuse(int type)
{
	int ret = 0;

	while (!ret && swap_info[type].inuse_pages)
		ret = unuse_all(type);
	return ret;
}

/* With swap_lock held. */
static void link_by_priority(int type)
{
	int *p = &swap_list_head;

	while (*p >= 0 && swap_info[*p].prio >= swap_info[type].prio)
		p = &swap_info[*p].next;
	swap_info[type].next = *p;
	*p = type;
}

static void unlink_type(int type)
{
	int *p = &swap_list_head;

	while (*p != type)
		p = &swap_info[*p].next;
	*p = swap_info[type].next;
}

/* A place in swap_info, or -EPERM when all are taken. */
static int take_type(void)
{
	unsigned int type;

	spin_lock(&swap_lock);
	for (type = 0; type < nr_swapfiles && swap_info[type].flags & SWP_USED; type++)
		;
	if (type == MAX_SWAPFILES) {
		spin_unlock(&swap_lock);
		return -EPERM;
	}
	nr_swapfiles = max(nr_swapfiles, type + 1);
	memset(&swap_info[type], 0, sizeof(swap_info[type]));
	swap_info[type].flags = SWP_USED;
	swap_info[type].cluster_next = 1;
	swap_info[type].next = -1;
	spin_unlock(&swap_lock);
	return type;
}

static int already_used(const struct inode *inode)
{
	unsigned int type;

	for (type = 0; type < nr_swapfiles; type++)
		if (swap_info[type].flags & SWP_USED && swap_info[type].swap_file &&
		    swap_info[type].swap_file->f_mapping->host == inode)
			return 1;
	return 0;
}

/* Checks the header and that all slots are there.  Returns how many, or an error. */
static long read_swap_header(struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);
	union swap_header *header;
	unsigned long last, i;
	int bad;

	if (!page)
		return -EINVAL;
	header = page_address(page);
	last = header->info.last_page;
	bad = memcmp(header->magic.magic, "SWAPSPACE2", 10) || header->info.version != 1 ||
	      header->info.nr_badpages || !last || last >= mapping->nr_slots;
	put_page(page);
	for (i = 1; !bad && i <= last; i++)
		bad = !mapping->pages[i];
	return bad ? -EINVAL : last + 1;
}

/* What swapon() does with the open file. */
static int setup_swap_file(struct swap_info_struct *si, struct file *file, int swap_flags)
{
	struct inode *inode = file->f_mapping->host;
	long max;

	if (!S_ISREG(inode->i_mode))
		return -EINVAL;
	if (already_used(inode))
		return -EBUSY;
	max = read_swap_header(inode->i_mapping);
	if (max < 0)
		return max;
	si->swap_map = vmalloc(max * sizeof(*si->swap_map));
	if (!si->swap_map)
		return -ENOMEM;
	memset(si->swap_map, 0, max * sizeof(*si->swap_map));
	si->swap_map[0] = SWAP_MAP_BAD;
	si->max = max;
	si->pages = max - 1;
	si->prio = swap_flags & SWAP_FLAG_PREFER ? swap_flags & SWAP_FLAG_PRIO_MASK :
						   --least_priority;
	si->swap_file = file;
	return 0;
}

static void activate(int type)
{
	struct swap_info_struct *si = &swap_info[type];

	spin_lock(&swap_lock);
	si->flags = SWP_ACTIVE;
	nr_swap_pages += si->pages;
	total_swap_pages += si->pages;
	link_by_priority(type);
	spin_unlock(&swap_lock);
}

static struct file *open_user_file(const char __user *specialfile)
{
	struct file *file;
	char *name = getname(specialfile);

	if (IS_ERR(name))
		return ERR_PTR(PTR_ERR(name));
	file = filp_open(name, O_RDWR | O_LARGEFILE, 0);
	putname(name);
	return file;
}

asmlinkage long sys_swapon(const char __user *specialfile, int swap_flags)
{
	struct file *file;
	int type, error;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	type = take_type();
	if (type < 0)
		return type;
	file = open_user_file(specialfile);
	error = PTR_ERR(file);
	if (IS_ERR(file))
		goto bad_swap;
	mutex_lock(&swapon_mutex);
	error = setup_swap_file(&swap_info[type], file, swap_flags);
	if (!error)
		activate(type);
	mutex_unlock(&swapon_mutex);
	if (!error)
		return 0;
	filp_close(file, NULL);
bad_swap:
	swap_info[type].flags = 0;
	return error;
}

static int find_swap_file(const struct inode *inode)
{
	int type;

	for (type = swap_list_head; type >= 0; type = swap_info[type].next)
		if (swap_info[type].flags & SWP_WRITEOK &&
		    swap_info[type].swap_file->f_mapping->host == inode)
			return type;
	return -EINVAL;
}

/* The file is not written to any more; then all that is there comes back. */
static int deactivate(int type)
{
	struct swap_info_struct *si = &swap_info[type];
	int error;

	if (security_vm_enough_memory(si->pages))
		return -ENOMEM;
	vm_unacct_memory(si->pages);
	spin_lock(&swap_lock);
	unlink_type(type);
	nr_swap_pages -= si->pages;
	total_swap_pages -= si->pages;
	si->flags &= ~SWP_WRITEOK;
	spin_unlock(&swap_lock);
	error = try_to_unuse(type);
	if (!error)
		return 0;
	activate(type);
	return error;
}

asmlinkage long sys_swapoff(const char __user *specialfile)
{
	struct file *victim;
	int type, error;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	victim = open_user_file(specialfile);
	if (IS_ERR(victim))
		return PTR_ERR(victim);
	mutex_lock(&swapon_mutex);
	type = find_swap_file(victim->f_mapping->host);
	error = type < 0 ? type : deactivate(type);
	if (!error) {
		vfree(swap_info[type].swap_map);
		filp_close(swap_info[type].swap_file, NULL);
		swap_info[type].swap_file = NULL;
		swap_info[type].flags = 0;
	}
	mutex_unlock(&swapon_mutex);
	filp_close(victim, NULL);
	return error;
}

#ifdef CONFIG_PROC_FS
/* With the mutex from the first line to the last. */
static void *swap_start(struct seq_file *m, loff_t *pos)
{
	unsigned int type;
	loff_t left = *pos;

	mutex_lock(&swapon_mutex);
	if (!left)
		return SEQ_START_TOKEN;
	for (type = 0; type < nr_swapfiles; type++)
		if ((swap_info[type].flags & SWP_ACTIVE) == SWP_ACTIVE && !--left)
			return &swap_info[type];
	return NULL;
}

static void *swap_next(struct seq_file *m, void *v, loff_t *pos)
{
	struct swap_info_struct *p = v == SEQ_START_TOKEN ? swap_info :
							    (struct swap_info_struct *)v + 1;

	++*pos;
	for (; p < swap_info + nr_swapfiles; p++)
		if ((p->flags & SWP_ACTIVE) == SWP_ACTIVE)
			return p;
	return NULL;
}

static void swap_stop(struct seq_file *m, void *v)
{
	mutex_unlock(&swapon_mutex);
}

static int swap_show(struct seq_file *m, void *v)
{
	struct swap_info_struct *p = v;

	if (v == SEQ_START_TOKEN) {
		seq_puts(m, "Filename\t\t\t\tType\t\tSize\tUsed\tPriority\n");
		return 0;
	}
	seq_path(m, p->swap_file->f_vfsmnt, p->swap_file->f_dentry, " \t\n\\");
	seq_printf(m, "\t\t\t\tfile\t\t%lu\t%lu\t%d\n", p->pages << (PAGE_SHIFT - 10),
		   p->inuse_pages << (PAGE_SHIFT - 10), p->prio);
	return 0;
}

static struct seq_operations swaps_op = {
	.start = swap_start,
	.next = swap_next,
	.stop = swap_stop,
	.show = swap_show,
};

static int swaps_open(struct inode *inode, struct file *file)
{
	return seq_open(file, &swaps_op);
}

static const struct file_operations proc_swaps_operations = {
	.open = swaps_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = seq_release,
};

static int __init procswaps_init(void)
{
	struct proc_dir_entry *entry = create_proc_entry("swaps", 0, NULL);

	if (entry)
		entry->proc_fops = &proc_swaps_operations;
	return 0;
}
device_initcall(procswaps_init);
#endif
