// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who called whom: return addresses by the unwind tables that the compiler
 * writes, names by the symbol table of this program (System V ABI, chapter 4).
 */
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unwind.h>

#include "sweep.h"

#define MAX_FRAMES 64

struct frames {
	unsigned long pc[MAX_FRAMES];
	int n;
};

struct symbols {
	const Elf64_Sym *sym;
	unsigned long n;
	const char *names;
	unsigned long bias;	/* between addresses in the file and here */
};

static _Unwind_Reason_Code one_frame(struct _Unwind_Context *context, void *arg)
{
	struct frames *frames = arg;

	if (frames->n == MAX_FRAMES)
		return _URC_END_OF_STACK;
	/* The call, not what comes after it: that may be another function. */
	frames->pc[frames->n++] = _Unwind_GetIP(context) - 1;
	return _URC_NO_REASON;
}

static const char *map_own_file(void)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *p;

	if (fd < 0)
		return NULL;
	p = fstat(fd, &st) ? MAP_FAILED : mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	return p == MAP_FAILED ? NULL : p;
}

static int is_function(const Elf64_Sym *sym)
{
	return ELF64_ST_TYPE(sym->st_info) == STT_FUNC && sym->st_size;
}

/* 0 when the file cannot be read or was stripped. */
static int read_symbols(struct symbols *s)
{
	const char *file = map_own_file();
	const Elf64_Ehdr *header = (const Elf64_Ehdr *)file;
	const Elf64_Shdr *section;
	unsigned long i;

	if (!file || header->e_ident[EI_CLASS] != ELFCLASS64)
		return 0;
	section = (const Elf64_Shdr *)(file + header->e_shoff);
	for (i = 0; i < header->e_shnum; i++)
		if (section[i].sh_type == SHT_SYMTAB)
			break;
	if (i == header->e_shnum)
		return 0;
	s->sym = (const Elf64_Sym *)(file + section[i].sh_offset);
	s->n = section[i].sh_size / sizeof(*s->sym);
	s->names = file + section[section[i].sh_link].sh_offset;
	for (i = 0; i < s->n; i++) {
		if (is_function(&s->sym[i]) &&
		    !strcmp(s->names + s->sym[i].st_name, "start_kernel")) {
			s->bias = (unsigned long)start_kernel - s->sym[i].st_value;
			return 1;
		}
	}
	return 0;
}

static const char *name_of(const struct symbols *s, unsigned long pc)
{
	unsigned long at = pc - s->bias, i;

	for (i = 0; i < s->n; i++)
		if (is_function(&s->sym[i]) && at - s->sym[i].st_value < s->sym[i].st_size)
			return s->names + s->sym[i].st_name;
	return NULL;
}

static int is_one_of(const char *name, const char *const *names)
{
	while (*names && strcmp(name, *names))
		names++;
	return !!*names;
}

/**
 * trace_callers - the functions that led here, innermost first
 * @text: gets "a() < b() < c()"
 * @size: room in it
 * @inner: names at the inner end that are not told, up to NULL
 * @outer: names at which to stop, up to NULL
 *
 * Functions that the compiler has put into their callers are not seen.
 */
void trace_callers(char *text, unsigned long size, const char *const *inner,
		   const char *const *outer)
{
	struct frames frames = { .n = 0 };
	unsigned long used = 0;
	struct symbols s;
	int i, n;

	snprintf(text, size, "an unknown function");
	if (!read_symbols(&s))
		return;
	_Unwind_Backtrace(one_frame, &frames);
	for (i = 0; i < frames.n && used < size; i++) {
		const char *name = name_of(&s, frames.pc[i]);

		if (!name || (!used && is_one_of(name, inner)))
			continue;
		if (is_one_of(name, outer))
			break;
		n = snprintf(text + used, size - used, "%s%s()", used ? " < " : "", name);
		used += n;
	}
}
