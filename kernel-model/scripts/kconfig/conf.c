// SPDX-License-Identifier: GPL-2.0-only
/*
 * conf - reads Kconfig files and makes a configuration.
 *
 * The language is the part of Linux's Kconfig that this tree uses: config,
 * bool/int/string with an optional prompt, default ... if, depends on, select,
 * range, help, if/endif, menu/endmenu, source, comment.  There are no
 * tristates: nothing here is a module.
 *
 * usage: conf MODE KCONFIG, where MODE is one of --defconfig=FILE,
 * --allnoconfig, --allyesconfig, --randconfig, --olddefconfig, --syncconfig,
 * --listhelp.  .config and the generated files are below the directory in
 * $objtree, sources below the one in $srctree.
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum type { T_UNKNOWN, T_BOOL, T_INT, T_STRING };

struct expr {
	char op;		/* 's'ymbol, '!', '&', '|', '=' or '#' (!=) */
	struct expr *left, *right;
	const char *text;
};

struct attr {			/* one default, select or range line */
	struct attr *next;
	struct expr *cond;
	const char *text, *text2;
};

struct symbol {
	struct symbol *next;
	const char *name, *prompt, *file;
	int line;
	enum type type;
	struct expr *dep;
	struct attr *defaults, *selects, *ranges;
	char *help;
	char *user;		/* what .config or a mode asks for */
	int user_line;
	const char *value;	/* what came out */
	const char *selected_by;
};

static struct symbol *symbols, **symbols_tail = &symbols;
static const char *srctree = ".", *objtree = ".";

static void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static void *zalloc(size_t size)
{
	void *p = calloc(1, size);

	if (!p)
		die("error: out of memory");
	return p;
}

static char *dup_range(const char *from, size_t len)
{
	char *s = zalloc(len + 1);

	memcpy(s, from, len);
	return s;
}

static char *xstrdup(const char *s)
{
	return dup_range(s, strlen(s));
}

static struct symbol *find(const char *name)
{
	struct symbol *sym;

	for (sym = symbols; sym; sym = sym->next)
		if (!strcmp(sym->name, name))
			return sym;
	return NULL;
}

/* ---- reading Kconfig ---- */

struct reader {
	const char *name;
	FILE *f;
	int line;
	char buf[1024];
	char *p;
};

static char *skip(struct reader *r)
{
	while (*r->p == ' ' || *r->p == '\t')
		r->p++;
	return r->p;
}

static char *word(struct reader *r)
{
	char *start = skip(r);

	if (*start == '"') {
		char *end = strchr(start + 1, '"');

		if (!end)
			die("%s:%d: string is not closed", r->name, r->line);
		r->p = end + 1;
		return dup_range(start + 1, end - start - 1);
	}
	while (isalnum((unsigned char)*r->p) || *r->p == '_' || *r->p == '-' || *r->p == '/' ||
	       *r->p == '.')
		r->p++;
	return r->p == start ? NULL : dup_range(start, r->p - start);
}

static struct expr *mk(char op, struct expr *left, struct expr *right)
{
	struct expr *e = zalloc(sizeof(*e));

	e->op = op;
	e->left = left;
	e->right = right;
	return e;
}

static struct expr *parse_or(struct reader *r);

static struct expr *parse_atom(struct reader *r)
{
	struct expr *e;

	if (*skip(r) == '!') {
		r->p++;
		return mk('!', parse_atom(r), NULL);
	}
	if (*r->p == '(') {
		r->p++;
		e = parse_or(r);
		if (*skip(r) != ')')
			die("%s:%d: ')' is missing", r->name, r->line);
		r->p++;
		return e;
	}
	e = mk('s', NULL, NULL);
	e->text = word(r);
	if (!e->text)
		die("%s:%d: a symbol is missing at '%s'", r->name, r->line, r->p);
	return e;
}

static struct expr *parse_cmp(struct reader *r)
{
	struct expr *e = parse_atom(r);

	if (*skip(r) == '=') {
		r->p++;
		return mk('=', e, parse_atom(r));
	}
	if (r->p[0] == '!' && r->p[1] == '=') {
		r->p += 2;
		return mk('#', e, parse_atom(r));
	}
	return e;
}

static struct expr *parse_and(struct reader *r)
{
	struct expr *e = parse_cmp(r);

	while (!strncmp(skip(r), "&&", 2)) {
		r->p += 2;
		e = mk('&', e, parse_cmp(r));
	}
	return e;
}

static struct expr *parse_or(struct reader *r)
{
	struct expr *e = parse_and(r);

	while (!strncmp(skip(r), "||", 2)) {
		r->p += 2;
		e = mk('|', e, parse_and(r));
	}
	return e;
}

static struct expr *and_expr(struct expr *a, struct expr *b)
{
	return !a ? b : !b ? a : mk('&', a, b);
}

static struct expr *opt_if(struct reader *r)
{
	char *save = skip(r);
	char *w = word(r);

	if (w && !strcmp(w, "if"))
		return parse_or(r);
	r->p = save;
	return NULL;
}

static void end_of_line(struct reader *r)
{
	if (*skip(r) && *r->p != '#')
		die("%s:%d: unexpected '%s'", r->name, r->line, r->p);
}

static int next_line(struct reader *r)
{
	size_t len;

	if (!fgets(r->buf, sizeof(r->buf), r->f))
		return 0;
	r->line++;
	len = strlen(r->buf);
	if (len && r->buf[len - 1] == '\n')
		r->buf[len - 1] = 0;
	else if (len == sizeof(r->buf) - 1)
		die("%s:%d: line is too long", r->name, r->line);
	r->p = r->buf;
	return 1;
}

static void add_attr(struct attr **list, struct attr *a)
{
	while (*list)
		list = &(*list)->next;
	*list = a;
}

/* A help text lasts as long as lines are empty or deeper than its first. */
static int read_help(struct reader *r, struct symbol *sym)
{
	size_t used = 0, indent = 0, here;
	char *text = zalloc(1);

	while (next_line(r)) {
		for (here = 0, r->p = r->buf; *r->p == ' ' || *r->p == '\t'; r->p++)
			here += *r->p == '\t' ? 8 - here % 8 : 1;
		if (!*r->p)
			continue;
		if (!indent)
			indent = here;
		if (here < indent || !indent) {
			r->p = r->buf;
			sym->help = text;
			return 1;
		}
		text = realloc(text, used + strlen(r->p) + 2);
		if (!text)
			die("error: out of memory");
		used += sprintf(text + used, "%s\n", r->p);
	}
	sym->help = text;
	return 0;
}

static void set_type(struct reader *r, struct symbol *sym, enum type type)
{
	if (sym->type && sym->type != type)
		die("%s:%d: '%s' has two types", r->name, r->line, sym->name);
	sym->type = type;
	if (*skip(r) == '"')
		sym->prompt = word(r);
}

static void add_line(struct reader *r, struct attr **list, int two)
{
	struct attr *a = zalloc(sizeof(*a));

	a->text = word(r);
	if (!a->text)
		die("%s:%d: a value is missing", r->name, r->line);
	if (two)
		a->text2 = word(r);
	if (two && !a->text2)
		die("%s:%d: range needs two values", r->name, r->line);
	a->cond = opt_if(r);
	add_attr(list, a);
}

static struct symbol *new_symbol(struct reader *r, struct expr *outer)
{
	struct symbol *sym = zalloc(sizeof(*sym));

	sym->name = word(r);
	if (!sym->name)
		die("%s:%d: config needs a name", r->name, r->line);
	if (find(sym->name))
		die("%s:%d: '%s' is defined twice", r->name, r->line, sym->name);
	sym->file = r->name;
	sym->line = r->line;
	sym->dep = outer;
	*symbols_tail = sym;
	symbols_tail = &sym->next;
	return sym;
}

static int attribute(struct reader *r, const char *w, struct symbol *sym)
{
	char *on;

	if (!strcmp(w, "bool") || !strcmp(w, "def_bool"))
		set_type(r, sym, T_BOOL);
	else if (!strcmp(w, "int"))
		set_type(r, sym, T_INT);
	else if (!strcmp(w, "string"))
		set_type(r, sym, T_STRING);
	else if (strcmp(w, "default") && strcmp(w, "select") && strcmp(w, "range") &&
		 strcmp(w, "depends"))
		return 0;
	if (!strcmp(w, "default") || !strcmp(w, "def_bool")) {
		add_line(r, &sym->defaults, 0);
	} else if (!strcmp(w, "select")) {
		add_line(r, &sym->selects, 0);
	} else if (!strcmp(w, "range")) {
		add_line(r, &sym->ranges, 1);
	} else if (!strcmp(w, "depends")) {
		on = word(r);
		if (!on || strcmp(on, "on"))
			die("%s:%d: 'depends' needs 'on'", r->name, r->line);
		sym->dep = and_expr(sym->dep, parse_or(r));
	}
	end_of_line(r);
	return 1;
}

static void read_file(const char *name, struct expr *outer)
{
	struct reader r = { .name = name };
	struct expr *stack[16];
	const char *kind[16];
	struct symbol *sym = NULL;
	int depth = 0, again = 0;
	char path[4096];
	char *w;

	snprintf(path, sizeof(path), "%s/%s", srctree, name);
	r.f = fopen(path, "r");
	if (!r.f)
		die("%s: %s", path, strerror(errno));
	while (again || next_line(&r)) {
		again = 0;
		skip(&r);
		if (!*r.p || *r.p == '#')
			continue;
		w = word(&r);
		if (!w)
			die("%s:%d: cannot read '%s'", name, r.line, r.p);
		if (!strcmp(w, "config")) {
			sym = new_symbol(&r, outer);
		} else if (!strcmp(w, "help") && sym) {
			again = read_help(&r, sym);
		} else if (!strcmp(w, "if") || !strcmp(w, "menu")) {
			if (depth == 16)
				die("%s:%d: nested too deeply", name, r.line);
			stack[depth] = outer;
			kind[depth++] = *w == 'i' ? "endif" : "endmenu";
			if (*w == 'i')
				outer = and_expr(outer, parse_or(&r));
			sym = NULL;
		} else if (!strcmp(w, "endif") || !strcmp(w, "endmenu")) {
			if (!depth || strcmp(kind[depth - 1], w))
				die("%s:%d: unexpected '%s'", name, r.line, w);
			outer = stack[--depth];
			sym = NULL;
		} else if (!strcmp(w, "source")) {
			read_file(word(&r), outer);
			sym = NULL;
		} else if (!strcmp(w, "comment") || !strcmp(w, "mainmenu")) {
			sym = NULL;
		} else if (!sym || !attribute(&r, w, sym)) {
			die("%s:%d: unknown keyword '%s'", name, r.line, w);
		}
	}
	if (depth)
		die("%s:%d: '%s' is missing", name, r.line, kind[depth - 1]);
	fclose(r.f);
}

/* ---- solving ---- */

static const char *value_of(const char *text)
{
	struct symbol *sym = find(text);

	return sym ? sym->value : text;
}

static int eval(const struct expr *e)
{
	if (!e)
		return 1;
	switch (e->op) {
	case 's':
		return !strcmp(value_of(e->text), "y");
	case '!':
		return !eval(e->left);
	case '&':
		return eval(e->left) && eval(e->right);
	case '|':
		return eval(e->left) || eval(e->right);
	case '=':
		return !strcmp(value_of(e->left->text), value_of(e->right->text));
	default:
		return strcmp(value_of(e->left->text), value_of(e->right->text));
	}
}

static const char *default_of(const struct symbol *sym)
{
	const struct attr *a;

	for (a = sym->defaults; a; a = a->next)
		if (eval(a->cond))
			return sym->type == T_BOOL && find(a->text) ? value_of(a->text) : a->text;
	return sym->type == T_BOOL ? "n" : sym->type == T_INT ? "0" : "";
}

static const char *solve_one(const struct symbol *sym)
{
	if (!eval(sym->dep))
		return sym->type == T_BOOL ? "n" : default_of(sym);
	if (sym->type == T_BOOL && sym->selected_by)
		return "y";
	return sym->user && sym->prompt ? sym->user : default_of(sym);
}

/*
 * Values depend on each other through dependencies, defaults and selects: go
 * round until nothing moves.  A tree in which that never happens has a circle.
 */
static void solve(void)
{
	struct symbol *sym, *target;
	struct attr *a;
	int moved = 1, rounds = 0;

	for (sym = symbols; sym; sym = sym->next)
		sym->value = sym->type == T_BOOL ? "n" : "";
	while (moved) {
		if (rounds++ > 200)
			die("Kconfig: options depend on each other in a circle");
		moved = 0;
		for (sym = symbols; sym; sym = sym->next)
			sym->selected_by = NULL;
		for (sym = symbols; sym; sym = sym->next) {
			for (a = sym->selects; a; a = a->next) {
				target = find(a->text);
				if (!strcmp(sym->value, "y") && eval(a->cond))
					target->selected_by = sym->name;
			}
		}
		for (sym = symbols; sym; sym = sym->next) {
			const char *v = solve_one(sym);

			if (strcmp(v, sym->value)) {
				sym->value = v;
				moved = 1;
			}
		}
	}
}

static void print_expr(FILE *f, const struct expr *e)
{
	if (e->op == 's') {
		fputs(e->text, f);
	} else if (e->op == '!') {
		fputc('!', f);
		print_expr(f, e->left);
	} else {
		int group = e->op == '|';

		if (group)
			fputc('(', f);
		print_expr(f, e->left);
		fputs(e->op == '&' ? " && " : e->op == '|' ? " || " : e->op == '=' ? "=" : "!=", f);
		print_expr(f, e->right);
		if (group)
			fputc(')', f);
	}
}

static int check_range(const struct symbol *sym, const char *where)
{
	const struct attr *a;
	char *end;
	long v = strtol(sym->value, &end, 0);

	if (*end || !*sym->value) {
		fprintf(stderr, "%s: CONFIG_%s=%s refused: not a number\n", where, sym->name,
			sym->value);
		return 1;
	}
	for (a = sym->ranges; a; a = a->next) {
		if (eval(a->cond) && (v < atol(a->text) || v > atol(a->text2))) {
			fprintf(stderr, "%s: CONFIG_%s=%s refused: not in the range %s to %s\n",
				where, sym->name, sym->value, a->text, a->text2);
			return 1;
		}
	}
	return 0;
}

/* Counts what the file asks for and the rules do not give, saying why. */
static int refusals(const char *config)
{
	struct symbol *sym;
	char where[4200];
	int bad = 0;

	for (sym = symbols; sym; sym = sym->next) {
		snprintf(where, sizeof(where), "%s:%d", config, sym->user_line);
		if (sym->type == T_INT)
			bad += check_range(sym, where);
		if (!sym->user || !strcmp(sym->user, sym->value))
			continue;
		if (!eval(sym->dep)) {
			if (sym->type != T_BOOL)
				continue;
			fprintf(stderr, "%s: CONFIG_%s=%s refused: it depends on ", where,
				sym->name, sym->user);
			print_expr(stderr, sym->dep);
			fputs(", which is not so\n", stderr);
		} else if (sym->selected_by) {
			fprintf(stderr, "%s: CONFIG_%s=%s refused: CONFIG_%s selects it\n", where,
				sym->name, sym->user, sym->selected_by);
		} else if (!sym->prompt) {
			continue;	/* computed, not for the user to choose */
		} else {
			fprintf(stderr, "%s: CONFIG_%s=%s refused\n", where, sym->name, sym->user);
		}
		bad++;
	}
	return bad;
}

static void check_tree(void)
{
	struct symbol *sym, *target;
	struct attr *a;

	for (sym = symbols; sym; sym = sym->next) {
		if (sym->type == T_UNKNOWN)
			die("%s:%d: '%s' has no type", sym->file, sym->line, sym->name);
		for (a = sym->selects; a; a = a->next) {
			target = find(a->text);
			if (!target || target->type != T_BOOL)
				die("%s:%d: '%s' selects '%s', which is no bool", sym->file,
				    sym->line, sym->name, a->text);
		}
	}
}

/* ---- reading and writing configurations ---- */

static int read_config(const char *path, int strict)
{
	FILE *f = fopen(path, "r");
	char line[1024], *name, *v;
	int nr = 0, bad = 0;
	struct symbol *sym;
	size_t len;

	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f)) {
		nr++;
		line[strcspn(line, "\n")] = 0;
		if (!strncmp(line, "# CONFIG_", 9) && strstr(line, " is not set")) {
			name = line + 9;
			*strstr(line, " is not set") = 0;
			v = "n";
		} else if (!strncmp(line, "CONFIG_", 7) && strchr(line, '=')) {
			name = line + 7;
			v = strchr(line, '=');
			*v++ = 0;
		} else if (!*line || *line == '#') {
			continue;
		} else {
			fprintf(stderr, "%s:%d: cannot read '%s'\n", path, nr, line);
			bad++;
			continue;
		}
		sym = find(name);
		if (!sym) {
			fprintf(stderr, "%s:%d: no option is called CONFIG_%s\n", path, nr, name);
			bad += strict;
			continue;
		}
		len = strlen(v);
		if (sym->type == T_STRING && len > 1 && *v == '"' && v[len - 1] == '"') {
			v[len - 1] = 0;
			v++;
		}
		if (sym->type == T_BOOL && strcmp(v, "y") && strcmp(v, "n")) {
			fprintf(stderr, "%s:%d: CONFIG_%s=%s refused: only y and n\n", path, nr,
				name, v);
			bad += strict;
			continue;
		}
		sym->user = xstrdup(v);
		sym->user_line = nr;
	}
	fclose(f);
	return bad;
}

static FILE *create(char *path, size_t size, const char *name)
{
	FILE *f;

	snprintf(path, size, "%s/%s.tmp", objtree, name);
	f = fopen(path, "w");
	if (!f)
		die("%s: %s", path, strerror(errno));
	return f;
}

static void commit(FILE *f, const char *tmp, const char *name)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", objtree, name);
	if (fclose(f) || rename(tmp, path))
		die("%s: %s", path, strerror(errno));
}

static void write_config(const char *name, int autoconf)
{
	char tmp[4096];
	FILE *f = create(tmp, sizeof(tmp), name);
	struct symbol *sym;

	fputs("# generated by scripts/kconfig/conf\n", f);
	for (sym = symbols; sym; sym = sym->next) {
		if (sym->type == T_BOOL && strcmp(sym->value, "y")) {
			if (!autoconf && eval(sym->dep))
				fprintf(f, "# CONFIG_%s is not set\n", sym->name);
		} else if (sym->type == T_STRING) {
			fprintf(f, "CONFIG_%s=\"%s\"\n", sym->name, sym->value);
		} else if (sym->type == T_BOOL || eval(sym->dep)) {
			fprintf(f, "CONFIG_%s=%s\n", sym->name, sym->value);
		}
	}
	commit(f, tmp, name);
}

static void write_header(void)
{
	char tmp[4096];
	FILE *f;
	struct symbol *sym;
	char dir[4096];

	snprintf(dir, sizeof(dir), "%s/include", objtree);
	mkdir(dir, 0777);
	snprintf(dir, sizeof(dir), "%s/include/config", objtree);
	mkdir(dir, 0777);
	snprintf(dir, sizeof(dir), "%s/include/generated", objtree);
	mkdir(dir, 0777);
	f = create(tmp, sizeof(tmp), "include/generated/autoconf.h");
	fputs("/* generated by scripts/kconfig/conf */\n", f);
	for (sym = symbols; sym; sym = sym->next) {
		if (sym->type == T_STRING)
			fprintf(f, "#define CONFIG_%s \"%s\"\n", sym->name, sym->value);
		else if (sym->type == T_INT && eval(sym->dep))
			fprintf(f, "#define CONFIG_%s %s\n", sym->name, sym->value);
		else if (!strcmp(sym->value, "y"))
			fprintf(f, "#define CONFIG_%s 1\n", sym->name);
	}
	commit(f, tmp, "include/generated/autoconf.h");
	write_config("include/config/auto.conf", 1);
}

/* splitmix64: small, and the same on every machine. */
static uint64_t rnd(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static void randomise(void)
{
	const char *env = getenv("KCONFIG_SEED");
	uint64_t state = env && *env ? strtoull(env, NULL, 0) : (uint64_t)time(NULL);
	struct symbol *sym;

	fprintf(stderr, "KCONFIG_SEED=0x%llX\n", (unsigned long long)state);
	for (sym = symbols; sym; sym = sym->next) {
		char num[32];
		uint64_t r = rnd(&state);

		if (sym->type == T_BOOL) {
			sym->user = r >> 32 & 1 ? "y" : "n";
		} else if (sym->type == T_INT && sym->ranges) {
			long lo = atol(sym->ranges->text), hi = atol(sym->ranges->text2);

			snprintf(num, sizeof(num), "%ld", lo + (long)(r % (hi - lo + 1)));
			sym->user = xstrdup(num);
		}
	}
}

static void set_all(const char *v)
{
	struct symbol *sym;

	for (sym = symbols; sym; sym = sym->next)
		if (sym->type == T_BOOL)
			sym->user = xstrdup(v);
}

static void list_help(void)
{
	static const char *const types[] = { "", "bool", "int", "string" };
	struct symbol *sym;

	for (sym = symbols; sym; sym = sym->next) {
		if (!sym->prompt)
			continue;
		printf("CONFIG_%s (%s) %s\n", sym->name, types[sym->type], sym->prompt);
		if (sym->dep) {
			fputs("  depends on: ", stdout);
			print_expr(stdout, sym->dep);
			putchar('\n');
		}
		printf("%s\n", sym->help ? sym->help : "");
	}
}

static void from_file(const char *path, int strict)
{
	int bad = read_config(path, strict);

	if (bad < 0)
		die("%s: %s", path, strerror(errno));
	solve();
	if (!strict)
		return;
	bad += refusals(path);
	if (bad)
		die("error: %s: %d line%s refused\nhint: make olddefconfig", path, bad,
		    bad == 1 ? "" : "s");
}

int main(int argc, char **argv)
{
	char config[4096];
	const char *mode;

	if (argc != 3)
		die("usage: conf MODE KCONFIG");
	if (getenv("srctree"))
		srctree = getenv("srctree");
	if (getenv("objtree"))
		objtree = getenv("objtree");
	mode = argv[1];
	snprintf(config, sizeof(config), "%s/.config", objtree);
	read_file(argv[2], NULL);
	check_tree();
	if (!strcmp(mode, "--allnoconfig")) {
		set_all("n");
		solve();
	} else if (!strcmp(mode, "--allyesconfig")) {
		set_all("y");
		solve();
	} else if (!strcmp(mode, "--randconfig")) {
		randomise();
		solve();
	} else if (!strncmp(mode, "--defconfig=", 12)) {
		from_file(mode + 12, 1);
	} else if (!strcmp(mode, "--olddefconfig")) {
		from_file(config, 0);
	} else if (!strcmp(mode, "--syncconfig")) {
		from_file(config, 1);
		write_header();
		return 0;
	} else if (strcmp(mode, "--listhelp")) {
		die("error: unknown mode '%s'", mode);
	} else {
		list_help();
		return 0;
	}
	write_config(".config", 0);
	return 0;
}
