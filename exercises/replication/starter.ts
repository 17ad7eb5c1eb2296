interface Cluster {
  nodes: string[]
  vnodes: number
  /** How many nodes have a copy of each key, the primary among them. */
  replicas: number
  /** How long to wait for a node, in milliseconds. */
  timeout: number
}

/** Reaches the nodes; a node that is down rejects, one that hangs rejects after the timeout. */
interface Nodes {
  get(node: string, key: string, timeout?: number): Promise<string | null>
  set(node: string, key: string, value: string, timeout?: number): Promise<void>
}

/** Sends the value to each owner of the key, and returns how many of them stored it. */
export async function write(cluster: Cluster, key: string, value: string, nodes: Nodes): Promise<number> {
  return 0
}

/** Asks the owners one after the other, the primary first, and returns the first answer. */
export async function read(cluster: Cluster, key: string, nodes: Nodes): Promise<string | null> {
  return null
}
