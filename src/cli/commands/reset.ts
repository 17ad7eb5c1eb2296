import type { Command } from 'commander'
import { resetExercise } from '../../grading/new-lab.js'
import { exerciseArgument, type LabFlags, labOf, labOption, programIn } from '../options/lab.js'
import { write } from '../output/terminal.js'

export const examples = [
  ['cachelab reset hash-ring', 'begin anew; the old file is kept beside the new one'],
  ['cachelab reset eviction --lab my-lab', 'in another folder'],
  ['cachelab exercises', 'which exercises there are'],
] as const

export function configure(command: Command): Command {
  return labOption(exerciseArgument(command, true))
    .description('Restores the starter of an exercise, and keeps what was there beside it.')
    .action(run)
}

function run(slug: string, flags: LabFlags): void {
  const lab = labOf(flags)
  const { file, kept } = resetExercise(lab, slug)
  write(
    `${file} is the starter again.${kept ? ` What it was is in ${kept}.` : ''} Go on with: ${programIn(lab)} check ${slug}\n`,
  )
}
