// SPDX-License-Identifier: GPL-2.0-only
/*
 * How tasks ended.  A zombie can be gone before anybody looks, so the kernel is
 * asked to tell of each exit: taskstats, see <linux/taskstats.h>.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/taskstats.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hostrun.h"

#define KEPT 4096		/* exits that are remembered */

struct message {
	struct nlmsghdr n;
	struct genlmsghdr g;
	char attrs[512];
};

static int sock;
static struct {
	pid_t tid;
	int code;
} kept[KEPT];
static unsigned int nkept;

static void add_attr(struct message *m, int type, const void *data, int len)
{
	struct nlattr *a = (struct nlattr *)((char *)m + NLMSG_ALIGN(m->n.nlmsg_len));

	a->nla_type = type;
	a->nla_len = NLA_HDRLEN + len;
	memcpy((char *)a + NLA_HDRLEN, data, len);
	m->n.nlmsg_len = NLMSG_ALIGN(m->n.nlmsg_len) + NLA_ALIGN(a->nla_len);
}

static void send_message(int family, int cmd, int version, int type, const void *data, int len)
{
	struct message m = {
		.n = { .nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN), .nlmsg_type = family,
		       .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK },
		.g = { .cmd = cmd, .version = version },
	};

	add_attr(&m, type, data, len);
	if (send(sock, &m, m.n.nlmsg_len, 0) < 0)
		die("cannot ask for exits of tasks: %s", strerror(errno));
}

static const struct nlattr *find_attr(const void *from, int len, int type)
{
	const struct nlattr *a = from;

	while (len >= NLA_HDRLEN && a->nla_len >= NLA_HDRLEN && a->nla_len <= len) {
		if (a->nla_type == type)
			return a;
		len -= NLA_ALIGN(a->nla_len);
		a = (const void *)((const char *)a + NLA_ALIGN(a->nla_len));
	}
	return NULL;
}

static const void *attr_data(const struct nlattr *a)
{
	return (const char *)a + NLA_HDRLEN;
}

/* The number of the family, from the answer about its name. */
static int family_id(void)
{
	static char buf[8192];
	const struct nlmsghdr *n = (void *)buf;
	const struct nlattr *a;
	long len;

	send_message(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1, CTRL_ATTR_FAMILY_NAME,
		     TASKSTATS_GENL_NAME, sizeof(TASKSTATS_GENL_NAME));
	len = recv(sock, buf, sizeof(buf), 0);
	if (len < (long)NLMSG_HDRLEN || n->nlmsg_type == NLMSG_ERROR)
		die("this kernel does not tell exits of tasks (CONFIG_TASKSTATS)");
	a = find_attr(buf + NLMSG_LENGTH(GENL_HDRLEN), n->nlmsg_len - NLMSG_LENGTH(GENL_HDRLEN),
		      CTRL_ATTR_FAMILY_ID);
	if (!a)
		die("no number for taskstats");
	return *(const unsigned short *)attr_data(a);
}

static void expect_ack(void)
{
	static char buf[8192];
	const struct nlmsghdr *n = (void *)buf;
	const struct nlmsgerr *e = NLMSG_DATA(n);

	do {
		if (recv(sock, buf, sizeof(buf), 0) < 0)
			die("no answer about exits of tasks: %s", strerror(errno));
	} while (n->nlmsg_type != NLMSG_ERROR);
	if (e->error)
		die("cannot hear of exits of tasks: %s", strerror(-e->error));
}

static void read_cpus(char *buf, size_t size)
{
	int fd = open("/sys/devices/system/cpu/possible", O_RDONLY);
	long n = fd < 0 ? -1 : read(fd, buf, size - 1);

	if (fd >= 0)
		close(fd);
	strcpy(buf + (n > 0 ? n : 0), n > 0 ? "" : "0");
	buf[strcspn(buf, "\n")] = 0;
}

void exits_open(void)
{
	int room = 16 << 20, id;
	char cpus[128];

	sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	if (sock < 0)
		die("no netlink: %s", strerror(errno));
	setsockopt(sock, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	id = family_id();
	expect_ack();
	read_cpus(cpus, sizeof(cpus));
	send_message(id, TASKSTATS_CMD_GET, TASKSTATS_GENL_VERSION,
		     TASKSTATS_CMD_ATTR_REGISTER_CPUMASK, cpus, strlen(cpus) + 1);
	expect_ack();
}

static void keep(const struct nlattr *aggr)
{
	const int len = aggr->nla_len - NLA_HDRLEN;
	const struct nlattr *pid = find_attr(attr_data(aggr), len, TASKSTATS_TYPE_PID);
	const struct nlattr *stats = find_attr(attr_data(aggr), len, TASKSTATS_TYPE_STATS);

	if (!pid || !stats)
		return;
	memcpy(&kept[nkept % KEPT].tid, attr_data(pid), sizeof(pid_t));
	memcpy(&kept[nkept % KEPT].code,
	       (const char *)attr_data(stats) + offsetof(struct taskstats, ac_exitcode),
	       sizeof(int));
	nkept++;
}

/* Takes in what has been told up to now. */
void exits_read(void)
{
	static char buf[16384];
	const struct nlmsghdr *n = (void *)buf;
	const struct nlattr *a;
	long len;

	while ((len = recv(sock, buf, sizeof(buf), MSG_DONTWAIT)) > 0) {
		if (len < (long)NLMSG_LENGTH(GENL_HDRLEN))
			continue;
		a = find_attr(buf + NLMSG_LENGTH(GENL_HDRLEN), len - NLMSG_LENGTH(GENL_HDRLEN),
			      TASKSTATS_TYPE_AGGR_PID);
		if (n->nlmsg_type != NLMSG_ERROR && a)
			keep(a);
	}
	if (len < 0 && errno == ENOBUFS)
		die("too many exits of tasks at once");
}

/* -1 when it has not been told. */
int exits_code(pid_t tid)
{
	unsigned int i;

	for (i = nkept; i-- > 0 && nkept - i <= KEPT;)
		if (kept[i % KEPT].tid == tid)
			return kept[i % KEPT].code;
	return -1;
}
