// SPDX-License-Identifier: GPL-2.0-only
/* Kinds of arguments of fs/: what stat() and its like bring, sets of descriptors, locks. */
#include "scenario.h"

static long get(const struct scn_arg *arg, int at, int size)
{
	short s = 0;
	int i = 0;
	long l = 0;

	if (size == 2)
		memcpy(&s, arg->data + at, 2);
	else if (size == 4)
		memcpy(&i, arg->data + at, 4);
	else
		memcpy(&l, arg->data + at, 8);
	return size == 2 ? s : size == 4 ? i : l;
}

static void put(struct scn_arg *arg, int at, int size, long value)
{
	memcpy(arg->data + at, &value, size);
}

static void room(struct scn_arg *arg, unsigned long len)
{
	arg->points = 1;
	arg->len = len;
	memset(arg->data, 0, len);
}

static const char *in_stat(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	room(arg, 144);
	return NULL;
}

static const char *file_type(long mode)
{
	static const char *const types[] = {
		"0", "FIFO", "CHR", "3", "DIR", "5", "BLK", "7", "REG", "9", "LNK", "11", "SOCK",
	};
	unsigned long type = mode >> 12 & 15;

	return type < ARRAY_SIZE(types) ? types[type] : "?";
}

/* The size of a directory is the file system's own business. */
static void out_stat(struct scn_out *out, const struct scn_arg *arg, long ret,
		     const struct scn_env *env)
{
	long mode = get(arg, 24, 4);

	scn_put(out, " %s %04lo nlink=%ld uid=%ld gid=%ld", file_type(mode), mode & 07777,
		get(arg, 16, 8), get(arg, 28, 4), get(arg, 32, 4));
	if (mode >> 12 != 4)
		scn_put(out, " size=%ld", get(arg, 48, 8));
}

static const char *in_statfs(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	room(arg, 120);
	return NULL;
}

static void out_statfs(struct scn_out *out, const struct scn_arg *arg, long ret,
		       const struct scn_env *env)
{
	scn_put(out, " type=0x%lx namelen=%ld", get(arg, 0, 8), get(arg, 64, 8));
}

/* Room for entries of a directory, in bytes. */
static const char *in_dents(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	const char *why = scn_number(word, env, &arg->reg[1]);

	if (why)
		return why;
	if (arg->reg[1] < 0 || arg->reg[1] > SCN_DATA)
		return "size is not between 0 and 4096";
	room(arg, arg->reg[1]);
	arg->nregs = 2;
	return NULL;
}

#define DENTS 128

/* In the order of their names: file systems have no order of their own. */
static void out_dents(struct scn_out *out, const struct scn_arg *arg, long ret,
		      const struct scn_env *env)
{
	const char *names[DENTS], *name;
	long at = 0;
	int n = 0, i;

	while (at < ret && n < DENTS) {
		name = (const char *)arg->data + at + 19;
		for (i = n++; i && strcmp(names[i - 1], name) > 0; i--)
			names[i] = names[i - 1];
		names[i] = name;
		at += get(arg, at + 16, 2);
	}
	for (i = 0; i < n; i++)
		scn_put(out, " %s", names[i]);
}

/* Room for a file; "locks:SIZE" is for /proc/locks. */
static const char *in_readroom(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	int locks = !strncmp(word, "locks:", 6);

	arg->form = locks;
	arg->unsized = locks;
	return scn_find_kind("room", 4)->in(arg, locks ? word + 6 : word, env);
}

#define LOCK_WORDS 10

/* "NR: [->] CLASS MODE TYPE PID DEVICE:INODE START END", without the inode. */
static void put_lock(struct scn_out *out, char *line, const struct scn_env *env)
{
	const char *word[LOCK_WORDS];
	int n = 0, pid, waits;
	long number = 0;

	while (n < LOCK_WORDS) {
		line += strspn(line, " ");
		if (!*line)
			break;
		word[n++] = line;
		line += strcspn(line, " ");
		if (*line)
			*line++ = 0;
	}
	waits = n > 1 && !strcmp(word[1], "->");
	if (n < 8 + waits)
		return;
	scn_put(out, " [%s%s %s %s %s", word[0], waits ? " ->" : "", word[1 + waits],
		word[2 + waits], word[3 + waits]);
	pid = scn_number(word[4 + waits], env, &number) ? 0 : number;
	scn_put_pid(out, "pid", pid, env);
	scn_put(out, " %s-%s]", word[6 + waits], word[7 + waits]);
}

static void out_readroom(struct scn_out *out, const struct scn_arg *arg, long ret,
			 const struct scn_env *env)
{
	char line[SCN_LINE];
	const char *p = (const char *)arg->data;
	unsigned long len;

	if (!arg->form) {
		scn_find_kind("room", 4)->out(out, arg, ret, env);
		return;
	}
	for (; ret > 0; p += len + 1, ret -= len + 1) {
		const char *end = memchr(p, '\n', ret);

		len = end ? (unsigned long)(end - p) : (unsigned long)ret;
		if (len >= sizeof(line))
			return;
		memcpy(line, p, len);
		line[len] = 0;
		put_lock(out, line, env);
	}
}

static const char *in_fds(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	room(arg, 8);
	return NULL;
}

static void out_fds(struct scn_out *out, const struct scn_arg *arg, long ret,
		    const struct scn_env *env)
{
	scn_put(out, " [%ld %ld]", get(arg, 0, 4), get(arg, 4, 4));
}

/* "*N" is a pointer to an int with that value, anything else a number. */
static const char *in_intp(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	const char *why;
	long value = 0;

	if (*word != '*')
		return scn_number(word, env, &arg->reg[0]);
	why = scn_number(word + 1, env, &value);
	if (why)
		return why;
	room(arg, 4);
	put(arg, 0, 4, value);
	return NULL;
}

static void out_intp(struct scn_out *out, const struct scn_arg *arg, long ret,
		     const struct scn_env *env)
{
	if (arg->points)
		scn_put_pid(out, "value", get(arg, 0, 4), env);
}

static const char *const lock_types[] = { "F_RDLCK", "F_WRLCK", "F_UNLCK" };

/* "TYPE:START:LEN" is a struct flock, anything else a number. */
static const char *in_fcntl(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	static struct scn_fields f;
	const char *why;
	long value[3] = { 0 };
	int i;

	if (!strchr(word, ':'))
		return scn_number(word, env, &arg->reg[0]);
	why = scn_split(&f, word, strlen(word), ':');
	if (why)
		return why;
	if (f.n != 3)
		return "a lock is TYPE:START:LENGTH";
	for (i = 0; i < 3; i++) {
		why = scn_number(f.field[i], env, &value[i]);
		if (why)
			return why;
	}
	room(arg, 32);
	put(arg, 0, 2, value[0]);
	put(arg, 8, 8, value[1]);
	put(arg, 16, 8, value[2]);
	return NULL;
}

static void out_fcntl(struct scn_out *out, const struct scn_arg *arg, long ret,
		      const struct scn_env *env)
{
	long type = get(arg, 0, 2), pid = get(arg, 24, 4);

	if (!arg->points)
		return;
	if (type < 0 || type > 2)
		scn_put(out, " type=%ld", type);
	else
		scn_put(out, " %s", lock_types[type]);
	if (!pid)
		return;
	scn_put(out, " start=%ld len=%ld", get(arg, 8, 8), get(arg, 16, 8));
	scn_put_pid(out, "pid", pid, env);
}

/* "FD:EVENTS,FD:EVENTS". */
static const char *in_pollfds(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	static struct scn_fields list, pair;
	const char *why;
	long value;
	int i, j;

	why = scn_split(&list, word, strlen(word), ',');
	if (why)
		return why;
	room(arg, 8 * list.n);
	for (i = 0; i < list.n; i++) {
		why = scn_split(&pair, list.field[i], strlen(list.field[i]), ':');
		if (why)
			return why;
		if (pair.n != 2)
			return "what is polled is FD:EVENTS";
		for (j = 0; j < 2; j++) {
			why = scn_number(pair.field[j], env, &value);
			if (why)
				return why;
			put(arg, 8 * i + 4 * j, j ? 2 : 4, value);
		}
	}
	arg->nregs = 2;
	arg->reg[1] = list.n;
	return NULL;
}

static void out_pollfds(struct scn_out *out, const struct scn_arg *arg, long ret,
			const struct scn_env *env)
{
	static const char *const names[] = { "IN", "PRI", "OUT", "ERR", "HUP", "NVAL" };
	unsigned long at;
	int bit;

	for (at = 0; at < arg->len; at += 8) {
		long events = get(arg, at + 6, 2);

		scn_put(out, " %ld:", get(arg, at, 4));
		for (bit = 0; bit < 6; bit++)
			if (events & 1 << bit)
				scn_put(out, "%s%s", events & ((1 << bit) - 1) ? "|" : "",
					names[bit]);
	}
}

/* "FD,FD" or NULL. */
static const char *in_fdset(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	static struct scn_fields f;
	const char *why;
	long fd;
	int i;

	if (scn_is_pointer(word))
		return scn_number(word, env, &arg->reg[0]);
	why = scn_split(&f, word, strlen(word), ',');
	if (why)
		return why;
	room(arg, 128);
	for (i = 0; i < f.n; i++) {
		why = scn_number(f.field[i], env, &fd);
		if (why)
			return why;
		if (fd < 0 || fd >= 1024)
			return "descriptor is not between 0 and 1023";
		arg->data[fd / 8] |= 1 << fd % 8;
	}
	return NULL;
}

static void out_fdset(struct scn_out *out, const struct scn_arg *arg, long ret,
		      const struct scn_env *env)
{
	const char *sep = " {";
	unsigned long fd;

	if (!arg->points)
		return;
	for (fd = 0; fd < 1024; fd++) {
		if (!(arg->data[fd / 8] & 1 << fd % 8))
			continue;
		scn_put(out, "%s%lu", sep, fd);
		sep = " ";
	}
	scn_put(out, *sep && sep[1] ? " {}" : "}");
}

/* "SPACE:INODES" are limits to set, in KiB and files. */
static const char *in_dqblk(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	static struct scn_fields f;
	const char *why;
	long value;
	int i;

	room(arg, 72);
	if (scn_is_pointer(word))
		return NULL;
	why = scn_split(&f, word, strlen(word), ':');
	if (why)
		return why;
	if (f.n != 2)
		return "limits are SPACE:INODES";
	for (i = 0; i < 2; i++) {
		why = scn_number(f.field[i], env, &value);
		if (why)
			return why;
		put(arg, i * 24, 8, value);
	}
	put(arg, 64, 4, 1 | 4);
	return NULL;
}

static void out_dqblk(struct scn_out *out, const struct scn_arg *arg, long ret,
		      const struct scn_env *env)
{
	scn_put(out, " space=%ld/%ldk inodes=%ld/%ld", get(arg, 16, 8), get(arg, 0, 8),
		get(arg, 40, 8), get(arg, 24, 8));
}

const struct scn_kind scn_fs_kinds[] = {
	{ "stat*", 0, in_stat, out_stat },
	{ "statfs*", 0, in_statfs, out_statfs },
	{ "dents", 1, in_dents, out_dents },
	{ "readroom", 1, in_readroom, out_readroom },
	{ "fds*", 0, in_fds, out_fds },
	{ "intp", 1, in_intp, out_intp },
	{ "fcntl", 1, in_fcntl, out_fcntl },
	{ "pollfds", 1, in_pollfds, out_pollfds },
	{ "fdset", 1, in_fdset, out_fdset },
	{ "dqblk", 1, in_dqblk, out_dqblk },
	{ NULL, 0, NULL, NULL },
};
