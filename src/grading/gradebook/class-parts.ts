import type { TableDraft } from '../../report/build.js'
import type { BarFigure, Figure } from '../../report/report.js'
import type { CheckResult, ExerciseResult } from '../results.js'
import type { Entry } from './entry.js'

const BINS = 10
const MAX_CHECKS = 10
const MAX_CASE = 200

/** What a whole class came to: how points are spread, what the exercises brought, and what fails most. */
export function classParts(entries: readonly Entry[]): {
  readonly figures?: readonly Figure[]
  readonly tables: { readonly checks?: TableDraft }
} {
  const shares = entries.flatMap(({ points, maxScore }) =>
    points !== null && maxScore ? [points / maxScore] : [],
  )
  const results = entries.flatMap(({ grade }) => grade?.exercises ?? [])
  const checks = checksTable(results)
  return {
    // One is no class.
    ...(shares.length > 1 ? { figures: [histogram(shares), exerciseBars(results)] } : {}),
    tables: checks.rows.length > 0 ? { checks } : {},
  }
}

/** How many have which share of the points; what is exactly between two bins is in the upper one, and all points in the last. */
function histogram(shares: readonly number[]): BarFigure {
  const counts = new Array<number>(BINS).fill(0)
  for (const share of shares) counts[Math.min(BINS - 1, Math.max(0, Math.floor(share * BINS)))]++
  const step = 100 / BINS
  return {
    kind: 'bars',
    title: 'Submissions by their share of all points',
    value: { label: 'submissions', unit: 'count' },
    categories: counts.map((_, i) => `${i * step}–${(i + 1) * step} %`),
    series: [{ name: 'submissions', values: counts }],
  }
}

/** The mean share of each exercise's points. */
function exerciseBars(results: readonly ExerciseResult[]): BarFigure {
  const all = groups(results, ({ slug }) => slug)
  const mean = (some: readonly ExerciseResult[]) =>
    some.reduce((sum, { score, maxScore }) => sum + score / maxScore, 0) / some.length
  return {
    kind: 'bars',
    title: 'Mean share of the points of each exercise',
    value: { label: 'share of its points', unit: 'ratio' },
    categories: [...all.keys()],
    series: [{ name: 'share of its points', values: [...all.values()].map(mean) }],
  }
}

/** Checks of exercises that were begun, those that fail most first, with the smallest case that most of them show. */
function checksTable(results: readonly ExerciseResult[]): TableDraft {
  const ran = results.filter(({ begun }) => begun)
  const all = groups(
    ran.flatMap((exercise) => exercise.checks.map((check) => ({ exercise, check }))),
    ({ exercise, check }) => `${exercise.slug}/${check.id}`,
  )
  const rows = [...all.values()].map((some) => {
    const failed = some.map(({ check }) => check).filter(({ passed }) => !passed)
    const [{ exercise, check }] = some
    return {
      exercise: exercise.slug,
      check: check.title,
      failed: failed.length,
      share: failed.length / some.length,
      timeouts: failed.filter(({ ended }) => ended === 'time').length,
      ...commonestCase(failed),
    }
  })
  // Hidden cases can be kept from a gradebook, too.
  const areShown = rows.some((row) => row.case)
  return {
    title: `Checks that fail most, of exercises that were begun${areShown ? ', and the commonest smallest case' : ''}${rows.length > MAX_CHECKS ? `: the first ${MAX_CHECKS}` : ''}`,
    columns: {
      exercise: 'exercise',
      check: 'check',
      failed: ['failed', 'count'],
      share: ['of those begun', 'ratio'],
      timeouts: ['time-outs', 'count'],
      case: areShown && ['commonest case', 'detail'],
      times: areShown && ['how often', 'count', 'detail'],
    },
    rows: rows
      .filter(({ failed }) => failed > 0)
      .sort((a, b) => b.failed - a.failed || b.share - a.share)
      .slice(0, MAX_CHECKS),
  }
}

/** What most of the failed checks say, of equals the shortest. */
function commonestCase(failed: readonly CheckResult[]): { case: string | null; times: number } {
  const [most] = [...groups(failed, ({ message }) => message)].sort(
    ([a, some], [b, others]) => others.length - some.length || a.length - b.length,
  )
  if (!most) return { case: null, times: 0 }
  const [message, { length }] = most
  return { case: message.length > MAX_CASE ? `${message.slice(0, MAX_CASE)}…` : message, times: length }
}

/** Items by a key, in the order in which the keys come. */
function groups<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const all = new Map<string, T[]>()
  for (const item of items) {
    const group = all.get(keyOf(item))
    if (group) group.push(item)
    else all.set(keyOf(item), [item])
  }
  return all
}
