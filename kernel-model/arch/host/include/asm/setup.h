/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_SETUP_H
#define _ASM_SETUP_H

/* What process 1 does after boot, by os_request.mode; its exit code. */
int run_user_mode(void);

/* arch/host/bench.c */
int bench_run(const char *name);

/* arch/host/scenario.c: prepares a scenario, or does the next thing in it. */
int scenario_main(void);
int scenario_idle(void);

/* The machine stops, or would start anew. */
void machine_restart(void) __noreturn;
void machine_power_off(void) __noreturn;

#endif /* _ASM_SETUP_H */
