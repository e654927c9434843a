// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who a process is, what it may use and what it has used; groups and sessions;
 * the names of the machine.
 */
#include <linux/sched.h>
#include <linux/file.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/prctl.h>
#include <linux/reboot.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/times.h>
#include <linux/uaccess.h>
#include <linux/utsname.h>
#include <linux/workqueue.h>
#include <asm/setup.h>

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

/* Priorities. */

static int set_one_prio(struct task_struct *p, int niceval, int error)
{
	if (p->uid != current->euid && p->euid != current->euid && !capable(CAP_SYS_NICE))
		return -EPERM;
	if (niceval < task_nice(p) && !can_nice(p, niceval))
		return -EACCES;
	set_user_nice(p, niceval);
	return error == -ESRCH ? 0 : error;
}

/* Whom setpriority() and getpriority() are about, one after the other. */
static struct task_struct *prio_task(int which, int who, struct task_struct *last)
{
	struct task_struct *p, *g;

	switch (which) {
	case PRIO_PROCESS:
		return last ? NULL : who ? find_task_by_pid(who) : current;
	case PRIO_PGRP:
		if (last)
			p = pid_task(last->pids[PIDTYPE_PGID].pid_list.next, PIDTYPE_PGID);
		else
			p = find_task_by_pid_type(PIDTYPE_PGID,
						  who ? who : process_group(current));
		/* Back at the one in the hash, the list is through. */
		return last && !hlist_unhashed(&p->pids[PIDTYPE_PGID].pid_chain) ? NULL : p;
	default:
		do_each_thread(g, p) {
			if (last) {
				last = p == last ? NULL : last;
				continue;
			}
			if (p->uid == (who ? (uid_t)who : current->uid))
				return p;
		} while_each_thread(g, p);
		return NULL;
	}
}

asmlinkage long sys_setpriority(int which, int who, int niceval)
{
	struct task_struct *p = NULL;
	int error = -ESRCH;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	niceval = max(PRIO_MIN, min(PRIO_MAX - 1, niceval));
	read_lock(&tasklist_lock);
	while ((p = prio_task(which, who, p)) != NULL)
		error = set_one_prio(p, niceval, error);
	read_unlock(&tasklist_lock);
	return error;
}

/* The best of them, from 40 for the most urgent to 1: negative would be errors. */
asmlinkage long sys_getpriority(int which, int who)
{
	struct task_struct *p = NULL;
	long retval = -ESRCH;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	read_lock(&tasklist_lock);
	while ((p = prio_task(which, who, p)) != NULL)
		retval = max(retval, 20L - task_nice(p));
	read_unlock(&tasklist_lock);
	return retval;
}

/* The end of the machine. */

int cad_pid = 1;	/* who gets SIGINT for Ctrl-Alt-Del */
static int C_A_D = 1;	/* or rather restart at once */

static void deferred_cad(void *unused)
{
	machine_restart();
}

/**
 * ctrl_alt_del - somebody pressed the three keys
 *
 * May be called from an interrupt.
 */
void ctrl_alt_del(void)
{
	static DECLARE_WORK(cad_work, deferred_cad, NULL);

	if (C_A_D)
		schedule_work(&cad_work);
	else
		kill_proc(cad_pid, SIGINT, 1);
}

asmlinkage long sys_reboot(int magic1, int magic2, unsigned int cmd, void __user *arg)
{
	if (!capable(CAP_SYS_BOOT))
		return -EPERM;
	if ((unsigned int)magic1 != LINUX_REBOOT_MAGIC1 ||
	    (magic2 != LINUX_REBOOT_MAGIC2 && magic2 != LINUX_REBOOT_MAGIC2A &&
	     magic2 != LINUX_REBOOT_MAGIC2B && magic2 != LINUX_REBOOT_MAGIC2C))
		return -EINVAL;
	switch (cmd) {
	case LINUX_REBOOT_CMD_RESTART:
		machine_restart();
		break;
	case LINUX_REBOOT_CMD_HALT:
	case LINUX_REBOOT_CMD_POWER_OFF:
		machine_power_off();
		break;
	case LINUX_REBOOT_CMD_CAD_ON:
		C_A_D = 1;
		break;
	case LINUX_REBOOT_CMD_CAD_OFF:
		C_A_D = 0;
		break;
	default:
		return -EINVAL;
	}
	return 0;
}

/* Groups that a process belongs to. */

void groups_free(struct group_info *info)
{
	kfree(info);
}

static int groups_search(const struct group_info *info, gid_t grp)
{
	int i;

	for (i = 0; i < info->ngroups; i++)
		if (info->small_block[i] == grp)
			return 1;
	return 0;
}

/* By the identity for files, and by the effective one. */
int in_group_p(gid_t grp)
{
	return grp == current->fsgid || groups_search(current->group_info, grp);
}
EXPORT_SYMBOL(in_group_p);

int in_egroup_p(gid_t grp)
{
	return grp == current->egid || groups_search(current->group_info, grp);
}
EXPORT_SYMBOL(in_egroup_p);

static void groups_sort(struct group_info *info)
{
	int i, j;

	for (i = 1; i < info->ngroups; i++) {
		gid_t gid = info->small_block[i];

		for (j = i; j && info->small_block[j - 1] > gid; j--)
			info->small_block[j] = info->small_block[j - 1];
		info->small_block[j] = gid;
	}
}

asmlinkage long sys_getgroups(int gidsetsize, gid_t __user *grouplist)
{
	const struct group_info *info = current->group_info;
	int n = info->ngroups;

	if (gidsetsize < 0)
		return -EINVAL;
	if (!gidsetsize)
		return n;
	if (n > gidsetsize)
		return -EINVAL;
	return copy_to_user(grouplist, info->small_block, n * sizeof(gid_t)) ? -EFAULT : n;
}

asmlinkage long sys_setgroups(int gidsetsize, gid_t __user *grouplist)
{
	struct group_info *info, *old = current->group_info;

	if (!capable(CAP_SETGID))
		return -EPERM;
	if ((unsigned int)gidsetsize > NGROUPS_MAX)
		return -EINVAL;
	info = kmalloc(sizeof(*info), GFP_KERNEL);
	if (!info)
		return -ENOMEM;
	atomic_set(&info->usage, 1);
	info->ngroups = gidsetsize;
	if (copy_from_user(info->small_block, grouplist, gidsetsize * sizeof(gid_t))) {
		kfree(info);
		return -EFAULT;
	}
	groups_sort(info);
	task_lock(current);
	current->group_info = info;
	task_unlock(current);
	put_group_info(old);
	return 0;
}

/* User and group ids: real, effective, saved, and for files. */

static void changed_ids(int changed)
{
	if (changed && current->mm)
		current->mm->dumpable = 0;
}

/* Root's abilities leave with the last id that is root's. */
static void cap_emulate_setxuid(uid_t old_ruid, uid_t old_euid, uid_t old_suid)
{
	if ((!old_ruid || !old_euid || !old_suid) && current->uid && current->euid &&
	    current->suid && !current->keep_capabilities) {
		cap_clear(current->cap_permitted);
		cap_clear(current->cap_effective);
	}
	if (!old_euid && current->euid)
		cap_clear(current->cap_effective);
	if (old_euid && !current->euid)
		current->cap_effective = current->cap_permitted;
}

static int set_user(uid_t new_ruid)
{
	struct user_struct *new_user = alloc_uid(new_ruid);

	if (!new_user)
		return -EAGAIN;
	if ((unsigned long)atomic_read(&new_user->processes) >=
	    current->signal->rlim[RLIMIT_NPROC].rlim_cur && new_user != INIT_USER) {
		free_uid(new_user);
		return -EAGAIN;
	}
	switch_uid(new_user);
	current->uid = new_ruid;
	return 0;
}

static int set_ids(uid_t ruid, uid_t euid, uid_t suid)
{
	uid_t old_ruid = current->uid, old_euid = current->euid, old_suid = current->suid;

	if (ruid != old_ruid && set_user(ruid) < 0)
		return -EAGAIN;
	changed_ids(euid != old_euid);
	current->euid = euid;
	current->fsuid = euid;
	current->suid = suid;
	cap_emulate_setxuid(old_ruid, old_euid, old_suid);
	return 0;
}

static void set_gids(gid_t rgid, gid_t egid, gid_t sgid)
{
	changed_ids(egid != current->egid);
	current->gid = rgid;
	current->egid = egid;
	current->fsgid = egid;
	current->sgid = sgid;
}

#define UNCHANGED ((uid_t)-1)

asmlinkage long sys_setuid(uid_t uid)
{
	if (capable(CAP_SETUID))
		return set_ids(uid, uid, uid);
	if (uid != current->uid && uid != current->suid)
		return -EPERM;
	return set_ids(current->uid, uid, current->suid);
}

asmlinkage long sys_setgid(gid_t gid)
{
	if (capable(CAP_SETGID))
		set_gids(gid, gid, gid);
	else if (gid == current->gid || gid == current->sgid)
		set_gids(current->gid, gid, current->sgid);
	else
		return -EPERM;
	return 0;
}

asmlinkage long sys_setreuid(uid_t ruid, uid_t euid)
{
	uid_t new_ruid = ruid == UNCHANGED ? current->uid : ruid;
	uid_t new_euid = euid == UNCHANGED ? current->euid : euid;
	uid_t new_suid = current->suid;

	if (new_ruid != current->uid && new_ruid != current->euid && !capable(CAP_SETUID))
		return -EPERM;
	if (new_euid != current->uid && new_euid != current->euid &&
	    new_euid != current->suid && !capable(CAP_SETUID))
		return -EPERM;
	if (ruid != UNCHANGED || (euid != UNCHANGED && euid != current->uid))
		new_suid = new_euid;
	return set_ids(new_ruid, new_euid, new_suid);
}

asmlinkage long sys_setregid(gid_t rgid, gid_t egid)
{
	gid_t new_rgid = rgid == UNCHANGED ? current->gid : rgid;
	gid_t new_egid = egid == UNCHANGED ? current->egid : egid;
	gid_t new_sgid = current->sgid;

	if (new_rgid != current->gid && new_rgid != current->egid && !capable(CAP_SETGID))
		return -EPERM;
	if (new_egid != current->gid && new_egid != current->egid &&
	    new_egid != current->sgid && !capable(CAP_SETGID))
		return -EPERM;
	if (rgid != UNCHANGED || (egid != UNCHANGED && egid != current->gid))
		new_sgid = new_egid;
	set_gids(new_rgid, new_egid, new_sgid);
	return 0;
}

static int own_uid(uid_t uid)
{
	return uid == UNCHANGED || uid == current->uid || uid == current->euid ||
	       uid == current->suid;
}

static int own_gid(gid_t gid)
{
	return gid == UNCHANGED || gid == current->gid || gid == current->egid ||
	       gid == current->sgid;
}

asmlinkage long sys_setresuid(uid_t ruid, uid_t euid, uid_t suid)
{
	if (!(own_uid(ruid) && own_uid(euid) && own_uid(suid)) && !capable(CAP_SETUID))
		return -EPERM;
	return set_ids(ruid == UNCHANGED ? current->uid : ruid,
		       euid == UNCHANGED ? current->euid : euid,
		       suid == UNCHANGED ? current->suid : suid);
}

asmlinkage long sys_setresgid(gid_t rgid, gid_t egid, gid_t sgid)
{
	if (!(own_gid(rgid) && own_gid(egid) && own_gid(sgid)) && !capable(CAP_SETGID))
		return -EPERM;
	set_gids(rgid == UNCHANGED ? current->gid : rgid,
		 egid == UNCHANGED ? current->egid : egid,
		 sgid == UNCHANGED ? current->sgid : sgid);
	return 0;
}

static long put_ids(uid_t __user *r, uid_t __user *e, uid_t __user *s, uid_t ruid, uid_t euid,
		    uid_t suid)
{
	return put_user(ruid, r) || put_user(euid, e) || put_user(suid, s) ? -EFAULT : 0;
}

asmlinkage long sys_getresuid(uid_t __user *ruid, uid_t __user *euid, uid_t __user *suid)
{
	return put_ids(ruid, euid, suid, current->uid, current->euid, current->suid);
}

asmlinkage long sys_getresgid(gid_t __user *rgid, gid_t __user *egid, gid_t __user *sgid)
{
	return put_ids(rgid, egid, sgid, current->gid, current->egid, current->sgid);
}

/* Both return the old id, whether they could change it or not. */
asmlinkage long sys_setfsuid(uid_t uid)
{
	uid_t old = current->fsuid;

	if (uid != old && !own_uid(uid) && !capable(CAP_SETUID))
		return old;
	changed_ids(uid != old);
	current->fsuid = uid;
	if (!old && uid)
		current->cap_effective &= ~CAP_FS_MASK;
	if (old && !uid)
		current->cap_effective |= current->cap_permitted & CAP_FS_MASK;
	return old;
}

asmlinkage long sys_setfsgid(gid_t gid)
{
	gid_t old = current->fsgid;

	if (gid == old || own_gid(gid) || capable(CAP_SETGID)) {
		changed_ids(gid != old);
		current->fsgid = gid;
	}
	return old;
}

asmlinkage long sys_prctl(int option, unsigned long arg2)
{
	switch (option) {
	case PR_SET_PDEATHSIG:
		if (!valid_signal(arg2))
			return -EINVAL;
		current->pdeath_signal = arg2;
		return 0;
	case PR_GET_PDEATHSIG:
		return put_user(current->pdeath_signal, (int __user *)arg2);
	case PR_GET_DUMPABLE:
		return current->mm ? current->mm->dumpable : 0;
	case PR_SET_DUMPABLE:
		if (arg2 > 1)
			return -EINVAL;
		if (current->mm)
			current->mm->dumpable = arg2;
		return 0;
	case PR_GET_KEEPCAPS:
		return current->keep_capabilities;
	case PR_SET_KEEPCAPS:
		if (arg2 > 1)
			return -EINVAL;
		current->keep_capabilities = arg2;
		return 0;
	}
	return -EINVAL;
}

/* Groups and sessions of processes. */

static int session_has_pgrp(pid_t session, pid_t pgid)
{
	struct task_struct *p;

	do_each_task_pid(pgid, PIDTYPE_PGID, p) {
		if (p->signal->session == session)
			return 1;
	} while_each_task_pid(pgid, PIDTYPE_PGID, p);
	return 0;
}

/* For itself a process may do it, and for children that have not called exec. */
static int may_setpgid(struct task_struct *p, struct task_struct *leader, pid_t pgid)
{
	if (!p)
		return -ESRCH;
	if (!thread_group_leader(p))
		return -EINVAL;
	if (p->real_parent->group_leader == leader) {
		if (p->signal->session != leader->signal->session)
			return -EPERM;
		if (p->did_exec)
			return -EACCES;
	} else if (p != leader) {
		return -ESRCH;
	}
	if (p->signal->leader)
		return -EPERM;
	return pgid == p->pid || session_has_pgrp(leader->signal->session, pgid) ? 0 : -EPERM;
}

asmlinkage long sys_setpgid(pid_t pid, pid_t pgid)
{
	struct task_struct *leader = current->group_leader, *p;
	int err;

	if (!pid)
		pid = leader->pid;
	if (!pgid)
		pgid = pid;
	if (pgid < 0)
		return -EINVAL;
	write_lock_irq(&tasklist_lock);
	p = find_task_by_pid(pid);
	err = may_setpgid(p, leader, pgid);
	if (!err && process_group(p) != pgid) {
		detach_pid(p, PIDTYPE_PGID);
		p->signal->pgrp = pgid;
		attach_pid(p, PIDTYPE_PGID, pgid);
	}
	write_unlock_irq(&tasklist_lock);
	return err;
}

static long id_of(pid_t pid, int want_session)
{
	struct task_struct *p;
	long retval = -ESRCH;

	read_lock(&tasklist_lock);
	p = pid ? find_task_by_pid(pid) : current;
	if (p)
		retval = want_session ? p->signal->session : process_group(p);
	read_unlock(&tasklist_lock);
	return retval;
}

asmlinkage long sys_getpgid(pid_t pid)
{
	return id_of(pid, 0);
}

asmlinkage long sys_getpgrp(void)
{
	return process_group(current);
}

asmlinkage long sys_getsid(pid_t pid)
{
	return id_of(pid, 1);
}

asmlinkage long sys_setsid(void)
{
	struct task_struct *leader = current->group_leader;
	long err = -EPERM;

	write_lock_irq(&tasklist_lock);
	/* The number must not be that of a group in another session. */
	if (!leader->signal->leader && !find_pid(PIDTYPE_PGID, leader->pid)) {
		leader->signal->leader = 1;
		__set_special_pids(leader->pid, leader->pid);
		leader->signal->tty = NULL;
		leader->signal->tty_old_pgrp = 0;
		err = process_group(leader);
	}
	write_unlock_irq(&tasklist_lock);
	return err;
}

/* Limits and what has been used. */

asmlinkage long sys_getrlimit(unsigned int resource, struct rlimit __user *rlim)
{
	struct rlimit value;

	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	task_lock(current->group_leader);
	value = current->signal->rlim[resource];
	task_unlock(current->group_leader);
	return copy_to_user(rlim, &value, sizeof(*rlim)) ? -EFAULT : 0;
}

asmlinkage long sys_setrlimit(unsigned int resource, struct rlimit __user *rlim)
{
	struct rlimit new_rlim, *old_rlim;

	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	if (copy_from_user(&new_rlim, rlim, sizeof(*rlim)))
		return -EFAULT;
	if (new_rlim.rlim_cur > new_rlim.rlim_max)
		return -EINVAL;
	old_rlim = current->signal->rlim + resource;
	if (new_rlim.rlim_max > old_rlim->rlim_max && !capable(CAP_SYS_RESOURCE))
		return -EPERM;
	if (resource == RLIMIT_NOFILE && new_rlim.rlim_max > NR_OPEN)
		return -EPERM;
	task_lock(current->group_leader);
	*old_rlim = new_rlim;
	task_unlock(current->group_leader);
	return 0;
}

static void k_getrusage(struct task_struct *p, int who, struct rusage *r)
{
	struct signal_struct *sig = p->signal;
	unsigned long utime = 0, stime = 0;
	struct task_struct *t = p;

	memset(r, 0, sizeof(*r));
	if (who != RUSAGE_SELF) {
		utime = sig->cutime;
		stime = sig->cstime;
		r->ru_nvcsw = sig->cnvcsw;
		r->ru_nivcsw = sig->cnivcsw;
	}
	if (who != RUSAGE_CHILDREN) {
		utime += sig->utime;
		stime += sig->stime;
		r->ru_nvcsw += sig->nvcsw;
		r->ru_nivcsw += sig->nivcsw;
		do {
			utime += t->utime;
			stime += t->stime;
			r->ru_nvcsw += t->nvcsw;
			r->ru_nivcsw += t->nivcsw;
			t = next_thread(t);
		} while (t != p);
	}
	jiffies_to_timeval(utime, &r->ru_utime);
	jiffies_to_timeval(stime, &r->ru_stime);
}

int getrusage(struct task_struct *p, int who, struct rusage __user *ru)
{
	struct rusage r;

	read_lock(&tasklist_lock);
	k_getrusage(p, who, &r);
	read_unlock(&tasklist_lock);
	return copy_to_user(ru, &r, sizeof(r)) ? -EFAULT : 0;
}

asmlinkage long sys_getrusage(int who, struct rusage __user *ru)
{
	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN)
		return -EINVAL;
	return getrusage(current, who, ru);
}

asmlinkage long sys_times(struct tms __user *tbuf)
{
	struct signal_struct *sig = current->signal;
	struct task_struct *t = current;
	struct tms tmp;
	unsigned long utime = sig->utime, stime = sig->stime;

	if (!tbuf)
		return jiffies_64_to_clock_t(get_jiffies_64());
	read_lock(&tasklist_lock);
	do {
		utime += t->utime;
		stime += t->stime;
		t = next_thread(t);
	} while (t != current);
	tmp.tms_utime = jiffies_to_clock_t(utime);
	tmp.tms_stime = jiffies_to_clock_t(stime);
	tmp.tms_cutime = jiffies_to_clock_t(sig->cutime);
	tmp.tms_cstime = jiffies_to_clock_t(sig->cstime);
	read_unlock(&tasklist_lock);
	if (copy_to_user(tbuf, &tmp, sizeof(tmp)))
		return -EFAULT;
	return jiffies_64_to_clock_t(get_jiffies_64());
}
