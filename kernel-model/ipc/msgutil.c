// SPDX-License-Identifier: GPL-2.0-only
/* Messages: System V queues and POSIX ones keep their text the same way. */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/msg.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

/* Text that follows another piece of text. */
struct msg_msgseg {
	struct msg_msgseg *next;
};

#define DATALEN_MSG	((int)(PAGE_SIZE - sizeof(struct msg_msg)))
#define DATALEN_SEG	((int)(PAGE_SIZE - sizeof(struct msg_msgseg)))

void free_msg(struct msg_msg *msg)
{
	struct msg_msgseg *seg = msg->next, *next;

	kfree(msg);
	for (; seg; seg = next) {
		next = seg->next;
		kfree(seg);
	}
}

/* Room for a message in pieces of a page. */
static struct msg_msg *alloc_msg(int len)
{
	struct msg_msg *msg = kmalloc(sizeof(*msg) + min(len, DATALEN_MSG), GFP_KERNEL);
	struct msg_msgseg **pseg;

	if (!msg)
		return NULL;
	msg->next = NULL;
	msg->m_ts = len;
	pseg = &msg->next;
	for (len -= min(len, DATALEN_MSG); len > 0; len -= min(len, DATALEN_SEG)) {
		*pseg = kmalloc(sizeof(**pseg) + min(len, DATALEN_SEG), GFP_KERNEL);
		if (!*pseg) {
			free_msg(msg);
			return NULL;
		}
		(*pseg)->next = NULL;
		pseg = &(*pseg)->next;
	}
	return msg;
}

/**
 * load_msg - a message with text from user memory
 * @len: of the text, in bytes
 *
 * Returns it, or -ENOMEM or -EFAULT as a pointer.
 */
struct msg_msg *load_msg(const void __user *src, int len)
{
	struct msg_msg *msg = alloc_msg(len);
	struct msg_msgseg *seg;
	int part = min(len, DATALEN_MSG);

	if (!msg)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(msg + 1, src, part))
		goto fault;
	for (seg = msg->next; seg; seg = seg->next) {
		src = (const char __user *)src + part;
		len -= part;
		part = min(len, DATALEN_SEG);
		if (copy_from_user(seg + 1, src, part))
			goto fault;
	}
	return msg;

fault:
	free_msg(msg);
	return ERR_PTR(-EFAULT);
}

/* Copies up to @len bytes of a message to user memory; 0 or -EFAULT. */
int store_msg(void __user *dest, struct msg_msg *msg, int len)
{
	struct msg_msgseg *seg = msg->next;
	int part = min(len, DATALEN_MSG);

	if (copy_to_user(dest, msg + 1, part))
		return -EFAULT;
	for (len -= part; len > 0; seg = seg->next) {
		dest = (char __user *)dest + part;
		part = min(len, DATALEN_SEG);
		if (copy_to_user(dest, seg + 1, part))
			return -EFAULT;
		len -= part;
	}
	return 0;
}
