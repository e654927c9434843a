// SPDX-License-Identifier: GPL-2.0-only
/* Pipes, with names and without. */
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/pipe_fs_i.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/tty.h>
#include <linux/uaccess.h>

static struct vfsmount *pipe_mnt;

/* Sleeps without the pipe's lock until something happens to it. */
static void pipe_wait(struct inode *inode)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(&inode->i_pipe->wait, &wait, TASK_INTERRUPTIBLE);
	mutex_unlock(&inode->i_mutex);
	schedule();
	finish_wait(&inode->i_pipe->wait, &wait);
	mutex_lock(&inode->i_mutex);
}

static void release_buf(struct pipe_inode_info *info, struct pipe_buffer *buf)
{
	/* One page is kept, for the next write. */
	if (info->tmp_page)
		__free_page(buf->page);
	else
		info->tmp_page = buf->page;
	buf->page = NULL;
}

static ssize_t take_data(struct pipe_inode_info *info, char __user *buf, size_t count)
{
	ssize_t ret = 0;

	while (info->nrbufs && ret < count) {
		struct pipe_buffer *from = &info->bufs[info->curbuf];
		size_t n = min_t(size_t, count - ret, from->len);

		if (copy_to_user(buf + ret, (char *)page_address(from->page) + from->offset, n))
			return ret ? ret : -EFAULT;
		from->offset += n;
		from->len -= n;
		ret += n;
		if (!from->len) {
			release_buf(info, from);
			info->curbuf = (info->curbuf + 1) % PIPE_BUFFERS;
			info->nrbufs--;
		}
	}
	return ret;
}

static ssize_t pipe_read(struct file *filp, char __user *buf, size_t count, loff_t *ppos)
{
	struct inode *inode = filp->f_dentry->d_inode;
	struct pipe_inode_info *info;
	ssize_t ret = 0, n;

	if (!count)
		return 0;
	mutex_lock(&inode->i_mutex);
	info = inode->i_pipe;
	for (;;) {
		n = take_data(info, buf + ret, count - ret);
		if (n < 0) {
			ret = ret ? ret : n;
			break;
		}
		ret += n;
		if (ret == count || !info->writers)
			break;
		if (!info->waiting_writers) {
			if (ret)
				break;
			if (filp->f_flags & O_NONBLOCK) {
				ret = -EAGAIN;
				break;
			}
		}
		if (signal_pending(current)) {
			ret = ret ? ret : -ERESTARTSYS;
			break;
		}
		if (n)
			wake_up_interruptible(&info->wait);
		pipe_wait(inode);
	}
	mutex_unlock(&inode->i_mutex);
	if (ret > 0)
		wake_up_interruptible(&info->wait);
	return ret;
}

static struct page *new_page(struct pipe_inode_info *info)
{
	struct page *page = info->tmp_page;

	info->tmp_page = NULL;
	return page ? page : alloc_page(GFP_HIGHUSER);
}

/* The beginning of a write may fit behind the last one. */
static ssize_t append(struct pipe_inode_info *info, const char __user *buf, size_t count)
{
	size_t chars = count & (PAGE_SIZE - 1);
	struct pipe_buffer *last;
	unsigned int at;

	if (!info->nrbufs || !chars)
		return 0;
	last = &info->bufs[(info->curbuf + info->nrbufs - 1) % PIPE_BUFFERS];
	at = last->offset + last->len;
	if (at + chars > PAGE_SIZE)
		return 0;
	if (copy_from_user((char *)page_address(last->page) + at, buf, chars))
		return -EFAULT;
	last->len += chars;
	return chars;
}

/* As much as there is room for, in pages of its own. */
static ssize_t put_data(struct pipe_inode_info *info, const char __user *buf, size_t count)
{
	ssize_t ret = 0;

	while (ret < count && info->nrbufs < PIPE_BUFFERS) {
		struct pipe_buffer *to =
			&info->bufs[(info->curbuf + info->nrbufs) % PIPE_BUFFERS];
		size_t n = min_t(size_t, count - ret, PAGE_SIZE);
		struct page *page = new_page(info);

		if (!page)
			return ret ? ret : -ENOMEM;
		if (copy_from_user(page_address(page), buf + ret, n)) {
			info->tmp_page = page;
			return ret ? ret : -EFAULT;
		}
		*to = (struct pipe_buffer){ .page = page, .len = n };
		info->nrbufs++;
		ret += n;
	}
	return ret;
}

static ssize_t pipe_write(struct file *filp, const char __user *buf, size_t count, loff_t *ppos)
{
	struct inode *inode = filp->f_dentry->d_inode;
	struct pipe_inode_info *info;
	ssize_t ret = 0, n;

	if (!count)
		return 0;
	mutex_lock(&inode->i_mutex);
	info = inode->i_pipe;
	n = info->readers ? append(info, buf, count) : 0;
	for (;;) {
		if (!info->readers) {
			send_sig(SIGPIPE, current, 0);
			ret = ret ? ret : -EPIPE;
			break;
		}
		if (n >= 0 && ret + n < count) {
			ret += n;
			n = put_data(info, buf + ret, count - ret);
		}
		if (n < 0) {
			ret = ret ? ret : n;
			break;
		}
		ret += n;
		if (ret == count)
			break;
		if (filp->f_flags & O_NONBLOCK) {
			ret = ret ? ret : -EAGAIN;
			break;
		}
		if (signal_pending(current)) {
			ret = ret ? ret : -ERESTARTSYS;
			break;
		}
		if (n)
			wake_up_interruptible(&info->wait);
		n = 0;
		info->waiting_writers++;
		pipe_wait(inode);
		info->waiting_writers--;
	}
	mutex_unlock(&inode->i_mutex);
	if (ret > 0)
		wake_up_interruptible(&info->wait);
	return ret;
}

static ssize_t bad_pipe_r(struct file *filp, char __user *buf, size_t count, loff_t *ppos)
{
	return -EBADF;
}

static ssize_t bad_pipe_w(struct file *filp, const char __user *buf, size_t count, loff_t *ppos)
{
	return -EBADF;
}

static long pipe_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	struct inode *inode = filp->f_dentry->d_inode;
	struct pipe_inode_info *info = inode->i_pipe;
	int count = 0, i;

	if (cmd != FIONREAD)
		return -ENOIOCTLCMD;
	mutex_lock(&inode->i_mutex);
	for (i = 0; i < info->nrbufs; i++)
		count += info->bufs[(info->curbuf + i) % PIPE_BUFFERS].len;
	mutex_unlock(&inode->i_mutex);
	return put_user(count, (int __user *)arg);
}

static unsigned int pipe_poll(struct file *filp, poll_table *wait)
{
	struct pipe_inode_info *info = filp->f_dentry->d_inode->i_pipe;
	unsigned int mask = 0;

	poll_wait(filp, &info->wait, wait);
	if (filp->f_mode & FMODE_READ) {
		if (info->nrbufs)
			mask = POLLIN | POLLRDNORM;
		/* Nobody has written since it was opened: that is no end of file. */
		if (!info->writers && filp->f_version != info->w_counter)
			mask |= POLLHUP;
	}
	if (filp->f_mode & FMODE_WRITE) {
		if (info->nrbufs < PIPE_BUFFERS)
			mask |= POLLOUT | POLLWRNORM;
		if (!info->readers)
			mask |= POLLERR;
	}
	return mask;
}

static struct pipe_inode_info *pipe_new(void)
{
	struct pipe_inode_info *info = kzalloc(sizeof(*info), GFP_KERNEL);

	if (!info)
		return NULL;
	init_waitqueue_head(&info->wait);
	info->r_counter = 1;
	info->w_counter = 1;
	return info;
}

static void free_pipe_info(struct inode *inode)
{
	struct pipe_inode_info *info = inode->i_pipe;
	int i;

	inode->i_pipe = NULL;
	for (i = 0; i < PIPE_BUFFERS; i++)
		if (info->bufs[i].page)
			__free_page(info->bufs[i].page);
	if (info->tmp_page)
		__free_page(info->tmp_page);
	kfree(info);
}

static int pipe_release(struct inode *inode, struct file *filp)
{
	struct pipe_inode_info *info;

	mutex_lock(&inode->i_mutex);
	info = inode->i_pipe;
	if (filp->f_mode & FMODE_READ)
		info->readers--;
	if (filp->f_mode & FMODE_WRITE)
		info->writers--;
	if (!info->readers && !info->writers)
		free_pipe_info(inode);
	else
		wake_up_interruptible_all(&info->wait);
	mutex_unlock(&inode->i_mutex);
	return 0;
}

static const struct file_operations read_pipe_fops = {
	.llseek = no_llseek,
	.read = pipe_read,
	.write = bad_pipe_w,
	.poll = pipe_poll,
	.unlocked_ioctl = pipe_ioctl,
	.release = pipe_release,
};

static const struct file_operations write_pipe_fops = {
	.llseek = no_llseek,
	.read = bad_pipe_r,
	.write = pipe_write,
	.poll = pipe_poll,
	.unlocked_ioctl = pipe_ioctl,
	.release = pipe_release,
};

static const struct file_operations rdwr_pipe_fops = {
	.llseek = no_llseek,
	.read = pipe_read,
	.write = pipe_write,
	.poll = pipe_poll,
	.unlocked_ioctl = pipe_ioctl,
	.release = pipe_release,
};

/* Waits until a counter of opens moves; a pipe may be opened and closed again meanwhile. */
static void wait_for_partner(struct inode *inode, unsigned int *cnt)
{
	unsigned int cur = *cnt;

	while (cur == *cnt) {
		pipe_wait(inode);
		if (signal_pending(current))
			break;
	}
}

static int open_read_end(struct inode *inode, struct pipe_inode_info *info, struct file *filp)
{
	filp->f_op = &read_pipe_fops;
	info->r_counter++;
	if (info->readers++ == 0)
		wake_up_interruptible_all(&info->wait);
	if (info->writers)
		return 0;
	if (filp->f_flags & O_NONBLOCK) {
		filp->f_version = info->w_counter;
		return 0;
	}
	wait_for_partner(inode, &info->w_counter);
	if (!info->writers && signal_pending(current))
		return -ERESTARTSYS;
	return 0;
}

static int open_write_end(struct inode *inode, struct pipe_inode_info *info, struct file *filp)
{
	if ((filp->f_flags & O_NONBLOCK) && !info->readers)
		return -ENXIO;
	filp->f_op = &write_pipe_fops;
	info->w_counter++;
	if (info->writers++ == 0)
		wake_up_interruptible_all(&info->wait);
	if (info->readers)
		return 0;
	wait_for_partner(inode, &info->r_counter);
	if (!info->readers && signal_pending(current))
		return -ERESTARTSYS;
	return 0;
}

/* Who opens both ends waits for nobody. */
static int open_both_ends(struct pipe_inode_info *info, struct file *filp)
{
	filp->f_op = &rdwr_pipe_fops;
	info->readers++;
	info->writers++;
	info->r_counter++;
	info->w_counter++;
	if (info->readers == 1 || info->writers == 1)
		wake_up_interruptible_all(&info->wait);
	return 0;
}

static int fifo_open_modes(struct inode *inode, struct file *filp)
{
	struct pipe_inode_info *info = inode->i_pipe;
	int ret;

	switch (filp->f_mode & (FMODE_READ | FMODE_WRITE)) {
	case FMODE_READ:
		ret = open_read_end(inode, info, filp);
		if (ret && !--info->readers)
			wake_up_interruptible_all(&info->wait);
		break;
	case FMODE_WRITE:
		ret = open_write_end(inode, info, filp);
		if (ret && ret != -ENXIO && !--info->writers)
			wake_up_interruptible_all(&info->wait);
		break;
	case FMODE_READ | FMODE_WRITE:
		ret = open_both_ends(info, filp);
		break;
	default:
		ret = -EINVAL;
	}
	return ret;
}

static int fifo_open(struct inode *inode, struct file *filp)
{
	int ret = -ENOMEM;

	mutex_lock(&inode->i_mutex);
	if (!inode->i_pipe)
		inode->i_pipe = pipe_new();
	if (inode->i_pipe) {
		ret = fifo_open_modes(inode, filp);
		if (ret && !inode->i_pipe->readers && !inode->i_pipe->writers)
			free_pipe_info(inode);
	}
	mutex_unlock(&inode->i_mutex);
	return ret;
}

const struct file_operations def_fifo_fops = {
	.open = fifo_open,
};

static int pipefs_delete_dentry(struct dentry *dentry)
{
	return 1;
}

static struct dentry_operations pipefs_dentry_operations = {
	.d_delete = pipefs_delete_dentry,
};

static struct inode *get_pipe_inode(void)
{
	struct inode *inode = new_inode(pipe_mnt->mnt_sb);

	if (!inode)
		return NULL;
	inode->i_pipe = pipe_new();
	if (!inode->i_pipe) {
		iput(inode);
		return NULL;
	}
	inode->i_pipe->readers = 1;
	inode->i_pipe->writers = 1;
	inode->i_fop = &rdwr_pipe_fops;
	inode->i_mode = S_IFIFO | S_IRUSR | S_IWUSR;
	inode->i_uid = current->fsuid;
	inode->i_gid = current->fsgid;
	inode->i_atime = CURRENT_TIME;
	inode->i_mtime = CURRENT_TIME;
	inode->i_ctime = CURRENT_TIME;
	return inode;
}

static void init_pipe_end(struct file *f, struct dentry *dentry, int flags, mode_t mode,
			  const struct file_operations *fops)
{
	f->f_vfsmnt = mntget(pipe_mnt);
	f->f_dentry = dget(dentry);
	f->f_mapping = dentry->d_inode->i_mapping;
	f->f_flags = flags;
	f->f_mode = mode;
	f->f_op = fops;
	f->f_version = 0;
}

/* /proc/PID/fd shows it as "pipe:[12]". */
static struct dentry *pipe_dentry(struct inode *inode)
{
	char name[32];
	struct qstr this = { .name = (unsigned char *)name };
	struct dentry *dentry;

	this.len = scnprintf(name, sizeof(name), "[%lu]", inode->i_ino);
	this.hash = inode->i_ino;
	dentry = d_alloc(pipe_mnt->mnt_sb->s_root, &this);
	if (!dentry)
		return NULL;
	dentry->d_op = &pipefs_dentry_operations;
	d_add(dentry, inode);
	return dentry;
}

static int make_ends(struct file *f1, struct file *f2)
{
	struct inode *inode = get_pipe_inode();
	struct dentry *dentry;

	if (!inode)
		return -ENFILE;
	dentry = pipe_dentry(inode);
	if (!dentry) {
		free_pipe_info(inode);
		iput(inode);
		return -ENOMEM;
	}
	init_pipe_end(f1, dentry, O_RDONLY, FMODE_READ, &read_pipe_fops);
	init_pipe_end(f2, dentry, O_WRONLY, FMODE_WRITE, &write_pipe_fops);
	atomic_inc(&inode->i_writecount);
	dput(dentry);
	return 0;
}

static int get_two_fds(int *fd)
{
	fd[0] = get_unused_fd();
	if (fd[0] < 0)
		return fd[0];
	fd[1] = get_unused_fd();
	if (fd[1] >= 0)
		return 0;
	put_unused_fd(fd[0]);
	return fd[1];
}

/**
 * do_pipe - a new pipe
 * @fd: gets the descriptors for reading and for writing
 */
int do_pipe(int *fd)
{
	struct file *f1 = get_empty_filp(), *f2;
	int error = -ENFILE;

	if (!f1)
		return error;
	f2 = get_empty_filp();
	if (!f2)
		goto close_f1;
	error = get_two_fds(fd);
	if (error)
		goto close_f12;
	error = make_ends(f1, f2);
	if (error)
		goto close_fds;
	fd_install(fd[0], f1);
	fd_install(fd[1], f2);
	return 0;
close_fds:
	put_unused_fd(fd[0]);
	put_unused_fd(fd[1]);
close_f12:
	put_filp(f2);
close_f1:
	put_filp(f1);
	return error;
}

asmlinkage long sys_pipe(int __user *fildes)
{
	int fd[2], error = do_pipe(fd);

	if (error)
		return error;
	if (!copy_to_user(fildes, fd, sizeof(fd)))
		return 0;
	sys_close(fd[0]);
	sys_close(fd[1]);
	return -EFAULT;
}

static struct super_block *pipefs_get_sb(struct file_system_type *fs_type, int flags,
					 const char *dev_name, void *data)
{
	return get_sb_pseudo(fs_type, "pipe:", NULL, PIPEFS_MAGIC);
}

static struct file_system_type pipe_fs_type = {
	.name = "pipefs",
	.get_sb = pipefs_get_sb,
	.kill_sb = kill_anon_super,
};

static int __init init_pipe_fs(void)
{
	int err = register_filesystem(&pipe_fs_type);

	if (err)
		return err;
	pipe_mnt = kern_mount(&pipe_fs_type);
	if (!IS_ERR(pipe_mnt))
		return 0;
	unregister_filesystem(&pipe_fs_type);
	return PTR_ERR(pipe_mnt);
}
fs_initcall(init_pipe_fs);
