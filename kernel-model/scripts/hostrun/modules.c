// SPDX-License-Identifier: GPL-2.0-only
/*
 * Modules of user-mode Linux.  Nothing loads them there by itself, as the host's
 * files are its root and the host's own modules are of another kernel.
 */
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "hostrun.h"

#define MODULES "/usr/lib/uml/modules"	/* where Debian's package has them */

static void load_file(const char *dir, const char *file)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	/* It may be there already.  Scenarios that miss one say so. */
	syscall(SYS_finit_module, fd, "", 0);
	close(fd);
}

/* "FILE: NEEDED NEEDED...", of which the last is wanted first. */
static void load_line(const char *dir, char *line)
{
	static const char separators[] = { ':', ' ', '\n', 0 };
	char *word[64], *p = strtok(line, separators);
	int n = 0;

	for (; p && n < 64; p = strtok(NULL, separators))
		word[n++] = p;
	while (n)
		load_file(dir, word[--n]);
}

/**
 * modules_load - load a module, and what it needs, as modules.dep says
 * @name: without a folder, as "dummy.ko"
 */
void modules_load(const char *name)
{
	char dir[512], path[1024], *line = NULL;
	struct utsname uts;
	size_t room = 0;
	FILE *f;

	uname(&uts);
	snprintf(dir, sizeof(dir), "%s/%s", MODULES, uts.release);
	snprintf(path, sizeof(path), "%s/modules.dep", dir);
	f = fopen(path, "re");
	if (!f)
		return;
	while (getline(&line, &room, f) > 0) {
		char *end = strchr(line, ':'), *start;

		if (!end)
			continue;
		*end = 0;
		start = strrchr(line, '/');
		start = start ? start + 1 : line;
		if (strcmp(start, name))
			continue;
		*end = ':';
		load_line(dir, line);
		break;
	}
	free(line);
	fclose(f);
}
