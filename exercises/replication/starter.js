/**
 * @typedef {{ nodes: string[], vnodes: number, replicas: number, timeout: number }} Cluster
 * Reaches the nodes; a node that is down rejects, one that hangs rejects after the timeout.
 * @typedef {{
 *   get(node: string, key: string, timeout?: number): Promise<string | null>,
 *   set(node: string, key: string, value: string, timeout?: number): Promise<void>,
 * }} Nodes
 */

/**
 * Sends the value to each owner of the key, and returns how many of them stored it.
 * @param {Cluster} cluster
 * @param {string} key
 * @param {string} value
 * @param {Nodes} nodes
 */
export async function write(cluster, key, value, nodes) {
  return 0
}

/**
 * Asks the owners one after the other, the primary first, and returns the first answer.
 * @param {Cluster} cluster
 * @param {string} key
 * @param {Nodes} nodes
 */
export async function read(cluster, key, nodes) {
  return null
}
