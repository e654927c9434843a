// SPDX-License-Identifier: GPL-2.0-only
/*
 * POSIX message queues: files of a file system of their own, which the kernel
 * mounts for itself and user mode may mount to look at.
 *
 * Senders and receivers that must wait are served by priority, and a message
 * goes straight from the one to the other.
 */
#include <linux/mqueue.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mount.h>
#include <linux/msg.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/sysctl.h>
#include <linux/uaccess.h>

#define MQUEUE_MAGIC	0x19800202
#define DIRENT_SIZE	20	/* what a queue adds to the size of the directory */
#define FILENT_SIZE	80	/* the text of a queue, at most */

#define STATE_PENDING	1	/* the sleeper may run, its result is not there yet */
#define STATE_READY	2

#define DFLT_QUEUESMAX	256	/* queues */
#define DFLT_MSGMAX	10	/* messages in a queue */
#define HARD_MSGMAX	(131072 / sizeof(void *))
#define DFLT_MSGSIZEMAX	8192	/* bytes in a message */

/**
 * struct ext_wait_queue - a task that waits at a queue
 * @msg: what it sends, or has received
 * @state: 0, STATE_PENDING or STATE_READY
 */
struct ext_wait_queue {
	struct task_struct *task;
	struct list_head list;
	struct msg_msg *msg;
	int state;
};

enum { SEND, RECV };

/**
 * struct mqueue_inode_info - a queue
 * @messages: by priority, the next to go last
 * @notify_owner: who is told when a message comes, 0 for nobody
 * @user: who is charged for the queue
 * @qsize: bytes in all messages
 * @e_wait_q: who waits to send and to receive, the most important last
 */
struct mqueue_inode_info {
	spinlock_t lock;	/* of all that follows */
	struct inode vfs_inode;
	wait_queue_head_t wait_q;
	struct msg_msg **messages;
	struct mq_attr attr;
	struct sigevent notify;
	pid_t notify_owner;
	struct user_struct *user;
	unsigned long qsize;
	struct list_head e_wait_q[2];
};

static DEFINE_SPINLOCK(mq_lock);
static struct kmem_cache *mqueue_inode_cachep;
static struct vfsmount *mqueue_mnt;
static unsigned int queues_count;
static unsigned int queues_max = DFLT_QUEUESMAX;
static unsigned int msg_max = DFLT_MSGMAX;
static unsigned int msgsize_max = DFLT_MSGSIZEMAX;
static struct ctl_table_header *mq_sysctl_table;

static struct inode_operations mqueue_dir_inode_operations;
static const struct file_operations mqueue_file_operations;
static struct super_operations mqueue_super_ops;

static struct mqueue_inode_info *MQUEUE_I(const struct inode *inode)
{
	return container_of(inode, struct mqueue_inode_info, vfs_inode);
}

/* What a queue may take, in bytes; its user is charged for all of it. */
static unsigned long mq_size(const struct mq_attr *attr)
{
	return attr->mq_maxmsg * (sizeof(struct msg_msg *) + attr->mq_msgsize);
}

/* Charges the queue to the caller and makes its table; 0 or an error. */
static int mq_setup(struct mqueue_inode_info *info, const struct mq_attr *attr)
{
	struct user_struct *u = current->user;
	unsigned long limit = current->signal->rlim[RLIMIT_MSGQUEUE].rlim_cur;
	unsigned long bytes;

	memset(&info->attr, 0, sizeof(info->attr));
	info->attr.mq_maxmsg = attr ? attr->mq_maxmsg : min_t(unsigned int, msg_max, DFLT_MSGMAX);
	info->attr.mq_msgsize = attr ? attr->mq_msgsize :
				       min_t(unsigned int, msgsize_max, DFLT_MSGSIZEMAX);
	bytes = mq_size(&info->attr);
	spin_lock(&mq_lock);
	if (u->mq_bytes + bytes < u->mq_bytes || u->mq_bytes + bytes > limit) {
		spin_unlock(&mq_lock);
		return -EMFILE;
	}
	u->mq_bytes += bytes;
	spin_unlock(&mq_lock);
	info->user = get_uid(u);
	info->messages = kcalloc(info->attr.mq_maxmsg, sizeof(*info->messages), GFP_KERNEL);
	return info->messages ? 0 : -ENOMEM;
}

static struct inode *mqueue_get_inode(struct super_block *sb, int mode, struct mq_attr *attr)
{
	struct inode *inode = new_inode(sb);
	struct mqueue_inode_info *info;
	int error;

	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_mode = mode;
	inode->i_uid = current->fsuid;
	inode->i_gid = current->fsgid;
	inode->i_mtime = CURRENT_TIME;
	inode->i_ctime = CURRENT_TIME;
	inode->i_atime = CURRENT_TIME;
	info = MQUEUE_I(inode);
	info->messages = NULL;
	info->user = NULL;
	if (S_ISDIR(mode)) {
		inode->i_nlink++;
		inode->i_size = 2 * DIRENT_SIZE;
		inode->i_op = &mqueue_dir_inode_operations;
		inode->i_fop = &simple_dir_operations;
		return inode;
	}
	inode->i_fop = &mqueue_file_operations;
	inode->i_size = FILENT_SIZE;
	spin_lock_init(&info->lock);
	init_waitqueue_head(&info->wait_q);
	INIT_LIST_HEAD(&info->e_wait_q[SEND]);
	INIT_LIST_HEAD(&info->e_wait_q[RECV]);
	info->notify_owner = 0;
	info->qsize = 0;
	error = mq_setup(info, attr);
	if (!error)
		return inode;
	/* Deleting it counts a queue less. */
	spin_lock(&mq_lock);
	queues_count++;
	spin_unlock(&mq_lock);
	iput(inode);
	return ERR_PTR(error);
}

static int mqueue_fill_super(struct super_block *sb, void *data, int silent)
{
	struct inode *inode;

	sb->s_magic = MQUEUE_MAGIC;
	sb->s_op = &mqueue_super_ops;
	inode = mqueue_get_inode(sb, S_IFDIR | S_ISVTX | S_IRWXUGO, NULL);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	sb->s_root = d_alloc_root(inode);
	if (sb->s_root)
		return 0;
	iput(inode);
	return -ENOMEM;
}

static struct super_block *mqueue_get_sb(struct file_system_type *fs_type, int flags,
					 const char *dev_name, void *data)
{
	return get_sb_single(fs_type, flags, data, mqueue_fill_super);
}

static struct inode *mqueue_alloc_inode(struct super_block *sb)
{
	struct mqueue_inode_info *info = kmem_cache_alloc(mqueue_inode_cachep, GFP_KERNEL);

	if (!info)
		return NULL;
	inode_init_once(&info->vfs_inode);
	return &info->vfs_inode;
}

static void mqueue_destroy_inode(struct inode *inode)
{
	kmem_cache_free(mqueue_inode_cachep, MQUEUE_I(inode));
}

/* The last name and the last descriptor of a queue are gone. */
static void mqueue_delete_inode(struct inode *inode)
{
	struct mqueue_inode_info *info = MQUEUE_I(inode);
	long i;

	if (S_ISDIR(inode->i_mode)) {
		clear_inode(inode);
		return;
	}
	for (i = 0; i < info->attr.mq_curmsgs; i++)
		free_msg(info->messages[i]);
	kfree(info->messages);
	clear_inode(inode);
	spin_lock(&mq_lock);
	if (info->user)
		info->user->mq_bytes -= mq_size(&info->attr);
	queues_count--;
	spin_unlock(&mq_lock);
	if (info->user)
		free_uid(info->user);
}

/* Counts a queue more; 0 or -ENOSPC. */
static int mq_take_queue(void)
{
	int error = 0;

	spin_lock(&mq_lock);
	if (queues_count >= queues_max && !capable(CAP_SYS_RESOURCE))
		error = -ENOSPC;
	else
		queues_count++;
	spin_unlock(&mq_lock);
	return error;
}

/* The attributes come from mq_open() in d_fsdata, or there are none. */
static int mqueue_create(struct inode *dir, struct dentry *dentry, int mode,
			 struct nameidata *nd)
{
	int error = mq_take_queue();
	struct inode *inode;

	if (error)
		return error;
	inode = mqueue_get_inode(dir->i_sb, S_IFREG | (mode & S_IRWXUGO), dentry->d_fsdata);
	dentry->d_fsdata = NULL;
	if (IS_ERR(inode)) {
		spin_lock(&mq_lock);
		queues_count--;
		spin_unlock(&mq_lock);
		return PTR_ERR(inode);
	}
	dir->i_size += DIRENT_SIZE;
	dir->i_ctime = CURRENT_TIME;
	dir->i_mtime = CURRENT_TIME;
	dir->i_atime = CURRENT_TIME;
	d_instantiate(dentry, inode);
	dget(dentry);
	return 0;
}

static int mqueue_unlink(struct inode *dir, struct dentry *dentry)
{
	dir->i_ctime = CURRENT_TIME;
	dir->i_mtime = CURRENT_TIME;
	dir->i_size -= DIRENT_SIZE;
	dentry->d_inode->i_nlink--;
	dput(dentry);
	return 0;
}

/* Reading a queue as a file tells about it. */
static ssize_t mqueue_read_file(struct file *filp, char __user *u_data, size_t count,
				loff_t *off)
{
	struct mqueue_inode_info *info = MQUEUE_I(filp->f_dentry->d_inode);
	char buffer[FILENT_SIZE];
	int n;

	spin_lock(&info->lock);
	n = snprintf(buffer, sizeof(buffer),
		     "QSIZE:%-10lu NOTIFY:%-5d SIGNO:%-5d NOTIFY_PID:%-6d\n", info->qsize,
		     info->notify_owner ? info->notify.sigev_notify : 0,
		     info->notify_owner && info->notify.sigev_notify == SIGEV_SIGNAL ?
			     info->notify.sigev_signo : 0,
		     info->notify_owner);
	spin_unlock(&info->lock);
	return simple_read_from_buffer(u_data, count, off, buffer, n);
}

static void remove_notification(struct mqueue_inode_info *info)
{
	info->notify_owner = 0;
}

static int mqueue_flush_file(struct file *filp)
{
	struct mqueue_inode_info *info = MQUEUE_I(filp->f_dentry->d_inode);

	spin_lock(&info->lock);
	if (current->tgid == info->notify_owner)
		remove_notification(info);
	spin_unlock(&info->lock);
	return 0;
}

static unsigned int mqueue_poll_file(struct file *filp, struct poll_table_struct *poll_tab)
{
	struct mqueue_inode_info *info = MQUEUE_I(filp->f_dentry->d_inode);
	int retval = 0;

	poll_wait(filp, &info->wait_q, poll_tab);
	spin_lock(&info->lock);
	if (info->attr.mq_curmsgs)
		retval = POLLIN | POLLRDNORM;
	if (info->attr.mq_curmsgs < info->attr.mq_maxmsg)
		retval |= POLLOUT | POLLWRNORM;
	spin_unlock(&info->lock);
	return retval;
}

/* The most important sleeper of a side, or NULL. */
static struct ext_wait_queue *wq_get_first_waiter(struct mqueue_inode_info *info, int sr)
{
	if (list_empty(&info->e_wait_q[sr]))
		return NULL;
	return list_entry(info->e_wait_q[sr].prev, struct ext_wait_queue, list);
}

/* Behind those that are as important. */
static void wq_add(struct mqueue_inode_info *info, int sr, struct ext_wait_queue *ewp)
{
	struct ext_wait_queue *walk;

	list_for_each_entry(walk, &info->e_wait_q[sr], list) {
		if (walk->task->static_prio <= current->static_prio) {
			list_add_tail(&ewp->list, &walk->list);
			return;
		}
	}
	list_add_tail(&ewp->list, &info->e_wait_q[sr]);
}

/**
 * wq_sleep - until the other side has come
 * @timeout: in jiffies
 *
 * Called with the lock, gives it up.  Returns 0 or an error.
 */
static int wq_sleep(struct mqueue_inode_info *info, int sr, long timeout,
		    struct ext_wait_queue *ewp)
{
	int retval = 0;

	ewp->task = current;
	ewp->state = 0;
	wq_add(info, sr, ewp);
	while (ewp->state != STATE_READY) {
		set_current_state(TASK_INTERRUPTIBLE);
		spin_unlock(&info->lock);
		timeout = schedule_timeout(timeout);
		spin_lock(&info->lock);
		if (ewp->state == STATE_READY)
			break;
		if (signal_pending(current))
			retval = -ERESTARTSYS;
		else if (!timeout)
			retval = -ETIMEDOUT;
		if (retval) {
			list_del(&ewp->list);
			break;
		}
	}
	spin_unlock(&info->lock);
	return retval;
}

/* Puts a message before those that are more important, and behind its equals. */
static void msg_insert(struct msg_msg *msg, struct mqueue_inode_info *info)
{
	int k = info->attr.mq_curmsgs - 1;

	while (k >= 0 && info->messages[k]->m_type >= msg->m_type) {
		info->messages[k + 1] = info->messages[k];
		k--;
	}
	info->attr.mq_curmsgs++;
	info->qsize += msg->m_ts;
	info->messages[k + 1] = msg;
}

static struct msg_msg *msg_get(struct mqueue_inode_info *info)
{
	struct msg_msg *msg = info->messages[--info->attr.mq_curmsgs];

	info->messages[info->attr.mq_curmsgs] = NULL;
	info->qsize -= msg->m_ts;
	return msg;
}

/* A message has come to an empty queue, and nobody waited for it. */
static void __do_notify(struct mqueue_inode_info *info)
{
	if (info->notify_owner && info->attr.mq_curmsgs == 1) {
		if (info->notify.sigev_notify == SIGEV_SIGNAL) {
			siginfo_t sig_i;

			memset(&sig_i, 0, sizeof(sig_i));
			sig_i.si_signo = info->notify.sigev_signo;
			sig_i.si_code = SI_MESGQ;
			sig_i.si_value = info->notify.sigev_value;
			sig_i.si_pid = current->tgid;
			sig_i.si_uid = current->uid;
			kill_proc_info(info->notify.sigev_signo, &sig_i, info->notify_owner);
		}
		remove_notification(info);
	}
	wake_up(&info->wait_q);
}

/* A time on the clock to jiffies from now; all the time there is for NULL. */
static long prepare_timeout(const struct timespec __user *u_arg)
{
	struct timespec ts, now = CURRENT_TIME;

	if (!u_arg)
		return MAX_SCHEDULE_TIMEOUT;
	if (copy_from_user(&ts, u_arg, sizeof(ts)))
		return -EFAULT;
	if (ts.tv_nsec < 0 || ts.tv_sec < 0 || ts.tv_nsec >= NSEC_PER_SEC)
		return -EINVAL;
	if (ts.tv_sec < now.tv_sec || (ts.tv_sec == now.tv_sec && ts.tv_nsec <= now.tv_nsec))
		return 0;
	ts.tv_sec -= now.tv_sec;
	ts.tv_nsec -= now.tv_nsec;
	if (ts.tv_nsec < 0) {
		ts.tv_sec--;
		ts.tv_nsec += NSEC_PER_SEC;
	}
	return min_t(unsigned long, timespec_to_jiffies(&ts) + 1, MAX_SCHEDULE_TIMEOUT - 1);
}

static int mq_attr_ok(const struct mq_attr *attr)
{
	unsigned long limit = capable(CAP_SYS_RESOURCE) ? HARD_MSGMAX : msg_max;

	if (attr->mq_maxmsg <= 0 || attr->mq_msgsize <= 0)
		return 0;
	if (attr->mq_maxmsg > limit)
		return 0;
	if (!capable(CAP_SYS_RESOURCE) && attr->mq_msgsize > msgsize_max)
		return 0;
	/* The size of the queue must be a number. */
	return attr->mq_msgsize <= LONG_MAX / attr->mq_maxmsg - (long)sizeof(struct msg_msg *);
}

static int oflag_to_access(int oflag)
{
	static const int oflag2acc[O_ACCMODE] = {
		[O_RDONLY] = MAY_READ,
		[O_WRONLY] = MAY_WRITE,
		[O_RDWR] = MAY_READ | MAY_WRITE,
	};

	return oflag2acc[oflag & O_ACCMODE];
}

/* Takes over the dentry. */
static struct file *do_open(struct dentry *dentry, int oflag)
{
	if ((oflag & O_ACCMODE) == (O_RDWR | O_WRONLY)) {
		dput(dentry);
		return ERR_PTR(-EINVAL);
	}
	if (permission(dentry->d_inode, oflag_to_access(oflag), NULL)) {
		dput(dentry);
		return ERR_PTR(-EACCES);
	}
	return dentry_open(dentry, mntget(mqueue_mnt), oflag);
}

/* A queue that is not there yet; takes over the dentry. */
static struct file *do_create(struct dentry *dir, struct dentry *dentry, int oflag, mode_t mode,
			      const struct mq_attr __user *u_attr)
{
	struct mq_attr attr;
	int ret = -EFAULT;

	if (u_attr) {
		if (copy_from_user(&attr, u_attr, sizeof(attr)))
			goto out;
		ret = -EINVAL;
		if (!mq_attr_ok(&attr))
			goto out;
		dentry->d_fsdata = &attr;
	}
	ret = vfs_create(dir->d_inode, dentry, mode & ~current->fs->umask, NULL);
	dentry->d_fsdata = NULL;
	if (ret)
		goto out;
	/* Who made it may do what he asked for, whatever the mode says. */
	if ((oflag & O_ACCMODE) != (O_RDWR | O_WRONLY))
		return dentry_open(dentry, mntget(mqueue_mnt), oflag);
	ret = -EINVAL;
out:
	dput(dentry);
	return ERR_PTR(ret);
}

static struct file *open_queue(const char *name, int oflag, mode_t mode,
			       const struct mq_attr __user *u_attr)
{
	struct dentry *root = mqueue_mnt->mnt_root, *dentry;
	struct file *filp;

	mutex_lock(&root->d_inode->i_mutex);
	dentry = lookup_one_len(name, root, strlen(name));
	if (IS_ERR(dentry)) {
		filp = ERR_PTR(PTR_ERR(dentry));
	} else if (dentry->d_inode && (oflag & O_CREAT) && (oflag & O_EXCL)) {
		filp = ERR_PTR(-EEXIST);
		dput(dentry);
	} else if (dentry->d_inode) {
		filp = do_open(dentry, oflag);
	} else if (oflag & O_CREAT) {
		filp = do_create(root, dentry, oflag, mode, u_attr);
	} else {
		filp = ERR_PTR(-ENOENT);
		dput(dentry);
	}
	mutex_unlock(&root->d_inode->i_mutex);
	return filp;
}

asmlinkage long sys_mq_open(const char __user *u_name, int oflag, mode_t mode,
			    struct mq_attr __user *u_attr)
{
	char *name = getname(u_name);
	struct file *filp;
	int fd;

	if (IS_ERR(name))
		return PTR_ERR(name);
	fd = get_unused_fd();
	if (fd < 0)
		goto out_putname;
	filp = open_queue(name, oflag, mode, u_attr);
	if (IS_ERR(filp)) {
		put_unused_fd(fd);
		fd = PTR_ERR(filp);
		goto out_putname;
	}
	set_close_on_exec(fd, 1);
	fd_install(fd, filp);
out_putname:
	putname(name);
	return fd;
}

asmlinkage long sys_mq_unlink(const char __user *u_name)
{
	struct inode *dir = mqueue_mnt->mnt_root->d_inode, *inode = NULL;
	char *name = getname(u_name);
	struct dentry *dentry;
	int err;

	if (IS_ERR(name))
		return PTR_ERR(name);
	mutex_lock(&dir->i_mutex);
	dentry = lookup_one_len(name, mqueue_mnt->mnt_root, strlen(name));
	err = PTR_ERR(dentry);
	if (IS_ERR(dentry))
		goto out_unlock;
	err = -ENOENT;
	if (dentry->d_inode) {
		/* The inode goes only when the directory is unlocked. */
		inode = igrab(dentry->d_inode);
		err = vfs_unlink(dir, dentry);
	}
	dput(dentry);
out_unlock:
	mutex_unlock(&dir->i_mutex);
	putname(name);
	if (inode)
		iput(inode);
	return err;
}

/* The queue of a descriptor that is open for this; NULL if it is no such thing. */
static struct file *mq_fget(mqd_t mqdes, mode_t f_mode)
{
	struct file *filp = fget(mqdes);

	if (!filp)
		return NULL;
	if (filp->f_op == &mqueue_file_operations && (filp->f_mode & f_mode) == f_mode)
		return filp;
	fput(filp);
	return NULL;
}

/* Gives a message to a receiver that waits. */
static void pipelined_send(struct mqueue_inode_info *info, struct msg_msg *message,
			   struct ext_wait_queue *receiver)
{
	receiver->msg = message;
	list_del(&receiver->list);
	receiver->state = STATE_PENDING;
	wake_up_process(receiver->task);
	receiver->state = STATE_READY;
}

/* There is room: a sender that waits may have it. */
static void pipelined_receive(struct mqueue_inode_info *info)
{
	struct ext_wait_queue *sender = wq_get_first_waiter(info, SEND);

	if (!sender) {
		wake_up_interruptible(&info->wait_q);
		return;
	}
	msg_insert(sender->msg, info);
	list_del(&sender->list);
	sender->state = STATE_PENDING;
	wake_up_process(sender->task);
	sender->state = STATE_READY;
}

static void touch(struct inode *inode)
{
	inode->i_atime = CURRENT_TIME;
	inode->i_mtime = CURRENT_TIME;
	inode->i_ctime = CURRENT_TIME;
}

/* Takes over the message unless it returns an error. */
static long do_send(struct file *filp, struct msg_msg *msg, long timeout)
{
	struct mqueue_inode_info *info = MQUEUE_I(filp->f_dentry->d_inode);
	struct ext_wait_queue wait, *receiver;
	long ret = 0;

	spin_lock(&info->lock);
	if (info->attr.mq_curmsgs == info->attr.mq_maxmsg) {
		if (filp->f_flags & O_NONBLOCK)
			ret = -EAGAIN;
		else if (timeout < 0)
			ret = timeout;
		if (ret) {
			spin_unlock(&info->lock);
			return ret;
		}
		wait.msg = msg;
		return wq_sleep(info, SEND, timeout, &wait);
	}
	receiver = wq_get_first_waiter(info, RECV);
	if (receiver) {
		pipelined_send(info, msg, receiver);
	} else {
		msg_insert(msg, info);
		__do_notify(info);
	}
	touch(&info->vfs_inode);
	spin_unlock(&info->lock);
	return 0;
}

asmlinkage long sys_mq_timedsend(mqd_t mqdes, const char __user *u_msg_ptr, size_t msg_len,
				 unsigned int msg_prio,
				 const struct timespec __user *u_abs_timeout)
{
	struct msg_msg *msg;
	struct file *filp;
	long timeout, ret;

	if (msg_prio >= (unsigned long)MQ_PRIO_MAX)
		return -EINVAL;
	timeout = prepare_timeout(u_abs_timeout);
	filp = mq_fget(mqdes, FMODE_WRITE);
	if (!filp)
		return -EBADF;
	ret = -EMSGSIZE;
	if (msg_len > MQUEUE_I(filp->f_dentry->d_inode)->attr.mq_msgsize)
		goto out_fput;
	msg = load_msg(u_msg_ptr, msg_len);
	ret = PTR_ERR(msg);
	if (IS_ERR(msg))
		goto out_fput;
	msg->m_type = msg_prio;
	ret = do_send(filp, msg, timeout);
	if (ret)
		free_msg(msg);
out_fput:
	fput(filp);
	return ret;
}

/* Copies a message that has been received to its receiver, and frees it. */
static long deliver(struct msg_msg *msg, char __user *u_msg_ptr,
		    unsigned int __user *u_msg_prio)
{
	long ret = msg->m_ts;

	if ((u_msg_prio && put_user(msg->m_type, u_msg_prio)) ||
	    store_msg(u_msg_ptr, msg, msg->m_ts))
		ret = -EFAULT;
	free_msg(msg);
	return ret;
}

asmlinkage long sys_mq_timedreceive(mqd_t mqdes, char __user *u_msg_ptr, size_t msg_len,
				    unsigned int __user *u_msg_prio,
				    const struct timespec __user *u_abs_timeout)
{
	long timeout = prepare_timeout(u_abs_timeout), ret;
	struct file *filp = mq_fget(mqdes, FMODE_READ);
	struct mqueue_inode_info *info;
	struct ext_wait_queue wait;

	if (!filp)
		return -EBADF;
	info = MQUEUE_I(filp->f_dentry->d_inode);
	ret = -EMSGSIZE;
	if (msg_len < info->attr.mq_msgsize)
		goto out_fput;
	spin_lock(&info->lock);
	if (info->attr.mq_curmsgs) {
		wait.msg = msg_get(info);
		touch(&info->vfs_inode);
		pipelined_receive(info);
		spin_unlock(&info->lock);
		ret = 0;
	} else if (filp->f_flags & O_NONBLOCK) {
		spin_unlock(&info->lock);
		ret = -EAGAIN;
	} else {
		if (timeout < 0)
			return timeout;
		wait.msg = NULL;
		ret = wq_sleep(info, RECV, timeout, &wait);
	}
	if (!ret)
		ret = deliver(wait.msg, u_msg_ptr, u_msg_prio);
out_fput:
	fput(filp);
	return ret;
}

/* Is there anything that the kernel can do with it? */
static int sigevent_ok(const struct sigevent *n)
{
	return n->sigev_notify == SIGEV_NONE ||
	       (n->sigev_notify == SIGEV_SIGNAL && valid_signal(n->sigev_signo));
}

/* With the lock held. */
static int set_notification(struct mqueue_inode_info *info, const struct sigevent *n)
{
	if (!n) {
		if (info->notify_owner == current->tgid)
			remove_notification(info);
		return 0;
	}
	if (info->notify_owner)
		return -EBUSY;
	info->notify = *n;
	info->notify_owner = current->tgid;
	return 0;
}

/*
 * SIGEV_THREAD, for which the C library and the kernel talk by netlink, is
 * refused.
 */
asmlinkage long sys_mq_notify(mqd_t mqdes, const struct sigevent __user *u_notification)
{
	struct mqueue_inode_info *info;
	struct sigevent notification;
	struct file *filp;
	int ret;

	if (u_notification) {
		if (copy_from_user(&notification, u_notification, sizeof(notification)))
			return -EFAULT;
		if (!sigevent_ok(&notification))
			return -EINVAL;
	}
	filp = mq_fget(mqdes, 0);
	if (!filp)
		return -EBADF;
	info = MQUEUE_I(filp->f_dentry->d_inode);
	spin_lock(&info->lock);
	ret = set_notification(info, u_notification ? &notification : NULL);
	if (!ret)
		info->vfs_inode.i_atime = CURRENT_TIME;
	spin_unlock(&info->lock);
	fput(filp);
	return ret;
}

asmlinkage long sys_mq_getsetattr(mqd_t mqdes, const struct mq_attr __user *u_mqstat,
				  struct mq_attr __user *u_omqstat)
{
	struct mqueue_inode_info *info;
	struct mq_attr mqstat, omqstat;
	struct file *filp;

	if (u_mqstat) {
		if (copy_from_user(&mqstat, u_mqstat, sizeof(mqstat)))
			return -EFAULT;
		if (mqstat.mq_flags & ~O_NONBLOCK)
			return -EINVAL;
	}
	filp = mq_fget(mqdes, 0);
	if (!filp)
		return -EBADF;
	info = MQUEUE_I(filp->f_dentry->d_inode);
	spin_lock(&info->lock);
	omqstat = info->attr;
	omqstat.mq_flags = filp->f_flags & O_NONBLOCK;
	if (u_mqstat) {
		filp->f_flags &= ~O_NONBLOCK;
		filp->f_flags |= mqstat.mq_flags & O_NONBLOCK;
		info->vfs_inode.i_atime = CURRENT_TIME;
		info->vfs_inode.i_ctime = CURRENT_TIME;
	}
	spin_unlock(&info->lock);
	fput(filp);
	return u_omqstat && copy_to_user(u_omqstat, &omqstat, sizeof(omqstat)) ? -EFAULT : 0;
}

static struct inode_operations mqueue_dir_inode_operations = {
	.lookup = simple_lookup,
	.create = mqueue_create,
	.unlink = mqueue_unlink,
};

static const struct file_operations mqueue_file_operations = {
	.flush = mqueue_flush_file,
	.poll = mqueue_poll_file,
	.read = mqueue_read_file,
};

static struct super_operations mqueue_super_ops = {
	.alloc_inode = mqueue_alloc_inode,
	.destroy_inode = mqueue_destroy_inode,
	.statfs = simple_statfs,
	.delete_inode = mqueue_delete_inode,
	.drop_inode = generic_delete_inode,
};

static struct file_system_type mqueue_fs_type = {
	.name = "mqueue",
	.get_sb = mqueue_get_sb,
	.kill_sb = kill_litter_super,
};

#ifdef CONFIG_SYSCTL
static int msg_max_limit_min = DFLT_MSGMAX;
static int msg_max_limit_max = HARD_MSGMAX;
static int msg_maxsize_limit_min = DFLT_MSGSIZEMAX;
static int msg_maxsize_limit_max = INT_MAX;

static ctl_table mq_sysctls[] = {
	{
		.ctl_name	= 1,
		.procname	= "queues_max",
		.data		= &queues_max,
		.maxlen		= sizeof(int),
		.mode		= 0644,
		.proc_handler	= proc_dointvec,
	}, {
		.ctl_name	= 2,
		.procname	= "msg_max",
		.data		= &msg_max,
		.maxlen		= sizeof(int),
		.mode		= 0644,
		.proc_handler	= proc_dointvec_minmax,
		.extra1		= &msg_max_limit_min,
		.extra2		= &msg_max_limit_max,
	}, {
		.ctl_name	= 3,
		.procname	= "msgsize_max",
		.data		= &msgsize_max,
		.maxlen		= sizeof(int),
		.mode		= 0644,
		.proc_handler	= proc_dointvec_minmax,
		.extra1		= &msg_maxsize_limit_min,
		.extra2		= &msg_maxsize_limit_max,
	}, {}
};

static ctl_table mq_sysctl_dir[] = {
	{ .ctl_name = 1, .procname = "mqueue", .mode = 0555, .child = mq_sysctls },
	{}
};

static ctl_table mq_sysctl_root[] = {
	{ .ctl_name = CTL_FS, .procname = "fs", .mode = 0555, .child = mq_sysctl_dir },
	{}
};
#else
#define mq_sysctl_root NULL
#endif

static int __init init_mqueue_fs(void)
{
	int error = -ENOMEM;

	mqueue_inode_cachep = kmem_cache_create("mqueue_inode_cache",
						sizeof(struct mqueue_inode_info), 0,
						SLAB_HWCACHE_ALIGN, NULL, NULL);
	if (!mqueue_inode_cachep)
		return -ENOMEM;
	/* Without it the limits are what they are. */
	mq_sysctl_table = register_sysctl_table(mq_sysctl_root, 0);
	error = register_filesystem(&mqueue_fs_type);
	if (error)
		goto out_sysctl;
	mqueue_mnt = kern_mount(&mqueue_fs_type);
	if (!IS_ERR(mqueue_mnt))
		return 0;
	error = PTR_ERR(mqueue_mnt);
	unregister_filesystem(&mqueue_fs_type);
out_sysctl:
	if (mq_sysctl_table)
		unregister_sysctl_table(mq_sysctl_table);
	kmem_cache_destroy(mqueue_inode_cachep);
	return error;
}
device_initcall(init_mqueue_fs);
