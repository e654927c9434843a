// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tables of rules for packets, in the binary form in which iptables exchanges
 * them with the kernel.
 */
#include "packets.h"

/* struct ipt_replace */
#define REPLACE		96
#define VALID_HOOKS	32
#define NUM_ENTRIES	36
#define TABLE_SIZE	40
#define HOOK_ENTRY	44
#define UNDERFLOW	64
#define NUM_COUNTERS	84
#define COUNTERS	88
#define COUNTER		16

/* struct ipt_entry, then the target */
#define ENTRY		112
#define MASKS		8
#define IN_IFACE	16
#define OUT_IFACE	32
#define PROTO		80
#define TARGET_OFFSET	88
#define NEXT_OFFSET	90
#define PACKETS		96
#define STANDARD	40
#define ERROR		64
#define TARGET_NAME	2
#define VERDICT		32

/* What getsockopt() gives: struct ipt_getinfo, and how far the entries are. */
#define INFO_HOOKS	32
#define INFO_ENTRIES	76
#define INFO_SIZE	80

static const char *const hooks[] = { NULL, "INPUT", "FORWARD", "OUTPUT" };

static const struct {
	const char *name;
	int verdict;
} verdicts[] = {
	{ "DROP", -1 }, { "ACCEPT", -2 }, { "RETURN", -5 },
};

static const char *match_address(unsigned char *entry, int at, const char *value,
				 const struct scn_env *env)
{
	const char *end = scn_dotted(value, entry + at), *why;
	long bits = 32;
	int i;

	if (!end || (*end && *end != '/'))
		return "address is not A.B.C.D or A.B.C.D/BITS";
	why = *end ? scn_number(end + 1, env, &bits) : NULL;
	for (i = 0; i < bits && i < 32; i++)
		entry[at + MASKS + i / 8] |= 0x80 >> i % 8;
	return why;
}

static const char *match_iface(unsigned char *entry, int at, const char *name)
{
	unsigned long len = strlen(name) + 1;

	if (len > 16)
		return "name of an interface is longer than 15 bytes";
	memcpy(entry + at, name, len);
	memset(entry + at + 32, 0xff, len);
	return NULL;
}

static const char *read_match(unsigned char *entry, const char *match, const struct scn_env *env)
{
	const char *value, *why;
	long proto;

	if ((value = scn_value(match, "src")))
		return match_address(entry, 0, value, env);
	if ((value = scn_value(match, "dst")))
		return match_address(entry, 4, value, env);
	if ((value = scn_value(match, "in")))
		return match_iface(entry, IN_IFACE, value);
	if ((value = scn_value(match, "out")))
		return match_iface(entry, OUT_IFACE, value);
	value = scn_value(match, "proto");
	if (!value)
		return "a rule matches src=, dst=, in=, out= or proto=";
	why = scn_number(value, env, &proto);
	scn_put16(entry + PROTO, proto);
	return why;
}

/* A verdict by name, or "@N": go on with the N-th entry, all before which are standard. */
static const char *read_verdict(unsigned char *target, const char *word,
				const struct scn_env *env)
{
	unsigned long i;
	const char *why;
	long number;

	for (i = 0; i < ARRAY_SIZE(verdicts); i++) {
		if (!strcmp(word, verdicts[i].name)) {
			scn_put32(target + VERDICT, verdicts[i].verdict);
			return NULL;
		}
	}
	if (*word != '@')
		return "a verdict is ACCEPT, DROP, RETURN or @PLACE";
	why = scn_number(word + 1, env, &number);
	scn_put32(target + VERDICT, number);
	return why;
}

/* "CHAIN:MATCH:...:VERDICT", or "ERROR:NAME" before a chain of its own and at the end. */
static const char *add_entry(struct scn_bytes *table, const char *word, const struct scn_env *env)
{
	unsigned char *entry = table->at + table->len, *target = entry + ENTRY;
	struct scn_fields f;
	const char *why;
	int i, error, size;

	why = scn_split(&f, word, strlen(word), ':');
	if (why)
		return why;
	error = !strcmp(f.field[0], "ERROR");
	size = error ? ERROR : STANDARD;
	if (f.n < 2 || !scn_add(table, NULL, ENTRY + size))
		return "a rule is CHAIN:MATCH:...:VERDICT, and there is room for some 20";
	scn_put16(entry + TARGET_OFFSET, ENTRY);
	scn_put16(entry + NEXT_OFFSET, ENTRY + size);
	scn_put16(target, size);
	if (error) {
		memcpy(target + TARGET_NAME, "ERROR", 6);
		scnprintf((char *)target + VERDICT, 30, "%s", f.field[1]);
		return NULL;
	}
	for (i = 1; i < f.n - 1 && !why; i++)
		why = read_match(entry, f.field[i], env);
	return why ? why : read_verdict(target, f.field[f.n - 1], env);
}

/* Where a chain begins, and which entry is its policy: the last one. */
static void note_hook(unsigned char *replace, const char *word, long at)
{
	unsigned long h;

	for (h = 1; h < ARRAY_SIZE(hooks); h++) {
		const char *rest = scn_after(word, hooks[h]);

		if (!rest || *rest != ':')
			continue;
		if (!(scn_get32(replace + VALID_HOOKS) & 1 << h))
			scn_put32(replace + HOOK_ENTRY + 4 * h, at);
		scn_put32(replace + UNDERFLOW + 4 * h, at);
		scn_put32(replace + VALID_HOOKS, scn_get32(replace + VALID_HOOKS) | 1 << h);
	}
}

/**
 * scn_read_table - "TABLE,ENTRIES-BEFORE,RULE,..." for IPT_SO_SET_REPLACE
 *
 * The counters of the rules that were there before go behind it.
 */
const char *scn_read_table(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	struct scn_bytes table = { .at = arg->data, .room = SCN_DATA };
	struct scn_fields f;
	unsigned long at;
	const char *why;
	long counters = 0;
	int i;

	why = scn_split(&f, word, strlen(word), ',');
	if (!why && (f.n < 2 || strlen(f.field[0]) > 31))
		why = "a table is ipt:NAME,ENTRIES-BEFORE,RULE,...";
	if (!why)
		why = scn_number(f.field[1], env, &counters);
	if (why)
		return why;
	scn_points_to(arg, NULL, SCN_DATA);
	scn_add(&table, NULL, REPLACE);
	memcpy(arg->data, f.field[0], strlen(f.field[0]));
	for (i = 2; i < f.n && !why; i++) {
		note_hook(arg->data, f.field[i], table.len - REPLACE);
		why = add_entry(&table, f.field[i], env);
	}
	scn_put32(arg->data + NUM_ENTRIES, f.n - 2);
	scn_put32(arg->data + TABLE_SIZE, table.len - REPLACE);
	scn_put32(arg->data + NUM_COUNTERS, counters);
	arg->nregs = 2;
	arg->reg[1] = table.len;
	at = table.len;
	memcpy(arg->data + COUNTERS, &at, sizeof(at));
	arg->pointers[arg->npointers++] = COUNTERS;
	if (!why && (counters < 0 || counters * COUNTER > (long)(table.room - table.len)))
		why = "more counters than there is room for";
	return why;
}

void scn_put_table_info(struct scn_out *out, const unsigned char *data)
{
	scn_put(out, " hooks=0x%x entries=%d size=%d", scn_get32(data + INFO_HOOKS),
		scn_get32(data + INFO_ENTRIES), scn_get32(data + INFO_SIZE));
}

static void put_target(struct scn_out *out, const unsigned char *target)
{
	int verdict = scn_get32(target + VERDICT);
	unsigned long i;

	if (target[TARGET_NAME]) {
		scn_put(out, " %s:%s", (const char *)target + TARGET_NAME,
			(const char *)target + VERDICT);
		return;
	}
	for (i = 0; i < ARRAY_SIZE(verdicts); i++)
		if (verdicts[i].verdict == verdict)
			scn_put(out, " %s", verdicts[i].name);
	if (verdict >= 0)
		scn_put(out, " @%d", verdict);
}

void scn_put_table_entries(struct scn_out *out, const unsigned char *data, long len)
{
	const unsigned char *entry = data;
	long packets, bytes;

	while (len >= ENTRY + STANDARD && scn_get16(entry + NEXT_OFFSET) <= len &&
	       scn_get16(entry + NEXT_OFFSET) >= ENTRY + STANDARD) {
		put_target(out, entry + scn_get16(entry + TARGET_OFFSET));
		memcpy(&packets, entry + PACKETS, 8);
		memcpy(&bytes, entry + PACKETS + 8, 8);
		scn_put(out, ":%ld/%ld", packets, bytes);
		len -= scn_get16(entry + NEXT_OFFSET);
		entry += scn_get16(entry + NEXT_OFFSET);
	}
}
