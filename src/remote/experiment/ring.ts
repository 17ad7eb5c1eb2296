import { countOwners, ownersOf } from '../../experiment/ring/counting.js'
import { build, type PlacementSetup, parametersOf, readKeys } from '../../experiment/ring/setup.js'
import { hashFunctions } from '../../hashing/index.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { keyHash } from '../../placement/index.js'
import { formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { promised } from '../../simulation/task.js'
import type { Clock } from '../../simulation/transport.js'
import { countOn, forAll, type RealNodes } from './parallel.js'
import { refusalFindings } from './refusals.js'
import { soleOwnerClient } from './sole-owners.js'

export interface RemoteRingOptions extends PlacementSetup {
  readonly keys: KeySource
  /** The servers' addresses, in the order of the nodes. */
  readonly servers: readonly string[]
  /** Milliseconds until a server that doesn't answer is given up. */
  readonly timeout: number
}

/**
 * Writes every key to the real node that a placement says, and asks every node which keys it has. O(nodes × keys)
 * requests.
 */
export async function remoteRing(
  options: RemoteRingOptions,
  session: RealNodes,
  clock: Clock,
  progress?: Progress,
): Promise<Report> {
  const { keys, nodes, servers } = options
  const [positions] = await readKeys(keys, [keyHash(options.placement, hashFunctions[options.hash])])
  const placed = build(options, positions.length)
  const order = placed.nodes.map((name) => nodes.indexOf(name))
  const owners = (await ownersOf(placed, positions)).map((owner) => order[owner])
  const expected = countOwners(owners, nodes.length)
  const client = soleOwnerClient(owners, session, clock, options.timeout)
  const total = positions.length * (nodes.length + 1)
  await forAll(
    positions.length,
    async (key) => {
      await promised(client.set(key))
    },
    (done) => progress?.(done, total),
  )
  const found = await countOn(session, nodes.length, positions.length, (done) =>
    progress?.(positions.length + done, total),
  )
  const rows = nodes.map((node, i) => {
    const share = found[i] / positions.length
    return { node, server: servers[i], keys: expected[i], found: found[i], share }
  })
  const isEqual = rows.every((row) => row.keys === row.found)
  return {
    schema: 'cachelab/report@1',
    command: 'ring',
    title: `${formatCount(positions.length)} keys on ${formatCount(nodes.length)} real ${nodes.length === 1 ? 'node' : 'nodes'}`,
    parameters: parametersOf(options, keys, positions.length),
    tables: [
      {
        name: 'distribution',
        title: 'Where the placement puts keys, and where the servers say they are',
        columns: [
          { key: 'node', label: 'node' },
          { key: 'server', label: 'server' },
          { key: 'keys', label: 'placed', unit: 'count' },
          { key: 'found', label: 'found there', unit: 'count', bar: true },
          { key: 'share', label: 'share', unit: 'ratio' },
        ],
        rows,
      },
    ],
    findings: [
      {
        id: 'equal',
        text: isEqual
          ? 'Simulation and reality agree key by key: every server has what the placement gives it, and nothing else.'
          : 'Simulation and reality differ: a server refused keys, lost them, or evicted them.',
        measured: found.reduce((a, b) => a + b, 0),
        expected: positions.length,
        ok: isEqual,
      },
      ...refusalFindings(session, nodes),
    ],
  }
}
