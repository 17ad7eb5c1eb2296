// slip: copies
// Everything one node further than it belongs.

import { clientOf } from '../right/around.js'
import { clockwise } from '../right/plain.js'

function owners(cluster, key) {
  const [primary, ...others] = clockwise(cluster, key)
  return [...others, primary].slice(0, cluster.replicas)
}

export const { write, read } = clientOf(owners)
