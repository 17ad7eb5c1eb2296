import { type CaseCheck, shorter, shown } from '../../src/grading/cases.js'
import { hashFunctions } from '../../src/hashing/index.js'
import { GrowingRing, RingPoints } from '../../src/placement/index.js'
import { asking, isPlaced, spread } from './own.js'
import { keyWords, type Node, nodeWords, position, type Ring } from './rings.js'

export interface Minimum {
  readonly nodes: readonly Node[]
  readonly keys: readonly string[]
  readonly tolerance: number
  readonly limit: number
}

/** Relative deviation of each node from its fair share, by the number of virtual nodes. */
export type Deviations = (vnodes: number) => readonly number[]

const deviationsOf = (counts: Iterable<number>, { nodes, keys }: Minimum) =>
  Array.from(counts, (count) => count / (keys.length / nodes.length) - 1)

/** By the rules of the task. */
export function trueDeviations(input: Minimum): Deviations {
  const positions = RingPoints.inOrder(Uint32Array.from(input.keys, position).sort(), hashFunctions.md5.bits)
  const names = input.nodes.map(({ name }) => name)
  const known: (readonly number[])[] = []
  const ring = new GrowingRing(names, positions, hashFunctions.md5, undefined)
  return (vnodes) => {
    while (known.length < vnodes) {
      ring.grow(known.length + 1)
      known.push(deviationsOf(ring.counts(), input))
    }
    return known[vnodes - 1]
  }
}

const ringsOf = ({ nodes, keys, limit }: Minimum): Ring[] =>
  Array.from({ length: limit }, (_, i) => ({ nodes, keys, vnodes: i + 1 }))

/** By what the solution's own `locate` answers; undefined where that makes no sense. */
function ownDeviations(input: Minimum, relied: readonly unknown[]): Deviations | undefined {
  const own = relied.slice(spread.questions.length)
  if (!spread.holdsByVnodes(relied) || !ringsOf(input).every((ring, i) => isPlaced(own[i], ring)))
    return undefined
  return (vnodes) => {
    const owners = own[vnodes - 1] as string[]
    const counts = input.nodes.map(({ name }) => owners.filter((owner) => owner === name).length)
    return deviationsOf(counts, input)
  }
}

/** The node furthest off. */
export const worst = (deviations: readonly number[]) => Math.max(...deviations.map(Math.abs))

/** The smallest number that is enough; what hits the tolerance exactly is enough. */
export function minimumOf({ tolerance, limit }: Minimum, deviations: Deviations): number | null {
  for (let vnodes = 1; vnodes <= limit; vnodes++) {
    if (worst(deviations(vnodes)) <= tolerance) return vnodes
  }
  return null
}

/** Judges `minimumVirtualNodes`. */
export const minimising: CaseCheck<Minimum> = {
  name: 'minimumVirtualNodes',
  parameters: ({ nodes, keys, tolerance, limit }) => [nodes, keys, tolerance, limit],
  relies: (input) => [...spread.questions, ...ringsOf(input).map(asking)],
  words: ({ nodes, keys, tolerance, limit }) =>
    `nodes ${nodeWords(nodes)}, ${keyWords(keys)}, tolerance ${tolerance}, limit ${limit}`,
  smaller: (input) => [
    ...[1, 2, 5, 10].filter((limit) => limit < input.limit).map((limit) => ({ ...input, limit })),
    ...(input.nodes.length > 8 ? [] : shorter(input.nodes, 2).map((nodes) => ({ ...input, nodes }))),
    ...(input.keys.length > 4 ? [{ ...input, keys: input.keys.slice(0, input.keys.length >> 1) }] : []),
  ],
  wrong(input, value, relied) {
    const own = ownDeviations(input, relied)
    const deviations = own ?? trueDeviations(input)
    const expected = minimumOf(input, deviations)
    if (value === expected || (own && value === minimumOf(input, trueDeviations(input)))) return undefined
    if (expected === null)
      return `you returned ${shown(value)}; no number up to the limit is enough, so it is null`
    const off = (vnodes: number) => `${(worst(deviations(vnodes)) * 100).toFixed(2)} %`
    const isNumber = typeof value === 'number' && Number.isInteger(value) && value >= 1
    const yours = isNumber && value <= input.limit ? `, with ${value} by ${off(value)}` : ''
    return `you returned ${shown(value)}; the smallest number is ${expected}, with which the node furthest off is off by ${off(expected)}${yours}`
  },
  next: 'Try 1, 2, 3, … up to the limit; every node must be inside the tolerance, above and below.',
}
