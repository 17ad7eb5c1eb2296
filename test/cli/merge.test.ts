import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, test } from 'vitest'
import { isDivided } from '../../src/cli/options/given.js'
import { createProgram } from '../../src/cli/program.js'
import { children, routes } from '../../src/cli/routes.js'
import { byLayer, testOnce } from '../layer.js'
import { freePort } from '../redis/ports.js'
import { classFolder } from './handed-in.js'
import { cachelab, refused } from './in-process.js'
import { temporaryFolder } from './lab.js'
import { until } from './processes.js'
import { root, cachelab as startedCachelab } from './run.js'
import { traceFolder } from './traces.js'

const { batch, options } = classFolder()
const traces = traceFolder()

/** A server of the store. */
async function served(): Promise<{ url: string; stop(): void }> {
  const port = await freePort()
  const child = spawn(process.execPath, [`${root}bin/cachelab.js`, 'redis', 'serve', '--port', `${port}`])
  for await (const _ of child.stdout) break
  return { url: `redis://127.0.0.1:${port}`, stop: () => child.kill() }
}

const server = await served()
afterAll(server.stop)

/** For every command that can be divided, small work that is: at least one line each. */
const divided: Readonly<Record<string, readonly string[]>> = {
  evict: [
    '--policies lru,random,redis-lru --requests 500 --runs 3',
    '--policies all --workloads zipf --runs 1 --requests 300 --capacity 10,50',
    `--trace ${traces} --key-column key --policies lru,redis-lru --capacity 1%,20`,
    `--trace ${traces}/b.csv --key-column key --policies all --size-column size --capacity 10%`,
  ],
  'evict curve': [
    '--requests 400 --points 5',
    `--trace ${traces}/c.csv --key-column key --policies lru,sieve,opt --points 4`,
    '--sample 50% --keys 200 --requests 2000 --policies lru,sieve --points 4',
    `--trace ${traces}/c.csv --key-column key --sample 90% --policies fifo,lru --points 3`,
  ],
  'evict skew': ['--exponents 0,1 --requests 300 --runs 3'],
  'cluster verify': ['--schedules 3 --duration 2s --rate 40'],
  'replicate check': ['--schedules 8 --modes sync,async --keys 10 --duration 1s'],
  'replicate sweep': ['--nodes 10 --samples 20 --keys 200 --vnodes 5'],
  'sentinel run': ['--sweep down-after --runs 1 --duration 30s --rate 5'],
  tiers: [
    '--sweep servers --values 1,2 --duration 1s --warmup 1s --rate 100 --capacity 50 --keys 100',
    '--sweep latency --values 0.1,5 --trace test/fixtures/zipf10k.txt --rate 1000 --capacity 100 --ttl none',
  ],
  'redis compare': [`--commands 4500 --url ${server.url}`],
  'ring sweep': ['--vnodes 1,20 --runs 7', '--runs 3 --keys-from test/fixtures/zipf10k.txt --nodes 5'],
  // The quick layer has the gradebook's options in grade-parts.
  grade: [
    `--batch ${batch} --exercise eviction --isolation none`,
    ...byLayer([], [`--batch ${batch} ${options}`]),
  ],
}

const words = (line: string) => line.split(' ').filter((word) => word !== '')
const lines = Object.entries(divided).flatMap(([name, lines]) => lines.map((line) => `${name} ${line}`))

/** Writes the parts of some shards of a command line to a folder; their paths. */
async function partsOf(line: string, count: number, folder = temporaryFolder()): Promise<string[]> {
  const paths: string[] = []
  for (let index = 1; index <= count; index++) {
    const { stdout, stderr, code } = await cachelab([...words(line), '--shard', `${index}/${count}`])
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout).schema).toBe('cachelab/part@1')
    paths.push(join(folder, `${index}.json`))
    writeFileSync(paths[index - 1], stdout)
  }
  return paths
}

test('every command with --shard is tried here', async () => {
  const names = await Promise.all(
    routes.map(async ({ path, load }) => {
      const command = (await load()).configure(new Command(), { routes, children, createProgram })
      return isDivided(command) ? [path.join(' ')] : []
    }),
  )
  expect(Object.keys(divided).sort()).toEqual(names.flat().sort())
})

describe.each(lines)('%s', (line) => {
  test('is in parts what it is in one run, byte for byte', async () => {
    const paths = await partsOf(line, 3)
    for (const format of byLayer(['table'], ['json', 'html'])) {
      const whole = await cachelab([...words(line), '--format', format])
      // Not every format has room for all that is asked for, as csv hasn't for --similar.
      if (whole.code === 2) continue
      const merged = await cachelab(['merge', ...paths.toReversed(), '--format', format])
      expect(merged.stdout).toBe(whole.stdout)
      expect(merged.code).toBe(whole.code)
    }
  })

  testOnce('is resumed, and makes a partial report of what is there', async () => {
    const folder = temporaryFolder()
    const whole = await cachelab(words(line))
    const part = await cachelab([...words(line), '--shard', '2/2', '--resume', folder])
    expect(part).toMatchObject({ code: 0, stdout: '' })
    const partial = await cachelab(['merge', folder, '--partial'])
    expect(partial.stdout.replaceAll(/\s+/g, ' ')).toContain('This report is partial: it lacks')
    const resumed = await cachelab([...words(line), '--resume', folder])
    expect(resumed.stdout, resumed.stderr).toBe(whole.stdout)
    expect(readdirSync(folder)).toHaveLength(2)
    // The commands of redis compare go to one server, one after the other.
    const oneJob = line.startsWith('redis compare') ? [] : ['--jobs', '1']
    const again = await cachelab([...words(line), '--resume', folder, ...oneJob])
    expect(again.stdout).toBe(whole.stdout)
    expect((await cachelab(['merge', folder])).stdout).toBe(whole.stdout)
    expect(readdirSync(folder)).toHaveLength(2)
  })
})

const line = lines.find((line) => line.startsWith('ring sweep'))!

testOnce('more shards than tasks give parts without any, which merge', async () => {
  const paths = await partsOf(line, 9)
  expect((await cachelab(['merge', ...paths])).stdout).toBe((await cachelab(words(line))).stdout)
})

testOnce('parts of parts merge', async () => {
  const [first, ...others] = await partsOf(line, 3)
  const both = `${first}-both`
  writeFileSync(both, (await cachelab(['merge', ...others, '--as-part'])).stdout)
  expect((await cachelab(['merge', both, first])).stdout).toBe((await cachelab(words(line))).stdout)
})

testOnce('parts that come one after the other through a pipe merge', async () => {
  const texts = (await partsOf(line, 3)).map((path) => readFileSync(path, 'utf8'))
  const whole = await cachelab(words(line))
  expect((await cachelab(['merge', '-'], { input: texts.join('') })).stdout).toBe(whole.stdout)
  const formatted = texts.map((text) => JSON.stringify(JSON.parse(text), null, 2))
  const folder = temporaryFolder()
  for (const [i, text] of formatted.entries()) writeFileSync(join(folder, `${i}.json`), text)
  expect((await cachelab(['merge', folder])).stdout).toBe(whole.stdout)
  writeFileSync(join(folder, '0.json'), `${texts[0]}{`)
  await refused(['merge', folder], ['0.json, line 2 is not JSON'])
})

testOnce('--verbose says each task that is done', async () => {
  const { stderr } = await cachelab([...words(line), '--verbose'])
  const said = stderr.split('\n').filter((text) => / is done$/.test(text))
  expect(said.sort()).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `note: task ${n} of 7 of rings is done`))
})

test('a command whose steps depend on one another says that it has no shards', () =>
  refused(
    ['ring', 'min-vnodes', '--shard', '1/2'],
    ['ring min-vnodes has no --shard: its work is no list of independent tasks'],
  ))

testOnce('--jobs changes nothing of what is found', async () => {
  const search = words('ring min-vnodes --within 20% --confidence 80% --runs 10 --keys 2000')
  const [one, three] = [
    await cachelab([...search, '--jobs', '1']),
    await cachelab([...search, '--jobs', '3']),
  ]
  expect(one.stdout).toContain('Least number')
  expect(three).toEqual(one)
})

test.each(['0/3', '4/3', 'a/b', '3', '1/0', '-1/3', '1/3/4'])('--shard %s is refused', (shard) =>
  refused(
    [...words(line), `--shard=${shard}`],
    ['--shard must be a share such as 1/4', JSON.stringify(shard)],
  ),
)

testOnce('what can’t be merged is refused in one line', async () => {
  const folder = temporaryFolder()
  const [first, second] = await partsOf(line, 2, folder)
  const other = await cachelab([...words(line), '--seed', '7', '--shard', '2/2'])
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  await refused(['merge', first], ['the parts lack 3 of 7 tasks of rings (shard 2/2); add --partial'])
  await refused(['merge', first, first], ['hold the same: task 1 of rings'])
  await refused(['merge', first, file('other', other.stdout)], ['other work', '--seed 7'])
  await refused(['merge', file('empty', '')], ['empty is empty'])
  await refused(['merge', file('half', readFileSync(first, 'utf8').slice(0, 500))], ['is not JSON'])
  const report = (await cachelab([...words(line), '--format', 'json'])).stdout
  await refused(['merge', file('report', report)], ['has the schema "cachelab/report@1"'])
  const changed = (from: string, to: string) =>
    [first, second].map((path, i) => file(`${i}`, readFileSync(path, 'utf8').replaceAll(from, to)))
  await refused(['merge', ...changed('"version":"', '"version":"9')], ['is a part of cachelab 9'])
  await refused(['merge', ...changed('"ring sweep"', '"redis"')], ['make no report of "redis"'])
  await refused(['merge', ...changed('"--runs"', '"--keys-form"')], ['unknown option'])
  await refused(
    ['merge', ...changed('"done":[[0,[[{', '"done":[[0,[[null,{')],
    ['ring sweep can’t use its results'],
  )
  await refused(['merge', ...changed('"done":[[', '"done":[[1')], ['has task 11 of 7'])
  await refused(['merge', temporaryFolder()], ['there is no part'])
  await refused(['merge', join(folder, 'nothing')], ['there is no such file'])
})

test('--resume refuses a folder of other work, and --shard another format', async () => {
  const folder = temporaryFolder()
  await cachelab([...words(line), '--resume', folder])
  await refused([...words(line), '--seed', '7', '--resume', folder], ['other work', 'this command line'])
  await refused([...words(line), '--shard', '1/2', '--format', 'csv'], ['--shard writes a part'])
})

testOnce('a run that is ended leaves whole parts, and the next one goes on', async () => {
  const folder = temporaryFolder()
  const long = words('ring sweep --vnodes 1,200 --runs 2000 --nodes 40')
  const { code, stdout } = await startedCachelab([...long, '--resume', folder], {
    started: (kill) => void until(() => readdirSync(folder).length > 0).then(() => kill('SIGTERM')),
  })
  expect([code, stdout]).toEqual([143, ''])
  const names = readdirSync(folder)
  expect(names).toHaveLength(1)
  const { lists } = JSON.parse(readFileSync(join(folder, names[0]), 'utf8'))
  expect(lists[0].done.length).toBeGreaterThan(0)
  const resumed = await cachelab([...long, '--resume', folder])
  expect((await cachelab(['merge', folder])).stdout).toBe(resumed.stdout)
})
