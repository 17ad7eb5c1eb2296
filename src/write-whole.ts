import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileError, InputError } from './input-error.js'

type Content = string | Uint8Array

/** Names of what is open already, as /dev/stdout and /proc/self/fd/1, besides devices. */
const OPEN = /^\/(dev|proc)\//

/**
 * Writes a file whole or not at all, also where the disk is full or the program is ended in between. A link is replaced,
 * not followed: in the folder of a submission it may lead to a file that is none of the submission's business.
 * Throws InputError for a path that can't be written, EnvironmentError where the disk can't take it.
 */
export function writeWhole(path: string, content: Content): void {
  attempt(path, () => {
    const about = lstatSync(path, { throwIfNoEntry: false })
    // Pipes and devices can't be replaced by a file.
    const isKept = about && !about.isFile() && !about.isSymbolicLink()
    if (isKept || OPEN.test(resolve(path))) writeFileSync(path, content)
    else replace(path, content, about)
  })
}

/** Writes a file that isn't there yet, whole or not at all. Throws as `writeWhole` does. */
export function writeNew(path: string, content: Content): void {
  attempt(path, () => create(path, (descriptor) => writeFileSync(descriptor, content)))
}

/** Appends to a file, the text whole or nothing of it. Throws as `writeWhole` does; `variable` says where the path is from. */
export function appendWhole(path: string, text: string, variable: string): void {
  const append = () => {
    const descriptor = openSync(path, 'a')
    const about = fstatSync(descriptor)
    try {
      writeFileSync(descriptor, text)
    } catch (error) {
      if (about.isFile()) ftruncateSync(descriptor, about.size)
      throw error
    } finally {
      closeSync(descriptor)
    }
  }
  attempt(path, append, `${variable} `)
}

function attempt(path: string, write: () => void, from = ''): void {
  try {
    write()
  } catch (error) {
    throw fileError(
      error,
      `can't write ${from}${JSON.stringify(path)}: ${(error as NodeJS.ErrnoException).code}`,
    )
  }
}

function replace(path: string, content: Content, before: Stats | undefined): void {
  const unfinished = writeBeside(path, content, before)
  try {
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

/** Writes what shall replace a file beside it, where renaming it takes no more room; gives its path. */
export function writeBeside(
  path: string,
  content: Content,
  before: Stats | undefined = lstatSync(path, { throwIfNoEntry: false }),
): string {
  const unfinished = join(dirname(path), `.cachelab-${randomBytes(6).toString('hex')}`)
  create(unfinished, (descriptor) => {
    if (before?.isFile()) fchmodSync(descriptor, before.mode)
    writeFileSync(descriptor, content)
    fsyncSync(descriptor)
  })
  return unfinished
}

function create(path: string, fill: (descriptor: number) => void): void {
  const descriptor = openSync(path, 'wx')
  try {
    fill(descriptor)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
}

/** Throws InputError where a file can't be written, so that the error comes before the work. */
export function checkWritable(path: string): void {
  const folder = dirname(path)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError(`can't write ${JSON.stringify(path)}: there is no folder ${JSON.stringify(folder)}`)
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError(`can't write ${JSON.stringify(path)}: it is a folder`)
  }
}
