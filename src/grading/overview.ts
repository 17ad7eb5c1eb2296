import { reportOf } from '../report/build.js'
import type { Report } from '../report/index.js'
import { type Exercise, pointsOf } from './course.js'
import type { Lab } from './lab.js'
import { digestOf, Progress } from './progress.js'

/** The exercises of a lab with their points and state, and what is next. `program` runs cachelab there. */
export function overview(lab: Lab, course: readonly Exercise[], program: string): Report {
  const progress = new Progress(lab)
  const state = (exercise: Exercise) => {
    const { passed, checks, digest, solution } = progress.of(exercise.slug)
    const shown = solution ? ', solution shown' : ''
    if (checks === undefined) return `not checked yet${shown}`
    const changed = digest === digestOf(lab, exercise.slug) ? '' : ', changed since'
    return `${passed === checks ? 'done' : `${passed} of ${checks} checks`}${changed}${shown}`
  }
  const next = course.find(({ slug }) => !progress.isDone(slug))
  const file = next && lab.entries.get(next.slug)?.file
  return reportOf('exercises', {
    title: 'The exercises',
    tables: {
      exercises: {
        title: `${course.reduce((sum, exercise) => sum + pointsOf(exercise), 0)} points in all`,
        columns: { exercise: 'exercise', title: 'what it is about', points: 'points', state: 'state' },
        rows: course.map((exercise) => ({
          exercise: exercise.slug,
          title: exercise.title,
          points: pointsOf(exercise),
          state: state(exercise),
        })),
      },
    },
    findings: {
      next: next
        ? `Next: ${next.slug}. Read tasks/${next.slug}.md, open ${file ?? 'cachelab.json'}, then run ${program} check ${next.slug}.`
        : { text: `All done. ${program} grade counts the points.`, ok: true },
    },
  })
}
