// SPDX-License-Identifier: GPL-2.0-only
/* Plays one scenario: waits until all tasks sleep, tells, takes a line. */
#include <errno.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "hostrun.h"

struct cell *cells;

static const char *scenario_name;
static int trace;			/* where it is written */
static pid_t init_pid;
static int cell_signals[SCN_TASKS];	/* how many have been told */
static pid_t outer[SCN_TASKS];		/* numbers of the tasks as seen here */

#define POLL_NS		100000L
#define QUIET_NS	400000L		/* softirqs may still be about to wake somebody */
#define DEEP_TRIES	10000		/* times POLL_NS: a long uninterruptible sleep */
#define PATIENCE_MS	20000		/* longer than any scenario waits for a timer */

static void nap(long ns)
{
	struct timespec ts = { ns / 1000000000, ns % 1000000000 };

	nanosleep(&ts, NULL);
}

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Calls that no namespace confines are made where the whole machine is ours. */
static const char *const machine_calls[] = {
	"reboot", "settimeofday", "swapoff", "swapon", "syslog",
};

static int has_call(const char *name)
{
	unsigned long i;

	for (i = 0; !own_machine && i < ARRAY_SIZE(machine_calls); i++)
		if (!strcmp(machine_calls[i], name))
			return 0;
	return call_number(name) >= 0;
}

static int has_capability(int cap)
{
	return prctl(PR_CAPBSET_READ, cap, 0, 0, 0) == 1;
}

/* Kernels that people run have most of what the model can leave out. */
static int has_option(const char *name)
{
	if (!strcmp(name, "DUMMY"))
		return net_has_dummy();
	if (!strcmp(name, "IP_NF_FILTER"))
		return net_has_filter();
	return 1;
}

static void print(const char *text, unsigned long len)
{
	while (len) {
		long n = write(trace, text, len);

		if (n <= 0)
			die("cannot write the trace: %s", strerror(errno));
		text += n;
		len -= n;
	}
}

/* Ends this process, and with init all tasks. */
static void __noreturn leave(int status)
{
	if (init_pid > 0) {
		kill(init_pid, SIGKILL);
		waitpid(init_pid, NULL, 0);
	}
	exit(status);
}

static void give_up(int line, const char *why)
{
	fprintf(stderr, "%s:%d: %s\n", scenario_name, line, why);
	leave(2);
}

static void put_args(struct cell *cell, struct scn_task *t)
{
	int i, r = 0;

	memset(cell->regs, 0, sizeof(cell->regs));
	cell->nargs = t->nargs;
	for (i = 0; i < t->nargs; i++) {
		struct cell_data *data = &cell->data[i];
		struct scn_arg *arg = &t->args[i];

		scn_place(arg, SCN_ARENA + (cell - cells) * SCN_ARENA_PART + i * SCN_DATA);
		data->points = arg->points;
		data->back = arg->points && arg->kind->out;
		data->len = arg->len;
		if (arg->points)
			memcpy(data->bytes, arg->data, arg->len);
		if (r < SCN_REGS)
			cell->regs[r++] = arg->reg[0];
		if (arg->nregs == 2 && r < SCN_REGS)
			cell->regs[r++] = arg->reg[1];
	}
}

static void start(struct scn_task *t)
{
	struct cell *cell = &cells[t - scn_tasks];

	put_args(cell, t);
	cell->nr = call_number(t->call->name);
	if (t->child) {
		struct cell *child = &cells[t->child - scn_tasks];

		cell->child = t->child - scn_tasks;
		cell_set(child->tid, 0);
		cell_set(child->ncaught, 0);
		cell_set(child->state, CELL_NEW);
		snprintf(child->name, sizeof(child->name), "%s", t->child->name);
		outer[cell->child] = 0;
		cell_signals[cell->child] = 0;
	}
	cell_set(cell->state, CELL_CALL);
	syscall(SYS_futex, &cell->state, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static struct scn_ops host_ops = {
	.has_call = has_call,
	.has_capability = has_capability,
	.has_option = has_option,
	.start = start,
	.print = print,
	.fail = give_up,
};

static int is_vfork(const struct scn_task *t)
{
	return t->state == SCN_CALLING && t->child;
}

static const struct scn_task *parent_of(const struct scn_task *child)
{
	const struct scn_task *t;

	for (t = scn_tasks; t < scn_tasks + SCN_TASKS; t++)
		if (t->state == SCN_CALLING && t->child == child)
			return t;
	return NULL;
}

/* A task that has not said who it is will do so, or never come to be. */
static int not_to_be(const struct scn_task *t)
{
	const struct scn_task *parent = parent_of(t);

	return parent && cell_get(cells[parent - scn_tasks].state) == CELL_DONE &&
	       cells[parent - scn_tasks].ret < 0;
}

/* Whether task @i sleeps, is dead or does not exist. */
static enum watch_state look(int i, unsigned long *switches)
{
	const struct scn_task *t = &scn_tasks[i];

	*switches = 0;
	if (t->state == SCN_FREE || t->state == SCN_DEAD)
		return WATCH_DEAD;
	if (!cell_get(cells[i].tid))
		return not_to_be(t) ? WATCH_DEAD : WATCH_RUNS;
	if (!outer[i])
		outer[i] = watch_find(init_pid, cells[i].tid);
	return outer[i] ? watch_task(outer[i], switches) : WATCH_RUNS;
}

/*
 * Looks at all tasks twice.  If all sleep and none of them has been woken in
 * between, then they all slept at one moment.
 */
static int asleep(enum watch_state *states, int deep_is_sleep)
{
	unsigned long first[SCN_TASKS], again;
	int i;

	for (i = 0; i < SCN_TASKS; i++) {
		states[i] = look(i, &first[i]);
		if (states[i] == WATCH_DEEP && (deep_is_sleep || is_vfork(&scn_tasks[i])))
			states[i] = WATCH_SLEEPS;
		if (states[i] == WATCH_RUNS || states[i] == WATCH_DEEP)
			return 0;
	}
	for (i = 0; i < SCN_TASKS; i++) {
		enum watch_state state = look(i, &again);

		if (state == WATCH_RUNS || again != first[i])
			return 0;
		if (state != states[i] && (state == WATCH_DEAD || states[i] == WATCH_DEAD))
			return 0;
	}
	return 1;
}

static void settle(enum watch_state *states)
{
	int tries = 0, quiet = 0;

	while (quiet < 2) {
		if (asleep(states, tries > DEEP_TRIES)) {
			if (!quiet++)
				nap(QUIET_NS);
			continue;
		}
		quiet = 0;
		if (++tries > PATIENCE_MS * (1000000 / POLL_NS))
			die("%s: tasks do not come to rest", scenario_name);
		nap(POLL_NS);
	}
}

static void take_signals(struct scn_task *t, const struct cell *cell)
{
	int *told = &cell_signals[t - scn_tasks];

	for (; *told < cell_get(cell->ncaught); (*told)++)
		scn_catch(t, &cell->caught[*told % SCN_CAUGHT]);
}

static void take_death(struct scn_task *t)
{
	int code = exits_code(outer[t - scn_tasks]);

	if (code < 0)
		die("%s: nobody told how '%s' ended", scenario_name, t->name);
	t->exit_code = code;
	t->told = t->state == SCN_CALLING && t->call->ret == SCN_RET_NONE;
	t->state = SCN_DEAD;
}

static void take_result(struct scn_task *t, struct cell *cell)
{
	int i;

	for (i = 0; i < t->nargs; i++)
		if (cell->data[i].back)
			memcpy(t->args[i].data, cell->data[i].bytes, cell->data[i].len);
	t->ret = cell->ret;
	t->state = SCN_DONE;
	cell_set(cell->state, CELL_USER);
}

/* What became of the tasks, for the driver; 1 if there is anything new. */
static int take_all(const enum watch_state *states)
{
	int i, news = 0;

	exits_read();
	for (i = 0; i < SCN_TASKS; i++) {
		struct scn_task *t = &scn_tasks[i];
		struct cell *cell = &cells[i];

		if (t->state == SCN_FREE || t->state == SCN_DEAD || !cell_get(cell->tid))
			continue;
		take_signals(t, cell);
		news += t->ncaught > 0;
		if (t->state == SCN_BORN) {
			scn_bind(&scn_env.pids, t->name, cell->tid);
			t->state = SCN_USER;
		}
		if (t->state == SCN_CALLING && cell_get(cell->state) == CELL_DONE) {
			take_result(t, cell);
			news++;
		} else if (states[i] == WATCH_DEAD) {
			take_death(t);
			news++;
		}
	}
	return news;
}

static int look_and_tell(void)
{
	enum watch_state states[SCN_TASKS];
	int news;

	settle(states);
	news = take_all(states);
	scn_tell();
	return news;
}

static void pass_time(long ms)
{
	long until = now_ms() + ms;

	while (now_ms() < until) {
		nap(1000000);
		look_and_tell();
	}
}

static void wait_for_news(void)
{
	long until = now_ms() + PATIENCE_MS;

	while (now_ms() < until) {
		nap(1000000);
		if (look_and_tell())
			return;
	}
	scn_fail(scn_waiting->line_nr, "'%s' waits in '%s' and nothing will wake it",
		 scn_waiting->name, scn_waiting->call->name);
}

static void make_init(const char *text)
{
	struct sandbox how = {
		.in_turn = !strstr(text, "scheduler"),
		.with_dummy = strstr(text, "CONFIG_DUMMY") && net_has_dummy(),
		.with_program = !!strstr(text, "execve"),
		.cells_fd = memfd_create("cells", 0),
	};

	if (how.cells_fd < 0 || ftruncate(how.cells_fd, CELLS_SIZE))
		die("cannot make shared memory: %s", strerror(errno));
	cells = mmap(NULL, CELLS_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, how.cells_fd, 0);
	if (cells == MAP_FAILED)
		die("cannot map shared memory");
	strcpy(cells[0].name, "init");
	init_pid = syscall(SYS_clone, SANDBOX_FLAGS | SIGCHLD, 0, 0, 0, 0);
	if (init_pid < 0)
		die("cannot make namespaces: %s", strerror(errno));
	if (!init_pid) {
		init_pid = -1;
		task_prepare();
		sandbox_enter(&how);
		task_run_init();
	}
	outer[0] = init_pid;
	while (!cell_get(cells[0].tid)) {
		if (waitpid(init_pid, NULL, WNOHANG))
			leave(3);
		nap(POLL_NS);
	}
}

int run_scenario(const char *name, const char *text, unsigned long len, int out)
{
	long ms;

	scenario_name = name;
	trace = out;
	host_ops.has_hardware = !own_machine;
	exits_open();
	/* As after boot, nobody outside keeps init's process group from being orphaned. */
	setsid();
	make_init(text);
	scn_begin(&host_ops, text, len);
	for (;;) {
		look_and_tell();
		switch (scn_step(&ms)) {
		case SCN_STARTED:
			break;
		case SCN_PAUSE:
			pass_time(ms);
			break;
		case SCN_WAIT:
			wait_for_news();
			break;
		default:
			leave(0);
		}
	}
}
