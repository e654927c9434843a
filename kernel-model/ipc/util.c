// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the three kinds of System V objects have in common: ids, permissions,
 * memory.
 *
 * An id is the number of a slot and how often that slot's table was used
 * before, so that an old id is not mistaken for a new object.  The array of
 * slots is read under RCU and replaced when it grows, with ids->sem held.
 */
#include <linux/ipc.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "util.h"

/**
 * struct ipc_rcu_hdr - in front of memory that goes by RCU
 * @refcount: the id, and each task that sleeps on the object
 * @size: of the memory behind, in bytes
 */
struct ipc_rcu_hdr {
	int refcount;
	int size;
	struct rcu_head rcu;
} __aligned(16);

static struct ipc_rcu_hdr *rcu_hdr(void *ptr)
{
	return (struct ipc_rcu_hdr *)ptr - 1;
}

void *ipc_alloc(int size)
{
	return size > PAGE_SIZE ? vmalloc(size) : kmalloc(size, GFP_KERNEL);
}

void ipc_free(void *ptr, int size)
{
	if (size > PAGE_SIZE)
		vfree(ptr);
	else
		kfree(ptr);
}

/**
 * ipc_rcu_alloc - memory with one reference
 * @size: in bytes
 */
void *ipc_rcu_alloc(int size)
{
	struct ipc_rcu_hdr *hdr = ipc_alloc(size + sizeof(*hdr));

	if (!hdr)
		return NULL;
	hdr->refcount = 1;
	hdr->size = size;
	return hdr + 1;
}

void ipc_rcu_getref(void *ptr)
{
	rcu_hdr(ptr)->refcount++;
}

static void ipc_do_rcu_free(struct rcu_head *head)
{
	struct ipc_rcu_hdr *hdr = container_of(head, struct ipc_rcu_hdr, rcu);

	ipc_free(hdr, hdr->size + sizeof(*hdr));
}

void ipc_rcu_putref(void *ptr)
{
	if (--rcu_hdr(ptr)->refcount)
		return;
	call_rcu(&rcu_hdr(ptr)->rcu, ipc_do_rcu_free);
}

/**
 * ipc_init_ids - make an empty table
 * @size: slots at first
 */
void __init ipc_init_ids(struct ipc_ids *ids, int size)
{
	int i;

	init_MUTEX(&ids->sem);
	size = min(size, IPCMNI);
	ids->in_use = 0;
	ids->max_id = -1;
	ids->seq = 0;
	ids->seq_max = min(INT_MAX / SEQ_MULTIPLIER, 0xffff);
	ids->entries = ipc_rcu_alloc(sizeof(struct kern_ipc_perm *) * size +
				     sizeof(struct ipc_id_ary));
	if (!ids->entries) {
		printk(KERN_ERR "ipc: no memory for ids\n");
		size = 0;
		ids->entries = &ids->nullentry;
	}
	ids->entries->size = size;
	for (i = 0; i < size; i++)
		ids->entries->p[i] = NULL;
}

/**
 * ipc_findkey - the slot of an object by its key, or -1
 */
int ipc_findkey(struct ipc_ids *ids, key_t key)
{
	int id;

	for (id = 0; id <= ids->max_id; id++)
		if (ids->entries->p[id] && ids->entries->p[id]->key == key)
			return id;
	return -1;
}

/* Returns the size that the array has afterwards. */
static int grow_ary(struct ipc_ids *ids, int newsize)
{
	struct ipc_id_ary *new, *old = ids->entries;
	int i, size = old->size;

	newsize = min(newsize, IPCMNI);
	if (newsize <= size)
		return newsize;
	new = ipc_rcu_alloc(sizeof(struct kern_ipc_perm *) * newsize +
			    sizeof(struct ipc_id_ary));
	if (!new)
		return size;
	memcpy(new->p, old->p, sizeof(struct kern_ipc_perm *) * size +
			       sizeof(struct ipc_id_ary));
	new->size = newsize;
	for (i = size; i < newsize; i++)
		new->p[i] = NULL;
	rcu_assign_pointer(ids->entries, new);
	if (old != &ids->nullentry)
		ipc_rcu_putref(old);
	return newsize;
}

/**
 * ipc_addid - give an object a slot
 * @size: how many objects of this kind there may be
 *
 * Returns the slot with the object locked, or -1.
 */
int ipc_addid(struct ipc_ids *ids, struct kern_ipc_perm *new, int size)
{
	int id;

	size = grow_ary(ids, size);
	for (id = 0; id < size && ids->entries->p[id]; id++)
		;
	if (id >= size)
		return -1;
	ids->in_use++;
	ids->max_id = max(ids->max_id, id);
	new->cuid = current->euid;
	new->uid = new->cuid;
	new->cgid = current->egid;
	new->gid = new->cgid;
	new->seq = ids->seq++;
	if (ids->seq > ids->seq_max)
		ids->seq = 0;
	spin_lock_init(&new->lock);
	new->deleted = 0;
	rcu_read_lock();
	spin_lock(&new->lock);
	ids->entries->p[id] = new;
	return id;
}

/**
 * ipc_rmid - take an object's slot away
 *
 * The object is locked before and after.
 */
struct kern_ipc_perm *ipc_rmid(struct ipc_ids *ids, int id)
{
	int lid = id % SEQ_MULTIPLIER;
	struct kern_ipc_perm *p;

	BUG_ON(lid >= ids->entries->size);
	p = ids->entries->p[lid];
	BUG_ON(!p);
	ids->entries->p[lid] = NULL;
	ids->in_use--;
	while (ids->max_id >= 0 && !ids->entries->p[ids->max_id])
		ids->max_id--;
	p->deleted = 1;
	return p;
}

/* A slot's object, unlocked; NULL for none. */
struct kern_ipc_perm *ipc_get(struct ipc_ids *ids, int id)
{
	int lid = id % SEQ_MULTIPLIER;

	return lid >= 0 && lid < ids->entries->size ? ids->entries->p[lid] : NULL;
}

/* The highest slot in use, as IPC_INFO tells it: 0 also when there is none. */
int ipc_get_maxid(const struct ipc_ids *ids)
{
	return max(ids->max_id, 0);
}

/**
 * ipcperms - may the caller do this?
 * @flag: wanted permissions, in any of the three places of a mode
 *
 * Returns 0 or -1.
 */
int ipcperms(struct kern_ipc_perm *ipcp, short flag)
{
	int requested = (flag >> 6) | (flag >> 3) | flag;
	int granted = ipcp->mode;

	if (current->euid == ipcp->cuid || current->euid == ipcp->uid)
		granted >>= 6;
	else if (in_egroup_p(ipcp->cgid) || in_egroup_p(ipcp->gid))
		granted >>= 3;
	if ((requested & ~granted & 0007) && !capable(CAP_IPC_OWNER))
		return -1;
	return 0;
}

/**
 * ipc_lock - the object of an id, locked
 *
 * Whether the id is not an older one is for ipc_checkid() to say.
 */
struct kern_ipc_perm *ipc_lock(struct ipc_ids *ids, int id)
{
	struct kern_ipc_perm *out;

	rcu_read_lock();
	out = ipc_get(ids, id);
	if (!out) {
		rcu_read_unlock();
		return NULL;
	}
	spin_lock(&out->lock);
	if (out->deleted) {
		ipc_unlock(out);
		return NULL;
	}
	return out;
}

void ipc_lock_by_ptr(struct kern_ipc_perm *perm)
{
	rcu_read_lock();
	spin_lock(&perm->lock);
}

void ipc_unlock(struct kern_ipc_perm *perm)
{
	spin_unlock(&perm->lock);
	rcu_read_unlock();
}

int ipc_buildid(const struct ipc_ids *ids, int id, int seq)
{
	return SEQ_MULTIPLIER * seq + id;
}

/* 1 if the id belongs to a former object of the slot. */
int ipc_checkid(const struct ipc_ids *ids, const struct kern_ipc_perm *ipcp, int uid)
{
	return uid / SEQ_MULTIPLIER != ipcp->seq;
}

void kernel_to_ipc64_perm(const struct kern_ipc_perm *in, struct ipc64_perm *out)
{
	out->key = in->key;
	out->uid = in->uid;
	out->gid = in->gid;
	out->cuid = in->cuid;
	out->cgid = in->cgid;
	out->mode = in->mode;
	out->seq = in->seq;
}

/* May the caller change and remove the object? */
int ipc_owner(const struct kern_ipc_perm *ipcp)
{
	return current->euid == ipcp->cuid || current->euid == ipcp->uid ||
	       capable(CAP_SYS_ADMIN);
}

/* IPC_SET: the owner and the permissions. */
void ipc_update_perm(const struct ipc64_perm *in, struct kern_ipc_perm *out)
{
	out->uid = in->uid;
	out->gid = in->gid;
	out->mode = (out->mode & ~0777) | (in->mode & 0777);
}

#ifdef CONFIG_PROC_FS
/**
 * struct ipc_proc_iface - a file in /proc/sysvipc
 * @header: its first line
 * @ids: a line for each of these
 * @show: the line
 */
struct ipc_proc_iface {
	const char *header;
	struct ipc_ids *ids;
	void (*show)(struct seq_file *s, void *it);
};

static struct proc_dir_entry *sysvipc_dir;

/*
 * The first object from a slot on, locked.  *pos is its slot and one more, since
 * 0 is the header.
 */
static void *object_from(struct ipc_ids *ids, int slot, loff_t *pos)
{
	struct kern_ipc_perm *ipc = NULL;

	for (; !ipc && slot <= ids->max_id; slot++)
		ipc = ipc_lock(ids, slot);
	*pos = ipc ? slot : slot + 1;
	return ipc;
}

static void *sysvipc_proc_start(struct seq_file *s, loff_t *pos)
{
	struct ipc_proc_iface *iface = s->private;

	down(&iface->ids->sem);
	return *pos ? object_from(iface->ids, *pos - 1, pos) : SEQ_START_TOKEN;
}

static void *sysvipc_proc_next(struct seq_file *s, void *it, loff_t *pos)
{
	struct ipc_proc_iface *iface = s->private;

	if (it != SEQ_START_TOKEN)
		ipc_unlock(it);
	return object_from(iface->ids, *pos, pos);
}

static void sysvipc_proc_stop(struct seq_file *s, void *it)
{
	struct ipc_proc_iface *iface = s->private;

	if (it && it != SEQ_START_TOKEN)
		ipc_unlock(it);
	up(&iface->ids->sem);
}

static int sysvipc_proc_show(struct seq_file *s, void *it)
{
	struct ipc_proc_iface *iface = s->private;

	/* Whether it fits is for seq_read() to see. */
	if (it == SEQ_START_TOKEN)
		seq_puts(s, iface->header);
	else
		iface->show(s, it);
	return 0;
}

static struct seq_operations sysvipc_proc_seqops = {
	.start = sysvipc_proc_start,
	.stop = sysvipc_proc_stop,
	.next = sysvipc_proc_next,
	.show = sysvipc_proc_show,
};

static int sysvipc_proc_open(struct inode *inode, struct file *file)
{
	int ret = seq_open(file, &sysvipc_proc_seqops);

	if (!ret)
		((struct seq_file *)file->private_data)->private = PDE(inode)->data;
	return ret;
}

static const struct file_operations sysvipc_proc_fops = {
	.open = sysvipc_proc_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = seq_release,
};

/**
 * ipc_init_proc_interface - make a file in /proc/sysvipc
 * @name: there
 */
void __init ipc_init_proc_interface(const char *name, const char *header, struct ipc_ids *ids,
				    void (*show)(struct seq_file *s, void *it))
{
	struct ipc_proc_iface *iface = kmalloc(sizeof(*iface), GFP_KERNEL);
	struct proc_dir_entry *pde;

	if (!iface)
		return;
	iface->header = header;
	iface->ids = ids;
	iface->show = show;
	if (!sysvipc_dir)
		sysvipc_dir = proc_mkdir("sysvipc", NULL);
	pde = create_proc_entry(name, 0444, sysvipc_dir);
	if (!pde) {
		kfree(iface);
		return;
	}
	pde->data = iface;
	pde->proc_fops = &sysvipc_proc_fops;
}
#endif
