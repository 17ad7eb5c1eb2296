import { createHash } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { takeLock } from '../lock.js'
import { makeFolder } from '../make-folder.js'
import { writeWhole } from '../write-whole.js'
import { nextOf } from './formats/texts.js'
import type { Lab } from './lab.js'
import type { ExerciseResult } from './results.js'
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

/** What a lab remembers for its learner, in a folder of its own. Several programs may have the same lab open. */
export class Progress {
  private saved: Saved = { exercises: {} }
  /** Which file `saved` was read from; empty where there was none. */
  private readFrom = ''

  constructor(private readonly lab: Lab) {}

  of(slug: string): ExerciseProgress {
    const { exercises } = this.latest()
    return Object.hasOwn(exercises, slug) ? exercises[slug] : {}
  }

  /** Whether all checks passed, and the file is still the same. */
  isDone(slug: string): boolean {
    const { digest, passed, checks } = this.of(slug)
    return checks !== undefined && passed === checks && digest === digestOf(this.lab, slug)
  }

  /** Remembers what follows from what is known at that moment, which no other program changes meanwhile; gives the latter. */
  note(slug: string, next: (before: ExerciseProgress) => ExerciseProgress): ExerciseProgress {
    let before: ExerciseProgress = {}
    this.change(({ exercises }) => {
      if (Object.hasOwn(exercises, slug)) before = exercises[slug]
      exercises[slug] = { ...before, ...next(before) }
    })
    return before
  }

  /** Remembers what checks of files as they were at `digests` came to; nothing of a file that isn't begun. */
  noteResults(results: readonly ExerciseResult[], digests: ReadonlyMap<string, string>): void {
    this.change(({ exercises }) => {
      for (const { slug, begun, checks } of results) {
        if (!begun) continue
        const failed = checks.find(({ passed }) => !passed)
        const next = failed?.next ? `${failed.title}: ${nextOf(failed)}` : ''
        const passed = checks.filter((check) => check.passed).length
        const before = exercises[slug] ?? {}
        const nextShown = before.nextShown === true && next === before.next
        const digest = digests.get(slug) ?? ''
        exercises[slug] = { ...before, digest, passed, checks: checks.length, next, nextShown }
      }
    })
  }

  /** The exercise that was watched last; empty where none was. */
  get at(): string {
    return this.latest().at ?? ''
  }

  set at(slug: string) {
    this.change((saved) => {
      saved.at = slug
    })
  }

  /** What is saved now. Where nothing could be saved it is what this program found out itself. */
  private latest(): Saved {
    const now = versionOf(join(this.lab.folder, FOLDER, FILE))
    if (now !== this.readFrom) this.saved = saved(this.lab.folder)
    this.readFrom = now
    return this.saved
  }

  /** Changes what is saved; forgotten where that isn't possible, or where a link would lead out of the lab. */
  private change(apply: (saved: Saved) => void): void {
    const folder = join(this.lab.folder, FOLDER)
    let release: (() => void) | undefined
    try {
      makeFolder(folder)
      if (lstatSync(folder).isDirectory()) release = waitForLock(join(folder, 'lock'))
    } catch {
      // The folder can't be written, or has no links: a lesson goes on.
    }
    const latest = this.latest()
    apply(latest)
    try {
      if (lstatSync(folder).isDirectory())
        writeWhole(join(folder, FILE), `${JSON.stringify(latest, null, 2)}\n`)
    } catch {
      // No reason to stop a lesson.
    }
    release?.()
  }
}

/** Programs hold the lock for milliseconds. After this one that was stopped in between is waited for no longer. */
const LOCK_PATIENCE_MS = 1000
const LOCK_RETRY_MS = 2

function waitForLock(path: string): (() => void) | undefined {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  for (let waited = 0; waited < LOCK_PATIENCE_MS; waited += LOCK_RETRY_MS) {
    const release = takeLock(path)
    if (release) return release
    Atomics.wait(sleeper, 0, 0, LOCK_RETRY_MS)
  }
  return
}

/** Names one version of a file that is always replaced as a whole; empty where there is none. */
function versionOf(path: string): string {
  const about = lstatSync(path, { bigint: true, throwIfNoEntry: false })
  return about ? `${about.ino} ${about.mtimeNs} ${about.size}` : ''
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

/** Digests of exercises' files as they are now, by the exercises. */
export const digestsOf = (lab: Lab, slugs: readonly string[]): ReadonlyMap<string, string> =>
  new Map(slugs.map((slug) => [slug, digestOf(lab, slug)]))

/** A digest of an exercise's file; empty where there is none. */
export function digestOf(lab: Lab, slug: string): string {
  const bytes = readOwnFile(lab.folder, lab.entries.get(slug)?.file ?? '', MAX_BYTES)
  return bytes ? createHash('sha256').update(bytes).digest('hex').slice(0, 16) : ''
}
