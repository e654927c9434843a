/**
 * A small kernel that builds in a second: queues of messages and their tests, which print KTAP. Its
 * make talks as kbuild does.
 */
export type Files = Readonly<Record<string, string>>;

const MAKEFILE = `# One configuration has all options, the other none.
flags-all := -DCONFIG_QUOTA -DCONFIG_STAT
flags-min :=
CFLAGS := -std=gnu11 -O1 -g0 -Wall -Wextra -Wno-unused-parameter -Wframe-larger-than=512 \\
	-Iinclude $(flags-$(CONFIG)) $(SAN)
objs := $(patsubst %.c,$(O)/%.o,$(wildcard ipc/*.c kernel/*.c init/*.c))

$(O)/vmlinux: $(objs)
	@echo '  LD      vmlinux'
	@cc $(SAN) -o $@ $^
$(O)/%.o: %.c
	@mkdir -p $(@D)
	@echo '  CC      $*.o'
	@cc $(CFLAGS) -MMD -MP -c -o $@ $<
-include $(objs:.o=.d)
`;

const QUEUE_H = `#ifndef _QUEUE_H
#define _QUEUE_H

struct queue {
	int length;
	int most;
	int *items;
};

int queue_open(struct queue *queue, int most);
int queue_put(struct queue *queue, int item);
int queue_get(struct queue *queue);
void queue_close(struct queue *queue);

#endif
`;

const QUEUE_C = `#include <queue.h>
#include <memory.h>

int queue_open(struct queue *queue, int most)
{
	queue->items = grab(most * sizeof(int));
	if (!queue->items)
		return -12;
	queue->length = 0;
	queue->most = most;
	return 0;
}

int queue_put(struct queue *queue, int item)
{
	if (queue->length == queue->most)
		return -11;
	queue->items[queue->length++] = item;
	return 0;
}

int queue_get(struct queue *queue)
{
	int first;

	if (queue->length == 0)
		return -42;
	first = queue->items[0];
	queue->length--;
	for (int i = 0; i < queue->length; i++)
		queue->items[i] = queue->items[i + 1];
	return first;
}

void queue_close(struct queue *queue)
{
	give(queue->items);
}
`;

const MEMORY_C = `#include <stdlib.h>
#include <memory.h>

static int grabbed;
static int failing;

void *grab(unsigned long size)
{
	if (failing && --failing == 0)
		return NULL;
	grabbed++;
	return malloc(size);
}

void give(void *memory)
{
	if (memory)
		grabbed--;
	free(memory);
}

int memory_out(void)
{
	return grabbed;
}

void memory_fail(int which)
{
	failing = which;
}
`;

const MEMORY_H = `#ifndef _KERNEL_MEMORY_H
#define _KERNEL_MEMORY_H

#include <stddef.h>

void *grab(unsigned long size);
void give(void *memory);
int memory_out(void);
void memory_fail(int which);

#endif
`;

const QUOTA_C = `#include <queue.h>

#ifdef CONFIG_QUOTA
static int quota = 100;

int quota_left(struct queue *queue)
{
	return quota - queue->length;
}
#endif
`;

const MAIN_C = `#include <stdio.h>
#include <stdlib.h>
#include <queue.h>
#include <memory.h>

static int failed;

static void expect(const char *name, int number, int good)
{
	printf("%s %d %s\\n", good ? "ok" : "not ok", number, name);
	failed |= !good;
}

int main(int argc, char **argv)
{
	struct queue queue;

	if (argc > 1)
		memory_fail(atoi(argv[1]));
	printf("KTAP version 1\\n1..3\\n");
	if (queue_open(&queue, 4)) {
		expect("open", 1, argc > 1);
		expect("order", 2, argc > 1);
	} else {
		queue_put(&queue, 7);
		queue_put(&queue, 8);
		expect("open", 1, queue.most == 4);
		expect("order", 2, queue_get(&queue) == 7 && queue_get(&queue) == 8);
		queue_close(&queue);
	}
	expect("leak", 3, memory_out() == 0);
	return failed;
}
`;

const GLOBALS = `# What may stay global, and why.
kernel/quota.c:quota     policy: one quota for everybody
kernel/memory.c:grabbed  test: counts what is not given back
kernel/memory.c:failing  test: which request is refused
init/main.c:failed       host: the status of the program
`;

export const TREE: Files = {
  'Documentation/globals.allow': GLOBALS,
  Makefile: MAKEFILE,
  'include/queue.h': QUEUE_H,
  'include/memory.h': MEMORY_H,
  'ipc/queue.c': QUEUE_C,
  'kernel/memory.c': MEMORY_C,
  'kernel/quota.c': QUOTA_C,
  'init/main.c': MAIN_C,
};

/** The steps that are configured for it. */
export const STEPS = `
[[check.step]]
name = "build"
run = ["make", "-s", "O={build}", "CONFIG={config}"]
configs = ["all", "min"]
output = "gcc"

[[check.step]]
name = "tests"
run = ["{build}/vmlinux"]
configs = ["all", "min"]
after = "build"
output = "ktap"
timeout = 60

[[check.step]]
name = "faults"
run = ["{build}/vmlinux", "1"]
configs = ["all", "min"]
after = "build"
output = "ktap"
timeout = 60

[[check.step]]
name = "size"
run = ["sh", "-c", '''size $SEAM_BUILD/vmlinux | awk 'NR == 2 && $1 > 16384 { print "vmlinux:1: warning: more than 16 KiB of code" }' ''']
configs = ["all", "min"]
after = "build"
output = "gcc"

[[check.step]]
name = "sanitize"
run = ["sh", "-c", "make -s O=$SEAM_BUILD/san CONFIG=all SAN='-fsanitize=address,undefined -fno-sanitize-recover' >/dev/null && exec $SEAM_BUILD/san/vmlinux"]
output = "ktap"
timeout = 60
`;
