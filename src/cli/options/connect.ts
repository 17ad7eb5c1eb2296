import { InputError } from '../../input-error.js'
import { nodeNames, type PlacementName } from '../../placement/index.js'
import { type Address, parseAddresses } from '../../remote/address.js'
import type { ClusterSession } from '../../remote/cluster-session.js'
import type { RealOptions } from '../../remote/connect/servers.js'
import type { RemoteSession } from '../../remote/session.js'
import type { FormatName, Report } from '../../report/index.js'
import { show } from '../output/show.js'
import { note } from '../output/terminal.js'
import { fail, surface } from '../surface.js'
import { type Context, option } from './declare.js'
import { unusedOptions } from './ring.js'

/** Real servers instead of simulated nodes. */
export const connectOption = option(
  '<addresses>',
  'real servers as nodes: redis://host:port, rediss:// or memcached://, between commas',
  (text, flag) => parseAddresses(flag, text),
)

const MAX_REAL_KEYS = 1_000_000

/** Throws InputError where there are too many keys for real servers. */
export function checkRealKeys(keys: number | null): void {
  if (keys !== null && keys > MAX_REAL_KEYS)
    throw new InputError(`--keys must be at most ${MAX_REAL_KEYS} with --connect, got ${keys}`)
}

/** The names of real nodes: those of --nodes, else node-A, … Throws InputError where they are not as many. */
export function realNodes(
  isGiven: Context['isGiven'],
  nodes: readonly string[],
  { servers, cluster }: Pick<Real, 'servers' | 'cluster'>,
): string[] {
  if (!isGiven('nodes')) return nodeNames(servers.length)
  if (nodes.length === servers.length) return [...nodes]
  throw new InputError(
    cluster
      ? `--nodes must be as many as the cluster has masters, ${servers.length}, got ${nodes.length}`
      : `--connect must name as many servers as there are --nodes, ${nodes.length}, got ${servers.length}`,
  )
}

/** A cluster places keys itself: throws InputError at another placement, and notes what does nothing then. */
export function checkSlots(isGiven: Context['isGiven'], placement: PlacementName): void {
  if (isGiven('placement') && placement !== 'slots')
    throw new InputError(
      `--connect names a node of a cluster, whose slots place keys: leave --placement out, got ${placement}`,
    )
  for (const text of unusedOptions(isGiven, 'slots')) note(text)
}

/** What an experiment with real servers gets. */
interface Real extends RealOptions {
  readonly session: RemoteSession
  /** The session, where it is one with a cluster. */
  readonly cluster: ClusterSession | undefined
}

/** Runs an experiment with real servers and prints its report. A finding that is not as it should be is a failed check. */
export async function showReal(
  addresses: readonly Address[],
  format: FormatName,
  what: string,
  run: (real: Real, progress: (done: number, total: number | null) => void) => Promise<Report>,
): Promise<void> {
  const { ClusterSession } = await import('../../remote/cluster-session.js')
  const { TIMEOUT_MS, withServers } = await import('../../remote/connect/servers.js')
  await withServers(addresses, { note, env: surface().env }, (session) =>
    show(format, what, async (progress) => {
      const servers = session.servers.map(({ address }) => address.text)
      const cluster = session instanceof ClusterSession ? session : undefined
      const report = await run({ session, cluster, servers, timeout: TIMEOUT_MS }, progress)
      if (report.findings.some(({ ok }) => ok === false)) fail()
      return report
    }),
  )
}
