import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/fixtures/**', '**/node_modules/**'],
    // Tests start child processes; two cores are what the project's CI has.
    maxWorkers: 2,
    // Ends a test that hangs, and nothing else: a machine that does much besides may take its time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
