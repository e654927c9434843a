/**
 * `npm run test:series -- WHAT`: what is asked of the project's own series at length, for which `npm test`
 * has no time. Answers are kept in the cache directory, so that a second run costs little.
 */
const TASKS = ['own-tests', 'mutation', 'costs'] as const;

const [task = '', ...argv] = process.argv.slice(2);
if (!(TASKS as readonly string[]).includes(task)) {
  console.error(`usage: npm run test:series -- ${TASKS.join('|')} [OPTIONS]`);
  process.exit(2);
}
const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('interrupted')));
const { run } = (await import(`./${task}.ts`)) as {
  run: (argv: readonly string[], signal: AbortSignal) => Promise<number>;
};
process.exitCode = await run(argv, stop.signal);
