// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command line of hostrun.  As process 1 of a user-mode Linux it mounts
 * what it needs, and halts the machine at the end.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdarg.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hostrun.h"

#define RESULTS "/mnt"		/* in user-mode Linux: the folder of the traces */
#define LIMIT_S 120		/* for one scenario */

int own_machine;

void die(const char *fmt, ...)
{
	va_list ap;

	fputs("error: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(3);
}

static char *read_file(const char *path, size_t *len)
{
	char *text = NULL;
	size_t room = 0;
	FILE *f = fopen(path, "r");
	long n;

	if (!f)
		die("cannot open '%s': %s", path, strerror(errno));
	n = getdelim(&text, &room, EOF, f);
	*len = n < 0 ? 0 : n;
	fclose(f);
	return text;
}

/* AREA/NAME of .../AREA/NAME.scn */
static void short_name(const char *path, char *name, size_t size)
{
	const char *p = path + strlen(path);
	int slashes = 0;
	char *dot;

	while (p > path && (p[-1] != '/' || ++slashes < 2))
		p--;
	snprintf(name, size, "%s", p);
	dot = strrchr(name, '.');
	if (dot && !strcmp(dot, ".scn"))
		*dot = 0;
}

static int open_trace(const char *dir, const char *name)
{
	struct utsname uts;
	char path[4096];
	int fd;

	if (!dir)
		return dup(1);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	*strrchr(path, '/') = 0;
	if (mkdir(path, 0777) && errno != EEXIST)
		die("cannot make '%s': %s", path, strerror(errno));
	snprintf(path, sizeof(path), "%s/%s.trace", dir, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		die("cannot write '%s': %s", path, strerror(errno));
	uname(&uts);
	dprintf(fd, "# Linux %s %s\n", uts.release, uts.machine);
	return fd;
}

/* Each in a process of its own: nothing is carried over. */
static int run_file(const char *path, const char *dir)
{
	char name[512];
	int status;
	pid_t pid;

	short_name(path, name, sizeof(name));
	fflush(NULL);
	pid = fork();
	if (pid < 0)
		die("cannot fork: %s", strerror(errno));
	if (!pid) {
		size_t len;
		char *text = read_file(path, &len);

		alarm(LIMIT_S);
		exit(run_scenario(path, text, len, open_trace(dir, name)));
	}
	if (waitpid(pid, &status, 0) < 0)
		die("cannot wait: %s", strerror(errno));
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return 0;
	if (WIFSIGNALED(status))
		fprintf(stderr, "error: '%s' did not end in %d s\n", name, LIMIT_S);
	printf("failed: %s\n", name);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 3;
}

static void __noreturn help(void)
{
	fputs("usage: hostrun [-o DIR] FILE.scn...\n"
	      "\n"
	      "Plays scenarios on this machine's kernel, each in namespaces of its own, and\n"
	      "prints their traces, or writes them to DIR/AREA/NAME.trace.  Needs root.\n"
	      "'@FILE' stands for the names in FILE, one a line.\n"
	      "\n"
	      "exit status: 0 all have run; 2 wrong usage or scenario; 3 the host failed\n",
	      stdout);
	exit(0);
}

static int run_list(const char *path, const char *dir)
{
	size_t len;
	char *text = read_file(path, &len), *line;
	int worst = 0, status;

	for (line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		status = run_file(line, dir);
		worst = status > worst ? status : worst;
	}
	free(text);
	return worst;
}

/* Process 1: the host's files are the root, read-only but for the results. */
static const char *boot(const char *dir)
{
	if (mount("none", "/proc", "proc", 0, NULL) ||
	    mount("none", "/sys", "sysfs", 0, NULL) ||
	    mount("none", RESULTS, "hostfs", 0, dir))
		die("cannot mount: %s", strerror(errno));
	modules_load("dummy.ko");
	modules_load("iptable_filter.ko");
	return RESULTS;
}

int main(int argc, char **argv)
{
	const char *dir = NULL;
	int i, status, worst = 0;

	if (task_is_program(argc, argv))
		task_run_program();
	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		if (!strcmp(argv[i], "-h") || !strcmp(argv[i], "--help"))
			help();
		if (strcmp(argv[i], "-o") || i + 1 == argc) {
			fprintf(stderr, "error: unknown option '%s'\nhint: hostrun --help\n",
				argv[i]);
			return 2;
		}
		dir = argv[++i];
	}
	if (i == argc) {
		fputs("error: no scenario\nhint: hostrun --help\n", stderr);
		return 2;
	}
	own_machine = getpid() == 1;
	if (own_machine) {
		dir = boot(dir);
		argc = i + 1;	/* user-mode Linux adds words of its own */
	}
	if (geteuid())
		die("hostrun needs root for its namespaces\nhint: make hostcheck HOST=uml");
	for (; i < argc; i++) {
		status = *argv[i] == '@' ? run_list(argv[i] + 1, dir) : run_file(argv[i], dir);
		worst = status > worst ? status : worst;
	}
	if (own_machine) {
		printf("status: %d\n", worst);
		fflush(NULL);
		sync();
		reboot(RB_POWER_OFF);
	}
	return worst;
}
