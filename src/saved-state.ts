import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { makeFolder } from './make-folder.js'
import { writeWhole } from './write-whole.js'

/** Where a person's own state is kept, apart from any lab. */
export function stateFile(name: string): string {
  return join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'cachelab', name)
}

/** What was saved in a file; nothing of it where there is no file, or none that can be read. */
export function loadState<T extends object>(path: string): Partial<T> {
  try {
    const saved: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof saved === 'object' && saved !== null ? saved : {}
  } catch {
    return {}
  }
}

/** Saves a state for the next time. Where that isn't possible it is forgotten: no reason to stop a lesson. */
export function saveState(path: string, state: object): void {
  try {
    makeFolder(dirname(path))
    writeWhole(path, `${JSON.stringify(state, null, 2)}\n`)
  } catch {
    // Forgotten.
  }
}
