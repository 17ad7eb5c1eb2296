/**
 * How long work takes on 1, 2, 4 and 8 machines: every shard runs alone on this one, and the machines are done when the
 * longest is, and their parts are merged. Then two shards side by side, each on one core. Other work by its words.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { heading, line } from './measure.mjs'

const program = fileURLToPath(new URL('../../bin/cachelab.js', import.meta.url))
const DEFAULT = 'ring sweep --runs 2000 --nodes 20'
const words = process.argv.length > 2 ? process.argv.slice(2) : DEFAULT.split(' ')
const folder = mkdtempSync(join(tmpdir(), 'cachelab-shards-'))

/** Milliseconds that a run takes whose output goes to a file. */
async function timed(arguments_, output) {
  const start = performance.now()
  const child = spawn(process.execPath, [program, ...arguments_], {
    stdio: ['ignore', openSync(output, 'w'), 'inherit'],
  })
  const [code] = await once(child, 'exit')
  if (code > 1) throw new Error(`cachelab ${arguments_.join(' ')}: exit code ${code}`)
  return performance.now() - start
}

const partOf = (index, count) => join(folder, `${index}-of-${count}.json`)
const shard = (index, count, ...more) =>
  timed([...words, ...more, '--shard', `${index}/${count}`], partOf(index, count))
const upTo = (count) => Array.from({ length: count }, (_, i) => i + 1)
const merged = (count) =>
  timed(['merge', ...upTo(count).map((index) => partOf(index, count))], join(folder, 'merged'))

try {
  heading(`cachelab ${words.join(' ')}`)
  const whole = await timed(words, join(folder, 'whole'))
  line('one machine, without shards', whole)
  for (const count of [1, 2, 4, 8]) {
    const times = []
    for (const index of upTo(count)) times.push(await shard(index, count))
    const merge = await merged(count)
    const all = Math.max(...times) + merge
    const share = `${((100 * merge) / all).toFixed(1)} % of it merging`
    line(
      `${count} ${count === 1 ? 'machine' : 'machines'}, longest shard and merge`,
      all,
      `${(whole / all).toFixed(2)} ×, ${share}`,
    )
  }
  heading('On this machine, one core each')
  const single = await timed([...words, '--jobs', '1'], join(folder, 'single'))
  line('one process', single)
  const start = performance.now()
  await Promise.all(upTo(2).map((index) => shard(index, 2, '--jobs', '1')))
  await merged(2)
  const both = performance.now() - start
  line('two shards side by side, and merge', both, `${(single / both).toFixed(2)} ×`)
} finally {
  rmSync(folder, { recursive: true })
}
