import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cachelab } from './run.js'

/** A folder of a stranger, with what programs read without being told. */
function trappedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cachelab-'))
  const trap = 'throw new Error("read from the current folder")\n'
  for (const name of ['commander', 'chalk', 'cli-table3', 'seedrandom', 'string-width', 'cachelab']) {
    mkdirSync(join(folder, 'node_modules', name), { recursive: true })
    writeFileSync(join(folder, 'node_modules', name, 'index.js'), trap)
  }
  for (const name of ['index.js', 'cachelab.js', 'cachelab.config.js', 'worker.cjs', '.cachelabrc.js'])
    writeFileSync(join(folder, name), trap)
  for (const name of ['package.json', 'cachelab.json', 'tsconfig.json', '.cachelabrc', '.npmrc'])
    writeFileSync(join(folder, name), '{ broken')
  writeFileSync(join(folder, '.env'), 'NO_COLOR=\nFORCE_COLOR=1\nCOLUMNS=20\nCACHELAB_DEBUG=1\n')
  return folder
}

test.each([
  'ring',
  'evict --requests 1000',
  'replicate check --schedules 1',
  'redis demo lock',
  'quiz --list',
])('%s reads nothing in the current folder, which may be a stranger’s', async (line) => {
  const here = await cachelab(line.split(' '), { cwd: trappedFolder() })
  expect(here).toMatchObject({ code: 0, stderr: '' })
  expect(here.stdout).toBe((await cachelab(line.split(' '), { cwd: '/' })).stdout)
})
