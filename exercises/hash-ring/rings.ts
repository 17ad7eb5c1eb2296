import { type CaseCheck, shorter, shown } from '../../src/grading/cases.js'
import { drawKeys, drawNames, oneOf } from '../../src/grading/draw.js'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import { HashRing } from '../../src/placement/index.js'
import type { Random } from '../../src/random/random.js'

export interface Node {
  readonly name: string
  readonly weight: number
}

export interface Ring {
  readonly nodes: readonly Node[]
  readonly vnodes: number
  readonly keys: readonly string[]
}

export const position = (text: string) => hashText(hashFunctions.md5.hash, text)

export function ringOf(nodes: readonly Node[], vnodes: number): HashRing {
  const weights = Object.fromEntries(nodes.map(({ name, weight }) => [name, weight]))
  return new HashRing(
    nodes.map(({ name }) => name),
    { vnodes, weights },
  )
}

export function ownersOf({ nodes, vnodes, keys }: Ring): string[] {
  const ring = ringOf(nodes, vnodes)
  return keys.map((key) => ring.locate(key))
}

/** Nodes with weights from a few. */
export function drawNodes(count: number, random: Random, weights: readonly number[] = [1]): Node[] {
  return drawNames(count, random).map((name) => ({ name, weight: oneOf(weights, random) }))
}

export function drawRing(random: Random, weights?: readonly number[]): Ring {
  const vnodes = oneOf([1, 2, 4, 10, 40, 100], random)
  return {
    nodes: drawNodes(oneOf([1, 2, 3, 5, 7, 8], random), random, weights),
    vnodes,
    keys: drawKeys(100, random),
  }
}

/** Fewer virtual nodes, then fewer nodes, then fewer keys. */
export function smallerRings({ nodes, vnodes, keys }: Ring): Ring[] {
  // Halves of a weight need an even number.
  const step = nodes.every(({ weight }) => Number.isInteger(weight)) ? 1 : 2
  const counts = [1, 2, 4, vnodes >> 1].filter((count) => count > 0 && count < vnodes && count % step === 0)
  return [
    ...counts.map((count) => ({ nodes, vnodes: count, keys })),
    ...shorter(nodes, 1).map((fewer) => ({ nodes: fewer, vnodes, keys })),
    ...(keys.length > 1 ? keys.map((key) => ({ nodes, vnodes, keys: [key] })) : []),
  ]
}

export function nodeWords(nodes: readonly Node[]): string {
  return nodes.map(({ name, weight }) => (weight === 1 ? name : `${name} of weight ${weight}`)).join(', ')
}

const MOST_SHOWN = 8

/** The ring as a learner can follow it: its points clockwise, where they are few. */
function pointWords({ nodes, vnodes }: Ring): string {
  const points = nodes.flatMap(({ name, weight }) =>
    Array.from({ length: weight * vnodes }, (_, i) => ({
      label: `${name}#v${i}`,
      at: position(`${name}#v${i}`),
    })),
  )
  if (points.length > MOST_SHOWN) return ''
  return ` (clockwise: ${points
    .sort((a, b) => a.at - b.at)
    .map(({ label, at }) => `${label} at ${at}`)
    .join(', ')})`
}

/** Judges `locate`, and shows the points around a key that is on the wrong node. */
export const locating = (next: string): CaseCheck<Ring> => ({
  name: 'locate',
  parameters: ({ nodes, vnodes, keys }) => [nodes, vnodes, keys],
  words: (input) => `nodes ${nodeWords(input.nodes)}, vnodes ${input.vnodes}${pointWords(input)}`,
  smaller: smallerRings,
  next,
  wrong(input, value) {
    const owners = ownersOf(input)
    if (!Array.isArray(value) || value.length !== owners.length) {
      return `you returned ${shown(value)}; it must be a list with a node’s name for each of the ${owners.length} keys`
    }
    const at = owners.findIndex((owner, i) => value[i] !== owner)
    if (at < 0) return undefined
    const key = input.keys[at]
    const label = ringOf(input.nodes, input.vnodes).virtualNodeOf(key)
    return `you put key ${key}, at ${position(key)}, on ${shown(value[at])}; the next virtual node clockwise is ${label} at ${position(label)}, so it belongs to ${owners[at]}`
  },
})

/** Keys that stand behind the last virtual node, and keys that stand exactly where a virtual node is. */
export function boundaryRing(random: Random): Ring {
  const drawn = drawNodes(2 + random.below(3), random)
  const vnodes = 1 + random.below(3)
  const labels = drawn.flatMap(({ name }) => Array.from({ length: vnodes }, (_, i) => `${name}#v${i}`))
  const positions = labels.map(position)
  const [first, last] = [Math.min(...positions), Math.max(...positions)]
  const outside = drawKeys(400, random).filter((key) => position(key) > last || position(key) < first)
  return { nodes: drawn, vnodes, keys: [...outside.slice(0, 40), ...labels] }
}
