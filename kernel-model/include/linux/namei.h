/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NAMEI_H
#define _LINUX_NAMEI_H

#include <linux/dcache.h>

#define MAX_NESTED_LINKS 8
#define MAX_TOTAL_LINKS	40

struct file;
struct vfsmount;

/**
 * struct open_intent - what open() is about to do with what it looks up
 * @file: the file that will stand for it, allocated before the walk
 * @last_name: a copy of the last name in a link, or NULL
 */
struct open_intent {
	int flags;
	int create_mode;
	struct file *file;
	char *last_name;
};

/**
 * struct nameidata - where a path walk stands
 * @last: with LOOKUP_PARENT, the last name, which was not looked up
 * @last_type: LAST_*
 * @depth: of symbolic links in each other
 */
struct nameidata {
	struct dentry *dentry;
	struct vfsmount *mnt;
	struct qstr last;
	unsigned int flags;
	int last_type;
	unsigned int depth;
	const char *saved_names[MAX_NESTED_LINKS + 1];
	union {
		struct open_intent open;
	} intent;
};

enum { LAST_NORM, LAST_ROOT, LAST_DOT, LAST_DOTDOT, LAST_BIND };

#define LOOKUP_FOLLOW		1
#define LOOKUP_DIRECTORY	2
#define LOOKUP_CONTINUE		4
#define LOOKUP_PARENT		16
#define LOOKUP_OPEN		0x0100
#define LOOKUP_CREATE		0x0200
#define LOOKUP_ACCESS		0x0400

int __user_walk(const char __user *name, unsigned int flags, struct nameidata *nd);
#define user_path_walk(name, nd)	__user_walk((name), LOOKUP_FOLLOW, (nd))
#define user_path_walk_link(name, nd)	__user_walk((name), 0, (nd))
int path_lookup(const char *name, unsigned int flags, struct nameidata *nd);
int path_walk(const char *name, struct nameidata *nd);
void path_release(struct nameidata *nd);
void release_open_intent(struct nameidata *nd);
int open_namei(const char *pathname, int flag, int mode, struct nameidata *nd);
struct dentry *lookup_one_len(const char *name, struct dentry *base, int len);
struct dentry *lookup_create(struct nameidata *nd, int is_dir);
int follow_down(struct vfsmount **mnt, struct dentry **dentry);
int follow_up(struct vfsmount **mnt, struct dentry **dentry);

static inline void nd_set_link(struct nameidata *nd, const char *path)
{
	nd->saved_names[nd->depth] = path;
}

static inline const char *nd_get_link(struct nameidata *nd)
{
	return nd->saved_names[nd->depth];
}

#endif /* _LINUX_NAMEI_H */
