import { drawKey, drawNames } from '../../src/grading/draw.js'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import { HashRing } from '../../src/placement/index.js'
import type { Random } from '../../src/random/random.js'

export interface Cluster {
  readonly nodes: readonly string[]
  readonly vnodes: number
  readonly replicas: number
  readonly timeout: number
}

/** Short, for solutions that have a clock of their own and really wait. */
const TIMEOUT_MS = 25

export function drawCluster(random: Random, count: number, replicas: number, vnodes: number): Cluster {
  return { nodes: drawNames(count, random), vnodes, replicas, timeout: TIMEOUT_MS }
}

/** Which nodes hold copies of a key, the primary first. */
export type Owners = (key: string) => readonly string[]

const rings = new WeakMap<Cluster, HashRing>()

function ringOf(cluster: Cluster): HashRing {
  const ring = rings.get(cluster) ?? new HashRing(cluster.nodes, { vnodes: cluster.vnodes })
  rings.set(cluster, ring)
  return ring
}

/** The owners by the rule. */
export const ringOwners =
  (cluster: Cluster): Owners =>
  (key) =>
    ringOf(cluster).replicas(key, cluster.replicas)

/** Whose the virtual nodes behind a key are, clockwise, and how many there are before the ring begins anew. */
export function walk(cluster: Cluster, key: string): { readonly names: string[]; readonly left: number } {
  const ring = ringOf(cluster)
  const { positions, owners } = ring.layout
  const at = hashText(hashFunctions.md5.hash, key)
  const names = Array.from(owners, (owner) => ring.nodes[owner])
  const first = positions.findIndex((position) => position > at)
  return first < 0
    ? { names, left: 0 }
    : { names: [...names.slice(first), ...names.slice(0, first)], left: names.length - first }
}

/** How many keys are drawn to find one of a kind. */
const MAX_DRAWN = 4000

/** Different keys of a kind; fewer where there are hardly any. */
export function drawKeysWhere(count: number, random: Random, isOne: (key: string) => boolean): string[] {
  const found = new Set<string>()
  for (let drawn = 0; drawn < MAX_DRAWN && found.size < count; drawn++) {
    const key = drawKey(random)
    if (isOne(key)) found.add(key)
  }
  return [...found]
}

/** Draws again until there is enough of what is looked for: few rings have none. */
export function drawUntil<T>(draw: () => T, isEnough: (drawn: T) => boolean): T {
  let drawn = draw()
  while (!isEnough(drawn)) drawn = draw()
  return drawn
}

/** Whether all owners stand between the key and the ring's end. */
export function isPlain(cluster: Cluster, key: string): boolean {
  const { names, left } = walk(cluster, key)
  return new Set(names.slice(0, left)).size >= cluster.replicas
}

/** Different keys for rules that have nothing to do with how the ring goes round. */
export const drawPlainKeys = (
  count: number,
  cluster: Cluster,
  random: Random,
  isOne: (key: string) => boolean = () => true,
) => drawKeysWhere(count, random, (key) => isPlain(cluster, key) && isOne(key))

export const drawValue = (random: Random) => `value ${random.below(1e9)}`

/** Keys that have more to them than letters and digits. */
export const ODD_KEYS = [
  '',
  ' ',
  '10',
  '007',
  '1e3',
  '__proto__',
  'constructor',
  'a b\tc',
  'ключ:é',
  '商品:🐘',
]

/** Values that some take for none, or for something else than a text. */
export const ODD_VALUES = ['', ' ', '0', '007', '1e3', 'null', 'false', '{"a":1}', '"quoted"', 'два\n🐘']
