import { shown } from '../../src/grading/cases.js'
import type { Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import {
  type Cluster,
  drawCluster,
  drawKeysWhere,
  drawPlainKeys,
  drawValue,
  ODD_KEYS,
  ODD_VALUES,
  type Owners,
  ringOwners,
  walk,
} from './cluster.js'
import { judgeByOwners } from './own.js'
import { expectSteady, isSameSet, list, Session, valueFrom } from './session.js'

/** Nodes, copies and virtual nodes of clusters from the smallest on, so that the first that fails is a small one. */
const SIZES = [
  [1, 1, 1],
  [2, 1, 2],
  [2, 2, 1],
  [3, 2, 1],
  [3, 2, 20],
  [3, 3, 10],
  [5, 3, 3],
  [7, 4, 20],
  [16, 3, 1],
  [30, 3, 2],
  [100, 5, 3],
] as const

/** More virtual nodes than these leave no room for a key between two of them. */
const MAX_ROOMY = 60

/** A key like any other, one exactly on a virtual node, one behind all, and one before the last. */
function placedKeys(cluster: Cluster, random: Random): string[] {
  const isRoomy = cluster.nodes.length * cluster.vnodes <= MAX_ROOMY
  const before = (left: number) =>
    isRoomy ? drawKeysWhere(1, random, (key) => walk(cluster, key).left === left) : []
  const label = `${cluster.nodes[0]}#v${cluster.vnodes - 1}`
  return [...drawKeysWhere(2, random, () => true), label, ...before(0), ...before(1)]
}

export async function copiesAreWhereTheyBelong(solution: Solution, random: Random): Promise<void> {
  const next =
    'The primary is the key’s node on the ring; the other copies are on the next different nodes clockwise.'
  const drawn = SIZES.map(([count, replicas, vnodes]) => drawCluster(random, count, replicas, vnodes))
  const plain = drawn.map((cluster) => [cluster, placedKeys(cluster, random)] as const)
  const odd = { ...drawCluster(random, 0, 2, 4), nodes: ['cache 1', 'кеш/2', '🐘3', 'é4'] }
  await expectSteady(new Session(solution, drawn[1]), 'write', plain[1][1][0])
  for (const [cluster, keys] of [...plain, [odd, ODD_KEYS] as const]) {
    for (const key of keys) {
      const session = new Session(solution, cluster)
      const call = `write ${shown(key)}`
      valueFrom(session, call, await session.write(key, drawValue(random)), next)
      const owners = ringOwners(cluster)(key)
      const copies = [...session.nodes.copies(key).keys()]
      if (!isSameSet(copies, owners))
        session.fail(call, `your copies are on ${list(copies)}; they belong on ${list(owners)}`, next)
    }
  }
}

/** Wherever a solution puts a key: as many nodes as there have to be, each once, and with the value as it is. */
export async function eachOwnerOnce(solution: Solution, random: Random): Promise<void> {
  const next = 'Send the value to as many different nodes as there are replicas, once each, and count them.'
  for (const [count, replicas, vnodes] of [...SIZES.slice(0, 8), [6, 3, 8]] as const) {
    const cluster = drawCluster(random, count, replicas, vnodes)
    const keys = [
      ...(vnodes > 1 && count > 1
        ? drawPlainKeys(1, cluster, random, (key) => hasNeighbours(cluster, key))
        : []),
      ...drawPlainKeys(count === 6 ? ODD_VALUES.length : 2, cluster, random),
    ]
    const places = new Set<string>()
    for (const [i, key] of keys.entries()) {
      const session = new Session(solution, cluster)
      const content = ODD_VALUES[i] ?? drawValue(random)
      const call = `write ${shown(key)} ${shown(content)}`
      const stored = valueFrom(session, call, await session.write(key, content), next)
      const copies = session.nodes.copies(key)
      places.add(list(copies.keys()))
      if (session.nodes.asks.some(({ what }) => what === 'get')) session.fail(call, 'your write reads', next)
      if (copies.size !== replicas || session.asked.length !== replicas)
        session.fail(
          call,
          `you sent it to ${list(session.asked)}; it has to go to ${replicas === 1 ? 'one node' : `${replicas} different nodes`}, once`,
          next,
        )
      const other = [...copies].find(([, value]) => value !== content)
      if (other)
        session.fail(
          call,
          `${other[0]} has ${shown(other[1])} now`,
          'Send the value as it is, whatever it is.',
        )
      if (stored !== replicas)
        session.fail(call, `you returned ${shown(stored)}; ${replicas} nodes stored it`, next)
      if (i === keys.length - 1 && count === 6 && places.size === 1)
        session.fail(call, `your copies of all ${keys.length} keys are on ${list(copies.keys())}`, next)
    }
  }
}

/** Whether the two virtual nodes behind a key are one node's. */
export function hasNeighbours(cluster: Cluster, key: string): boolean {
  const [first, second] = walk(cluster, key).names
  return first === second
}

export async function writesGoOn(solution: Solution, random: Random): Promise<void> {
  const cluster = drawCluster(random, 7, 3, 1)
  // Which of the owners are down.
  const failing = [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]]
  const keys = drawPlainKeys(failing.length, cluster, random)
  await judgeByOwners(solution, { cluster, keys, by: 'write' }, async (ownersOf: Owners) => {
    for (const [i, key] of keys.entries()) {
      const owners = ownersOf(key)
      // With all of the last, all that there are.
      const down = owners.filter((_, at) => failing[i].includes(at) || i === keys.length - 1)
      await expectWritten(new Session(solution, cluster), key, owners, down)
    }
  })
}

async function expectWritten(
  session: Session,
  key: string,
  owners: readonly string[],
  down: readonly string[],
): Promise<void> {
  const next =
    'A set that fails must not keep the other owners from getting the value; count those that took it.'
  const call = `write ${shown(key)}`
  const up = owners.filter((owner) => !down.includes(owner))
  session.trouble({ down })
  const stored = valueFrom(session, call, await session.write(key, 'value'), next)
  const copies = [...session.nodes.copies(key).keys()]
  if (!isSameSet(copies, up))
    session.fail(call, `your copies are on ${list(copies)}; they belong on ${list(up)}`, next)
  if (!isSameSet(session.asked, owners))
    session.fail(
      call,
      `you sent it to ${list(session.asked)}; it should go to ${list(owners)}, once each`,
      next,
    )
  if (stored !== up.length)
    session.fail(
      call,
      `you returned ${shown(stored)}; ${up.length} of ${owners.length} owners stored it`,
      next,
    )
}
