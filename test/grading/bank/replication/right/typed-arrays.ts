import { createHash } from 'node:crypto'

interface Cluster {
  nodes: string[]
  vnodes: number
  replicas: number
  timeout: number
}

interface Nodes {
  get(node: string, key: string, timeout: number): Promise<string | null>
  set(node: string, key: string, value: string, timeout: number): Promise<void>
}

const at = (text: string) => createHash('md5').update(text, 'utf8').digest().readUInt32BE(12)

/** Rings by all that decides them. */
const rings = new Map<string, { positions: Uint32Array; names: string[] }>()

function ringOf({ nodes, vnodes }: Cluster) {
  const known = JSON.stringify([nodes, vnodes])
  let ring = rings.get(known)
  if (!ring) {
    const labels = nodes.flatMap((name) => Array.from({ length: vnodes }, (_, i) => `${name}#v${i}`))
    labels.sort((a, b) => at(a) - at(b))
    ring = {
      positions: Uint32Array.from(labels, at),
      names: labels.map((label) => label.slice(0, label.lastIndexOf('#'))),
    }
    rings.set(known, ring)
  }
  return ring
}

function owners(cluster: Cluster, key: string): string[] {
  const { positions, names } = ringOf(cluster)
  const place = at(key)
  let [low, high] = [0, positions.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (positions[middle] > place) high = middle
    else low = middle + 1
  }
  const found: string[] = []
  while (found.length < cluster.replicas) {
    const name = names[low++ % names.length]
    if (!found.includes(name)) found.push(name)
  }
  return found
}

// The last owner first: the order of writes is nobody's concern.
export async function write(cluster: Cluster, key: string, value: string, nodes: Nodes): Promise<number> {
  let stored = 0
  for (const owner of owners(cluster, key).reverse())
    stored += await nodes.set(owner, key, value, cluster.timeout).then(
      () => 1,
      () => 0,
    )
  return stored
}

export const read = (cluster: Cluster, key: string, nodes: Nodes): Promise<string | null> =>
  owners(cluster, key).reduce(
    (before, owner) => before.catch(() => nodes.get(owner, key, cluster.timeout)),
    Promise.reject<string | null>(new Error('nobody was asked')),
  )
