import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { InputError } from '../input-error.js'
import { writeAll } from '../write-all.js'
import { isStarter, loadCourse, slugs } from './course.js'
import { LAB_FILE, labText, openLab } from './lab.js'
import { Changes } from './lab-changes.js'
import { type Language, languageNames } from './languages.js'
import { ciFiles, type Parts, partsOf, readmeOf } from './new-lab.js'
import host from './templates/host.py'
import { packageUpdate } from './update-package.js'

/** What became of a lab that was updated: files, each with a note where there is something to say. */
export interface LabUpdate {
  /** Exercises that are new in it. */
  readonly exercises: readonly string[]
  /** Files that were written. */
  readonly added: readonly string[]
  readonly left: readonly string[]
  readonly there: readonly string[]
}

/**
 * Adds the exercises that a lab doesn't have, and changes no file that somebody has changed: where a name is taken, that
 * file stays. The second time nothing is added. Throws InputError where there is no lab, or one that can't be used.
 *
 * @example
 * import { makeLab, updateLab } from 'cachelab/grading'
 * await makeLab('lab-of-today')
 * // Nothing is new in it.
 * const { added } = await updateLab('lab-of-today')
 * added // []
 */
export async function updateLab(folder: string): Promise<LabUpdate> {
  const { entries } = openLab(folder)
  const language = languageOf(folder)
  const all = (await loadCourse()).map((exercise) => partsOf(exercise, language))
  const fresh = all.filter(({ slug }) => !entries.has(slug))
  const changes = new Changes(folder)
  if (fresh.length > 0) changes.replace(LAB_FILE, withEntries(folder, fresh), namesOf(fresh))
  else changes.there.push(LAB_FILE)
  for (const { slug, starter, task } of all) {
    const file = entries.get(slug)?.file ?? starter[0]
    const isNew = !entries.has(slug)
    place(changes, [file, starter[1]], isNew, (own) => isStarter(slug, own))
    place(changes, task, isNew, (own) => isSame(own, task[1]))
  }
  if (language === 'py' && fresh.length > 0 && !changes.isThere('host.py')) changes.add('host.py', host)
  readme(changes, all, fresh)
  if (fresh.length > 0)
    packageUpdate(
      changes,
      [...entries.keys()].every((slug) => slugs().includes(slug)),
    )
  for (const { path } of Object.values(ciFiles))
    if (fresh.length > 0 && changes.isThere(path))
      changes.left.push(`${path} (grades the exercises that it names, with the cachelab that it names)`)
  writeAll(folder, changes.files, changes.replaced)
  const { added, left, there } = changes
  return { exercises: fresh.map(({ slug }) => slug), added, left, there }
}

/** A file of an exercise: a new one is added where nothing has its name. */
function place(
  changes: Changes,
  [path, text]: readonly [string, string],
  isNew: boolean,
  isAsMade: (text: string) => boolean,
): void {
  if (isNew && !changes.isThere(path)) changes.add(path, text)
  else changes.keep(path, isAsMade)
}

const namesOf = (parts: readonly Parts[]) => parts.map(({ slug }) => slug).join(', ')

/** The same text, whatever became of its line ends. */
function isSame(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trim() === b.replaceAll('\r\n', '\n').trim()
}

function languageOf(folder: string): Language {
  const { language } = JSON.parse(labText(folder)) as { language?: unknown }
  if (languageNames.includes(language as Language)) return language as Language
  throw new InputError(
    `${join(folder, LAB_FILE)}: "language" must be one of ${languageNames.join(', ')}: it says which starters to add`,
  )
}

/**
 * The text of a lab's file with more entries at the end of its exercises, everything else as it is written. The place is
 * tried: the right one is where the text means what it should.
 */
function withEntries(folder: string, fresh: readonly Parts[]): string {
  const text = labText(folder)
  const lab = JSON.parse(text) as { readonly exercises: object }
  const added = Object.fromEntries(fresh.map(({ slug, entry }) => [slug, entry]))
  const meant = { ...lab, exercises: { ...lab.exercises, ...added } }
  const lines = JSON.stringify({ x: added }, null, 2).split('\n').slice(2, -2).join('\n')
  for (let end = text.indexOf('}'); end >= 0; end = text.indexOf('}', end + 1)) {
    const before = text.slice(0, end).trimEnd()
    const changed = `${before}${before.endsWith('{') ? '' : ','}\n${lines}\n  ${text.slice(end)}`
    if (isMeant(changed, meant)) return changed
  }
  return `${JSON.stringify(meant, null, 2)}\n`
}

function isMeant(text: string, meant: unknown): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(text), meant)
  } catch {
    return false
  }
}

/** The README's list of exercises grows where the README is as it was made. */
function readme(changes: Changes, all: readonly Parts[], fresh: readonly Parts[]): void {
  const path = 'README.md'
  const before = readmeOf(all.filter((parts) => !fresh.includes(parts)))
  const own = changes.textOf(path)
  if (own !== undefined && fresh.length > 0 && isSame(own, before))
    changes.replace(path, readmeOf(all), 'its list of exercises')
  else changes.keep(path, (text) => isSame(text, readmeOf(all)))
}
