/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _IPC_UTIL_H
#define _IPC_UTIL_H

#include <linux/ipc.h>
#include <linux/semaphore.h>

struct seq_file;

struct ipc_id_ary {
	int size;
	struct kern_ipc_perm *p[];
};

/**
 * struct ipc_ids - the ids of one kind of object
 * @in_use: how many there are
 * @max_id: the highest slot in use, -1 for none
 * @seq: for the next object; grows with each
 * @seq_max: where it starts again
 * @sem: held while objects come and go
 * @entries: slots; readers hold no lock but RCU's
 * @nullentry: the array of a table for which there was no memory
 */
struct ipc_ids {
	int in_use;
	int max_id;
	unsigned short seq;
	unsigned short seq_max;
	struct semaphore sem;
	struct ipc_id_ary *entries;
	struct ipc_id_ary nullentry;
};

void ipc_init_ids(struct ipc_ids *ids, int size);
#ifdef CONFIG_PROC_FS
void ipc_init_proc_interface(const char *name, const char *header, struct ipc_ids *ids,
			     void (*show)(struct seq_file *s, void *it));
#else
static inline void ipc_init_proc_interface(const char *name, const char *header,
					   struct ipc_ids *ids,
					   void (*show)(struct seq_file *s, void *it))
{
}
#endif

/* With ids->sem held. */
int ipc_findkey(struct ipc_ids *ids, key_t key);
int ipc_addid(struct ipc_ids *ids, struct kern_ipc_perm *new, int size);
struct kern_ipc_perm *ipc_rmid(struct ipc_ids *ids, int id);
struct kern_ipc_perm *ipc_get(struct ipc_ids *ids, int id);
int ipc_get_maxid(const struct ipc_ids *ids);

int ipcperms(struct kern_ipc_perm *ipcp, short flag);

/* Memory that may be read for a while after its last reference is gone. */
void *ipc_alloc(int size);
void ipc_free(void *ptr, int size);
void *ipc_rcu_alloc(int size);
void ipc_rcu_getref(void *ptr);
void ipc_rcu_putref(void *ptr);

struct kern_ipc_perm *ipc_lock(struct ipc_ids *ids, int id);
void ipc_unlock(struct kern_ipc_perm *perm);
void ipc_lock_by_ptr(struct kern_ipc_perm *perm);
int ipc_buildid(const struct ipc_ids *ids, int id, int seq);
int ipc_checkid(const struct ipc_ids *ids, const struct kern_ipc_perm *ipcp, int uid);

void kernel_to_ipc64_perm(const struct kern_ipc_perm *in, struct ipc64_perm *out);
int ipc_owner(const struct kern_ipc_perm *ipcp);
void ipc_update_perm(const struct ipc64_perm *in, struct kern_ipc_perm *out);

#endif /* _IPC_UTIL_H */
