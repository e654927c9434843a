// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kinds of arguments of net/: addresses, options, requests to interfaces.
 *
 * Addresses are written in:1.2.3.4:PORT, un:PATH, un:@ABSTRACT, un: without a
 * name, nl:PORT:GROUPS, ll:DEVICE:PROTOCOL and unspec.  Ports from 32768 on,
 * which the kernel chooses, are not printed.
 */
#include "packets.h"

#define AUTO_PORT	32768
#define LEN_AT		(SCN_DATA - 8)	/* where the length of what comes back is */
#define IFREQ		40
#define IFNAME		16

/* An address of four numbers; what follows it, or NULL. */
const char *scn_dotted(const char *p, unsigned char *to)
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

static const char *inet_address(unsigned char *to, long *len, const char *p,
				const struct scn_env *env)
{
	const char *why;
	long port = 0;

	p = scn_dotted(p, to + 4);
	if (!p || (*p && *p != ':'))
		return "address is not in:A.B.C.D:PORT";
	why = *p ? scn_number(p + 1, env, &port) : NULL;
	to[0] = SCN_AF_INET;
	to[2] = port >> 8;
	to[3] = port;
	*len = 16;
	return why;
}

static const char *unix_address(unsigned char *to, long *len, const char *p)
{
	unsigned long n = strlen(p);

	if (n > 107)
		return "name of a socket is longer than 107 bytes";
	to[0] = SCN_AF_UNIX;
	memcpy(to + 2, p, n);
	if (*p == '@')
		to[2] = 0;
	*len = 2 + n + (n && *p != '@');
	return NULL;
}

/* Two numbers, separated by a colon. */
static const char *two_numbers(const char *p, const struct scn_env *env, long *value)
{
	struct scn_fields f;
	const char *why = scn_split(&f, p, strlen(p), ':');
	int i;

	if (!why && f.n != 2)
		why = "address is not nl:PORT:GROUPS or ll:DEVICE:PROTOCOL";
	for (i = 0; !why && i < 2; i++)
		why = scn_number(f.field[i], env, &value[i]);
	return why;
}

static const char *netlink_address(unsigned char *to, long *len, const char *p,
				   const struct scn_env *env)
{
	long value[2] = { 0 };
	const char *why = two_numbers(p, env, value);

	to[0] = SCN_AF_NETLINK;
	memcpy(to + 4, &value[0], 4);
	memcpy(to + 8, &value[1], 4);
	*len = 12;
	return why;
}

static const char *packet_address(unsigned char *to, long *len, const char *p,
				  const struct scn_env *env)
{
	long value[2] = { 0 };
	const char *why = two_numbers(p, env, value);

	to[0] = SCN_AF_PACKET;
	to[2] = value[1] >> 8;
	to[3] = value[1];
	memcpy(to + 4, &value[0], 4);
	*len = 20;
	return why;
}

/* Into room for SCN_SOCKADDR bytes, which are zero. */
const char *scn_read_address(const char *word, const struct scn_env *env, unsigned char *to,
			     long *len)
{
	const char *rest;

	rest = scn_after(word, "in:");
	if (rest)
		return inet_address(to, len, rest, env);
	rest = scn_after(word, "un:");
	if (rest)
		return unix_address(to, len, rest);
	rest = scn_after(word, "nl:");
	if (rest)
		return netlink_address(to, len, rest, env);
	rest = scn_after(word, "ll:");
	if (rest)
		return packet_address(to, len, rest, env);
	*len = 16;
	return strcmp(word, "unspec") ?
	       "address is none of in:, un:, nl:, ll:, unspec, NULL" : NULL;
}

static const char *in_sockaddr(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	arg->nregs = 2;
	if (!strcmp(word, "NULL"))
		return NULL;
	scn_points_to(arg, NULL, SCN_SOCKADDR);
	return scn_read_address(word, env, arg->data, &arg->reg[1]);
}

static const char *in_sockaddr_out(struct scn_arg *arg, const char *word,
				   const struct scn_env *env)
{
	int len = SCN_SOCKADDR;

	scn_points_to(arg, NULL, SCN_SOCKADDR + 4);
	memcpy(arg->data + SCN_SOCKADDR, &len, 4);
	arg->nregs = 2;
	arg->reg[1] = SCN_SOCKADDR;
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

/* A name of five digits that the kernel chose; newer ones begin anywhere. */
static int is_auto(const unsigned char *path, int len)
{
	int i;

	for (i = 1; i < len && isxdigit(path[i]); i++)
		;
	return len == 6 && i == len && !path[0];
}

static void put_unix(struct scn_out *out, const unsigned char *path, int len)
{
	if (is_auto(path, len)) {
		scn_put(out, " un:@auto");
		return;
	}
	scn_put(out, " un:%s", len > 0 && !path[0] ? "@" : "");
	if (len > 0 && !path[0])
		scn_put(out, "%.*s", len - 1, path + 1);
	else if (len > 0)
		scn_put(out, "%.*s", len, path);
}

static void put_netlink(struct scn_out *out, const unsigned char *p, const struct scn_env *env)
{
	unsigned int port, groups;
	const struct scn_var *task;

	memcpy(&port, p + 4, 4);
	memcpy(&groups, p + 8, 4);
	task = scn_find_value(&env->pids, port);
	if (task)
		scn_put(out, " nl:%s", task->name);
	else if (port >> 31)
		scn_put(out, " nl:auto");	/* chosen by the kernel, anywhere */
	else
		scn_put(out, " nl:%u", port);
	if (groups)
		scn_put(out, ":0x%x", groups);
}

/* Kinds of packets: to this machine, to all, to a group, to others, sent by it. */
static void put_packet(struct scn_out *out, const unsigned char *p)
{
	static const char *const kinds[] = { "HOST", "BROADCAST", "MULTICAST", "OTHER", "OUT" };
	int index;

	memcpy(&index, p + 4, 4);
	scn_put(out, " ll:%d:0x%04x %s", index, p[2] << 8 | p[3],
		p[10] < ARRAY_SIZE(kinds) ? kinds[p[10]] : "?");
}

void scn_put_address(struct scn_out *out, const unsigned char *p, int len,
		     const struct scn_env *env)
{
	if (len >= 16 && p[0] == SCN_AF_INET) {
		scn_put(out, " in:%d.%d.%d.%d", p[4], p[5], p[6], p[7]);
		put_port(out, p[2] << 8 | p[3]);
	} else if (len >= 2 && p[0] == SCN_AF_UNIX) {
		put_unix(out, p + 2, len - 2);
	} else if (len == 12 && p[0] == SCN_AF_NETLINK) {
		put_netlink(out, p, env);
	} else if (len >= 12 && p[0] == SCN_AF_PACKET) {
		put_packet(out, p);
	}
}

static void out_sockaddr(struct scn_out *out, const struct scn_arg *arg, long ret,
			 const struct scn_env *env)
{
	int len;

	memcpy(&len, arg->data + SCN_SOCKADDR, 4);
	scn_put_address(out, arg->data, len, env);
}

/* What is sent, and how many bytes that is; at a bad address it is one. */
static const char *in_payload(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	struct scn_bytes to = { .at = arg->data, .room = SCN_DATA };
	const char *why;

	arg->nregs = 2;
	arg->reg[1] = 1;
	if (scn_is_pointer(word))
		return scn_number(word, env, &arg->reg[0]);
	why = scn_read_payload(word, env, &to);
	arg->points = 1;
	arg->len = to.len;
	arg->reg[1] = to.len;
	return why;
}

/* Room for what is received. */
static const char *in_payload_room(struct scn_arg *arg, const char *word,
				   const struct scn_env *env)
{
	enum scn_form form;
	const char *why = scn_read_room(word, env, &form, &arg->reg[1]);

	if (why)
		return why;
	scn_points_to(arg, NULL, arg->reg[1]);
	arg->nregs = 2;
	arg->form = form;
	arg->unsized = form == SCN_ROUTING;
	return NULL;
}

static void out_payload_room(struct scn_out *out, const struct scn_arg *arg, long ret,
			     const struct scn_env *env)
{
	scn_put_payload(out, arg->form, arg->data, ret < (long)arg->len ? ret : (long)arg->len,
			env);
}

/* Options: ints joined by commas, tv:SECONDS:MICROSECONDS, ipt:TABLE or a text. */
static const char *in_optval(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	const char *rest = scn_after(word, "tv:"), *table = scn_after(word, "ipt:"), *why;
	int wide = !!rest, i;
	struct scn_fields f;
	long value;

	if (table)
		return scn_read_table(arg, table, env);
	if (*word == '"')
		return in_payload(arg, word, env);
	word = rest ? rest : word;
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

enum { OPT_INTS, OPT_TABLE_INFO, OPT_TABLE_ENTRIES };

#define TABLE_INFO	84
#define TABLE_ENTRIES	40	/* before the entries themselves */

/* The name of the table is a part of the question. */
static const char *in_table_room(struct scn_arg *arg, const char *table, const char *entries,
				 const struct scn_env *env, long *size)
{
	unsigned long len = table ? strlen(table) : strcspn(entries, ":");
	const char *why = NULL;
	int bytes;

	if (len > 31 || (entries && entries[len] != ':'))
		return "it is info:TABLE or entries:TABLE:SIZE";
	memcpy(arg->data, table ? table : entries, len);
	arg->form = table ? OPT_TABLE_INFO : OPT_TABLE_ENTRIES;
	*size = TABLE_INFO;
	if (!entries)
		return NULL;
	why = scn_number(entries + len + 1, env, size);
	bytes = *size;
	memcpy(arg->data + 32, &bytes, 4);
	*size += TABLE_ENTRIES;
	return why;
}

/* Room for so many bytes of an option. */
static const char *in_optval_out(struct scn_arg *arg, const char *word,
				 const struct scn_env *env)
{
	const char *info = scn_after(word, "info:"), *entries = scn_after(word, "entries:"), *why;
	long size;
	int len;

	scn_points_to(arg, NULL, LEN_AT + 4);
	why = info || entries ? in_table_room(arg, info, entries, env, &size) :
	      scn_number(word, env, &size);
	if (why)
		return why;
	len = size;
	memcpy(arg->data + LEN_AT, &len, 4);
	arg->nregs = 2;
	arg->reg[1] = LEN_AT;
	arg->inside = 1;
	return len > LEN_AT ? "option is longer than 4088 bytes" : NULL;
}

#define UCRED 12

static void out_optval(struct scn_out *out, const struct scn_arg *arg, long ret,
		       const struct scn_env *env)
{
	const struct scn_var *task;
	int len, value, i;

	memcpy(&len, arg->data + LEN_AT, 4);
	if (arg->form == OPT_TABLE_INFO) {
		scn_put_table_info(out, arg->data);
		return;
	}
	if (arg->form == OPT_TABLE_ENTRIES) {
		scn_put_table_entries(out, arg->data + TABLE_ENTRIES, len - TABLE_ENTRIES);
		return;
	}
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
		arg->data[IFNAME] = SCN_AF_INET;
		end = scn_dotted(value + 1, arg->data + IFNAME + 4);
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
	static const struct {
		const char *prefix;
		int form;
	} forms[] = {
		{ "ifflags:", IF_FLAGS }, { "ifaddr:", IF_ADDR }, { "ifindex:", IF_INDEX },
		{ "ifmtu:", IF_MTU },
	};
	const char *rest = NULL;
	unsigned long i;

	for (i = 0; i < ARRAY_SIZE(forms) && !rest; i++) {
		rest = scn_after(word, forms[i].prefix);
		arg->form = rest ? forms[i].form : 0;
	}
	if (!rest)
		return scn_find_kind("intp", 4)->in(arg, word, env);
	return in_ifreq(arg, rest, arg->form == IF_ADDR, env);
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
	{ "payload", 1, in_payload, NULL },
	{ "payload*", 1, in_payload_room, out_payload_room },
	{ "optval", 1, in_optval, NULL },
	{ "optval*", 1, in_optval_out, out_optval },
	{ "ioarg", 1, in_ioarg, out_ioarg },
	{ NULL, 0, NULL, NULL },
};
