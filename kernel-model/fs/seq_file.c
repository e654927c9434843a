// SPDX-License-Identifier: GPL-2.0-only
/* Files whose text is made while they are read. */
#include <linux/fs.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

int seq_open(struct file *file, struct seq_operations *op)
{
	struct seq_file *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	mutex_init(&m->lock);
	m->op = op;
	file->private_data = m;
	return 0;
}
EXPORT_SYMBOL(seq_open);

/* A record that does not fit is made again in a buffer of twice the size. */
static int grow(struct seq_file *m)
{
	size_t size = m->size ? m->size * 2 : PAGE_SIZE;

	kfree(m->buf);
	m->count = 0;
	m->buf = kmalloc(size, GFP_KERNEL);
	m->size = m->buf ? size : 0;
	return m->buf ? 0 : -ENOMEM;
}

static int overflows(const struct seq_file *m)
{
	return m->count == m->size;
}

/* Fills the empty buffer with at least one record; 0 at the end. */
static int first_record(struct seq_file *m, loff_t *pos)
{
	void *p;
	int err;

	m->from = 0;
	for (;;) {
		*pos = m->index;
		p = m->op->start(m, pos);
		if (!p || IS_ERR(p)) {
			m->op->stop(m, p);
			return p ? PTR_ERR(p) : 0;
		}
		err = m->op->show(m, p);
		if (!err && !overflows(m) && m->count) {
			p = m->op->next(m, p, pos);
			m->index = *pos;
			m->op->stop(m, p);
			return 1;
		}
		if (!err && !overflows(m)) {
			p = m->op->next(m, p, pos);
			m->index = *pos;
			m->op->stop(m, p);
			continue;
		}
		m->op->stop(m, p);
		if (!err)
			err = grow(m);
		if (err) {
			m->count = 0;
			return err;
		}
	}
}

/* As many more records as fit, while @size is not reached. */
static void more_records(struct seq_file *m, size_t size, loff_t *pos)
{
	void *p;

	if (m->count >= size)
		return;
	*pos = m->index;
	for (p = m->op->start(m, pos); p && !IS_ERR(p) && m->count < size;
	     p = m->op->next(m, p, pos), m->index = *pos) {
		size_t before = m->count;

		if (m->op->show(m, p) || overflows(m)) {
			m->count = before;
			break;
		}
	}
	m->op->stop(m, p);
}

static ssize_t take(struct seq_file *m, char __user *buf, size_t size)
{
	size_t n = min(m->count, size);

	if (copy_to_user(buf, m->buf + m->from, n))
		return -EFAULT;
	m->from += n;
	m->count -= n;
	return n;
}

static ssize_t read_records(struct seq_file *m, char __user *buf, size_t size)
{
	ssize_t copied = 0, n;
	loff_t pos;
	int err;

	if (!m->buf) {
		err = grow(m);
		if (err)
			return err;
	}
	if (m->count) {
		copied = take(m, buf, size);
		if (copied < 0 || copied == size)
			return copied;
	}
	err = first_record(m, &pos);
	if (err <= 0)
		return copied ? copied : err;
	more_records(m, size - copied, &pos);
	n = take(m, buf + copied, size - copied);
	return n < 0 ? (copied ? copied : n) : copied + n;
}

ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos)
{
	struct seq_file *m = file->private_data;
	ssize_t ret = 0;

	mutex_lock(&m->lock);
	if (size)
		ret = read_records(m, buf, size);
	if (ret > 0)
		*ppos += ret;
	m->version = file->f_version;
	mutex_unlock(&m->lock);
	return ret;
}
EXPORT_SYMBOL(seq_read);

/* Makes the text again up to @offset, which may be in the middle of a record. */
static int traverse(struct seq_file *m, loff_t offset)
{
	loff_t at = 0, pos;
	int err;

	m->index = 0;
	m->count = 0;
	m->from = 0;
	if (!m->buf && grow(m))
		return -ENOMEM;
	while (at < offset) {
		err = first_record(m, &pos);
		if (err <= 0)
			return err;
		if (at + m->count > offset) {
			m->from = offset - at;
			m->count -= m->from;
			break;
		}
		at += m->count;
		m->count = 0;
	}
	return 0;
}

loff_t seq_lseek(struct file *file, loff_t offset, int origin)
{
	struct seq_file *m = file->private_data;
	loff_t retval = -EINVAL;

	mutex_lock(&m->lock);
	if (origin == 1)
		offset += file->f_pos;
	if (origin <= 1 && offset >= 0) {
		retval = offset;
		if (offset != file->f_pos) {
			int err = traverse(m, offset);

			file->f_pos = err ? 0 : offset;
			if (err)
				retval = err;
		}
	}
	mutex_unlock(&m->lock);
	return retval;
}
EXPORT_SYMBOL(seq_lseek);

int seq_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	kfree(m->buf);
	kfree(m);
	return 0;
}
EXPORT_SYMBOL(seq_release);

int seq_release_private(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	kfree(m->private);
	return seq_release(inode, file);
}
EXPORT_SYMBOL(seq_release_private);

int seq_putc(struct seq_file *m, char c)
{
	if (m->count >= m->size)
		return -1;
	m->buf[m->count++] = c;
	return 0;
}
EXPORT_SYMBOL(seq_putc);

int seq_puts(struct seq_file *m, const char *s)
{
	size_t len = strlen(s);

	if (m->count + len >= m->size) {
		m->count = m->size;
		return -1;
	}
	memcpy(m->buf + m->count, s, len);
	m->count += len;
	return 0;
}
EXPORT_SYMBOL(seq_puts);

int seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;
	int len;

	if (m->count >= m->size)
		return -1;
	va_start(args, fmt);
	len = vsnprintf(m->buf + m->count, m->size - m->count, fmt, args);
	va_end(args);
	if (m->count + len >= m->size) {
		m->count = m->size;
		return -1;
	}
	m->count += len;
	return 0;
}
EXPORT_SYMBOL(seq_printf);

/**
 * seq_escape - a string in which some characters are written in octal
 * @esc: these
 */
int seq_escape(struct seq_file *m, const char *s, const char *esc)
{
	int err = 0;

	for (; *s && !err; s++)
		err = strchr(esc, *s) ? seq_printf(m, "\\%03o", (unsigned char)*s) :
					seq_putc(m, *s);
	return err;
}
EXPORT_SYMBOL(seq_escape);

int seq_path(struct seq_file *m, struct vfsmount *mnt, struct dentry *dentry, char *esc)
{
	char *page = (char *)__get_free_page(GFP_KERNEL), *p;
	int err = -1;

	if (!page) {
		m->count = m->size;
		return err;
	}
	p = d_path(dentry, mnt, page, PAGE_SIZE);
	if (!IS_ERR(p))
		err = seq_escape(m, p, esc);
	free_page((unsigned long)page);
	return err;
}
EXPORT_SYMBOL(seq_path);

static void *single_start(struct seq_file *m, loff_t *pos)
{
	return *pos ? NULL : SEQ_START_TOKEN;
}

static void *single_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return NULL;
}

static void single_stop(struct seq_file *m, void *v)
{
}

/**
 * single_open - a text that is made in one piece
 * @show: makes it
 * @data: for @show in m->private
 */
int single_open(struct file *file, int (*show)(struct seq_file *m, void *v), void *data)
{
	struct seq_operations *op = kmalloc(sizeof(*op), GFP_KERNEL);
	int res;

	if (!op)
		return -ENOMEM;
	op->start = single_start;
	op->next = single_next;
	op->stop = single_stop;
	op->show = show;
	res = seq_open(file, op);
	if (res)
		kfree(op);
	else
		((struct seq_file *)file->private_data)->private = data;
	return res;
}
EXPORT_SYMBOL(single_open);

int single_release(struct inode *inode, struct file *file)
{
	struct seq_operations *op = ((struct seq_file *)file->private_data)->op;
	int res = seq_release(inode, file);

	kfree(op);
	return res;
}
EXPORT_SYMBOL(single_release);
