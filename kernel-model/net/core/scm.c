// SPDX-License-Identifier: GPL-2.0-only
/* Control messages: files and credentials that travel through sockets. */
#include <linux/capability.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <net/scm.h>

/* Only who may take on an identity may claim it. */
static int scm_check_creds(struct ucred *creds)
{
	if ((creds->pid == current->tgid || capable(CAP_SYS_ADMIN)) &&
	    (creds->uid == current->uid || creds->uid == current->euid ||
	     creds->uid == current->suid || capable(CAP_SETUID)) &&
	    (creds->gid == current->gid || creds->gid == current->egid ||
	     creds->gid == current->sgid || capable(CAP_SETGID)))
		return 0;
	return -EPERM;
}

static int scm_fp_copy(int *fdp, int num, struct scm_fp_list **fplp)
{
	struct scm_fp_list *fpl = *fplp;
	struct file *file;
	int i;

	if (num <= 0)
		return 0;
	if (num > SCM_MAX_FD)
		return -EINVAL;
	if (!fpl) {
		fpl = kmalloc(sizeof(*fpl), GFP_KERNEL);
		if (!fpl)
			return -ENOMEM;
		*fplp = fpl;
		fpl->count = 0;
	}
	if (fpl->count + num > SCM_MAX_FD)
		return -EINVAL;
	for (i = 0; i < num; i++) {
		file = fdp[i] >= 0 ? fget(fdp[i]) : NULL;
		if (!file)
			return -EBADF;
		fpl->fp[fpl->count++] = file;
	}
	return num;
}

void __scm_destroy(struct scm_cookie *scm)
{
	struct scm_fp_list *fpl = scm->fp;
	int i;

	if (!fpl)
		return;
	scm->fp = NULL;
	for (i = fpl->count - 1; i >= 0; i--)
		fput(fpl->fp[i]);
	kfree(fpl);
}
EXPORT_SYMBOL(__scm_destroy);

/* The next control message, or NULL when there is none, or not a whole one. */
static struct cmsghdr *next_cmsg(char *control, size_t controllen, size_t *at)
{
	struct cmsghdr *cmsg = (struct cmsghdr *)(control + *at);

	if (*at + sizeof(*cmsg) > controllen)
		return NULL;
	*at += CMSG_ALIGN(cmsg->cmsg_len);
	return cmsg;
}

static int scm_one(struct cmsghdr *cmsg, struct scm_cookie *p)
{
	size_t head = CMSG_ALIGN(sizeof(struct cmsghdr));
	int err;

	if (cmsg->cmsg_level != SOL_SOCKET)
		return 0;
	switch (cmsg->cmsg_type) {
	case SCM_RIGHTS:
		err = scm_fp_copy((int *)((char *)cmsg + head),
				  (cmsg->cmsg_len - head) / sizeof(int), &p->fp);
		return err < 0 ? err : 0;
	case SCM_CREDENTIALS:
		if (cmsg->cmsg_len != CMSG_LEN(sizeof(struct ucred)))
			return -EINVAL;
		memcpy(&p->creds, (char *)cmsg + head, sizeof(struct ucred));
		return scm_check_creds(&p->creds);
	}
	return -EINVAL;
}

/* Takes what the control part of a message names. */
int __scm_send(struct socket *sock, struct msghdr *msg, struct scm_cookie *p)
{
	struct cmsghdr *cmsg;
	size_t at = 0, was;
	char *control;
	int err = 0;

	if (msg->msg_controllen > 20480)
		return -ENOBUFS;
	control = kmalloc(msg->msg_controllen, GFP_KERNEL);
	if (!control)
		return -ENOBUFS;
	if (copy_from_user(control, (void __user __force *)msg->msg_control,
			   msg->msg_controllen))
		err = -EFAULT;
	while (!err) {
		was = at;
		cmsg = next_cmsg(control, msg->msg_controllen, &at);
		if (!cmsg)
			break;
		if (cmsg->cmsg_len < sizeof(*cmsg) || was + cmsg->cmsg_len > msg->msg_controllen)
			err = -EINVAL;
		else
			err = scm_one(cmsg, p);
	}
	kfree(control);
	if (err)
		scm_destroy(p);
	return err;
}
EXPORT_SYMBOL(__scm_send);

/* Gives the reader a control message, or as much of it as he has room for. */
int put_cmsg(struct msghdr *msg, int level, int type, int len, void *data)
{
	struct cmsghdr hdr = {
		.cmsg_level = level,
		.cmsg_type = type,
		.cmsg_len = CMSG_LEN(len),
	};
	void __user *cm = (void __user __force *)msg->msg_control;
	size_t head = CMSG_ALIGN(sizeof(hdr)), room;

	if (!msg->msg_control || msg->msg_controllen < sizeof(hdr)) {
		msg->msg_flags |= MSG_CTRUNC;
		return 0;
	}
	if (msg->msg_controllen < hdr.cmsg_len) {
		msg->msg_flags |= MSG_CTRUNC;
		hdr.cmsg_len = msg->msg_controllen;
	}
	if (copy_to_user(cm, &hdr, sizeof(hdr)) ||
	    copy_to_user((char __user *)cm + head, data, hdr.cmsg_len - head))
		return -EFAULT;
	room = min_t(size_t, CMSG_SPACE(len), msg->msg_controllen);
	msg->msg_control = (char *)msg->msg_control + room;
	msg->msg_controllen -= room;
	return 0;
}
EXPORT_SYMBOL(put_cmsg);

/* The files get descriptors of the reader. */
void scm_detach_fds(struct msghdr *msg, struct scm_cookie *scm)
{
	int fdnum = scm->fp->count, fdmax = 0, i, fd, fds[SCM_MAX_FD];
	size_t head = CMSG_ALIGN(sizeof(struct cmsghdr));

	if (msg->msg_controllen > head)
		fdmax = min_t(size_t, (msg->msg_controllen - head) / sizeof(int), fdnum);
	for (i = 0; i < fdmax; i++) {
		fd = get_unused_fd();
		if (fd < 0)
			break;
		get_file(scm->fp->fp[i]);
		fd_install(fd, scm->fp->fp[i]);
		fds[i] = fd;
	}
	if (i > 0)
		put_cmsg(msg, SOL_SOCKET, SCM_RIGHTS, i * sizeof(int), fds);
	if (i < fdnum)
		msg->msg_flags |= MSG_CTRUNC;
	__scm_destroy(scm);
}
EXPORT_SYMBOL(scm_detach_fds);

void scm_recv(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm)
{
	int passcred = test_bit(SOCK_PASSCRED, &sock->flags);

	if (!msg->msg_control) {
		if (passcred || scm->fp)
			msg->msg_flags |= MSG_CTRUNC;
		scm_destroy(scm);
		return;
	}
	if (passcred)
		put_cmsg(msg, SOL_SOCKET, SCM_CREDENTIALS, sizeof(scm->creds), &scm->creds);
	if (scm->fp)
		scm_detach_fds(msg, scm);
}
EXPORT_SYMBOL(scm_recv);

/* Another list of the same files, for a reader who only looks. */
struct scm_fp_list *scm_fp_dup(struct scm_fp_list *fpl)
{
	struct scm_fp_list *new_fpl;
	int i;

	if (!fpl)
		return NULL;
	new_fpl = kmalloc(sizeof(*fpl), GFP_KERNEL);
	if (new_fpl) {
		memcpy(new_fpl, fpl, sizeof(*fpl));
		for (i = fpl->count - 1; i >= 0; i--)
			get_file(fpl->fp[i]);
	}
	return new_fpl;
}
EXPORT_SYMBOL(scm_fp_dup);
