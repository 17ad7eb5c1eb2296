import { hashFunctions } from '../../hashing/index.js'
import { InputError } from '../../input-error.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { createPlacement, freshNames, keyHash, type Placement } from '../../placement/index.js'
import { type Columns, type Findings, reportOf } from '../../report/build.js'
import { formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { keysRange } from '../../stats/keys-law.js'
import { leastMoved, moduloMoved, replacementMoved } from '../../stats/ring-theory.js'
import { jointConfidence, verdictByLaw } from '../../stats/verdict.js'
import { countMoves, ownership } from './counting.js'
import { build, type PlacementSetup, parametersOf, readKeys, repeatedFinding } from './setup.js'

/** A node swapped for another in one step. */
export interface Replacement {
  readonly leaving: string
  readonly joining: string
}

export interface RollingOptions extends PlacementSetup {
  readonly keys: KeySource
  /** Number of nodes at the end; equal to the initial number if nodes are only replaced. */
  readonly to: number
  /** Replacements, made after the number of nodes has been reached. */
  readonly replace: readonly Replacement[]
}

interface Change {
  readonly text: string
  readonly joining?: string
  readonly leaving?: string
}

/** A rolling deployment: the nodes change one at a time, and each step's movement is counted. */
export async function ringRolling(options: RollingOptions, progress?: Progress): Promise<Report> {
  const { rows, keys, atOnce } = await measure(options, progress)
  const [from, to] = [options.nodes.length, rows.at(-1)?.nodes ?? options.nodes.length]
  return reportOf('ring rolling', {
    title: `A rolling deployment from ${formatCount(from)} to ${formatCount(to)} nodes`,
    parameters: parametersOf(options, options.keys, keys),
    tables: { steps: { title: 'One change at a time', columns, rows } },
    findings: { repeated: repeatedFinding(options.keys, keys), ...findings(options, rows, keys, atOnce) },
  })
}

type Row = Awaited<ReturnType<typeof measure>>['rows'][number]

async function measure(options: RollingOptions, progress?: Progress) {
  const { keys, nodes } = options
  const hash = hashFunctions[options.hash]
  const [positions, moduloPositions] = await readKeys(
    keys,
    [keyHash(options.placement, hash), hash],
    progress,
  )
  const placement = build(options, positions.length)
  const modulo = createPlacement('modulo', nodes, { ...options, hash, keys: positions.length })
  const start = await ownership(placement, positions)
  let now = start
  let moduloNow = await ownership(modulo, moduloPositions)
  let cumulativeMoved = 0
  const rows = []
  for (const change of changes(options)) {
    apply(placement, change)
    apply(modulo, change)
    const next = await ownership(placement, positions)
    const moduloNext = await ownership(modulo, moduloPositions)
    const { moved, stray } = countMoves(now, next)
    cumulativeMoved += moved
    rows.push({
      step: rows.length + 1,
      change: change.text,
      nodes: next.nodes.length,
      before: now.nodes.length,
      moved,
      movedShare: moved / positions.length,
      idealShare: idealShare(change, now.nodes.length, next.nodes.length),
      cumulativeMoved,
      strayMoves: stray,
      moduloMoved: countMoves(moduloNow, moduloNext).moved,
      moduloExpected: moduloMoved(now.nodes.length, next.nodes.length),
    })
    now = next
    moduloNow = moduloNext
  }
  return { rows, keys: positions.length, atOnce: countMoves(start, now).moved }
}

function changes({ nodes, to, replace }: RollingOptions): Change[] {
  const names = [...nodes]
  const steps: Change[] = []
  for (const joining of freshNames(names, Math.max(0, to - nodes.length))) {
    steps.push({ text: `add ${joining}`, joining })
    names.push(joining)
  }
  while (names.length > to) {
    const leaving = names.pop()!
    steps.push({ text: `remove ${leaving}`, leaving })
  }
  for (const { leaving, joining } of replace) {
    if (!names.includes(leaving))
      throw new InputError(`--replace: there is no node "${leaving}" (nodes: ${names.join(', ')})`)
    if (names.includes(joining)) throw new InputError(`--replace: there is a node "${joining}" already`)
    names[names.indexOf(leaving)] = joining
    steps.push({ text: `replace ${leaving} by ${joining}`, leaving, joining })
  }
  return steps
}

function apply(placement: Placement, { joining, leaving }: Change): void {
  if (joining !== undefined) placement.add(joining)
  if (leaving !== undefined) placement.remove(leaving)
}

function idealShare({ joining, leaving }: Change, before: number, after: number): number {
  return joining !== undefined && leaving !== undefined ? replacementMoved(before) : leastMoved(before, after)
}

function findings(options: RollingOptions, rows: readonly Row[], keys: number, atOnce: number): Findings {
  const { placement, nodes, to, replace } = options
  const last = rows[rows.length - 1]
  const stray = rows.reduce((sum, row) => sum + row.strayMoves, 0)
  const modulo = rows.reduce((sum, row) => sum + row.moduloMoved, 0)
  const moduloExpected = rows.reduce((sum, row) => sum + row.moduloExpected, 0) * keys
  const ideal = rows.reduce((sum, row) => sum + row.idealShare, 0) * keys
  const law = placement === 'ring' ? stepLaw(options, rows, keys) : undefined
  return {
    moved: {
      text: `Moved in all: ${formatCount(last.cumulativeMoved)} (${formatRatio(last.cumulativeMoved / keys, 1)} of the keys), ${formatCount(Math.round(ideal))} expected.${law?.text ?? ''} hash mod N moves ${formatCount(modulo)}${replace.length > 0 ? '' : `, expected ${formatCount(Math.round(moduloExpected))}`}.`,
      measured: last.cumulativeMoved,
      expected: ideal,
      ok: law?.ok,
    },
    stray: {
      text:
        stray === 0
          ? 'Stray moves: none. Every key that moved came from a node that left or went to a node that joined.'
          : `Stray moves: ${formatCount(stray)} keys moved between two nodes that stay; ${placement} can't avoid it.`,
      measured: stray,
      expected: 0,
      ok: stray === 0,
    },
    'at-once': rows.length > 1 && {
      text: `The same change at once moves ${formatCount(atOnce)} keys: ${formatCount(last.cumulativeMoved - atOnce)} fewer than step by step, where some keys move more than once. Step by step only a part of the cache is cold at any time.`,
      measured: atOnce,
    },
    names:
      replace.length > 0 &&
      `A replacement under a new name moves about 2 ÷ (N + 1) = ${formatRatio(replacementMoved(Math.max(nodes.length, to)), 0)} of the keys: the old node's keys and those on the new node's arcs. Under the old node's name no key moves; the new node starts empty.`,
  }
}

/**
 * Whether each step moves what a ring moves: the keys on the arcs of the nodes that change, a beta-binomial number. A node
 * that replaces another one changes two of the N + 1 that have points before or after.
 */
function stepLaw(
  { vnodes }: RollingOptions,
  rows: readonly Row[],
  keys: number,
): { text: string; ok: boolean } {
  const confidence = jointConfidence(rows.length)
  const far = rows.find(({ moved, before, nodes, idealShare }) => {
    const changed = before === nodes ? 2 : 1
    const all = before === nodes ? nodes + 1 : Math.max(before, nodes)
    const range = keysRange(keys, changed * vnodes, all * vnodes, confidence)
    return verdictByLaw(moved, idealShare * keys, range).kind === 'differs'
  })
  const text = far
    ? ` Step ${far.step} lies outside the range of 95% of rings.`
    : ` ${rows.length === 1 ? 'The step lies' : `All ${formatCount(rows.length)} steps lie`} within the range of 95% of rings.`
  return { text, ok: far === undefined }
}

const columns: Columns = {
  step: 'step',
  change: 'change',
  nodes: ['nodes', 'count'],
  moved: ['moved', 'count'],
  movedShare: ['share', 'ratio'],
  idealShare: ['ideal', 'ratio'],
  cumulativeMoved: ['in all', 'count'],
  strayMoves: ['stray', 'count'],
  moduloMoved: ['modulo moves', 'count'],
}
