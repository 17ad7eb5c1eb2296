import { hashFunctions } from '../../hashing/index.js'
import { InputError } from '../../input-error.js'
import type { KeySource, Progress } from '../../keys/index.js'
import {
  createPlacement,
  freshNames,
  keyHash,
  type Placement,
  type PlacementName,
  placementNames,
  placements,
} from '../../placement/index.js'
import { type Columns, type Findings, reportOf } from '../../report/build.js'
import { formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { keysRange } from '../../stats/keys-law.js'
import { leastMoved, moduloMoved } from '../../stats/ring-theory.js'
import { type Interval, spread } from '../../stats/summary.js'
import { jointConfidence, verdictByLaw } from '../../stats/verdict.js'
import { expectedByLaw } from '../comparison.js'
import { countMoves, countOwners, ownership } from './counting.js'
import { keyParameters, type RingSetup, readKeys, repeatedFinding } from './setup.js'

/** Nodes that join, or nodes that leave. */
export type NodeChange =
  | { readonly kind: 'add'; readonly count: number }
  | { readonly kind: 'remove'; readonly count: number }
  | { readonly kind: 'remove-node'; readonly name: string }

export interface CompareOptions extends RingSetup {
  readonly keys: KeySource
  readonly loadFactor: number
  readonly change: NodeChange
}

type Row = Awaited<ReturnType<typeof measure>>

/** Every placement on the same keys, before and after the same change of nodes. */
export async function ringCompare(options: CompareOptions, progress?: Progress): Promise<Report> {
  const { keys, nodes } = options
  const { joining, leaving } = nodesOf(options)
  const after = nodes.length + joining.length - leaving.length
  const hash = hashFunctions[options.hash]
  const [positions, slots] = await readKeys(keys, [hash, keyHash('slots', hash)], progress)
  const rows: Row[] = []
  for (const [i, name] of placementNames.entries()) {
    const placement = createPlacement(name, nodes, { ...options, hash, keys: positions.length })
    rows.push(await measure(name, placement, name === 'slots' ? slots : positions, joining, leaving))
    progress?.(i + 1, placementNames.length)
  }
  return reportOf('ring compare', {
    title: `Every placement: ${formatCount(nodes.length)} nodes, then ${formatCount(after)}`,
    parameters: {
      nodes: nodes.length,
      change: describe(joining, leaving),
      ...keyParameters(keys, positions.length),
      vnodes: options.vnodes,
      hash: options.hash,
      seed: options.seed ?? null,
      loadFactor: options.loadFactor,
    },
    tables: {
      placements: { title: 'Balance before, movement after', columns, rows },
    },
    findings: {
      repeated: repeatedFinding(keys, positions.length),
      ...findings(rows, nodes.length, after, options.vnodes, positions.length),
    },
  })
}

function nodesOf({ nodes, change }: CompareOptions): { joining: string[]; leaving: string[] } {
  if (change.kind === 'add') return { joining: freshNames(nodes, change.count), leaving: [] }
  const leaving = change.kind === 'remove' ? nodes.slice(-change.count) : [change.name]
  for (const name of leaving) {
    if (!nodes.includes(name)) throw new InputError(`there is no node "${name}" (nodes: ${nodes.join(', ')})`)
  }
  return { joining: [], leaving: leaving.reverse() }
}

function describe(joining: readonly string[], leaving: readonly string[]): string {
  const names = [...joining, ...leaving]
  const shown = names.length > 3 ? `${formatCount(names.length)} nodes` : names.join(', ')
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
  const { stddev, maxOverMean } = spread(countOwners(before.owners, nodes))
  const changed = change(placement, joining, leaving)
  const moves = changed ? countMoves(before, await ownership(placement, positions)) : null
  const after = nodes + joining.length - leaving.length
  return {
    placement: name,
    stddev,
    maxOverMean,
    // null where the placement can't make this change.
    moved: moves?.moved ?? null,
    movedShare: moves ? moves.moved / positions.length : null,
    expectedShare: name === 'modulo' ? moduloMoved(nodes, after) : leastMoved(nodes, after),
    stray: moves?.stray ?? null,
    lookup: placements[name].lookup,
    bytes,
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
  const share = (name: PlacementName) => rows.find((row) => row.placement === name)?.movedShare ?? 0
  const law = (name: PlacementName, expected: number, { low, high }: Interval) =>
    verdictByLaw(share(name), expected, { low: low / keys, high: high / keys })
  // Both are judged, at 95 % together.
  const confidence = jointConfidence(2)
  const expected = moduloMoved(before, after)
  const modulo = law('modulo', expected, keysRange(keys, expected, Infinity, confidence))
  const [changed, most] = [Math.abs(after - before), Math.max(after, before)]
  const ring = law(
    'ring',
    leastMoved(before, after),
    keysRange(keys, changed * vnodes, most * vnodes, confidence),
  )
  const stray = rows.filter((row) => (row.stray ?? 0) > 0 && row.placement !== 'modulo')
  const unable = rows.filter((row) => row.moved === null)
  return {
    modulo: {
      text: `Modulo moves ${formatRatio(modulo.measured, 1)} of the keys, ${expectedByLaw(modulo, 'ratio', 'key lists', 2)}: 1 − min(N, M) ÷ lcm(N, M).`,
      measured: modulo.measured,
      expected: modulo.expected,
      ok: modulo.kind === 'agrees',
    },
    ring: {
      text: `The ring moves ${formatRatio(ring.measured, 1)}, ${expectedByLaw(ring, 'ratio', 'rings', 2)}: ${after > before ? 'what the new nodes get' : 'what the removed nodes held'}. No placement moves less on average.`,
      measured: ring.measured,
      expected: ring.expected,
      ok: ring.kind === 'agrees',
    },
    stray:
      stray.length > 0 &&
      `Stray moves, between two nodes that stay, happen with ${stray.map((row) => `${row.placement} (${formatCount(row.stray ?? 0)})`).join(' and ')}: they keep the balance.`,
    unable:
      unable.length > 0 &&
      `${unable.map((row) => row.placement).join(', ')} can't make this change: ${unable[0].limits}.`,
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
  limits: "what it can't do",
}
