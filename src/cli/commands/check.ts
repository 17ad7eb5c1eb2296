import { checkExercise } from '../../grading/check.js'
import { slugs } from '../../grading/course.js'
import { gradeReport } from '../../grading/formats/report.js'
import { Progress } from '../../grading/progress.js'
import { revealed } from '../../grading/reveal.js'
import { renderTerminal } from '../../report/terminal.js'
import { command } from '../options/declare.js'
import { labOf, labOption, optionalExercise, program } from '../options/lab.js'
import { shielded } from '../output/grade-outputs.js'
import { outputPaint, outputWidth, write } from '../output/terminal.js'
import { fail } from '../surface.js'

export const { configure, examples } = command({
  description:
    'Checks an exercise, by default the next one that is not done. The cases are the same each time.',
  operand: optionalExercise,
  options: {
    lab: labOption,
  },
  examples: [
    ['cachelab check hash-ring', 'one exercise: what passes, and the smallest case that does not'],
    ['cachelab check', 'the next one that is not done'],
    ['cachelab check eviction --lab my-lab', 'in another folder'],
  ],
  async run(flags, slug) {
    const lab = labOf(flags)
    const progress = new Progress(lab)
    const next = () => slugs().find((other) => !progress.isDone(other))
    const asked = slug ?? next()
    if (asked === undefined) return write(`All exercises are done. Next: ${program()} grade\n`)
    const { grade, result } = await checkExercise(lab, asked, progress)
    const report = gradeReport(revealed(grade, 'cases'))
    write(shielded(renderTerminal(report, { width: outputWidth(), paint: await outputPaint() })))
    if (result.score < result.maxScore) {
      write(`\nStuck? ${program()} hint ${asked}\n`)
      return fail()
    }
    const following = next()
    write(`\nNext: ${program()} ${following ? `check ${following}` : 'grade'}\n`)
  },
})
