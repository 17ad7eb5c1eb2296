import type { Progress } from '../../keys/index.js'
import { classOf, itemSize, slabClasses } from '../../memcached/slab-classes.js'
import { SlabMemory } from '../../memcached/slab-memory.js'
import { SlabMover } from '../../memcached/slab-mover.js'
import { breathe } from '../../parallel/breathe.js'
import { reportOf } from '../../report/build.js'
import { formatBytes, formatCount, formatRatio, formatTime } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { workloads } from '../../workload/index.js'

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
  /** Keys of a phase ÷ those of its size that all memory would hold. */
  readonly pressure: number
  readonly seed: number
}

const KEY_BYTES = 10
/** Rows that the table has at most. */
const MOST_ROWS = 24
/** A page's worth of keys in all phases; what a run can have in memory. */
export const MOST_KEYS = 20_000_000

interface Phase {
  readonly size: number
  /** Its keys are numbered from here. */
  readonly first: number
  readonly keys: number
}

/** A memory under test, and what became of its requests in each interval. */
interface Run {
  readonly name: 'calcified' | 'mover' | 'fresh'
  readonly hits: Float64Array
  pages: string[]
}

/** How many keys the phases have in all. */
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
 * A cache whose values change their size: what is left for the new size while the old one holds the pages, with the
 * page mover and without it, and what a cache that begins anew with each phase would have.
 * O(requests); three memories of the same size.
 */
export async function calcify(options: CalcifyOptions, progress?: Progress): Promise<Report> {
  const phases = phasesOf(options)
  const keyCount = phases.reduce((sum, { keys }) => sum + keys, 0)
  const seconds = Math.max(1, Math.round(options.phase / 1000))
  const total = seconds * phases.length
  const interval = Math.ceil(total / MOST_ROWS)
  const rows = Math.ceil(total / interval)
  const memory = () => new SlabMemory({ ...options, pages: options.memory, keyCount, keyBytes: KEY_BYTES })
  const runs: Run[] = (['calcified', 'mover', 'fresh'] as const).map((name) => ({
    name,
    hits: new Float64Array(rows),
    pages: [],
  }))
  const memories = { calcified: memory(), mover: memory(), fresh: memory() }
  // Yesterday is over: every key of the first size has been written once.
  for (const one of Object.values(memories))
    for (let key = phases[0].keys - 1; key >= 0; key--) one.set(key, phases[0].size, 0)
  const mover = new SlabMover(memories.mover)
  const perSecond = Math.max(1, Math.round(options.rate))
  const requests = new Uint32Array(perSecond)
  for (const [number, phase] of phases.entries()) {
    if (number > 0) memories.fresh = memory()
    const { exponent, seed } = options
    const workload = workloads.zipf.create({
      keys: phase.keys,
      requests: perSecond * seconds,
      exponent,
      seed: seed + number,
    })
    for (let second = 0; second < seconds; second++) {
      const now = number * seconds + second
      const row = Math.floor(now / interval)
      workload.next(requests)
      for (const run of runs) run.hits[row] += send(memories[run.name], requests, phase, now)
      mover.tick(now + 1)
      if ((now + 1) % interval === 0 || now + 1 === total)
        for (const run of runs) run.pages.push(pagesOf(memories[run.name]))
      progress?.(now, total)
      await breathe()
    }
  }
  const perRow = (row: number) => (Math.min(total, (row + 1) * interval) - row * interval) * perSecond
  const ratio = (run: Run, row: number) => run.hits[row] / perRow(row)
  const last = phases[phases.length - 1]
  const [stuck, moved, fresh] = runs.map((run) => ratio(run, rows - 1))
  return reportOf('memcached calcify', {
    title: 'Slab calcification: memory stuck in the classes of yesterday’s sizes',
    parameters: {
      memory: `${options.memory} MiB`,
      factor: options.factor,
      sizes: options.sizes.join(', '),
      phase: formatTime(options.phase),
      rate: options.rate,
      exponent: options.exponent,
      keys: phases.map(({ keys }) => formatCount(keys)).join(', '),
      seed: options.seed,
    },
    tables: {
      calcify: {
        title: `Every ${formatTime(interval * 1000)}; pages as class:pages`,
        columns: [
          { key: 'from', label: 'from, s', unit: 'count' },
          { key: 'value', label: 'value, bytes', unit: 'count' },
          { key: 'calcified', label: 'hit ratio', unit: 'ratio' },
          { key: 'pages', label: 'pages' },
          { key: 'mover', label: 'with mover', unit: 'ratio' },
          { key: 'moverPages', label: 'pages' },
          { key: 'fresh', label: 'begun anew', unit: 'ratio' },
        ],
        rows: Array.from({ length: rows }, (_, row) => ({
          from: row * interval,
          value: phases[Math.floor((row * interval) / seconds)].size,
          calcified: ratio(runs[0], row),
          pages: runs[0].pages[row],
          mover: ratio(runs[1], row),
          moverPages: runs[1].pages[row],
          fresh: ratio(runs[2], row),
        })),
      },
    },
    plots: [
      {
        kind: 'curves',
        title: 'Hit ratio over time',
        x: { label: 'seconds' },
        y: { label: 'hit ratio', unit: 'ratio' },
        series: runs.map((run) => ({
          name: { calcified: 'without mover', mover: 'with mover', fresh: 'begun anew' }[run.name],
          points: run.pages.map((_, row) => [row * interval, ratio(run, row)] as const),
        })),
      },
    ],
    findings: {
      calcified: {
        text: `At the end ${formatRatio(stuck)} of the requests hit without the mover, where a cache begun anew hits ${formatRatio(fresh)}: the pages stay with the classes that took them (${runs[0].pages[rows - 1]}), and values of ${formatBytes(last.size)} only displace one another.`,
        measured: stuck,
        expected: fresh,
      },
      mover: {
        text:
          mover.moved === 0
            ? `The mover moved no page: it looks back on 30 seconds, and moves one only to a class that kept evicting and whose last items are younger than 0.8 of the oldest elsewhere.`
            : `The mover gave ${formatCount(mover.moved)} ${mover.moved === 1 ? 'page' : 'pages'} to where they were needed, one a second after half a minute of looking: ${formatRatio(moved)} at the end.`,
        measured: moved,
      },
      rule: 'A class that has no page yet gets one even over the limit, so new sizes are never refused; but one page is all they get. Before 1.5 the mover was off by default, and a restart the usual cure.',
    },
  })
}

/** GET, and on a miss SET. Gives the hits. */
function send(memory: SlabMemory, requests: Uint32Array, { first, size }: Phase, now: number): number {
  let hits = 0
  for (let i = 0; i < requests.length; i++) {
    const key = first + requests[i]
    if (memory.get(key, now)) hits++
    else memory.set(key, size, now)
  }
  return hits
}

function pagesOf(memory: SlabMemory): string {
  return [...memory.slabs.values()]
    .sort((a, b) => a.kind.number - b.kind.number)
    .map(({ kind, pages }) => `${kind.number}:${pages.length}`)
    .join(' ')
}
