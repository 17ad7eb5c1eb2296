// slip: kept
// The owners of a key are kept.

import { clientOf } from '../right/around.js'
import { owners as right } from '../right/plain.js'

const kept = new Map()

function owners(cluster, key) {
  if (!kept.has(key)) kept.set(key, right(cluster, key))
  return kept.get(key)
}

export const { write, read } = clientOf(owners)
