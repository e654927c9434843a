import { spawnSync } from 'node:child_process';

/** The stages of `npm test`, in order: cheap and static first. */
const stages: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['type check', 'npm', 'run', '--silent', 'typecheck'],
  ['lint', 'npm', 'run', '--silent', 'lint'],
  ['format', 'npm', 'run', '--silent', 'format:check'],
  ['unused code', 'npm', 'run', '--silent', 'unused'],
  ['unit', 'npm', 'run', '--silent', 'test:unit'],
];

let failed = 0;
for (const [name, command, ...args] of stages) {
  console.log(`\n=== ${name}`);
  if (spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0)
    failed += 1;
}
console.log(`\n${stages.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
