import { hashFunctions } from '../../hashing/index.js'
import { InputError } from '../../input-error.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { createPlacement, freshNames, keyHash, moduloHashes, type Placement } from '../../placement/index.js'
import { type Columns, type Findings, reportOf } from '../../report/build.js'
import { countOf, formatCount, formatRatio } from '../../report/format.js'
import type { BarFigure, Report } from '../../report/report.js'
import { keysRange } from '../../stats/keys-law.js'
import { leastMoved, moduloMovedByName, replacementMoved } from '../../stats/ring-theory.js'
import { jointConfidence, verdictByLaw } from '../../stats/verdict.js'
import { comparedBars } from '../bars.js'
import { checkLeaving } from './change.js'
import { balanceOf, countMoves, ownership } from './counting.js'
import { build, type PlacementSetup, parametersOf, readByHash, repeatedFinding } from './setup.js'

/** A node swapped for another in one step. */
export interface Replacement {
  readonly leaving: string
  readonly joining: string
}

export interface RollingOptions extends PlacementSetup {
  readonly keys: KeySource
  /** Number of nodes at the end; equal to the initial number if nodes are only replaced. */
  readonly to: number
  /** Nodes that leave one after the other, once the number of nodes has been reached. */
  readonly remove?: readonly string[]
  /** Replacements, made after that. */
  readonly replace: readonly Replacement[]
}

interface Change {
  readonly text: string
  /** Nodes after it. */
  readonly nodes: number
  readonly joining?: string
  readonly leaving?: string
}

/** A rolling deployment: the nodes change one at a time, and each step's movement is counted. */
export async function ringRolling(options: RollingOptions, progress?: Progress): Promise<Report> {
  const { rows, ...measured } = await measure(options, progress)
  const { keys } = measured
  const [from, to] = [options.nodes.length, rows.at(-1)?.nodes ?? options.nodes.length]
  return reportOf('ring rolling', {
    title: `A rolling deployment from ${formatCount(from)} to ${countOf(to, 'node')}`,
    parameters: parametersOf(options, options.keys, keys),
    tables: { steps: { title: 'One change at a time', columns, rows } },
    figures: movesFigure(options, rows),
    findings: { repeated: repeatedFinding(options.keys, keys), ...findings(options, rows, measured) },
  })
}

type Row = Awaited<ReturnType<typeof measure>>['rows'][number]

/** The steps beside their ideals and modulo's; a single step as bars of the three. */
function movesFigure({ placement }: RollingOptions, rows: readonly Row[]): BarFigure[] {
  const series = [
    { name: placement, values: rows.map(({ movedShare }) => movedShare) },
    { name: 'ideal', values: rows.map(({ idealShare }) => idealShare) },
    { name: 'modulo', values: rows.map(({ moduloShare }) => moduloShare) },
  ].filter(({ name }, i) => i < 2 || name !== placement)
  const isSingle = rows.length === 1
  return comparedBars({
    title: isSingle ? `Keys that move: ${rows[0].change}` : 'Keys that move in each step',
    value: { label: 'share of the keys', unit: 'ratio' },
    categories: isSingle
      ? series.map(({ name }) => name)
      : rows.map(({ step, change }) => `${step}: ${change}`),
    series: isSingle ? [{ name: 'moved', values: series.map(({ values }) => values[0]) }] : series,
  })
}

async function measure(options: RollingOptions, progress?: Progress) {
  const { keys, nodes } = options
  const hash = hashFunctions[options.hash]
  const steps = changes(options)
  const counts = [nodes.length, ...steps.map((step) => step.nodes)]
  const ofModulo = moduloHashes(hash, counts)
  const isModulo = options.placement === 'modulo'
  const hashes = isModulo ? ofModulo : counts.map(() => keyHash(options.placement, hash, counts))
  const positions = await readByHash(keys, [...hashes, ...ofModulo], progress)
  const keyCount = positions.get(hashes[0])!.length
  const placement = build(options, keyCount)
  const modulo = createPlacement('modulo', nodes, { ...options, hash, keys: keyCount })
  const start = await ownership(placement, positions.get(hashes[0])!)
  let now = start
  let moduloNow = await ownership(modulo, positions.get(ofModulo[0])!)
  let cumulativeMoved = 0
  const rows = []
  for (const [i, change] of steps.entries()) {
    apply(placement, change)
    apply(modulo, change)
    const next = await ownership(placement, positions.get(hashes[i + 1])!)
    const moduloNext = await ownership(modulo, positions.get(ofModulo[i + 1])!)
    const { moved, stray } = countMoves(now, next)
    const moduloMoved = countMoves(moduloNow, moduloNext).moved
    cumulativeMoved += moved
    rows.push({
      step: rows.length + 1,
      change: change.text,
      nodes: next.nodes.length,
      before: now.nodes.length,
      moved,
      movedShare: moved / keyCount,
      idealShare: idealShare(change, now.nodes.length, next.nodes.length),
      within: balanceOf(next).maxDeviation,
      cumulativeMoved,
      strayMoves: stray,
      moduloMoved,
      moduloShare: moduloMoved / keyCount,
      moduloExpected: moduloMovedByName(moduloNow.nodes, moduloNext.nodes),
    })
    now = next
    moduloNow = moduloNext
  }
  return { rows, keys: keyCount, atOnce: countMoves(start, now).moved, within: balanceOf(start).maxDeviation }
}

function changes({ nodes, to, remove = [], replace }: RollingOptions): Change[] {
  const names = [...nodes]
  const steps: Change[] = []
  for (const joining of freshNames(names, Math.max(0, to - nodes.length))) {
    names.push(joining)
    steps.push({ text: `add ${joining}`, nodes: names.length, joining })
  }
  while (names.length > to) {
    const leaving = names.pop()!
    steps.push({ text: `remove ${leaving}`, nodes: names.length, leaving })
  }
  if (remove.length > 0) checkLeaving(names, remove)
  for (const leaving of remove) {
    names.splice(names.indexOf(leaving), 1)
    steps.push({ text: `remove ${leaving}`, nodes: names.length, leaving })
  }
  for (const { leaving, joining } of replace) {
    if (!names.includes(leaving))
      throw new InputError(`--replace: there is no node "${leaving}" (nodes: ${names.join(', ')})`)
    if (names.includes(joining)) throw new InputError(`--replace: there is a node "${joining}" already`)
    names[names.indexOf(leaving)] = joining
    steps.push({ text: `replace ${leaving} by ${joining}`, nodes: names.length, leaving, joining })
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

function findings(
  options: RollingOptions,
  rows: readonly Row[],
  { keys, atOnce, within }: Omit<Awaited<ReturnType<typeof measure>>, 'rows'>,
): Findings {
  const { placement, nodes, to, replace } = options
  const last = rows[rows.length - 1]
  const stray = rows.reduce((sum, row) => sum + row.strayMoves, 0)
  const modulo = rows.reduce((sum, row) => sum + row.moduloMoved, 0)
  const moduloExpected = rows.reduce((sum, row) => sum + row.moduloExpected, 0) * keys
  const ideal = rows.reduce((sum, row) => sum + row.idealShare, 0) * keys
  const law = placement === 'ring' ? stepLaw(options, rows, keys) : undefined
  return {
    moved: {
      text: `Moved in all: ${formatCount(last.cumulativeMoved)} (${formatRatio(last.cumulativeMoved / keys, 1)} of the keys), ${formatCount(Math.round(ideal))} expected.${law?.text ?? ''} hash mod N moves ${formatCount(modulo)}, expected ${formatCount(Math.round(moduloExpected))}.`,
      measured: last.cumulativeMoved,
      expected: ideal,
      ok: law?.ok,
    },
    balance: {
      text: `Balance: ${countOf(nodes.length, 'node')} within ±${formatRatio(within)} of a fair share at the start, ${formatCount(last.nodes)} within ±${formatRatio(last.within)} at the end.`,
      measured: last.within,
    },
    stray: {
      text:
        stray === 0
          ? 'Stray moves: none. Every key that moved came from a node that left or went to a node that joined.'
          : `Stray moves: ${countOf(stray, 'key')} moved between two nodes that stay; ${placement} can't avoid it.`,
      measured: stray,
      expected: 0,
      ok: stray === 0,
    },
    'at-once': rows.length > 1 && {
      text: `The same change at once moves ${countOf(atOnce, 'key')}: ${formatCount(last.cumulativeMoved - atOnce)} fewer than step by step, where some keys move more than once. Step by step only a part of the cache is cold at any time.`,
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
    : ` ${rows.length === 1 ? 'The step lies' : `All ${countOf(rows.length, 'step')} lie`} within the range of 95% of rings.`
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
  moduloShare: ['of all', 'ratio', 'detail'],
  within: ['all within ±', 'ratio'],
}
