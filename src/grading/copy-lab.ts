import { chmodSync, copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../input-error.js'
import { PACKAGE_FOLDER } from './lab.js'

/** What a lab may hold. */
const MOST_BYTES = 64 << 20
const MOST_FILES = 5000
const NOT_COPIED = ['node_modules', '.git', '.cachelab', PACKAGE_FOLDER]

/**
 * Copies what a solution may need of a lab, readable for whoever it runs as, and gives its size in bytes. Links are
 * left out, as they could lead anywhere, and so are devices and pipes. Throws InputError where it is too large or
 * can't be read.
 */
export function copyLab(from: string, to: string): number {
  const refuse = (why: string): never => {
    throw new InputError(`the lab ${JSON.stringify(from)} ${why}`)
  }
  let bytes = 0
  let files = 0
  const copyFolder = (folder: string, target: string) => {
    mkdirSync(target, { mode: 0o755 })
    chmodSync(target, 0o755)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (NOT_COPIED.includes(entry.name)) continue
      if (++files > MOST_FILES) refuse(`holds more than ${MOST_FILES} files and folders`)
      const [source, copy] = [join(folder, entry.name), join(target, entry.name)]
      if (entry.isDirectory()) copyFolder(source, copy)
      if (!entry.isFile()) continue
      const { size, mode } = statSync(source)
      bytes += size
      if (bytes > MOST_BYTES) refuse(`holds more than ${MOST_BYTES >> 20} MB`)
      copyFileSync(source, copy)
      chmodSync(copy, mode & 0o100 ? 0o755 : 0o644)
    }
  }
  try {
    copyFolder(from, to)
  } catch (error) {
    if (error instanceof InputError) throw error
    const { code, path } = error as NodeJS.ErrnoException
    refuse(`can't be read: ${path === undefined ? '' : `${JSON.stringify(path)}: `}${code}`)
  }
  return bytes
}
