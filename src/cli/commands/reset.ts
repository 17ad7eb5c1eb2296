import { resetExercise } from '../../grading/reset-exercise.js'
import { command } from '../options/declare.js'
import { labOf, labOption, program, requiredExercise } from '../options/lab.js'
import { withCommand, write } from '../output/terminal.js'

export const { configure, examples } = command({
  description: 'Restores the starter of an exercise, and keeps the old file beside it.',
  operand: requiredExercise,
  options: {
    lab: labOption,
  },
  examples: [
    ['cachelab reset hash-ring', 'start over; the old file is kept beside the new one'],
    ['cachelab reset eviction --lab my-lab', 'in another folder'],
    ['cachelab exercises', 'which exercises there are'],
  ],
  run(flags, slug) {
    const lab = labOf(flags)
    const { file, kept } = resetExercise(lab, slug)
    const old = kept ? ` The old file is ${kept}.` : ''
    write(`${withCommand(`${file} is the starter again.${old} Go on with:`, `${program()} check ${slug}`)}\n`)
  },
})
