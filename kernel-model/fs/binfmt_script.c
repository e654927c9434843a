// SPDX-License-Identifier: GPL-2.0-only
/* Programs that begin with "#!" and the name of the program that runs them. */
#include <linux/binfmts.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/gfp.h>
#include <linux/mm.h>

/* The words of the first line: a program and at most one argument, with blanks. */
static int split_line(char *line, char **interp, char **arg)
{
	char *end = strchr(line, '\n');

	if (end)
		*end = 0;
	end = line + strlen(line);
	while (end > line && (end[-1] == ' ' || end[-1] == '\t'))
		*--end = 0;
	line += strspn(line, " \t");
	if (!*line)
		return -ENOEXEC;
	*interp = line;
	line += strcspn(line, " \t");
	if (*line)
		*line++ = 0;
	line += strspn(line, " \t");
	*arg = *line ? line : NULL;
	return 0;
}

/* Puts the new words before what the program was called with, but its name. */
static int change_args(struct linux_binprm *bprm, const char *interp, const char *arg)
{
	char *old = bprm->args, *rest;
	unsigned long len = bprm->args_len;
	int argc = bprm->argc, err;

	bprm->args = (char *)__get_free_page(GFP_KERNEL);
	if (!bprm->args) {
		bprm->args = old;
		return -ENOMEM;
	}
	bprm->args_len = 0;
	bprm->argc = 0;
	err = bprm_add_arg(bprm, interp);
	if (!err && arg)
		err = bprm_add_arg(bprm, arg);
	if (!err)
		err = bprm_add_arg(bprm, bprm->filename);
	rest = argc ? old + strlen(old) + 1 : old;
	for (; !err && rest < old + len; rest += strlen(rest) + 1)
		err = bprm_add_arg(bprm, rest);
	free_page((unsigned long)old);
	return err;
}

static int load_script(struct linux_binprm *bprm)
{
	char line[BINPRM_BUF_SIZE], *interp, *arg;
	int err;

	if (bprm->buf[0] != '#' || bprm->buf[1] != '!')
		return -ENOEXEC;
	/* A script may not be run by a script that is run by a script without end. */
	if (bprm->depth++ >= 4)
		return -ELOOP;
	strlcpy(line, bprm->buf + 2, sizeof(line));
	err = split_line(line, &interp, &arg);
	if (!err)
		err = change_args(bprm, interp, arg);
	if (!err)
		err = bprm_change_interp(bprm, interp);
	return err ? err : search_binary_handler(bprm);
}

static struct linux_binfmt script_format = {
	.load_binary = load_script,
};

static int __init init_script_binfmt(void)
{
	return register_binfmt(&script_format);
}
fs_initcall(init_script_binfmt);
