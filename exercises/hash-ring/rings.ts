import { drawKeys, drawNames, ODD_KEYS, oneOf } from '../../src/grading/draw.js'
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

/** Rings that were built already: fixed ones are looked at many times. */
const built = new Map<string, HashRing>()
const MAX_BUILT = 1000

export function ringOf({ nodes, vnodes }: Omit<Ring, 'keys'>): HashRing {
  const id = JSON.stringify([vnodes, nodes.map(({ name, weight }) => [name, weight])])
  const known = built.get(id)
  if (known) return known
  if (built.size === MAX_BUILT) built.clear()
  const weights = Object.fromEntries(nodes.map(({ name, weight }) => [name, weight]))
  const ring = new HashRing(
    nodes.map(({ name }) => name),
    { vnodes, weights },
  )
  built.set(id, ring)
  return ring
}

export function ownersOf(ring: Ring): string[] {
  const placed = ringOf(ring)
  return ring.keys.map((key) => placed.locate(key))
}

/** The number of a node's virtual nodes. */
export const virtualNodes = ({ weight }: Node, vnodes: number) => Math.round(weight * vnodes)

/** What the task promises: at least one virtual node, none half-way between two numbers, no two at one place. */
export function isFair({ nodes, vnodes }: Omit<Ring, 'keys'>): boolean {
  const products = nodes.map(({ weight }) => weight * vnodes)
  if (!products.every((product) => product > 0.99 && Math.abs((product % 1) - 0.5) > 0.01)) return false
  const { positions } = ringOf({ nodes, vnodes }).layout
  return new Set(positions).size === positions.length
}

/** cache1, cache2, … */
export const numbered = (count: number, weight = 1): Node[] =>
  Array.from({ length: count }, (_, i) => ({ name: `cache${i + 1}`, weight }))

/** Nodes with weights from a few. */
export function drawNodes(count: number, random: Random, weights: readonly number[] = [1]): Node[] {
  return drawNames(count, random).map((name) => ({ name, weight: oneOf(weights, random) }))
}

export const plainKeys = Array.from({ length: 60 }, (_, i) => `user:${i}`)
export const fixedKeys: readonly string[] = [...ODD_KEYS, 'user\t7', '\t', ...plainKeys]

export function drawRing(random: Random, weights?: readonly number[]): Ring {
  for (;;) {
    const vnodes = oneOf([1, 2, 4, 10, 20, 40, 100], random)
    const nodes = drawNodes(oneOf([1, 2, 3, 5, 7, 8], random), random, weights)
    if (isFair({ nodes, vnodes })) return { nodes, vnodes, keys: drawKeys(80, random) }
  }
}

/** Keys that no ring places by a rule for the edge: none behind its last virtual node, none exactly on one. */
export function inside(keys: readonly string[], rings: readonly Omit<Ring, 'keys'>[]): string[] {
  const last = Math.min(...rings.map(lastOf))
  return offPoints(keys, rings).filter((key) => position(key) < last)
}

/** Keys that stand behind the last virtual node of some ring. */
export function behindLast(keys: readonly string[], rings: readonly Omit<Ring, 'keys'>[]): string[] {
  const last = Math.min(...rings.map(lastOf))
  return offPoints(keys, rings).filter((key) => position(key) > last)
}

function offPoints(keys: readonly string[], rings: readonly Omit<Ring, 'keys'>[]): string[] {
  const points = rings.map((ring) => new Set(ringOf(ring).layout.positions))
  return keys.filter((key) => !points.some((positions) => positions.has(position(key))))
}

/** Where the last virtual node stands. */
export const lastOf = (ring: Omit<Ring, 'keys'>): number => ringOf(ring).layout.positions.at(-1)!

/** Fewer virtual nodes, then fewer nodes, then fewer keys. */
export function smallerRings({ nodes, vnodes, keys }: Ring): Ring[] {
  const fewer = nodes.length > 8 ? [nodes.slice(0, 4), nodes.slice(0, nodes.length >> 1)] : withoutOne(nodes)
  return [
    ...[1, 2, 4, 10, vnodes >> 1]
      .filter((count) => count > 0 && count < vnodes)
      .map((count) => ({ nodes, vnodes: count, keys })),
    ...fewer.map((some) => ({ nodes: some, vnodes, keys })),
    ...(keys.length > 1 ? keys.map((key) => ({ nodes, vnodes, keys: [key] })) : []),
  ].filter(isFair)
}

export const withoutOne = <T>(items: readonly T[]): T[][] =>
  items.length > 1 ? items.map((_, i) => items.filter((_, at) => at !== i)) : []

export function nodeWords(nodes: readonly Node[]): string {
  const words = nodes
    .slice(0, 8)
    .map(({ name, weight }) => (weight === 1 ? name : `${name} of weight ${weight}`))
  return nodes.length > 8 ? `${words.join(', ')} and ${nodes.length - 8} more` : words.join(', ')
}

export function keyWords(keys: readonly string[]): string {
  const words = keys.slice(0, 3).map((key) => JSON.stringify(key))
  if (keys.length < 2) return keys.length === 0 ? 'no keys' : `key ${words[0]}`
  return `${keys.length} keys (${words.join(', ')}${keys.length > 3 ? ', …' : ''})`
}

const MAX_SHOWN = 8

/** The ring as a learner can follow it: its points clockwise, where they are few. */
export function pointWords({ nodes, vnodes }: Ring): string {
  const labels = labelsOf({ nodes, vnodes })
  if (labels.length > MAX_SHOWN) return ''
  const points = labels.map((label) => ({ label, at: position(label) })).sort((a, b) => a.at - b.at)
  return ` (clockwise: ${points.map(({ label, at }) => `${label} at ${at}`).join(', ')})`
}

export function labelsOf({ nodes, vnodes }: Omit<Ring, 'keys'>): string[] {
  return nodes.flatMap((node) =>
    Array.from({ length: virtualNodes(node, vnodes) }, (_, i) => `${node.name}#v${i}`),
  )
}
