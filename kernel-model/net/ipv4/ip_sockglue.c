// SPDX-License-Identifier: GPL-2.0-only
/* Options of IPv4 sockets. */
#include <linux/ip.h>
#include <linux/module.h>
#include <linux/netfilter.h>
#include <linux/uaccess.h>
#include <net/ip.h>

int ip_setsockopt(struct sock *sk, int level, int optname, char __user *optval, int optlen)
{
	struct inet_sock *inet = inet_sk(sk);
	int val = 0, err = 0;

	if (level != SOL_IP)
		return -ENOPROTOOPT;
	if (optname >= 64)
		return nf_setsockopt(sk, PF_INET, optname, optval, optlen);
	if (optlen >= sizeof(int) && get_user(val, (int __user *)optval))
		return -EFAULT;
	lock_sock(sk);
	switch (optname) {
	case IP_TOS:
		inet->tos = val;
		sk_dst_reset(sk);
		break;
	case IP_TTL:
		if (optlen < 1 || (val != -1 && (val < 1 || val > 255)))
			err = -EINVAL;
		else
			inet->uc_ttl = val;
		break;
	case IP_RECVERR:
		inet->recverr = !!val;
		break;
	default:
		err = -ENOPROTOOPT;
	}
	release_sock(sk);
	return err;
}

int ip_getsockopt(struct sock *sk, int level, int optname, char __user *optval,
		  int __user *optlen)
{
	struct inet_sock *inet = inet_sk(sk);
	int val, len, err;

	if (level != SOL_IP)
		return -EOPNOTSUPP;
	if (get_user(len, optlen))
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	if (optname >= 64) {
		err = nf_getsockopt(sk, PF_INET, optname, optval, &len);
		return err ? err : put_user(len, optlen);
	}
	switch (optname) {
	case IP_TOS:
		val = inet->tos;
		break;
	case IP_TTL:
		val = inet->uc_ttl == -1 ? sysctl_ip_default_ttl : inet->uc_ttl;
		break;
	case IP_RECVERR:
		val = inet->recverr;
		break;
	default:
		return -ENOPROTOOPT;
	}
	len = min_t(int, len, sizeof(val));
	return put_user(len, optlen) || copy_to_user(optval, &val, len) ? -EFAULT : 0;
}
