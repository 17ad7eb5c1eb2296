/**
 * Redis's own tests, unmodified, on `cachelab redis serve` and on a real redis-server: `npm run redis-suite [-- UNIT...]`.
 * A test that the real server passes must pass here, or stand in cannot-pass.json with its reason. It needs apt-get (for
 * Redis's sources), tclsh and redis-server.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { redisSource } from './source.mjs'
import { runUnit } from './unit.mjs'

const facts = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
const { version, units: allUnits } = facts('suite.json')
const cannotPass = facts('cannot-pass.json')
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lanes: { type: 'string', default: String(availableParallelism()) },
    logs: { type: 'string' },
    port: { type: 'string', default: '21100' },
  },
})
const units = positionals.length > 0 ? positionals : allUnits
const source = redisSource(version)

const runs = { real: {}, ours: {} }
const passes = (run, name) => run.tests.get(name)?.passed === true
const expected = (unit) => [...runs.real[unit].tests.keys()].filter((name) => passes(runs.real[unit], name))
const fallen = (unit) =>
  expected(unit).filter((name) => !passes(runs.ours[unit], name) && !cannotPass[unit]?.[name])

/** Both servers; ours a second time where a test failed that must not: what passes once passes. */
async function compare(unit, port) {
  runs.real[unit] = await run(unit, 'real', port)
  runs.ours[unit] = await run(unit, 'ours', port)
  const failed = fallen(unit)
  if (failed.length === 0) return
  const again = await run(unit, 'ours', port)
  for (const name of failed) if (passes(again, name)) runs.ours[unit].tests.set(name, again.tests.get(name))
}

async function run(unit, kind, port) {
  const result = await runUnit(source, unit, kind, port)
  if (options.logs) {
    mkdirSync(options.logs, { recursive: true })
    writeFileSync(`${options.logs}/${unit.replace('/', '-')}.${kind}.log`, result.log, 'latin1')
  }
  return result
}

const queue = [...units]
async function lane(_, number) {
  for (let unit = queue.shift(); unit; unit = queue.shift())
    await compare(unit, Number(options.port) + 100 * number)
}
await Promise.all(Array.from({ length: Number(options.lanes) }, lane))

const columns = ['unit', 'real: passed', 'failed', 's', 'ours: passed', 'failed', 'could not run', 's']
const rows = units.map((unit) => {
  const { real, ours } = { real: runs.real[unit], ours: runs.ours[unit] }
  const wanted = expected(unit)
  const passed = wanted.filter((name) => passes(ours, name)).length
  const failed = wanted.filter((name) => ours.tests.get(name)?.passed === false).length
  const missing = wanted.length - passed - failed
  return [
    unit,
    wanted.length,
    real.tests.size - wanted.length,
    real.seconds,
    passed,
    failed,
    missing,
    ours.seconds,
  ]
})
const totals = rows.reduce(
  (sums, row) => sums.map((sum, i) => (i === 0 ? sum : sum + row[i])),
  ['all units', ...Array(columns.length - 1).fill(0)],
)
for (const row of [columns, ...rows, totals])
  console.log(
    row
      .map((cell, i) => {
        const text = typeof cell === 'number' ? String(Math.round(cell)) : cell
        return i === 0 ? text.padEnd(18) : text.padStart(columns[i].length + 2)
      })
      .join(''),
  )

let mustChange = 0
for (const unit of units) {
  const say = (text) => console.log(`${unit}: ${text}`)
  for (const kind of ['real', 'ours'])
    if (runs[kind][unit].trouble) say(`${kind}: the unit broke off: ${runs[kind][unit].trouble}`)
  for (const name of fallen(unit)) {
    mustChange++
    const message = runs.ours[unit].tests.get(name)?.message ?? 'could not run'
    say(`✗ ${name}: ${message.replace(/\s+/g, ' ').slice(0, 300)}`)
  }
  for (const [name, reason] of Object.entries(cannotPass[unit] ?? {})) {
    const stale = passes(runs.ours[unit], name) || !expected(unit).includes(name)
    if (stale) mustChange++
    say(stale ? `✗ ${name}: no longer belongs in cannot-pass.json` : `- ${name}: ${reason}`)
  }
}
console.log(
  `${totals[4]} of the ${totals[1]} tests that redis-server ${version} passes pass on cachelab redis serve.`,
)
process.exitCode = mustChange > 0 ? 1 : 0
