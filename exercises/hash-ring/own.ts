import type { Question } from '../../src/grading/cases.js'
import {
  inside,
  lastOf,
  type Node,
  numbered,
  ownersOf,
  plainKeys,
  position,
  type Ring,
  virtualNodes,
  withoutOne,
} from './rings.js'

/**
 * Judges a solution's `locate` whose hashing is not the lesson's: the wrong hash costs points once, and other rules
 * are judged by the consistency of the solution's own answers.
 */

export const asking = ({ nodes, vnodes, keys }: Ring): Question => ({
  name: 'locate',
  parameters: [nodes, vnodes, keys],
})

const equalNodes = (nodes: readonly Node[]) => nodes.map(({ name }) => ({ name, weight: 1 }))

/** Whether an answer of `locate` has a node for each key. */
export function isPlaced(value: unknown, { nodes, keys }: Ring): value is string[] {
  const names = new Set<unknown>(nodes.map(({ name }) => name))
  return Array.isArray(value) && value.length === keys.length && keys.every((_, i) => names.has(value[i]))
}

export const isSame = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((item, i) => item === b[i])

/** A ring of such names and keys on which no rule but hashing and the way clockwise counts. */
export function plainRing({ nodes, keys }: Ring): Ring {
  // Some nodes more, so that few agree by luck, and not so many virtual nodes that other numbers make no difference.
  const more = numbered(5).map(({ name, weight }) => ({ name: `other-${name}`, weight }))
  const plain = { nodes: [...equalNodes(nodes), ...more], vnodes: 2 }
  return { ...plain, keys: inside([...keys, ...plainKeys], [plain]) }
}

/** Whether a solution places by the lesson's hash, by its answer for such a ring. */
export const isLessons = (ring: Ring, answer: unknown) =>
  Array.isArray(answer) && isSame(answer, ownersOf(plainRing(ring)))

const four = { nodes: numbered(4), keys: inside(plainKeys, [{ nodes: numbered(4), vnodes: 1 }]) }
/** Few virtual nodes, and many. */
const few: Ring = { ...four, vnodes: 1 }
const enough: Ring = { ...four, vnodes: 16 }

export const spread = {
  questions: [asking(enough), asking(few)],
  /** Whether more than one node gets keys. */
  holds: ([many]: readonly unknown[]) => isPlaced(many, enough) && new Set(many).size > 1,
  /** Whether virtual nodes make a difference too. */
  holdsByVnodes: (answers: readonly unknown[]) =>
    spread.holds(answers) && isPlaced(answers[1], few) && !isSame(answers[0] as string[], answers[1]),
}

/** Consistency of a solution's own answers. */
export interface Relation {
  questions(ring: Ring): readonly Question[]
  holds(ring: Ring, value: readonly string[], answers: readonly unknown[]): boolean
}

/** Three nodes, and each two of them. */
function trios({ nodes }: Ring): Ring[] {
  if (nodes.length < 3) return []
  const trio = equalNodes(nodes.slice(0, 3))
  return [trio, ...withoutOne(trio)].map((some) => ({ nodes: some, vnodes: 1, keys: plainKeys }))
}

/**
 * Whether three nodes with a virtual node each stand on a circle: when a node goes, all its keys go on to one other,
 * nobody else's move, and no two nodes hand on to each other.
 */
export const circle: Relation = {
  questions: (ring) => [...spread.questions, ...trios(ring).map(asking)],
  holds(ring, _, given) {
    if (!spread.holds(given)) return false
    const answers = given.slice(spread.questions.length)
    const rings = trios(ring)
    if (!rings.every((asked, i) => isPlaced(answers[i], asked))) return false
    const [all = [], ...without] = answers as string[][]
    const next = new Map<string, string>()
    for (const [i, owner] of all.entries()) {
      const gone = rings[0].nodes.findIndex(({ name }) => name === owner)
      if (without.some((owners, left) => left !== gone && owners[i] !== owner)) return false
      const heir = without[gone][i]
      if ((next.get(owner) ?? heir) !== heir) return false
      next.set(owner, heir)
    }
    return [...next].every(([owner, heir]) => next.get(heir) !== owner)
  },
}

/** Below, a key can be on its own node by luck. */
const ENOUGH_NODES = 8

function labelRings({ nodes }: Ring): Ring[] {
  if (nodes.length < ENOUGH_NODES) return []
  const all = equalNodes(nodes)
  const rings = [all, all.slice(1)].map((some) => ({ nodes: some, vnodes: 1 }))
  const last = Math.min(...rings.map(lastOf))
  // What stands exactly on the last one is another rule.
  const keys = all.map(({ name }) => `${name}#v0`).filter((label) => position(label) < last)
  return rings.map((ring) => ({ ...ring, keys }))
}

/** Whether what stands exactly on a virtual node goes on to other nodes. */
export const onward: Relation = {
  questions: (ring) => labelRings(ring).map(asking),
  holds(ring, _, answers) {
    const rings = labelRings(ring)
    if (rings.length === 0) return true
    if (!rings.every((asked, i) => isPlaced(answers[i], asked))) return false
    const [owners, without] = answers as string[][]
    const [{ nodes }] = rings
    const own = owners.filter((owner, i) => rings[0].keys[i] === `${owner}#v0`).length
    const stays = owners.every((owner, i) => owner === nodes[0].name || owner === without[i])
    return own < owners.length / 2 && new Set(owners).size > 2 && stays
  },
}

/** The same numbers of virtual nodes, written another way. */
function equivalent({ nodes, vnodes, keys }: Ring): Ring {
  const counts = nodes.map((node) => virtualNodes(node, vnodes))
  return new Set(counts).size === 1
    ? { nodes: equalNodes(nodes), vnodes: counts[0], keys }
    : { nodes: nodes.map(({ name }, i) => ({ name, weight: counts[i] })), vnodes: 1, keys }
}

/** Whether weights come to the right numbers of virtual nodes. */
export const weighed: Relation = {
  questions: (ring) => [asking(equivalent(ring)), ...spread.questions],
  holds: (_, value, [same, ...spreads]) =>
    Array.isArray(same) && isSame(value, same) && spread.holdsByVnodes(spreads),
}
