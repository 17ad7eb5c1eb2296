import { hashFunctions } from '../../hashing/index.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { MAX_POINTS } from '../../placement/index.js'
import { type Columns, type FindingDraft, type Findings, reportOf } from '../../report/build.js'
import { countOf, formatCount, formatRatio } from '../../report/format.js'
import type { CurveFigure, Report } from '../../report/index.js'
import { probabilityAllWithin } from '../../stats/all-within.js'
import { wilsonInterval } from '../../stats/summary.js'
import { SpreadRunner, seedsFrom } from './seeds.js'
import { keyParameters, type RingSetup, readKeys, repeatedFinding } from './setup.js'
import { flattening, leastByTheory, search, type Trial } from './vnodes-search.js'

export interface MinVnodesOptions extends Omit<RingSetup, 'vnodes'> {
  readonly keys: KeySource
  /** Largest allowed deviation of a node from a fair share: 0.05 for ±5 %. */
  readonly within: number
  /** Required probability, over rings, that all nodes stay within it. */
  readonly confidence: number
  readonly runs: number
}

/** A limit on the probability above this is not worth reporting. */
const WORTH_SAYING = 0.9999
/** The most virtual nodes a node that are tried. */
const MAX_VNODES = 100_000
/** The most virtual nodes for which the one ring is examined. */
const SINGLE_RING_VNODES = 1000
/** How many of these numbers are tried between two reports of progress. */
const PIECE = 50

/**
 * The least number of virtual nodes with which all nodes stay within a band around ideal, with a given
 * probability over rings, by measurement beside the exact theory. Uses all cores; O(runs × virtual nodes).
 */
export async function ringMinVnodes(options: MinVnodesOptions, progress?: Progress): Promise<Report> {
  const { keys, nodes, within, confidence, runs } = options
  const [positions] = await readKeys(keys, [hashFunctions[options.hash]], progress)
  const seed = options.seed ?? 1
  const runner = new SpreadRunner({ nodes, hash: options.hash }, seedsFrom(seed, runs), positions)
  const chance = (vnodes: number) => probabilityAllWithin(positions.length, nodes.length, within, vnodes)
  const floor = chance(Infinity)
  let rings = 0
  const attempt = async (numbers: readonly number[]): Promise<Trial[]> => {
    const before = rings
    rings += runs * numbers.length
    const spreads = await runner.run(numbers, (done) => progress?.(before + done, rings))
    return numbers.map((vnodes, i) => {
      const met = spreads[i].filter((spread) => spread.maxDeviation <= within + 1e-12).length
      return { vnodes, met, probability: met / runs, ...wilsonInterval(met, runs), expected: chance(vnodes) }
    })
  }
  const most = Math.min(MAX_VNODES, Math.floor(MAX_POINTS / nodes.length))
  const measure = async () => {
    const trials = await (floor < confidence ? flattening(attempt, most) : search(attempt, confidence, most))
    const single: boolean[] = []
    const last = Math.min(SINGLE_RING_VNODES, most)
    while (single.length < last) {
      const vnodes = Array.from(
        { length: Math.min(PIECE, last - single.length) },
        (_, i) => single.length + i + 1,
      )
      const spreads = await runner.run(vnodes, undefined, [options.seed])
      single.push(...spreads.map(([{ maxDeviation }]) => maxDeviation <= within + 1e-12))
      progress?.(rings + single.length, rings + last)
    }
    return { trials, single }
  }
  const { trials, single } = await measure().finally(() => runner.close())
  return reportOf('ring min-vnodes', {
    title: `Virtual nodes for ${countOf(nodes.length, 'node')} within ±${formatRatio(within, 1)} of ideal`,
    parameters: {
      nodes: nodes.length,
      ...keyParameters(keys, positions.length),
      hash: options.hash,
      within,
      confidence,
      runs,
      seed,
    },
    tables: {
      trials: {
        title: `Share of ${countOf(runs, 'ring')} on which all nodes are within the band`,
        columns,
        rows: trials.map((trial) => ({ ...trial, verdict: verdict(trial, confidence) })),
      },
    },
    figures: trials.length > 1 ? [probabilityFigure(trials, floor, options)] : [],
    findings: {
      repeated: repeatedFinding(keys, positions.length),
      ...(floor < confidence
        ? impossible(floor, positions.length, options)
        : possible(trials, floor, options, leastByTheory(chance, confidence, most), most)),
      'single-ring': singleRing(single, options),
    },
  })
}

/** Probability against V, beside the one that is wanted and the one that no placement exceeds. */
function probabilityFigure(
  trials: readonly Trial[],
  floor: number,
  { within, confidence }: MinVnodesOptions,
): CurveFigure {
  const sorted = [...trials].sort((a, b) => a.vnodes - b.vnodes)
  return {
    kind: 'curves',
    title: `Probability that all nodes are within ±${formatRatio(within, 1)}`,
    shownElsewhere: true,
    x: { label: 'virtual nodes a node', unit: 'count', log: true },
    y: { label: 'probability', unit: 'ratio' },
    series: [
      {
        name: 'measured',
        points: sorted.map(({ vnodes, probability, low, high }) => [vnodes, probability, low, high] as const),
      },
      { name: 'expected', points: sorted.map(({ vnodes, expected }) => [vnodes, expected] as const) },
    ],
    rules: [
      { at: confidence, text: `wanted: ${formatRatio(confidence, 0)}` },
      ...(floor < WORTH_SAYING ? [{ at: floor, text: `a perfect placement: ${formatRatio(floor)}` }] : []),
    ],
  }
}

function verdict(trial: Trial, confidence: number): string {
  if (trial.high < confidence) return 'too few'
  return trial.low >= confidence ? 'enough' : 'can’t tell'
}

function possible(
  trials: readonly Trial[],
  floor: number,
  { confidence, runs, within }: MinVnodesOptions,
  theory: number | null,
  most: number,
): Findings {
  const failed = trials.findLast((trial) => trial.probability < confidence)
  const least = trials.find((trial) => trial.vnodes > (failed?.vnodes ?? 0))
  const tooFew = trials.findLast((trial) => verdict(trial, confidence) === 'too few')
  const enough = trials.find((trial) => verdict(trial, confidence) === 'enough')
  const theoryText = theory === null ? `more than ${formatCount(most)}` : formatCount(theory)
  const goal = `±${formatRatio(within, 1)} on all nodes with ${formatRatio(confidence, 0)} probability`
  return {
    least: {
      text: least
        ? `Least number: about ${formatCount(least.vnodes)} virtual nodes a node keep ${goal}; theory says ${theoryText}. ${countOf(runs, 'run')} ${runs === 1 ? 'leaves' : 'leave'} an interval: ${tooFew ? `${formatCount(tooFew.vnodes)} are too few for certain` : 'no number tried is too few for certain'}, ${enough ? `${formatCount(enough.vnodes)} are enough for certain` : 'and none tried is enough for certain'}.`
        : `Least number: none up to ${formatCount(most)} virtual nodes a node, the most tried here, keeps ${goal}; theory says ${theoryText}.`,
      measured: least?.vnodes,
      ...(theory === null ? {} : { expected: theory }),
    },
    floor: floor < WORTH_SAYING && {
      text: `No placement keeps the band with more than ${formatRatio(floor)} probability: random keys spread unevenly even over equal arcs.`,
      expected: floor,
    },
  }
}

function impossible(floor: number, keys: number, { nodes, within, confidence }: MinVnodesOptions): Findings {
  const needed = leastKeys(keys, nodes.length, within, confidence)
  const band = leastBand(keys, nodes.length, within, confidence)
  return {
    floor: {
      text: `No number of virtual nodes can: even a perfect placement of ${countOf(keys, 'key')} on ${countOf(nodes.length, 'node')} keeps all within ±${formatRatio(within, 1)} only with probability ${formatRatio(floor)}, less than the required ${formatRatio(confidence, 0)}. Random keys spread unevenly even over equal arcs.`,
      expected: floor,
      ok: false,
    },
    help: `What would help: more keys (about ${formatCount(needed)} lift the limit to ${formatRatio(confidence, 0)}), a wider band (±${formatRatio(band, 1)}), or another placement: bounded loads with --load-factor ${Number((1 + within).toFixed(3))} never exceed the band.`,
  }
}

/** The number of keys, to two digits, from which a perfect placement reaches the confidence. */
function leastKeys(keys: number, nodes: number, within: number, confidence: number): number {
  let least = keys
  while (probabilityAllWithin(Math.round(least), nodes, within, Infinity) < confidence) least *= 1.05
  const unit = 10 ** Math.floor(Math.log10(least) - 1)
  return Math.ceil(least / unit) * unit
}

/** The band, in steps of a tenth of a percent, within which a perfect placement reaches the confidence. */
function leastBand(keys: number, nodes: number, within: number, confidence: number): number {
  let band = within
  while (probabilityAllWithin(keys, nodes, band, Infinity) < confidence)
    band = Math.ceil(band * 1000 + 1) / 1000
  return band
}

function singleRing(holds: readonly boolean[], { seed }: MinVnodesOptions): FindingDraft {
  const ring = seed === undefined ? 'The one ring without a seed' : `The one ring of seed ${seed}`
  const first = holds.indexOf(true) + 1
  const relapse = holds.indexOf(false, first) + 1
  const share = holds.filter(Boolean).length / holds.length
  const luck = 'This is chance: another seed gives another number.'
  return {
    text:
      first === 0
        ? `${ring} is never within the band up to ${countOf(holds.length, 'virtual node')}. ${luck}`
        : `${ring} is within the band for the first time at ${countOf(first, 'virtual node')}${relapse > 0 ? `, and out of it again at ${formatCount(relapse)}` : ''}; of the numbers from 1 to ${formatCount(holds.length)}, ${formatRatio(share, 1)} keep it. ${luck}`,
    ...(first === 0 ? {} : { measured: first }),
  }
}

const columns: Columns = {
  vnodes: ['virtual nodes', 'count'],
  met: ['rings within', 'count'],
  probability: ['probability', 'ratio'],
  low: ['95% from', 'ratio'],
  high: ['to', 'ratio'],
  expected: ['expected', 'ratio'],
  verdict: 'verdict',
}
