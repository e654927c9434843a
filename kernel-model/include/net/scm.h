/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_SCM_H
#define _NET_SCM_H

#include <linux/net.h>
#include <linux/sched.h>

#define SCM_MAX_FD	253

/**
 * struct scm_fp_list - files that travel with a message
 */
struct scm_fp_list {
	int count;
	struct file *fp[SCM_MAX_FD];
};

/**
 * struct scm_cookie - what travels with a message besides its bytes
 */
struct scm_cookie {
	struct ucred creds;
	struct scm_fp_list *fp;
};

int __scm_send(struct socket *sock, struct msghdr *msg, struct scm_cookie *p);
void __scm_destroy(struct scm_cookie *scm);
void scm_detach_fds(struct msghdr *msg, struct scm_cookie *scm);
struct scm_fp_list *scm_fp_dup(struct scm_fp_list *fpl);

static inline void scm_destroy(struct scm_cookie *scm)
{
	if (scm->fp)
		__scm_destroy(scm);
}

static inline int scm_send(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm)
{
	scm->creds.pid = current->tgid;
	scm->creds.uid = current->uid;
	scm->creds.gid = current->gid;
	scm->fp = NULL;
	return msg->msg_controllen ? __scm_send(sock, msg, scm) : 0;
}

void scm_recv(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm);

#endif /* _NET_SCM_H */
