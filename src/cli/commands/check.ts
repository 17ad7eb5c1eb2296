import { checkExercise } from '../../grading/check.js'
import { slugsOf } from '../../grading/course.js'
import { gradeReport } from '../../grading/formats/report.js'
import type { Lab } from '../../grading/lab.js'
import { Progress } from '../../grading/progress.js'
import { revealed } from '../../grading/reveal.js'
import { InputError } from '../../input-error.js'
import { countOf } from '../../report/format.js'
import { renderTerminal } from '../../report/terminal.js'
import { wrap } from '../../report/wrap.js'
import { command, flag } from '../options/declare.js'
import { labOf, labOption, optionalExercise, program } from '../options/lab.js'
import { shielded } from '../output/grade-outputs.js'
import { CLEAR_LINE, canClear, outputPaint, outputWidth, withCommand, write } from '../output/terminal.js'
import { fail, surface } from '../surface.js'

export const { configure, examples } = command({
  description:
    'Checks an exercise, by default the next one that is not done. The cases are the same each time.',
  operand: optionalExercise,
  options: {
    all: flag('check every exercise that is begun, one after another'),
    lab: labOption,
  },
  examples: [
    ['cachelab check hash-ring', 'one exercise: what passes, and the smallest case that does not'],
    ['cachelab check', 'the next one that is not done'],
    ['cachelab check --all', 'every exercise that is begun'],
  ],
  async run(flags, slug) {
    const lab = labOf(flags)
    const progress = new Progress(lab)
    if (flags.all && slug !== undefined)
      throw new InputError(`--all checks every exercise: leave out ${slug}`)
    if (flags.all) return checkAll(lab, progress)
    const next = () => slugsOf(lab).find((other) => !progress.isDone(other))
    const asked = slug ?? next()
    if (asked === undefined)
      return write(`${withCommand('All exercises are done. Next:', `${program()} grade`)}\n`)
    const { grade, result } = await checkExercise(lab, asked, progress)
    const report = gradeReport(revealed(grade, 'cases'))
    write(shielded(renderTerminal(report, { width: outputWidth(), paint: await outputPaint() })))
    if (result.score < result.maxScore) {
      write(`\n${withCommand('Stuck?', `${program()} hint ${asked}`)}\n`)
      return fail()
    }
    const following = next()
    const then = following ? `check ${following}` : 'grade'
    write(`\n${withCommand('Next:', `${program()} ${then}`)}\n`)
  },
})

/** Checks what is begun, and lists each exercise as soon as its result is known. */
async function checkAll(lab: Lab, progress: Progress): Promise<void> {
  const paint = await outputPaint()
  const isLive = surface().columns !== undefined && canClear()
  const longest = Math.max(...slugsOf(lab).map((slug) => slug.length))
  for (const slug of slugsOf(lab)) {
    const name = slug.padEnd(longest)
    if (isLive) write(paint.dim(`  ${name}  checking …`))
    const { result } = await checkExercise(lab, slug, progress)
    const { begun, checks, score, maxScore } = result
    const failed = checks.find(({ passed }) => !passed)
    const state = begun ? (failed ? paint.bad('✗') : paint.good('✓')) : '·'
    const said = begun
      ? `${score} of ${countOf(maxScore, 'point')}${failed ? `, first: ${failed.title}` : ''}`
      : 'not begun'
    write(`${isLive ? CLEAR_LINE : ''}${fitted(`${state} ${name}  ${said}`)}\n`)
    if (begun && failed) fail()
  }
}

/** The beginning of a line that has room on the screen. */
function fitted(line: string): string {
  const [first, ...more] = wrap(line, outputWidth() - 2)
  return more.length > 0 ? `${first} …` : first
}
