// SPDX-License-Identifier: GPL-2.0-only
/* Whether tasks run or sleep, and what their numbers are outside. */
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "hostrun.h"

static long read_text(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	long n = fd < 0 ? -1 : read(fd, buf, size - 1);

	if (fd >= 0)
		close(fd);
	if (n >= 0)
		buf[n] = 0;
	return n;
}

static const char *field(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	return at ? at + strlen(name) : "";
}

/**
 * watch_task - look at a task
 * @tid: as this process sees it
 * @switches: how often it has gone to sleep or been pushed aside
 *
 * A task that sleeps with the same number of switches twice has slept all the
 * time between.
 */
enum watch_state watch_task(pid_t tid, unsigned long *switches)
{
	char path[64], text[4096];

	*switches = 0;
	snprintf(path, sizeof(path), "/proc/%d/status", tid);
	if (read_text(path, text, sizeof(text)) <= 0)
		return WATCH_DEAD;
	*switches = strtoul(field(text, "\nvoluntary_ctxt_switches:"), NULL, 10) +
		    strtoul(field(text, "\nnonvoluntary_ctxt_switches:"), NULL, 10);
	switch (field(text, "\nState:\t")[0]) {
	case 'S':
	case 'T':
	case 't':
	case 'I':
		return WATCH_SLEEPS;
	case 'D':
		return WATCH_DEEP;
	case 'R':
		return WATCH_RUNS;
	default:
		return WATCH_DEAD;
	}
}

/* The last number of NSpid is the one in the task's own namespace. */
static int inner_number(pid_t tid)
{
	char path[64], text[4096], *end;
	const char *p;

	snprintf(path, sizeof(path), "/proc/%d/status", tid);
	if (read_text(path, text, sizeof(text)) <= 0)
		return -1;
	p = field(text, "\nNSpid:");
	for (; *p && *p != '\n'; p = end) {
		int n = strtol(p, &end, 10);

		if (*end == '\n' || end == p)
			return n;
	}
	return -1;
}

static pid_t find_below(pid_t tid, int number)
{
	char path[64], text[8192], *p, *end;
	pid_t child, found = 0;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", tid, tid);
	if (read_text(path, text, sizeof(text)) <= 0)
		return 0;
	for (p = text; !found; p = end) {
		child = strtol(p, &end, 10);
		if (end == p)
			break;
		found = watch_find(child, number);
	}
	return found;
}

/**
 * watch_find - the task that calls itself so
 * @root: the process below which to look, itself included
 * @tid: its number in its own namespace
 *
 * Returns its number here, or 0.
 */
pid_t watch_find(pid_t root, int tid)
{
	char path[64];
	struct dirent *entry;
	pid_t found = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", root);
	dir = opendir(path);
	if (!dir)
		return 0;
	while (!found && (entry = readdir(dir))) {
		pid_t thread = atoi(entry->d_name);

		if (thread > 0)
			found = inner_number(thread) == tid ? thread : find_below(thread, tid);
	}
	closedir(dir);
	return found;
}
