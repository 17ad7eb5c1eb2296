import { type CaseCheck, shorter, shown } from '../../src/grading/cases.js'
import { drawKeys, many, oneOf } from '../../src/grading/draw.js'
import type { Random } from '../../src/random/random.js'
import { asking, isPlaced, spread } from './own.js'
import {
  drawNodes,
  drawRing,
  fixedKeys,
  isFair,
  keyWords,
  type Node,
  nodeWords,
  numbered,
  ownersOf,
  plainKeys,
  type Ring,
  smallerRings,
} from './rings.js'

/** Which of some keys are asked for, where some rings place them. */
export type Choice = (keys: readonly string[], rings: readonly Ring[]) => string[]

/** Results of a function by the true owners, and by those of the solution's own `locate`. */
function expectations<T>(
  rings: readonly Ring[],
  relied: readonly unknown[],
  of: (owners: readonly (readonly string[])[]) => T,
): T[] {
  const own = relied.slice(spread.questions.length)
  const isSound = spread.holds(relied) && rings.every((ring, i) => isPlaced(own[i], ring))
  return [...(isSound ? [of(own as string[][])] : []), of(rings.map(ownersOf))]
}

const reliedOn = (rings: readonly Ring[]) => [...spread.questions, ...rings.map(asking)]

function wrongList(value: unknown, expected: readonly (readonly unknown[])[], what: string, detail = '') {
  if (!Array.isArray(value)) return `you returned ${shown(value)}; it must be a list of ${what}${detail}`
  const isRight = expected.some(
    (list) => list.length === value.length && list.every((item, i) => item === value[i]),
  )
  if (isRight) return undefined
  const [list] = expected
  const whole = `you returned ${shown(value)}; it is ${shown(list)}`
  if (!whole.includes('…')) return whole
  const at = Array.from({ length: Math.max(list.length, value.length) }).findIndex(
    (_, i) => value[i] !== list[i],
  )
  const item = (items: readonly unknown[]) => (at < items.length ? shown(items[at]) : 'nothing')
  return `you returned a list of ${value.length} ${what}, and it has ${list.length}; item ${at + 1} of yours is ${item(value)}, it should be ${item(list)}`
}

/** Nodes before and after. */
interface Change extends Ring {
  readonly after: readonly Node[]
}

const beforeAndAfter = ({ nodes, after, vnodes, keys }: Change): Ring[] =>
  [nodes, after].map((some) => ({ nodes: some, vnodes, keys }))

/** Nodes with other names than any before. */
const others = (count: number) => numbered(count).map(({ name, weight }) => ({ name: `new-${name}`, weight }))

const backwards = [...plainKeys].reverse()

const changed = (nodes: readonly Node[], weight: number) =>
  nodes.map((node, i) => (i === 1 ? { ...node, weight } : node))

/** More, fewer, others, the same in another order, other weights, back again; keys that come twice, and none. */
const fixedChanges = [
  ...[1, 4, 16, 26, 30, 99].flatMap((count) => [
    [numbered(count), numbered(count + 1)],
    [numbered(count + 1), numbered(count)],
  ]),
  [numbered(4), numbered(4).reverse()],
  [numbered(4), numbered(4)],
  [numbered(4), changed(numbered(4), 2)],
  [changed(numbered(4), 2), numbered(4)],
  [changed(numbered(4), 2), changed(numbered(4), 0.5)],
  [numbered(1), others(1)],
  [numbered(4), others(4)],
  [numbered(4), [...numbered(3), ...others(1)]],
  [numbered(4), [...others(3), ...numbered(2)]],
].flatMap(([nodes, after]): Change[] =>
  [[...fixedKeys, ...plainKeys.slice(0, 20)], nodes.length === 4 ? backwards : []].map((keys) => ({
    nodes,
    after,
    keys,
    vnodes: 10,
  })),
)

function drawChange(random: Random): Change {
  const { nodes, vnodes, keys } = drawRing(random)
  const [first, second] = others(2)
  const after = oneOf(
    [
      [...nodes, first],
      [first, second, ...nodes],
      nodes.slice(0, Math.max(1, random.below(nodes.length))),
      [...nodes.slice(1), second],
    ],
    random,
  )
  return { nodes, vnodes, keys, after }
}

/** The same question about as many other keys. */
function inHalves<T extends { readonly keys: readonly string[] }>(asked: T): T[] {
  const half = asked.keys.length >> 1
  return [asked, ...[0, half].map((from) => ({ ...asked, keys: asked.keys.slice(from, from + half) }))]
}

export function changes(choice: Choice, random?: Random): Change[] {
  return [...fixedChanges, ...(random ? many(12, () => drawChange(random)) : [])]
    .filter((change) => beforeAndAfter(change).every(isFair))
    .map((change) => ({ ...change, keys: choice(change.keys, beforeAndAfter(change)) }))
    .flatMap((change, i) => (i === 4 ? inHalves(change) : [change]))
}

/** Judges `moved`. */
export const moving: CaseCheck<Change> = {
  name: 'moved',
  parameters: ({ nodes, after, vnodes, keys }) => [nodes, after, vnodes, keys],
  relies: (change) => reliedOn(beforeAndAfter(change)),
  words: ({ nodes, after, vnodes, keys }) =>
    `nodes ${nodeWords(nodes)}, then ${nodeWords(after)}, vnodes ${vnodes}, ${keyWords(keys)}`,
  smaller: (change) => [
    ...shorter(change.after, 1).map((after) => ({ ...change, after })),
    ...smallerRings(change).map((smaller) => ({ ...smaller, after: change.after })),
    ...shorter(change.keys, 1).map((keys) => ({ ...change, keys })),
  ],
  wrong: (change, value, relied) =>
    wrongList(
      value,
      expectations(beforeAndAfter(change), relied, ([then, now]) =>
        change.keys.filter((_, i) => then[i] !== now[i]),
      ),
      'keys',
    ),
  next: 'Locate every key with the nodes before and with the nodes after. Return the keys whose node differs.',
}

/** Nodes that join one after the other. */
interface Rolling extends Ring {
  readonly joining: readonly Node[]
}

const stepsOf = ({ nodes, joining, vnodes, keys }: Rolling): Ring[] =>
  Array.from({ length: joining.length + 1 }, (_, count) => ({
    nodes: [...nodes, ...joining.slice(0, count)],
    vnodes,
    keys,
  }))

/** Nobody joins, one, many; heavier ones; the same sizes with other nodes; keys that come twice, and none. */
const fixedRollings = [
  [numbered(3), others(3)],
  [others(3), numbered(3)],
  [numbered(3), others(3).reverse()],
  [numbered(3), []],
  [numbered(1), others(1)],
  [numbered(1), others(6)],
  [numbered(3), changed(others(3), 2)],
  [changed(numbered(3), 0.5), others(3)],
  [numbered(27), others(3)],
].flatMap(([nodes, joining]): Rolling[] =>
  [[...fixedKeys, ...plainKeys.slice(0, 20)], joining.length === 3 ? backwards : []].map((keys) => ({
    nodes,
    joining,
    keys,
    vnodes: 10,
  })),
)

function drawRolling(random: Random): Rolling {
  const nodes = drawNodes(1 + random.below(6), random)
  const keys = drawKeys(100, random)
  return { nodes, vnodes: oneOf([1, 2, 10, 20], random), joining: others(2 + random.below(3)), keys }
}

export function rollings(choice: Choice, random?: Random): Rolling[] {
  return [...fixedRollings, ...(random ? many(8, () => drawRolling(random)) : [])]
    .filter((rolling) => stepsOf(rolling).every(isFair))
    .map((rolling) => ({ ...rolling, keys: choice(rolling.keys, stepsOf(rolling)) }))
    .flatMap((rolling, i) => (i === 0 ? inHalves(rolling) : [rolling]))
}

/** How many moves there were after each step. */
function sumsOf(owners: readonly (readonly string[])[]): number[] {
  let sum = 0
  return owners.slice(1).map((now, step) => {
    sum += now.filter((owner, i) => owner !== owners[step][i]).length
    return sum
  })
}

/** Judges `rolling`. */
export const rollingOut: CaseCheck<Rolling> = {
  name: 'rolling',
  parameters: ({ nodes, joining, vnodes, keys }) => [nodes, joining, vnodes, keys],
  relies: (rolling) => reliedOn(stepsOf(rolling)),
  words: ({ nodes, joining, vnodes, keys }) =>
    `nodes ${nodeWords(nodes)}, joining ${nodeWords(joining) || 'none'}, vnodes ${vnodes}, ${keyWords(keys)}`,
  smaller: (rolling) => [
    ...(rolling.vnodes > 1 ? [{ ...rolling, vnodes: 1 }] : []).filter((smaller) =>
      stepsOf(smaller).every(isFair),
    ),
    ...shorter(rolling.joining, 1).map((joining) => ({ ...rolling, joining })),
    ...shorter(rolling.nodes, 1).map((nodes) => ({ ...rolling, nodes })),
    ...shorter(rolling.keys, 1).map((keys) => ({ ...rolling, keys })),
  ],
  wrong: (rolling, value, relied) =>
    wrongList(
      value,
      expectations(stepsOf(rolling), relied, sumsOf),
      'numbers',
      ', one for each node that joins',
    ),
  next: 'At each step, compare with the previous step, not with the beginning, and add up the moves.',
}
