import type { Command } from 'commander'
import { loadCourse } from '../../grading/course.js'
import { overview } from '../../grading/overview.js'
import type { FormatName } from '../../report/index.js'
import { type LabFlags, labOf, labOption, programIn } from '../options/lab.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags extends LabFlags {
  format: FormatName
}

export const examples = [
  ['cachelab exercises', 'what there is, how far you are, and what is next'],
  ['cachelab exercises --lab my-lab', 'of a lab in another folder'],
  ['cachelab exercises --format json', 'for a script'],
] as const

export function configure(command: Command): Command {
  return formatOption(labOption(command))
    .description('Lists the exercises, with points, state, and what is next.')
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const lab = labOf(flags)
  const course = await loadCourse()
  await show(flags.format, 'reading', () => overview(lab, course, programIn(lab)))
}
