import type { Progress } from '../../keys/index.js'
import { classOf, itemSize, slabClasses } from '../../memcached/slab-classes.js'
import { SlabMemory } from '../../memcached/slab-memory.js'
import { SlabMover } from '../../memcached/slab-mover.js'
import { breathe } from '../../parallel/breathe.js'
import { reportOf } from '../../report/build.js'
import {
  countOf,
  formatBytes,
  formatCount,
  formatDuration,
  formatRatio,
  formatTime,
} from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { workloads } from '../../workload/index.js'
import { hitRatioCurves, type PagesOfClasses, pageStrips } from './calcify-figures.js'

export interface CalcifyOptions {
  readonly factor: number
  /** MiB. */
  readonly memory: number
  /** Bytes of the values, one phase after the other. */
  readonly sizes: readonly number[]
  /** Milliseconds of each phase. */
  readonly phase: number
  /** Requests a second. */
  readonly rate: number
  /** Zipf's exponent of every phase's keys. */
  readonly exponent: number
  /** Keys of a phase ÷ keys of its size that fit into all memory. */
  readonly pressure: number
  readonly seed: number
}

const KEY_BYTES = 10
/** Most rows of the table. */
const MAX_ROWS = 24
/** Keys of all phases: some 150 bytes each in the three memories, 450 MB in all. */
export const MAX_KEYS = 3_000_000

interface Phase {
  readonly size: number
  /** Number of its first key. */
  readonly first: number
  readonly keys: number
}

/** A memory under test, with its hits and its pages in each interval. */
interface Run {
  memory: SlabMemory
  readonly hits: Float64Array
  readonly pages: PagesOfClasses[]
}

/** Total number of keys of all phases. */
export function phasesOf({ factor, memory, sizes, pressure }: CalcifyOptions): Phase[] {
  const classes = slabClasses(factor)
  let first = 0
  return sizes.map((size) => {
    const { perPage } = classOf(classes, itemSize(KEY_BYTES, size))!
    const keys = Math.max(1, Math.ceil(perPage * memory * pressure))
    first += keys
    return { size, first: first - keys, keys }
  })
}

/**
 * Hit ratio after the value size changes while slab classes of the old size hold the pages: with the page mover,
 * without it, and in a cache that is empty at the start of each phase.
 * O(requests); three memories of the same size.
 */
export async function calcify(options: CalcifyOptions, progress?: Progress): Promise<Report> {
  return report(options, await measure(options, progress))
}

async function measure(options: CalcifyOptions, progress?: Progress) {
  const phases = phasesOf(options)
  const keyCount = phases.reduce((sum, { keys }) => sum + keys, 0)
  const seconds = Math.max(1, Math.round(options.phase / 1000))
  const total = seconds * phases.length
  const interval = Math.ceil(total / MAX_ROWS)
  const rows = Math.ceil(total / interval)
  const memory = () => new SlabMemory({ ...options, pages: options.memory, keyCount, keyBytes: KEY_BYTES })
  const runOf = (): Run => ({ memory: memory(), hits: new Float64Array(rows), pages: [] })
  const runs = { calcified: runOf(), mover: runOf(), fresh: runOf() }
  const all = Object.values(runs)
  // Before the first phase, every key of the first size has been written once.
  for (const run of all)
    for (let key = phases[0].keys - 1; key >= 0; key--) run.memory.set(key, phases[0].size, 0)
  const mover = new SlabMover(runs.mover.memory)
  const perSecond = Math.max(1, Math.round(options.rate))
  const requests = new Uint32Array(perSecond)
  for (const [number, phase] of phases.entries()) {
    if (number > 0) runs.fresh.memory = memory()
    const { exponent, seed } = options
    const drawn = { keys: phase.keys, requests: perSecond * seconds, exponent, seed: seed + number }
    const workload = workloads.zipf.create(drawn)
    for (let second = 0; second < seconds; second++) {
      const now = number * seconds + second
      const row = Math.floor(now / interval)
      workload.next(requests)
      for (const run of all) run.hits[row] += send(run.memory, requests, phase, now)
      mover.tick(now + 1)
      if ((now + 1) % interval === 0 || now + 1 === total)
        for (const run of all) run.pages.push(pagesOf(run.memory))
      progress?.(now, total)
      await breathe()
    }
  }
  const sizes = Array.from({ length: rows }, (_, row) => phases[Math.floor((row * interval) / seconds)].size)
  const sent = (row: number) => (Math.min(total, (row + 1) * interval) - row * interval) * perSecond
  const [calcified, moving, fresh] = all.map(({ hits, pages }) => ({
    ratios: Array.from(hits, (count, row) => count / sent(row)),
    pages,
  }))
  return { phases, interval, sizes, calcified, mover: moving, fresh, moved: mover.moved }
}

function report(options: CalcifyOptions, measured: Awaited<ReturnType<typeof measure>>): Report {
  const { phases, interval, sizes, calcified, mover, fresh, moved } = measured
  const [atEnd, atEndMoved, atEndFresh] = [calcified, mover, fresh].map(
    ({ ratios }) => ratios[sizes.length - 1],
  )
  const courses = [
    { name: 'without mover', ...calcified },
    { name: 'with mover', ...mover },
    { name: 'started empty', ...fresh },
  ]
  const classes = slabClasses(options.factor)
  return reportOf('memcached calcify', {
    title: 'Slab calcification: memory held by the classes of earlier sizes',
    parameters: {
      memory: `${options.memory} MiB`,
      factor: options.factor,
      sizes: options.sizes.join(', '),
      phase: formatTime(options.phase),
      rate: options.rate,
      exponent: options.exponent,
      keys: phases.map(({ keys }) => formatCount(keys)).join(' then '),
      seed: options.seed,
    },
    tables: {
      calcify: {
        title: `Every ${formatDuration(interval * 1000)}; pages as class:pages`,
        columns: {
          from: ['from, s', 'count'],
          value: ['value, bytes', 'count'],
          calcified: ['hit ratio', 'ratio'],
          pages: 'pages',
          mover: ['with mover', 'ratio'],
          moverPages: 'pages',
          fresh: ['started empty', 'ratio'],
        },
        rows: sizes.map((value, row) => ({
          from: row * interval,
          value,
          calcified: calcified.ratios[row],
          pages: pagesText(calcified.pages[row]),
          mover: mover.ratios[row],
          moverPages: pagesText(mover.pages[row]),
          fresh: fresh.ratios[row],
        })),
      },
    },
    figures: [
      hitRatioCurves(courses, interval),
      pageStrips(courses, sizes, interval, (number) => {
        const { size } = classes[number - 1]
        return `class ${number}: ${formatBytes(size)}`
      }),
    ],
    findings: {
      calcified: {
        text: `Without the mover ${formatRatio(atEnd)} of the requests hit at the end; a cache that was empty at the start of the phase reaches ${formatRatio(atEndFresh)}. The pages stay with the classes that allocated them (${pagesText(calcified.pages[sizes.length - 1])}), and values of ${formatBytes(phases[phases.length - 1].size)} only evict one another.`,
        measured: atEnd,
        expected: atEndFresh,
      },
      mover: {
        text:
          moved === 0
            ? `The mover moved no page. It gives a page only to a class that has evicted for 30 seconds and whose oldest items are younger than 0.8 × the oldest of any other class.`
            : `The mover moved ${countOf(moved, 'page')}, one a second after its window of 30 seconds; the hit ratio at the end is ${formatRatio(atEndMoved)}.`,
        measured: atEndMoved,
      },
      rule: 'A class without a page gets one even over the memory limit, so a new size is never refused. It gets no second page. Before memcached 1.5 the mover was off by default, and a restart was the usual cure.',
    },
  })
}

/** GET, and on a miss SET. Returns the hits. */
function send(memory: SlabMemory, requests: Uint32Array, { first, size }: Phase, now: number): number {
  let hits = 0
  for (let i = 0; i < requests.length; i++) {
    const key = first + requests[i]
    if (memory.get(key, now)) hits++
    else memory.set(key, size, now)
  }
  return hits
}

const pagesOf = (memory: SlabMemory): PagesOfClasses =>
  new Map(
    [...memory.slabs.values()]
      .sort((a, b) => a.kind.number - b.kind.number)
      .map(({ kind, pages }) => [kind.number, pages.length]),
  )

const pagesText = (pages: PagesOfClasses): string =>
  [...pages].map(([number, count]) => `${number}:${count}`).join(' ')
