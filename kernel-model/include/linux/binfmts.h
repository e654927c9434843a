/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_BINFMTS_H
#define _LINUX_BINFMTS_H

#include <linux/types.h>
#include <linux/capability.h>

#define BINPRM_BUF_SIZE	128
#define CORENAME_MAX_SIZE 64

struct file;

/**
 * struct linux_binprm - a program that is about to be run
 * @buf: how its file begins
 * @argc: words in @args
 * @args: argv, each with its NUL
 * @args_len: bytes there
 */
struct linux_binprm {
	char buf[BINPRM_BUF_SIZE];
	struct file *file;
	int e_uid, e_gid;
	int argc;
	char *args;
	unsigned long args_len;
	const char *filename;
	int depth;
};

/**
 * struct linux_binfmt - a format of programs
 * @load_binary: runs it, or -ENOEXEC: not mine
 */
struct linux_binfmt {
	struct linux_binfmt *next;
	int (*load_binary)(struct linux_binprm *bprm);
};

extern char core_pattern[CORENAME_MAX_SIZE];
extern int core_uses_pid;

int register_binfmt(struct linux_binfmt *fmt);
int search_binary_handler(struct linux_binprm *bprm);
int flush_old_exec(struct linux_binprm *bprm);
int bprm_add_arg(struct linux_binprm *bprm, const char *arg);
int bprm_change_interp(struct linux_binprm *bprm, const char *interp);

#endif /* _LINUX_BINFMTS_H */
