import { posix } from 'node:path'
import { sourceOf } from '../course.js'
import type { EntryPoint, Lab } from '../lab.js'
import { languageNames, languages } from '../languages.js'
import { readOwnFile } from '../submission.js'
import { fingerprintsOf, gramsOf, type Program, programOf } from './fingerprints.js'
import type { Token } from './token.js'
import { tokensOf } from './tokens.js'

const MAX_BYTES = 64 << 10
const MAX_FILES = 20

/** A file of a solution. */
export interface Source {
  readonly file: string
  readonly lines: readonly string[]
  readonly tokens: readonly Token[]
  readonly program: Program
}

/** What somebody handed in for an exercise, ready to be compared. */
export interface Solution {
  readonly submission: string
  readonly exercise: string
  /** Its own file, then those that it imports from the lab. */
  readonly sources: readonly Source[]
  /** Fingerprints that are neither the starter's nor the reference solution's, and where each is. */
  readonly own: ReadonlyMap<string, Place>
}

export interface Place {
  readonly source: Source
  /** The number of the token that it begins with. */
  readonly at: number
}

/** What everybody was given: the grams of the starters and reference solutions, in all languages. */
export function givenGrams(exercise: string): Set<string> {
  return new Set(
    (['starter', 'solution'] as const).flatMap((kind) =>
      languageNames.flatMap((language) => {
        const tokens = tokensOf(`.${languages[language].extension}`, sourceOf(exercise, kind, language)) ?? []
        return gramsOf(programOf(tokens))
      }),
    ),
  )
}

/** A lab's solution; undefined where it can't be read: no file, over 64 kB, another language, or wrong syntax. */
export function readSolution(
  { folder }: Lab,
  { file }: EntryPoint,
  about: Pick<Solution, 'submission' | 'exercise'>,
  given: ReadonlySet<string>,
): Solution | undefined {
  const sources: Source[] = []
  const wanted = [posix.normalize(file)]
  // It grows while it is gone through.
  for (const path of wanted) {
    const text = sources.length < MAX_FILES ? readOwnFile(folder, path, MAX_BYTES)?.toString() : undefined
    const source = text === undefined ? undefined : sourceFrom(path, text)
    if (!source && path === wanted[0]) return undefined
    if (!source) continue
    sources.push(source)
    wanted.push(
      ...importsOf(path, text!).filter((other) => !other.startsWith('..') && !wanted.includes(other)),
    )
  }
  return { ...about, sources, own: ownFingerprints(sources, given) }
}

/** A text as a source; undefined where it can't be parsed. */
export function sourceFrom(file: string, text: string): Source | undefined {
  const tokens = tokensOf(file, text)
  return tokens && { file, lines: text.split(/\r?\n/), tokens, program: programOf(tokens) }
}

export function ownFingerprints(sources: readonly Source[], given: ReadonlySet<string>): Map<string, Place> {
  const own = new Map<string, Place>()
  for (const source of sources)
    for (const [gram, at] of fingerprintsOf(source.program))
      if (!given.has(gram) && !own.has(gram)) own.set(gram, { source, at })
  return own
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
