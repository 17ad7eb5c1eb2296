import { drawKeys, many, oneOf } from '../../src/grading/draw.js'
import type { Random } from '../../src/random/random.js'
import { type Deviations, type Minimum, minimumOf, trueDeviations, worst } from './minimum.js'
import { drawNodes, fixedKeys, inside, isFair, numbered, plainKeys } from './rings.js'

/** Tolerances that no number of keys hits exactly, where the rounding of floating point would decide. */
const TOLERANCES = [0.0803, 0.1207, 0.2011, 0.3013]
const LIMITS = [5, 8, 12]

/** Draws of three kinds: ordinary ones, few keys for many nodes, and tolerances that can be hit exactly. */
const kinds: readonly ((random: Random) => Minimum)[] = [
  (random) => ({
    nodes: drawNodes(2 + random.below(3), random),
    keys: drawKeys(40 + random.below(80), random),
    tolerance: oneOf(TOLERANCES, random),
    limit: oneOf(LIMITS, random),
  }),
  (random) => ({
    nodes: drawNodes(4 + random.below(5), random),
    keys: drawKeys(20 + random.below(10), random),
    tolerance: oneOf([0.7013, 0.9013], random),
    limit: oneOf(LIMITS, random),
  }),
  // Powers of two throughout: every way to compute it is exact.
  (random) => ({
    nodes: drawNodes(oneOf([2, 4], random), random),
    keys: drawKeys(100, random),
    tolerance: oneOf([0.125, 0.25, 0.5], random),
    limit: oneOf(LIMITS, random),
  }),
]

/** How many keys are left where exact hits count. */
const EXACT_KEYS = 32

type Way = (input: Minimum, deviations: Deviations) => number | null

/** The first number that is enough by another measure than "the node furthest off". */
const firstBy =
  (isEnough: (deviations: readonly number[], input: Minimum) => boolean): Way =>
  (input, deviations) => {
    const vnodes = Array.from({ length: input.limit }, (_, i) => i + 1)
    return vnodes.find((count) => isEnough(deviations(count), input)) ?? null
  }

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Common wrong answers; each is tested on cases where it differs from the right one. */
const slips: readonly Way[] = [
  firstBy((deviations, { tolerance }) => Math.max(...deviations) <= tolerance),
  firstBy((deviations, { tolerance }) => -Math.min(...deviations) <= tolerance),
  firstBy((deviations, { tolerance }) => mean(deviations.map(Math.abs)) <= tolerance),
  firstBy((deviations, { tolerance }) => Math.sqrt(mean(deviations.map((one) => one ** 2))) <= tolerance),
  firstBy((deviations, { tolerance }) => worst(deviations) < tolerance),
  // Nodes without keys are not seen.
  firstBy((deviations, { tolerance }) => worst(deviations.filter((one) => one > -1)) <= tolerance),
  // Of all keys instead of the fair share.
  firstBy((deviations, { tolerance, nodes }) => worst(deviations) / nodes.length <= tolerance),
  // Below 1/(1 + tolerance) instead of 1 − tolerance.
  firstBy((deviations, { tolerance }) =>
    deviations.every((one) => one <= tolerance && 1 + one >= 1 / (1 + tolerance)),
  ),
  // The last number up to the limit, and the first from which on all are enough.
  ({ limit, tolerance }, deviations) => {
    for (let vnodes = limit; vnodes > 0; vnodes--) if (worst(deviations(vnodes)) <= tolerance) return vnodes
    return null
  },
  ({ limit, tolerance }, deviations) => {
    let vnodes = limit
    while (vnodes > 0 && worst(deviations(vnodes)) <= tolerance) vnodes--
    return vnodes === limit ? null : vnodes + 1
  },
  // As if more were always better.
  ({ limit, tolerance }, deviations) => {
    let [low, high] = [1, limit + 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (worst(deviations(Math.min(middle, limit))) <= tolerance) high = middle
      else low = middle + 1
    }
    return low > limit ? null : low
  },
  // Powers of two, and odd numbers.
  ({ limit, tolerance }, deviations) => {
    for (let vnodes = 1; vnodes <= limit; vnodes *= 2)
      if (worst(deviations(vnodes)) <= tolerance) return vnodes
    return null
  },
  ({ limit, tolerance }, deviations) => {
    for (let vnodes = 1; vnodes <= limit; vnodes += 2)
      if (worst(deviations(vnodes)) <= tolerance) return vnodes
    return null
  },
]

const ends = ({ nodes, limit }: Pick<Minimum, 'nodes' | 'limit'>) =>
  [1, limit].map((vnodes) => ({ nodes, vnodes, keys: [] }))

function drawMinimum(random: Random): Minimum {
  for (;;) {
    const kind = oneOf(kinds, random)
    const drawn = kind(random)
    if (!ends(drawn).every(isFair)) continue
    const keys = inside(drawn.keys, ends(drawn))
    if (kind !== kinds[2]) {
      if (keys.length >= 8) return { ...drawn, keys }
    } else if (keys.length >= EXACT_KEYS) return { ...drawn, keys: keys.slice(0, EXACT_KEYS) }
  }
}

/** One node, one try, nothing that is enough, everything that is; the same nodes and keys with another answer. */
const fixed: readonly Minimum[] = [
  { nodes: numbered(1), keys: plainKeys, tolerance: 0, limit: 5 },
  { nodes: numbered(1), keys: ['user:7'], tolerance: 0.1, limit: 1 },
  { nodes: numbered(2), keys: plainKeys, tolerance: 1, limit: 5 },
  ...[0.0803, 0.3013, 0.5013, 0.9013].map((tolerance) => ({
    nodes: numbered(3),
    keys: plainKeys,
    tolerance,
    limit: 10,
  })),
  { nodes: numbered(3), keys: fixedKeys, tolerance: 0.3013, limit: 10 },
  {
    nodes: numbered(3),
    keys: [...plainKeys.slice(0, 20), ...plainKeys.slice(0, 20)],
    tolerance: 0.3013,
    limit: 10,
  },
  { nodes: numbered(16), keys: plainKeys, tolerance: 0.9013, limit: 5 },
  { nodes: numbered(100), keys: plainKeys, tolerance: 0.5013, limit: 2 },
]

/** As many keys as make 10.4 % of a node that is off by ten, which is neither 10 % nor, rounded, the same as 10.4 %. */
const OFF_BY_TEN_KEYS = 192

/** With one virtual node each the two are off by ten keys, with thirteen by one, and by more in between. */
function offByTen(): Minimum[] {
  const nodes = numbered(2)
  const limit = 13
  const keys = many(OFF_BY_TEN_KEYS + 20, () => 0).map((_, i) => `user:${442 + i}`)
  const kept = inside(keys, ends({ nodes, limit })).slice(0, OFF_BY_TEN_KEYS)
  return [0.1, 0.104].map((tolerance) => ({ nodes, keys: kept, tolerance, limit }))
}

const answerTo = (input: Minimum) => minimumOf(input, trueDeviations(input))

/** The same nodes with the two halves of the keys, as many each. */
function halves(input: Minimum): Minimum[] {
  const half = input.keys.length >> 1
  return [0, half].map((from) => ({ ...input, keys: input.keys.slice(from, from + half) }))
}

/** Fixed and drawn ones, one for each thing that people answer instead, and the answer exactly at the limit. */
export function minima(random: Random): Minimum[] {
  const drawUntil = (isWanted: (input: Minimum, answer: number | null) => boolean): Minimum => {
    for (;;) {
      const input = drawMinimum(random)
      if (isWanted(input, answerTo(input))) return input
    }
  }
  const telling = slips.map((slip) =>
    drawUntil((input, answer) => answer !== null && slip(input, trueDeviations(input)) !== answer),
  )
  const reached = drawUntil((_, answer) => answer !== null && answer > 2)
  const least = answerTo(reached)!
  const split = drawUntil((input) => {
    const [first, second] = halves(input).map(answerTo)
    return first !== second
  })
  return [
    ...fixed.map((input) => ({ ...input, keys: inside(input.keys, ends(input)) })),
    ...offByTen(),
    ...many(6, () => drawMinimum(random)),
    ...telling,
    ...[least, least - 1, least + 1].map((limit) => ({ ...reached, limit })),
    ...halves(split),
  ]
}
