import { InputError } from '../../input-error.js'
import { nodeNames } from '../../placement/index.js'
import { type Address, parseAddresses } from '../../remote/address.js'
import type { RemoteSession } from '../../remote/session.js'
import type { FormatName, Report } from '../../report/index.js'
import { show } from '../output/show.js'
import { note } from '../output/terminal.js'
import { fail, surface } from '../surface.js'
import { type Context, option } from './declare.js'

/** Real servers instead of simulated nodes. */
export const connectOption = option(
  '<addresses>',
  'real servers as nodes: redis://host:port, rediss:// or memcached://, between commas',
  (text, flag) => parseAddresses(flag, text),
)

const MAX_REAL_KEYS = 1_000_000

/** The names of real nodes: those of --nodes, else node-A, … Throws InputError where there are too many keys. */
export function realNodes(
  isGiven: Context['isGiven'],
  nodes: readonly string[],
  servers: number,
  keys: number | null,
): string[] {
  if (isGiven('nodes') && nodes.length !== servers)
    throw new InputError(
      `--connect must name as many servers as there are --nodes, ${nodes.length}, got ${servers}`,
    )
  if (keys !== null && keys > MAX_REAL_KEYS)
    throw new InputError(`--keys must be at most ${MAX_REAL_KEYS} with --connect, got ${keys}`)
  return isGiven('nodes') ? [...nodes] : nodeNames(servers)
}

/** What an experiment with real servers gets. */
interface Real {
  readonly session: RemoteSession
  readonly servers: readonly string[]
  /** Milliseconds to wait for a server's answer. */
  readonly timeout: number
}

/** Runs an experiment with real servers and prints its report. A finding that is not as it should be is a failed check. */
export async function showReal(
  addresses: readonly Address[],
  format: FormatName,
  what: string,
  run: (real: Real, progress: (done: number, total: number | null) => void) => Promise<Report>,
): Promise<void> {
  const { TIMEOUT_MS, withServers } = await import('../../remote/connect/servers.js')
  const servers = addresses.map(({ text }) => text)
  await withServers(addresses, { note, env: surface().env }, (session) =>
    show(format, what, async (progress) => {
      const report = await run({ session, servers, timeout: TIMEOUT_MS }, progress)
      if (report.findings.some(({ ok }) => ok === false)) fail()
      return report
    }),
  )
}
