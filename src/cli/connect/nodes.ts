import type { Command } from 'commander'
import { InputError } from '../../input-error.js'
import { nodeNames } from '../../placement/index.js'
import type { Address } from '../../remote/address.js'
import { RemoteSession } from '../../remote/session.js'
import { INTERRUPTED, note } from '../output/terminal.js'

/** Real servers in the place of simulated nodes: what runs with them, and what cleans up after it. */

/** Until a real server that doesn't answer is given up, where nothing else is said. */
export const TIMEOUT_MS = 2000
/** Keys that real nodes are asked for, at most. */
const MAX_KEYS = 200_000

/** The names of nodes that are real: as --nodes says, or node-A, … Throws InputError where there are too many keys. */
export function realNodes(
  command: Command,
  nodes: readonly string[],
  servers: number,
  keys: number | null,
): string[] {
  const isGiven = command.getOptionValueSource('nodes') === 'cli'
  if (isGiven && nodes.length !== servers)
    throw new InputError(
      `--connect must name as many servers as there are --nodes, ${nodes.length}, got ${servers}`,
    )
  if (keys !== null && keys > MAX_KEYS)
    throw new InputError(`--keys must be at most ${MAX_KEYS} with --connect, got ${keys}`)
  return isGiven ? [...nodes] : nodeNames(servers)
}

/** In which connections have to be closed when all is done. */
const GRACE_MS = 1000

/** Lets something run with real servers, and deletes what it wrote there whether it ends, fails or is interrupted. */
export async function withServers<T>(
  addresses: readonly Address[],
  run: (session: RemoteSession) => Promise<T>,
): Promise<T> {
  const session = await RemoteSession.open(addresses, process.env)
  return cleaningUp(
    () => session.end(),
    () => run(session),
  )
}

/** Runs something, then cleans up; on Ctrl-C it cleans up at once and ends the program. `end` gives what is left. */
export async function cleaningUp<T>(end: () => Promise<number>, run: () => Promise<T>): Promise<T> {
  const others = process.listeners('SIGINT')
  const finish = async (): Promise<void> => {
    const left = await end()
    // A client package that keeps a connection must not keep the program.
    setTimeout(() => process.exit(), GRACE_MS).unref()
    if (left > 0)
      note(`${left} keys could not be deleted, as their server is gone; they expire within an hour`)
  }
  const interrupted = (): void => {
    finish().finally(() => process.exit(INTERRUPTED))
  }
  process.removeAllListeners('SIGINT').once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    return await run()
  } finally {
    await finish()
    process.removeListener('SIGINT', interrupted).removeListener('SIGTERM', interrupted)
    for (const listener of others) process.on('SIGINT', listener as NodeJS.SignalsListener)
  }
}
