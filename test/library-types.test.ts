import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, run } from './cli/run.js'
import { isThorough } from './layer.js'
import { folderOf } from './own/files.js'

const tsconfig = JSON.stringify({
  compilerOptions: {
    ...{ strict: true, noEmit: true, target: 'es2022', lib: ['es2023'], module: 'nodenext' },
    // Every declaration is checked, ours included.
    ...{ skipLibCheck: false, types: [] },
  },
  files: ['program.ts'],
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
  await run(process.execPath, ['src/build-types.mjs'])
  const folder = folderOf({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': tsconfig,
    'program.ts': PROGRAM,
  })
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/cachelab'))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout } = await run(process.execPath, [tsc, '-p', folder, '--preserveSymlinks'])
  expect(stdout).toBe('')
})
