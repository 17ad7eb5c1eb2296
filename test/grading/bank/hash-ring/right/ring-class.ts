import { createHash } from 'node:crypto'

interface Node {
  name: string
  weight: number
}

class Ring {
  private static readonly hashes = new Map<string, number>()
  private readonly owners = new Map<number, string>()
  private sorted = new Uint32Array()

  constructor(
    nodes: Node[],
    private readonly vnodes: number,
  ) {
    for (const node of nodes) this.place(node)
    this.sorted = Uint32Array.from(this.owners.keys()).sort()
  }

  locate(key: string): string {
    const at = Ring.hash(key)
    let [low, high] = [0, this.sorted.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.sorted[middle] <= at) low = middle + 1
      else high = middle
    }
    return this.owners.get(this.sorted[low === this.sorted.length ? 0 : low])!
  }

  private place({ name, weight }: Node): void {
    for (let i = 0; i < Math.round(weight * this.vnodes); i++)
      this.owners.set(Ring.hash(`${name}#v${i}`), name)
  }

  private static hash(text: string): number {
    const known = Ring.hashes.get(text)
    if (known !== undefined) return known
    const bytes = createHash('md5').update(text).digest()
    const position = bytes.readUInt32BE(bytes.length - 4)
    Ring.hashes.set(text, position)
    return position
  }
}

export function locate(nodes: Node[], vnodes: number, keys: string[]) {
  const ring = new Ring(nodes, vnodes)
  return keys.map((key) => ring.locate(key))
}

export function moved(before: Node[], after: Node[], vnodes: number, keys: string[]) {
  const [old, fresh] = [new Ring(before, vnodes), new Ring(after, vnodes)]
  return keys.filter((key) => old.locate(key) !== fresh.locate(key))
}

export function rolling(nodes: Node[], joining: Node[], vnodes: number, keys: string[]) {
  const members = [...nodes]
  const sums: number[] = []
  let total = 0
  for (const node of joining) {
    const before = [...members]
    members.push(node)
    total += moved(before, members, vnodes, keys).length
    sums.push(total)
  }
  return sums
}

export async function minimumVirtualNodes(nodes: Node[], keys: string[], tolerance: number, limit: number) {
  const fair = keys.length / nodes.length
  let vnodes = 0
  while (++vnodes <= limit) {
    const counts = new Map(nodes.map(({ name }) => [name, 0]))
    for (const owner of locate(nodes, vnodes, keys)) counts.set(owner, counts.get(owner)! + 1)
    const worst = Math.max(...[...counts.values()].map((count) => Math.abs(count - fair)))
    if (worst <= tolerance * fair) return vnodes
  }
  return null
}
