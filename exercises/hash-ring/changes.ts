import { type CaseCheck, shorter, shown } from '../../src/grading/cases.js'
import { drawKeys, oneOf } from '../../src/grading/draw.js'
import type { Random } from '../../src/random/random.js'
import {
  drawNodes,
  drawRing,
  type Node,
  nodeWords,
  ownersOf,
  type Ring,
  ringOf,
  smallerRings,
} from './rings.js'

/** Nodes before and after. */
interface Change extends Ring {
  readonly after: readonly Node[]
}

/** Nodes with other names than any before. */
function newcomers(count: number, random: Random): Node[] {
  return drawNodes(count, random).map(({ name }) => ({ name: `new-${name}`, weight: 1 }))
}

export function drawChange(random: Random): Change {
  const { nodes: drawn, vnodes, keys: placed } = drawRing(random)
  const count = 1 + random.below(drawn.length)
  const others = newcomers(2, random)
  const after = [
    [...drawn, others[0]],
    [others[0], others[1], ...drawn],
    drawn.slice(0, Math.max(1, count - 1)),
    [...drawn.slice(1), others[1]],
  ]
  return { nodes: drawn, vnodes, keys: placed, after: oneOf(after, random) }
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

/** Judges `moved`. */
export const moving: CaseCheck<Change> = {
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

/** Nodes that join one after the other. */
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

export function drawRolling(random: Random): Rolling {
  const drawn = drawNodes(1 + random.below(6), random)
  const vnodes = oneOf([1, 2, 10, 20], random)
  const joining = newcomers(2 + random.below(3), random)
  return { nodes: drawn, vnodes, joining, keys: drawKeys(150, random) }
}

/** Judges `rolling`. */
export const rollingOut: CaseCheck<Rolling> = {
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
