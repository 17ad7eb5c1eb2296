import { lstatSync, rmSync } from 'node:fs'
import { newTemporaryFolder } from '../temporary-folder.js'

/** A folder that was made for a lab: a path alone may have come to lead to something else. */
export interface LabFolder {
  readonly path: string
  /** The numbers of its device and of itself there. */
  readonly id: string
}

export function makeLabFolder(): LabFolder {
  const path = newTemporaryFolder('lab-')
  return { path, id: lookAt(path)!.id }
}

/** Removes a lab's folder with all that is in it. False where something else is in its place, which stays. */
export function removeLabFolder({ path, id }: LabFolder): boolean {
  const there = lookAt(path)
  if (!there) return true
  if (there.id !== id || !there.isOwnFolder) return false
  rmSync(path, { recursive: true, force: true })
  return true
}

/** What a path leads to, links not followed; undefined where nothing is there. */
function lookAt(path: string): { id: string; isOwnFolder: boolean } | undefined {
  const about = lstatSync(path, { bigint: true, throwIfNoEntry: false })
  if (!about) return
  const isOwn = process.getuid === undefined || about.uid === BigInt(process.getuid())
  return { id: `${about.dev}:${about.ino}`, isOwnFolder: about.isDirectory() && isOwn }
}
