import { type CaseCheck, checkCases, shorter, shown } from '../../src/grading/cases.js'
import type { Check } from '../../src/grading/exercise.js'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import { HashRing } from '../../src/placement/index.js'
import type { Random } from '../../src/random/random.js'

interface Node {
  readonly name: string
  readonly weight: number
}

interface Ring {
  readonly nodes: readonly Node[]
  readonly vnodes: number
  readonly keys: readonly string[]
}

const position = (text: string) => hashText(hashFunctions.md5.hash, text)

function ringOf(nodes: readonly Node[], vnodes: number): HashRing {
  const weights = Object.fromEntries(nodes.map(({ name, weight }) => [name, weight]))
  return new HashRing(
    nodes.map(({ name }) => name),
    { vnodes, weights },
  )
}

function ownersOf({ nodes, vnodes, keys }: Ring): string[] {
  const ring = ringOf(nodes, vnodes)
  return keys.map((key) => ring.locate(key))
}

const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

const STEMS = ['cache', 'node-', 'redis-', 'кеш', 'shard/']
const KINDS = ['user:', 'session:', 'товар:', '商品:', 'page/']

/** Nodes of different names, in no order. */
function nodes(random: Random, count: number, weights: readonly number[] = [1]): Node[] {
  const stem = STEMS[random.below(STEMS.length)]
  const from = random.below(90)
  return Array.from({ length: count }, (_, i) => ({
    name: `${stem}${from + ((i * 11) % count)}`,
    weight: weights[random.below(weights.length)],
  }))
}

function keys(random: Random, count: number): string[] {
  const kind = KINDS[random.below(KINDS.length)]
  return Array.from({ length: count }, () => `${kind}${random.below(1e9)}`)
}

function ring(random: Random, weights?: readonly number[]): Ring {
  const vnodes = [1, 2, 4, 10, 40, 100][random.below(6)]
  return {
    nodes: nodes(random, [1, 2, 3, 5, 7, 8][random.below(6)], weights),
    vnodes,
    keys: keys(random, 100),
  }
}

/** Fewer virtual nodes, then fewer nodes, then fewer keys. */
function smallerRings({ nodes, vnodes, keys }: Ring): Ring[] {
  // Halves of a weight need an even number.
  const step = nodes.every(({ weight }) => Number.isInteger(weight)) ? 1 : 2
  const counts = [1, 2, 4, vnodes >> 1].filter((count) => count > 0 && count < vnodes && count % step === 0)
  return [
    ...counts.map((count) => ({ nodes, vnodes: count, keys })),
    ...shorter(nodes, 1).map((fewer) => ({ nodes: fewer, vnodes, keys })),
    ...(keys.length > 1 ? keys.map((key) => ({ nodes, vnodes, keys: [key] })) : []),
  ]
}

function nodeWords(nodes: readonly Node[]): string {
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

const locating = (next: string): CaseCheck<Ring> => ({
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
function boundaryRing(random: Random): Ring {
  const drawn = nodes(random, 2 + random.below(3))
  const vnodes = 1 + random.below(3)
  const labels = drawn.flatMap(({ name }) => Array.from({ length: vnodes }, (_, i) => `${name}#v${i}`))
  const positions = labels.map(position)
  const [first, last] = [Math.min(...positions), Math.max(...positions)]
  const outside = keys(random, 400).filter((key) => position(key) > last || position(key) < first)
  return { nodes: drawn, vnodes, keys: [...outside.slice(0, 40), ...labels] }
}

interface Change extends Ring {
  readonly after: readonly Node[]
}

function change(random: Random): Change {
  const { nodes: drawn, vnodes, keys: placed } = ring(random)
  const count = 1 + random.below(drawn.length)
  const others = nodes(random, 2).map(({ name }) => ({ name: `new-${name}`, weight: 1 }))
  const after = [
    [...drawn, others[0]],
    [others[0], others[1], ...drawn],
    drawn.slice(0, Math.max(1, count - 1)),
    [...drawn.slice(1), others[1]],
  ]
  return { nodes: drawn, vnodes, keys: placed, after: after[random.below(after.length)] }
}

function movedOf({ nodes, after, vnodes, keys }: Change): string[] {
  const [then, now] = [ownersOf({ nodes, vnodes, keys }), ownersOf({ nodes: after, vnodes, keys })]
  return keys.filter((_, i) => then[i] !== now[i])
}

function wrongList(value: unknown, expected: readonly unknown[], what: string): string | undefined {
  if (!Array.isArray(value)) return `you returned ${shown(value)}; it must be a list of ${what}`
  if (value.length === expected.length && expected.every((item, i) => value[i] === item)) return undefined
  return `you returned ${shown(value)}; it is ${shown(expected)}`
}

const moving: CaseCheck<Change> = {
  name: 'moved',
  parameters: ({ nodes, after, vnodes, keys }) => [nodes, after, vnodes, keys],
  words: ({ nodes, after, vnodes, keys }) =>
    `nodes ${nodeWords(nodes)}, then ${nodeWords(after)}, vnodes ${vnodes}, keys ${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ', …' : ''}`,
  smaller: (input) => [
    ...shorter(input.after, 1).map((after) => ({ ...input, after })),
    ...smallerRings(input).map((smaller) => ({ ...smaller, after: input.after })),
  ],
  wrong: (input, value) => wrongList(value, movedOf(input), 'keys'),
  next: 'Locate every key among the nodes before and among those after, and keep the keys for which they differ.',
}

interface Rolling extends Ring {
  readonly joining: readonly Node[]
}

function rollingOf({ nodes, joining, vnodes, keys }: Rolling): number[] {
  const ring = ringOf(nodes, vnodes)
  let owners = keys.map((key) => ring.locate(key))
  let sum = 0
  return joining.map(({ name, weight }) => {
    ring.add(name, weight)
    const next = keys.map((key) => ring.locate(key))
    sum += next.filter((owner, i) => owner !== owners[i]).length
    owners = next
    return sum
  })
}

function rollingCase(random: Random): Rolling {
  const drawn = nodes(random, 1 + random.below(6))
  const vnodes = [1, 2, 10, 20][random.below(4)]
  const joining = nodes(random, 2 + random.below(3)).map(({ name }) => ({ name: `new-${name}`, weight: 1 }))
  return { nodes: drawn, vnodes, joining, keys: keys(random, 150) }
}

const rollingOut: CaseCheck<Rolling> = {
  name: 'rolling',
  parameters: ({ nodes, joining, vnodes, keys }) => [nodes, joining, vnodes, keys],
  words: ({ nodes, joining, vnodes, keys }) =>
    `nodes ${nodeWords(nodes)}, joining ${nodeWords(joining)}, vnodes ${vnodes}, ${keys.length === 1 ? `key ${keys[0]}` : `${keys.length} keys (${keys.slice(0, 3).join(', ')}, …)`}`,
  smaller: (input) => [
    ...(input.vnodes > 1 ? [{ ...input, vnodes: 1 }] : []),
    ...shorter(input.joining, 1).map((joining) => ({ ...input, joining })),
    ...shorter(input.nodes, 1).map((nodes) => ({ ...input, nodes })),
    ...shorter(input.keys, 1).map((keys) => ({ ...input, keys })),
  ],
  wrong: (input, value) => wrongList(value, rollingOf(input), 'numbers, one for each node that joins'),
  next: 'At each step compare with the step before, not with the beginning, and add up.',
}

interface Minimum {
  readonly nodes: readonly Node[]
  readonly keys: readonly string[]
  readonly tolerance: number
  readonly limit: number
}

/** How far each node is from its fair share, as a share of it. */
function deviations({ nodes, keys }: Minimum, vnodes: number): number[] {
  const ring = ringOf(nodes, vnodes)
  const counts = new Float64Array(nodes.length)
  for (const at of positionsOf(keys)) counts[ring.owner(at)]++
  return Array.from(counts, (count) => count / (keys.length / nodes.length) - 1)
}

/** The positions of the last keys that were asked for: many numbers of virtual nodes are tried on the same. */
let hashed: { readonly keys: readonly string[]; readonly positions: readonly number[] } | undefined

function positionsOf(keys: readonly string[]): readonly number[] {
  if (hashed?.keys !== keys) hashed = { keys, positions: keys.map(position) }
  return hashed.positions
}

const worst = (input: Minimum, vnodes: number) => Math.max(...deviations(input, vnodes).map(Math.abs))

/** The smallest number that is enough by some measure of the deviations. */
function smallest(input: Minimum, measure: (input: Minimum, vnodes: number) => number): number | null {
  for (let vnodes = 1; vnodes <= input.limit; vnodes++) {
    if (measure(input, vnodes) <= input.tolerance + 1e-12) return vnodes
  }
  return null
}

const minimumOf = (input: Minimum) => smallest(input, worst)

function minimum(random: Random): Minimum {
  return {
    nodes: nodes(random, 2 + random.below(3)),
    keys: keys(random, 60 + random.below(120)),
    // Not a share that a number of keys can hit exactly, where rounding would decide.
    tolerance: [0.0803, 0.1207, 0.2011, 0.3013][random.below(4)],
    limit: [5, 15, 30][random.below(3)],
  }
}

/** What people take instead of the node furthest off: the fullest, the emptiest, the mean. */
const measures: readonly ((input: Minimum, vnodes: number) => number)[] = [
  (input, vnodes) => Math.max(...deviations(input, vnodes)),
  (input, vnodes) => -Math.min(...deviations(input, vnodes)),
  (input, vnodes) =>
    deviations(input, vnodes).reduce((sum, one) => sum + Math.abs(one), 0) / input.nodes.length,
]

/** Some cases, and for each other measure one more for which it makes a difference. */
function minima(random: Random): Minimum[] {
  const telling = measures.map((measure) => {
    for (;;) {
      const drawn = minimum(random)
      if (smallest(drawn, measure) !== minimumOf(drawn)) return drawn
    }
  })
  return [...many(8, () => minimum(random)), ...telling]
}

const minimising: CaseCheck<Minimum> = {
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
    const off = (vnodes: number) => `${(worst(input, vnodes) * 100).toFixed(2)} %`
    const yours =
      typeof value === 'number' && value >= 1 && value < 1000 && Number.isInteger(value)
        ? `, with ${value} by ${off(value)}`
        : ''
    return `you returned ${shown(value)}; the smallest number is ${expected}: the node furthest off is so by ${off(expected)}${yours}`
  },
  next: 'Try 1, 2, 3, … up to the limit; every node must be inside the tolerance, above and below.',
}

export const checks: readonly Check[] = [
  {
    id: 'locate',
    title: 'every key on the next virtual node clockwise',
    points: 4,
    run: (solution, random) =>
      checkCases(
        solution,
        many(20, () => ring(random)),
        locating(
          'Sort the virtual nodes by position; a key belongs to the first one greater than its own position.',
        ),
      ),
  },
  {
    id: 'boundary',
    title: 'behind the last virtual node, and exactly on one',
    points: 3,
    run: (solution, random) =>
      checkCases(
        solution,
        many(20, () => boundaryRing(random)),
        locating(
          'Behind the last virtual node comes the first again; a key that stands exactly on a virtual node belongs to the next.',
        ),
      ),
  },
  {
    id: 'weights',
    title: 'a node of twice the weight',
    points: 4,
    run: (solution, random) =>
      checkCases(
        solution,
        many(20, () => {
          const drawn = ring(random, [1, 2, 3, 0.5])
          return { ...drawn, vnodes: drawn.vnodes + (drawn.vnodes % 2) }
        }),
        locating('A node of weight w stands at w × vnodes places, numbered on: #v0, #v1, …'),
      ),
  },
  {
    id: 'moved',
    title: 'which keys move when nodes come and go',
    points: 3,
    run: (solution, random) =>
      checkCases(
        solution,
        many(20, () => change(random)),
        moving,
      ),
  },
  {
    id: 'rolling',
    title: 'a rolling deployment, added up',
    points: 3,
    run: (solution, random) =>
      checkCases(
        solution,
        many(10, () => rollingCase(random)),
        rollingOut,
      ),
  },
  {
    id: 'minimum',
    title: 'the smallest number of virtual nodes that is enough',
    points: 3,
    run: (solution, random) => checkCases(solution, minima(random), minimising),
  },
]
