/** @typedef {{ name: string, weight: number }} Node */

/**
 * The names of the nodes that the keys belong to, one for each key.
 * @param {Node[]} nodes
 * @param {number} vnodes
 * @param {string[]} keys
 * @returns {string[]}
 */
export function locate(nodes, vnodes, keys) {
  return keys.map(() => nodes[0].name)
}

/**
 * The keys whose node is another one when the nodes `before` become `after`.
 * @param {Node[]} before
 * @param {Node[]} after
 * @param {number} vnodes
 * @param {string[]} keys
 * @returns {string[]}
 */
export function moved(before, after, vnodes, keys) {
  return []
}

/**
 * How many moves there were so far after each of the joining nodes, added up.
 * @param {Node[]} nodes
 * @param {Node[]} joining
 * @param {number} vnodes
 * @param {string[]} keys
 * @returns {number[]}
 */
export function rolling(nodes, joining, vnodes, keys) {
  return joining.map(() => 0)
}

/**
 * The smallest number of virtual nodes with which every node is within `tolerance` of its fair share.
 * @param {Node[]} nodes
 * @param {string[]} keys
 * @param {number} tolerance
 * @param {number} limit
 * @returns {number | null}
 */
export function minimumVirtualNodes(nodes, keys, tolerance, limit) {
  return null
}
