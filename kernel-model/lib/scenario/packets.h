/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _SCENARIO_PACKETS_H
#define _SCENARIO_PACKETS_H

/* What travels through sockets, in words: for the kinds of net/. */
#include "scenario.h"

#define SCN_AF_UNIX	1
#define SCN_AF_INET	2
#define SCN_AF_NETLINK	16
#define SCN_AF_PACKET	17

#define SCN_SOCKADDR	128	/* room for any address */

/**
 * struct scn_bytes - a message that is being put together
 * @at: where
 * @len: how long it is
 * @room: how long it may become
 */
struct scn_bytes {
	unsigned char *at;
	unsigned long len;
	unsigned long room;
};

/* More bytes at the end, or zeroes; returns where, or NULL if there is no room. */
unsigned char *scn_add(struct scn_bytes *to, const void *data, unsigned long len);
/* An address of four numbers; what follows it, or NULL. */
const char *scn_dotted(const char *p, unsigned char *to);
/* What follows "KEY=", or NULL. */
const char *scn_value(const char *field, const char *key);
/* What follows @what, or NULL. */
const char *scn_after(const char *word, const char *what);

const char *scn_read_address(const char *word, const struct scn_env *env, unsigned char *to,
			     long *len);
void scn_put_address(struct scn_out *out, const unsigned char *from, int len,
		     const struct scn_env *env);

/* Numbers in the byte order of the machine, at any address. */
static inline int scn_get16(const unsigned char *p)
{
	unsigned short value;

	memcpy(&value, p, sizeof(value));
	return value;
}

static inline int scn_get32(const unsigned char *p)
{
	int value;

	memcpy(&value, p, sizeof(value));
	return value;
}

static inline void scn_put16(unsigned char *p, int value)
{
	unsigned short v = value;

	memcpy(p, &v, sizeof(v));
}

static inline void scn_put32(unsigned char *p, long value)
{
	int v = value;

	memcpy(p, &v, sizeof(v));
}

/* How bytes that were received are shown. */
enum scn_form { SCN_TEXT, SCN_IP, SCN_ETHERNET, SCN_ROUTING };

const char *scn_read_payload(const char *word, const struct scn_env *env, struct scn_bytes *to);
const char *scn_read_room(const char *word, const struct scn_env *env, enum scn_form *form,
			  long *size);
void scn_put_payload(struct scn_out *out, enum scn_form form, const unsigned char *data,
		     long len, const struct scn_env *env);

/* rtnetlink.c: messages about devices, addresses, routes, rules and neighbours. */
const char *scn_read_routing(const char *word, const struct scn_env *env, struct scn_bytes *to);
void scn_put_routing(struct scn_out *out, const unsigned char *data, long len);

/* filter.c: tables of rules for packets. */
const char *scn_read_table(struct scn_arg *arg, const char *word, const struct scn_env *env);
void scn_put_table_info(struct scn_out *out, const unsigned char *data);
void scn_put_table_entries(struct scn_out *out, const unsigned char *data, long len);

#endif /* _SCENARIO_PACKETS_H */
