import { type CaseCheck, shown } from '../../src/grading/cases.js'
import { drawKeys, many, oneOf } from '../../src/grading/draw.js'
import type { Random } from '../../src/random/random.js'
import { asking, circle, isLessons, isPlaced, onward, plainRing, type Relation, weighed } from './own.js'
import {
  behindLast,
  drawNodes,
  drawRing,
  fixedKeys,
  inside,
  isFair,
  keyWords,
  labelsOf,
  lastOf,
  type Node,
  nodeWords,
  numbered,
  ownersOf,
  plainKeys,
  pointWords,
  position,
  type Ring,
  ringOf,
  smallerRings,
  virtualNodes,
} from './rings.js'

/** A rule of `locate`. */
interface Rule {
  /** Which keys of a ring it is about. */
  keys(ring: Ring): readonly string[]
  /** What is asked of a solution whose hashing is another; without it, it is the hashing that is judged. */
  readonly relation?: Relation
  readonly next: string
}

export const clockwise: Rule = {
  keys: (ring) => inside(ring.keys, [ring]),
  next: 'Sort the virtual nodes by position; a key belongs to the first one greater than its own position.',
}

export const wrapping: Rule = {
  keys: (ring) => behindLast(ring.keys, [ring]),
  relation: circle,
  next: 'After the last virtual node the ring begins again at the first.',
}

export const onPoints: Rule = {
  keys(ring) {
    const { positions } = ringOf(ring).layout
    return ring.keys.filter((key) => positions.includes(position(key)))
  },
  relation: onward,
  next: 'A key that stands exactly on a virtual node belongs to the next.',
}

export const weighing: Rule = {
  keys: (ring) => (ring.nodes.some(({ weight }) => weight !== 1) ? inside(ring.keys, [ring]) : []),
  relation: weighed,
  next: 'A node of weight w stands at w × vnodes places, rounded to the nearest whole number: #v0, #v1, …',
}

/** Rings with the keys that a rule is about, without those where there is none. */
export const about = (rule: Rule, rings: readonly Ring[]): Ring[] =>
  rings.map((ring) => ({ ...ring, keys: rule.keys(ring) })).filter(({ keys }) => keys.length > 0)

/** Judges `locate`, and shows the points around a key that is on the wrong node. */
export const locating = (rule: Rule): CaseCheck<Ring> => ({
  name: 'locate',
  parameters: ({ nodes, vnodes, keys }) => [nodes, vnodes, keys],
  relies: (ring) => (rule.relation ? [asking(plainRing(ring)), ...rule.relation.questions(ring)] : []),
  words: (ring) => `nodes ${nodeWords(ring.nodes)}, vnodes ${ring.vnodes}${pointWords(ring)}`,
  smaller: (ring) => about(rule, smallerRings(ring)),
  next: rule.next,
  wrong(ring, value, [plain, ...answers]) {
    const owners = ownersOf(ring)
    if (!Array.isArray(value) || value.length !== owners.length) {
      return `you returned ${shown(value)}; it must be a list with a node’s name for each key, here ${keyWords(ring.keys)}`
    }
    const at = owners.findIndex((owner, i) => value[i] !== owner)
    if (at < 0) return undefined
    const { relation } = rule
    if (relation && !isLessons(ring, plain) && isPlaced(value, ring) && relation.holds(ring, value, answers))
      return undefined
    const key = ring.keys[at]
    const label = ringOf(ring).pointOf(key)
    return `you put key ${JSON.stringify(key)}, at ${position(key)}, on ${shown(value[at])}; the next virtual node clockwise is ${label} at ${position(label)}, so it belongs to ${owners[at]}`
  },
})

const ring = (nodes: readonly Node[], vnodes: number, keys = fixedKeys): Ring => ({ nodes, vnodes, keys })

/** Many sizes; then the same names with other virtual nodes, the same sizes with other names and keys. */
export function clockwiseRings(random: Random): Ring[] {
  const digits = ['10', '9', '2', '007'].map((name) => ({ name, weight: 1 }))
  const twice = plainKeys.slice(0, 6)
  const fixed = [
    ...[1, 2, 3, 16, 26, 27, 30, 33, 100].map((count) => ring(numbered(count), 10)),
    ...[4, 5, 1, 100].map((vnodes) => ring(numbered(4), vnodes)),
    ring(numbered(4).reverse(), 4),
    ring(digits, 4),
    ring(digits, 4, plainKeys),
    ring(numbered(4), 4, plainKeys.slice(20)),
    ring(numbered(4), 4, plainKeys.slice(0, 40)),
    ring(numbered(4), 2, [...twice, ...twice.slice(0, 3), ...twice]),
  ]
  return about(clockwise, [...fixed, ...many(12, () => drawRing(random))])
}

/** Few virtual nodes, so that many keys stand behind the last; one node, and lists in any order. */
export function wrappingRings(random: Random): Ring[] {
  const keys = many(200, () => 0).map((_, i) => `user:${i}`)
  const fixed = [1, 2, 3, 5, 16].flatMap((count) => [
    ...[1, 2, 3].map((vnodes) => ring(numbered(count), vnodes, keys)),
    ring(numbered(count).reverse(), 2, keys),
  ])
  const drawn = many(12, () =>
    ring(drawNodes(3 + random.below(3), random), 1 + random.below(2), drawKeys(80, random)),
  )
  return about(wrapping, [...fixed, ...drawn])
}

/** Every virtual node's own label as a key; the last one of the ring apart, because behind it comes the first. */
export function onPointRings(random: Random): { readonly within: Ring[]; readonly last: Ring[] } {
  const rings = [
    ...[2, 3, 16].flatMap((count) => [ring(numbered(count), 1), ring(numbered(count), 3)]),
    ...many(8, () => ring(drawNodes(oneOf([12, 16, 20], random), random), 1 + random.below(3))),
  ].filter(isFair)
  const keyed = (keep: (isLast: boolean) => boolean) =>
    rings.map((one) => {
      const last = lastOf(one)
      return { ...one, keys: labelsOf(one).filter((label) => keep(position(label) === last)) }
    })
  return { within: keyed((isLast) => !isLast), last: keyed((isLast) => isLast) }
}

const WEIGHTS = [0.25, 0.29, 0.5, 0.75, 1, 1.1, 1.5, 2, 2.5, 3]

/** Keys, and more that change their node where a number of virtual nodes is cut off or rounded up. */
function tellingKeys({ nodes, vnodes }: Ring, random: Random): string[] {
  const keys: string[] = drawKeys(40, random)
  const truth = nodes.map((node) => virtualNodes(node, vnodes))
  for (const other of [Math.floor, Math.ceil]) {
    const counts = nodes.map(({ weight }) => other(weight * vnodes))
    if (counts.every((count, i) => count === truth[i]) || counts.includes(0)) continue
    const slipped = ringOf({ nodes: nodes.map(({ name }, i) => ({ name, weight: counts[i] })), vnodes: 1 })
    const right = ringOf({ nodes, vnodes })
    for (let tries = 0, found = 0; found < 3 && tries < 3000; tries++) {
      const key = `user:${random.below(1e6)}`
      if (right.locate(key) === slipped.locate(key)) continue
      keys.push(key)
      found++
    }
  }
  return keys
}

/** Weights that aren't whole, products that floating point misses by little, and other weights of the same names. */
export function weighingRings(random: Random): Ring[] {
  const weights = (...list: number[]) => list.map((weight, i) => ({ name: `cache${i + 1}`, weight }))
  const fixed: readonly (readonly [Node[], number])[] = [
    [weights(1, 2, 3), 10],
    [weights(3, 2, 1), 10],
    [weights(2, 2, 2), 10],
    [weights(1.5, 0.5, 1), 4],
    [weights(1.5, 1.5), 100],
    // 28.999999999999996, 7.000000000000001 and 11.000000000000002.
    [weights(0.29, 0.29, 0.29), 100],
    [weights(0.29, 1, 0.07), 100],
    [weights(0.07, 0.07), 100],
    [weights(1.1, 1, 1.1), 10],
    // 2.9 and 3.3.
    [weights(0.29, 0.33, 1), 10],
    [weights(0.29, 0.29), 10],
    [weights(0.33, 0.33), 10],
    [weights(5), 4],
    [numbered(30).map(({ name }, i) => ({ name, weight: WEIGHTS[i % 2 === 0 ? 7 : 2] })), 4],
  ]
  const rings = [
    ...fixed.map(([nodes, vnodes]) => ring(nodes, vnodes)),
    ...many(12, () => drawRing(random, WEIGHTS)),
  ]
  return about(
    weighing,
    rings.map((one) => ({ ...one, keys: [...plainKeys, ...tellingKeys(one, random)] })),
  )
}
