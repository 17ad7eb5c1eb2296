import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { EnvironmentError } from '../input-error.js'

/** Temporary folders to remove however the grader ends. */
const boxes = new Set<string>()
process.once('exit', () => {
  for (const box of boxes) remove(box)
})
for (const signal of ['SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => process.exit(128 + constants.signals[signal]))
// By default this signal opens a debugger of the grader to anybody who can send it.
process.on('SIGUSR1', () => {})

/** A temporary folder of its own, by its real path. */
export function makeBox(): string {
  try {
    const box = realpathSync(mkdtempSync(join(tmpdir(), 'cachelab-')))
    boxes.add(box)
    return box
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new EnvironmentError(
      `can't make a folder in ${JSON.stringify(tmpdir())}: ${code}; TMPDIR names another`,
    )
  }
}

/** Lets everybody read what is in a folder, whatever this user's mask is: solutions run as somebody else. */
export function openToAll(folder: string): void {
  spawnSync('chmod', ['-R', 'a+rX', folder])
}

export function removeBox(box: string): void {
  boxes.delete(box)
  remove(box)
}

/** Removes a folder and all in it, also what a solution has made unwritable; what can't be removed stays. */
function remove(box: string): void {
  try {
    rmSync(box, { recursive: true, force: true })
  } catch {
    spawnSync('chmod', ['-R', 'u+rwX', box])
    try {
      rmSync(box, { recursive: true, force: true, maxRetries: 3 })
    } catch {
      // A folder that stays is no reason to give no grade.
    }
  }
}
