import { randomBytes } from 'node:crypto'
import { readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { identify } from './process-identity.js'

/** Who holds a lock: the process, by its id and its start. */
const holderOf = (pid: number) => `${pid}@${identify(pid)?.started}`

/**
 * Takes a lock that processes of this machine share, and returns what releases it; undefined where another process holds
 * it. It is a link that leads nowhere and names its holder: making one is a single step, in which only one process
 * succeeds. The lock of a process that has ended is taken over. Throws the system's error where no link can be made.
 */
export function takeLock(path: string): (() => void) | undefined {
  for (;;)
    try {
      symlinkSync(holderOf(process.pid), path)
      const release = () => rmSync(path, { force: true })
      process.once('exit', release)
      return () => {
        process.off('exit', release)
        release()
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (!removeDead(path)) return
    }
}

/** Removes a lock whose holder has ended. False where its holder runs. */
function removeDead(path: string): boolean {
  const holder = heldBy(path)
  if (holder === undefined) return true
  if (holder === holderOf(Number.parseInt(holder, 10))) return false
  // Another process may do the same at this moment and take the lock: what was moved away is looked at again.
  const moved = `${path}-${randomBytes(6).toString('hex')}`
  try {
    renameSync(path, moved)
  } catch {
    return true // It was released.
  }
  if (heldBy(moved) === holder) rmSync(moved, { force: true })
  else renameSync(moved, path)
  return true
}

/** The holder; undefined where the lock was released. Throws the system's error where something else is in its place. */
function heldBy(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return undefined
  }
}
