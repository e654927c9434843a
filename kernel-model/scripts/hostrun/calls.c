// SPDX-License-Identifier: GPL-2.0-only
/* Numbers of system calls; the list is made from the host's <asm/unistd.h>. */
#include <sys/syscall.h>

#include "hostrun.h"

static const struct {
	const char *name;
	long nr;
} numbers[] = {
#define CALL(name) { #name, __NR_##name },
#include "calls.inc"
#undef CALL
};

/* -1 where the host has no such call. */
long call_number(const char *name)
{
	unsigned long i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		if (!strcmp(numbers[i].name, name))
			return numbers[i].nr;
	return -1;
}
