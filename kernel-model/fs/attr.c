// SPDX-License-Identifier: GPL-2.0-only
/* Changing what stat() shows. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/quotaops.h>
#include <linux/sched.h>

static int owner_or_capable(const struct inode *inode, int cap)
{
	return current->fsuid == inode->i_uid || capable(cap);
}

/**
 * inode_change_ok - may the current task make these changes?
 */
int inode_change_ok(struct inode *inode, struct iattr *attr)
{
	unsigned int ia_valid = attr->ia_valid;

	if (ia_valid & ATTR_FORCE)
		return 0;
	if ((ia_valid & ATTR_UID) && (current->fsuid != inode->i_uid ||
				      attr->ia_uid != inode->i_uid) && !capable(CAP_CHOWN))
		return -EPERM;
	if ((ia_valid & ATTR_GID) &&
	    (current->fsuid != inode->i_uid ||
	     (!in_group_p(attr->ia_gid) && attr->ia_gid != inode->i_gid)) && !capable(CAP_CHOWN))
		return -EPERM;
	if (ia_valid & ATTR_MODE) {
		gid_t gid = ia_valid & ATTR_GID ? attr->ia_gid : inode->i_gid;

		if (!owner_or_capable(inode, CAP_FOWNER))
			return -EPERM;
		if (!in_group_p(gid) && !capable(CAP_FSETID))
			attr->ia_mode &= ~S_ISGID;
	}
	if ((ia_valid & (ATTR_MTIME_SET | ATTR_ATIME_SET)) &&
	    !owner_or_capable(inode, CAP_FOWNER))
		return -EPERM;
	return 0;
}
EXPORT_SYMBOL(inode_change_ok);

/**
 * vmtruncate - give a file another size
 */
int vmtruncate(struct inode *inode, loff_t offset)
{
	unsigned long limit = current->signal->rlim[RLIMIT_FSIZE].rlim_cur;

	if (offset > inode->i_size) {
		if (limit != RLIM_INFINITY && offset > limit) {
			send_sig(SIGXFSZ, current, 0);
			return -EFBIG;
		}
		if (offset > inode->i_sb->s_maxbytes)
			return -EFBIG;
		inode->i_size = offset;
	} else {
		inode->i_size = offset;
		truncate_inode_pages(inode->i_mapping, offset);
	}
	if (inode->i_op->truncate)
		inode->i_op->truncate(inode);
	return 0;
}
EXPORT_SYMBOL(vmtruncate);

int inode_setattr(struct inode *inode, struct iattr *attr)
{
	unsigned int ia_valid = attr->ia_valid;

	if (ia_valid & ATTR_SIZE) {
		int error = vmtruncate(inode, attr->ia_size);

		if (error)
			return error;
		inode->i_mtime = CURRENT_TIME;
	}
	if ((ia_valid & ATTR_UID) && attr->ia_uid != inode->i_uid) {
		if (DQUOT_TRANSFER(inode, attr->ia_uid))
			return -EDQUOT;
		inode->i_uid = attr->ia_uid;
	}
	if (ia_valid & ATTR_GID)
		inode->i_gid = attr->ia_gid;
	if (ia_valid & ATTR_ATIME)
		inode->i_atime = attr->ia_atime;
	if (ia_valid & ATTR_MTIME)
		inode->i_mtime = attr->ia_mtime;
	if (ia_valid & ATTR_CTIME)
		inode->i_ctime = attr->ia_ctime;
	if (ia_valid & ATTR_MODE) {
		inode->i_mode = attr->ia_mode;
		if (!in_group_p(inode->i_gid) && !capable(CAP_FSETID))
			inode->i_mode &= ~S_ISGID;
	}
	return 0;
}
EXPORT_SYMBOL(inode_setattr);

/* What ATTR_KILL_* ask for becomes a change of the mode. */
static void kill_modes(struct inode *inode, struct iattr *attr)
{
	unsigned int ia_valid = attr->ia_valid;
	umode_t mode = inode->i_mode;

	if ((ia_valid & ATTR_KILL_SUID) && (mode & S_ISUID)) {
		mode &= ~S_ISUID;
		ia_valid |= ATTR_MODE | ATTR_FORCE;
	}
	if ((ia_valid & ATTR_KILL_SGID) && (mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP)) {
		mode &= ~S_ISGID;
		ia_valid |= ATTR_MODE | ATTR_FORCE;
	}
	attr->ia_valid = ia_valid & ~(ATTR_KILL_SUID | ATTR_KILL_SGID);
	if (!(ia_valid & ATTR_FORCE))
		return;
	attr->ia_mode = mode;
}

/**
 * notify_change - change an inode, whose i_mutex is held
 */
int notify_change(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = dentry->d_inode;
	int error = 0;

	attr->ia_ctime = CURRENT_TIME;
	if (!(attr->ia_valid & ATTR_ATIME_SET))
		attr->ia_atime = CURRENT_TIME;
	if (!(attr->ia_valid & ATTR_MTIME_SET))
		attr->ia_mtime = CURRENT_TIME;
	if (attr->ia_valid & (ATTR_KILL_SUID | ATTR_KILL_SGID)) {
		error = inode_change_ok(inode, attr);
		if (error)
			return error;
		kill_modes(inode, attr);
	}
	if (inode->i_op->setattr)
		return inode->i_op->setattr(dentry, attr);
	error = inode_change_ok(inode, attr);
	return error ? error : inode_setattr(inode, attr);
}
EXPORT_SYMBOL(notify_change);

/* What is written to is no longer what its owner had trusted. */
int remove_suid(struct dentry *dentry)
{
	struct iattr attr = { .ia_valid = ATTR_FORCE };
	umode_t mode = dentry->d_inode->i_mode;

	if (mode & S_ISUID)
		attr.ia_valid |= ATTR_KILL_SUID;
	if ((mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP))
		attr.ia_valid |= ATTR_KILL_SGID;
	if (attr.ia_valid == ATTR_FORCE || capable(CAP_FSETID))
		return 0;
	return notify_change(dentry, &attr);
}
EXPORT_SYMBOL(remove_suid);
