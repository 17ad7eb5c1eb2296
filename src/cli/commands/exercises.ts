import { loadCourse } from '../../grading/course.js'
import { overview } from '../../grading/overview.js'
import { command } from '../options/declare.js'
import { labOf, labOption, program } from '../options/lab.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Lists the exercises with points and state, and names the next one to do.',
  options: {
    lab: labOption,
    format: formatOption,
  },
  examples: [
    ['cachelab exercises', 'the exercises, your progress, and the next one'],
    ['cachelab exercises --lab my-lab', 'of a lab in another folder'],
    ['cachelab exercises --format json', 'for a script'],
  ],
  async run(flags) {
    const lab = labOf(flags)
    const course = await loadCourse()
    await show(flags.format, 'reading', () => overview(lab, course, program()))
  },
})
