import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadState, saveState } from '../saved-state.js'
import type { ExerciseResult } from './grade.js'
import type { Lab } from './lab.js'

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
  private readonly path: string
  private readonly saved: Saved

  constructor(private readonly lab: Lab) {
    this.path = join(lab.folder, '.cachelab', 'progress.json')
    const { at, exercises } = loadState<Saved>(this.path)
    this.saved = { ...(at === undefined ? {} : { at }), exercises: { ...exercises } }
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

  private save(): void {
    saveState(this.path, this.saved)
  }
}

/** The file as it is saved: where the learner was, and what became of each exercise. */
interface Saved {
  at?: string
  exercises: Record<string, ExerciseProgress>
}

/** A digest of an exercise's file; empty where there is none. */
export function digestOf(lab: Lab, slug: string): string {
  try {
    const file = lab.entries.get(slug)?.file ?? ''
    return createHash('sha256')
      .update(readFileSync(join(lab.folder, file)))
      .digest('hex')
      .slice(0, 16)
  } catch {
    return ''
  }
}
