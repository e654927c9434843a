/**
 * A kernel of a few lines that is built by the Makefile of the modelled one: what the engine makes of
 * it can be compared with what make makes of it. Trees along a series are made by editing files.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Path } from '../../tools/patch/types.ts';
import type { TreeFamily } from '../../tools/check/scratch.ts';
import type { Subject } from '../../tools/check/types.ts';
import { MemoryStore } from '../../tools/tree/memory.ts';
import { hashObject } from '../../tools/tree/objects.ts';
import type { Change, ObjectId, Tree } from '../../tools/tree/types.ts';
import { MODEL, type Files } from './conf.ts';

function ofModel(path: string): string {
  return readFileSync(join(MODEL, path), 'utf8');
}

const MAIN_C = `#include <stdio.h>
#include <string.h>
#include "os.h"

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "kunit")) {
#ifdef CONFIG_KUNIT
		printf("KTAP version 1\\n1..1\\n    KTAP version 1\\n    # Subtest: sum\\n    1..1\\n");
		printf("    %s 1 two\\n%s 1 sum\\n", sum(1, 1) == 2 ? "ok" : "not ok",
		       sum(1, 1) == 2 ? "ok" : "not ok");
		return sum(1, 1) != 2;
#else
		return 2;
#endif
	}
	printf("init sum = %d\\n", sum(2, 2));
	return 0;
}
`;

/** The tree before any change. */
export const SMALL: Files = {
  Makefile: ofModel('Makefile'),
  'scripts/kconfig/conf.c': ofModel('scripts/kconfig/conf.c'),
  Kconfig: 'mainmenu "Small"\n\nsource "lib/Kconfig"\n',
  'lib/Kconfig':
    'config KUNIT\n\tbool "Tests"\n\tdefault y\n\nconfig SCENARIO\n\tbool "Scenarios"\n\tdefault y\n\n' +
    'config TWICE\n\tbool "Add twice"\n\nconfig LOG\n\tint "Level"\n\trange 0 7\n\tdefault 3\n',
  'arch/host/defconfig': 'CONFIG_KUNIT=y\n',
  Kbuild: 'obj-y += lib/ arch/host/\n',
  'lib/Kbuild': 'obj-y += sum.o\nobj-$(CONFIG_TWICE) += twice.o\n',
  'lib/sum.c': '#include <linux/sum.h>\n\nint sum(int a, int b)\n{\n\treturn add(a, b);\n}\n',
  'lib/twice.c':
    '#include <linux/sum.h>\n\nint twice(int a);\n\nint twice(int a)\n{\n\treturn add(a, a);\n}\n',
  'include/linux/sum.h':
    '#ifdef CONFIG_TWICE\nint twice(int a);\n#endif\nint sum(int a, int b);\n\n' +
    'static inline int add(int a, int b)\n{\n\treturn a + b;\n}\n',
  'arch/host/Kbuild': 'obj-y += os/\n',
  'arch/host/os/Kbuild': 'obj-y += main.o\n',
  'arch/host/os/main.c': MAIN_C,
  'arch/host/include/shared/os.h': 'int sum(int a, int b);\n',
  'tests/scenarios/kernel/sum.scn': 'init sum\n',
  'tests/golden/kernel/sum.trace': '# Linux\ninit sum = 4\n',
  'Documentation/differences.rst': 'None\n',
};

/** A change of a tree: new contents, or null for files that go away. */
export type Edit = Readonly<Record<Path, string | null>>;

/** The base and the trees behind each edit, as a check has them. */
export async function series(
  edits: readonly Edit[],
  files: Files = SMALL,
): Promise<{ readonly family: TreeFamily; readonly subjects: readonly Subject[] }> {
  const store = new MemoryStore(
    Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) })),
  );
  const paths = new Set(edits.flatMap((edit) => Object.keys(edit)));
  const blobs = new Map<ObjectId, Uint8Array>();
  let tree: Tree = await store.load();
  const subjects: Subject[] = [{ tree, position: 0, patch: '' }];
  for (const [index, edit] of edits.entries()) {
    const changes = Object.entries(edit).map(([path, text]): Change => {
      if (text === null) return [path, null];
      const content = Buffer.from(text);
      const id = hashObject('blob', content);
      blobs.set(id, content);
      return [path, { mode: 0o100644, id }];
    });
    tree = tree.with(changes);
    subjects.push({ tree, position: index + 1, patch: `${index + 1}.patch` });
  }
  return { family: { store, paths, blobs }, subjects };
}
