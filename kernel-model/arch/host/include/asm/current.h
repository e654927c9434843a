/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

struct task_struct;

extern struct task_struct *current_task;

#define current current_task

#endif /* _ASM_CURRENT_H */
