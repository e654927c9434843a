// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bytes that travel through sockets: texts, a pattern of any length, and packets
 * of IPv4 by the fields of their headers.
 */
#include "packets.h"

#define ETHERNET	14
#define IP_HEADER	20
#define L4_HEADER	8
#define ICMP		1
#define TCP		6
#define UDP		17
#define REDIRECT	5	/* of ICMP */
#define PATTERN		26	/* the letters, again and again */
#define LONG_TEXT	40	/* from here on a pattern is told by its length */

unsigned char *scn_add(struct scn_bytes *to, const void *data, unsigned long len)
{
	unsigned char *at = to->at + to->len;

	if (len > to->room - to->len)
		return NULL;
	if (data)
		memcpy(at, data, len);
	else
		memset(at, 0, len);
	to->len += len;
	return at;
}

const char *scn_after(const char *word, const char *what)
{
	unsigned long len = strlen(what);

	return strncmp(word, what, len) ? NULL : word + len;
}

const char *scn_value(const char *field, const char *key)
{
	const char *p = scn_after(field, key);

	return p && *p == '=' ? p + 1 : NULL;
}

static const char *add_pattern(struct scn_bytes *to, const char *word, const struct scn_env *env)
{
	const char *why;
	unsigned char *p;
	long n, i;

	why = scn_number(word, env, &n);
	if (why)
		return why;
	p = n < 0 ? NULL : scn_add(to, NULL, n);
	for (i = 0; p && i < n; i++)
		p[i] = 'a' + i % PATTERN;
	return p ? NULL : "more bytes than there is room for";
}

static void put16(unsigned char *p, long value)
{
	p[0] = value >> 8;
	p[1] = value;
}

static unsigned int get16(const unsigned char *p)
{
	return p[0] << 8 | p[1];
}

/* The checksum of the internet protocols, RFC 1071. */
static unsigned int checksum(const unsigned char *p, unsigned long len)
{
	unsigned long sum = 0, i;

	for (i = 0; i < len; i++)
		sum += i & 1 ? p[i] : p[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

/* The fields of a packet, and which layer 4 it has. */
struct packet {
	unsigned char src[4], dst[4];
	long ttl, id, frag, more, proto, length;
	long port[2];		/* of UDP */
	long icmp[4];		/* type, code, id, sequence number */
	int has_udp, has_icmp;
	const char *text, *fill;
};

static const char *read_numbers(const char *word, char sep, int n, long *to,
				const struct scn_env *env)
{
	const char *why;
	struct scn_fields f;
	int i;

	why = scn_split(&f, word, strlen(word), sep);
	if (!why && f.n != n)
		return "udp= takes FROM>TO, icmp= takes TYPE/CODE/ID/SEQUENCE";
	for (i = 0; !why && i < n; i++)
		why = scn_number(f.field[i], env, &to[i]);
	return why;
}

static const char *read_ip_address(const char *word, unsigned char *to)
{
	const char *end = scn_dotted(word, to);

	return end && !*end ? NULL : "address is not A.B.C.D";
}

static const char *read_field(struct packet *p, const char *field, const struct scn_env *env)
{
	const struct {
		const char *name;
		long *to;
	} numbers[] = {
		{ "ttl", &p->ttl }, { "id", &p->id }, { "frag", &p->frag }, { "mf", &p->more },
		{ "proto", &p->proto }, { "length", &p->length },
	};
	const char *value;
	unsigned long i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		value = scn_value(field, numbers[i].name);
		if (value)
			return scn_number(value, env, numbers[i].to);
	}
	if ((value = scn_value(field, "src")))
		return read_ip_address(value, p->src);
	if ((value = scn_value(field, "dst")))
		return read_ip_address(value, p->dst);
	if ((value = scn_value(field, "udp"))) {
		p->has_udp = 1;
		p->proto = UDP;
		return read_numbers(value, '>', 2, p->port, env);
	}
	if ((value = scn_value(field, "icmp"))) {
		p->has_icmp = 1;
		p->proto = ICMP;
		return read_numbers(value, '/', 4, p->icmp, env);
	}
	p->text = (value = scn_value(field, "text")) ? value : p->text;
	if (!value)
		p->fill = (value = scn_value(field, "fill"));
	return value ? NULL : "unknown field of a packet";
}

/* Layer 4 and what is in it. */
static const char *add_payload(struct scn_bytes *to, const struct packet *p,
			       const struct scn_env *env)
{
	unsigned char *l4 = to->at + to->len;
	const char *why = NULL;

	if ((p->has_udp || p->has_icmp) && !scn_add(to, NULL, L4_HEADER))
		why = "packet is too long";
	if (!why && p->fill)
		why = add_pattern(to, p->fill, env);
	if (!why && p->text && !scn_add(to, p->text, strlen(p->text)))
		why = "packet is too long";
	if (why)
		return why;
	if (p->has_udp) {
		put16(l4, p->port[0]);
		put16(l4 + 2, p->port[1]);
		put16(l4 + 4, p->length ? p->length : to->at + to->len - l4);
	}
	if (p->has_icmp) {
		l4[0] = p->icmp[0];
		l4[1] = p->icmp[1];
		put16(l4 + 4, p->icmp[2]);
		put16(l4 + 6, p->icmp[3]);
		put16(l4 + 2, checksum(l4, to->at + to->len - l4));
	}
	return NULL;
}

static void put_ip_header(unsigned char *ip, const struct packet *p, unsigned long len)
{
	ip[0] = 0x45;
	put16(ip + 2, len);
	put16(ip + 4, p->id);
	put16(ip + 6, p->frag / 8 | (p->more ? 0x2000 : 0));
	ip[8] = p->ttl;
	ip[9] = p->proto;
	memcpy(ip + 12, p->src, 4);
	memcpy(ip + 16, p->dst, 4);
	put16(ip + 10, checksum(ip, IP_HEADER));
}

static const char *read_packet(const char *word, const struct scn_env *env,
			       struct scn_bytes *to, unsigned long ethernet, unsigned long header)
{
	struct packet p = { .ttl = 64 };
	const char *why;
	struct scn_fields f;
	int i;

	why = scn_split(&f, word, strlen(word), ',');
	for (i = 0; !why && i < f.n; i++)
		why = read_field(&p, f.field[i], env);
	if (!why && !scn_add(to, NULL, ethernet + header))
		why = "packet is too long";
	if (!why)
		why = add_payload(to, &p, env);
	if (why)
		return why;
	if (ethernet)
		put16(to->at + 12, 0x0800);
	if (header)
		put_ip_header(to->at + ethernet, &p, to->len - ethernet);
	return NULL;
}

/**
 * scn_read_payload - what a word says is to be sent
 *
 * A text; fill:SIZE; ip:FIELD=VALUE,... with an IP header, eth:... with one of
 * Ethernet, too, or l4:... without; rtm:... is for netlink.
 */
const char *scn_read_payload(const char *word, const struct scn_env *env, struct scn_bytes *to)
{
	const char *rest;

	if (*word == '"')
		return scn_add(to, word + 1, strlen(word + 1)) ? NULL : "text is too long";
	if ((rest = scn_after(word, "fill:")))
		return add_pattern(to, rest, env);
	if ((rest = scn_after(word, "ip:")))
		return read_packet(rest, env, to, 0, IP_HEADER);
	if ((rest = scn_after(word, "eth:")))
		return read_packet(rest, env, to, ETHERNET, IP_HEADER);
	if ((rest = scn_after(word, "l4:")))
		return read_packet(rest, env, to, 0, 0);
	if ((rest = scn_after(word, "rtm:")))
		return scn_read_routing(rest, env, to);
	return "what is sent is a text, fill:, ip:, eth:, l4: or rtm:";
}

/**
 * scn_read_room - room for what is received, as SIZE or FORM:SIZE
 */
const char *scn_read_room(const char *word, const struct scn_env *env, enum scn_form *form,
			  long *size)
{
	static const struct {
		const char *name;
		enum scn_form form;
	} forms[] = {
		{ "ip:", SCN_IP }, { "eth:", SCN_ETHERNET }, { "rtm:", SCN_ROUTING },
	};
	const char *rest, *why;
	unsigned long i;

	*form = SCN_TEXT;
	for (i = 0; i < ARRAY_SIZE(forms); i++) {
		rest = scn_after(word, forms[i].name);
		if (rest) {
			*form = forms[i].form;
			word = rest;
		}
	}
	why = scn_number(word, env, size);
	if (!why && (*size < 0 || *size > SCN_DATA))
		why = "size is not between 0 and 4096";
	return why;
}

static int is_pattern(const unsigned char *p, long len)
{
	long i;

	for (i = 1; i < len && p[i] == 'a' + (p[i - 1] - 'a' + 1) % PATTERN; i++)
		;
	return len > LONG_TEXT && i == len;
}

/* A pattern that begins in the middle shows which part of it this is. */
static void put_text(struct scn_out *out, const unsigned char *p, long len)
{
	scn_put(out, " ");
	if (!is_pattern(p, len))
		scn_put_quoted(out, p, len > 0 ? len : 0);
	else if (*p == 'a')
		scn_put(out, "fill:%ld", len);
	else
		scn_put(out, "fill:%ld from '%c'", len, *p);
}

/* Ports from 32768 on are chosen by the kernel. */
static void put_ports(struct scn_out *out, const char *name, const unsigned char *p)
{
	int i;

	for (i = 0; i < 2; i++) {
		scn_put(out, "%s", i ? ">" : name);
		if (get16(p + 2 * i) < 32768)
			scn_put(out, "%u", get16(p + 2 * i));
		else
			scn_put(out, "auto");
	}
}

static void put_ip(struct scn_out *out, const unsigned char *p, long len);

/* Errors quote the packet that they are about. */
static void put_icmp(struct scn_out *out, const unsigned char *p, long len)
{
	int echo = p[0] == 8 || p[0] == 0;

	scn_put(out, " icmp:%d/%d", p[0], p[1]);
	if (p[0] == REDIRECT)
		scn_put(out, " to %d.%d.%d.%d", p[4], p[5], p[6], p[7]);
	if (!echo) {
		scn_put(out, " about");
		put_ip(out, p + L4_HEADER, len - L4_HEADER);
		return;
	}
	scn_put(out, "/%u/%u", get16(p + 4), get16(p + 6));
	put_text(out, p + L4_HEADER, len - L4_HEADER);
}

static void put_tcp(struct scn_out *out, const unsigned char *p, long len)
{
	static const char flags[] = "FSRPAU";
	int i, header = p[12] >> 4 << 2;

	put_ports(out, " tcp:", p);
	scn_put(out, " ");
	for (i = 0; flags[i]; i++)
		if (p[13] & 1 << i)
			scn_put(out, "%c", flags[i]);
	if (len > header)
		put_text(out, p + header, len - header);
}

static void put_layer4(struct scn_out *out, int proto, const unsigned char *p, long len)
{
	if (proto == UDP && len >= L4_HEADER) {
		put_ports(out, " udp:", p);
		put_text(out, p + L4_HEADER, len - L4_HEADER);
	} else if (proto == ICMP && len >= L4_HEADER) {
		put_icmp(out, p, len);
	} else if (proto == TCP && len >= IP_HEADER) {
		put_tcp(out, p, len);
	} else {
		scn_put(out, " proto=%d", proto);
		put_text(out, p, len);
	}
}

static void put_ip(struct scn_out *out, const unsigned char *p, long len)
{
	unsigned int frag;

	if (len < IP_HEADER || p[0] >> 4 != 4) {
		put_text(out, p, len);
		return;
	}
	scn_put(out, " %d.%d.%d.%d>%d.%d.%d.%d ttl=%d len=%u", p[12], p[13], p[14], p[15],
		p[16], p[17], p[18], p[19], p[8], get16(p + 2));
	if (checksum(p, (p[0] & 15) * 4))
		scn_put(out, " checksum is wrong");
	frag = get16(p + 6) & 0x3fff;
	if (frag)
		scn_put(out, " frag=%u%s", (frag & 0x1fff) * 8, frag & 0x2000 ? "+" : "");
	p += IP_HEADER;
	len -= IP_HEADER;
	if (frag & 0x1fff)
		put_text(out, p, len);
	else
		put_layer4(out, p[9 - IP_HEADER], p, len);
}

static void put_ethernet(struct scn_out *out, const unsigned char *p, long len)
{
	if (len < ETHERNET) {
		put_text(out, p, len);
		return;
	}
	scn_put(out, " eth:0x%04x", get16(p + 12));
	if (get16(p + 12) == 0x0800)
		put_ip(out, p + ETHERNET, len - ETHERNET);
	else
		put_text(out, p + ETHERNET, len - ETHERNET);
}

void scn_put_payload(struct scn_out *out, enum scn_form form, const unsigned char *data,
		     long len, const struct scn_env *env)
{
	switch (form) {
	case SCN_IP:
		put_ip(out, data, len);
		break;
	case SCN_ETHERNET:
		put_ethernet(out, data, len);
		break;
	case SCN_ROUTING:
		scn_put_routing(out, data, len);
		break;
	default:
		put_text(out, data, len);
	}
}
