/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MSG_H
#define _LINUX_MSG_H

#include <linux/ipc.h>
#include <linux/list.h>
#include <linux/atomic.h>

#define MSG_STAT	11
#define MSG_INFO	12

#define MSG_NOERROR	010000	/* cut what is too long */
#define MSG_EXCEPT	020000	/* any type but this one */

#define MSGMNI		16	/* queues */
#define MSGMAX		8192	/* bytes in a message */
#define MSGMNB		16384	/* bytes in a queue */

/* Limits that Linux does not have, but shows. */
#define MSGPOOL		(MSGMNI * MSGMNB / 1024)
#define MSGTQL		MSGMNB
#define MSGMAP		MSGMNB
#define MSGSSZ		16
#define MSGSEG		0xffff

/* What user mode sees, in the layout of x86-64. */
struct msqid64_ds {
	struct ipc64_perm msg_perm;
	time_t msg_stime;
	time_t msg_rtime;
	time_t msg_ctime;
	unsigned long msg_cbytes;
	unsigned long msg_qnum;
	unsigned long msg_qbytes;
	pid_t msg_lspid;
	pid_t msg_lrpid;
	unsigned long __unused4;
	unsigned long __unused5;
};

struct msgbuf {
	long mtype;
	char mtext[1];
};

struct msginfo {
	int msgpool;
	int msgmap;
	int msgmax;
	int msgmnb;
	int msgmni;
	int msgssz;
	int msgtql;
	unsigned short msgseg;
};

#ifdef __KERNEL__

struct msg_msgseg;

/* One message; what does not fit behind it on a page goes into segments. */
struct msg_msg {
	struct list_head m_list;
	long m_type;
	int m_ts;		/* bytes of text */
	struct msg_msgseg *next;
};

/**
 * struct msg_queue - a queue
 * @q_cbytes: text in it, in bytes
 * @q_qnum: messages in it
 * @q_qbytes: how much text there may be
 * @q_lspid: who sent last
 * @q_lrpid: who received last
 */
struct msg_queue {
	struct kern_ipc_perm q_perm;
	int q_id;
	time_t q_stime;
	time_t q_rtime;
	time_t q_ctime;
	unsigned long q_cbytes;
	unsigned long q_qnum;
	unsigned long q_qbytes;
	pid_t q_lspid;
	pid_t q_lrpid;
	struct list_head q_messages;
	struct list_head q_receivers;
	struct list_head q_senders;
};

struct msg_msg *load_msg(const void __user *src, int len);
int store_msg(void __user *dest, struct msg_msg *msg, int len);
void free_msg(struct msg_msg *msg);

extern int msg_ctlmax;
extern int msg_ctlmnb;
extern int msg_ctlmni;

#endif /* __KERNEL__ */

#endif /* _LINUX_MSG_H */
