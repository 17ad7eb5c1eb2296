import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readSync,
  realpathSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { InputError } from '../input-error.js'

// A submission is what somebody else put there: it may hold links to anywhere, pipes that never end, files larger
// than memory and folders without number. Whatever the grader itself reads of one goes through here.

/** Limits of a lab; a larger one isn't graded. */
export const MAX_BYTES = 64 << 20
export const MAX_FILES = 5000
/** The folder of a lab that holds cachelab's tarball. */
export const PACKAGE_FOLDER = 'cachelab-package'
/** What doesn't belong to a solution, wherever it is in a lab. */
export const LEFT_OUT: readonly string[] = ['node_modules', '.git', '.cachelab', PACKAGE_FOLDER]

/** Whether there is a plain file at a path in a folder that no link leads to. */
export function isOwnFile(folder: string, path: string): boolean {
  return fact(() => lstatSync(join(folder, path)).isFile() && isReached(folder, path)) ?? false
}

/** Whether the folders on the way to a path are folders, not links; the folder that it begins in may be one. */
function isReached(folder: string, path: string): boolean {
  return realpathSync(dirname(join(folder, path))) === dirname(join(realpathSync(folder), path))
}

/** Opens a plain file that no link leads to; undefined where there is none. To be closed. */
export function openOwnFile(folder: string, path: string): number | undefined {
  if (!isOwnFile(folder, path)) return undefined
  // These flags neither follow a link nor wait for a pipe that has replaced the file in the meantime.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  return fact(() => openSync(join(folder, path), flags))
}

/** What such a file holds; undefined where there is none, or one of more than `most` bytes. */
export function readOwnFile(folder: string, path: string, most: number): Buffer | undefined {
  const descriptor = openOwnFile(folder, path)
  if (descriptor === undefined) return undefined
  try {
    const about = fstatSync(descriptor)
    return about.isFile() && about.size <= most ? readAt(descriptor, 0, about.size) : undefined
  } finally {
    closeSync(descriptor)
  }
}

/** Up to `length` bytes of an open file. */
export function readAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let done = 0
  for (let count = -1; count !== 0 && done < length; done += count)
    count = readSync(descriptor, bytes, done, length - done, position + done)
  return bytes.subarray(0, done)
}

export function fact<T>(ask: () => T): T | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}

/**
 * The plain files of a lab in the order of their paths, which are relative to it, with `/` on every system. Throws
 * InputError where it holds too much, before that is read.
 */
export function ownFiles(folder: string): string[] {
  const files: string[] = []
  const folders = ['']
  let count = 1
  let bytes = 0
  for (const at of folders) {
    for (const entry of entriesOf(folder, at)) {
      if (LEFT_OUT.includes(entry.name)) continue
      const path = at === '' ? entry.name : `${at}/${entry.name}`
      if (++count > MAX_FILES) throw tooMuch(folder, `${MAX_FILES} files and folders`)
      if (entry.isDirectory()) folders.push(path)
      if (!entry.isFile()) continue
      bytes += lstatSync(join(folder, path), { throwIfNoEntry: false })?.size ?? 0
      if (bytes > MAX_BYTES) throw tooMuch(folder, `${MAX_BYTES >> 20} MB`)
      files.push(path)
    }
  }
  return files.sort()
}

/** One entry after the other: a folder may hold more than there is memory for. */
export function* entriesOf(folder: string, at = '') {
  let directory: ReturnType<typeof opendirSync>
  try {
    directory = opendirSync(join(folder, at))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new InputError(
      `the lab ${JSON.stringify(folder)} has a folder that can't be read: ${JSON.stringify(at)} (${code})`,
    )
  }
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) yield entry
  } finally {
    directory.closeSync()
  }
}

function tooMuch(folder: string, most: string): InputError {
  return new InputError(`the lab ${JSON.stringify(folder)} holds more than ${most}`)
}

/** A seed that only another submission changes: a digest of every file that may run. */
export function submissionSeed({ folder }: { readonly folder: string }): string {
  const digest = createHash('sha256')
  for (const path of ownFiles(folder)) {
    const bytes = readOwnFile(folder, path, MAX_BYTES) ?? Buffer.alloc(0)
    // With the length, so that no two submissions come to the same.
    digest.update(`${JSON.stringify([path, bytes.length])}\n`).update(bytes)
  }
  return digest.digest('hex').slice(0, 16)
}
