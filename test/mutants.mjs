/**
 * Mutation testing: `npm run mutants -- src/eviction` changes one thing at a time in the files of a folder (a `<` to
 * `<=`, a branch to never) and runs the tests that concern it. A change that no test notices is a test that is missing.
 * Prints these changes and the score, the share that tests noticed, and exits with 1 where it is below 90 %.
 *
 *   npm run mutants -- PATH… [--tests PATH…]
 *
 * A PATH is a folder of src, a file of it, or a pattern. The tests of src/a/b are the quick ones in test/a/b, or in
 * test/a where there is no test/a/b; `--tests` names others. Tests that start the built program don't see the changes.
 *
 * Stryker does the work. It isn't a dependency: the first call installs the versions below, and the project's own
 * version of vitest (see installed.mjs). 9.6.1 is the last one that runs on Node 20. One
 * worker does some two changes a second; MUTANTS_CONCURRENCY=4 starts four.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { installed } from './installed.mjs'

const STRYKER = '9.6.1'
const LOWEST_SCORE = 90

/** Stryker's core, beside the runner for the project's own version of vitest. */
function stryker() {
  const { version: vitest } = JSON.parse(readFileSync('node_modules/vitest/package.json', 'utf8'))
  const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${STRYKER}`)
  return join(installed(...packages, `vitest@${vitest}`), '@stryker-mutator/core')
}

/** The pattern for the files of a folder; a file or a pattern is one already. */
function within(path, pattern) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, pattern) : path
}

/** The folder of test/ that mirrors a path of src/ most closely. */
function testsOf(path) {
  const mirrored = path.replace(/^src/, 'test')
  if (dirname(mirrored) === '.') {
    console.error('no folder of tests is named like what is to be changed: name tests with --tests')
    process.exit(2)
  }
  return existsSync(mirrored) ? mirrored : testsOf(dirname(mirrored))
}

const args = process.argv.slice(2)
const mark = args.includes('--tests') ? args.indexOf('--tests') : args.length
const mutated = args.slice(0, mark)
const tests = mark < args.length ? args.slice(mark + 1) : [...new Set(mutated.map(testsOf))]
if (mutated.length === 0) {
  console.error(
    'usage: npm run mutants -- PATH… [--tests PATH…], for example: npm run mutants -- src/eviction',
  )
  process.exit(2)
}

// Read by mutants.config.mjs, in the processes that run the tests.
process.env.MUTANTS_TESTS = JSON.stringify(tests.map((path) => within(path, '**/*.test.ts')))
const { Stryker } = await import(pathToFileURL(join(stryker(), 'dist/src/index.js')).href)
await new Stryker({
  mutate: mutated.map((path) => within(path, '**/*.ts')),
  testRunner: 'vitest',
  vitest: { configFile: fileURLToPath(new URL('mutants.config.mjs', import.meta.url)) },
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.MUTANTS_CONCURRENCY ?? 1),
  thresholds: { high: 100, low: LOWEST_SCORE, break: LOWEST_SCORE },
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  ignorePatterns: ['dist', 'coverage'],
  // Stryker rewrites the paths in a tsconfig.json with an interface that TypeScript 7 doesn't have; ours need no rewriting.
  tsconfigFile: 'none',
  tempDirName: join(tmpdir(), `cachelab-mutants-${process.pid}`),
  cleanTempDir: 'always',
}).runMutationTest()
