// SPDX-License-Identifier: GPL-2.0-only
/*
 * System V shared memory.
 *
 * A segment is a file of shmem, and attaching it is mapping that file.  The
 * mappings find their segment by the inode's number, which is the id.
 */
#include <linux/shm.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/shmem_fs.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include "util.h"

size_t shm_ctlmax = SHMMAX;
size_t shm_ctlall = SHMALL;
int shm_ctlmni = SHMMNI;

/* Pages of all segments. */
static int shm_tot;

static struct ipc_ids shm_ids;
static struct vm_operations_struct shm_vm_ops;
static const struct file_operations shm_file_operations;

#define shm_lock(id)	((struct shmid_kernel *)ipc_lock(&shm_ids, id))
#define shm_unlock(shp)	ipc_unlock(&(shp)->shm_perm)

static loff_t i_size_of(const struct file *file)
{
	return file->f_dentry->d_inode->i_size;
}

static int seg_pages(size_t size)
{
	return (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
}

/* With shm_ids.sem and the segment held; gives up the segment's lock. */
static void shm_destroy(struct shmid_kernel *shp)
{
	shm_tot -= seg_pages(shp->shm_segsz);
	ipc_rmid(&shm_ids, shp->id);
	shm_unlock(shp);
	shmem_lock(shp->shm_file, 0, shp->mlock_user);
	fput(shp->shm_file);
	ipc_rcu_putref(shp);
}

/* One mapping less; the last one takes a segment along that has been removed. */
static void shm_put(struct shmid_kernel *shp)
{
	shp->shm_nattch--;
	if (!shp->shm_nattch && shp->shm_perm.mode & SHM_DEST)
		shm_destroy(shp);
	else
		shm_unlock(shp);
}

/* A mapping is there: a new one, or in a new process, or half of an old one. */
static void shm_open(struct vm_area_struct *vma)
{
	struct shmid_kernel *shp = shm_lock(vma->vm_file->f_dentry->d_inode->i_ino);

	BUG_ON(!shp);
	shp->shm_atim = get_seconds();
	shp->shm_lprid = current->tgid;
	shp->shm_nattch++;
	shm_unlock(shp);
}

static void shm_close(struct vm_area_struct *vma)
{
	struct shmid_kernel *shp;

	down(&shm_ids.sem);
	shp = shm_lock(vma->vm_file->f_dentry->d_inode->i_ino);
	BUG_ON(!shp);
	shp->shm_lprid = current->tgid;
	shp->shm_dtim = get_seconds();
	shm_put(shp);
	up(&shm_ids.sem);
}

static int shm_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &shm_vm_ops;
	shm_open(vma);
	return 0;
}

static const struct file_operations shm_file_operations = {
	.mmap = shm_mmap,
};

static struct vm_operations_struct shm_vm_ops = {
	.open = shm_open,
	.close = shm_close,
	.nopage = shmem_nopage,
};

/* Gives a segment its id; returns it, or an error. */
static int shm_add(struct shmid_kernel *shp)
{
	int id = ipc_addid(&shm_ids, &shp->shm_perm, shm_ctlmni);

	if (id < 0)
		return -ENOSPC;
	shp->id = ipc_buildid(&shm_ids, id, shp->shm_perm.seq);
	shp->shm_file->f_dentry->d_inode->i_ino = shp->id;
	shp->shm_file->f_op = &shm_file_operations;
	shm_tot += seg_pages(shp->shm_segsz);
	id = shp->id;
	shm_unlock(shp);
	return id;
}

/* With shm_ids.sem held.  Returns the id, or an error. */
static int newseg(key_t key, int shmflg, size_t size)
{
	struct shmid_kernel *shp;
	char name[13];
	int error;

	if (size < SHMMIN || size > shm_ctlmax)
		return -EINVAL;
	if (shm_tot + seg_pages(size) > shm_ctlall)
		return -ENOSPC;
	shp = ipc_rcu_alloc(sizeof(*shp));
	if (!shp)
		return -ENOMEM;
	memset(shp, 0, sizeof(*shp));
	shp->shm_perm.key = key;
	shp->shm_perm.mode = shmflg & 0777;
	snprintf(name, sizeof(name), "SYSV%08x", key);
	shp->shm_file = shmem_file_setup(name, size, VM_ACCOUNT);
	error = PTR_ERR(shp->shm_file);
	if (IS_ERR(shp->shm_file))
		goto no_file;
	shp->shm_cprid = current->tgid;
	shp->shm_ctim = get_seconds();
	shp->shm_segsz = size;
	error = shm_add(shp);
	if (error >= 0)
		return error;
	fput(shp->shm_file);
no_file:
	ipc_rcu_putref(shp);
	return error;
}

/* The segment of a key that is in use. */
static int oldseg(int id, int shmflg, size_t size)
{
	struct shmid_kernel *shp;
	int ret;

	if ((shmflg & IPC_CREAT) && (shmflg & IPC_EXCL))
		return -EEXIST;
	shp = shm_lock(id);
	BUG_ON(!shp);
	if (shp->shm_segsz < size)
		ret = -EINVAL;
	else if (ipcperms(&shp->shm_perm, shmflg))
		ret = -EACCES;
	else
		ret = shp->id;
	shm_unlock(shp);
	return ret;
}

asmlinkage long sys_shmget(key_t key, size_t size, int shmflg)
{
	int id, ret;

	down(&shm_ids.sem);
	id = key == IPC_PRIVATE ? -1 : ipc_findkey(&shm_ids, key);
	if (id >= 0)
		ret = oldseg(id, shmflg, size);
	else if (key != IPC_PRIVATE && !(shmflg & IPC_CREAT))
		ret = -ENOENT;
	else
		ret = newseg(key, shmflg, size);
	up(&shm_ids.sem);
	return ret;
}

static long shmctl_ipc_info(struct shminfo64 __user *buf)
{
	struct shminfo64 info = {
		.shmmni = shm_ctlmni,
		.shmseg = shm_ctlmni,
		.shmmax = shm_ctlmax,
		.shmall = shm_ctlall,
		.shmmin = SHMMIN,
	};
	int max_id;

	down(&shm_ids.sem);
	max_id = ipc_get_maxid(&shm_ids);
	up(&shm_ids.sem);
	return copy_to_user(buf, &info, sizeof(info)) ? -EFAULT : max_id;
}

static long shmctl_shm_info(struct shm_info __user *buf)
{
	struct shm_info info = { .used_ids = 0 };
	struct shmid_kernel *shp;
	int i, max_id;

	down(&shm_ids.sem);
	info.used_ids = shm_ids.in_use;
	info.shm_tot = shm_tot;
	for (i = 0; i <= shm_ids.max_id; i++) {
		shp = (struct shmid_kernel *)ipc_get(&shm_ids, i);
		if (shp)
			info.shm_rss += shp->shm_file->f_mapping->nrpages;
	}
	max_id = ipc_get_maxid(&shm_ids);
	up(&shm_ids.sem);
	return copy_to_user(buf, &info, sizeof(info)) ? -EFAULT : max_id;
}

/* The segment with this id, or in this slot if @slot; locked. */
static struct shmid_kernel *shm_find(int id, int slot)
{
	struct shmid_kernel *shp = id < 0 ? NULL : shm_lock(id);

	if (!shp)
		return ERR_PTR(-EINVAL);
	if (slot || !ipc_checkid(&shm_ids, &shp->shm_perm, id))
		return shp;
	shm_unlock(shp);
	return ERR_PTR(-EIDRM);
}

static long shmctl_stat(int shmid, int cmd, struct shmid64_ds __user *buf)
{
	struct shmid64_ds out = { .shm_segsz = 0 };
	struct shmid_kernel *shp;
	int id;

	if (cmd == SHM_STAT && shmid >= shm_ids.entries->size)
		return -EINVAL;
	shp = shm_find(shmid, cmd == SHM_STAT);
	if (IS_ERR(shp))
		return PTR_ERR(shp);
	if (ipcperms(&shp->shm_perm, 0444)) {
		shm_unlock(shp);
		return -EACCES;
	}
	kernel_to_ipc64_perm(&shp->shm_perm, &out.shm_perm);
	out.shm_segsz = shp->shm_segsz;
	out.shm_atime = shp->shm_atim;
	out.shm_dtime = shp->shm_dtim;
	out.shm_ctime = shp->shm_ctim;
	out.shm_cpid = shp->shm_cprid;
	out.shm_lpid = shp->shm_lprid;
	out.shm_nattch = shp->shm_nattch;
	id = cmd == SHM_STAT ? shp->id : 0;
	shm_unlock(shp);
	return copy_to_user(buf, &out, sizeof(out)) ? -EFAULT : id;
}

/* Who may lock segments: root, and owners who may lock any memory at all. */
static int may_lock(const struct shmid_kernel *shp, int cmd)
{
	if (capable(CAP_IPC_LOCK))
		return 1;
	if (current->euid != shp->shm_perm.uid && current->euid != shp->shm_perm.cuid)
		return 0;
	return cmd == SHM_UNLOCK || current->signal->rlim[RLIMIT_MEMLOCK].rlim_cur;
}

/* With the segment held. */
static int shm_set_locked(struct shmid_kernel *shp, int cmd)
{
	struct user_struct *user = current->user;
	int err;

	if (!may_lock(shp, cmd))
		return -EPERM;
	if (cmd == SHM_UNLOCK) {
		shmem_lock(shp->shm_file, 0, shp->mlock_user);
		shp->shm_perm.mode &= ~SHM_LOCKED;
		shp->mlock_user = NULL;
		return 0;
	}
	err = shmem_lock(shp->shm_file, 1, user);
	if (!err) {
		shp->shm_perm.mode |= SHM_LOCKED;
		shp->mlock_user = user;
	}
	return err;
}

static long shmctl_lock(int shmid, int cmd)
{
	struct shmid_kernel *shp = shm_find(shmid, 0);
	long err;

	if (IS_ERR(shp))
		return PTR_ERR(shp);
	err = shm_set_locked(shp, cmd);
	shm_unlock(shp);
	return err;
}

static long shmctl_down(int shmid, int cmd, struct shmid64_ds __user *buf)
{
	struct shmid_kernel *shp;
	struct shmid64_ds in;
	long err;

	if (cmd == IPC_SET && copy_from_user(&in, buf, sizeof(in)))
		return -EFAULT;
	down(&shm_ids.sem);
	shp = shm_find(shmid, 0);
	err = PTR_ERR(shp);
	if (IS_ERR(shp))
		goto out_up;
	err = -EPERM;
	if (!ipc_owner(&shp->shm_perm))
		goto out_unlock;
	err = 0;
	if (cmd == IPC_SET) {
		ipc_update_perm(&in.shm_perm, &shp->shm_perm);
		shp->shm_ctim = get_seconds();
	} else if (shp->shm_nattch) {
		/* Nobody finds it any more, but those who have it keep it. */
		shp->shm_perm.mode |= SHM_DEST;
		shp->shm_perm.key = IPC_PRIVATE;
	} else {
		shm_destroy(shp);
		goto out_up;
	}
out_unlock:
	shm_unlock(shp);
out_up:
	up(&shm_ids.sem);
	return err;
}

asmlinkage long sys_shmctl(int shmid, int cmd, void __user *buf)
{
	if (cmd < 0 || shmid < 0)
		return -EINVAL;
	switch (cmd) {
	case IPC_INFO:
		return shmctl_ipc_info(buf);
	case SHM_INFO:
		return shmctl_shm_info(buf);
	case IPC_STAT:
	case SHM_STAT:
		return shmctl_stat(shmid, cmd, buf);
	case SHM_LOCK:
	case SHM_UNLOCK:
		return shmctl_lock(shmid, cmd);
	case IPC_SET:
	case IPC_RMID:
		return shmctl_down(shmid, cmd, buf);
	default:
		return -EINVAL;
	}
}

/* What the flags of shmat() mean for mmap() and for permissions. */
struct shmat_mode {
	unsigned long prot;
	unsigned long flags;
	int acc_mode;
};

static int shmat_mode(unsigned long *addr, int shmflg, struct shmat_mode *m)
{
	m->flags = MAP_SHARED;
	if (*addr) {
		if (*addr & (SHMLBA - 1) && shmflg & SHM_RND)
			*addr &= ~(SHMLBA - 1);
		if (*addr & ~PAGE_MASK)
			return -EINVAL;
		m->flags |= MAP_FIXED;
	} else if (shmflg & SHM_REMAP) {
		return -EINVAL;
	}
	m->prot = PROT_READ;
	m->acc_mode = S_IRUGO;
	if (!(shmflg & SHM_RDONLY)) {
		m->prot |= PROT_WRITE;
		m->acc_mode |= S_IWUGO;
	}
	if (shmflg & SHM_EXEC) {
		m->prot |= PROT_EXEC;
		m->acc_mode |= S_IXUGO;
	}
	return 0;
}

/* Maps the file of a segment that has been counted as attached. */
static unsigned long map_segment(struct file *file, unsigned long addr, unsigned long size,
				 int shmflg, const struct shmat_mode *m)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	unsigned long ret = -EINVAL;

	down_write(&mm->mmap_sem);
	vma = addr && !(shmflg & SHM_REMAP) ? find_vma(mm, addr) : NULL;
	if (addr + size >= addr && (!vma || vma->vm_start >= addr + size))
		ret = do_mmap(file, addr, size, m->prot, m->flags, 0);
	up_write(&mm->mmap_sem);
	return ret;
}

/**
 * do_shmat - attach a segment
 * @addr: where, or 0
 * @raddr: where it is afterwards
 */
static long do_shmat(int shmid, unsigned long addr, int shmflg, unsigned long *raddr)
{
	struct shmid_kernel *shp;
	struct shmat_mode mode;
	struct file *file;
	int err = shmid < 0 ? -EINVAL : shmat_mode(&addr, shmflg, &mode);

	if (err)
		return err;
	shp = shm_find(shmid, 0);
	if (IS_ERR(shp))
		return PTR_ERR(shp);
	if (ipcperms(&shp->shm_perm, mode.acc_mode)) {
		shm_unlock(shp);
		return -EACCES;
	}
	/* So that it stays while nothing of it is held. */
	shp->shm_nattch++;
	file = shp->shm_file;
	shm_unlock(shp);
	*raddr = map_segment(file, addr, i_size_of(file), shmflg, &mode);
	down(&shm_ids.sem);
	shp = shm_lock(shmid);
	BUG_ON(!shp);
	shm_put(shp);
	up(&shm_ids.sem);
	return IS_ERR_VALUE(*raddr) ? *raddr : 0;
}

asmlinkage long sys_shmat(int shmid, char __user *shmaddr, int shmflg)
{
	unsigned long ret = 0;
	long err = do_shmat(shmid, (__force unsigned long)shmaddr, shmflg, &ret);

	return err ? err : (long)ret;
}

/*
 * A segment's mapping may have been cut into pieces and partly unmapped: all
 * that is left of an attach at this address goes.
 */
asmlinkage long sys_shmdt(char __user *shmaddr)
{
	unsigned long addr = (__force unsigned long)shmaddr, size = 0;
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma, *next;
	struct file *file = NULL;
	int retval = -EINVAL;

	if (addr & ~PAGE_MASK)
		return -EINVAL;
	down_write(&mm->mmap_sem);
	for (vma = find_vma(mm, addr); vma; vma = next) {
		next = vma->vm_next;
		if (file && vma->vm_start - addr >= size)
			break;
		if (vma->vm_ops != &shm_vm_ops || (file && vma->vm_file != file) ||
		    (vma->vm_start - addr) >> PAGE_SHIFT != vma->vm_pgoff)
			continue;
		file = vma->vm_file;
		size = PAGE_ALIGN(i_size_of(file));
		retval = 0;
		do_munmap(mm, vma->vm_start, vma->vm_end - vma->vm_start);
	}
	up_write(&mm->mmap_sem);
	return retval;
}

static void __maybe_unused sysvipc_shm_proc_show(struct seq_file *s, void *it)
{
	struct shmid_kernel *shp = it;

	seq_printf(s, "%10d %10d  %4o %21lu %5u %5u  %5lu %5u %5u %5u %5u %10lu %10lu %10lu\n",
		   shp->shm_perm.key, shp->id, shp->shm_perm.mode, shp->shm_segsz,
		   shp->shm_cprid, shp->shm_lprid, shp->shm_nattch, shp->shm_perm.uid,
		   shp->shm_perm.gid, shp->shm_perm.cuid, shp->shm_perm.cgid,
		   shp->shm_atim, shp->shm_dtim, shp->shm_ctim);
}

static int __init shm_init(void)
{
	ipc_init_ids(&shm_ids, shm_ctlmni);
	ipc_init_proc_interface("shm",
				"       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime\n",
				&shm_ids, sysvipc_shm_proc_show);
	return 0;
}
subsys_initcall(shm_init);
