// SPDX-License-Identifier: GPL-2.0-only
/* Lines of a scenario to words, words to arguments, results to text. */
#include "scenario.h"

/* Numbers of processes below this one mean the same everywhere. */
#define RESERVED_PIDS_SHOWN 300

#ifndef __KERNEL__
int scn_vprint(char *buf, size_t size, const char *fmt, va_list ap)
{
	int n = vsnprintf(buf, size, fmt, ap);

	return n < 0 || !size ? 0 : (size_t)n < size ? n : (int)size - 1;
}

int scn_scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = scn_vprint(buf, size, fmt, ap);
	va_end(ap);
	return n;
}
#endif

void scn_put(struct scn_out *out, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	out->len += scn_vprint(out->buf + out->len, sizeof(out->buf) - out->len, fmt, ap);
	va_end(ap);
}

void scn_put_pid(struct scn_out *out, const char *word, int pid, const struct scn_env *env)
{
	const struct scn_var *var = scn_find_value(&env->pids, pid);

	if (var && pid >= RESERVED_PIDS_SHOWN)
		scn_put(out, " %s=%s", word, var->name);
	else
		scn_put(out, " %s=%d", word, pid);
}

void scn_put_quoted(struct scn_out *out, const unsigned char *data, unsigned long len)
{
	unsigned long i;

	scn_put(out, "\"");
	for (i = 0; i < len; i++) {
		if (data[i] == '\n')
			scn_put(out, "\\n");
		else if (data[i] == '"' || data[i] == '\\')
			scn_put(out, "\\%c", data[i]);
		else if (data[i] >= ' ' && data[i] <= '~')
			scn_put(out, "%c", data[i]);
		else
			scn_put(out, "\\x%02x", data[i]);
	}
	scn_put(out, "\"");
}

static int hex(char c)
{
	return isdigit(c) ? c - '0' : tolower(c) - 'a' + 10;
}

/* Copies one escaped character; returns what follows it, or NULL. */
static const char *unescape(const char *p, char *to)
{
	if (*p == 'n')
		*to = '\n';
	else if (*p == '"' || *p == '\\')
		*to = *p;
	else if (*p == 'x' && isxdigit(p[1]) && isxdigit(p[2]) && (p[1] != '0' || p[2] != '0'))
		*to = hex(p[1]) << 4 | hex(p[2]);
	else
		return NULL;
	return p + (*p == 'x' ? 3 : 1);
}

/* A text keeps its first quote, by which it is known, and loses the last. */
static const char *quoted(const char *p, char **to, const char **why)
{
	*(*to)++ = *p++;
	while (*p != '"') {
		if (!*p) {
			*why = "text is not closed";
			return NULL;
		}
		if (*p == '\\') {
			p = unescape(p + 1, *to);
			if (!p) {
				*why = "unknown escape in text";
				return NULL;
			}
		} else {
			**to = *p++;
		}
		(*to)++;
	}
	return p + 1;
}

static int blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static const char *split(char *raw, struct scn_line *line, const char **words, int *n)
{
	const char *p = raw, *why = NULL;
	char *to = line->text;

	for (*n = 0;;) {
		while (blank(*p))
			p++;
		if (!*p || *p == '#')
			return NULL;
		if (*n == SCN_WORDS)
			return "too many words";
		words[(*n)++] = to;
		if (*p == '"')
			p = quoted(p, &to, &why);
		else
			while (*p && !blank(*p))
				*to++ = *p++;
		if (!p)
			return why;
		if (*p && !blank(*p))
			return "a blank is missing after the text";
		*to++ = 0;
	}
}

static int is_name(const char *word)
{
	unsigned long i, len = strlen(word);

	if (!len || len >= SCN_NAME || !(isalpha(*word) || *word == '_'))
		return 0;
	for (i = 0; i < len; i++)
		if (!isalnum(word[i]) && word[i] != '_')
			return 0;
	return 1;
}

const char *scn_parse(const char *text, unsigned long len, struct scn_line *line)
{
	const char *words[SCN_WORDS], *why;
	char raw[SCN_LINE];
	int n, i;

	line->task = NULL;
	line->call = NULL;
	line->result = NULL;
	line->nargs = 0;
	if (len >= sizeof(raw) - SCN_WORDS)
		return "line is too long";
	if (memchr(text, 0, len))
		return "NUL byte";
	memcpy(raw, text, len);
	raw[len] = 0;
	why = split(raw, line, words, &n);
	if (why || !n)
		return why;
	if (!is_name(words[0]))
		return "line does not begin with a name";
	line->task = words[0];
	line->call = n > 1 ? words[1] : NULL;
	if (n > 3 && !strcmp(words[n - 2], "->")) {
		line->result = words[n - 1];
		n -= 2;
		if (!is_name(line->result))
			return "no name after '->'";
	}
	for (i = 2; i < n; i++) {
		if (!strcmp(words[i], "->"))
			return "'->' is not followed by one name";
		line->args[line->nargs++] = words[i];
	}
	return NULL;
}

const struct scn_var *scn_find(const struct scn_vars *vars, const char *name)
{
	int i;

	for (i = vars->n; i--;)
		if (!strcmp(vars->var[i].name, name))
			return &vars->var[i];
	return NULL;
}

const struct scn_var *scn_find_value(const struct scn_vars *vars, long value)
{
	int i;

	for (i = vars->n; i--;)
		if (vars->var[i].value == value)
			return &vars->var[i];
	return NULL;
}

const char *scn_bind(struct scn_vars *vars, const char *name, long value)
{
	struct scn_var *var = (struct scn_var *)scn_find(vars, name);

	if (!var) {
		if (vars->n == SCN_VARS)
			return "too many names";
		var = &vars->var[vars->n++];
		scnprintf(var->name, sizeof(var->name), "%s", name);
	}
	var->value = value;
	return NULL;
}

static const char *fail(const char *fmt, const char *what, unsigned long len)
{
	static char buf[200];

	scnprintf(buf, sizeof(buf), fmt, (int)(len > 100 ? 100 : len), what);
	return buf;
}

static int plain_number(const char *p, unsigned long len, long *value)
{
	unsigned long v = 0;
	unsigned int base = 10, d, negative = *p == '-';

	if (negative) {
		p++;
		len--;
	}
	if (len > 2 && p[0] == '0' && p[1] == 'x') {
		base = 16;
		p += 2;
		len -= 2;
	} else if (len > 1 && p[0] == '0') {
		base = 8;
	}
	if (!len)
		return 0;
	for (; len; len--, p++) {
		if (!isxdigit(*p))
			return 0;
		d = hex(*p);
		if (d >= base)
			return 0;
		v = v * base + d;
	}
	*value = negative ? -v : v;
	return 1;
}

static const char *one_number(const char *p, unsigned long len, const struct scn_env *env,
			      long *value)
{
	const struct scn_var *var;
	int negative = *p == '-' && len > 1 && isalpha(p[1]);
	char name[SCN_NAME];

	if (plain_number(p, len, value) || scn_constant(p, len, value))
		return NULL;
	p += negative;
	len -= negative;
	if (len >= sizeof(name))
		return fail("unknown name '%.*s'", p, len);
	memcpy(name, p, len);
	name[len] = 0;
	var = scn_find(&env->vars, name);
	if (!var)
		var = scn_find(&env->pids, name);
	if (!var)
		return fail("unknown name '%.*s'", p, len);
	*value = negative ? -var->value : var->value;
	return NULL;
}

const char *scn_number(const char *word, const struct scn_env *env, long *value)
{
	const char *why;
	long part;

	*value = 0;
	for (;;) {
		unsigned long len = strcspn(word, "|");

		why = one_number(word, len, env, &part);
		if (why)
			return why;
		*value |= part;
		if (!word[len])
			return NULL;
		word += len + 1;
	}
}

static int count_words(const struct scn_call *call)
{
	const char *p = call->args;
	int n = 0;

	while (*p) {
		unsigned long len = strcspn(p, " ");
		const struct scn_kind *kind = scn_find_kind(p, len);

		n += kind ? kind->words : 0;
		p += len + (p[len] == ' ');
	}
	return n;
}

const char *scn_read_args(const struct scn_call *call, const struct scn_line *line,
			  const struct scn_env *env, struct scn_arg *args, int *nargs)
{
	static char buf[200];
	const char *p = call->args, *why;
	int word = 0, want = count_words(call), i;

	*nargs = 0;
	if (line->nargs != want) {
		scnprintf(buf, sizeof(buf), "'%s' takes %d argument%s, not %d", call->name, want,
			  want == 1 ? "" : "s", line->nargs);
		return buf;
	}
	if ((call->flags & SCN_NEW_TASK) && !line->result)
		return "a name for the new task is missing: '-> NAME'";
	while (*p) {
		unsigned long len = strcspn(p, " ");
		struct scn_arg *arg = &args[(*nargs)++];

		memset(arg, 0, offsetof(struct scn_arg, data));
		arg->kind = scn_find_kind(p, len);
		if (!arg->kind)
			return fail("kind of argument '%.*s' does not exist", p, len);
		arg->nregs = 1;
		why = arg->kind->words ? NULL : arg->kind->in(arg, NULL, env);
		for (i = 0; !why && i < arg->kind->words; i++)
			why = arg->kind->in(arg, line->args[word++], env);
		if (why)
			return why;
		p += len + (p[len] == ' ');
	}
	return NULL;
}

static void print_word(struct scn_out *out, const char *word)
{
	scn_put(out, " ");
	if (*word == '"')
		scn_put_quoted(out, (const unsigned char *)word + 1, strlen(word + 1));
	else
		scn_put(out, "%s", word);
}

void scn_print_line(struct scn_out *out, const struct scn_line *line)
{
	int i;

	scn_put(out, "%s %s", line->task, line->call);
	for (i = 0; i < line->nargs; i++)
		print_word(out, line->args[i]);
}

static void print_value(struct scn_out *out, enum scn_ret kind, const char *name, long ret,
			const struct scn_env *env)
{
	const struct scn_var *pid = scn_find_value(&env->pids, ret);

	if (kind == SCN_RET_PID && ret >= RESERVED_PIDS_SHOWN)
		scn_put(out, " = %s", pid ? pid->name : name ? name : "unknown");
	else if ((kind == SCN_RET_ID || kind == SCN_RET_FD || kind == SCN_RET_ADDR) && name)
		scn_put(out, " = %s", name);
	else if (kind == SCN_RET_ID)
		scn_put(out, " = id");
	else if (kind == SCN_RET_ADDR)
		scn_put(out, " = %#lx", ret);
	else
		scn_put(out, " = %ld", ret);
}

void scn_print_result(struct scn_out *out, const struct scn_call *call, const char *name,
		      long ret, const struct scn_arg *args, int nargs, const struct scn_env *env)
{
	const char *error;
	int i, unsized = 0;

	if (ret < 0 && ret > -4096) {
		error = scn_errno_name(-ret);
		if (error)
			scn_put(out, " = -1 %s", error);
		else
			scn_put(out, " = -1 error %ld", -ret);
		return;
	}
	for (i = 0; i < nargs; i++)
		unsized |= args[i].unsized;
	if (unsized)
		scn_put(out, " = length");
	else
		print_value(out, call->ret, name, ret, env);
	for (i = 0; i < nargs; i++)
		if (args[i].kind->out)
			args[i].kind->out(out, &args[i], ret, env);
}
