import { reportOf } from '../report/build.js'
import { countOf } from '../report/format.js'
import type { Report } from '../report/index.js'
import { type Exercise, pointsOf, pointsOfAll, slugsOf } from './course.js'
import { isUntouched } from './grade.js'
import type { Lab } from './lab.js'
import { digestOf, Progress } from './progress.js'

/** The exercises of a lab with their points and state, and what is next. `program` runs cachelab there. */
export function overview(lab: Lab, all: readonly Exercise[], program: string): Report {
  const own = slugsOf(lab)
  const course = all.filter(({ slug }) => own.includes(slug))
  const others = all.filter(({ slug }) => !own.includes(slug)).map(({ slug }) => slug)
  const progress = new Progress(lab)
  const state = (exercise: Exercise) => {
    const { passed, checks, digest, solution } = progress.of(exercise.slug)
    const shown = solution ? ', solution shown' : ''
    if (checks === undefined) return `${isUntouched(lab, exercise.slug) ? 'not begun' : 'begun'}${shown}`
    const changed = digest === digestOf(lab, exercise.slug) ? '' : ', changed since'
    return `${passed === checks ? 'done' : `${passed} of ${countOf(checks, 'check')}`}${changed}${shown}`
  }
  const next = course.find(({ slug }) => !progress.isDone(slug))
  const file = next && lab.entries.get(next.slug)?.file
  return reportOf('exercises', {
    title: 'The exercises',
    tables: {
      exercises: {
        title: `${pointsOfAll(course)} points in all`,
        columns: {
          exercise: 'exercise',
          title: 'what it is about',
          points: 'points',
          minutes: 'minutes',
          state: 'state',
        },
        rows: course.map((exercise) => ({
          exercise: exercise.slug,
          title: exercise.title,
          points: pointsOf(exercise),
          minutes: exercise.minutes,
          state: `${exercise === next ? '→ ' : ''}${state(exercise)}`,
        })),
      },
    },
    findings: {
      next: next
        ? {
            text: `Next, about ${countOf(next.minutes, 'minute')}: ${next.slug}. Read tasks/${next.slug}.md, open ${file ?? 'cachelab.json'}, then run:`,
            command: `${program} check ${next.slug}`,
          }
        : { text: 'All done. To count the points:', command: `${program} grade`, ok: true },
      others: others.length > 0 && {
        text: `New, and not in this lab: ${others.join(', ')}. To add what is new, which changes nothing of yours:`,
        command: `${program} init --update`,
      },
    },
  })
}
