import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { InputError } from '../input-error.js'
import { MAX_BYTES, ownFiles, readOwnFile } from './submission.js'

/**
 * Copies the files of a lab that a solution may need, readable and executable for the user that it runs as. Returns
 * their size in bytes. Throws InputError where the lab is too large or can't be read.
 */
export function copyLab(from: string, to: string): number {
  let size = 0
  mkdirSync(to)
  for (const path of ownFiles(from)) {
    const bytes = readOwnFile(from, path, MAX_BYTES)
    if (!bytes) throw new InputError(`${JSON.stringify(join(from, path))} can't be read`)
    size += bytes.length
    const copy = join(to, path)
    mkdirSync(dirname(copy), { recursive: true })
    writeFileSync(copy, bytes)
  }
  spawnSync('chmod', ['-R', '755', to])
  return size
}
