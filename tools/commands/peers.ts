/**
 * What does here what verbs of quilt, git, b4, StGit and the kernel's scripts do there, for those
 * who try the names that they know.
 */
const HERE: Readonly<Record<string, string>> = {
  // quilt, StGit
  push: 'apply',
  pop: 'apply --to PATCH',
  goto: 'apply --to PATCH',
  top: 'series -v',
  next: 'series -v',
  previous: 'series -v',
  applied: 'series -v',
  unapplied: 'series -v',
  patches: 'files -v',
  diff: 'show',
  graph: 'deps --format svg',
  mail: 'thread',
  email: 'thread',
  // git
  am: 'apply --branch NAME',
  'cherry-pick': 'extract',
  'format-patch': 'thread',
  interdiff: 'range-diff',
  log: 'series -v',
  rebase: 'check --exec COMMAND',
  'send-email': 'send',
  // b4, the kernel's scripts
  shazam: 'import',
  'get-maintainer': 'maintainers',
  get_maintainer: 'maintainers',
  'get_maintainer.pl': 'maintainers',
  checkpatch: 'check --only checkpatch --checkpatch FILE',
  'checkpatch.pl': 'check --only checkpatch --checkpatch FILE',
  build: 'check --exec COMMAND',
  test: 'check --exec COMMAND',
};

/** The words of ours that do what a verb of another program does. */
export function peerOf(name: string): string | undefined {
  return Object.hasOwn(HERE, name) ? HERE[name] : undefined;
}
