import { Client } from '../../cluster/client.js'
import { Versions } from '../../cluster/versions.js'
import type { Clock, Transport } from '../../node/protocol.js'

/** The client of the replication lab where each key has one owner, and that stays so. `timeout` is in milliseconds. */
export function soleOwnerClient(
  owners: ArrayLike<number>,
  nodes: Transport,
  clock: Clock,
  timeout: number,
): Client {
  const ownership = {
    epoch: 1,
    copies: 1,
    owner: (key: number) => owners[key],
    owns: (node: number, key: number) => owners[key] === node,
    successorsOf: () => [],
  }
  return new Client(clock, nodes, ownership, new Versions(), {
    ...{ mode: 'sync', writeQuorum: 1, readQuorum: 1, remember: 0, hints: false, timeout },
  })
}
