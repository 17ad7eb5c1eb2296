import { loadExercises, slugsOf } from '../../grading/course.js'
import { type GradeFormat, gradeFormats } from '../../grading/formats/index.js'
import { renderInstructorReport } from '../../grading/formats/instructor.js'
import { gradeLab } from '../../grading/grade.js'
import { openLab } from '../../grading/lab.js'
import { digestsOf, Progress } from '../../grading/progress.js'
import type { Grade } from '../../grading/results.js'
import { revealed } from '../../grading/reveal.js'
import { submissionSeed } from '../../grading/submission.js'
import { countOf } from '../../report/format.js'
import { writeWhole } from '../../write-whole.js'
import { typed } from '../options/lab.js'
import { checkReachable, isEnough } from '../options/min-score.js'
import { checkOutputs, gradeOutputs, type Output, shielded } from '../output/grade-outputs.js'
import { note, outputPaint, outputWidth, ProgressLine, write, writeData } from '../output/terminal.js'
import { fail, surface } from '../surface.js'
import type { GradingOptions } from './options.js'

interface LabOptions extends GradingOptions {
  readonly times?: true
}

/** Grades a lab, and writes its grade. */
export async function gradeOne(
  folder: string,
  options: LabOptions,
  outputs: readonly Output[],
): Promise<void> {
  const { named, minScore, isolation, report, reveal = 'cases', times = false } = options
  const alone = gradeOutputs(outputs)
  const lab = openLab(folder)
  const exercises = named ?? (await loadExercises(slugsOf(lab)))
  checkReachable(minScore, exercises)
  checkOutputs(lab, [...outputs.flatMap(({ path }) => path ?? []), ...(report ? [report] : [])])
  const line = new ProgressLine('grading')
  const digests = digestsOf(
    lab,
    exercises.map(({ slug }) => slug),
  )
  const seed = options.seed || submissionSeed(lab)
  const found = await gradeLab(lab, exercises, { seed, isolation, progress: line.update }).finally(() =>
    line.clear(),
  )
  new Progress(lab).noteResults(found.exercises, digests)
  const grade = asTyped(found)
  for (const output of alone) await writeGrade(revealed(grade, reveal), output, folder, times)
  if (report) writeWhole(report, renderInstructorReport(grade))
  if (isolation === 'none') note('solutions run without isolation: grade only code that you trust')
  if (outputs.every(({ path }) => path !== undefined))
    write(`${grade.score} of ${countOf(grade.maxScore, 'point')}\n`)
  if (!isEnough(minScore, grade.score, grade.maxScore)) fail()
}

/** A grade whose next steps can be typed from the working folder. */
function asTyped(grade: Grade): Grade {
  const exercises = grade.exercises.map((exercise) => ({
    ...exercise,
    checks: exercise.checks.map((check) => ({ ...check, command: typed(check.command ?? '') })),
  }))
  return { ...grade, exercises }
}

async function writeGrade(
  grade: Grade,
  { format, path }: Output<GradeFormat>,
  folder: string,
  times: boolean,
): Promise<void> {
  const render = await gradeFormats[format]()
  const page = { width: outputWidth(), paint: await outputPaint() }
  const { plainPaint } = await import('../../report/paint.js')
  const text = render(grade, {
    folder,
    environment: surface().env,
    times,
    surface: path === undefined ? page : { width: 80, paint: plainPaint },
  })
  if (path !== undefined) writeWhole(path, text)
  else (format === 'table' ? write : writeData)(format === 'github' ? text : shielded(text))
}
