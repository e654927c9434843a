// SPDX-License-Identifier: GPL-2.0-only
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/utsname.h>
#include <linux/string.h>
#include <linux/module.h>

DECLARE_RWSEM(uts_sem);

asmlinkage long sys_newuname(struct new_utsname __user *name)
{
	int errno = 0;

	down_read(&uts_sem);
	if (copy_to_user(name, &system_utsname, sizeof(*name)))
		errno = -EFAULT;
	up_read(&uts_sem);
	return errno;
}

static long set_uts_field(char *field, char __user *name, int len)
{
	char tmp[__NEW_UTS_LEN];
	long errno = -EFAULT;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (len < 0 || len > __NEW_UTS_LEN)
		return -EINVAL;
	down_write(&uts_sem);
	if (!copy_from_user(tmp, name, len)) {
		memcpy(field, tmp, len);
		field[len] = 0;
		errno = 0;
	}
	up_write(&uts_sem);
	return errno;
}

asmlinkage long sys_sethostname(char __user *name, int len)
{
	return set_uts_field(system_utsname.nodename, name, len);
}

asmlinkage long sys_setdomainname(char __user *name, int len)
{
	return set_uts_field(system_utsname.domainname, name, len);
}

asmlinkage long sys_gethostname(char __user *name, int len)
{
	int i, errno = 0;

	if (len < 0)
		return -EINVAL;
	down_read(&uts_sem);
	i = 1 + strlen(system_utsname.nodename);
	if (copy_to_user(name, system_utsname.nodename, min(i, len)))
		errno = -EFAULT;
	up_read(&uts_sem);
	return errno;
}

asmlinkage long sys_getpid(void)
{
	return current->tgid;
}

asmlinkage long sys_gettid(void)
{
	return current->pid;
}

asmlinkage long sys_getppid(void)
{
	pid_t pid;

	read_lock(&tasklist_lock);
	pid = current->group_leader->real_parent->tgid;
	read_unlock(&tasklist_lock);
	return pid;
}

asmlinkage long sys_sched_yield(void)
{
	yield();
	return 0;
}

int capable(int cap)
{
	if (!cap_raised(current->cap_effective, cap))
		return 0;
	current->flags |= PF_SUPERPRIV;
	return 1;
}
EXPORT_SYMBOL(capable);

/* Is the group one of the caller's, for calls that look at the effective one? */
int in_egroup_p(gid_t grp)
{
	const struct group_info *info = current->group_info;
	int i;

	if (grp == current->egid)
		return 1;
	for (i = 0; info && i < info->ngroups; i++)
		if (info->small_block[i] == grp)
			return 1;
	return 0;
}
EXPORT_SYMBOL(in_egroup_p);

void groups_free(struct group_info *info)
{
}

int getrusage(struct task_struct *p, int who, struct rusage __user *ru)
{
	return 0;
}
