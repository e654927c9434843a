// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command line of ./vmlinux.  Options become the boot command line of the
 * model, as a boot loader would pass it; what to run goes into os_request.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sweep.h"

struct os_request os_request;

static char command_line[1024];
static unsigned long used;
static int sweep;

static void usage(FILE *to)
{
	fputs("usage: vmlinux [OPTIONS] [COMMAND]\n"
	      "\n"
	      "  (none)            boot and read a scenario from standard input\n"
	      "  run FILE.scn      boot and run a scenario; prints its trace\n"
	      "  kunit [GLOB]      unit tests whose 'suite.case' fits, as KTAP version 1\n"
	      "  bench [NAME]      loops of fixed length over system calls\n"
	      "\n"
	      "options:\n"
	      "  -s, --seed N      order in which runnable tasks run (default 0: in turn)\n"
	      "  --fail-nth        run once for each memory allocation, which fails\n"
	      "  --fail-nth=N      let the N-th allocation after boot fail\n"
	      "  -l, --loglevel N  kernel messages up to this level go to standard error\n"
	      "  -a, --append STR  more for the boot command line\n"
	      "  -h, --help        this text\n"
	      "\n"
	      "exit status: 0 all well; 1 a test failed; 2 wrong usage or scenario;\n"
	      "4 the kernel panicked\n", to);
}

static void __attribute__((noreturn)) bad_usage(const char *what, const char *arg)
{
	fflush(stdout);
	fprintf(stderr, "error: %s '%s'\nhint: ./vmlinux --help\n", what, arg);
	exit(OS_EXIT_USAGE);
}

static void append(const char *name, const char *value)
{
	int n = snprintf(command_line + used, sizeof(command_line) - used, "%s%s%s",
			 used ? " " : "", name, value);

	if (n < 0 || n >= (int)(sizeof(command_line) - used))
		bad_usage("boot command line is too long at", value);
	used += n;
}

static unsigned long number(const char *text)
{
	char *end;
	unsigned long n;

	errno = 0;
	n = strtoul(text, &end, 0);
	if (!*text || *text == '-' || *end || errno)
		bad_usage("not a number:", text);
	return n;
}

static void read_all(FILE *f, const char *name)
{
	unsigned long size = 0, room = 0;
	char *text = NULL, *bigger;

	do {
		if (room - size < 4096) {
			room = room * 2 + 65536;
			bigger = realloc(text, room);
			if (!bigger)
				bad_usage("out of memory for", name);
			text = bigger;
		}
		size += fread(text + size, 1, room - size - 1, f);
	} while (!feof(f) && !ferror(f));
	if (ferror(f)) {
		fprintf(stderr, "error: cannot read '%s': %s\n", name, strerror(errno));
		exit(OS_EXIT_USAGE);
	}
	text[size] = 0;
	os_request.name = name;
	os_request.text = text;
	os_request.len = size;
}

static void read_scenario(const char *path)
{
	FILE *f = fopen(path, "r");

	if (!f) {
		fprintf(stderr, "error: cannot open '%s': %s\n", path, strerror(errno));
		exit(OS_EXIT_USAGE);
	}
	read_all(f, path);
	fclose(f);
}

static int option(char **argv, int i)
{
	const char *arg = argv[i];
	const char *next = argv[i + 1];

	if (!strcmp(arg, "-h") || !strcmp(arg, "--help")) {
		usage(stdout);
		exit(OS_EXIT_OK);
	}
	if (!strcmp(arg, "--fail-nth")) {
		sweep = 1;
		return i;
	}
	if (!strncmp(arg, "--fail-nth=", 11)) {
		os_request.fail_nth = number(arg + 11);
		return i;
	}
	if (!strncmp(arg, "--seed=", 7)) {
		number(arg + 7);
		append("seed=", arg + 7);
		return i;
	}
	if (!strncmp(arg, "--loglevel=", 11)) {
		number(arg + 11);
		append("loglevel=", arg + 11);
		return i;
	}
	if (strcmp(arg, "-s") && strcmp(arg, "--seed") && strcmp(arg, "-l") &&
	    strcmp(arg, "--loglevel") && strcmp(arg, "-a") && strcmp(arg, "--append"))
		bad_usage("unknown option", arg);
	if (!next)
		bad_usage("a value is missing after", arg);
	if (!strcmp(arg, "-a") || !strcmp(arg, "--append")) {
		append("", next);
		return i + 1;
	}
	number(next);
	append(strchr(arg, 's') ? "seed=" : "loglevel=", next);
	return i + 1;
}

static void command(const char **words, int n)
{
	if (n == 0) {
		os_request.mode = OS_SCENARIO;
		read_all(stdin, "<stdin>");
		return;
	}
	if (n > 2)
		bad_usage("too many arguments at", words[2]);
	if (!strcmp(words[0], "run")) {
		if (n < 2)
			bad_usage("a scenario is missing after", words[0]);
		os_request.mode = OS_SCENARIO;
		read_scenario(words[1]);
	} else if (!strcmp(words[0], "kunit")) {
		os_request.mode = OS_KUNIT;
		os_request.name = words[1];
	} else if (!strcmp(words[0], "bench")) {
		os_request.mode = OS_BENCH;
		os_request.name = words[1];
	} else {
		bad_usage("unknown command", words[0]);
	}
}

int main(int argc, char **argv)
{
	const char *words[3] = { NULL, NULL, NULL };
	int i, n = 0;

	(void)argc;
	for (i = 1; argv[i]; i++) {
		if (argv[i][0] == '-' && argv[i][1])
			i = option(argv, i);
		else if (n < 3)
			words[n++] = argv[i];
	}
	command(words, n);
	if (sweep && os_request.mode == OS_BENCH)
		bad_usage("no sweep over", "bench");
	if (sweep)
		return run_sweep(command_line);
	start_kernel(command_line);
}
