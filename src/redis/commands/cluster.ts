import { family, type Run } from '../command.js'
import { RedisError } from '../reply.js'
import type { Server } from '../server.js'
import rows from './cluster.json' with { type: 'json' }

export const notInCluster = (what: string) => new RedisError(`ERR ${what} not allowed in cluster mode`)

/** The mode that a server says it is in. */
export const modeOf = ({ cluster }: Server) => (cluster ? 'cluster' : 'standalone')

type Name = keyof typeof rows

/** A command that is refused outside of a cluster. */
export const onlyInCluster =
  (run: Run): Run =>
  (client, argv) => {
    if (!client.server.cluster) throw new RedisError('ERR This instance has cluster support disabled')
    return run(client, argv)
  }

const answered = onlyInCluster((client, argv) => client.server.cluster!(client, argv))

const names = Object.keys(rows) as Name[]

/** CLUSTER, ASKING and the like: a node of a cluster answers them. */
export const clusterCommands = family(
  'cluster',
  rows,
  Object.fromEntries(names.map((name) => [name, answered])) as Record<Name, Run>,
)
