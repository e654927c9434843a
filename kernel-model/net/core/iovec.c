// SPDX-License-Identifier: GPL-2.0-only
/* Data of messages in pieces, and between user mode and packets. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <linux/uaccess.h>

/* Addresses and lengths come from user mode; the sum must be no error code. */
int verify_iovec(struct msghdr *m, struct iovec *iov, char *address)
{
	int err, ct;

	if (m->msg_namelen && m->msg_name) {
		err = move_addr_to_kernel((void __user __force *)m->msg_name, m->msg_namelen,
					  address);
		if (err < 0)
			return err;
		m->msg_name = address;
	} else {
		m->msg_name = NULL;
	}
	if (copy_from_user(iov, (void __user __force *)m->msg_iov,
			   m->msg_iovlen * sizeof(struct iovec)))
		return -EFAULT;
	for (err = 0, ct = 0; ct < m->msg_iovlen; ct++) {
		if (iov[ct].iov_len > INT_MAX || err + (long)iov[ct].iov_len > INT_MAX)
			return -EMSGSIZE;
		err += iov[ct].iov_len;
	}
	m->msg_iov = iov;
	return err;
}

static void iov_advance(struct iovec *iov, size_t copy)
{
	iov->iov_base = (char __user *)iov->iov_base + copy;
	iov->iov_len -= copy;
}

/* Both use the pieces up as they go, so that a call goes on where the last ended. */
int memcpy_fromiovec(unsigned char *kdata, struct iovec *iov, int len)
{
	for (; len > 0; iov++) {
		size_t copy = min_t(size_t, len, iov->iov_len);

		if (copy_from_user(kdata, iov->iov_base, copy))
			return -EFAULT;
		len -= copy;
		kdata += copy;
		iov_advance(iov, copy);
	}
	return 0;
}
EXPORT_SYMBOL(memcpy_fromiovec);

int memcpy_toiovec(struct iovec *iov, unsigned char *kdata, int len)
{
	for (; len > 0; iov++) {
		size_t copy = min_t(size_t, len, iov->iov_len);

		if (copy_to_user(iov->iov_base, kdata, copy))
			return -EFAULT;
		len -= copy;
		kdata += copy;
		iov_advance(iov, copy);
	}
	return 0;
}
EXPORT_SYMBOL(memcpy_toiovec);
