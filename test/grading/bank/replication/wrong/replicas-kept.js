// slip: kept, copies, each-once
// The number of replicas of the first call for ever.

import { clientOf } from '../right/around.js'
import { owners as right } from '../right/plain.js'

let replicas

function owners(cluster, key) {
  replicas ??= cluster.replicas
  return right({ ...cluster, replicas }, key)
}

export const { write, read } = clientOf(owners)
