import { posix } from 'node:path'
import type { Lab } from '../lab.js'
import { readOwnFile } from '../submission.js'

const MAX_BYTES = 64 << 10
const MAX_FILES = 20

/** What somebody handed in for an exercise: its own file, then those that it imports from the lab. */
export interface HandedIn {
  readonly submission: string
  readonly exercise: string
  /** None where its own file isn't there or has more than 64 kB. */
  readonly files: readonly { readonly file: string; readonly text: string }[]
}

/** The files of an exercise of a lab; undefined where the lab doesn't have it. */
export function filesOf(
  { folder, entries }: Lab,
  exercise: string,
  submission: string,
): HandedIn | undefined {
  const entry = entries.get(exercise)
  if (!entry) return undefined
  const files: HandedIn['files'][number][] = []
  const wanted = [posix.normalize(entry.file)]
  // It grows while it is gone through.
  for (const file of wanted) {
    const text = files.length < MAX_FILES ? readOwnFile(folder, file, MAX_BYTES)?.toString() : undefined
    if (text === undefined && file === wanted[0]) break
    if (text === undefined) continue
    files.push({ file, text })
    wanted.push(
      ...importsOf(file, text).filter((other) => !other.startsWith('..') && !wanted.includes(other)),
    )
  }
  return { submission, exercise, files }
}

/** Paths in the lab that a file's imports may lead to. */
function importsOf(path: string, text: string): string[] {
  const beside = (other: string) => posix.normalize(posix.join(posix.dirname(path), other))
  if (path.endsWith('.py'))
    return [...text.matchAll(/^[ \t]*(?:from|import)[ \t]+\.?(\w+)/gm)].map(([, name]) =>
      beside(`${name}.py`),
    )
  return [...text.matchAll(/\b(?:from|import|require)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g)].flatMap(
    ([, name]) => [name, name.replace(/js$/, 'ts'), `${name}.ts`, `${name}.js`].map(beside),
  )
}
