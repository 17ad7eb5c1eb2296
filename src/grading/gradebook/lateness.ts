import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { commitTime } from '../commit-time.js'
import { ownFiles } from '../submission.js'

/** When a submission was handed in, and what says so. */
export interface Submitted {
  readonly at: Date
  readonly source: 'roster' | 'commit' | 'files'
}

/** What a period that has begun costs: a share of the points that are possible. */
export interface LateRate {
  readonly share: number
  readonly periodMs: number
}

/** By when a submission must be handed in, and what being late costs. */
export interface Deadline {
  readonly at: Date
  readonly rate?: LateRate | undefined
}

/** How late a submission is, and the points that it loses by that. */
export interface Late {
  readonly submitted: Submitted
  readonly lateMs: number
  readonly points: number
}

/** When the lab was committed, in a repository within `batch`; else when its newest file was written. */
export function submittedAt(lab: string, batch: string): Submitted | undefined {
  const commit = commitTime(lab, batch)
  if (commit) return { at: commit, source: 'commit' }
  const times = ownFiles(lab).map((path) => lstatSync(join(lab, path)).mtimeMs)
  const newest = times.reduce((most, time) => Math.max(most, time), 0)
  return newest > 0 ? { at: new Date(Math.floor(newest)), source: 'files' } : undefined
}

/** A submission against its deadline. Each period that has begun counts, as in Canvas's late policy. */
export function lateness(submitted: Submitted, deadline: Deadline, maxScore: number): Late {
  const { at, rate } = deadline
  const lateMs = Math.max(0, submitted.at.getTime() - at.getTime())
  const points = rate ? Math.min(1, Math.ceil(lateMs / rate.periodMs) * rate.share) * maxScore : 0
  return { submitted, lateMs, points: Math.round(100 * points) / 100 }
}

/** In hours, rounded up, so that nobody late is 0 hours late. */
export const hoursLate = ({ lateMs }: Late): number => Math.ceil(lateMs / 36_000) / 100
