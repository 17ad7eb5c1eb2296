import { createHash } from 'node:crypto'

interface Cluster {
  nodes: string[]
  vnodes: number
  replicas: number
  timeout: number
}

interface Nodes {
  get(node: string, key: string, timeout?: number): Promise<string | null>
  set(node: string, key: string, value: string, timeout?: number): Promise<void>
}

function position(text: string): number {
  return Number.parseInt(createHash('md5').update(text).digest('hex').slice(-8), 16)
}

/** The primary first, then the next different nodes clockwise. */
function owners(cluster: Cluster, key: string): string[] {
  const ring = cluster.nodes
    .flatMap((name) =>
      Array.from({ length: cluster.vnodes }, (_, i) => ({ position: position(`${name}#v${i}`), name })),
    )
    .sort((a, b) => a.position - b.position)
  const first = ring.findIndex((point) => point.position > position(key))
  const clockwise = first < 0 ? ring : [...ring.slice(first), ...ring.slice(0, first)]
  return [...new Set(clockwise.map(({ name }) => name))].slice(0, cluster.replicas)
}

export async function write(cluster: Cluster, key: string, value: string, nodes: Nodes): Promise<number> {
  const writes = owners(cluster, key).map((owner) => nodes.set(owner, key, value, cluster.timeout))
  const results = await Promise.allSettled(writes)
  return results.filter(({ status }) => status === 'fulfilled').length
}

export async function read(cluster: Cluster, key: string, nodes: Nodes): Promise<string | null> {
  for (const owner of owners(cluster, key)) {
    try {
      return await nodes.get(owner, key, cluster.timeout)
    } catch {
      // The next owner has a copy.
    }
  }
  throw new Error(`no owner of ${key} answers`)
}
