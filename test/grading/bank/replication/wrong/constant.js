// fails: copies, each-once, writes, one-hop, fallback, last-copy, kept
// The first nodes of the list for every key.
import { clientOf } from '../right/around.js'

const owners = ({ nodes, replicas }) => nodes.slice(0, replicas)

export const { write, read } = clientOf(owners)
