// SPDX-License-Identifier: GPL-2.0-only
/* Users: what all processes of one uid have in common, found by a hash table. */
#include <linux/sched.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#define UIDHASH_BITS		8
#define UIDHASH_SZ		(1 << UIDHASH_BITS)
#define UIDHASH_MASK		(UIDHASH_SZ - 1)

static struct kmem_cache *uid_cachep;
static struct list_head uidhash_table[UIDHASH_SZ];
static DEFINE_SPINLOCK(uidhash_lock);

struct user_struct root_user = {
	.__count = ATOMIC_INIT(1),
	.processes = ATOMIC_INIT(1),
	.uidhash_list = LIST_HEAD_INIT(root_user.uidhash_list),
};

static struct list_head *uidhashentry(uid_t uid)
{
	return uidhash_table + (((uid >> UIDHASH_BITS) + uid) & UIDHASH_MASK);
}

/* Needs uidhash_lock; takes a reference. */
static struct user_struct *uid_hash_find(uid_t uid)
{
	struct user_struct *user;

	list_for_each_entry(user, uidhashentry(uid), uidhash_list)
		if (user->uid == uid)
			return get_uid(user);
	return NULL;
}

/**
 * find_user - the user of a uid, if there is one
 *
 * Takes a reference, which free_uid() gives back.
 */
struct user_struct *find_user(uid_t uid)
{
	struct user_struct *user;

	spin_lock(&uidhash_lock);
	user = uid_hash_find(uid);
	spin_unlock(&uidhash_lock);
	return user;
}

void free_uid(struct user_struct *up)
{
	if (!up || !atomic_dec_and_test(&up->__count))
		return;
	spin_lock(&uidhash_lock);
	list_del(&up->uidhash_list);
	spin_unlock(&uidhash_lock);
	kmem_cache_free(uid_cachep, up);
}

/**
 * alloc_uid - the user of a uid, made if it is new
 *
 * Takes a reference.  Returns NULL when there is no memory.
 */
struct user_struct *alloc_uid(uid_t uid)
{
	struct user_struct *user = find_user(uid), *new;

	if (user)
		return user;
	new = kmem_cache_alloc(uid_cachep, GFP_KERNEL);
	if (!new)
		return NULL;
	memset(new, 0, sizeof(*new));
	new->uid = uid;
	atomic_set(&new->__count, 1);
	spin_lock(&uidhash_lock);
	/* The allocation may have slept, and somebody else been faster. */
	user = uid_hash_find(uid);
	if (!user)
		list_add(&new->uidhash_list, uidhashentry(uid));
	spin_unlock(&uidhash_lock);
	if (!user)
		return new;
	kmem_cache_free(uid_cachep, new);
	return user;
}

/**
 * switch_uid - the current process changes hands
 * @new_user: its reference is the task's from now on
 */
void switch_uid(struct user_struct *new_user)
{
	struct user_struct *old_user = current->user;

	atomic_inc(&new_user->processes);
	atomic_dec(&old_user->processes);
	current->user = new_user;
	free_uid(old_user);
}

void __init uid_cache_init(void)
{
	int n;

	uid_cachep = kmem_cache_create("uid_cache", sizeof(struct user_struct), 0, SLAB_PANIC,
				       NULL, NULL);
	for (n = 0; n < UIDHASH_SZ; n++)
		INIT_LIST_HEAD(uidhash_table + n);
	list_add(&root_user.uidhash_list, uidhashentry(0));
}
