import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/build.ts',
    testTimeout: 60_000,
    // Most tests wait for a program that they started.
    maxWorkers: '100%',
    // The program must not see a terminal or colours because the tests were started from one; and where there are
    // certificates to read, Node reads them at every start, for longer than all the rest of the start takes.
    env: { NO_COLOR: '', FORCE_COLOR: '', COLUMNS: '', NODE_EXTRA_CA_CERTS: '' },
  },
})
