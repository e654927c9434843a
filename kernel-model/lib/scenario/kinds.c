// SPDX-License-Identifier: GPL-2.0-only
/* Kinds of arguments: how words become registers and memory, and back. */
#include "scenario.h"

static const char *in_int(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	return scn_number(word, env, &arg->reg[0]);
}

static const char *in_null(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	return NULL;
}

/* A text is passed with a final NUL; NULL and BAD are pointers as they are. */
static const char *in_str(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	unsigned long len = strlen(word);

	if (*word != '"')
		return scn_number(word, env, &arg->reg[0]);
	if (len > SCN_DATA)
		return "text is too long";
	/* Without its quote, and with the NUL. */
	scn_points_to(arg, word + 1, len);
	return NULL;
}

/* A buffer of so many bytes and its size; what comes back is printed. */
static const char *in_room(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	const char *why = scn_number(word, env, &arg->reg[1]);

	if (why)
		return why;
	if (arg->reg[1] < 0 || arg->reg[1] > SCN_DATA)
		return "size is not between 0 and 4096";
	arg->points = 1;
	arg->nregs = 2;
	arg->len = arg->reg[1];
	memset(arg->data, 0, arg->len);
	return NULL;
}

static void out_room(struct scn_out *out, const struct scn_arg *arg, long ret,
		     const struct scn_env *env)
{
	scn_put(out, " ");
	scn_put_quoted(out, arg->data, ret < (long)arg->len ? (unsigned long)ret : arg->len);
}

#define UTS_FIELD 65

static const char *in_utsname(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	arg->points = 1;
	arg->len = 6 * UTS_FIELD;
	memset(arg->data, 0, arg->len);
	return NULL;
}

/* The release and version differ from kernel to kernel. */
static void out_utsname(struct scn_out *out, const struct scn_arg *arg, long ret,
			const struct scn_env *env)
{
	const char *field = (const char *)arg->data;

	scn_put(out, " sysname=\"%s\" nodename=\"%s\" domainname=\"%s\"", field,
		field + UTS_FIELD, field + 5 * UTS_FIELD);
}

static const char *in_status(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	arg->points = 1;
	arg->len = 4;
	memset(arg->data, 0, 4);
	return NULL;
}

static void out_status(struct scn_out *out, const struct scn_arg *arg, long ret,
		       const struct scn_env *env)
{
	unsigned int status;

	memcpy(&status, arg->data, 4);
	if (ret <= 0)
		return;
	if (status == 0xffff)
		scn_put(out, " continued");
	else if ((status & 0xff) == 0x7f)
		scn_put(out, " stopped(%s)", scn_signal_name(status >> 8 & 0xff));
	else if (status & 0x7f)
		scn_put(out, " killed(%s)", scn_signal_name(status & 0x7f));
	else
		scn_put(out, " exited(%u)", status >> 8 & 0xff);
}

static const struct scn_kind base_kinds[] = {
	{ "int", 1, in_int, NULL },
	{ "null", 0, in_null, NULL },
	{ "str", 1, in_str, NULL },
	{ "room", 1, in_room, out_room },
	{ "utsname", 0, in_utsname, out_utsname },
	{ "status", 0, in_status, out_status },
	{ NULL, 0, NULL, NULL },
};

static const struct scn_kind *const all_kinds[] = {
	base_kinds,
	scn_kernel_kinds,
	scn_message_kinds,
	scn_net_kinds,
	scn_fs_kinds,
	scn_ipc_kinds,
};

const struct scn_kind *scn_find_kind(const char *name, unsigned long len)
{
	const struct scn_kind *k;
	unsigned long i;

	for (i = 0; i < ARRAY_SIZE(all_kinds); i++)
		for (k = all_kinds[i]; k->name; k++)
			if (!strncmp(k->name, name, len) && !k->name[len])
				return k;
	return NULL;
}

void scn_points_to(struct scn_arg *arg, const void *data, unsigned long len)
{
	arg->points = 1;
	arg->len = len;
	if (data)
		memcpy(arg->data, data, len);
	else
		memset(arg->data, 0, len);
}

void scn_place(struct scn_arg *arg, unsigned long address)
{
	unsigned long value;
	int i;

	if (!arg->points)
		return;
	arg->reg[0] = address;
	if (arg->inside)
		arg->reg[1] += address;
	for (i = 0; i < arg->npointers; i++) {
		memcpy(&value, arg->data + arg->pointers[i], sizeof(value));
		value += address;
		memcpy(arg->data + arg->pointers[i], &value, sizeof(value));
	}
}

int scn_is_pointer(const char *word)
{
	return !strcmp(word, "NULL") || !strcmp(word, "BAD");
}

const char *scn_split(struct scn_fields *f, const char *word, unsigned long len, char sep)
{
	char *p = f->text;

	if (len >= sizeof(f->text))
		return "word is too long";
	memcpy(f->text, word, len);
	f->text[len] = 0;
	for (f->n = 0; p; f->n++) {
		if (f->n == SCN_FIELDS)
			return "too many parts in a word";
		f->field[f->n] = p;
		p = strchr(p, sep);
		if (p)
			*p++ = 0;
	}
	return NULL;
}
