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
          proposal: stays, because shared: a lock: one for all contexts costs nothing but waiting
          used by 1 function in 1 file
          reached from sethostname
        system_utsname  object  kernel/sys.c:1
          struct new_utsname, initialised
          declared in include/linux/utsname.h:2
          1 use
            kernel/sys.c
              sys_sethostname(): write 9
          proposal: uts, because names of the host
          used by 1 function in 1 file
          reached from sethostname
          lock: uts_sem, in 1 of 1 function
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

  describe('along a series', () => {
    /** A header in the way of the names, a namespace, an allow-list. */
    function series(): string {
      return scratch({
        ...TREE,
        'tree/Documentation/globals.allow': 'uts_sem shared: for moments\n',
        'tree/Documentation/globals.rst':
          '==== ==== ==== ====\n``system_utsname``  kernel/sys.c  strings  uts\n==== ==== ==== ====\n',
        'patches/series': '# uts: Names\nuts/a.patch\nuts/b.patch\n',
        'patches/uts/a.patch': [
          '--- a/kernel/sys.c',
          '+++ b/kernel/sys.c',
          '@@ -1,4 +1,5 @@',
          '-struct new_utsname system_utsname = { "(none)" };',
          '+struct new_utsname system_utsname = { "(none)" }; /* to go */',
          '+struct uts_namespace init_uts_ns;',
          ' DECLARE_RWSEM(uts_sem);',
          ' EXPORT_SYMBOL(uts_sem);',
          ' static const int version = 1;',
          '',
        ].join('\n'),
        'patches/uts/b.patch': [
          '--- a/kernel/sys.c',
          '+++ b/kernel/sys.c',
          '@@ -1,4 +1,3 @@',
          '-struct new_utsname system_utsname = { "(none)" }; /* to go */',
          ' struct uts_namespace init_uts_ns;',
          ' DECLARE_RWSEM(uts_sem);',
          ' EXPORT_SYMBOL(uts_sem);',
          '@@ -7,5 +6,5 @@',
          ' {',
          ' \tdown_write(&uts_sem);',
          '-\tsystem_utsname.nodename[len] = 0;',
          '+\tclear(&init_uts_ns, len);',
          ' \tup_write(&uts_sem);',
          ' \treturn 0;',
          '',
        ].join('\n'),
      });
    }
    const on = ['--base=tree', '--series=patches'];

    test('the ledger', async () => {
      const cwd = series();
      expect((await seam(['globals', ...on, '--diff'], { cwd })).stdout).toMatchInlineSnapshot(`
        "#  PATCH        WRITABLE  LEFT  INITIAL  NEW  GONE  MOVED  KIND  USERS
        1  uts/a.patch         4     2        0    1     .      .     .      .
        2  uts/b.patch         3     1        1    .     1      .     .      1

        1 uts/a.patch
          + init_uts_ns  namespace
        2 uts/b.patch
          - system_utsname  object
          & &init_uts_ns  in 0 places, now 1

        2 globals to convert before, 1 left; initial namespaces named in 0 places before, 1 now, at most 1
        "
      `);
      expect((await seam(['globals', ...on, '--diff', '--at=1'], { cwd })).stdout)
        .toMatchInlineSnapshot(`
          "1 uts/a.patch
            + init_uts_ns  namespace

          2 globals to convert before, 2 left; initial namespaces named in 0 places before, 0 now, at most 0
          "
        `);
    });

    test('the ledger as JSON, and as a chart', async () => {
      const cwd = series();
      const { stdout } = await seam(['globals', ...on, '--diff', '--json'], { cwd });
      expect(JSON.parse(stdout)).toMatchObject({
        schema: 'seam/globals-diff/1',
        before: { writable: 3, left: 2, placeholders: {} },
        patches: [
          { number: 1, name: 'uts/a.patch', topic: 'uts', writable: 4, left: 2 },
          {
            number: 2,
            writable: 3,
            left: 1,
            placeholders: { init_uts_ns: 1 },
            vanished: [{ key: 'system_utsname', kind: 'object', toConvert: true }],
          },
        ],
        remaining: ['nr_threads'],
      });
      const chart = await seam(['globals', ...on, '--diff', '--format=svg'], { cwd });
      expect(chart.stdout).toContain('<title>2 uts/b.patch: 1</title>');
    });

    test('the patches that touch one, where it goes, and a proposal', async () => {
      const cwd = series();
      expect((await seam(['globals', ...on, 'system_utsname'], { cwd })).stdout)
        .toMatchInlineSnapshot(`
          "system_utsname  object  kernel/sys.c:1
            struct new_utsname, initialised
            declared in include/linux/utsname.h:2
            1 use
              kernel/sys.c
                sys_sethostname(): write 9
            planned: uts (Documentation/globals.rst)
            proposal: uts, because names of the host
            used by 1 function in 1 file
            reached from sethostname
            lock: uts_sem, in 1 of 1 function
            2 patches touch it
              1 uts/a.patch: 1 of its lines out, 1 in
              2 uts/b.patch: 2 of its lines out, 0 in; takes it away
          "
        `);
      expect((await seam(['globals', ...on, 'uts_sem'], { cwd })).stdout).toContain(
        '  stays: shared, for moments (Documentation/globals.allow:1)\n',
      );
    });

    test('one that comes later is told with the patch', async () => {
      const { status, stderr } = await seam(['globals', ...on, 'init_uts_ns'], { cwd: series() });
      expect({ status, stderr }).toMatchInlineSnapshot(`
        {
          "status": 2,
          "stderr": "error: no variable 'init_uts_ns' of static storage duration
        hint: seam globals init_uts_ns --at uts/a.patch
        ",
        }
      `);
    });

    test('proposals for what is left', async () => {
      const cwd = series();
      expect((await seam(['globals', ...on, '--suggest'], { cwd })).stdout).toMatchInlineSnapshot(`
        "nr_threads  stays, hardware: nothing ties it to a context; beancounter numproc
            counter in kernel/fork.c; used by 1 function in 1 file
        system_utsname  uts, names of the host
            object in kernel/sys.c; used by 1 function in 1 file; from sethostname; uts_sem in 1 of 1 of them
        stays 1, uts 1
        "
      `);
      const { stdout } = await seam(['globals', ...on, '--suggest', '--all', '--json'], { cwd });
      const { proposals } = JSON.parse(stdout) as { proposals: { key: string; to: string }[] };
      expect(proposals.map(({ key, to }) => [key, to])).toEqual([
        ['nr_threads', 'stays'],
        ['system_utsname', 'uts'],
        ['uts_sem', 'stays'],
      ]);
    });

    test('a patch that does not apply', async () => {
      const cwd = series();
      const broken = ['--base=tree', '--series=patches', '-C', cwd];
      const other = scratch({ 'tree/kernel/sys.c': 'int x;\n' });
      const options = ['--series', `${cwd}/patches`, '--base', `${other}/tree`];
      const { status, stderr } = await seam(['globals', ...options, '--diff'], { cwd: other });
      expect(status).toBe(2);
      expect(stderr).toContain("error: patch 'uts/a.patch' does not apply\n");
      expect((await seam(['globals', ...broken, '--diff'], { cwd: other })).status).toBe(0);
    });
  });

  test('what does not go together', async () => {
    const cwd = tree();
    const told = async (...words: string[]): Promise<string> =>
      (await seam(['globals', ...words], { cwd })).stderr;
    expect(await told('--diff', 'uts_sem')).toMatchInlineSnapshot(`
      "error: '--diff' is of all globals and takes no names
      hint: seam globals uts_sem
      "
    `);
    expect(await told('--diff', '--suggest')).toMatchInlineSnapshot(`
      "error: '--diff' and '--suggest' do not go together
      hint: seam globals --diff
      "
    `);
    expect(await told('--format=svg')).toMatchInlineSnapshot(`
      "error: '--format' is for '--diff'
      hint: seam globals --diff --format svg
      "
    `);
    expect(await told('--diff')).toMatchInlineSnapshot(`
      "error: no series given
      hint: name one with --series, or write series = 'patches' into seam.toml
      "
    `);
  });

  test('objects that are none, and a build that is none', async () => {
    const cwd = scratch({
      ...TREE,
      'seam.toml': 'base = "tree"\n',
      'empty/.config': '',
      'bare/kernel/sys.o': 'no object',
      'text/kernel/sys.o': 'no object',
      'text/.config': '',
    });
    const told = async (directory: string) => {
      const { status, stderr } = await seam(['globals', '--objects', directory], { cwd });
      return `${status}\n${stderr}`;
    };
    expect(await told('nowhere')).toMatchInlineSnapshot(`
      "2
      error: cannot read the build directory '$DIR/nowhere'
      "
    `);
    expect(await told('empty')).toMatchInlineSnapshot(`
      "2
      error: '$DIR/empty' has no objects of this tree
      hint: make O=DIR in the tree makes them
      "
    `);
    expect(await told('text')).toMatchInlineSnapshot(`
      "2
      error: object file 'kernel/sys.o' is no ELF file
      "
    `);
  });
});
