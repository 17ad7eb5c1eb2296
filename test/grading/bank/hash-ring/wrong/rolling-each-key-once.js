// slip: rolling
// A key that moves twice counts once.
import { moved } from '../right/plain.js'

export * from '../right/plain.js'

export function rolling(nodes, joining, vnodes, keys) {
  const seen = new Set()
  return joining.map((_, i) => {
    const [before, after] = [joining.slice(0, i), joining.slice(0, i + 1)]
    for (const key of moved([...nodes, ...before], [...nodes, ...after], vnodes, keys)) seen.add(key)
    return seen.size
  })
}
