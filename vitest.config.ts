import { defineConfig } from 'vitest/config'

// Node's own type stripping rules apply to product code, so tests run on the same sources, unbuilt.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/src/**/*.test.ts', 'tools/**/*.test.ts'],
    globalSetup: ['test/shared-database.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
