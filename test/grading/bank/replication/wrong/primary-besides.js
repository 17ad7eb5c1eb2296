// slip: copies, each-once
// Copies besides the primary, as many as replicas says.

import { clientOf } from '../right/around.js'
import { clockwise } from '../right/plain.js'

const owners = (cluster, key) => clockwise(cluster, key).slice(0, cluster.replicas + 1)

export const { write, read } = clientOf(owners)
