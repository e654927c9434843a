/** The programs that Seam can use, and what each is for. */

export interface Tool {
  readonly name: string;
  /** Programs that serve, the first one found counts; the name itself if absent. */
  readonly programs?: readonly string[];
  /** What makes the program print its version; `--version` if absent. */
  readonly ask?: readonly string[];
  readonly required: boolean;
  /** What cannot be done without it. */
  readonly without: string;
}

export const TOOLS: readonly Tool[] = [
  {
    name: 'cc',
    programs: ['cc', 'gcc', 'clang'],
    required: true,
    without: 'nothing can be compiled: no check step builds, and the model does not either',
  },
  { name: 'make', required: true, without: 'no kernel tree can be built, the model included' },
  {
    name: 'git',
    required: false,
    without: 'repositories are read without it: slowly, and whole packs at a time',
  },
  { name: 'clang', required: false, without: 'no check with a second compiler' },
  {
    name: 'sparse',
    required: false,
    without: 'no check of address spaces and locking annotations (make C=1)',
  },
  {
    name: 'checkpatch.pl',
    required: false,
    without: 'no check of kernel coding style; name it under [tools] in your configuration',
  },
  { name: 'perl', ask: ['-e', 'print $^V'], required: false, without: 'checkpatch.pl cannot run' },
  { name: 'valgrind', required: false, without: 'no instruction counts in model benchmarks' },
  { name: 'ccache', required: false, without: 'foreign trees are compiled without a second cache' },
  {
    name: 'quilt',
    required: false,
    without: 'no comparison with quilt in oracle tests and benchmarks',
  },
  { name: 'patch', required: false, without: 'no comparison with GNU patch in oracle tests' },
  { name: 'b4', required: false, without: 'no comparison of generated threads with b4' },
  { name: 'xz', required: false, without: 'no .xz patches in a series' },
  { name: 'bzip2', required: false, without: 'no .bz2 patches in a series' },
];
