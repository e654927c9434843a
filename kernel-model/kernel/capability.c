// SPDX-License-Identifier: GPL-2.0-only
/* Capabilities: who has which of the abilities that root's consist of. */
#include <linux/sched.h>
#include <linux/capability.h>
#include <linux/module.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* What no program gets by exec, not even root's. */
kernel_cap_t cap_bset = CAP_INIT_EFF_SET;

/* Sets of another task are changed by capset() only, and read by capget(). */
static DEFINE_SPINLOCK(task_capability_lock);

int capable(int cap)
{
	if (!cap_raised(current->cap_effective, cap))
		return 0;
	current->flags |= PF_SUPERPRIV;
	return 1;
}
EXPORT_SYMBOL(capable);

/**
 * cap_exec - the capabilities of a new program
 *
 * Root's programs get all that cap_bset lets through; others keep what both
 * the task and the program, which here has none, may inherit.
 */
void cap_exec(void)
{
	int is_root = !current->uid || !current->euid;

	current->cap_permitted = is_root ? CAP_FULL_SET & cap_bset : CAP_EMPTY_SET;
	current->cap_effective = current->euid ? CAP_EMPTY_SET : current->cap_permitted;
	current->keep_capabilities = 0;
}

/* Tells who asks which version this kernel knows. */
static int check_header(cap_user_header_t header, pid_t *pid)
{
	u32 version;

	if (get_user(version, &header->version))
		return -EFAULT;
	if (version != _LINUX_CAPABILITY_VERSION) {
		if (put_user(_LINUX_CAPABILITY_VERSION, &header->version))
			return -EFAULT;
		return -EINVAL;
	}
	return get_user(*pid, &header->pid);
}

asmlinkage long sys_capget(cap_user_header_t header, cap_user_data_t dataptr)
{
	struct __user_cap_data_struct data = { 0 };
	struct task_struct *target;
	pid_t pid;
	int ret = check_header(header, &pid);

	if (ret)
		return ret;
	if (pid < 0)
		return -EINVAL;
	spin_lock(&task_capability_lock);
	read_lock(&tasklist_lock);
	target = pid ? find_task_by_pid(pid) : current;
	if (target) {
		data.effective = target->cap_effective;
		data.inheritable = target->cap_inheritable;
		data.permitted = target->cap_permitted;
	} else {
		ret = -ESRCH;
	}
	read_unlock(&tasklist_lock);
	spin_unlock(&task_capability_lock);
	if (!ret && copy_to_user(dataptr, &data, sizeof(data)))
		ret = -EFAULT;
	return ret;
}

static int cap_issubset(kernel_cap_t a, kernel_cap_t set)
{
	return !(a & ~set);
}

static int cap_set(struct task_struct *target, const struct __user_cap_data_struct *data)
{
	if (!cap_issubset(data->inheritable,
			  target->cap_inheritable | current->cap_permitted) ||
	    !cap_issubset(data->permitted, target->cap_permitted | current->cap_permitted) ||
	    !cap_issubset(data->effective, data->permitted))
		return -EPERM;
	target->cap_effective = data->effective;
	target->cap_inheritable = data->inheritable;
	target->cap_permitted = data->permitted;
	return 0;
}

/* One who can be changed is enough for the others not to matter. */
static int cap_set_pg(pid_t pgrp, const struct __user_cap_data_struct *data)
{
	int ret = -EPERM, found = 0;
	struct task_struct *p;

	do_each_task_pid(pgrp, PIDTYPE_PGID, p) {
		found = 1;
		if (!cap_set(p, data))
			ret = 0;
	} while_each_task_pid(pgrp, PIDTYPE_PGID, p);
	return found ? ret : 0;
}

static int cap_set_all(const struct __user_cap_data_struct *data)
{
	struct task_struct *g, *p;
	int ret = -EPERM, found = 0;

	do_each_thread(g, p) {
		if (p == current || p->pid <= 1)
			continue;
		found = 1;
		if (!cap_set(p, data))
			ret = 0;
	} while_each_thread(g, p);
	return found ? ret : 0;
}

/**
 * sys_capset - change the capabilities of a process
 * @header: whose: 0 for the caller, a number, -1 for all but the caller and
 *	init, less than that for a group
 * @dataptr: the three sets
 */
asmlinkage long sys_capset(cap_user_header_t header, const cap_user_data_t dataptr)
{
	struct __user_cap_data_struct data;
	struct task_struct *target;
	pid_t pid;
	int ret = check_header(header, &pid);

	if (ret)
		return ret;
	if (pid && pid != current->pid && !capable(CAP_SETPCAP))
		return -EPERM;
	if (copy_from_user(&data, dataptr, sizeof(data)))
		return -EFAULT;
	spin_lock(&task_capability_lock);
	read_lock(&tasklist_lock);
	if (pid == -1) {
		ret = cap_set_all(&data);
	} else if (pid < 0) {
		ret = cap_set_pg(-pid, &data);
	} else {
		target = pid ? find_task_by_pid(pid) : current;
		ret = target ? cap_set(target, &data) : -ESRCH;
	}
	read_unlock(&tasklist_lock);
	spin_unlock(&task_capability_lock);
	return ret;
}
