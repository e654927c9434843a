/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_USER_H
#define _ASM_USER_H

struct scn_task;

#ifdef CONFIG_SCENARIO
/* The body of a user task: takes calls from the scenario and makes them. */
int user_mode(void *unused);
void user_start(struct scn_task *user);
void user_exit(struct scn_task *user);

/* arch/host/binfmt.c */
int user_memory(void);
int user_program(void);
#else
static inline int user_mode(void *unused)
{
	return 0;
}

static inline void user_exit(struct scn_task *user)
{
}
#endif

/* Where arguments of system calls lie in the address space of a user task. */
#define USER_ARENA	0x10000000UL
#define USER_ARENA_SIZE	(32 * 6 * 4096UL)	/* tasks, arguments, bytes of each */

#define USER_BRK	0x18000000UL

#endif /* _ASM_USER_H */
