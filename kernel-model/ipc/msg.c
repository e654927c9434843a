// SPDX-License-Identifier: GPL-2.0-only
/*
 * System V message queues.
 *
 * Who waits for a message is told what it wants in a struct msg_receiver on its
 * stack, and the sender puts the message there without touching the queue.
 */
#include <linux/msg.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include "util.h"

int msg_ctlmax = MSGMAX;
int msg_ctlmnb = MSGMNB;
int msg_ctlmni = MSGMNI;

static atomic_t msg_bytes = ATOMIC_INIT(0);
static atomic_t msg_hdrs = ATOMIC_INIT(0);

static struct ipc_ids msg_ids;

#define SEARCH_ANY		1
#define SEARCH_EQUAL		2
#define SEARCH_NOTEQUAL		3
#define SEARCH_LESSEQUAL	4

/**
 * struct msg_receiver - one task that waits for a message
 * @r_mode: SEARCH_*
 * @r_msgtype: what the mode compares with
 * @r_maxsize: longest text that it takes
 * @r_msg: the message, or an error; -EAGAIN while it waits
 */
struct msg_receiver {
	struct list_head r_list;
	struct task_struct *r_tsk;
	int r_mode;
	long r_msgtype;
	long r_maxsize;
	struct msg_msg *r_msg;
};

/* One task that waits for room. */
struct msg_sender {
	struct list_head list;
	struct task_struct *tsk;
};

#define msg_lock(id)	((struct msg_queue *)ipc_lock(&msg_ids, id))
#define msg_unlock(msq)	ipc_unlock(&(msq)->q_perm)

/* With msg_ids.sem held.  Returns the id, or an error. */
static int newque(key_t key, int msgflg)
{
	struct msg_queue *msq = ipc_rcu_alloc(sizeof(*msq));
	int id;

	if (!msq)
		return -ENOMEM;
	memset(msq, 0, sizeof(*msq));
	msq->q_perm.mode = msgflg & 0777;
	msq->q_perm.key = key;
	INIT_LIST_HEAD(&msq->q_messages);
	INIT_LIST_HEAD(&msq->q_receivers);
	INIT_LIST_HEAD(&msq->q_senders);
	id = ipc_addid(&msg_ids, &msq->q_perm, msg_ctlmni);
	if (id < 0) {
		ipc_rcu_putref(msq);
		return -ENOSPC;
	}
	msq->q_id = ipc_buildid(&msg_ids, id, msq->q_perm.seq);
	msq->q_ctime = get_seconds();
	msq->q_qbytes = msg_ctlmnb;
	id = msq->q_id;
	msg_unlock(msq);
	return id;
}

static void ss_add(struct msg_queue *msq, struct msg_sender *mss)
{
	mss->tsk = current;
	set_current_state(TASK_INTERRUPTIBLE);
	list_add_tail(&mss->list, &msq->q_senders);
}

static void ss_del(struct msg_sender *mss)
{
	if (mss->list.next)
		list_del(&mss->list);
}

/* @kill: they must not look at their entries, nor at the queue, again. */
static void ss_wakeup(struct list_head *h, int kill)
{
	struct msg_sender *mss, *n;

	list_for_each_entry_safe(mss, n, h, list) {
		if (kill)
			mss->list.next = NULL;
		wake_up_process(mss->tsk);
	}
}

/* Gives all receivers an error. */
static void expunge_all(struct msg_queue *msq, int res)
{
	struct msg_receiver *msr, *n;

	list_for_each_entry_safe(msr, n, &msq->q_receivers, r_list) {
		wake_up_process(msr->r_tsk);
		msr->r_msg = ERR_PTR(res);
	}
}

/* With msg_ids.sem and the queue held; gives up the queue's lock. */
static void freeque(struct msg_queue *msq)
{
	struct msg_msg *msg, *n;

	expunge_all(msq, -EIDRM);
	ss_wakeup(&msq->q_senders, 1);
	ipc_rmid(&msg_ids, msq->q_id);
	msg_unlock(msq);
	list_for_each_entry_safe(msg, n, &msq->q_messages, m_list) {
		atomic_dec(&msg_hdrs);
		free_msg(msg);
	}
	atomic_sub(msq->q_cbytes, &msg_bytes);
	ipc_rcu_putref(msq);
}

/* The queue of a key that is in use. */
static int oldque(int id, int msgflg)
{
	struct msg_queue *msq;
	int ret;

	if ((msgflg & IPC_CREAT) && (msgflg & IPC_EXCL))
		return -EEXIST;
	msq = msg_lock(id);
	BUG_ON(!msq);
	ret = ipcperms(&msq->q_perm, msgflg) ? -EACCES : msq->q_id;
	msg_unlock(msq);
	return ret;
}

asmlinkage long sys_msgget(key_t key, int msgflg)
{
	int id, ret;

	down(&msg_ids.sem);
	id = key == IPC_PRIVATE ? -1 : ipc_findkey(&msg_ids, key);
	if (id >= 0)
		ret = oldque(id, msgflg);
	else if (key != IPC_PRIVATE && !(msgflg & IPC_CREAT))
		ret = -ENOENT;
	else
		ret = newque(key, msgflg);
	up(&msg_ids.sem);
	return ret;
}

/* IPC_INFO: the limits; MSG_INFO: what is in use. */
static long msgctl_info(int cmd, struct msginfo __user *buf)
{
	struct msginfo info = {
		.msgmni = msg_ctlmni,
		.msgmax = msg_ctlmax,
		.msgmnb = msg_ctlmnb,
		.msgssz = MSGSSZ,
		.msgseg = MSGSEG,
	};
	int max_id;

	down(&msg_ids.sem);
	if (cmd == MSG_INFO) {
		info.msgpool = msg_ids.in_use;
		info.msgmap = atomic_read(&msg_hdrs);
		info.msgtql = atomic_read(&msg_bytes);
	} else {
		info.msgpool = MSGPOOL;
		info.msgmap = MSGMAP;
		info.msgtql = MSGTQL;
	}
	max_id = ipc_get_maxid(&msg_ids);
	up(&msg_ids.sem);
	return copy_to_user(buf, &info, sizeof(info)) ? -EFAULT : max_id;
}

/* The queue with this id, or in this slot if @slot; locked. */
static struct msg_queue *msg_find(int id, int slot)
{
	struct msg_queue *msq = id < 0 ? NULL : msg_lock(id);
	int err = -EINVAL;

	if (!msq)
		return ERR_PTR(-EINVAL);
	if (slot || !ipc_checkid(&msg_ids, &msq->q_perm, id))
		return msq;
	err = -EIDRM;
	msg_unlock(msq);
	return ERR_PTR(err);
}

static long msgctl_stat(int msqid, int cmd, struct msqid64_ds __user *buf)
{
	struct msqid64_ds out = { .msg_stime = 0 };
	struct msg_queue *msq;
	int id;

	if (cmd == MSG_STAT && msqid >= msg_ids.entries->size)
		return -EINVAL;
	msq = msg_find(msqid, cmd == MSG_STAT);
	if (IS_ERR(msq))
		return PTR_ERR(msq);
	if (ipcperms(&msq->q_perm, 0444)) {
		msg_unlock(msq);
		return -EACCES;
	}
	kernel_to_ipc64_perm(&msq->q_perm, &out.msg_perm);
	out.msg_stime = msq->q_stime;
	out.msg_rtime = msq->q_rtime;
	out.msg_ctime = msq->q_ctime;
	out.msg_cbytes = msq->q_cbytes;
	out.msg_qnum = msq->q_qnum;
	out.msg_qbytes = msq->q_qbytes;
	out.msg_lspid = msq->q_lspid;
	out.msg_lrpid = msq->q_lrpid;
	id = cmd == MSG_STAT ? msq->q_id : 0;
	msg_unlock(msq);
	return copy_to_user(buf, &out, sizeof(out)) ? -EFAULT : id;
}

/* With the queue held. */
static int msg_set(struct msg_queue *msq, const struct msqid64_ds *in)
{
	if (in->msg_qbytes > msg_ctlmnb && !capable(CAP_SYS_RESOURCE))
		return -EPERM;
	msq->q_qbytes = in->msg_qbytes;
	ipc_update_perm(&in->msg_perm, &msq->q_perm);
	msq->q_ctime = get_seconds();
	/* Sleeping receivers may have lost the right to read, senders found room. */
	expunge_all(msq, -EAGAIN);
	ss_wakeup(&msq->q_senders, 0);
	return 0;
}

static long msgctl_down(int msqid, int cmd, struct msqid64_ds __user *buf)
{
	struct msqid64_ds in;
	struct msg_queue *msq;
	long err;

	if (cmd == IPC_SET && copy_from_user(&in, buf, sizeof(in)))
		return -EFAULT;
	down(&msg_ids.sem);
	msq = msg_find(msqid, 0);
	err = PTR_ERR(msq);
	if (IS_ERR(msq))
		goto out_up;
	err = -EPERM;
	if (!ipc_owner(&msq->q_perm))
		goto out_unlock;
	err = 0;
	if (cmd == IPC_RMID) {
		freeque(msq);
		goto out_up;
	}
	err = msg_set(msq, &in);
out_unlock:
	msg_unlock(msq);
out_up:
	up(&msg_ids.sem);
	return err;
}

asmlinkage long sys_msgctl(int msqid, int cmd, void __user *buf)
{
	if (msqid < 0 || cmd < 0)
		return -EINVAL;
	switch (cmd) {
	case IPC_INFO:
	case MSG_INFO:
		return msgctl_info(cmd, buf);
	case IPC_STAT:
	case MSG_STAT:
		return msgctl_stat(msqid, cmd, buf);
	case IPC_SET:
	case IPC_RMID:
		return msgctl_down(msqid, cmd, buf);
	default:
		return -EINVAL;
	}
}

static int testmsg(const struct msg_msg *msg, long type, int mode)
{
	switch (mode) {
	case SEARCH_ANY:
		return 1;
	case SEARCH_LESSEQUAL:
		return msg->m_type <= type;
	case SEARCH_EQUAL:
		return msg->m_type == type;
	default:
		return msg->m_type != type;
	}
}

/* Hands a message to the first task that wants it; 1 if there is one. */
static int pipelined_send(struct msg_queue *msq, struct msg_msg *msg)
{
	struct msg_receiver *msr, *n;

	list_for_each_entry_safe(msr, n, &msq->q_receivers, r_list) {
		if (!testmsg(msg, msr->r_msgtype, msr->r_mode))
			continue;
		list_del(&msr->r_list);
		wake_up_process(msr->r_tsk);
		if (msr->r_maxsize < msg->m_ts) {
			msr->r_msg = ERR_PTR(-E2BIG);
			continue;
		}
		msr->r_msg = msg;
		msq->q_lrpid = msr->r_tsk->pid;
		msq->q_rtime = get_seconds();
		return 1;
	}
	return 0;
}

/* Sleeps until there may be room.  Returns with the queue held, or an error. */
static int wait_for_room(struct msg_queue *msq)
{
	struct msg_sender s;

	ss_add(msq, &s);
	ipc_rcu_getref(msq);
	msg_unlock(msq);
	schedule();
	ipc_lock_by_ptr(&msq->q_perm);
	ipc_rcu_putref(msq);
	if (msq->q_perm.deleted) {
		msg_unlock(msq);
		return -EIDRM;
	}
	ss_del(&s);
	if (signal_pending(current)) {
		msg_unlock(msq);
		return -ERESTARTNOHAND;
	}
	return 0;
}

/* The message goes to a receiver or into the queue, which is held. */
static void put_msg(struct msg_queue *msq, struct msg_msg *msg)
{
	msq->q_lspid = current->tgid;
	msq->q_stime = get_seconds();
	if (pipelined_send(msq, msg))
		return;
	list_add_tail(&msg->m_list, &msq->q_messages);
	msq->q_cbytes += msg->m_ts;
	msq->q_qnum++;
	atomic_add(msg->m_ts, &msg_bytes);
	atomic_inc(&msg_hdrs);
}

static long do_msgsnd(int msqid, struct msg_msg *msg, int msgflg)
{
	struct msg_queue *msq = msg_find(msqid, 0);
	long err;

	if (IS_ERR(msq))
		return PTR_ERR(msq);
	for (;;) {
		err = -EACCES;
		if (ipcperms(&msq->q_perm, 0222))
			break;
		err = 0;
		if (msg->m_ts + msq->q_cbytes <= msq->q_qbytes &&
		    msq->q_qnum + 1 <= msq->q_qbytes) {
			put_msg(msq, msg);
			break;
		}
		err = -EAGAIN;
		if (msgflg & IPC_NOWAIT)
			break;
		err = wait_for_room(msq);
		if (err)
			return err;
	}
	msg_unlock(msq);
	return err;
}

asmlinkage long sys_msgsnd(int msqid, struct msgbuf __user *msgp, size_t msgsz, int msgflg)
{
	struct msg_msg *msg;
	long mtype, err;

	if ((long)msgsz < 0 || (long)msgsz > msg_ctlmax || msqid < 0)
		return -EINVAL;
	if (get_user(mtype, &msgp->mtype))
		return -EFAULT;
	if (mtype < 1)
		return -EINVAL;
	msg = load_msg(msgp->mtext, msgsz);
	if (IS_ERR(msg))
		return PTR_ERR(msg);
	msg->m_type = mtype;
	err = do_msgsnd(msqid, msg, msgflg);
	if (err)
		free_msg(msg);
	return err;
}

/* What msgrcv()'s type and flags ask for. */
static int convert_mode(long *msgtyp, int msgflg)
{
	if (!*msgtyp)
		return SEARCH_ANY;
	if (*msgtyp < 0) {
		*msgtyp = -*msgtyp;
		return SEARCH_LESSEQUAL;
	}
	return msgflg & MSG_EXCEPT ? SEARCH_NOTEQUAL : SEARCH_EQUAL;
}

/* The first that fits; the lowest type of all when there is a choice of types. */
static struct msg_msg *find_msg(struct msg_queue *msq, long type, int mode)
{
	struct msg_msg *msg, *found = NULL;

	list_for_each_entry(msg, &msq->q_messages, m_list) {
		if (!testmsg(msg, type, mode))
			continue;
		found = msg;
		if (mode != SEARCH_LESSEQUAL || msg->m_type == 1)
			break;
		type = msg->m_type - 1;
	}
	return found;
}

/* Takes a message that the caller can have from the queue, which is held. */
static struct msg_msg *take_msg(struct msg_queue *msq, struct msg_msg *msg)
{
	list_del(&msg->m_list);
	msq->q_qnum--;
	msq->q_rtime = get_seconds();
	msq->q_lrpid = current->tgid;
	msq->q_cbytes -= msg->m_ts;
	atomic_sub(msg->m_ts, &msg_bytes);
	atomic_dec(&msg_hdrs);
	ss_wakeup(&msq->q_senders, 0);
	return msg;
}

/*
 * Sleeps until a sender has put something into r_msg, or a signal comes; gives
 * up the queue's lock.  -EAGAIN means that it is worth while to look again.
 */
static struct msg_msg *wait_for_msg(struct msg_queue *msq, struct msg_receiver *r)
{
	struct msg_msg *msg;

	r->r_tsk = current;
	r->r_msg = ERR_PTR(-EAGAIN);
	list_add_tail(&r->r_list, &msq->q_receivers);
	set_current_state(TASK_INTERRUPTIBLE);
	ipc_rcu_getref(msq);
	msg_unlock(msq);
	schedule();
	ipc_lock_by_ptr(&msq->q_perm);
	ipc_rcu_putref(msq);
	msg = r->r_msg;
	if (msg == ERR_PTR(-EAGAIN)) {
		list_del(&r->r_list);
		if (signal_pending(current))
			msg = ERR_PTR(-ERESTARTNOHAND);
	}
	msg_unlock(msq);
	return msg;
}

static struct msg_msg *do_msgrcv(int msqid, size_t msgsz, long msgtyp, int msgflg)
{
	struct msg_receiver r = { .r_mode = convert_mode(&msgtyp, msgflg) };
	struct msg_queue *msq;
	struct msg_msg *msg;

	r.r_msgtype = msgtyp;
	r.r_maxsize = msgflg & MSG_NOERROR ? INT_MAX : msgsz;
	for (;;) {
		msq = msg_find(msqid, 0);
		if (IS_ERR(msq))
			return ERR_PTR(PTR_ERR(msq));
		msg = ERR_PTR(-EACCES);
		if (ipcperms(&msq->q_perm, 0444))
			break;
		msg = find_msg(msq, msgtyp, r.r_mode);
		if (msg && msgsz < msg->m_ts && !(msgflg & MSG_NOERROR)) {
			msg = ERR_PTR(-E2BIG);
			break;
		}
		if (msg) {
			msg = take_msg(msq, msg);
			break;
		}
		msg = ERR_PTR(-ENOMSG);
		if (msgflg & IPC_NOWAIT)
			break;
		msg = wait_for_msg(msq, &r);
		if (msg != ERR_PTR(-EAGAIN))
			return msg;
	}
	msg_unlock(msq);
	return msg;
}

asmlinkage long sys_msgrcv(int msqid, struct msgbuf __user *msgp, size_t msgsz, long msgtyp,
			   int msgflg)
{
	struct msg_msg *msg;
	long ret;

	if (msqid < 0 || (long)msgsz < 0)
		return -EINVAL;
	msg = do_msgrcv(msqid, msgsz, msgtyp, msgflg);
	if (IS_ERR(msg))
		return PTR_ERR(msg);
	ret = min_t(size_t, msgsz, msg->m_ts);
	if (put_user(msg->m_type, &msgp->mtype) || store_msg(msgp->mtext, msg, ret))
		ret = -EFAULT;
	free_msg(msg);
	return ret;
}

static void __maybe_unused sysvipc_msg_proc_show(struct seq_file *s, void *it)
{
	struct msg_queue *msq = it;

	seq_printf(s, "%10d %10d  %4o  %10lu %10lu %5u %5u %5u %5u %5u %5u %10lu %10lu %10lu\n",
		   msq->q_perm.key, msq->q_id, msq->q_perm.mode, msq->q_cbytes,
		   msq->q_qnum, msq->q_lspid, msq->q_lrpid, msq->q_perm.uid,
		   msq->q_perm.gid, msq->q_perm.cuid, msq->q_perm.cgid,
		   msq->q_stime, msq->q_rtime, msq->q_ctime);
}

static int __init msg_init(void)
{
	ipc_init_ids(&msg_ids, msg_ctlmni);
	ipc_init_proc_interface("msg",
				"       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime\n",
				&msg_ids, sysvipc_msg_proc_show);
	return 0;
}
subsys_initcall(msg_init);
