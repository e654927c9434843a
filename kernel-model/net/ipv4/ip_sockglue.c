// SPDX-License-Identifier: GPL-2.0-only
/* Options of IPv4 sockets. */
#include <linux/ip.h>
#include <linux/module.h>
#include <linux/netfilter.h>
#include <linux/uaccess.h>
#include <net/ip.h>

/**
 * ip_cmsg_send - what control messages say about how a packet is to be sent
 * @oif: gets the device that IP_PKTINFO names
 * @saddr: and the source address
 */
int ip_cmsg_send(struct msghdr *msg, int *oif, u32 *saddr)
{
	char __user *control = (char __user __force *)msg->msg_control;
	struct in_pktinfo info;
	struct cmsghdr cmsg;
	size_t at;

	for (at = 0; at + sizeof(cmsg) <= msg->msg_controllen; at += CMSG_ALIGN(cmsg.cmsg_len)) {
		if (copy_from_user(&cmsg, control + at, sizeof(cmsg)))
			return -EFAULT;
		if (cmsg.cmsg_len < sizeof(cmsg) || cmsg.cmsg_len > msg->msg_controllen - at)
			return -EINVAL;
		if (cmsg.cmsg_level != SOL_IP)
			continue;
		if (cmsg.cmsg_type != IP_PKTINFO || cmsg.cmsg_len != CMSG_LEN(sizeof(info)))
			return -EINVAL;
		if (copy_from_user(&info, control + at + CMSG_LEN(0), sizeof(info)))
			return -EFAULT;
		*oif = info.ipi_ifindex;
		*saddr = info.ipi_spec_dst.s_addr;
	}
	return 0;
}

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
	case IP_HDRINCL:
		if (sk->sk_type != SOCK_RAW)
			err = -ENOPROTOOPT;
		else
			inet->hdrincl = !!val;
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
	case IP_HDRINCL:
		val = inet->hdrincl;
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
