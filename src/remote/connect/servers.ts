import { atEnd, endProcess, notAtEnd } from '../../at-end.js'
import { countOf } from '../../report/format.js'
import type { Address } from '../address.js'
import { openSession } from '../open-session.js'
import type { RemoteSession } from '../session.js'

/** Real servers in the place of simulated nodes: what runs with them, and what cleans up after it. */

/** Milliseconds until a real server that doesn't answer is given up, where nothing else is said. */
export const TIMEOUT_MS = 2000
/** Milliseconds in which connections have to be closed when all is done. */
const GRACE_MS = 1000

/** What an experiment with real servers is told. */
export interface RealOptions {
  /** The servers' addresses, in the order of the nodes. */
  readonly servers: readonly string[]
  /** Milliseconds until a server that doesn't answer is given up. */
  readonly timeout: number
}

/** How to say what went wrong, and where passwords come from. */
interface Terminal {
  readonly env: NodeJS.ProcessEnv
  note(text: string): void
}

/** Lets something run with real servers, and deletes what it wrote there whether it ends, fails or is interrupted. */
export async function withServers<T>(
  addresses: readonly Address[],
  terminal: Terminal,
  run: (session: RemoteSession) => Promise<T>,
): Promise<T> {
  const session = await openSession(addresses, terminal.env)
  return cleaningUp(
    terminal,
    () => session.end(),
    () => run(session),
  )
}

/** Runs something, then cleans up; a signal that ends the program has it cleaned up at once. `end` gives what is left. */
export async function cleaningUp<T>(
  { note }: Pick<Terminal, 'note'>,
  end: () => Promise<number>,
  run: () => Promise<T>,
): Promise<T> {
  const finish = async (): Promise<void> => {
    const left = await end()
    // A client package that keeps a connection must not keep the program.
    setTimeout(endProcess, GRACE_MS).unref()
    if (left > 0)
      note(
        `${countOf(left, 'key')} may be left: a server stopped answering. What is left expires within an hour.`,
      )
  }
  atEnd(finish)
  try {
    return await run()
  } finally {
    // After a signal this goes on no more: what came of the run isn't shown.
    await (notAtEnd(finish) ? finish() : new Promise(() => {}))
  }
}
