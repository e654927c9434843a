// SPDX-License-Identifier: GPL-2.0-only
/* Arguments of system calls of kernel/: signals, time, limits, identity. */
#include "scenario.h"

/* Sets of signals: "SIGHUP,SIGINT", "none", "all". */

static const char *read_set(const char *word, unsigned long len, const struct scn_env *env,
			    unsigned long *set)
{
	struct scn_fields f;
	const char *why;
	long sig;
	int i;

	*set = 0;
	if (len == 4 && !strncmp(word, "none", len))
		return NULL;
	if (len == 3 && !strncmp(word, "all", len)) {
		*set = ~0UL;
		return NULL;
	}
	why = scn_split(&f, word, len, ',');
	for (i = 0; !why && i < f.n; i++) {
		why = scn_number(f.field[i], env, &sig);
		if (!why && (sig < 1 || sig > 64))
			why = "no number of a signal";
		if (!why)
			*set |= 1UL << (sig - 1);
	}
	return why;
}

static void put_set(struct scn_out *out, unsigned long set)
{
	const char *sep = "", *name;
	int sig;

	scn_put(out, "{");
	for (sig = 1; sig <= 64; sig++) {
		if (!(set >> (sig - 1) & 1))
			continue;
		name = scn_signal_name(sig);
		if (name)
			scn_put(out, "%s%s", sep, name);
		else
			scn_put(out, "%s%d", sep, sig);
		sep = ",";
	}
	scn_put(out, "}");
}

static const char *in_sigset(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	unsigned long set;
	const char *why;

	if (scn_is_pointer(word))
		return scn_number(word, env, &arg->reg[0]);
	why = read_set(word, strlen(word), env, &set);
	if (!why)
		scn_points_to(arg, &set, sizeof(set));
	return why;
}

static const char *in_8_bytes(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	scn_points_to(arg, NULL, 8);
	return NULL;
}

static const char *in_setsize(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	arg->reg[0] = 8;
	return NULL;
}

static void out_sigset(struct scn_out *out, const struct scn_arg *arg, long ret,
		       const struct scn_env *env)
{
	unsigned long set;

	memcpy(&set, arg->data, sizeof(set));
	scn_put(out, " ");
	put_set(out, set);
}

/* "HANDLER", "HANDLER/SA_RESTART", "HANDLER/0/SIGHUP,SIGINT" */
static const char *in_sigaction(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	struct scn_sigaction sa = { 0 };
	struct scn_fields f;
	const char *why;
	long number;

	if (scn_is_pointer(word))
		return scn_number(word, env, &arg->reg[0]);
	why = scn_split(&f, word, strlen(word), '/');
	if (!why && f.n > 3)
		why = "a handler is HANDLER/FLAGS/MASK";
	if (!why)
		why = scn_number(f.field[0], env, &number);
	if (why)
		return why;
	sa.handler = number;
	if (f.n > 1) {
		why = scn_number(f.field[1], env, &number);
		sa.flags = number;
	}
	if (!why && f.n > 2)
		why = read_set(f.field[2], strlen(f.field[2]), env, &sa.mask);
	scn_points_to(arg, &sa, sizeof(sa));
	return why;
}

static const char *in_oldact(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	scn_points_to(arg, NULL, sizeof(struct scn_sigaction));
	return NULL;
}

static void out_oldact(struct scn_out *out, const struct scn_arg *arg, long ret,
		       const struct scn_env *env)
{
	struct scn_sigaction sa;

	memcpy(&sa, arg->data, sizeof(sa));
	scn_put(out, " %s", !sa.handler ? "SIG_DFL" : sa.handler == 1 ? "SIG_IGN" : "HANDLER");
	if (sa.mask) {
		scn_put(out, " mask=");
		put_set(out, sa.mask);
	}
}

/* siginfo_t, of which the first words are the same for all signals. */

#define SIGINFO_SIZE	128

struct siginfo_head {
	int signo, error, code, pad, pid, uid, status;
};

static const char *in_siginfo(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	scn_points_to(arg, NULL, SIGINFO_SIZE);
	return NULL;
}

static void out_siginfo(struct scn_out *out, const struct scn_arg *arg, long ret,
			const struct scn_env *env)
{
	struct siginfo_head info;

	memcpy(&info, arg->data, sizeof(info));
	if (!info.signo)
		return;
	scn_put(out, " %s", scn_signal_name(info.signo) ? scn_signal_name(info.signo) : "?");
	scn_put_si_code(out, info.signo, info.code);
	scn_put_pid(out, "pid", info.pid, env);
	if (!strcmp(scn_signal_name(info.signo) ? scn_signal_name(info.signo) : "", "SIGCHLD") ||
	    info.code == -1)
		scn_put(out, " value=%d", info.status);
}

/* A number that goes with a queued signal. */
static const char *in_sigvalue(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	struct siginfo_head info = { .code = -1 };
	const char *why;
	long value;

	if (scn_is_pointer(word))
		return scn_number(word, env, &arg->reg[0]);
	why = scn_number(word, env, &value);
	info.status = value;
	scn_points_to(arg, NULL, SIGINFO_SIZE);
	memcpy(arg->data, &info, sizeof(info));
	return why;
}

/* Times are given in milliseconds. */

static const char *in_timespec(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	const char *why;
	long ms, ts[2];

	if (scn_is_pointer(word))
		return scn_number(word, env, &arg->reg[0]);
	why = scn_number(word, env, &ms);
	ts[0] = ms / 1000;
	ts[1] = ms % 1000 * 1000000;
	scn_points_to(arg, ts, sizeof(ts));
	return why;
}

/* For futex(): "ms:TIME", or a number where none is meant. */
static const char *in_timeout(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	return strncmp(word, "ms:", 3) ? scn_number(word, env, &arg->reg[0]) :
	       in_timespec(arg, word + 3, env);
}

/* "VALUE" or "VALUE/INTERVAL" */
static const char *in_itimerval(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	struct scn_fields f;
	long ms[2] = { 0, 0 }, it[4];
	const char *why = scn_split(&f, word, strlen(word), '/');
	int i;

	if (!why && f.n > 2)
		why = "a timer is VALUE/INTERVAL";
	for (i = 0; !why && i < f.n; i++)
		why = scn_number(f.field[i], env, &ms[i]);
	it[0] = ms[1] / 1000;
	it[1] = ms[1] % 1000 * 1000;
	it[2] = ms[0] / 1000;
	it[3] = ms[0] % 1000 * 1000;
	scn_points_to(arg, it, sizeof(it));
	return why;
}

/* "SOFT/HARD"; -1 is infinity */
static const char *in_rlimit(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	struct scn_fields f;
	const char *why;
	long lim[2];

	if (scn_is_pointer(word))
		return scn_number(word, env, &arg->reg[0]);
	why = scn_split(&f, word, strlen(word), '/');
	if (!why && f.n != 2)
		why = "a limit is SOFT/HARD";
	if (!why)
		why = scn_number(f.field[0], env, &lim[0]);
	if (!why)
		why = scn_number(f.field[1], env, &lim[1]);
	if (!why)
		scn_points_to(arg, lim, sizeof(lim));
	return why;
}

static const char *in_2_longs(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	scn_points_to(arg, NULL, 16);
	return NULL;
}

static void out_rlimit(struct scn_out *out, const struct scn_arg *arg, long ret,
		       const struct scn_env *env)
{
	long lim[2];

	memcpy(lim, arg->data, sizeof(lim));
	scn_put(out, " %ld/%ld", lim[0], lim[1]);
}

/* One int in memory, and lists of them: "1,2,3". */

static const char *in_ints(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	int values[SCN_FIELDS];
	struct scn_fields f;
	const char *why;
	long value;
	int i;

	if (scn_is_pointer(word))
		return scn_number(word, env, &arg->reg[0]);
	why = scn_split(&f, word, strlen(word), ',');
	for (i = 0; !why && i < f.n; i++) {
		why = scn_number(f.field[i], env, &value);
		values[i] = value;
	}
	if (!why)
		scn_points_to(arg, values, f.n * sizeof(int));
	return why;
}

static const char *in_int_out(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	scn_points_to(arg, NULL, sizeof(int));
	return NULL;
}

static void out_int(struct scn_out *out, const struct scn_arg *arg, long ret,
		    const struct scn_env *env)
{
	int value;

	memcpy(&value, arg->data, sizeof(value));
	scn_put(out, " [%d]", value);
}

static const char *in_groups_out(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	scn_points_to(arg, NULL, 64 * sizeof(int));
	return NULL;
}

static void out_groups(struct scn_out *out, const struct scn_arg *arg, long ret,
		       const struct scn_env *env)
{
	int gid, i;

	for (i = 0; i < ret && i < 64; i++) {
		memcpy(&gid, arg->data + i * sizeof(gid), sizeof(gid));
		scn_put(out, "%s%d", i ? "," : " ", gid);
	}
}

/* struct __user_cap_header_struct in the first version, for a process. */
static const char *in_caphdr(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	int header[2] = { 0x19980330, 0 };
	const char *why;
	long pid;

	if (scn_is_pointer(word))
		return scn_number(word, env, &arg->reg[0]);
	why = scn_number(word, env, &pid);
	header[1] = pid;
	scn_points_to(arg, header, sizeof(header));
	return why;
}

/* "EFFECTIVE/PERMITTED/INHERITABLE" */
static const char *in_capdata(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	struct scn_fields f;
	const char *why = scn_split(&f, word, strlen(word), '/');
	int caps[3], i;
	long value;

	if (!why && f.n != 3)
		why = "capabilities are EFFECTIVE/PERMITTED/INHERITABLE";
	for (i = 0; !why && i < 3; i++) {
		why = scn_number(f.field[i], env, &value);
		caps[i] = value;
	}
	if (!why)
		scn_points_to(arg, caps, sizeof(caps));
	return why;
}

static const char *in_capdata_out(struct scn_arg *arg, const char *word,
				  const struct scn_env *env)
{
	scn_points_to(arg, NULL, 12);
	return NULL;
}

static void out_capdata(struct scn_out *out, const struct scn_arg *arg, long ret,
			const struct scn_env *env)
{
	unsigned int caps[3];

	memcpy(caps, arg->data, sizeof(caps));
	scn_put(out, " eff=0x%x perm=0x%x inh=0x%x", caps[0], caps[1], caps[2]);
}

/* What comes back differs from run to run and is not printed. */
static const char *in_scratch(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	scn_points_to(arg, NULL, 256);
	return NULL;
}

/* A set of processors as a number. */
static const char *in_cpus(struct scn_arg *arg, const char *word, const struct scn_env *env)
{
	const char *why;
	long mask;

	if (scn_is_pointer(word))
		return scn_number(word, env, &arg->reg[0]);
	why = scn_number(word, env, &mask);
	scn_points_to(arg, &mask, sizeof(mask));
	return why;
}

static void out_cpus(struct scn_out *out, const struct scn_arg *arg, long ret,
		     const struct scn_env *env)
{
	unsigned long mask;

	memcpy(&mask, arg->data, sizeof(mask));
	scn_put(out, " [0x%lx]", mask);
}

const struct scn_kind scn_kernel_kinds[] = {
	{ "sigset", 1, in_sigset, NULL },
	{ "sigset*", 0, in_8_bytes, out_sigset },
	{ "setsize", 0, in_setsize, NULL },
	{ "sigaction", 1, in_sigaction, NULL },
	{ "sigaction*", 0, in_oldact, out_oldact },
	{ "siginfo*", 0, in_siginfo, out_siginfo },
	{ "sigvalue", 1, in_sigvalue, NULL },
	{ "timeout", 1, in_timeout, NULL },
	{ "timespec", 1, in_timespec, NULL },
	{ "itimerval", 1, in_itimerval, NULL },
	{ "rlimit", 1, in_rlimit, NULL },
	{ "rlimit*", 0, in_2_longs, out_rlimit },
	{ "ints", 1, in_ints, NULL },
	{ "int*", 0, in_int_out, out_int },
	{ "groups*", 0, in_groups_out, out_groups },
	{ "caphdr", 1, in_caphdr, NULL },
	{ "capdata", 1, in_capdata, NULL },
	{ "capdata*", 0, in_capdata_out, out_capdata },
	{ "cpus", 1, in_cpus, NULL },
	{ "cpus*", 0, in_8_bytes, out_cpus },
	{ "scratch*", 0, in_scratch, NULL },
	{ NULL, 0, NULL, NULL },
};
