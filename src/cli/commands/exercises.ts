import { type Exercise, loadCourse, pointsOf } from '../../grading/course.js'
import { digestOf, Progress } from '../../grading/progress.js'
import type { Report } from '../../report/index.js'
import { command } from '../options/declare.js'
import { labOf, labOption, programIn } from '../options/lab.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples } = command({
  description: 'Lists the exercises, with points, state, and what is next.',
  options: {
    lab: labOption,
    format: formatOption,
  },
  examples: [
    ['cachelab exercises', 'what there is, how far you are, and what is next'],
    ['cachelab exercises --lab my-lab', 'of a lab in another folder'],
    ['cachelab exercises --format json', 'for a script'],
  ],
  async run(flags) {
    const lab = labOf(flags)
    const course = await loadCourse()
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
    const report: Report = {
      schema: 'cachelab/report@1',
      command: 'exercises',
      title: 'The exercises',
      parameters: {},
      tables: [
        {
          name: 'exercises',
          title: `${course.reduce((sum, exercise) => sum + pointsOf(exercise), 0)} points in all`,
          columns: [
            { key: 'exercise', label: 'exercise' },
            { key: 'title', label: 'what it is about' },
            { key: 'points', label: 'points' },
            { key: 'state', label: 'state' },
          ],
          rows: course.map((exercise) => ({
            exercise: exercise.slug,
            title: exercise.title,
            points: pointsOf(exercise),
            state: state(exercise),
          })),
        },
      ],
      findings: [
        next
          ? {
              id: 'next',
              text: `Next: ${next.slug}. Read tasks/${next.slug}.md, open ${file ?? 'cachelab.json'}, then run ${programIn(lab)} check ${next.slug}.`,
            }
          : { id: 'next', text: `All done. ${programIn(lab)} grade counts the points.`, ok: true },
      ],
    }
    await show(flags.format, 'reading', () => report)
  },
})
