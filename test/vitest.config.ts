import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes come first: one that begins when the others are done is waited for alone. */
const LONG = /grading\/(bank|hostile)|cli\/(help|walk|grade|init)/

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/build.ts',
    server: { deps: { external: [/import-natively\.mjs$/] } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongFirst },
    // Most tests wait for a program that they started, and some for time to pass.
    maxWorkers: availableParallelism() + 1,
    // The program must not see a terminal or colours because the tests were started from one; and where there are
    // certificates to read, Node reads them at every start, for longer than all the rest of the start takes.
    env: { NO_COLOR: '', FORCE_COLOR: '', COLUMNS: '', NODE_EXTRA_CA_CERTS: '' },
  },
})
