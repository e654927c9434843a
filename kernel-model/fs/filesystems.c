// SPDX-License-Identifier: GPL-2.0-only
/* The kinds of file systems that there are. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static struct file_system_type *file_systems;
static DEFINE_RWLOCK(file_systems_lock);

/* The place of a kind in the list, or its end. */
static struct file_system_type **find_filesystem(const char *name)
{
	struct file_system_type **p = &file_systems;

	while (*p && strcmp((*p)->name, name))
		p = &(*p)->next;
	return p;
}

/**
 * register_filesystem - let a kind of file systems be mounted
 *
 * Returns 0, or -EBUSY when the name is taken.
 */
int register_filesystem(struct file_system_type *fs)
{
	struct file_system_type **p;
	int res = 0;

	if (fs->next)
		return -EBUSY;
	INIT_LIST_HEAD(&fs->fs_supers);
	write_lock(&file_systems_lock);
	p = find_filesystem(fs->name);
	if (*p)
		res = -EBUSY;
	else
		*p = fs;
	write_unlock(&file_systems_lock);
	return res;
}
EXPORT_SYMBOL(register_filesystem);

int unregister_filesystem(struct file_system_type *fs)
{
	struct file_system_type **p;
	int res = -EINVAL;

	write_lock(&file_systems_lock);
	p = find_filesystem(fs->name);
	if (*p == fs) {
		*p = fs->next;
		fs->next = NULL;
		res = 0;
	}
	write_unlock(&file_systems_lock);
	return res;
}
EXPORT_SYMBOL(unregister_filesystem);

/**
 * get_fs_type - the kind of a name, or NULL
 *
 * put_filesystem() gives it back.
 */
struct file_system_type *get_fs_type(const char *name)
{
	struct file_system_type *fs;

	read_lock(&file_systems_lock);
	fs = *find_filesystem(name);
	if (fs && !try_module_get(fs->owner))
		fs = NULL;
	read_unlock(&file_systems_lock);
	return fs;
}
EXPORT_SYMBOL(get_fs_type);

void put_filesystem(struct file_system_type *fs)
{
	module_put(fs->owner);
}
EXPORT_SYMBOL(put_filesystem);

/* For /proc/filesystems: a page of text. */
int get_filesystem_list(char *buf)
{
	struct file_system_type *fs;
	int len = 0;

	read_lock(&file_systems_lock);
	for (fs = file_systems; fs; fs = fs->next)
		len += scnprintf(buf + len, PAGE_SIZE - len, "%s\t%s\n",
				 fs->fs_flags & FS_REQUIRES_DEV ? "" : "nodev", fs->name);
	read_unlock(&file_systems_lock);
	return len;
}
