import { sourceOf } from '../course.js'
import { languageNames, languages } from '../languages.js'
import type { HandedIn } from './files.js'
import { fingerprintsOf, gramsOf, type Program, programOf } from './fingerprints.js'
import type { Token } from './token.js'
import { tokensOf } from './tokens.js'

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

/** What was handed in as a solution; undefined where it can't be read: no file, over 64 kB, another language, or wrong syntax. */
export function solutionOf({ files, ...about }: HandedIn, given: ReadonlySet<string>): Solution | undefined {
  const [first, ...others] = files.map(({ file, text }) => sourceFrom(file, text))
  if (!first) return undefined
  const sources = [first, ...others.filter((source) => source !== undefined)]
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
