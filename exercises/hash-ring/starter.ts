interface Node {
  name: string
  weight: number
}

/** The names of the nodes that the keys belong to, one for each key. */
export function locate(nodes: Node[], vnodes: number, keys: string[]): string[] {
  return keys.map(() => nodes[0].name)
}

/** The keys whose node is another one when the nodes `before` become `after`. */
export function moved(before: Node[], after: Node[], vnodes: number, keys: string[]): string[] {
  return []
}

/** How many moves there were so far after each of the joining nodes, added up. */
export function rolling(nodes: Node[], joining: Node[], vnodes: number, keys: string[]): number[] {
  return joining.map(() => 0)
}

/** The smallest number of virtual nodes with which every node is within `tolerance` of its fair share. */
export function minimumVirtualNodes(
  nodes: Node[],
  keys: string[],
  tolerance: number,
  limit: number,
): number | null {
  return null
}
