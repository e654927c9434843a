// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs of the model.  Their code is the scenario, which goes on after
 * execve(); what the kernel makes for them is memory: the arena for arguments
 * of system calls, the mapped beginning of the file, and a page with argv.
 */
#include <linux/binfmts.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <asm/user.h>

#define TEXT_START	0x00400000UL
#define ARGS_START	0x7ffffffde000UL

/* Maps exactly there, into the current task. */
static int map_at(struct file *file, unsigned long start, unsigned long size, unsigned long prot)
{
	unsigned long addr;

	down_write(&current->mm->mmap_sem);
	addr = do_mmap(file, start, size, prot,
		       MAP_PRIVATE | MAP_FIXED | (file ? 0 : MAP_ANONYMOUS), 0);
	up_write(&current->mm->mmap_sem);
	return addr == start ? 0 : (long)addr;
}

/**
 * user_memory - what every user task needs in its memory, also process 1
 */
int user_memory(void)
{
	current->mm->start_brk = USER_BRK;
	current->mm->brk = USER_BRK;
	return map_at(NULL, USER_ARENA, USER_ARENA_SIZE, PROT_READ | PROT_WRITE);
}

#define ELF_MAGIC	"\177ELF"

/**
 * user_program - the program that is there to be run, /bin/program
 *
 * What it does is up to the scenario.
 */
int user_program(void)
{
	mm_segment_t fs = get_fs();
	int fd, err;

	set_fs(KERNEL_DS);
	err = sys_mkdir((const char __force __user *)"/bin", 0755);
	fd = sys_open((const char __force __user *)"/bin/program", O_CREAT | O_WRONLY, 0755);
	if (!err)
		err = fd < 0 ? fd : 0;
	if (!err && sys_write(fd, (const char __force __user *)ELF_MAGIC, 4) != 4)
		err = -EIO;
	if (fd >= 0)
		sys_close(fd);
	set_fs(fs);
	return err;
}

/* As long as it is mapped somewhere, nobody writes to the program. */
static void text_open(struct vm_area_struct *vma)
{
	atomic_dec(&vma->vm_file->f_dentry->d_inode->i_writecount);
}

static void text_close(struct vm_area_struct *vma)
{
	allow_write_access(vma->vm_file);
}

static struct vm_operations_struct text_vm_ops = {
	.open = text_open,
	.close = text_close,
	.nopage = filemap_nopage,
};

static int map_text(struct file *file)
{
	int err = map_at(file, TEXT_START, PAGE_SIZE, PROT_READ | PROT_EXEC);
	struct vm_area_struct *vma;

	if (err)
		return err;
	vma = find_vma(current->mm, TEXT_START);
	vma->vm_ops = &text_vm_ops;
	text_open(vma);
	return 0;
}

static int put_argv(struct linux_binprm *bprm)
{
	struct mm_struct *mm = current->mm;
	int err = map_at(NULL, ARGS_START, PAGE_SIZE, PROT_READ | PROT_WRITE);

	if (err)
		return err;
	if (mm_copy(mm, ARGS_START, bprm->args, bprm->args_len, 1))
		return -ENOMEM;
	mm->arg_start = ARGS_START;
	mm->arg_end = ARGS_START + bprm->args_len;
	return 0;
}

static int load_host_binary(struct linux_binprm *bprm)
{
	int err;

	if (memcmp(bprm->buf, ELF_MAGIC, 4))
		return -ENOEXEC;
	err = flush_old_exec(bprm);
	if (err)
		return err;
	err = user_memory();
	if (!err)
		err = map_text(bprm->file);
	if (!err)
		err = put_argv(bprm);
	/* There is no old program any more that could hear of the error. */
	if (err)
		send_sig(SIGKILL, current, 0);
	return err;
}

static struct linux_binfmt host_format = {
	.load_binary = load_host_binary,
};

static int __init init_host_binfmt(void)
{
	return register_binfmt(&host_format);
}
fs_initcall(init_host_binfmt);
