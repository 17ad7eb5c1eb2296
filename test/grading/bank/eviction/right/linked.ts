/** Linked lists and recursion, exported as one object. */
interface Node {
  key: string
  count: number
  newer: Node | null
}

/** Without one key, the longest unused first. */
const without = (list: Node | null, key: string): Node | null =>
  list === null ? null : list.key === key ? list.newer : { ...list, newer: without(list.newer, key) }
const find = (list: Node | null, key: string): Node | undefined => {
  for (let node = list; node; node = node.newer) if (node.key === key) return node
  return undefined
}
const nodes = (list: Node | null): Node[] => {
  const all: Node[] = []
  for (let node = list; node; node = node.newer) all.push(node)
  return all
}
const append = (list: Node | null, node: Node): Node =>
  list === null ? node : { ...list, newer: append(list.newer, node) }

function leaving(policy: string, list: Node): string {
  const all = nodes(list)
  if (policy === 'random') {
    // Rejection: a die of a power of two faces, thrown until it shows a key.
    const faces = 2 ** Math.ceil(Math.log2(all.length))
    for (;;) {
      const thrown = Math.floor(Math.random() * faces)
      if (thrown < all.length) return all[thrown].key
    }
  }
  const least = policy === 'lfu' ? Math.min(...all.map(({ count }) => count)) : 0
  return all.find(({ count }) => policy === 'lru' || count === least)!.key
}

function simulate(policy: string, capacity: number, requests: string[]) {
  let list: Node | null = null
  let size = 0
  return requests.map((key) => {
    const found = find(list, key)
    let evicted: string | null = null
    if (found) list = without(list, key)
    else if (size === capacity) {
      evicted = leaving(policy, list!)
      list = without(list, evicted)
    } else size++
    list = append(list, { key, count: (found?.count ?? 0) + 1, newer: null })
    return { hit: !!found, evicted }
  })
}

function exponentFor(keyCount: number): number {
  // Newton's method with a slope by difference.
  const share = (s: number) => {
    let [top, all] = [0, 0]
    for (let k = 1; k <= keyCount; k++) {
      all += Math.exp(-s * Math.log(k))
      if (k === keyCount / 5) top = all
    }
    return top / all
  }
  let s = 1
  for (let i = 0; i < 20; i++) s += (0.8 - share(s)) / ((share(s + 1e-5) - share(s)) / 1e-5)
  return s
}

/** By rejection: a key is kept with its weight. */
const zipf = (keyCount: number, exponent: number, count: number): number[] =>
  Array.from({ length: count }, () => {
    for (;;) {
      const key = Math.floor(Math.random() * keyCount)
      if (Math.random() < (key + 1) ** -exponent) return key
    }
  })

function compare(capacity: number, requests: string[]) {
  const ratio = (policy: string) => {
    const hits = simulate(policy, capacity, requests).reduce((sum, { hit }) => sum + Number(hit), 0)
    return hits / requests.length
  }
  return { random: ratio('random'), lru: ratio('lru'), lfu: ratio('lfu') }
}

export default { simulate, exponentFor, zipf, compare }
