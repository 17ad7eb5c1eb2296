import { rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileError } from './input-error.js'
import { makeFolder } from './make-folder.js'
import { writeNew } from './write-whole.js'

/** Writes files into a folder, all of them or none. */
export function writeAll(folder: string, files: ReadonlyMap<string, string | Buffer>): void {
  const written: string[] = []
  const made: string[] = []
  try {
    for (const [path, text] of files) {
      const file = join(folder, path)
      made.push(...makeFolder(dirname(file)))
      writeNew(file, text)
      written.push(file)
    }
  } catch (error) {
    for (const file of written) rmSync(file, { force: true })
    for (const empty of made.reverse()) rmdirSync(empty)
    const { code } = error as NodeJS.ErrnoException
    throw code === undefined ? error : fileError(error, `can't write into ${JSON.stringify(folder)}: ${code}`)
  }
}
