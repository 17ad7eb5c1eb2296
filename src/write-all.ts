import { renameSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileError } from './input-error.js'
import { makeFolder } from './make-folder.js'
import { writeBeside, writeNew } from './write-whole.js'

type Files = ReadonlyMap<string, string | Buffer>

/** Writes files into a folder, new ones and those that replace others, all of them or none. */
export function writeAll(folder: string, files: Files, replaced: Files = new Map()): void {
  const written: string[] = []
  const made: string[] = []
  try {
    for (const [path, text] of files) {
      const file = join(folder, path)
      made.push(...makeFolder(dirname(file)))
      writeNew(file, text)
      written.push(file)
    }
    const ready = [...replaced].map(([path, text]) => {
      const file = join(folder, path)
      const beside = writeBeside(file, text)
      written.push(beside)
      return [beside, file] as const
    })
    for (const [beside, file] of ready) renameSync(beside, file)
  } catch (error) {
    for (const file of written) rmSync(file, { force: true })
    for (const empty of made.reverse()) rmdirSync(empty)
    const { code } = error as NodeJS.ErrnoException
    throw code === undefined ? error : fileError(error, `can't write into ${JSON.stringify(folder)}: ${code}`)
  }
}
