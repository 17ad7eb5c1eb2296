import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Check, ExerciseFacts } from './exercise.js'
import type { Lab } from './lab.js'
import { type Language, languageNames, languages } from './languages.js'

/** An exercise of the course: its folder's name is its slug. */
export interface Exercise extends ExerciseFacts {
  readonly slug: string
  readonly text: string
  readonly checks: readonly Check[]
}

/** The folder of this package, wherever it was installed or bundled to. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

const exercisesFolder = () => join(packageFolder(), 'exercises')

/**
 * Slugs in the order of the course.
 *
 * @example
 * import { exerciseNames } from 'cachelab/grading'
 * exerciseNames().slice(0, 3) // [ 'keys-moved', 'sentinel-or-cluster', 'hash-ring' ]
 */
export function slugs(): string[] {
  return readdirSync(exercisesFolder(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, order: facts(name).order }))
    .sort((a, b) => a.order - b.order)
    .map(({ name }) => name)
}

function facts(slug: string): ExerciseFacts {
  return JSON.parse(readFileSync(join(exercisesFolder(), slug, 'exercise.json'), 'utf8')) as ExerciseFacts
}

/** What the exercises ask for, without their checks. */
export function exerciseTexts(): { slug: string; title: string; text: string }[] {
  return slugs().map((slug) => ({
    slug,
    title: facts(slug).title,
    text: readFileSync(join(exercisesFolder(), slug, 'text.md'), 'utf8'),
  }))
}

/**
 * Slugs of the exercises that count for a lab, in the order of the course: those that every lab began with, whether its
 * file names them or not, and of those that came later the ones that it has. So what a lab is worth grows only when
 * `cachelab init --update` adds exercises.
 */
export function slugsOf({ entries }: Lab): string[] {
  return slugs().filter((slug) => facts(slug).inEveryLab || entries.has(slug))
}

/** One exercise with its checks, which are loaded. */
export async function loadExercise(slug: string): Promise<Exercise> {
  const file = join(packageFolder(), 'dist', 'checks', `${slug}.cjs`)
  const { checks } = (await import(pathToFileURL(file).href)) as { checks: readonly Check[] }
  return {
    ...facts(slug),
    slug,
    checks,
    text: readFileSync(join(exercisesFolder(), slug, 'text.md'), 'utf8'),
  }
}

/** The whole course, in its order. */
export function loadCourse(): Promise<Exercise[]> {
  return loadExercises(slugs())
}

export const loadExercises = (some: readonly string[]): Promise<Exercise[]> =>
  Promise.all(some.map(loadExercise))

/**
 * What an exercise begins with in a language, or its reference solution.
 *
 * @example
 * import { exerciseSource } from 'cachelab/grading'
 * const starter = exerciseSource('hash-ring', 'starter', 'py')
 * starter.includes('def locate') // true
 */
export function sourceOf(slug: string, kind: 'starter' | 'solution', language: Language): string {
  return readFileSync(join(exercisesFolder(), slug, `${kind}.${languages[language].extension}`), 'utf8')
}

/** Whether a text is an exercise's starter in some language, whatever became of its line ends. */
export function isStarter(slug: string, text: string): boolean {
  const plain = (source: string) => source.replaceAll('\r\n', '\n').trim()
  return languageNames.some((language) => plain(sourceOf(slug, 'starter', language)) === plain(text))
}

/** What all of an exercise's checks are worth. */
export function pointsOf({ checks }: { readonly checks: readonly Check[] }): number {
  return checks.reduce((sum, { points }) => sum + points, 0)
}

export const pointsOfAll = (exercises: readonly Exercise[]): number =>
  exercises.reduce((sum, exercise) => sum + pointsOf(exercise), 0)
