// SPDX-License-Identifier: GPL-2.0-only
#include <linux/sched.h>
#include <linux/module.h>

struct user_struct root_user = {
	.__count = ATOMIC_INIT(1),
	.processes = ATOMIC_INIT(1),
	.uidhash_list = LIST_HEAD_INIT(root_user.uidhash_list),
};
