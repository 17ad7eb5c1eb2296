import { CacheClient } from '../../cache-cluster/client.js'
import type { CacheTransport } from '../../cache-cluster/protocol.js'
import { Versions } from '../../cache-cluster/versions.js'
import { realClock } from '../clock.js'

/** The replication lab's client for keys that have one fixed owner each. `timeout` is in milliseconds. */
export function soleOwnerClient(
  owners: ArrayLike<number>,
  nodes: CacheTransport,
  timeout: number,
): CacheClient {
  const ownership = {
    epoch: 1,
    copies: 1,
    owner: (key: number) => owners[key],
    owns: (node: number, key: number) => owners[key] === node,
    successorsOf: () => [],
  }
  return new CacheClient(realClock, nodes, ownership, new Versions(), {
    mode: 'sync',
    writeQuorum: 1,
    readQuorum: 1,
    remember: 0,
    hints: false,
    timeout,
  })
}
