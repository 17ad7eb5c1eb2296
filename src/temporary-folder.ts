import { spawnSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EnvironmentError } from './input-error.js'

const DAY_MS = 86_400_000
/** What mkdtemp makes of the name for folders that only their process needs. */
const OWN = /^cachelab-[A-Za-z0-9]{6}$/

let isCleared = false

/**
 * Makes a folder in the one for temporary files, and gives its real path. The first call clears what processes have left
 * that were killed. `kind` names folders that outlive their process; they aren't cleared. Throws EnvironmentError.
 */
export function newTemporaryFolder(kind: '' | 'lab-' | 'page-' = ''): string {
  const place = tmpdir()
  try {
    const folder = realpathSync(mkdtempSync(join(place, `cachelab-${kind}`)))
    if (!isCleared) clearOld(place)
    isCleared = true
    return folder
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new EnvironmentError(
      `can't make a folder in ${JSON.stringify(place)}: ${code}; TMPDIR names another`,
    )
  }
}

/** Removes a folder and all in it, also what a solution has made unwritable; what can't be removed stays. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    spawnSync('chmod', ['-R', 'u+rwX', folder])
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    } catch {
      // A folder that stays is no reason to give no result.
    }
  }
}

/** Removes folders of this user that are older than a day. Links are left alone, whatever their names are. */
function clearOld(place: string): void {
  for (const entry of readdirSync(place, { withFileTypes: true })) {
    if (!OWN.test(entry.name) || !entry.isDirectory()) continue
    const folder = join(place, entry.name)
    const about = lstatSync(folder, { throwIfNoEntry: false })
    if (about?.isDirectory() && about.uid === process.getuid?.() && about.mtimeMs < Date.now() - DAY_MS)
      removeFolder(folder)
  }
}
