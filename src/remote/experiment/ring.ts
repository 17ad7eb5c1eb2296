import { countOwners, ownersOf } from '../../experiment/ring/counting.js'
import {
  build,
  type PlacementSetup,
  parametersOf,
  readKeys,
  repeatedFinding,
} from '../../experiment/ring/setup.js'
import { hashFunctions } from '../../hashing/index.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { keyHash } from '../../placement/index.js'
import { type Columns, reportOf } from '../../report/build.js'
import { countOf, formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { ratio } from '../../stats/summary.js'
import type { RealOptions } from '../connect/servers.js'
import { countOn, type RealNodes, writeAll } from './parallel.js'
import { refusalFindings } from './refusals.js'

export interface RemoteRingOptions extends PlacementSetup, RealOptions {
  readonly keys: KeySource
}

/**
 * Writes every key to the real node that a placement says, and asks every node which keys it has. O(nodes × keys)
 * requests.
 */
export async function remoteRing(options: RemoteRingOptions, session: RealNodes, progress?: Progress) {
  return report(options, session, await measure(options, session, progress))
}

async function measure(
  { keys, nodes, servers, ...setup }: RemoteRingOptions,
  session: RealNodes,
  progress?: Progress,
) {
  const [positions] = await readKeys(keys, [
    keyHash(setup.placement, hashFunctions[setup.hash], [nodes.length]),
  ])
  const count = positions.length
  const placed = build({ ...setup, nodes }, count)
  const order = placed.nodes.map((name) => nodes.indexOf(name))
  const owners = (await ownersOf(placed, positions)).map((owner) => order[owner])
  const expected = countOwners(owners, nodes.length)
  const total = count * (nodes.length + 1)
  let written = 0
  const told = (done: number): void => {
    written += done
    progress?.(written, total)
  }
  await writeAll(session, owners, expected, setup.timeout, told)
  const found = await countOn(session, nodes.length, count, (done) => progress?.(count + done, total))
  const there = found.reduce((sum, one) => sum + one, 0)
  const rows = nodes.map((node, i) => {
    const share = ratio(found[i], there)
    return { node, server: servers[i], keys: expected[i], found: found[i], share }
  })
  return { count, rows }
}

function report(
  options: RemoteRingOptions,
  session: RealNodes,
  { count, rows }: Awaited<ReturnType<typeof measure>>,
): Report {
  const { keys, nodes } = options
  const isEqual = rows.every((row) => row.keys === row.found)
  return reportOf('ring', {
    title: `${countOf(count, 'key')} on ${formatCount(nodes.length)} real ${nodes.length === 1 ? 'node' : 'nodes'}`,
    parameters: parametersOf(options, keys, count),
    tables: {
      distribution: {
        title: 'Keys that the placement gives each node, and keys that its server has',
        columns,
        rows,
      },
    },
    findings: {
      repeated: repeatedFinding(keys, count),
      equal: {
        text: isEqual
          ? 'Simulation and reality agree key by key: every server has what the placement gives it, and nothing else.'
          : 'Simulation and reality differ: a server refused keys, lost them, or evicted them.',
        measured: rows.reduce((sum, { found }) => sum + found, 0),
        expected: count,
        ok: isEqual,
      },
      ...refusalFindings(session, nodes),
    },
  })
}

const columns: Columns = {
  node: 'node',
  server: 'server',
  keys: ['placed', 'count'],
  found: ['found there', 'count', 'bar'],
  share: ['share of those', 'ratio'],
}
