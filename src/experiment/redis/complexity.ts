import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import type { Client } from '../../redis/client.js'
import { ask } from '../../redis/script.js'
import { Server } from '../../redis/server.js'
import { work } from '../../redis/values/work.js'
import { type Findings, reportOf } from '../../report/build.js'
import { countOf, formatCount } from '../../report/format.js'
import type { CurveFigure, Report } from '../../report/report.js'
import data from './operations.json' with { type: 'json' }
import { command } from './templates.js'

interface Operation {
  readonly structure: string
  /** What the lesson's table 2.6 says of the structure. */
  readonly lesson: string
  /** The template of one command. */
  readonly command: string
  /** What to call it where the command's name isn't enough. */
  readonly label?: string
  /** Why what is measured isn't what the lesson says. */
  readonly remark?: string
}

const operations: readonly Operation[] = data

const BATCH = 1000
/** Operations of which the mean is taken; fewer where one reaches MAX_STEPS. */
const REPEATS = 64
const MAX_STEPS = 4_000_000

/** The commands that put some items into each structure of `size` items. */
const filling: Readonly<Record<string, (items: readonly number[], size: number) => string[][]>> = {
  string: (items) => [['MSET', ...items.flatMap((i) => [`s:${i}`, 'x'])]],
  hash: (items) => [['HSET', 'hash', ...items.flatMap((i) => [`f:${i}`, 'x'])]],
  list: (items) => [['RPUSH', 'list', ...items.map((i) => `item:${i}`)]],
  set: (items) => ['set', 'set:2'].map((key) => ['SADD', key, ...items.map((i) => `m:${i}`)]),
  'sorted set': (items, size) => [
    ['ZADD', 'sorted', ...items.flatMap((i) => [String((i * 31) % size), `m:${i}`])],
  ],
}
const structures = Object.keys(filling)

/** A client of a server with one structure. */
async function filled(structure: string, size: number): Promise<Client> {
  const client = new Server().connect()
  for (let at = 0; at < size; at += BATCH) {
    const items = Array.from({ length: Math.min(BATCH, size - at) }, (_, i) => at + i)
    for (const command of filling[structure](items, size)) ask(client, command)
    await breathe()
  }
  return client
}

/** Items, members and links that an operation looks at, on average. */
function cost(client: Client, operation: Operation, size: number): number {
  const before = work.steps
  let done = 0
  while (done < REPEATS && work.steps - before < MAX_STEPS)
    ask(client, command(operation.command, size, done++))
  return (work.steps - before) / done
}

type Growth = 'O(1)' | 'O(log N)' | 'O(N)' | 'between O(log N) and O(N)'

/**
 * Which law costs follow: the slope of log cost against log N, by least squares; or over the two largest sizes, where
 * what is small at first outgrows the rest only there.
 */
function fittedGrowth(sizes: readonly number[], costs: readonly number[]): Growth {
  const xs = sizes.map(Math.log10)
  const ys = costs.map((steps) => Math.log10(Math.max(steps, 1)))
  const [meanX, meanY] = [xs, ys].map((list) => list.reduce((sum, x) => sum + x, 0) / list.length)
  const above = xs.reduce((sum, x, i) => sum + (x - meanX) * (ys[i] - meanY), 0)
  const slope = above / xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0)
  const last = sizes.length - 1
  const lastSlope = (ys[last] - ys[last - 1]) / (xs[last] - xs[last - 1])
  if (slope > 0.8 || lastSlope > 0.7) return 'O(N)'
  if (slope < 0.04) return 'O(1)'
  return slope < 0.4 ? 'O(log N)' : 'between O(log N) and O(N)'
}

const EXPONENTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A power of ten as such, so that columns are narrow. */
function sizeLabel(size: number): string {
  const power = Math.log10(size)
  return Number.isInteger(power) ? `N = 10${EXPONENTS[power]}` : `N = ${formatCount(size)}`
}

/**
 * Steps of one command on structures of each size, beside what the lesson says. One structure is in memory at a time: about 200 bytes an item.
 */
export async function complexity(sizes: readonly number[], progress?: Progress): Promise<Report> {
  const costs = operations.map((): number[] => [])
  const total = structures.length * sizes.reduce((sum, size) => sum + size, 0)
  let done = 0
  for (const size of sizes) {
    for (const structure of structures) {
      const client = await filled(structure, size)
      for (const [i, operation] of operations.entries()) {
        if (operation.structure !== structure) continue
        costs[i].push(cost(client, operation, size))
        await breathe()
      }
      done += size
      progress?.(done, total)
    }
  }
  const rows = operations.map((operation, i) => {
    const growth = fittedGrowth(sizes, costs[i])
    const name = nameOf(operation)
    const measured = Object.fromEntries(sizes.map((size, at) => [`n${size}`, Math.round(costs[i][at])]))
    return {
      structure: operation.structure,
      command: operation.label ?? name,
      ...measured,
      growth,
      lesson: operation.lesson,
    }
  })
  return reportOf('redis complexity', {
    title: 'Steps of a command against the size of what it works on',
    parameters: { sizes: sizes.map(formatCount).join(' '), repeats: REPEATS },
    tables: {
      complexity: {
        title: 'Items, members and links looked at by one command',
        columns: {
          structure: 'Structure',
          command: 'Command',
          ...Object.fromEntries(sizes.map((size) => [`n${size}`, [sizeLabel(size), 'count']] as const)),
          growth: 'Grows as',
          lesson: ['Lesson', 'detail'],
        },
        rows,
      },
    },
    figures: [
      growthFigure(
        sizes,
        costs.map((list) => list.map(Math.round)),
        rows,
      ),
    ],
    findings: findings(rows.map(({ growth }) => growth)),
  })
}

/** A curve for each command that grows; all of those that don't are one line. */
function growthFigure(
  sizes: readonly number[],
  steps: readonly (readonly number[])[],
  rows: readonly { readonly command: string; readonly growth: Growth }[],
): CurveFigure {
  const growing = rows.flatMap(({ command, growth }, i) =>
    growth === 'O(1)' ? [] : [{ command, of: steps[i] }],
  )
  const constant = steps.filter((_, i) => rows[i].growth === 'O(1)')
  const most = Math.max(...constant.flat())
  return {
    kind: 'curves',
    shownElsewhere: true,
    title: 'Steps of the commands that grow with what they work on',
    x: { label: 'items', unit: 'count', log: true },
    y: { label: 'steps', unit: 'count', log: true },
    series: growing.map(({ command, of }) => ({
      name: command,
      // A logarithmic axis has no place for 0.
      points: sizes.map((size, at) => [size, of[at] || null] as const),
    })),
    rules:
      constant.length === 0
        ? []
        : [{ at: most, text: `${countOf(constant.length, 'other')}: O(1), ${most} at most` }],
  }
}

const nameOf = ({ command }: Operation) => command.split(' ', 1)[0]

function findings(growths: readonly Growth[]): Findings {
  const plain = operations.flatMap((operation, i) =>
    operation.remark ? [] : [{ operation, growth: growths[i] }],
  )
  const agreeing = plain.filter(({ operation, growth }) => operation.lesson.startsWith(growth))
  return {
    lesson: {
      text: `${agreeing.length} of the ${plain.length} commands in the lesson’s table 2.6 grow as it says.`,
      measured: agreeing.length,
      expected: plain.length,
      ok: agreeing.length === plain.length,
    },
    ...Object.fromEntries(
      operations.map((operation, i) => [
        `simplified-${i}`,
        operation.remark && `${nameOf(operation)} grows as ${growths[i]}. ${operation.remark}`,
      ]),
    ),
  }
}
