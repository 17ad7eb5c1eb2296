import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../../src/random/random.js'
import { type Area, areas, type Complaint } from './area.js'
import { type Outcome, Runner } from './pool.js'
import { shrink } from './shrink.js'

const USAGE = `usage: npm run fuzz -- [--count N] [--seed N] [--area NAME] [--only PATTERN] [--jobs N] [--times]
       npm run fuzz -- --area NAME --case JSON
areas: ${Object.keys(areas).join(', ')}`

interface Loaded {
  readonly name: string
  readonly area: Area
}

interface Generated extends Loaded {
  readonly given: unknown
}

interface Failure extends Generated {
  readonly complaint: Complaint
}

/** Lines of --times. */
const MAX_DEAREST = 40

/** Today as yyyymmdd: a gate that runs each day tries other cases each day. */
const today = () => Number(new Date().toISOString().slice(0, 10).replaceAll('-', ''))

/** Tries as many cases as asked for; the exit code. `child` is the program of a runner; `places` is a folder for its files. */
export async function fuzz(args: string[], child: string, places: string): Promise<number> {
  const text = (initial: string) => ({ type: 'string' as const, default: initial })
  const { values } = parseArgs({
    args,
    options: {
      count: text('1000'),
      seed: text(String(today())),
      area: text(Object.keys(areas).join(',')),
      only: text('*'),
      case: { type: 'string' },
      jobs: text(String(availableParallelism())),
      times: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const names = values.area.split(',')
  const [count, jobs] = [Number(values.count), Number(values.jobs)]
  if (values.help || !names.every((name) => Object.hasOwn(areas, name)) || !(count > 0 && jobs > 0)) {
    console.error(USAGE)
    return 2
  }
  const chosen = await Promise.all(names.map(async (name) => ({ name, area: await areas[name]() })))
  for (const { area } of chosen) await area.load?.()
  console.log(`seed ${values.seed}`)
  const begun = Date.now()
  const cases =
    values.case === undefined
      ? generated(chosen, values.seed, count, pattern(values.only))
      : [{ ...chosen[0], given: JSON.parse(values.case) }].values()
  const runners = Array.from({ length: jobs }, (_, i) => new Runner(child, join(places, String(i))))
  try {
    const { failures, tried, askedForMuch, times } = await tryAll(cases, runners)
    const seconds = Math.round((Date.now() - begun) / 1000)
    console.log(
      `${tried} cases in ${seconds} s: ${failures} kinds of failures, ${askedForMuch} asked for much and were ended`,
    )
    if (values.times) {
      console.log(`${runners.reduce((total, { started }) => total + started, 0)} processes were started`)
      console.log(dearest(times))
    }
    return failures > 0 ? 1 : 0
  } finally {
    for (const runner of runners) runner.end()
  }
}

/** The cases of a seed, each from a stream of its own. */
function* generated(chosen: readonly Loaded[], seed: string, count: number, only: RegExp) {
  const drawn = chosen.flatMap((one) => Array<Loaded>(one.area.weight).fill(one))
  for (let i = 0, found = 0; found < count; i++) {
    const random = createRandom(seed, String(i))
    const { name, area } = drawn[random.below(drawn.length)]
    const given = area.generate(random)
    if (!only.test(area.nameOf(given))) continue
    found++
    yield { name, area, given }
  }
}

/** A pattern with `*` for any text. */
const pattern = (text: string) => new RegExp(`^${text.split('*').map(escaped).join('.*')}$`)
const escaped = (text: string) => text.replace(/[^\w\s]/g, '\\$&')

/** Runs the cases on all runners, and reports the first failure of each kind as soon as it is found; how many there were. */
async function tryAll(cases: Iterator<Generated>, runners: readonly Runner[]) {
  const kinds = new Set<string>()
  const times = new Map<string, number[]>()
  let [tried, askedForMuch] = [0, 0]
  const suspects: Generated[] = []
  const note = async ({ complaints }: Outcome, one: Generated, runner: Runner) => {
    for (const complaint of complaints) {
      const kind = `${one.name} ${complaint.rule} ${complaint.where}`
      if (kinds.has(kind)) continue
      kinds.add(kind)
      await report({ ...one, complaint }, runner)
    }
  }
  const work = async (runner: Runner) => {
    for (let next = cases.next(); !next.done; next = cases.next()) {
      const { name, area, given } = next.value
      const outcome = await runner.run(name, area, given)
      tried++
      for (const where of [name, `${name}, ${area.nameOf(given)}`]) {
        if (!times.has(where)) times.set(where, [])
        times.get(where)!.push(outcome.cpuMs ?? 0)
      }
      if (outcome.askedForMuch) askedForMuch++
      if (outcome.isSuspect) suspects.push(next.value)
      else await note(outcome, next.value, runner)
    }
  }
  await Promise.all(runners.map(work))
  // What gave no answer in time is tried again when nothing else runs.
  for (const one of suspects) await note(await runners[0].run(one.name, one.area, one.given), one, runners[0])
  return { failures: kinds.size, tried, askedForMuch, times }
}

/** What took the most processor time, a line each: areas, and commands of each. */
function dearest(times: ReadonlyMap<string, readonly number[]>): string {
  const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0)
  return [...times]
    .sort(([, a], [, b]) => sum(b) - sum(a))
    .slice(0, MAX_DEAREST)
    .map(
      ([where, list]) =>
        `${Math.round(sum(list))} ms in ${list.length} cases, at most ${Math.round(Math.max(...list))}: ${where}`,
    )
    .join('\n')
}

/** Prints the simplest case of a failure. */
async function report({ name, area, given, complaint }: Failure, runner: Runner): Promise<void> {
  let last = complaint
  const shrunk = await shrink(
    given,
    (one) => area.simplify(one),
    async (one) => {
      const { complaints } = await runner.run(name, area, one)
      const same = complaints.find(({ rule }) => rule === complaint.rule)
      last = same ?? last
      return same !== undefined
    },
  )
  console.log(`\n${name}, ${last.where}: ${last.rule}: ${last.text}\n  ${area.show(shrunk)}`)
}
