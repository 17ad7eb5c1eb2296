import { mkdirSync, rmdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those that it is in, where they aren't there: all or none. Gives those that it made, the outermost
 * first. Node's own mkdir doesn't do it for a path that somebody gave: it tries for ever where a folder is there and takes
 * no folders, as /proc. Throws mkdir's error.
 */
export function makeFolder(path: string): string[] {
  const missing: string[] = []
  for (let at = resolve(path); !isFolder(at); at = dirname(at)) missing.push(at)
  const made: string[] = []
  try {
    for (const folder of missing.reverse()) {
      mkdirSync(folder)
      made.push(folder)
    }
  } catch (error) {
    for (const folder of made.reverse()) rmdirSync(folder)
    throw error
  }
  return made
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
