// SPDX-License-Identifier: GPL-2.0-only
/* Kinds of arguments of ipc/: messages, operations, and what *ctl() takes. */
#include "scenario.h"

/* Where things are in the structs of x86-64. */
#define PERM_SIZE	48
#define MSQID_SIZE	120
#define SEMID_SIZE	104
#define SHMID_SIZE	112
#define INFO_SIZE	128

static long get(const struct scn_arg *arg, int at, int size)
{
	unsigned short s = 0;
	unsigned int i = 0;
	long l = 0;

	if (size == 2)
		memcpy(&s, arg->data + at, 2);
	else if (size == 4)
		memcpy(&i, arg->data + at, 4);
	else
		memcpy(&l, arg->data + at, 8);
	return size == 2 ? s : size == 4 ? (long)i : l;
}

static void put(struct scn_arg *arg, int at, int size, long value)
{
	memcpy(arg->data + at, &value, size);
}

/* Memory of so many zeros. */
static void room(struct scn_arg *arg, unsigned long len)
{
	arg->points = 1;
	arg->len = len;
	memset(arg->data, 0, len);
}

/* Splits at a character and reads up to @max numbers; -1 if one is none. */
static int numbers(const char *word, char sep, const struct scn_env *env, long *value, int max)
{
	char part[SCN_NAME];
	int n = 0;

	for (;;) {
		const char *end = strchr(word, sep);
		unsigned long len = end ? (unsigned long)(end - word) : strlen(word);

		if (n == max || !len || len >= sizeof(part))
			return -1;
		memcpy(part, word, len);
		part[len] = 0;
		if (scn_number(part, env, &value[n++]))
			return -1;
		if (!end)
			return n;
		word = end + 1;
	}
}

static int prefix(const char **word, const char *what)
{
	unsigned long len = strlen(what);

	if (strncmp(*word, what, len))
		return 0;
	*word += len;
	return 1;
}

static void put_pid(struct scn_out *out, const char *name, long pid, const struct scn_env *env)
{
	const struct scn_var *task = scn_find_value(&env->pids, pid);

	if (task)
		scn_put(out, " %s=%s", name, task->name);
	else
		scn_put(out, " %s=%ld", name, pid);
}

/* "TYPE:text" for msgsnd(), or fill:TYPE:SIZE for a text of so many bytes. */
static const char *in_msg(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	const char *bad = "a message is \"TYPE:text\" or fill:TYPE:SIZE";
	char type[SCN_NAME];
	unsigned long len;
	long v[2];

	arg->nregs = 2;
	if (prefix(&word, "fill:")) {
		if (numbers(word, ':', env, v, 2) != 2 || v[1] < 0 || v[1] > SCN_DATA - 8)
			return bad;
		memset(arg->data + 8, 'x', v[1]);
	} else if (*word == '"') {
		len = strcspn(++word, ":");
		if (!word[len] || len >= sizeof(type))
			return bad;
		memcpy(type, word, len);
		type[len] = 0;
		word += len + 1;
		v[1] = strlen(word);
		memcpy(arg->data + 8, word, v[1]);
		if (scn_number(type, env, &v[0]))
			return bad;
	} else {
		return scn_number(word, env, &arg->reg[0]);
	}
	put(arg, 0, 8, v[0]);
	arg->points = 1;
	arg->len = 8 + v[1];
	arg->reg[1] = v[1];
	return NULL;
}

static const char *in_msgroom(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	const char *why = scn_number(word, env, &arg->reg[1]);

	arg->nregs = 2;
	if (why)
		return why;
	if (arg->reg[1] > SCN_DATA - 8)
		return "size is above 4088";
	room(arg, 8 + (arg->reg[1] < 0 ? 0 : arg->reg[1]));
	return NULL;
}

static void out_msgroom(struct scn_out *out, const struct scn_arg *arg, long ret,
			const struct scn_env *env)
{
	scn_put(out, " %ld:", get(arg, 0, 8));
	scn_put_quoted(out, arg->data + 8, ret);
}

/* NUM:OP[:FLAGS],... and how many there are. */
static const char *in_sops(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	const char *bad = "operations are NUM:OP[:FLAGS],...";
	char one[3 * SCN_NAME];
	long v[3];
	int n = 0;

	arg->nregs = 2;
	if (!strchr(word, ':'))
		return scn_number(word, env, &arg->reg[0]);
	while (*word) {
		unsigned long len = strcspn(word, ",");

		if (len >= sizeof(one) || (n + 1) * 6 > SCN_DATA)
			return bad;
		memcpy(one, word, len);
		one[len] = 0;
		v[2] = 0;
		if (numbers(one, ':', env, v, 3) < 2)
			return bad;
		put(arg, n * 6, 2, v[0]);
		put(arg, n * 6 + 2, 2, v[1]);
		put(arg, n * 6 + 4, 2, v[2]);
		n++;
		word += len + (word[len] == ',');
	}
	arg->points = 1;
	arg->len = n * 6;
	arg->reg[1] = n;
	return NULL;
}

/* What is asked for by the fourth argument of *ctl(). */
enum { CTL_NONE, CTL_STAT, CTL_INFO, CTL_USAGE, CTL_ALL };

/*
 * stat, info or usage: room for what comes back; set:UID:GID:MODE[:SIZE] for
 * IPC_SET; else a number.
 */
static const char *in_ctl(struct scn_arg *arg, const char *word, const struct scn_env *env,
			  unsigned long size, int qbytes)
{
	long v[4] = { 0 };
	int n;

	arg->reg[1] = CTL_NONE;
	if (!strcmp(word, "stat"))
		arg->reg[1] = CTL_STAT;
	else if (!strcmp(word, "info"))
		arg->reg[1] = CTL_INFO;
	else if (!strcmp(word, "usage"))
		arg->reg[1] = CTL_USAGE;
	else if (!prefix(&word, "set:"))
		return scn_number(word, env, &arg->reg[0]);
	room(arg, arg->reg[1] > CTL_STAT ? INFO_SIZE : size);
	if (arg->reg[1] != CTL_NONE)
		return NULL;
	n = numbers(word, ':', env, v, 4);
	if (n < 3)
		return "what to set is set:UID:GID:MODE[:SIZE]";
	put(arg, 4, 4, v[0]);
	put(arg, 8, 4, v[1]);
	put(arg, 20, 4, v[2]);
	if (n == 4)
		put(arg, qbytes, 8, v[3]);
	return NULL;
}

static void out_perm(struct scn_out *out, const struct scn_arg *arg)
{
	scn_put(out, " key=%ld uid=%ld gid=%ld cuid=%ld cgid=%ld mode=0%lo", get(arg, 0, 4),
		get(arg, 4, 4), get(arg, 8, 4), get(arg, 12, 4), get(arg, 16, 4),
		get(arg, 20, 4));
}

#define MSQID_QBYTES 88

static const char *in_msgctl(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	return in_ctl(arg, word, env, MSQID_SIZE, MSQID_QBYTES);
}

static void out_msgctl(struct scn_out *out, const struct scn_arg *arg, long ret,
		       const struct scn_env *env)
{
	switch (arg->points ? arg->reg[1] : CTL_NONE) {
	case CTL_STAT:
		out_perm(out, arg);
		scn_put(out, " cbytes=%ld qnum=%ld qbytes=%ld", get(arg, 72, 8),
			get(arg, 80, 8), get(arg, MSQID_QBYTES, 8));
		put_pid(out, "lspid", get(arg, 96, 4), env);
		put_pid(out, "lrpid", get(arg, 100, 4), env);
		break;
	case CTL_INFO:
		scn_put(out, " msgmax=%ld msgmnb=%ld msgmni=%ld", get(arg, 8, 4),
			get(arg, 12, 4), get(arg, 16, 4));
		break;
	case CTL_USAGE:
		scn_put(out, " queues=%ld messages=%ld bytes=%ld", get(arg, 0, 4),
			get(arg, 4, 4), get(arg, 24, 4));
		break;
	}
}

/* As for the others; also all:N for GETALL, values:V,V,... for SETALL. */
static const char *in_semctl(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	long v[64];
	int n, i;

	if (prefix(&word, "all:")) {
		if (scn_number(word, env, v) || v[0] < 0 || v[0] > SCN_DATA / 2)
			return "the number of semaphores is wrong";
		room(arg, v[0] * 2);
		arg->reg[1] = CTL_ALL;
		return NULL;
	}
	if (!prefix(&word, "values:"))
		return in_ctl(arg, word, env, SEMID_SIZE, 0);
	n = numbers(word, ',', env, v, 64);
	if (n < 0)
		return "values are V,V,..., at most 64";
	room(arg, n * 2);
	arg->reg[1] = CTL_NONE;
	for (i = 0; i < n; i++)
		put(arg, i * 2, 2, v[i]);
	return NULL;
}

static void out_semctl(struct scn_out *out, const struct scn_arg *arg, long ret,
		       const struct scn_env *env)
{
	unsigned long i;

	switch (arg->points ? arg->reg[1] : CTL_NONE) {
	case CTL_STAT:
		out_perm(out, arg);
		scn_put(out, " otime=%s nsems=%ld", get(arg, 48, 8) ? "set" : "0",
			get(arg, 80, 8));
		break;
	case CTL_INFO:
		scn_put(out, " semmsl=%ld semmns=%ld semopm=%ld semmni=%ld", get(arg, 16, 4),
			get(arg, 8, 4), get(arg, 20, 4), get(arg, 4, 4));
		break;
	case CTL_USAGE:
		scn_put(out, " sets=%ld semaphores=%ld", get(arg, 28, 4), get(arg, 36, 4));
		break;
	case CTL_ALL:
		for (i = 0; i < arg->len / 2; i++)
			scn_put(out, "%s%ld", i ? "," : " ", get(arg, i * 2, 2));
		break;
	}
}

static const char *in_shmctl(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	return in_ctl(arg, word, env, SHMID_SIZE, 0);
}

static void out_shmctl(struct scn_out *out, const struct scn_arg *arg, long ret,
		       const struct scn_env *env)
{
	switch (arg->points ? arg->reg[1] : CTL_NONE) {
	case CTL_STAT:
		out_perm(out, arg);
		scn_put(out, " segsz=%ld nattch=%ld", get(arg, 48, 8), get(arg, 88, 8));
		put_pid(out, "cpid", get(arg, 80, 4), env);
		put_pid(out, "lpid", get(arg, 84, 4), env);
		break;
	case CTL_INFO:
		scn_put(out, " shmmax=%ld shmmni=%ld shmall=%ld", get(arg, 0, 8),
			get(arg, 16, 8), get(arg, 32, 8));
		break;
	case CTL_USAGE:
		scn_put(out, " segments=%ld pages=%ld resident=%ld", get(arg, 0, 4),
			get(arg, 8, 8), get(arg, 16, 8));
		break;
	}
}

/* MAXMSG:MSGSIZE[:FLAGS] as a struct mq_attr. */
static const char *in_mqattr(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	long v[3] = { 0 };

	if (!strchr(word, ':'))
		return scn_number(word, env, &arg->reg[0]);
	if (numbers(word, ':', env, v, 3) < 2)
		return "attributes are MAXMSG:MSGSIZE[:FLAGS]";
	room(arg, 64);
	put(arg, 0, 8, v[2]);
	put(arg, 8, 8, v[0]);
	put(arg, 16, 8, v[1]);
	return NULL;
}

static const char *in_oldattr(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	room(arg, 64);
	return NULL;
}

static void out_oldattr(struct scn_out *out, const struct scn_arg *arg, long ret,
			const struct scn_env *env)
{
	scn_put(out, " flags=0%lo maxmsg=%ld msgsize=%ld curmsgs=%ld", get(arg, 0, 8),
		get(arg, 8, 8), get(arg, 16, 8), get(arg, 24, 8));
}

static const char *in_prio(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	room(arg, 4);
	return NULL;
}

static void out_prio(struct scn_out *out, const struct scn_arg *arg, long ret,
		     const struct scn_env *env)
{
	scn_put(out, " prio=%ld", get(arg, 0, 4));
}

/* none, or signal:NUMBER, as a struct sigevent. */
static const char *in_sigevent(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	const char *why;
	long signo;

	if (!strcmp(word, "none")) {
		room(arg, 64);
		put(arg, 12, 4, 1);
		return NULL;
	}
	if (!prefix(&word, "signal:"))
		return scn_number(word, env, &arg->reg[0]);
	why = scn_number(word, env, &signo);
	if (why)
		return why;
	room(arg, 64);
	put(arg, 8, 4, signo);
	return NULL;
}

const struct scn_kind scn_ipc_kinds[] = {
	{ "msg", 1, in_msg, NULL },
	{ "msgroom", 1, in_msgroom, out_msgroom },
	{ "msgctl", 1, in_msgctl, out_msgctl },
	{ "sops", 1, in_sops, NULL },
	{ "semctl", 1, in_semctl, out_semctl },
	{ "shmctl", 1, in_shmctl, out_shmctl },
	{ "mqattr", 1, in_mqattr, NULL },
	{ "mqattr*", 0, in_oldattr, out_oldattr },
	{ "prio*", 0, in_prio, out_prio },
	{ "sigevent", 1, in_sigevent, NULL },
	{ NULL, 0, NULL, NULL },
};
