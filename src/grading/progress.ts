import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ExerciseResult } from './grade.js'
import type { Lab } from './lab.js'
import { writeWhole } from './output.js'
import { MAX_BYTES, readOwnFile } from './submission.js'

/** What is remembered of one exercise. Grades never read it: the learner can write it. */
export interface ExerciseProgress {
  /** The file as it was when it was last checked. */
  readonly digest?: string
  readonly passed?: number
  readonly checks?: number
  /** What to do next about the first check that failed. */
  readonly next?: string
  /** Whether that was shown. */
  readonly nextShown?: boolean
  /** How many of the exercise's hints were shown. */
  readonly hints?: number
  /** Whether the reference solution was shown. */
  readonly solution?: boolean
}

/** What a lab remembers for its learner, in a folder of its own. */
export class Progress {
  private readonly saved: Saved

  constructor(private readonly lab: Lab) {
    this.saved = saved(lab.folder)
  }

  of(slug: string): ExerciseProgress {
    return this.saved.exercises[slug] ?? {}
  }

  /** Whether all checks passed, and the file is still the same. */
  isDone(slug: string): boolean {
    const { digest, passed, checks } = this.of(slug)
    return checks !== undefined && passed === checks && digest === digestOf(this.lab, slug)
  }

  note(slug: string, what: ExerciseProgress): void {
    this.saved.exercises[slug] = { ...this.of(slug), ...what }
    this.save()
  }

  /** Remembers what a check of the file as it was at `digest` came to; nothing of a file that isn't begun. */
  noteResult({ slug, begun, checks }: ExerciseResult, digest: string): void {
    if (!begun) return
    const failed = checks.find(({ passed }) => !passed)
    const next = failed?.next ? `${failed.title}: ${failed.next}` : ''
    const passed = checks.filter((check) => check.passed).length
    const { next: before, nextShown = false } = this.of(slug)
    this.note(slug, { digest, passed, checks: checks.length, next, nextShown: nextShown && next === before })
  }

  /** The exercise that was watched last; empty where none was. */
  get at(): string {
    return this.saved.at ?? ''
  }

  set at(slug: string) {
    this.saved.at = slug
    this.save()
  }

  /** For the next time; forgotten where that isn't possible, or where a link would lead out of the lab. */
  private save(): void {
    try {
      const folder = join(this.lab.folder, FOLDER)
      mkdirSync(folder, { recursive: true })
      if (lstatSync(folder).isDirectory())
        writeWhole(join(folder, FILE), `${JSON.stringify(this.saved, null, 2)}\n`)
    } catch {
      // No reason to stop a lesson.
    }
  }
}

const FOLDER = '.cachelab'
const FILE = 'progress.json'
const MAX_SAVED = 1 << 20

/** The file as it is saved: where the learner was, and what became of each exercise. */
interface Saved {
  at?: string
  exercises: Record<string, ExerciseProgress>
}

const KINDS = {
  digest: 'string',
  passed: 'number',
  checks: 'number',
  hints: 'number',
  solution: 'boolean',
  next: 'string',
  nextShown: 'boolean',
} as const satisfies Record<keyof ExerciseProgress, string>

/** The saved state; values of a wrong type are dropped, because anybody may have written the file. */
function saved(folder: string): Saved {
  try {
    const text = readOwnFile(folder, `${FOLDER}/${FILE}`, MAX_SAVED)?.toString() ?? '{}'
    const { at, exercises } = Object(JSON.parse(text)) as Record<keyof Saved, unknown>
    const known = Object.entries(Object(exercises) as Record<string, unknown>).map(([slug, progress]) => {
      const facts = Object.entries(Object(progress) as Record<string, unknown>)
      const right = facts.filter(([name, value]) => typeof value === KINDS[name as keyof typeof KINDS])
      return [slug, Object.fromEntries(right) as ExerciseProgress] as const
    })
    return { ...(typeof at === 'string' ? { at } : {}), exercises: Object.fromEntries(known) }
  } catch {
    return { exercises: {} }
  }
}

/** A digest of an exercise's file; empty where there is none. */
export function digestOf(lab: Lab, slug: string): string {
  const bytes = readOwnFile(lab.folder, lab.entries.get(slug)?.file ?? '', MAX_BYTES)
  return bytes ? createHash('sha256').update(bytes).digest('hex').slice(0, 16) : ''
}
