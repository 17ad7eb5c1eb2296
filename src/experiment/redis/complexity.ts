import type { Client } from '../../redis/client.js'
import { ask } from '../../redis/script.js'
import { Server } from '../../redis/server.js'
import { findCommand } from '../../redis/table.js'
import { work } from '../../redis/values/work.js'
import { type Findings, reportOf } from '../../report/build.js'
import { formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
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

function fill(client: Client, size: number): void {
  for (let at = 0; at < size; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, size - at) }, (_, i) => at + i)
    ask(client, ['MSET', ...batch.flatMap((i) => [`s:${i}`, 'x'])])
    ask(client, ['HSET', 'hash', ...batch.flatMap((i) => [`f:${i}`, 'x'])])
    ask(client, ['RPUSH', 'list', ...batch.map((i) => `item:${i}`)])
    for (const key of ['set', 'set:2']) ask(client, ['SADD', key, ...batch.map((i) => `m:${i}`)])
    ask(client, ['ZADD', 'sorted', ...batch.flatMap((i) => [String((i * 31) % size), `m:${i}`])])
  }
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
function fittedGrowth(sizes: readonly number[], costs: readonly number[]): { slope: number; growth: Growth } {
  const xs = sizes.map(Math.log10)
  const ys = costs.map((steps) => Math.log10(Math.max(steps, 1)))
  const [meanX, meanY] = [xs, ys].map((list) => list.reduce((sum, x) => sum + x, 0) / list.length)
  const above = xs.reduce((sum, x, i) => sum + (x - meanX) * (ys[i] - meanY), 0)
  const slope = above / xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0)
  const last = sizes.length - 1
  const lastSlope = (ys[last] - ys[last - 1]) / (xs[last] - xs[last - 1])
  if (slope > 0.8 || lastSlope > 0.7) return { slope, growth: 'O(N)' }
  if (slope < 0.04) return { slope, growth: 'O(1)' }
  return { slope, growth: slope < 0.4 ? 'O(log N)' : 'between O(log N) and O(N)' }
}

const EXPONENTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A power of ten as such, so that columns are narrow. */
function sizeLabel(size: number): string {
  const power = Math.log10(size)
  return Number.isInteger(power) ? `N = 10${EXPONENTS[power]}` : `N = ${formatCount(size)}`
}

/** Steps of one command on structures of each size, beside what the lesson and Redis's documentation say. */
export function complexity(
  sizes: readonly number[],
  progress?: (done: number, total: number) => void,
): Report {
  const costs = operations.map((): number[] => [])
  for (const [done, size] of sizes.entries()) {
    const client = new Server().connect()
    fill(client, size)
    for (const [i, operation] of operations.entries()) costs[i].push(cost(client, operation, size))
    progress?.(done + 1, sizes.length)
  }
  const rows = operations.map((operation, i) => {
    const { slope, growth } = fittedGrowth(sizes, costs[i])
    const name = nameOf(operation)
    const measured = Object.fromEntries(sizes.map((size, at) => [`n${size}`, Math.round(costs[i][at])]))
    const documented = findCommand([name])?.complexity ?? ''
    return {
      structure: operation.structure,
      command: operation.label ?? name,
      ...measured,
      growth,
      slope,
      lesson: operation.lesson,
      documented,
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
    findings: findings(rows.map(({ growth }) => growth)),
  })
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
