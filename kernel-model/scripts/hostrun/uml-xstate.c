// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preloaded into user-mode Linux.  Kernels up to 6.1 keep 2696 bytes of
 * extended registers for a process; where the processor has more (AMX), the
 * host refuses to set only those, and process 1 dies at its first instruction.
 * Here the rest is filled in with what the process has at that moment.
 */
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>

#define XSTATE_MAX 65536

typedef long (*ptrace_fn)(int request, ...);

static long set_all(ptrace_fn real, pid_t pid, const struct iovec *part)
{
	static char all[XSTATE_MAX];
	struct iovec iov = { all, sizeof(all) };

	if (real(PTRACE_GETREGSET, pid, NT_X86_XSTATE, &iov) < 0)
		return -1;
	if (part->iov_len > iov.iov_len) {
		errno = EINVAL;
		return -1;
	}
	memcpy(all, part->iov_base, part->iov_len);
	return real(PTRACE_SETREGSET, pid, NT_X86_XSTATE, &iov);
}

long ptrace(enum __ptrace_request request, ...)
{
	static ptrace_fn real;
	va_list ap;
	pid_t pid;
	void *addr, *data;

	va_start(ap, request);
	pid = va_arg(ap, pid_t);
	addr = va_arg(ap, void *);
	data = va_arg(ap, void *);
	va_end(ap);
	if (!real)
		real = (ptrace_fn)dlsym(RTLD_NEXT, "ptrace");
	if (request == PTRACE_SETREGSET && addr == (void *)NT_X86_XSTATE)
		return set_all(real, pid, data);
	return real(request, pid, addr, data);
}
