/**
 * The tests that mutants.mjs runs for every change: without the build and the layers of vitest.config.ts, as the files
 * under test are those of Stryker's copy of the project. One worker thread runs all files for a change, and a new one
 * starts for the next change: so a module is loaded once a change, and what it computes as it loads is of that change.
 */
export default {
  root: process.cwd(),
  test: {
    include: JSON.parse(process.env.MUTANTS_TESTS ?? '[]'),
    server: { deps: { external: [/import-natively\.mjs$/] } },
    env: { NO_COLOR: '', FORCE_COLOR: '', COLUMNS: '', NODE_EXTRA_CA_CERTS: '' },
    isolate: false,
    testTimeout: 60_000,
  },
}
