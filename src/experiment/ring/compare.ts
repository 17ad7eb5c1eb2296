import { hashFunctions } from '../../hashing/index.js'
import { InputError } from '../../input-error.js'
import { type KeySource, type Progress, ProgressSteps } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import {
  algorithmNames,
  createPlacement,
  keyHash,
  type Placement,
  type PlacementName,
  placements,
} from '../../placement/index.js'
import { type Columns, type FindingDraft, type Findings, reportOf } from '../../report/build.js'
import { countOf, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { keysRange } from '../../stats/keys-law.js'
import { leastMoved, moduloMoved, moduloMovedByName } from '../../stats/ring-theory.js'
import { type Interval, spread } from '../../stats/summary.js'
import { jointConfidence, verdictByLaw } from '../../stats/verdict.js'
import { comparedBars } from '../bars.js'
import { expectedByLaw } from '../comparison.js'
import { type NodeChange, nodesOf } from './change.js'
import { MoveCount } from './counting.js'
import { countedKeys, keyParameters, type RingSetup, repeatedFinding } from './setup.js'

export interface CompareOptions extends RingSetup {
  /** Default: all but those of programs. */
  readonly placements?: readonly PlacementName[]
  readonly keys: KeySource
  readonly loadFactor: number
  readonly change: NodeChange
}

type Row = ReturnType<Compared['row']>

/** Several placements on the same keys, before and after the same change of nodes. */
export async function ringCompare(options: CompareOptions, progress?: Progress): Promise<Report> {
  const { keys, nodes, placements: names = algorithmNames } = options
  const { joining, leaving } = nodesOf(nodes, options.change)
  const after = nodes.length + joining.length - leaving.length
  const hash = hashFunctions[options.hash]
  const counts = [nodes.length, after]
  const hashes = names.map((name) => keyHash(name, hash, counts))
  const different = [...new Set(hashes)]
  const counted = await countedKeys(keys, different, progress)
  const keyCount = counted.count
  const create = (name: PlacementName, vnodes = options.vnodes) =>
    createPlacement(name, nodes, { ...options, vnodes, hash, keys: keyCount })
  // What can't have so many nodes is refused before others have millions of points.
  for (const name of names) create(name, 1)
  const steps = new ProgressSteps(names.length, progress)
  const compared: Compared[] = []
  for (const name of names) {
    const after = await changed(create(name), joining, leaving, steps.within)
    compared.push(new Compared(name, create(name), after))
    steps.next()
  }
  const columnOf = hashes.map((of) => different.indexOf(of))
  await counted.visit((batch) => {
    for (const [i, placement] of compared.entries()) placement.add(batch[columnOf[i]])
  })
  const rows = compared.map((placement) => placement.row(after))
  return reportOf('ring compare', {
    title: `Every placement: ${countOf(nodes.length, 'node')}, then ${formatCount(after)}`,
    parameters: {
      nodes: nodes.length,
      change: describe(joining, leaving),
      ...keyParameters(keys, keyCount),
      vnodes: options.vnodes,
      hash: options.hash,
      seed: options.seed ?? null,
      loadFactor: options.loadFactor,
    },
    tables: {
      placements: { title: 'Balance before and after the change, and movement', columns, rows },
    },
    figures: [
      ...comparedBars({
        title: 'Keys that move',
        value: { label: 'share of the keys', unit: 'ratio' },
        categories: names,
        series: [
          { name: 'moved', values: rows.map(({ movedShare }) => movedShare) },
          { name: 'expected', values: rows.map((row) => (row.moved === null ? null : row.expectedShare)) },
        ],
        rules: [{ at: leastMoved(nodes.length, after), text: 'the least, on average' }],
      }),
      ...comparedBars({
        title: 'Balance: standard deviation of keys per node ÷ mean',
        value: { label: 'standard deviation ÷ mean', unit: 'ratio' },
        categories: names,
        series: [
          { name: 'before', values: rows.map(({ stddev }) => stddev) },
          { name: 'after', values: rows.map(({ stddevAfter }) => stddevAfter) },
        ],
      }),
    ],
    findings: {
      repeated: repeatedFinding(keys, keyCount),
      ...findings(rows, nodes.length, after, options.vnodes, keyCount),
    },
  })
}

function describe(joining: readonly string[], leaving: readonly string[]): string {
  const names = [...joining, ...leaving]
  const shown = names.length > 3 ? `${countOf(names.length, 'node')}` : names.join(', ')
  return `${joining.length > 0 ? 'add' : 'remove'} ${shown}`
}

/** A placement before and after the change, and the keys that were placed so far. Keeps counts and no keys. */
class Compared {
  private readonly counts: Uint32Array
  private readonly countsAfter: Uint32Array
  private readonly moves: MoveCount
  private keys = 0

  /** `after` is null where the placement can't make this change. */
  constructor(
    private readonly name: PlacementName,
    private readonly before: Placement,
    private readonly after: Placement | null,
  ) {
    const nodesAfter = after?.nodes ?? []
    this.counts = new Uint32Array(before.nodes.length)
    this.countsAfter = new Uint32Array(nodesAfter.length)
    this.moves = new MoveCount(before.nodes, nodesAfter)
  }

  /** Places more keys, in their order: bounded loads depend on it. */
  add(positions: Uint32Array): void {
    const { before, after, counts, countsAfter, moves } = this
    this.keys += positions.length
    for (let i = 0; i < positions.length; i++) {
      const from = before.place(positions[i])
      counts[from]++
      if (after === null) continue
      const to = after.place(positions[i])
      countsAfter[to]++
      moves.add(from, to)
    }
  }

  row(nodesAfter: number) {
    const { name, before, after, moves } = this
    const balance = spread(this.counts)
    const balanceAfter = after && spread(this.countsAfter)
    return {
      placement: name,
      stddev: balance.stddev,
      maxOverMean: balance.maxOverMean,
      moved: after && moves.moved,
      movedShare: after && moves.moved / this.keys,
      expectedShare:
        name === 'modulo' && after
          ? moduloMovedByName(before.nodes, after.nodes)
          : leastMoved(before.nodes.length, nodesAfter),
      stray: after && moves.stray,
      lookup: placements[name].lookup,
      bytes: before.bytes,
      within: balance.maxDeviation,
      stddevAfter: balanceAfter?.stddev ?? null,
      maxOverMeanAfter: balanceAfter?.maxOverMean ?? null,
      withinAfter: balanceAfter?.maxDeviation ?? null,
      limits: placements[name].limits,
    }
  }
}

/** The placement with other nodes; null if it can't. */
async function changed(
  placement: Placement,
  joining: readonly string[],
  leaving: readonly string[],
  progress: Progress,
): Promise<Placement | null> {
  let done = 0
  const passed = (): void | Promise<void> => {
    progress(++done, joining.length + leaving.length)
    return breathe()
  }
  try {
    for (const name of joining) {
      placement.add(name)
      await passed()
    }
    for (const name of leaving) {
      placement.remove(name)
      await passed()
    }
    return placement
  } catch (error) {
    if (error instanceof InputError) return null
    throw error
  }
}

function findings(
  rows: readonly Row[],
  before: number,
  after: number,
  vnodes: number,
  keys: number,
): Findings {
  const rowOf = (name: PlacementName) => rows.find((row) => row.placement === name)
  const [moduloRow, ringRow] = [rowOf('modulo'), rowOf('ring')]
  // Those that are there are judged, at 95 % together.
  const judged = [moduloRow, ringRow].filter((row) => row !== undefined).length
  const confidence = jointConfidence(judged)
  const law = (row: Row, expected: number, { low, high }: Interval) =>
    verdictByLaw(row.movedShare ?? 0, expected, { low: low / keys, high: high / keys })
  const moduloLaw = (row: Row) =>
    law(row, row.expectedShare, keysRange(keys, row.expectedShare, Infinity, confidence))
  const modulo = moduloRow && moduloLaw(moduloRow)
  const [changed, most] = [Math.abs(after - before), Math.max(after, before)]
  const ring =
    ringRow &&
    law(ringRow, leastMoved(before, after), keysRange(keys, changed * vnodes, most * vnodes, confidence))
  const stray = rows.filter((row) => (row.stray ?? 0) > 0 && row.placement !== 'modulo')
  const unable = rows.filter((row) => row.moved === null)
  return {
    modulo: modulo && {
      text: `Modulo moves ${formatRatio(modulo.measured, 1)} of the keys, ${expectedByLaw(modulo, 'ratio', 'key lists', judged)}: ${moduloFormula(modulo.expected === moduloMoved(before, after))}.`,
      measured: modulo.measured,
      expected: modulo.expected,
      ok: modulo.kind === 'agrees',
    },
    ring: ring && {
      text: `The ring moves ${formatRatio(ring.measured, 1)}, ${expectedByLaw(ring, 'ratio', 'rings', judged)}: ${after > before ? 'what the new nodes get' : 'what the removed nodes held'}. No placement moves less on average.`,
      measured: ring.measured,
      expected: ring.expected,
      ok: ring.kind === 'agrees',
    },
    balance: ringRow && balanceFinding(ringRow, before, after),
    stray:
      stray.length > 0 &&
      `Stray moves, between two nodes that stay, happen with ${stray.map((row) => `${row.placement} (${formatCount(row.stray ?? 0)})`).join(' and ')}: they keep the balance.`,
    unable:
      unable.length > 0 &&
      `${unable.map((row) => row.placement).join(', ')} can't make this change: ${unable[0].limits}.`,
  }
}

/** The law of modulo, where the last nodes come and go, or others. */
function moduloFormula(areLast: boolean): string {
  return areLast
    ? '1 − min(N, M) ÷ lcm(N, M)'
    : '1 − k ÷ lcm(N, M), where k nodes have the same number before and after, modulo gcd(N, M)'
}

/** The balance of the ring before and after. */
function balanceFinding(row: Row, before: number, after: number): FindingDraft {
  return {
    text: `Balance of the ring: ${countOf(before, 'node')} within ±${formatRatio(row.within)} of a fair share before the change, ${formatCount(after)} within ±${formatRatio(row.withinAfter ?? 0)} after it.`,
    measured: row.withinAfter ?? 0,
  }
}

const columns: Columns = {
  placement: 'placement',
  stddev: ['std dev', 'ratio'],
  maxOverMean: ['max / mean', 'factor'],
  moved: ['moved', 'count'],
  movedShare: ['share', 'ratio'],
  expectedShare: ['expected', 'ratio'],
  stray: ['stray', 'count'],
  lookup: 'lookup',
  bytes: ['memory', 'bytes'],
  within: ['all within ±', 'ratio'],
  stddevAfter: ['std dev after', 'ratio'],
  maxOverMeanAfter: ['max / mean after', 'factor'],
  withinAfter: ['all within ± after', 'ratio'],
  limits: "what it can't do",
}
