// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kinds of arguments of net/: addresses, options, requests to interfaces.
 *
 * Addresses are written in:1.2.3.4:PORT, un:PATH, un:@ABSTRACT, un: without a
 * name, nl:PORT:GROUPS and unspec.  Ports from 32768 on, which the kernel
 * chooses, are not printed.
 */
#include "scenario.h"

#define AF_UNIX		1
#define AF_INET		2
#define AF_NETLINK	16
#define AUTO_PORT	32768
#define LEN_AT		128	/* where the length of what comes back is */
#define IFREQ		40
#define IFNAME		16

static int prefix(const char **word, const char *what)
{
	unsigned long len = strlen(what);

	if (strncmp(*word, what, len))
		return 0;
	*word += len;
	return 1;
}

/* An address of four numbers; what follows it, or NULL. */
static const char *dotted(const char *p, unsigned char *to)
{
	int i, n;

	for (i = 0; i < 4; i++) {
		if (!isdigit(*p))
			return NULL;
		for (n = 0; isdigit(*p) && n < 256; p++)
			n = n * 10 + *p - '0';
		if (n > 255 || (i < 3 && *p++ != '.'))
			return NULL;
		to[i] = n;
	}
	return p;
}

static const char *inet_address(struct scn_arg *arg, const char *p, const struct scn_env *env)
{
	const char *why;
	long port = 0;

	p = dotted(p, arg->data + 4);
	if (!p || (*p && *p != ':'))
		return "address is not in:A.B.C.D:PORT";
	why = *p ? scn_number(p + 1, env, &port) : NULL;
	if (why)
		return why;
	arg->data[0] = AF_INET;
	arg->data[2] = port >> 8;
	arg->data[3] = port;
	arg->reg[1] = 16;
	return NULL;
}

static const char *unix_address(struct scn_arg *arg, const char *p)
{
	unsigned long len = strlen(p);

	if (len > 107)
		return "name of a socket is longer than 107 bytes";
	arg->data[0] = AF_UNIX;
	memcpy(arg->data + 2, p, len);
	if (*p == '@')
		arg->data[2] = 0;
	arg->reg[1] = 2 + len + (len && *p != '@');
	return NULL;
}

static const char *netlink_address(struct scn_arg *arg, const char *p, const struct scn_env *env)
{
	struct scn_fields f;
	const char *why = scn_split(&f, p, strlen(p), ':');
	long value;
	int i;

	if (!why && f.n != 2)
		why = "address is not nl:PORT:GROUPS";
	for (i = 0; !why && i < 2; i++) {
		why = scn_number(f.field[i], env, &value);
		memcpy(arg->data + 4 + 4 * i, &value, 4);
	}
	arg->data[0] = AF_NETLINK;
	arg->reg[1] = 12;
	return why;
}

static const char *in_sockaddr(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	arg->nregs = 2;
	if (!strcmp(word, "NULL"))
		return NULL;
	scn_points_to(arg, NULL, 128);
	if (prefix(&word, "in:"))
		return inet_address(arg, word, env);
	if (prefix(&word, "un:"))
		return unix_address(arg, word);
	if (prefix(&word, "nl:"))
		return netlink_address(arg, word, env);
	arg->reg[1] = 16;
	return strcmp(word, "unspec") ? "address is none of in:, un:, nl:, unspec, NULL" : NULL;
}

static const char *in_sockaddr_out(struct scn_arg *arg, const char *word,
				   const struct scn_env *env)
{
	int len = LEN_AT;

	scn_points_to(arg, NULL, LEN_AT + 4);
	memcpy(arg->data + LEN_AT, &len, 4);
	arg->nregs = 2;
	arg->reg[1] = LEN_AT;
	arg->inside = 1;
	return NULL;
}

static void put_port(struct scn_out *out, int port)
{
	if (port < AUTO_PORT)
		scn_put(out, ":%d", port);
	else
		scn_put(out, ":auto");
}

static void put_unix(struct scn_out *out, const unsigned char *path, int len)
{
	scn_put(out, " un:%s", len > 0 && !path[0] ? "@" : "");
	if (len > 0 && !path[0])
		scn_put(out, "%.*s", len - 1, path + 1);
	else if (len > 0)
		scn_put(out, "%.*s", len, path);
}

static void out_sockaddr(struct scn_out *out, const struct scn_arg *arg, long ret,
			 const struct scn_env *env)
{
	const unsigned char *p = arg->data;
	unsigned int port;
	int len;

	memcpy(&len, p + LEN_AT, 4);
	if (len >= 16 && p[0] == AF_INET) {
		scn_put(out, " in:%d.%d.%d.%d", p[4], p[5], p[6], p[7]);
		put_port(out, p[2] << 8 | p[3]);
	} else if (len >= 2 && p[0] == AF_UNIX) {
		put_unix(out, p + 2, len - 2);
	} else if (len == 12 && p[0] == AF_NETLINK) {
		const struct scn_var *task;

		memcpy(&port, p + 4, 4);
		task = scn_find_value(&env->pids, port);
		if (task)
			scn_put(out, " nl:%s", task->name);
		else
			scn_put(out, " nl:%u", port);
	}
}

/* Bytes and how many they are. */
static const char *in_data(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	unsigned long len = strlen(word);

	arg->nregs = 2;
	arg->reg[1] = 1;
	if (*word != '"')
		return scn_number(word, env, &arg->reg[0]);
	scn_points_to(arg, word + 1, len - 1);
	arg->reg[1] = len - 1;
	return NULL;
}

/* Options: ints joined by commas, tv:SECONDS:MICROSECONDS or a text. */
static const char *in_optval(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	int wide = prefix(&word, "tv:"), i;
	struct scn_fields f;
	const char *why;
	long value;

	if (*word == '"')
		return in_data(arg, word, env);
	why = scn_split(&f, word, strlen(word), wide ? ':' : ',');
	if (why)
		return why;
	arg->nregs = 2;
	if (scn_is_pointer(word)) {
		arg->reg[1] = 4;
		return scn_number(word, env, &arg->reg[0]);
	}
	scn_points_to(arg, NULL, 128);
	for (i = 0; i < f.n && !why; i++) {
		why = scn_number(f.field[i], env, &value);
		memcpy(arg->data + i * (wide ? 8 : 4), &value, wide ? 8 : 4);
	}
	arg->reg[1] = f.n * (wide ? 8 : 4);
	return why;
}

/* Room for so many bytes of an option. */
static const char *in_optval_out(struct scn_arg *arg, const char *word,
				 const struct scn_env *env)
{
	const char *why;
	long size;
	int len;

	why = scn_number(word, env, &size);
	if (why)
		return why;
	scn_points_to(arg, NULL, LEN_AT + 4);
	len = size;
	memcpy(arg->data + LEN_AT, &len, 4);
	arg->nregs = 2;
	arg->reg[1] = LEN_AT;
	arg->inside = 1;
	return len > LEN_AT ? "option is longer than 128 bytes" : NULL;
}

#define UCRED 12

static void out_optval(struct scn_out *out, const struct scn_arg *arg, long ret,
		       const struct scn_env *env)
{
	const struct scn_var *task;
	int len, value, i;

	memcpy(&len, arg->data + LEN_AT, 4);
	for (i = 0; i + 4 <= len && i + 4 <= LEN_AT; i += 4) {
		memcpy(&value, arg->data + i, 4);
		task = len == UCRED && !i ? scn_find_value(&env->pids, value) : NULL;
		if (task)
			scn_put(out, " %s", task->name);
		else
			scn_put(out, " %d", value);
	}
}

/*
 * What ioctl() takes: a number goes the usual way; if*:NAME or if*:NAME=VALUE is
 * a struct ifreq, with '*' one of flags, addr, index, mtu.
 */
static const char *in_ifreq(struct scn_arg *arg, const char *name, int address,
			    const struct scn_env *env)
{
	const char *value = strchr(name, '='), *why = NULL, *end;
	unsigned long len = value ? (unsigned long)(value - name) : strlen(name);
	long number = 0;

	if (len >= IFNAME)
		return "name of an interface is longer than 15 bytes";
	scn_points_to(arg, NULL, IFREQ);
	memcpy(arg->data, name, len);
	if (value && address) {
		arg->data[IFNAME] = AF_INET;
		end = dotted(value + 1, arg->data + IFNAME + 4);
		why = end && !*end ? NULL : "address is not A.B.C.D";
	} else if (value) {
		why = scn_number(value + 1, env, &number);
		memcpy(arg->data + IFNAME, &number, 4);
	}
	/* How to print it: beyond what the kernel sees. */
	return why;
}

enum { IF_FLAGS = 1, IF_ADDR, IF_INDEX, IF_MTU };

static const char *in_ioarg(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	arg->form = 0;
	if (prefix(&word, "ifflags:"))
		arg->form = IF_FLAGS;
	else if (prefix(&word, "ifaddr:"))
		arg->form = IF_ADDR;
	else if (prefix(&word, "ifindex:"))
		arg->form = IF_INDEX;
	else if (prefix(&word, "ifmtu:"))
		arg->form = IF_MTU;
	else
		return scn_find_kind("intp", 4)->in(arg, word, env);
	return in_ifreq(arg, word, arg->form == IF_ADDR, env);
}

#define IFF_SHOWN 0x104b	/* up, broadcast, loopback, running, multicast */

static void out_ioarg(struct scn_out *out, const struct scn_arg *arg, long ret,
		      const struct scn_env *env)
{
	const unsigned char *p = arg->data + IFNAME;
	int value;

	memcpy(&value, p, 4);
	switch (arg->form) {
	case IF_FLAGS:
		scn_put(out, " flags=0x%x", value & IFF_SHOWN);
		break;
	case IF_ADDR:
		scn_put(out, " addr=%d.%d.%d.%d", p[4], p[5], p[6], p[7]);
		break;
	case IF_INDEX:
	case IF_MTU:
		scn_put(out, " %d", value);
		break;
	default:
		if (scn_find_kind("intp", 4)->out)
			scn_find_kind("intp", 4)->out(out, arg, ret, env);
	}
}

const struct scn_kind scn_net_kinds[] = {
	{ "sockaddr", 1, in_sockaddr, NULL },
	{ "sockaddr*", 0, in_sockaddr_out, out_sockaddr },
	{ "data", 1, in_data, NULL },
	{ "optval", 1, in_optval, NULL },
	{ "optval*", 1, in_optval_out, out_optval },
	{ "ioarg", 1, in_ioarg, out_ioarg },
	{ NULL, 0, NULL, NULL },
};
