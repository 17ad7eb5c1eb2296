import type { Address } from '../address.js'
import { RemoteSession } from '../session.js'

/** Real servers in the place of simulated nodes: what runs with them, and what cleans up after it. */

/** Milliseconds until a real server that doesn't answer is given up, where nothing else is said. */
export const TIMEOUT_MS = 2000
/** Milliseconds in which connections have to be closed when all is done. */
const GRACE_MS = 1000

/** How to say what went wrong, the exit code of a program that Ctrl-C has ended, and where passwords come from. */
interface Terminal {
  readonly env: NodeJS.ProcessEnv
  note(text: string): void
  readonly interrupted: number
}

/** Lets something run with real servers, and deletes what it wrote there whether it ends, fails or is interrupted. */
export async function withServers<T>(
  addresses: readonly Address[],
  terminal: Terminal,
  run: (session: RemoteSession) => Promise<T>,
): Promise<T> {
  const session = await RemoteSession.open(addresses, terminal.env)
  return cleaningUp(
    terminal,
    () => session.end(),
    () => run(session),
  )
}

/** Runs something, then cleans up; on Ctrl-C it cleans up at once and ends the program. `end` gives what is left. */
export async function cleaningUp<T>(
  { note, interrupted: code }: Pick<Terminal, 'note' | 'interrupted'>,
  end: () => Promise<number>,
  run: () => Promise<T>,
): Promise<T> {
  const others = process.listeners('SIGINT')
  const finish = async (): Promise<void> => {
    const left = await end()
    // A client package that keeps a connection must not keep the program.
    setTimeout(() => process.exit(), GRACE_MS).unref()
    if (left > 0)
      note(`${left} keys may be left: their server stopped answering. What is left expires within an hour.`)
  }
  const interrupted = (): void => {
    finish().finally(() => process.exit(code))
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
