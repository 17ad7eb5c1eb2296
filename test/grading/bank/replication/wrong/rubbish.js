// fails: copies, each-once, writes, one-hop, fallback, last-copy, hanging, timeout, kept
// Nodes that are none.

export * from '../right/plain.js'

export async function write(cluster, key, value, nodes) {
  await nodes.set({ toString: 1 }, [key], value, [1]).catch(() => {})
  return [cluster.replicas]
}

export const read = (cluster, key, nodes) => nodes.get(null, 7, 'soon').catch(() => [])
