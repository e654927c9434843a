// SPDX-License-Identifier: GPL-2.0-only
/* Memory, console and clock of the host. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "os.h"

#ifdef CONFIG_SAN
#include <sanitizer/asan_interface.h>
#endif

void *os_map_memory(unsigned long bytes)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

void os_write(int fd, const char *text, unsigned long len)
{
	fwrite(text, 1, len, fd == 1 ? stdout : stderr);
}

void os_flush(void)
{
	fflush(stdout);
	fflush(stderr);
}

void os_exit(int status)
{
	/* A full disk or a closed pipe must not look like success. */
	if (fflush(stdout) || ferror(stdout)) {
		perror("error: cannot write the output");
		status = status ? status : OS_EXIT_USAGE;
	}
	fflush(stderr);
	_exit(status);
}

unsigned long os_clock(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ul + ts.tv_nsec;
}

void os_poison(const void *addr, unsigned long len)
{
#ifdef CONFIG_SAN
	__asan_poison_memory_region(addr, len);
#endif
}

void os_unpoison(const void *addr, unsigned long len)
{
#ifdef CONFIG_SAN
	__asan_unpoison_memory_region(addr, len);
#endif
}
