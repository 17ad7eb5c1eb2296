// slip: moved
// Compares places in the list instead of names.
import { locate } from '../right/plain.js'

export * from '../right/plain.js'

export function moved(before, after, vnodes, keys) {
  const [then, now] = [locate(before, vnodes, keys), locate(after, vnodes, keys)]
  const place = (nodes, name) => nodes.findIndex((node) => node.name === name)
  return keys.filter((_, i) => place(before, then[i]) !== place(after, now[i]))
}
