/**
 * Redis's own tests, unmodified, on `cachelab redis serve` and on a real redis-server: `npm run redis-suite [-- --ours]
 * [UNIT...]`. With `--ours` only here: suite.json knows how many tests of each unit the real server passes. Each of them
 * must pass, or stand in cannot-pass.json with its reason. It needs apt-get (for Redis's sources), tclsh, redis-server.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { redisSource } from './source.mjs'
import { runUnit } from './unit.mjs'

const facts = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
const suite = facts('suite.json')
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lanes: { type: 'string', default: String(availableParallelism()) },
    logs: { type: 'string' },
    ours: { type: 'boolean', default: false },
    port: { type: 'string', default: '21100' },
  },
})
const kinds = options.ours ? ['ours'] : ['real', 'ours']
const units = positionals.length > 0 ? positionals : Object.keys(suite.passes)
const source = redisSource(suite.version)

/** The reasons of the tests of a unit that cannot pass, by name. */
const excuses = (unit) =>
  new Map(
    Object.entries(facts('cannot-pass.json')).flatMap(([reason, tests]) =>
      (tests[unit] ?? []).map((name) => [name, reason]),
    ),
  )

/** What became of the tests of a unit that the real server passes. */
function judged(unit, { ours, real }) {
  const excused = excuses(unit)
  const counted = [...(real ?? ours).tests]
    .filter(([name, { passed }]) => (real ? passed : !suite.failsThere[unit]?.includes(name)))
    .map(([name]) => name)
  const passed = counted.filter((name) => ours.tests.get(name)?.passed)
  const failed = counted.filter((name) => ours.tests.get(name)?.passed === false)
  const notRun = suite.passes[unit] - passed.length - failed.length
  const excusedNotRun = [...excused.keys()].filter((name) => !ours.tests.has(name)).length
  return {
    passed,
    failed,
    notRun,
    wrong: failed.filter((name) => !excused.has(name)),
    missing: notRun - excusedNotRun,
    stale: passed.filter((name) => excused.has(name)),
    excused,
  }
}

async function run(unit, kind, port) {
  const result = await runUnit(source, unit, kind, port, kind === 'ours' ? (suite.skipped[unit] ?? []) : [])
  if (options.logs) {
    mkdirSync(options.logs, { recursive: true })
    writeFileSync(`${options.logs}/${unit.replace('/', '-')}.${kind}.log`, result.log, 'latin1')
  }
  return result
}

/** How often a unit is tried again in which a test failed: some tests hang on how busy the machine is. */
const MAX_RETRIES = 2

/** What passes once passes. */
async function compare(unit, port) {
  const results = {}
  const isWrong = (kind) => {
    if (kind === 'real')
      return [...results.real.tests.values()].filter(({ passed }) => passed).length !== suite.passes[unit]
    const { wrong, missing } = judged(unit, results)
    return wrong.length > 0 || missing > 0
  }
  for (const kind of kinds) {
    results[kind] = await run(unit, kind, port)
    for (let retries = 0; retries < MAX_RETRIES && isWrong(kind); retries++) {
      const { tests } = await run(unit, kind, port)
      for (const [name, outcome] of tests) if (outcome.passed) results[kind].tests.set(name, outcome)
    }
  }
  return results
}

const results = {}
const queue = [...units]
async function lane(_, number) {
  for (let unit = queue.shift(); unit; unit = queue.shift())
    results[unit] = await compare(unit, Number(options.port) + 100 * number)
}
await Promise.all(Array.from({ length: Number(options.lanes) }, lane))

const columns = [
  'unit',
  ...(options.ours ? [] : ['real: passed', 'failed', 's']),
  'ours: passed',
  'failed',
  'could not run',
  's',
]
const rows = units.map((unit) => {
  const { real, ours } = results[unit]
  const { passed, failed, notRun } = judged(unit, results[unit])
  const there = real ? [...real.tests.values()].filter((test) => test.passed).length : 0
  return [
    unit,
    ...(real ? [there, real.tests.size - there, real.seconds] : []),
    ...[passed.length, failed.length, notRun, ours.seconds],
  ]
})
const sums = columns.slice(1).map((_, i) => rows.reduce((sum, row) => sum + row[i + 1], 0))
const cell = (value, i) =>
  i === 0
    ? value.padEnd(18)
    : String(Number(value) >= 0 ? Math.round(value) : value).padStart(Math.max(columns[i].length, 4) + 2)
for (const row of [columns, ...rows, ['all units', ...sums]]) console.log(row.map(cell).join(''))

let isRight = true
for (const unit of units) {
  const { ours } = results[unit]
  const { wrong, missing, stale, excused } = judged(unit, results[unit])
  for (const kind of kinds)
    if (results[unit][kind].trouble) console.log(`${unit}: ${kind} broke off: ${results[unit][kind].trouble}`)
  for (const [name, reason] of excused) console.log(`${unit}: - ${name}: ${reason}`)
  const complaints = [
    ...wrong.map((name) => `${name}: ${ours.tests.get(name).message.replace(/\s+/g, ' ').slice(0, 300)}`),
    ...stale.map((name) => `${name} passes: it no longer belongs in cannot-pass.json`),
    ...(missing > 0 ? [`${missing} of the ${suite.passes[unit]} tests could not run`] : []),
    ...(missing < 0 ? [`${-missing} tests more than suite.json counts`] : []),
  ]
  for (const complaint of complaints) console.log(`${unit}: ✗ ${complaint}`)
  if (complaints.length > 0) isRight = false
}
const all = units.reduce((sum, unit) => sum + suite.passes[unit], 0)
console.log(
  `${rows.reduce((sum, row) => sum + row.at(-4), 0)} of the ${all} tests that redis-server ${suite.version} passes pass.`,
)
process.exitCode = isRight ? 0 : 1
