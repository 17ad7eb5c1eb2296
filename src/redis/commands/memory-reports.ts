import type { Run } from '../command.js'
import { Double, OK, syntaxError, Typed, Verbatim } from '../reply.js'
import type { Server } from '../server.js'
import { Words } from '../words.js'

/** What a connection without commands costs, as Redis counts it. */
const BYTES_OF_CLIENT = 1928

/** Bytes of the store by our model: those of keys and their values, and those of clients. */
export function memoryOf({ keyspace: { usedMemory }, clients }: Server) {
  const ofClients = clients.size * BYTES_OF_CLIENT
  return { total: usedMemory + ofClients, dataset: usedMemory, clients: ofClients }
}

const memoryUsage: Run = ({ db }, argv) => {
  const words = new Words(argv, 3)
  while (words.more) {
    if (!words.takes('SAMPLES') || !words.more) throw syntaxError()
    if (words.count() < 0) throw syntaxError()
  }
  return db.find(argv[2])?.size ?? null
}

const memoryStats: Run = ({ server }) => {
  const { total, dataset, clients } = memoryOf(server)
  const keys = server.databases.reduce((sum, { size }) => sum + size, 0)
  return new Typed('map', [
    ...['total.allocated', total, 'replication.backlog', 0, 'clients.slaves', 0, 'clients.normal', clients],
    ...['cluster.links', 0, 'aof.buffer', 0, 'overhead.total', clients, 'keys.count', keys],
    ...['keys.bytes-per-key', keys === 0 ? 0 : Math.floor(dataset / keys), 'dataset.bytes', dataset],
    ...['dataset.percentage', new Double((100 * dataset) / total)],
  ])
}

const memoryDoctor: Run = ({ server }) => {
  const { total, dataset } = memoryOf(server)
  return new Verbatim(
    `Keys take ${dataset} of ${total} bytes by our model of Redis's memory, which has no fragmentation and no allocator to diagnose.`,
  )
}

export const memoryReports = {
  'memory|doctor': memoryDoctor,
  'memory|malloc-stats': () => 'Stats not supported for the current allocator',
  'memory|purge': () => OK,
  'memory|stats': memoryStats,
  'memory|usage': memoryUsage,
} satisfies Record<string, Run>
