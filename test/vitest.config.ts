import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/fixtures/**', '**/node_modules/**'],
    // Tests start child processes; two cores are what the project's CI has.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
