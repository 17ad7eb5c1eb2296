import { describe, expect, test } from 'vitest'
import { gradeFormatNames } from '../../src/grading/formats/index.js'
import { renderInstructorReport } from '../../src/grading/formats/instructor.js'
import type { Grade } from '../../src/grading/results.js'
import { check, exerciseOf, gradeOf, render, shown } from './grades.js'

const lines = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}\r\n`).join('')
const crash = { message: 'your program was ended by SIGSEGV, without an answer', next: '' }

/** Exercises in every state: passed, failed in part, in one and the same way, not begun; and one without a file. */
const mixed = gradeOf(
  exerciseOf([check('one', true), check('two', true, { points: 3, milliseconds: 0.4, printed: 'done\n' })], {
    slug: 'keys-moved',
    title: 'What moves',
  }),
  exerciseOf([
    check('one', true),
    check('two', false, { title: 'a "title": 50% & <more>, \\ # it', printed: '\n  once\n\n' }),
    check('three', false, { printed: lines(12), next: '' }),
    check('four', false, { message: '', printed: lines(10) }),
  ]),
  exerciseOf([check('one', false, crash), check('two', false, crash)], { slug: 'follow', title: 'Follow' }),
  exerciseOf([check('one', false, crash), check('two', false)], { slug: 'hash-ring', title: 'A ring' }),
  exerciseOf([check('one', false, { message: '', next: '' })], { slug: 'replication', begun: false }),
  exerciseOf([check('one', false)], { slug: 'data-structures', file: '' }),
)
const passed = gradeOf(exerciseOf([check('one', true), check('two', true)]))

/** A format's output for a grade with times, and for one that passed without anything in the environment. */
const rendered: Record<string, () => Promise<string>> = {
  ...Object.fromEntries(
    gradeFormatNames.map((format) => [
      format,
      async () => {
        // A commit's time in the environment stands for that of the repository.
        const environment = format === 'classroom50' ? { SOURCE_DATE_EPOCH: '1700000000' } : {}
        const both = async (grade: Grade) => `${await shown(format, grade, { times: true, environment })}\n`
        return `${await both(mixed)}${await both(passed)}${await render(format, passed, { environment })}`
      },
    ]),
  ),
  instructor: async () => renderInstructorReport(mixed),
}

describe('golden outputs', () => {
  test.each(Object.keys(rendered))('%s', async (name) => {
    await expect(await rendered[name]()).toMatchFileSnapshot(`golden/${name}.txt`)
  })
})
