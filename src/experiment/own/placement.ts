import { hashFunctions, hashText } from '../../hashing/index.js'
import { createPlacement, keyHash, nodeNames, type PlacementName, placements } from '../../placement/index.js'
import { countOf, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { shrink } from '../../simulation/shrink.js'
import { spread } from '../../stats/summary.js'
import { type Check, checked, checksReport, messageOf, remark, verdictOf } from './check.js'

const KEYS = 10_000
const NODES = 10
/** Where only some keys are needed to show a fault. */
const SAMPLE = 300
const VNODES = 150
const keys = Array.from({ length: KEYS }, (_, i) => `key-${i}`)
const sample = keys.slice(0, SAMPLE)

export interface PlacementTrial {
  /** A placement of ours that it should be. */
  readonly like?: PlacementName | undefined
  /** Whether keys that move between nodes that stay are a failure. */
  readonly consistent: boolean
}

type Make = (nodes: readonly string[]) => Placed

/** Runs every check on a placement of up to eleven nodes. */
export function tryPlacement(name: PlacementName, { like, consistent }: PlacementTrial): Report {
  const make = maker(name)
  try {
    for (const count of [1, 2, 3, NODES]) for (const key of sample) make(nodeNames(count)).locate(key)
  } catch (error) {
    const failure = `${messageOf(error)}.`
    const runs = verdictOf('runs', 'each key has a node', failure, '')
    return checksReport(name, 'placement', [runs], { like: like ?? null })
  }
  const checks = [
    verdictOf('runs', 'each key has a node', null, `${SAMPLE} keys on 1, 2, 3 and ${NODES} nodes`),
    same('deterministic', 'the same nodes give the same answers', make, make, 'another time'),
    same(
      'order',
      'the order of the nodes changes nothing',
      make,
      (nodes) => make([...nodes].reverse()),
      'in reverse',
    ),
    usedCheck(make),
    changeCheck(
      'grow',
      'a node that comes takes keys, and no others move',
      make,
      NODES,
      NODES + 1,
      consistent,
    ),
    changeCheck(
      'leave',
      'a node that goes gives its keys away, and no others move',
      make,
      NODES,
      NODES - 1,
      consistent,
    ),
    replicasCheck('replicas', 'the copies of a key are on different nodes', make, copiesFault),
    replicasCheck('owner', 'the first replica is the owner', make, ownerFault),
    balanceCheck(make),
    ...(like ? [same('like', `the nodes that ${like} gives`, make, maker(like), `in ${like}`)] : []),
  ]
  return checksReport(name, 'placement', checks, { like: like ?? null })
}

/** What is asked of a placement. Keys are hashed once, as ours and those of files take hashed keys. */
interface Placed {
  readonly nodes: readonly string[]
  locate(key: string): string
  replicas(key: string, count: number): string[]
}

function maker(name: PlacementName): Make {
  const hash = keyHash(name, hashFunctions.md5, [NODES - 1, NODES, NODES + 1])
  // What a placement hashes by itself, besides the keys.
  const given = placements[name].hash ? hashFunctions.md5 : hash
  const positions = new Map<string, number>()
  const positionOf = (key: string) => {
    const position = positions.get(key) ?? hashText(hash.hash, key)
    positions.set(key, position)
    return position
  }
  return (nodes) => {
    const options = { vnodes: VNODES, hash: given, seed: undefined, keys: KEYS, loadFactor: 1.25 }
    const placement = createPlacement(name, nodes, options)
    return {
      nodes: placement.nodes,
      locate: (key) => placement.nodes[placement.owner(positionOf(key))],
      replicas: (key, count) => placement.owners(positionOf(key), count).map((node) => placement.nodes[node]),
    }
  }
}

/** The first key for which two placements name different nodes, and those nodes. */
function firstOther(one: Placed, other: Placed): [key: string, a: string, b: string] | null {
  for (const key of sample) {
    const [a, b] = [one.locate(key), other.locate(key)]
    if (a !== b) return [key, a, b]
  }
  return null
}

/** Whether a placement made in another way gives the same answers; the fewest nodes with which it doesn't are shown. */
function same(id: string, check: string, make: Make, other: Make, how: string): Check {
  return checked(id, check, `${SAMPLE} keys on ${NODES} nodes`, () => {
    const fault = (nodes: readonly string[]) =>
      nodes.length === 0 ? null : firstOther(make(nodes), other(nodes))
    const all = nodeNames(NODES)
    if (!fault(all)) return null
    const least = shrink(
      all,
      (nodes) => fault(nodes) !== null,
      () => [],
    )
    const [key, a, b] = fault(least) ?? fault(all)!
    return `nodes ${least.join(', ')}: ${key} is on ${a}, and ${how} on ${b}.`
  })
}

function usedCheck(make: Make): Check {
  return checked('used', 'every node owns keys', `${formatCount(KEYS)} keys on 3 and ${NODES} nodes`, () => {
    for (const count of [3, NODES]) {
      const nodes = nodeNames(count)
      const placement = make(nodes)
      const used = new Set(keys.map((key) => placement.locate(key)))
      const idle = nodes.filter((node) => !used.has(node))
      if (idle.length > 0)
        return `nodes ${nodes.join(', ')}: ${idle.join(', ')} ${idle.length === 1 ? 'owns' : 'own'} none of ${formatCount(KEYS)} keys.`
    }
    return null
  })
}

/** What moves when the last node of the longer list comes or goes. */
function changeCheck(
  id: string,
  check: string,
  make: Make,
  from: number,
  to: number,
  consistent: boolean,
): Check {
  const moves = (before: readonly string[], after: readonly string[]) => {
    const [a, b] = [make(before), make(after)]
    const moved = keys.flatMap((key) => {
      const [old, now] = [a.locate(key), b.locate(key)]
      return old === now ? [] : [{ key, old, now }]
    })
    return { moved, stray: moved.filter(({ old, now }) => before.includes(now) && after.includes(old)) }
  }
  // The middle one: some placements can take the last of their nodes only.
  const longer = nodeNames(Math.max(from, to))
  const changing = longer[Math.floor(longer.length / 2)]
  const shorter = longer.filter((node) => node !== changing)
  const of = (list: readonly string[]) =>
    to > from ? moves(list, [...list, changing]) : moves([...list, changing], list)
  const { moved, stray } = of(shorter)
  const ideal = 1 / longer.length
  const detail = `${formatRatio(moved.length / KEYS)} of the keys move (1 ÷ ${longer.length} is ${formatRatio(ideal)}), ${formatRatio(stray.length / KEYS)} between nodes that stay`
  if (stray.length === 0) return verdictOf(id, check, null, detail)
  if (!consistent) return remark(id, check, detail)
  const least = shrink(
    shorter,
    (nodes) => nodes.length > 1 && of(nodes).stray.length > 0,
    () => [],
  )
  const [{ key, old, now }] = of(least).stray
  return verdictOf(
    id,
    check,
    `nodes ${least.join(', ')}, and ${changing} ${to > from ? 'comes' : 'goes'}: ${key} moves from ${old} to ${now}.`,
    detail,
  )
}

type ReplicaFault = (placement: Placed, key: string, count: number) => string | null

function replicasCheck(id: string, check: string, make: Make, fault: ReplicaFault): Check {
  return checked(id, check, '2, 3, n and n + 1 copies on 1, 2, 3 and 10 nodes', () => {
    for (const nodes of [1, 2, 3, NODES]) {
      const placement = make(nodeNames(nodes))
      for (const count of new Set([2, 3, nodes, nodes + 1].filter((each) => each > 1)))
        for (const key of sample) {
          const found = fault(placement, key, count)
          if (found) return `${countOf(nodes, 'node')}: ${found}.`
        }
    }
    return null
  })
}

function copiesFault(placement: Placed, key: string, count: number): string | null {
  const replicas = placement.replicas(key, count)
  const wanted = Math.min(count, placement.nodes.length)
  return new Set(replicas).size === wanted && replicas.length === wanted
    ? null
    : `replicas("${key}", ${count}) gave ${replicas.join(', ')}, and ${countOf(wanted, 'different node')} ${wanted === 1 ? 'was' : 'were'} expected`
}

function ownerFault(placement: Placed, key: string, count: number): string | null {
  const [first] = placement.replicas(key, count)
  const owner = placement.locate(key)
  return first === owner
    ? null
    : `locate("${key}") gave ${owner}, and replicas("${key}", ${count}) begins with ${first}`
}

function balanceCheck(make: Make): Check {
  const nodes = nodeNames(NODES)
  const deviation = (placement: Placed) => {
    const counts = new Map(nodes.map((node) => [node, 0]))
    for (const key of keys) counts.set(placement.locate(key), counts.get(placement.locate(key))! + 1)
    return formatRatio(spread([...counts.values()]).stddev)
  }
  // A multinomial: the variance of a count is K/N × (1 − 1/N), its mean K/N.
  const chance = formatRatio(Math.sqrt((NODES - 1) / KEYS))
  return remark(
    'balance',
    'balance',
    `standard deviation ${deviation(make(nodes))} of the mean; a ring with ${VNODES} virtual nodes: ${deviation(maker('ring')(nodes))}; even chance: ${chance}`,
  )
}
