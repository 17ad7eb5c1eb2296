import { hashFunctions } from '../../hashing/index.js'
import { InputError } from '../../input-error.js'
import type { KeySource, Progress } from '../../keys/index.js'
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
import type { Interval } from '../../stats/summary.js'
import { jointConfidence, verdictByLaw } from '../../stats/verdict.js'
import { expectedByLaw } from '../comparison.js'
import { type NodeChange, nodesOf } from './change.js'
import { balanceOf, countMoves, ownership } from './counting.js'
import { keyParameters, type RingSetup, readByHash, repeatedFinding } from './setup.js'

export interface CompareOptions extends RingSetup {
  /** Default: all but those of programs. */
  readonly placements?: readonly PlacementName[]
  readonly keys: KeySource
  readonly loadFactor: number
  readonly change: NodeChange
}

type Row = Awaited<ReturnType<typeof measure>>

/** Several placements on the same keys, before and after the same change of nodes. */
export async function ringCompare(options: CompareOptions, progress?: Progress): Promise<Report> {
  const { keys, nodes, placements: names = algorithmNames } = options
  const { joining, leaving } = nodesOf(nodes, options.change)
  const after = nodes.length + joining.length - leaving.length
  const hash = hashFunctions[options.hash]
  const counts = [nodes.length, after]
  const hashes = names.map((name) => keyHash(name, hash, counts))
  const positions = await readByHash(keys, hashes, progress)
  const keyCount = positions.get(hashes[0])!.length
  const rows: Row[] = []
  for (const [i, name] of names.entries()) {
    const placement = createPlacement(name, nodes, { ...options, hash, keys: keyCount })
    rows.push(await measure(name, placement, positions.get(hashes[i])!, joining, leaving))
    progress?.(i + 1, names.length)
  }
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

async function measure(
  name: PlacementName,
  placement: Placement,
  positions: Uint32Array,
  joining: readonly string[],
  leaving: readonly string[],
) {
  const nodes = placement.nodes.length
  const { bytes } = placement
  const before = await ownership(placement, positions)
  const balance = balanceOf(before)
  const changed = change(placement, joining, leaving) ? await ownership(placement, positions) : null
  const moves = changed && countMoves(before, changed)
  const balanceAfter = changed && balanceOf(changed)
  const after = nodes + joining.length - leaving.length
  const isModulo = name === 'modulo' && changed
  return {
    placement: name,
    stddev: balance.stddev,
    maxOverMean: balance.maxOverMean,
    // null where the placement can't make this change.
    moved: moves?.moved ?? null,
    movedShare: moves ? moves.moved / positions.length : null,
    expectedShare: isModulo ? moduloMovedByName(before.nodes, changed.nodes) : leastMoved(nodes, after),
    stray: moves?.stray ?? null,
    lookup: placements[name].lookup,
    bytes,
    within: balance.maxDeviation,
    stddevAfter: balanceAfter?.stddev ?? null,
    maxOverMeanAfter: balanceAfter?.maxOverMean ?? null,
    withinAfter: balanceAfter?.maxDeviation ?? null,
    limits: placements[name].limits,
  }
}

/** Changes the nodes; false if the placement can't. */
function change(placement: Placement, joining: readonly string[], leaving: readonly string[]): boolean {
  try {
    for (const name of joining) placement.add(name)
    for (const name of leaving) placement.remove(name)
    return true
  } catch (error) {
    if (error instanceof InputError) return false
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
