// slip: copies, each-once
// All nodes are owners.

import { clientOf } from '../right/around.js'
import { clockwise } from '../right/plain.js'

const owners = (cluster, key) => clockwise(cluster, key)

export const { write, read } = clientOf(owners)
