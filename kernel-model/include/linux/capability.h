/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CAPABILITY_H
#define _LINUX_CAPABILITY_H

#include <linux/types.h>

typedef u32 kernel_cap_t;

#define _LINUX_CAPABILITY_VERSION	0x19980330

struct __user_cap_header_struct {
	u32 version;
	int pid;
};

struct __user_cap_data_struct {
	u32 effective;
	u32 permitted;
	u32 inheritable;
};

typedef struct __user_cap_header_struct __user *cap_user_header_t;
typedef struct __user_cap_data_struct __user *cap_user_data_t;

extern kernel_cap_t cap_bset;

#define CAP_CHOWN		0
#define CAP_DAC_OVERRIDE	1
#define CAP_DAC_READ_SEARCH	2
#define CAP_FOWNER		3
#define CAP_FSETID		4
#define CAP_KILL		5
#define CAP_SETGID		6
#define CAP_SETUID		7
#define CAP_SETPCAP		8
#define CAP_LINUX_IMMUTABLE	9
#define CAP_NET_BIND_SERVICE	10
#define CAP_NET_BROADCAST	11
#define CAP_NET_ADMIN		12
#define CAP_NET_RAW		13
#define CAP_IPC_LOCK		14
#define CAP_IPC_OWNER		15
#define CAP_SYS_MODULE		16
#define CAP_SYS_RAWIO		17
#define CAP_SYS_CHROOT		18
#define CAP_SYS_PTRACE		19
#define CAP_SYS_PACCT		20
#define CAP_SYS_ADMIN		21
#define CAP_SYS_BOOT		22
#define CAP_SYS_NICE		23
#define CAP_SYS_RESOURCE	24
#define CAP_SYS_TIME		25
#define CAP_SYS_TTY_CONFIG	26
#define CAP_MKNOD		27
#define CAP_LEASE		28

#define CAP_TO_MASK(x)		(1u << (x))
#define CAP_EMPTY_SET		0u
#define CAP_FULL_SET		(~0u)
#define CAP_INIT_EFF_SET	(~0u & ~CAP_TO_MASK(CAP_SETPCAP))
#define CAP_INIT_INH_SET	0u

/* What goes with the uid for files. */
#define CAP_FS_MASK	0x1f

#define cap_raise(c, flag)	((c) |= CAP_TO_MASK(flag))
#define cap_lower(c, flag)	((c) &= ~CAP_TO_MASK(flag))
#define cap_raised(c, flag)	((c) & CAP_TO_MASK(flag))
#define cap_clear(c)		((c) = CAP_EMPTY_SET)

int capable(int cap);
void cap_exec(void);

#endif /* _LINUX_CAPABILITY_H */
