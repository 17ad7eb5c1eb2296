// slip: kept
// A ring is kept by its set of names.

import { clientOf } from '../right/around.js'
import { owners as right } from '../right/plain.js'

const kept = new Map()

function owners(cluster, key) {
  const { nodes } = cluster
  const known = [...nodes].sort().join()
  if (!kept.has(known)) kept.set(known, cluster)
  const { vnodes, nodes: names } = kept.get(known)
  return right({ ...cluster, vnodes, nodes: names }, key)
}

export const { write, read } = clientOf(owners)
