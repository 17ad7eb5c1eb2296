import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { InputError } from '../input-error.js'

/** A file that is begun and not yet in its place. */
let unfinished: string | undefined
process.once('exit', () => {
  if (unfinished) rmSync(unfinished, { force: true })
})

/**
 * Writes a file whole or not at all, also where the disk is full or the program is ended in between. A link is replaced,
 * not followed: in the folder of a submission it may lead to a file that is none of the submission's business.
 */
export function writeWhole(path: string, text: string): void {
  try {
    const about = lstatSync(path, { throwIfNoEntry: false })
    // Pipes and devices can't be replaced by a file, nor the standard output that /dev/stdout leads to.
    const isKept = about && !about.isFile() && !about.isSymbolicLink()
    if (isKept || resolve(path).startsWith('/dev/')) writeFileSync(path, text)
    else replace(path, text)
  } catch (error) {
    throw new InputError(`can't write ${JSON.stringify(path)}: ${(error as NodeJS.ErrnoException).code}`)
  }
}

function replace(path: string, text: string): void {
  unfinished = join(dirname(path), `.cachelab-${randomBytes(6).toString('hex')}`)
  try {
    const descriptor = openSync(unfinished, 'wx')
    try {
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(unfinished, path)
  } finally {
    rmSync(unfinished, { force: true })
    unfinished = undefined
  }
}

/** Throws InputError where a file can't be written, so that the error comes before grading. */
export function checkWritable(path: string): void {
  const folder = dirname(path)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError(`can't write ${JSON.stringify(path)}: there is no folder ${JSON.stringify(folder)}`)
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError(`can't write ${JSON.stringify(path)}: it is a folder`)
  }
}
