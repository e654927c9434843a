// SPDX-License-Identifier: GPL-2.0-only
/* What a kernel has of net/ beyond sockets: a dummy device, tables of rules. */
#include <errno.h>
#include <netinet/in.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hostrun.h"

struct link_request {
	struct nlmsghdr head;
	struct ifinfomsg link;
	char attributes[64];
};

/* Returns the attribute, so that others can be put into it. */
static struct rtattr *add(struct link_request *r, int type, const void *data, int len)
{
	struct rtattr *rta = (void *)((char *)r + NLMSG_ALIGN(r->head.nlmsg_len));

	rta->rta_type = type;
	rta->rta_len = RTA_LENGTH(len);
	if (len)
		memcpy(RTA_DATA(rta), data, len);
	r->head.nlmsg_len = NLMSG_ALIGN(r->head.nlmsg_len) + RTA_ALIGN(rta->rta_len);
	return rta;
}

/* The error of the answer to a request, 0 if it was done. */
static int ask(const struct link_request *r)
{
	struct {
		struct nlmsghdr head;
		struct nlmsgerr err;
		char rest[256];
	} answer = { .err.error = -1 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (fd < 0)
		return -1;
	if (send(fd, r, r->head.nlmsg_len, 0) < 0 || recv(fd, &answer, sizeof(answer), 0) < 0)
		answer.err.error = -1;
	close(fd);
	return answer.err.error;
}

/**
 * net_make_dummy - the device that the model has at boot
 *
 * Returns 0, or another number where there is no such kind of device.
 */
int net_make_dummy(void)
{
	struct link_request r = {
		.head = { .nlmsg_len = NLMSG_LENGTH(sizeof(r.link)), .nlmsg_type = RTM_NEWLINK,
			  .nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK },
	};
	struct rtattr *info;

	add(&r, IFLA_IFNAME, "dummy0", 7);
	info = add(&r, IFLA_LINKINFO, NULL, 0);
	add(&r, IFLA_INFO_KIND, "dummy", 5);
	info->rta_len = (char *)&r + r.head.nlmsg_len - (char *)info;
	return ask(&r);
}

static int find_filter(void)
{
	struct ipt_getinfo info = { .name = "filter" };
	socklen_t len = sizeof(info);
	int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW), ret;

	if (fd < 0)
		return -1;
	ret = getsockopt(fd, IPPROTO_IP, IPT_SO_GET_INFO, &info, &len);
	close(fd);
	return ret;
}

/* Whether it can be done, tried in a network of its own. */
static int try(int (*what)(void))
{
	int status = -1;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		die("cannot fork: %s", strerror(errno));
	if (!pid)
		_exit(unshare(CLONE_NEWNET) || what());
	waitpid(pid, &status, 0);
	return !status;
}

int net_has_dummy(void)
{
	return try(net_make_dummy);
}

int net_has_filter(void)
{
	return try(find_filter);
}
