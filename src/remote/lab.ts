import { InputError } from '../input-error.js'
import { isRunning, type ProcessIdentity } from '../process-identity.js'
import { type LabFolder, removeLabFolder } from './lab-folder.js'

/** A server that this lab has started on this machine. */
export interface LocalServer extends ProcessIdentity {
  readonly role: 'redis' | 'cluster' | 'master' | 'replica' | 'sentinel' | 'memcached'
  readonly port: number
}

/** Servers that run for a lab, and the folder in which they keep what they write. */
export interface LocalLab {
  readonly folder: LabFolder
  readonly servers: readonly LocalServer[]
}

/** Milliseconds for a server to start or for a cluster to form, and for a server to end. */
const START = 15_000
const END = 4000

/** Sends a signal to a server, if it still runs. Returns whether it did. */
export function signal(server: LocalServer, name: NodeJS.Signals): boolean {
  try {
    return isRunning(server) && process.kill(server.pid, name)
  } catch {
    return false // It has ended at this moment.
  }
}

/**
 * Ends a lab's servers, but not other processes that got their ids, and removes its folder. Returns how many were ended,
 * and whether the folder is gone: another one in its place stays.
 */
export async function endLab({ folder, servers }: LocalLab): Promise<{ count: number; isRemoved: boolean }> {
  const running = servers.filter(isRunning)
  await endAll(
    running.map((server) => ({
      isRunning: () => isRunning(server),
      signal: (name) => signal(server, name),
    })),
  )
  return { count: running.length, isRemoved: removeLabFolder(folder) }
}

/** Ends processes, those that don't end in time by SIGKILL. */
export async function endAll(
  processes: readonly { isRunning(): boolean; signal(name: NodeJS.Signals): void }[],
): Promise<void> {
  for (const one of processes) if (one.isRunning()) one.signal('SIGTERM')
  const haveEnded = () => !processes.some((one) => one.isRunning())
  await until(haveEnded, END).catch(() => {
    for (const one of processes) if (one.isRunning()) one.signal('SIGKILL')
    return until(haveEnded, END)
  })
}

/** Waits until a condition holds. Throws InputError if it never does. */
export async function until(isTrue: () => boolean | Promise<boolean>, patience = START): Promise<void> {
  const end = performance.now() + patience
  while (!(await isTrue())) {
    if (performance.now() > end)
      throw new InputError(`servers were not ready within ${patience / 1000} seconds`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
