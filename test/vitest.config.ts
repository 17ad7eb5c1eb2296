import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes come first: one that begins when the others are done is waited for alone. */
const LONG =
  /grading\/(bank|hostile|course)|cli\/(again|find|grade|help|init|quiz|walk|watch)|zipf-fit|consistency\/reports|remote\.test/

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

/** Texts that the build bundles as they are (see src/build.mjs). */
const texts = {
  name: 'texts',
  enforce: 'pre' as const,
  load: (id: string) =>
    /\.(md|yml|py|redis|txt)$/.test(id) ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}` : null,
}
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
/** How both layers read the sources: an object each, as Vitest changes it. */
const sources = () => ({ plugins: [texts], define: { CACHELAB_VERSION: JSON.stringify(version) } })

/** Where `npm run coverage` collects what was run: V8's dumps of the processes that tests start, and the workers' own. */
const coverage = process.env.CACHELAB_COVERAGE

/** What both layers (see layer.ts) have in common. */
const shared = {
  server: { deps: { external: [/import-natively\.mjs$/] } },
  // Files share the modules that their worker has loaded: importing them again for each takes a fifth of all the time.
  isolate: false,
  unstubEnvs: true,
  setupFiles: ['test/properties.ts', ...(coverage ? ['test/coverage-worker.ts'] : [])],
  // Only what hangs for ever is ended: how long a test may take depends on what else the machine does.
  testTimeout: 300_000,
  hookTimeout: 300_000,
}
// The program must not see a terminal or colours because the tests were started from one; and where there are
// certificates to read, Node reads them at every start, for longer than all the rest of the start takes.
const env = {
  NO_COLOR: '',
  FORCE_COLOR: '',
  COLUMNS: '',
  NODE_EXTRA_CA_CERTS: '',
  // Whatever the machine's locale: without UTF-8 the program writes ASCII.
  LC_ALL: 'C.UTF-8',
  // As after a login. A container has neither, and GNU parallel 20221122 without SHELL prints nothing over ssh, not even
  // an error.
  TERM: 'xterm',
  SHELL: '/bin/bash',
  ...(coverage ? { NODE_V8_COVERAGE: coverage } : {}),
}

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    globalSetup: 'test/build.ts',
    // Most tests wait for a program that they started, and some for time to pass.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongFirst },
    projects: [
      { ...sources(), test: { ...shared, name: 'quick', include: ['test/**/*.test.ts'], env } },
      {
        ...sources(),
        test: {
          ...shared,
          name: 'thorough',
          include: ['test/**/*.test.ts'],
          env: { ...env, TEST_LAYER: 'thorough' },
        },
      },
    ],
  },
})
