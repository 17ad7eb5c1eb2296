import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/build.ts',
    testTimeout: 60_000,
    // The program must not see a terminal or colours because the tests were started from one.
    env: { NO_COLOR: '', FORCE_COLOR: '', COLUMNS: '' },
  },
})
