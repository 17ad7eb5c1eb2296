import type { Axis, CurveFigure, Event } from '../../report/report.js'

/** A series over equal intervals of time, and which of its values it has where nothing happens. */
export interface Course {
  readonly name: string
  readonly values: readonly (number | null)[]
  isUsual(value: number): boolean
}

export interface Courses {
  readonly title: string
  readonly y: Axis
  readonly courses: readonly Course[]
  /** A table shows the same in a terminal. */
  readonly shownElsewhere?: true
}

/** Intervals that are shown before the first happening and after the last. */
const AROUND = 2

/**
 * The series in which something happens, over the time in which it happens, with what is done to the nodes; no figure
 * where there is none. Intervals and events are in milliseconds, figures in seconds.
 */
export function happenings(
  length: number,
  all: readonly Courses[],
  events: readonly Event[] = [],
): CurveFigure[] {
  const kept = all
    .map((one) => ({ ...one, courses: one.courses.filter(isEventful) }))
    .filter(({ courses }) => courses.length > 0)
  const places = [
    ...kept.flatMap(({ courses }) => courses.flatMap(unusualPlaces)),
    ...events.flatMap(({ at, until = at }) => [at, until].map((time) => Math.floor(time / length))),
  ]
  const [first, last] = [Math.min(...places) - AROUND, Math.max(...places) + AROUND]
  return kept.map(({ courses, ...one }) => ({
    kind: 'curves',
    ...one,
    x: { label: 'seconds' },
    series: courses.map(({ name, values }) => ({
      name,
      points: values
        .map((value, i) => [(i * length) / 1000, value] as const)
        .slice(Math.max(0, first), last + 1),
    })),
    ...(events.length > 0 && { events: events.map(inSeconds) }),
  }))
}

const isEventful = (course: Course) => unusualPlaces(course).length > 0

const unusualPlaces = ({ values, isUsual }: Course): number[] =>
  values.flatMap((value, i) => (value === null || isUsual(value) ? [] : [i]))

const inSeconds = ({ at, until, text }: Event): Event => ({
  at: at / 1000,
  ...(until !== undefined && { until: until / 1000 }),
  text,
})

/** Shares of what clients ask for that are 0 or 1 where nothing happens. */
export const share = (name: string, usual: 0 | 1, values: readonly (number | null)[]): Course => ({
  name,
  values,
  isUsual: (value) => value === usual,
})

/** Latencies of which some are more than twice their median: more than what jitter and the luck of a percentile do. */
export function latencies(name: string, values: readonly (number | null)[]): Course {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  return { name, values, isUsual: (value) => value <= 2 * median }
}
