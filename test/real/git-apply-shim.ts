/**
 * Stands in for `git apply` in git's own test scripts: what Seam has a meaning for is answered by
 * Seam's library, the rest goes to the real git, and a log says which and why. Started by the little
 * `git` that `git-suite.ts` writes, with the words behind `git`. Environment: SEAM_SHIM_GIT, the
 * real git; SEAM_SHIM_LOG, the file that gets one line of JSON for each call.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import type { Bytes } from '../../tools/patch/types.ts';
import type { Answer } from './shim/answer.ts';
import { answer } from './shim/answer.ts';
import { parseRequest } from './shim/request.ts';

const words = process.argv.slice(2);
let input: Bytes | null = null;

function stdin(): Bytes {
  input ??= readFileSync(0);
  return input;
}

function log(reason: string | null): void {
  const file = process.env['SEAM_SHIM_LOG'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ words, reason })}\n`);
}

function handOn(reason: string): number {
  log(reason);
  const program = process.env['SEAM_SHIM_GIT'] ?? 'git';
  const consumed = input === null ? {} : { input };
  const stdio = [input === null ? 'inherit' : 'pipe', 'inherit', 'inherit'] as const;
  return spawnSync(program, words, { ...consumed, stdio: [...stdio] }).status ?? 128;
}

function answerOrReason(): Answer | string {
  if (words[0] !== 'apply') return 'it gives options to git itself';
  const request = parseRequest(words.slice(1));
  return typeof request === 'string' ? request : answer(request, process.cwd(), stdin);
}

function main(): number {
  const result = answerOrReason();
  if (typeof result === 'string') return handOn(result);
  log(null);
  process.stdout.write(result.stdout);
  process.stderr.write(result.stderr);
  return result.status;
}

process.exitCode = main();
