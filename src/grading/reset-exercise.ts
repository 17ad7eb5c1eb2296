import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../input-error.js'
import { writeNew } from '../write-whole.js'
import { sourceOf } from './course.js'
import { LAB_FILE, type Lab } from './lab.js'
import { type Language, languages } from './languages.js'

/** Restores an exercise's starter, and gives the name under which the old file is kept, if there was one. */
export function resetExercise(lab: Lab, slug: string): { readonly file: string; readonly kept?: string } {
  const entry = lab.entries.get(slug)
  if (!entry) throw new InputError(`the lab has no exercise "${slug}"; cachelab init --update adds it`)
  const { file } = entry
  const language = Object.entries(languages).find(([, { file: name }]) => name(slug) === file)?.[0]
  if (language === undefined) {
    throw new InputError(
      `there is no starter for ${JSON.stringify(file)}: ${LAB_FILE} names a file of your own`,
    )
  }
  const path = join(lab.folder, file)
  const kept = existsSync(path) ? freeName(lab.folder, file) : undefined
  if (kept) renameSync(path, join(lab.folder, kept))
  try {
    writeNew(path, sourceOf(slug, 'starter', language as Language))
  } catch (error) {
    if (kept) renameSync(join(lab.folder, kept), path)
    throw error
  }
  return kept ? { file, kept } : { file }
}

/** A name beside a file that nothing has yet. */
function freeName(folder: string, file: string): string {
  const name = (n: number) => `${file}.old${n === 1 ? '' : n}`
  let n = 1
  while (existsSync(join(folder, name(n)))) n++
  return name(n)
}
