import { spawnSync } from 'node:child_process'
import { atEnd } from '../at-end.js'
import { newTemporaryFolder, removeFolder } from '../temporary-folder.js'

/** Temporary folders to remove however the grader ends. */
const boxes = new Set<string>()

/** What may write into them, and has ended once `kill` returns: it goes first. */
export const writers = new Set<{ kill(): void }>()

atEnd(() => {
  for (const writer of writers) writer.kill()
  for (const box of boxes) removeFolder(box)
})
// By default this signal opens a debugger of the grader to anybody who can send it.
process.on('SIGUSR1', () => {})

/** A temporary folder of its own, by its real path. Throws EnvironmentError. */
export function makeBox(): string {
  const box = newTemporaryFolder()
  boxes.add(box)
  return box
}

/** Lets everybody read what is in a folder, whatever this user's mask is: solutions run as somebody else. */
export function openToAll(folder: string): void {
  spawnSync('chmod', ['-R', 'a+rX', folder])
}

export function removeBox(box: string): void {
  boxes.delete(box)
  removeFolder(box)
}
