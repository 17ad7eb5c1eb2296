import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { root, run } from './cli/run.js'
import { userFolder } from './docs/api/examples.js'
import { readApi } from './docs/api/read.js'
import { isThorough } from './layer.js'

/** What tsc says of programs of users, with these options beside the strict ones. */
async function check(programs: Readonly<Record<string, string>>, options: object): Promise<string> {
  const compilerOptions = {
    ...{ strict: true, noEmit: true, target: 'es2022', lib: ['es2023'], module: 'nodenext', ...options },
    // Every declaration is checked, ours included.
    skipLibCheck: false,
  }
  const tsconfig = JSON.stringify({ compilerOptions, files: Object.keys(programs) })
  const folder = userFolder({ ...programs, 'tsconfig.json': tsconfig })
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  return (await run(process.execPath, [tsc, '-p', folder, '--preserveSymlinks'])).stdout
}

beforeAll(async () => {
  if (isThorough) await run(process.execPath, ['src/build-types.mjs'])
})

const PROGRAM = `
import { HashRing, hitRatio, InputError, type OwnPolicy, type Report } from 'cachelab'
import { replicationTimeline } from 'cachelab/replication'
import { readTrace } from 'cachelab/trace'
class Mine implements OwnPolicy { constructor(readonly capacity: number) {} access(key: number): boolean { return key < 0 } }
const report: Report = await hitRatio({ policies: ['lru', Mine, './file.ts'], keys: 1000, skew: '80/20', capacity: [1, 2] })
await replicationTimeline({ nodes: ['a', 'b'], kill: ['a@2s'], duration: 2000, hints: true }, { operands: [] })
export const owner: string = new HashRing(['a']).locate(report.title)
export const names: readonly string[] = (await readTrace('x.csv', { keyColumn: 'key' })).names
export const error: Error = new InputError('x')
// @ts-expect-error: no policy of ours, and no file.
await hitRatio({ policies: ['lru2'] })
// @ts-expect-error: no option.
await hitRatio({ kyes: 5 })
// @ts-expect-error: a flag.
await replicationTimeline({ hints: 5 })
`

test.runIf(isThorough)('the types are complete for users without the types of Node', async () => {
  expect(await check({ 'program.ts': PROGRAM }, { types: [] })).toBe('')
})

test.runIf(isThorough)('the examples of the doc comments have the types that they say', async () => {
  const examples = readApi().flatMap(({ exports }) => exports.flatMap(({ examples }) => examples))
  const programs = Object.fromEntries(examples.map((code, i) => [`example${i}.ts`, `${code}\nexport {}\n`]))
  expect(await check(programs, { types: ['node'], typeRoots: [join(root, 'node_modules/@types')] })).toBe('')
})
