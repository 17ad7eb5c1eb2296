import { type CaseCheck, shorter, shown } from '../../src/grading/cases.js'
import { drawKeys, many, oneOf } from '../../src/grading/draw.js'
import { hashFunctions } from '../../src/hashing/index.js'
import { GrowingRing, sortedKeys } from '../../src/placement/index.js'
import type { Random } from '../../src/random/random.js'
import { drawNodes, type Node, nodeWords, position } from './rings.js'

interface Minimum {
  readonly nodes: readonly Node[]
  readonly keys: readonly string[]
  readonly tolerance: number
  readonly limit: number
}

/** How far each node is from its fair share, as a share of it, for more and more virtual nodes. */
function deviationsIn({ nodes, keys }: Minimum): (vnodes: number) => readonly number[] {
  const positions = sortedKeys(Uint32Array.from(keys, position), hashFunctions.md5.bits)
  const names = nodes.map(({ name }) => name)
  const ring = new GrowingRing(names, positions, hashFunctions.md5, undefined)
  return (vnodes) => {
    ring.grow(vnodes)
    return Array.from(ring.counts(), (count) => count / (keys.length / nodes.length) - 1)
  }
}

type Measure = (deviations: readonly number[]) => number

const worst: Measure = (deviations) => Math.max(...deviations.map(Math.abs))

/** The smallest number that is enough by some measure of the deviations. */
function smallest(input: Minimum, measure: Measure): number | null {
  const deviations = deviationsIn(input)
  for (let vnodes = 1; vnodes <= input.limit; vnodes++) {
    if (measure(deviations(vnodes)) <= input.tolerance + 1e-12) return vnodes
  }
  return null
}

const minimumOf = (input: Minimum) => smallest(input, worst)

function drawMinimum(random: Random): Minimum {
  return {
    nodes: drawNodes(2 + random.below(3), random),
    keys: drawKeys(60 + random.below(120), random),
    // Not a share that a number of keys can hit exactly, where rounding would decide.
    tolerance: oneOf([0.0803, 0.1207, 0.2011, 0.3013], random),
    limit: oneOf([5, 15, 30], random),
  }
}

/** What people take instead of the node furthest off: the fullest, the emptiest, the mean. */
const measures: readonly Measure[] = [
  (deviations) => Math.max(...deviations),
  (deviations) => -Math.min(...deviations),
  (deviations) => deviations.reduce((sum, one) => sum + Math.abs(one), 0) / deviations.length,
]

/** Some cases, and for each other measure one more for which it makes a difference. */
export function drawMinima(random: Random): Minimum[] {
  const telling = measures.map((measure) => {
    for (;;) {
      const drawn = drawMinimum(random)
      if (smallest(drawn, measure) !== minimumOf(drawn)) return drawn
    }
  })
  return [...many(8, () => drawMinimum(random)), ...telling]
}

/** Judges `minimumVirtualNodes`. */
export const minimising: CaseCheck<Minimum> = {
  name: 'minimumVirtualNodes',
  parameters: ({ nodes, keys, tolerance, limit }) => [nodes, keys, tolerance, limit],
  words: ({ nodes, keys, tolerance, limit }) =>
    `nodes ${nodeWords(nodes)}, ${keys.length} keys (${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ', …' : ''}), tolerance ${tolerance}, limit ${limit}`,
  smaller: (input) => [
    ...[1, 2, 5, 10, 20].filter((limit) => limit < input.limit).map((limit) => ({ ...input, limit })),
    ...shorter(input.nodes, 2).map((nodes) => ({ ...input, nodes })),
    ...(input.keys.length > 4 ? [{ ...input, keys: input.keys.slice(0, input.keys.length >> 1) }] : []),
  ],
  wrong(input, value) {
    const expected = minimumOf(input)
    if (value === expected) return undefined
    if (expected === null)
      return `you returned ${shown(value)}; no number up to the limit is enough, so it is null`
    const off = (vnodes: number) => `${(worst(deviationsIn(input)(vnodes)) * 100).toFixed(2)} %`
    const yours =
      typeof value === 'number' && value >= 1 && value < 1000 && Number.isInteger(value)
        ? `, with ${value} by ${off(value)}`
        : ''
    return `you returned ${shown(value)}; the smallest number is ${expected}: the node furthest off is so by ${off(expected)}${yours}`
  },
  next: 'Try 1, 2, 3, … up to the limit; every node must be inside the tolerance, above and below.',
}
