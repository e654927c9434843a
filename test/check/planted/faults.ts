/** Mistakes that real series have, and patches without one between them. */
import { type Edit, append, replace } from './series.ts';

/** What a check must say of the patch: rules (of every step that sees it), and the configurations where it matters. */
export interface Fault extends Edit {
  readonly rules: readonly string[];
  readonly config?: string;
  /** Of what the rules are; errors and warnings unless given. */
  readonly severity?: 'note';
}

const PROTOTYPES = 'void queue_close(struct queue *queue);\n';

const good = (name: string, files: Edit['files']): Fault => ({ name, files, rules: [] });

export const FAULTS: readonly Fault[] = [
  good('count-the-items', {
    'include/queue.h': replace(PROTOTYPES, `${PROTOTYPES}int queue_count(struct queue *queue);\n`),
    'ipc/count.c': append(
      '#include <queue.h>\n\nint queue_count(struct queue *queue)\n{\n\treturn queue->length;\n}\n',
    ),
  }),
  {
    name: 'uses-what-the-next-patch-declares',
    rules: ['sanitize/incomplete', 'build/warning', 'build/error', 'build/warning'],
    files: {
      'ipc/room.c': append(
        '#include <queue.h>\n\nint queue_full(struct queue *queue)\n{\n\treturn queue_room(queue) == QUEUE_FULL;\n}\n',
      ),
    },
  },
  {
    ...good('declare-the-room', {
      'include/queue.h': replace(
        PROTOTYPES,
        `${PROTOTYPES}\n#define QUEUE_FULL 0\nint queue_room(struct queue *queue);\nint queue_full(struct queue *queue);\n`,
      ),
      'ipc/room.c': append(
        '\nint queue_room(struct queue *queue)\n{\n\treturn queue->most - queue->length;\n}\n',
      ),
    }),
  },
  {
    name: 'builds-only-with-quota',
    rules: ['build/error'],
    config: 'min',
    files: {
      'include/queue.h': replace(PROTOTYPES, `${PROTOTYPES}int quota_left(struct queue *queue);\n`),
      'init/main.c': replace('queue.most == 4)', 'queue.most == 4 && quota_left(&queue) > 0)'),
    },
  },
  good('test-quota-only-where-it-is', {
    'init/main.c': replace('queue.most == 4 && quota_left(&queue) > 0)', 'queue.most == 4)'),
  }),
  {
    name: 'unused-variable-in-one-configuration',
    rules: ['build/warning'],
    config: 'all',
    files: {
      'kernel/quota.c': replace('\treturn quota -', '\tint unused;\n\n\treturn quota -'),
    },
  },
  {
    name: 'header-that-warns-in-its-users',
    rules: ['build/warning'],
    files: {
      'include/memory.h': replace('void give(void *memory);', 'void give(const void *memory);'),
      'kernel/memory.c': replace(
        'void give(void *memory)\n{\n\tif (memory)\n\t\tgrabbed--;\n\tfree(memory);',
        'void give(const void *memory)\n{\n\tif (memory)\n\t\tgrabbed--;\n\tfree(memory);',
      ),
    },
  },
  {
    name: 'much-on-the-stack',
    rules: ['build/warning'],
    files: {
      'ipc/count.c': append(
        '\nint queue_sum(struct queue *queue);\nint queue_sum(struct queue *queue)\n{\n\tvolatile int sums[1000] = { 0 };\n\n\treturn sums[queue->length];\n}\n',
      ),
    },
  },
  {
    name: 'new-global',
    rules: ['globals/unlisted'],
    files: {
      'ipc/count.c': replace(
        '#include <queue.h>\n',
        '#include <queue.h>\n\nextern int queues_opened;\nint queues_opened;\n',
      ),
    },
  },
  {
    name: 'leak-on-an-error-path',
    rules: ['faults/failed'],
    files: {
      'ipc/queue.c': replace(
        '\tif (!queue->items)\n\t\treturn -12;\n',
        '\tif (!queue->items) {\n\t\tgrab(most);\n\t\treturn -12;\n\t}\n',
      ),
    },
  },
  {
    name: 'test-that-a-later-patch-breaks',
    rules: [],
    files: {
      'init/main.c': replace(
        'expect("order", 2, queue_get(&queue) == 7 &&',
        'expect("order", 2, queue_count(&queue) == 2 && queue_get(&queue) == 7 &&',
      ),
    },
  },
  {
    name: 'reads-what-it-gave-back',
    rules: ['sanitize/incomplete'],
    files: {
      'ipc/queue.c': replace(
        '\tgive(queue->items);\n',
        '\tgive(queue->items);\n\tqueue->length = queue->items[0];\n',
      ),
    },
  },
  good('read-before-giving-back', {
    'ipc/queue.c': replace('\tqueue->length = queue->items[0];\n}', '\tqueue->length = 0;\n}'),
  }),
  {
    name: 'grows-the-kernel',
    rules: ['size/warning'],
    files: {
      'ipc/table.c': append(
        'extern const int queue_table[8192];\nconst int queue_table[8192] = { 1, 2, 3 };\n',
      ),
    },
  },
  {
    name: 'white-space-at-the-end',
    rules: ['lint/trailing-space'],
    files: { 'kernel/quota.c': append('/* Quotas end here. */ \n') },
  },
  {
    name: 'space-before-tab',
    rules: ['lint/space-before-tab'],
    files: { 'kernel/quota.c': append('/*\n \t* Indented by a space.\n */\n') },
  },
  {
    name: 'breaks-the-test-of-three-patches-ago',
    rules: ['sanitize/failed', 'tests/failed'],
    files: {
      'ipc/count.c': replace('return queue->length;\n}\n\nint', 'return queue->most;\n}\n\nint'),
    },
  },
  good('repair-the-count', {
    'ipc/count.c': replace('return queue->most;', 'return queue->length;'),
  }),
  {
    name: 'nobody-signs',
    rules: ['lint/sign-off'],
    trailers: '',
    files: { 'kernel/quota.c': append('/* Nobody has signed this. */\n') },
  },
  {
    name: 'somebody-else-signs',
    rules: ['lint/sign-off'],
    trailers: 'Signed-off-by: Some Body <some@example.com>\n',
    files: { 'kernel/quota.c': append('/* Somebody else has signed this. */\n') },
  },
  {
    name: 'fixes-what',
    rules: ['lint/fixes-form'],
    trailers: 'Fixes: the last one\nSigned-off-by: A U Thor <author@example.com>\n',
    files: { 'kernel/quota.c': append('/* Fixed. */\n') },
  },
  {
    name: 'no-description',
    rules: ['lint/body'],
    body: '',
    files: { 'kernel/quota.c': append('/* Not described. */\n') },
  },
  {
    name: 'executable-source',
    rules: ['lint/mode'],
    mode: 0o100755,
    files: { 'kernel/mode.c': append('/* Run me. */\n') },
  },
  {
    name: 'conflict-marker',
    rules: ['lint/conflict-marker'],
    files: { 'kernel/mode.c': append('/*\n>>>>>>> theirs\n */\n') },
  },
  {
    name: 'text-that-reads-backwards',
    rules: ['lint/hidden-character', 'build/warning'],
    files: { 'kernel/mode.c': append('/* \u202e sdrawkcab */\n') },
  },
  {
    name: 'stands-somewhere-else',
    rules: ['apply/offset'],
    severity: 'note',
    files: { 'ipc/queue.c': replace('\treturn first;\n', '\n\treturn first;\n') },
    damage: (patch) => patch.replace(/^@@ -\d+,(\d+) \+\d+,(\d+) @@/m, '@@ -9,$1 +9,$2 @@'),
  },
  {
    name: 'counts-its-lines-wrong',
    rules: ['apply/repaired'],
    files: { 'kernel/mode.c': append('/* One line more than the header says. */\n') },
    damage: (patch) =>
      patch.replace(/^(@@ -\d+,\d+ \+\d+,)(\d+) @@/m, (_, head: string, count: string) => {
        return `${head}${Number(count) - 1} @@`;
      }),
  },
  {
    name: 'crash-in-a-test',
    rules: ['sanitize/incomplete', 'tests/incomplete'],
    files: {
      'init/main.c': replace(
        '\tqueue_put(&queue, 7);',
        '\tif (argc == 1)\n\t\texit(0);\n\t\tqueue_put(&queue, 7);',
      ),
    },
  },
  good('no-crash-any-more', {
    'init/main.c': replace('\tif (argc == 1)\n\t\texit(0);\n\t\tqueue_put', '\tqueue_put'),
  }),
  {
    name: 'missing-function',
    rules: ['sanitize/incomplete', 'build/error'],
    files: {
      'ipc/missing.c': append(
        'int queue_lost(void);\nint queue_found(void);\nint queue_found(void)\n{\n\treturn queue_lost();\n}\n',
      ),
    },
  },
];
