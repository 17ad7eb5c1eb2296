// slip: copies
// The nodes before the key, counter-clockwise, both when it writes and when it reads.

import { clientOf } from '../right/around.js'
import { clockwise } from '../right/plain.js'

function owners(cluster, key) {
  const [primary, ...others] = clockwise(cluster, key)
  return [primary, ...others.reverse()].slice(0, cluster.replicas)
}

export const { write, read } = clientOf(owners)
