import { describe, expect, test } from 'vitest';
import { scratch, seam } from './seam.ts';

const TREE = {
  'tree/include/linux/utsname.h':
    'struct new_utsname { char nodename[65]; };\nextern struct new_utsname system_utsname;\n',
  'tree/kernel/sys.c': [
    'struct new_utsname system_utsname = { "(none)" };',
    'DECLARE_RWSEM(uts_sem);',
    'EXPORT_SYMBOL(uts_sem);',
    'static const int version = 1;',
    '',
    'asmlinkage long sys_sethostname(char __user *name, int len)',
    '{',
    '\tdown_write(&uts_sem);',
    '\tsystem_utsname.nodename[len] = 0;',
    '\tup_write(&uts_sem);',
    '\treturn 0;',
    '}',
    '',
  ].join('\n'),
  'tree/kernel/fork.c':
    'int nr_threads;\n\nint fork(void)\n{\n\tnr_threads++;\n\treturn nr_threads;\n}\n',
  'tree/scripts/host.c': 'int of_the_build_machine;\n',
};

function tree(): string {
  return scratch({ ...TREE, 'seam.toml': 'base = "tree"\n' });
}

describe('seam globals', () => {
  test('the list', async () => {
    expect(await seam(['globals'], { cwd: tree() })).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "NAME            KIND     WHERE            READ  WRITTEN  ADDRESS  FILES
      nr_threads      counter  kernel/fork.c:1     1        1        .      1
      system_utsname  object   kernel/sys.c:1      .        1        .      1
      uts_sem         lock     kernel/sys.c:2      .        .        2      1
      3 writable globals of 4 variables in 3 files, 21 lines
      ",
      }
    `);
  });

  test('constants too, of one folder of another tree', async () => {
    const cwd = tree();
    const { stdout } = await seam(
      ['globals', '-C', '/', `${cwd}/tree`, '--all', '--path', 'kernel/'],
      { cwd },
    );
    expect(stdout).toMatchInlineSnapshot(`
      "NAME            KIND     WHERE            READ  WRITTEN  ADDRESS  FILES
      nr_threads      counter  kernel/fork.c:1     1        1        .      1
      system_utsname  object   kernel/sys.c:1      .        1        .      1
      uts_sem         lock     kernel/sys.c:2      .        .        2      1
      version         scalar   kernel/sys.c:4      .        .        .      0
      3 writable globals of 4 variables in 2 files, 19 lines
      "
    `);
    const host = await seam(['globals', 'tree', '--path=scripts'], { cwd });
    expect(host.stdout).toContain('of_the_build_machine');
  });

  test('all about some', async () => {
    expect((await seam(['globals', 'uts_sem', 'system_utsname'], { cwd: tree() })).stdout)
      .toMatchInlineSnapshot(`
      "uts_sem  lock  kernel/sys.c:2
        struct rw_semaphore, exported, initialised, by DECLARE_RWSEM
        2 uses
          kernel/sys.c
            sys_sethostname(): address 8 10
      system_utsname  object  kernel/sys.c:1
        struct new_utsname, initialised
        declared in include/linux/utsname.h:2
        1 use
          kernel/sys.c
            sys_sethostname(): write 9
      "
    `);
  });

  test('as JSON', async () => {
    const { stdout } = await seam(['globals', 'nr_threads', '--json'], { cwd: tree() });
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'seam/globals/1',
      files: 3,
      variables: 4,
      writable: 3,
      unread: [],
      globals: [
        {
          name: 'nr_threads',
          path: 'kernel/fork.c',
          line: 1,
          kind: 'counter',
          type: 'int',
          references: [
            { path: 'kernel/fork.c', line: 5, in: 'fork', access: 'update' },
            { path: 'kernel/fork.c', line: 6, in: 'fork', access: 'read' },
          ],
        },
      ],
    });
  });

  test('what is not there', async () => {
    const cwd = tree();
    expect(await seam(['globals', 'nr_thread'], { cwd })).toMatchInlineSnapshot(`
      {
        "status": 2,
        "stderr": "error: no variable 'nr_thread' of static storage duration
      hint: seam globals nr_threads
      ",
        "stdout": "",
      }
    `);
    expect(await seam(['globals', '--path', 'mm'], { cwd })).toMatchInlineSnapshot(`
      {
        "status": 2,
        "stderr": "error: '$DIR/tree' has no C files in 'mm'
      ",
        "stdout": "",
      }
    `);
    expect((await seam(['globals', 'tree', './tree'], { cwd })).stderr).toMatchInlineSnapshot(`
      "error: './tree' is a second tree
      hint: seam globals tree
      "
    `);
  });

  test('a file that cannot be read is named, and the rest is listed', async () => {
    const cwd = scratch({
      'tree/a.c': 'int a;\n',
      'tree/b.c': Buffer.from('int b;\n', 'utf16le'),
      'tree/c.c': 'int c;\nint f(void)\n{\n\t@ @;\n}\n',
    });
    const { status, stdout, stderr } = await seam(['globals', 'tree'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain(
      '2 writable globals of 2 variables in 3 files, 6 lines; 2 files not read as a whole\n',
    );
    expect(stderr).toMatchInlineSnapshot(`
      "warning: 'b.c': not a text file
      warning: 'c.c' line 4: 2 places are no C that can be read
      "
    `);
  });

  test('after a patch', async () => {
    const cwd = scratch({
      ...TREE,
      'patches/series': 'drop.patch\nadd.patch\n',
      'patches/drop.patch':
        '--- a/kernel/fork.c\n+++ b/kernel/fork.c\n@@ -1,7 +1,6 @@\n-int nr_threads;\n \n-int fork(void)\n+int fork(int nr_threads)\n {\n \tnr_threads++;\n \treturn nr_threads;\n }\n',
      'patches/add.patch': '--- /dev/null\n+++ b/kernel/new.c\n@@ -0,0 +1 @@\n+static int added;\n',
    });
    const names = async (...more: string[]): Promise<string[]> => {
      const options = ['--base=tree', '--series=patches', '--json', ...more];
      const { stdout } = await seam(['globals', ...options], { cwd });
      return (JSON.parse(stdout) as { globals: { name: string }[] }).globals.map(
        ({ name }) => name,
      );
    };
    expect(await names()).toEqual(['nr_threads', 'system_utsname', 'uts_sem']);
    expect(await names('--at', 'drop.patch')).toEqual(['system_utsname', 'uts_sem']);
    expect(await names('--at', '2')).toEqual(['added', 'system_utsname', 'uts_sem']);
  });
});
