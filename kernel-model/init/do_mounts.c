// SPDX-License-Identifier: GPL-2.0-only
/*
 * The first directories, devices and mounts.  As on a real machine, the root
 * that user mode sees is mounted over the one that the kernel began with.
 */
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* Process 1 is a kernel thread yet, so kernel pointers will do. */
#define U(s)	((const char __force __user *)(s))

static void __init must(long err, const char *what)
{
	if (err)
		panic("cannot make %s: error %ld", what, err);
}

static void __init mount_root(void)
{
	must(sys_mkdir(U("/root"), 0700), "/root");
	must(do_mount("root", "/root", "ramfs", 0, NULL), "the root file system");
	must(sys_chdir(U("/root")), "the root file system");
	must(do_mount(".", "/", NULL, MS_MOVE, NULL), "the root file system");
	must(sys_chroot(U(".")), "the root file system");
}

static void __init make_device(const char *name, int mode, unsigned int major, unsigned int minor)
{
	must(sys_mknod(U(name), S_IFCHR | mode, new_encode_dev(MKDEV(major, minor))), name);
}

static void __init make_devices(void)
{
	must(sys_mkdir(U("/dev"), 0755), "/dev");
	make_device("/dev/null", 0666, MEM_MAJOR, 3);
	make_device("/dev/zero", 0666, MEM_MAJOR, 5);
	make_device("/dev/full", 0666, MEM_MAJOR, 7);
	make_device("/dev/tty", 0666, TTYAUX_MAJOR, 0);
	make_device("/dev/console", 0600, TTYAUX_MAJOR, 1);
	make_device("/dev/ptmx", 0666, TTYAUX_MAJOR, 2);
	must(sys_mkdir(U("/dev/pts"), 0755), "/dev/pts");
#ifdef CONFIG_UNIX98_PTYS
	must(do_mount("devpts", "/dev/pts", "devpts", 0, NULL), "/dev/pts");
#endif
}

/**
 * prepare_namespace - what process 1 finds
 */
void __init prepare_namespace(void)
{
	int umask = sys_umask(0);

	mount_root();
	make_devices();
	must(sys_mkdir(U("/proc"), 0555), "/proc");
#ifdef CONFIG_PROC_FS
	must(do_mount("proc", "/proc", "proc", 0, NULL), "/proc");
#endif
	must(sys_mkdir(U("/tmp"), 0755), "/tmp");
	sys_umask(umask);
}
