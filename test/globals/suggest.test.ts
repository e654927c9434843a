import { describe, expect, test } from 'vitest';
import { CallGraph } from '../../tools/globals/calls.ts';
import { takeInventory } from '../../tools/globals/inventory.ts';
import { Suggester, type Suggestion } from '../../tools/globals/suggest.ts';
import type { FileFacts } from '../../tools/globals/types.ts';
import { factsOf, find } from './facts.ts';

async function tree(files: Readonly<Record<string, string>>): Promise<Map<string, FileFacts>> {
  const facts = new Map<string, FileFacts>();
  for (const [path, source] of Object.entries(files)) facts.set(path, await factsOf(source));
  return facts;
}

async function suggest(files: Readonly<Record<string, string>>, key: string): Promise<Suggestion> {
  const facts = await tree(files);
  const inventory = takeInventory(facts);
  return new Suggester(facts, inventory).suggest(find(inventory, key));
}

describe('entry points', () => {
  const files = {
    'a.c': [
      'int x;',
      'static void deep(void) { x++; }',
      'static void middle(void) { deep(); }',
      'asmlinkage long sys_old(void) { middle(); return 0; }',
      'SYSCALL_DEFINE1(new, int, a) { middle(); return 0; }',
      'static int show(void) { middle(); return 0; }',
      'struct file_operations fops = { .read = show };',
      'static int __init setup(void) { deep(); return 0; }',
      '#define WRAP() middle()',
    ].join('\n'),
    'b.c': 'static void middle(void) { }\nlong sys_other(void) { middle(); return 0; }\n',
    'c.c': '#include "a.h"\nlong sys_wrapped(void) { WRAP(); return 0; }\n',
    'a_test.c': 'static void t(void) { sys_old(); }\nstruct kunit_case cases[] = { t };\n',
  };

  test('system calls of both forms, tables, boot; a static of another file is another function', async () => {
    const { entries } = await suggest(files, 'x');
    expect(entries).toEqual({
      calls: ['new', 'old'],
      tables: ['fops'],
      boot: true,
      more: false,
    });
  });

  test('through a macro of a header', async () => {
    const { entries } = await suggest(
      {
        ...files,
        'a.c': files['a.c'].replace('#define WRAP() middle()', ''),
        'a.h': '#define WRAP() far()\n',
        'd.c': 'int y;\nvoid far(void) { y = 1; }\n',
      },
      'y',
    );
    expect(entries.calls).toEqual(['wrapped']);
  });

  test('a circle of calls has an end, and too many callers are said to be more', async () => {
    const circle = 'int x;\nvoid g(void);\nvoid f(void) { g(); x = 1; }\nvoid g(void) { f(); }\n';
    expect((await suggest({ 'a.c': circle }, 'x')).entries.more).toBe(false);
    const many = Array.from({ length: 500 }, (_, n) => `void f${n}(void) { f${n + 1}(); }`);
    const last = 'int x;\nvoid f500(void) { x = 1; }\n';
    expect((await suggest({ 'a.c': `${last}${many.join('\n')}\n` }, 'x')).entries.more).toBe(true);
  });

  test('of nothing', async () => {
    const graph = new CallGraph(await tree(files));
    expect(graph.entriesOf([])).toEqual({ calls: [], tables: [], boot: false, more: false });
  });
});

describe('proposals', () => {
  test.each([
    ['init/version.c', 'struct new_utsname system_utsname;', 'system_utsname', 'uts'],
    ['ipc/msg.c', 'int msg_ctlmax;', 'msg_ctlmax', 'ipc'],
    ['kernel/a.c', 'int n;\nlong sys_shmget(void) { return n++; }', 'n', 'ipc'],
    ['kernel/a.c', 'int n;\nlong sys_uname(void) { return n++; }', 'n', 'uts'],
    ['net/core/dev.c', 'struct net_device *dev_base;', 'dev_base', 'net'],
    ['net/ipv4/udp.c', 'struct hlist_head udp_hash[128];', 'udp_hash', 'stays'],
    ['ipc/a.c', 'DEFINE_SPINLOCK(l);', 'l', 'stays'],
    ['fs/a.c', 'static const struct file_operations f;', 'fs/a.c:f', 'stays'],
    ['drivers/a.c', 'int anything;', 'anything', 'stays'],
  ])('%s: %s', async (path, source, key, to) => {
    const { to: found, because } = await suggest({ [path]: `${source}\n` }, key);
    expect(found).toBe(to);
    expect(because).not.toBe('');
  });

  test('a resource that beancounters know', async () => {
    const source = 'int nr_threads;\nvoid f(void) { nr_threads++; }\nstruct kmem_cache *c;\n';
    expect((await suggest({ 'a.c': source }, 'nr_threads')).beancounter).toBe('numproc');
    expect((await suggest({ 'a.c': source }, 'c')).beancounter).toBe('kmemsize');
  });

  test('the lock that most functions take which use it', async () => {
    const source = [
      'static DEFINE_SPINLOCK(other);',
      'static DEFINE_SPINLOCK(lock);',
      'static int x;',
      'void a(void) { spin_lock(&lock); x++; spin_unlock(&lock); }',
      'void b(void) { spin_lock(&lock); x--; spin_unlock(&lock); }',
      'void c(void) { spin_lock(&other); x = 0; spin_unlock(&other); }',
      'void __init d(void) { x = 1; }',
    ].join('\n');
    const { guard } = await suggest({ 'a.c': source }, 'a.c:x');
    expect(guard).toEqual({ lock: 'lock', functions: 2, of: 3 });
  });

  test('no lock is said where fewer than half of the functions take it', async () => {
    const source =
      'static DEFINE_SPINLOCK(l);\nstatic int x;\nvoid a(void) { spin_lock(&l); x++; }\nvoid b(void) { x++; }\nvoid c(void) { x++; }\n';
    expect((await suggest({ 'a.c': source }, 'a.c:x')).guard).toBeNull();
  });
});
