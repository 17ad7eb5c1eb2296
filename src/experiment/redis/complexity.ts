import type { Client } from '../../redis/client.js'
import { ask } from '../../redis/script.js'
import { Server } from '../../redis/server.js'
import { findCommand } from '../../redis/table.js'
import { work } from '../../redis/values/work.js'
import { formatCount } from '../../report/format.js'
import type { Finding, Report } from '../../report/index.js'

type Structure = 'string' | 'hash' | 'list' | 'set' | 'sorted set'

interface Operation {
  readonly structure: Structure
  /** One command on a structure of `size` items, the `i`-th of several. */
  words(size: number, i: number): readonly string[]
  /** What the lesson's table 2.6 says of the structure. */
  readonly lesson: string
  /** What to call it where the command's name isn't enough. */
  readonly label?: string
  /** Why what is measured isn't that. */
  readonly remark?: string
}

/** A different item each time, all over the structure. */
const place = (size: number, i: number) => (i * 7919 + 13) % size

const RANGE = 10

const operations: readonly Operation[] = [
  { structure: 'string', lesson: 'O(1)', words: (size, i) => ['GET', `s:${place(size, i)}`] },
  { structure: 'hash', lesson: 'O(1)', words: (size, i) => ['HGET', 'hash', `f:${place(size, i)}`] },
  { structure: 'hash', lesson: 'O(1)', words: (_, i) => ['HSET', 'hash', `f:${i}`, 'x'] },
  { structure: 'list', lesson: 'O(1) at ends', words: (_, i) => ['LPUSH', 'list', `new:${i}`] },
  { structure: 'list', lesson: 'O(1) at ends', words: () => ['RPOP', 'list'] },
  {
    structure: 'list',
    lesson: 'O(1) at ends',
    words: (size, i) => ['LINDEX', 'list', String(place(size, i))],
    remark:
      'A position is walked to from the nearer end, over chunks of 128 items here and of 8 KB in Redis.',
  },
  {
    structure: 'list',
    lesson: 'O(1) at ends',
    words: (size, i) => ['LPOS', 'list', `item:${place(size, i)}`],
    remark: 'Finding an item in a list looks through it.',
  },
  {
    structure: 'list',
    lesson: 'O(1) at ends',
    words: (size, i) => ['LINSERT', 'list', 'BEFORE', `item:${size - 1 - (i % 10)}`, 'x'],
    remark: 'Inserting in the middle is finding it first.',
  },
  { structure: 'set', lesson: 'O(1)', words: (size, i) => ['SISMEMBER', 'set', `m:${place(size, i)}`] },
  { structure: 'set', lesson: 'O(1)', words: (_, i) => ['SADD', 'set', `m:${i}`] },
  {
    structure: 'set',
    lesson: 'O(1)',
    words: () => ['SINTERCARD', '2', 'set', 'set:2'],
    remark: 'An intersection is O(N·M): N members of the smallest set, M sets.',
  },
  {
    structure: 'sorted set',
    lesson: 'O(log N)',
    words: (size, i) => ['ZADD', 'sorted', String(place(size, 7 * i) + 0.5), `m:${place(size, i)}`],
  },
  {
    structure: 'sorted set',
    lesson: 'O(log N)',
    words: (size, i) => ['ZRANK', 'sorted', `m:${place(size, i)}`],
  },
  {
    structure: 'sorted set',
    lesson: 'O(log N)',
    words: (size, i) => ['ZRANGE', 'sorted', String(place(size, i)), String(place(size, i) + RANGE - 1)],
    remark: `A range is O(log N + M): here M = ${RANGE} members on top of the way to the first.`,
  },
  {
    structure: 'sorted set',
    lesson: 'O(log N)',
    words: (size) => ['ZRANGE', 'sorted', '0', String(Math.floor(size / 2))],
    label: 'ZRANGE half',
    remark: 'The same with half of all members: M is what counts.',
  },
  {
    structure: 'sorted set',
    lesson: 'O(log N)',
    words: (size, i) => ['ZSCORE', 'sorted', `m:${place(size, i)}`],
    remark: 'A score is found in the map beside the skip list: O(1).',
  },
]

const BATCH = 1000
/** Operations to take the mean of; as few where one looks at everything. */
const REPEATS = 64
const MOST_STEPS = 4_000_000

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
  while (done < REPEATS && work.steps - before < MOST_STEPS) ask(client, operation.words(size, done++))
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
    const [name] = operation.words(100, 0)
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
  return {
    schema: 'cachelab/report@1',
    command: 'redis complexity',
    title: 'Steps of a command against the size of what it works on',
    parameters: { sizes: sizes.map(formatCount).join(' '), repeats: REPEATS },
    tables: [
      {
        name: 'complexity',
        title: 'Items, members and links looked at by one command',
        columns: [
          { key: 'structure', label: 'Structure' },
          { key: 'command', label: 'Command' },
          ...sizes.map((size) => ({
            key: `n${size}`,
            label: sizeLabel(size),
            unit: 'count' as const,
          })),
          { key: 'growth', label: 'Grows as' },
          { key: 'lesson', label: 'Lesson', detail: true as const },
        ],
        rows,
      },
    ],
    findings: findings(rows.map(({ growth }) => growth)),
  }
}

function findings(growths: readonly Growth[]): Finding[] {
  const plain = operations.flatMap((operation, i) =>
    operation.remark ? [] : [{ operation, growth: growths[i] }],
  )
  const agreeing = plain.filter(({ operation, growth }) => operation.lesson.startsWith(growth))
  return [
    {
      id: 'lesson',
      text: `${agreeing.length} of ${plain.length} commands that the lesson’s table 2.6 speaks of grow as it says.`,
      measured: agreeing.length,
      expected: plain.length,
      ok: agreeing.length === plain.length,
    },
    ...operations.flatMap(({ remark, words }, i) =>
      remark
        ? [{ id: `simplified-${i}`, text: `${words(100, 0)[0]} grows as ${growths[i]}. ${remark}` }]
        : [],
    ),
  ]
}
