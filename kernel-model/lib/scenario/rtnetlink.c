// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages of the routing family of netlink.  Newer kernels add attributes;
 * printed is what all of them have in common.
 */
#include "packets.h"

#define NLMSG_HEADER	16
#define NLMSG_ERROR	2
#define NLMSG_DONE	3
#define NLM_F_REQUEST	1
#define RTM_BASE	16
#define ATTRIBUTES	8	/* types from 0 on that are printed */
#define IFF_SHOWN	0x104b	/* as for SIOCGIFFLAGS */

/* What follows the header of a message, by what it is about. */
struct about {
	const char *name;
	int size;
};

enum { LINK, ADDR, ROUTE, NEIGH, RULE };

static const struct about abouts[] = {
	[LINK] = { "link", 16 },
	[ADDR] = { "addr", 8 },
	[ROUTE] = { "route", 12 },
	[NEIGH] = { "neigh", 12 },
	[RULE] = { "rule", 12 },
};

static const char *add_attribute(struct scn_bytes *to, int type, const void *data, int len)
{
	unsigned short head[2] = { 4 + len, type };
	unsigned char *p = scn_add(to, NULL, 4 + ((len + 3) & ~3));

	if (!p)
		return "message is too long";
	memcpy(p, head, 4);
	memcpy(p + 4, data, len);
	return NULL;
}

/* Fields that are a byte, a number, an attribute with an address or a number. */
struct field {
	const char *name;
	int about;
	enum { BYTE, NUMBER, ADDRESS, NUMBER_ATTRIBUTE } form;
	int at;			/* in the message, or the type of the attribute */
	int prefix;		/* where the length of the prefix goes, or -1 */
};

static const struct field fields[] = {
	{ "dev", LINK, NUMBER, 4, -1 },
	{ "flags", LINK, NUMBER, 8, -1 },
	{ "change", LINK, NUMBER, 12, -1 },
	{ "mtu", LINK, NUMBER_ATTRIBUTE, 4, -1 },
	{ "local", ADDR, ADDRESS, 2, 1 },
	{ "address", ADDR, ADDRESS, 1, -1 },
	{ "broadcast", ADDR, ADDRESS, 4, -1 },
	{ "scope", ADDR, BYTE, 3, -1 },
	{ "dev", ADDR, NUMBER, 4, -1 },
	{ "dst", ROUTE, ADDRESS, 1, 1 },
	{ "gw", ROUTE, ADDRESS, 5, -1 },
	{ "src", ROUTE, ADDRESS, 7, -1 },
	{ "dev", ROUTE, NUMBER_ATTRIBUTE, 4, -1 },
	{ "priority", ROUTE, NUMBER_ATTRIBUTE, 6, -1 },
	{ "table", ROUTE, BYTE, 4, -1 },
	{ "proto", ROUTE, BYTE, 5, -1 },
	{ "scope", ROUTE, BYTE, 6, -1 },
	{ "type", ROUTE, BYTE, 7, -1 },
	{ "dev", NEIGH, NUMBER, 4, -1 },
};

static const char *set_address(struct scn_bytes *to, const struct field *f, const char *value,
			       const struct scn_env *env)
{
	unsigned char address[4], *body = to->at + NLMSG_HEADER;
	const char *end = scn_dotted(value, address), *why;
	long bits = 32;

	if (!end || (*end && (*end != '/' || f->prefix < 0)))
		return "address is not A.B.C.D or A.B.C.D/BITS";
	why = *end ? scn_number(end + 1, env, &bits) : NULL;
	if (why)
		return why;
	if (f->prefix >= 0)
		body[f->prefix] = bits;
	/* The route to everywhere has no destination. */
	return bits ? add_attribute(to, f->at, address, 4) : NULL;
}

static const char *set_field(struct scn_bytes *to, const struct field *f, const char *value,
			     const struct scn_env *env)
{
	unsigned char *body = to->at + NLMSG_HEADER;
	const char *why;
	long number;
	int n;

	if (f->form == ADDRESS)
		return set_address(to, f, value, env);
	why = scn_number(value, env, &number);
	if (why)
		return why;
	n = number;
	if (f->form == NUMBER_ATTRIBUTE)
		return add_attribute(to, f->at, &n, 4);
	if (f->form == NUMBER)
		scn_put32(body + f->at, number);
	else
		body[f->at] = number;
	return NULL;
}

static const char *read_field(struct scn_bytes *to, int about, const char *field,
			      const struct scn_env *env)
{
	const char *value = scn_value(field, "family"), *why;
	unsigned long i;
	long number;

	if (value) {
		why = scn_number(value, env, &number);
		to->at[NLMSG_HEADER] = number;
		return why;
	}
	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		value = fields[i].about == about ? scn_value(field, fields[i].name) : NULL;
		if (value)
			return set_field(to, &fields[i], value, env);
	}
	return "unknown field of a netlink message";
}

/**
 * scn_read_routing - "TYPE,FLAGS,FIELD=VALUE,..."
 */
const char *scn_read_routing(const char *word, const struct scn_env *env, struct scn_bytes *to)
{
	unsigned short head[2];
	long type = 0, flags;
	struct scn_fields f;
	const char *why;
	int i, about;

	why = scn_split(&f, word, strlen(word), ',');
	if (!why && f.n < 2)
		why = "a request is rtm:TYPE,FLAGS,FIELD=VALUE,...";
	if (!why)
		why = scn_number(f.field[0], env, &type);
	if (!why)
		why = scn_number(f.field[1], env, &flags);
	if (why)
		return why;
	about = (type - RTM_BASE) >> 2;
	if (about < 0 || about >= (int)ARRAY_SIZE(abouts))
		return "no message about links, addresses, routes, neighbours or rules";
	if (!scn_add(to, NULL, NLMSG_HEADER + abouts[about].size))
		return "message is too long";
	for (i = 2; i < f.n && !why; i++)
		why = read_field(to, about, f.field[i], env);
	scn_put32(to->at, to->len);
	head[0] = type;
	head[1] = flags | NLM_F_REQUEST;
	memcpy(to->at + 4, head, 4);
	scn_put32(to->at + 8, 1);
	return why;
}

static void find_attributes(const unsigned char **found, const unsigned char *p, long len)
{
	memset(found, 0, ATTRIBUTES * sizeof(*found));
	while (len >= 4 && scn_get16(p) >= 4 && scn_get16(p) <= len) {
		if (scn_get16(p + 2) < ATTRIBUTES)
			found[scn_get16(p + 2)] = p + 4;
		len -= (scn_get16(p) + 3) & ~3;
		p += (scn_get16(p) + 3) & ~3;
	}
}

static void put_address(struct scn_out *out, const char *name, const unsigned char *p)
{
	if (p)
		scn_put(out, " %s%d.%d.%d.%d", name, p[0], p[1], p[2], p[3]);
}

static void put_addr(struct scn_out *out, const unsigned char *body, const unsigned char **a)
{
	scn_put(out, " dev=%d", scn_get32(body + 4));
	put_address(out, "", a[2]);
	scn_put(out, "/%d scope=%d", body[1], body[3]);
	if (a[1] && a[2] && memcmp(a[1], a[2], 4))
		put_address(out, "address=", a[1]);
	put_address(out, "broadcast=", a[4]);
	if (body[2] & 1)
		scn_put(out, " secondary");
}

static void put_route(struct scn_out *out, const unsigned char *body, const unsigned char **a)
{
	if (a[1])
		put_address(out, "", a[1]);
	else
		scn_put(out, " default");
	scn_put(out, "/%d table=%d type=%d scope=%d proto=%d", body[1], body[4], body[7], body[6],
		body[5]);
	if (a[4])
		scn_put(out, " dev=%d", scn_get32(a[4]));
	put_address(out, "gw=", a[5]);
	put_address(out, "src=", a[7]);
	if (a[6])
		scn_put(out, " priority=%d", scn_get32(a[6]));
}

/* What an event or a part of a dump says. */
static void put_about(struct scn_out *out, int about, const unsigned char *body,
		      const unsigned char **a)
{
	switch (about) {
	case LINK:
		scn_put(out, " %s dev=%d flags=0x%x", a[3] ? (const char *)a[3] : "?",
			scn_get32(body + 4), scn_get32(body + 8) & IFF_SHOWN);
		break;
	case ADDR:
		put_addr(out, body, a);
		break;
	case ROUTE:
		put_route(out, body, a);
		break;
	case NEIGH:
		scn_put(out, " dev=%d state=0x%x", scn_get32(body + 4), scn_get16(body + 8));
		put_address(out, "", a[1]);
		break;
	case RULE:
		scn_put(out, " priority=%d table=%d action=%d", a[6] ? scn_get32(a[6]) : 0, body[4],
			body[7]);
		break;
	}
}

static void put_message(struct scn_out *out, const unsigned char *p, long len)
{
	static const char *const verbs[] = { "new", "del", "get", "set" };
	const unsigned char *attributes[ATTRIBUTES], *body = p + NLMSG_HEADER;
	int type = scn_get16(p + 4), about = (type - RTM_BASE) >> 2, error;
	unsigned long at;

	if (type == NLMSG_DONE) {
		scn_put(out, " done");
	} else if (type == NLMSG_ERROR && len >= NLMSG_HEADER + 4) {
		error = -scn_get32(body);
		scn_put(out, error ? " error(%s)" : " ack", scn_errno_name(error));
	} else if (type < RTM_BASE || about >= (int)ARRAY_SIZE(abouts) ||
		   len < NLMSG_HEADER + abouts[about].size) {
		scn_put(out, " message %d", type);
	} else {
		scn_put(out, " %s%s", verbs[type & 3], abouts[about].name);
		at = out->len;
		find_attributes(attributes, body + abouts[about].size,
				len - NLMSG_HEADER - abouts[about].size);
		put_about(out, about, body, attributes);
		out->buf[at] = '(';
		scn_put(out, ")");
	}
}

#define ROUTES 64

static int is_route(const unsigned char *p)
{
	return scn_get16(p + 4) >= RTM_BASE && (scn_get16(p + 4) - RTM_BASE) >> 2 == ROUTE;
}

/* By table, length of the prefix and destination. */
static int route_order(const unsigned char *a, const unsigned char *b)
{
	static const unsigned char keys[] = { NLMSG_HEADER + 4, NLMSG_HEADER + 1 };
	const unsigned char *of_a[ATTRIBUTES], *of_b[ATTRIBUTES];
	unsigned long i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (a[keys[i]] != b[keys[i]])
			return a[keys[i]] - b[keys[i]];
	find_attributes(of_a, a + NLMSG_HEADER + 12, scn_get32(a) - NLMSG_HEADER - 12);
	find_attributes(of_b, b + NLMSG_HEADER + 12, scn_get32(b) - NLMSG_HEADER - 12);
	return of_a[1] && of_b[1] ? memcmp(of_a[1], of_b[1], 4) : 0;
}

/* Tables have no order of their own: hashes in old kernels, tries in new ones. */
void scn_put_routing(struct scn_out *out, const unsigned char *data, long len)
{
	const unsigned char *routes[ROUTES];
	int n = 0, i;

	while (len >= NLMSG_HEADER && scn_get32(data) >= NLMSG_HEADER && scn_get32(data) <= len) {
		if (is_route(data) && scn_get32(data) >= NLMSG_HEADER + 12 && n < ROUTES) {
			for (i = n++; i && route_order(routes[i - 1], data) > 0; i--)
				routes[i] = routes[i - 1];
			routes[i] = data;
		} else {
			put_message(out, data, scn_get32(data));
		}
		len -= (scn_get32(data) + 3) & ~3;
		data += (scn_get32(data) + 3) & ~3;
	}
	for (i = 0; i < n; i++)
		put_message(out, routes[i], scn_get32(routes[i]));
}
