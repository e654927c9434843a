// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages of sendmsg() and recvmsg(): an address, bytes and what goes beside
 * them, descriptors and identities.  The bytes are passed in two pieces.
 */
#include "packets.h"

/* struct msghdr */
#define NAME		0
#define NAMELEN		8
#define IOV		16
#define IOVLEN		24
#define CONTROL		32
#define CONTROLLEN	40
#define FLAGS		48

/* Where its parts are; its own size is 56. */
#define IOVS_AT		64
#define NAME_AT		128
#define CONTROL_AT	256
#define CONTROL_ROOM	512
#define BYTES_AT	(CONTROL_AT + CONTROL_ROOM)

#define CMSG_HEADER	16
#define SOL_SOCKET	1
#define SCM_RIGHTS	1
#define SCM_CREDENTIALS	2

/* Beyond what the kernel sees: how recvmsg() shows the bytes. */
#define FORM_AT		60

static void put32(struct scn_arg *arg, int at, long value)
{
	int v = value;

	memcpy(arg->data + at, &v, 4);
}

static void put64(struct scn_arg *arg, int at, long value)
{
	memcpy(arg->data + at, &value, 8);
}

static long get64(const struct scn_arg *arg, int at)
{
	long value;

	memcpy(&value, arg->data + at, 8);
	return value;
}

static void set_pointer(struct scn_arg *arg, int at, long to)
{
	put64(arg, at, to);
	arg->pointers[arg->npointers++] = at;
}

/* Two pieces, so that somebody has to put them together. */
static void set_bytes(struct scn_arg *arg, long len)
{
	long half = len / 2;

	set_pointer(arg, IOV, IOVS_AT);
	put64(arg, IOVLEN, 2);
	set_pointer(arg, IOVS_AT, BYTES_AT);
	put64(arg, IOVS_AT + 8, half);
	set_pointer(arg, IOVS_AT + 16, BYTES_AT + half);
	put64(arg, IOVS_AT + 24, len - half);
}

static const char *read_name(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	const char *why;
	long len;

	scn_points_to(arg, NULL, SCN_DATA);
	if (!strcmp(word, "NULL"))
		return NULL;
	why = scn_read_address(word, env, arg->data + NAME_AT, &len);
	if (why)
		return why;
	set_pointer(arg, NAME, NAME_AT);
	put32(arg, NAMELEN, len);
	return NULL;
}

static const char *read_bytes(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	struct scn_bytes to = { .at = arg->data + BYTES_AT, .room = SCN_DATA - BYTES_AT };
	const char *why = scn_read_payload(word, env, &to);

	set_bytes(arg, to.len);
	return why;
}

/* "rights:FD:FD", "creds:PID:UID:GID", "cmsg:LEVEL:TYPE:LENGTH". */
static const char *add_control(struct scn_bytes *to, const char *word, const struct scn_env *env)
{
	const char *rights = scn_after(word, "rights:"), *creds = scn_after(word, "creds:"), *why;
	const char *numbers = rights ? rights : creds ? creds : scn_after(word, "cmsg:");
	int type = rights ? SCM_RIGHTS : SCM_CREDENTIALS, i, values[SCN_FIELDS], header[4] = { 0 };
	struct scn_fields f;
	unsigned char *p;
	long value;

	why = numbers ? scn_split(&f, numbers, strlen(numbers), ':') :
	      "beside a message go rights:, creds: or cmsg:";
	if (!why && !rights && f.n != 3)
		why = "it is creds:PID:UID:GID or cmsg:LEVEL:TYPE:LENGTH";
	for (i = 0; !why && i < f.n; i++) {
		why = scn_number(f.field[i], env, &value);
		values[i] = value;
	}
	if (why)
		return why;
	header[0] = rights || creds ? CMSG_HEADER + f.n * 4 : values[2];
	header[2] = rights || creds ? SOL_SOCKET : values[0];
	header[3] = rights || creds ? type : values[1];
	p = scn_add(to, NULL, CMSG_HEADER + ((f.n * 4 + 7) & ~7));
	if (!p)
		return "more than 512 bytes go beside a message";
	memcpy(p, header, CMSG_HEADER);
	if (rights || creds)
		memcpy(p + CMSG_HEADER, values, f.n * 4);
	return NULL;
}

static const char *read_control(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	struct scn_bytes to = { .at = arg->data + CONTROL_AT, .room = CONTROL_ROOM };
	struct scn_fields f;
	const char *why;
	int i;

	if (!strcmp(word, "NULL"))
		return NULL;
	why = scn_split(&f, word, strlen(word), ',');
	for (i = 0; !why && i < f.n; i++)
		why = add_control(&to, f.field[i], env);
	set_pointer(arg, CONTROL, CONTROL_AT);
	put64(arg, CONTROLLEN, to.len);
	return why;
}

/* What is sent: address, bytes, what goes beside them. */
static const char *in_message(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	int nth = arg->form++;

	if (!nth && !strcmp(word, "BAD"))
		return scn_number(word, env, &arg->reg[0]);
	if (nth && !arg->points)
		return NULL;
	return nth == 0 ? read_name(arg, word, env) :
	       nth == 1 ? read_bytes(arg, word, env) : read_control(arg, word, env);
}

static const char *make_room(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	enum scn_form form;
	const char *why;
	long size;

	scn_points_to(arg, NULL, SCN_DATA);
	why = scn_read_room(word, env, &form, &size);
	if (!why && size > SCN_DATA - BYTES_AT)
		why = "there is room for 3328 bytes";
	if (why)
		return why;
	set_bytes(arg, size);
	arg->data[FORM_AT] = form;
	arg->unsized = form == SCN_ROUTING;
	set_pointer(arg, NAME, NAME_AT);
	put32(arg, NAMELEN, SCN_SOCKADDR);
	return NULL;
}

/* What is received: room for bytes, and for what goes beside them. */
static const char *in_message_room(struct scn_arg *arg, const char *word,
				   const struct scn_env *env)
{
	const char *why;
	long size;

	if (!arg->form++)
		return strcmp(word, "BAD") ? make_room(arg, word, env) :
		       scn_number(word, env, &arg->reg[0]);
	if (!arg->points)
		return NULL;
	why = scn_number(word, env, &size);
	if (!why && (size < 0 || size > CONTROL_ROOM))
		why = "there is room for 512 bytes beside a message";
	if (why || !size)
		return why;
	set_pointer(arg, CONTROL, CONTROL_AT);
	put64(arg, CONTROLLEN, size);
	return NULL;
}

static void put_rights(struct scn_out *out, const unsigned char *p, long len)
{
	long at;

	scn_put(out, " rights");
	for (at = 0; at + 4 <= len; at += 4)
		scn_put(out, ":%d", scn_get32(p + at));
}

static void put_control(struct scn_out *out, const unsigned char *p, long left,
			const struct scn_env *env)
{
	long len;

	for (; left >= CMSG_HEADER; p += (len + 7) & ~7, left -= (len + 7) & ~7) {
		memcpy(&len, p, sizeof(len));
		if (len < CMSG_HEADER || len > left)
			return;
		if (scn_get32(p + 8) != SOL_SOCKET) {
			scn_put(out, " cmsg:%d:%d:%ld", scn_get32(p + 8), scn_get32(p + 12), len);
		} else if (scn_get32(p + 12) == SCM_RIGHTS) {
			put_rights(out, p + CMSG_HEADER, len - CMSG_HEADER);
		} else if (scn_get32(p + 12) == SCM_CREDENTIALS && len >= CMSG_HEADER + 12) {
			scn_put_pid(out, "creds", scn_get32(p + CMSG_HEADER), env);
			scn_put(out, ":%d:%d", scn_get32(p + CMSG_HEADER + 4),
				scn_get32(p + CMSG_HEADER + 8));
		}
	}
}

static void out_message_room(struct scn_out *out, const struct scn_arg *arg, long ret,
			     const struct scn_env *env)
{
	static const struct {
		int bit;
		const char *name;
	} flags[] = {
		{ 1, "MSG_OOB" }, { 8, "MSG_CTRUNC" }, { 0x20, "MSG_TRUNC" }, { 0x80, "MSG_EOR" },
	};
	long room = get64(arg, IOVS_AT + 8) + get64(arg, IOVS_AT + 24);
	unsigned long i;

	scn_put_payload(out, arg->data[FORM_AT], arg->data + BYTES_AT, ret < room ? ret : room,
			env);
	scn_put_address(out, arg->data + NAME_AT, scn_get32(arg->data + NAMELEN), env);
	if (get64(arg, CONTROL))
		put_control(out, arg->data + CONTROL_AT, get64(arg, CONTROLLEN), env);
	for (i = 0; i < ARRAY_SIZE(flags); i++)
		if (scn_get32(arg->data + FLAGS) & flags[i].bit)
			scn_put(out, " %s", flags[i].name);
}

const struct scn_kind scn_message_kinds[] = {
	{ "msghdr", 3, in_message, NULL },
	{ "msghdr*", 2, in_message_room, out_message_room },
	{ NULL, 0, NULL, NULL },
};
