// slip: timeout
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

interface Cluster {
  nodes: string[]
  vnodes: number
  replicas: number
  timeout: number
}

interface Nodes {
  get(node: string, key: string): Promise<unknown>
  set(node: string, key: string, value: string): Promise<unknown>
}

function owners({ nodes, vnodes, replicas }: Cluster, key: string): string[] {
  const hash = (text: string) => Number.parseInt(createHash('md5').update(text).digest('hex').slice(24), 16)
  const from = hash(key)
  // How far clockwise each node's first point is.
  const far = (name: string) =>
    Math.min(
      ...Array.from({ length: vnodes }, (_, i) => {
        const distance = hash(`${name}#v${i}`) - from
        return distance > 0 ? distance : distance + 2 ** 32
      }),
    )
  return [...nodes].sort((a, b) => far(a) - far(b)).slice(0, replicas)
}

/** A clock of its own instead of the timeout of the call. */
function within<T>(milliseconds: number, call: Promise<T>): Promise<T> {
  const late = sleep(milliseconds).then(() => Promise.reject(new Error('too late')))
  late.catch(() => {})
  return Promise.race([call, late])
}

export async function write(cluster: Cluster, key: string, value: string, nodes: Nodes): Promise<number> {
  const results = await Promise.allSettled(
    owners(cluster, key).map((owner) => within(cluster.timeout, nodes.set(owner, key, value))),
  )
  return results.filter(({ status }) => status === 'fulfilled').length
}

export async function read(cluster: Cluster, key: string, nodes: Nodes): Promise<unknown> {
  for (const owner of owners(cluster, key)) {
    const answer = await within(cluster.timeout, nodes.get(owner, key)).then(
      (value) => ({ value }),
      () => undefined,
    )
    if (answer) return answer.value
  }
  throw new Error('nobody answers')
}
