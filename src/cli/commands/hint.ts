import { type Command, Option } from 'commander'
import { loadExercise } from '../../grading/course.js'
import type { Lab } from '../../grading/lab.js'
import { Progress } from '../../grading/progress.js'
import { wrap } from '../../report/wrap.js'
import { exerciseArgument, type LabFlags, labOf, labOption, programIn } from '../lab-options.js'
import { outputWidth, write } from '../terminal.js'

interface Flags extends LabFlags {
  again?: true
}

export const examples = [
  ['cachelab hint hash-ring', 'the next hint: a nudge first, nearly the answer at the end'],
  ['cachelab hint hash-ring --again', 'those that you have seen'],
  ['cachelab hint eviction --lab my-lab', 'in another folder'],
] as const

export function configure(command: Command): Command {
  return labOption(exerciseArgument(command, true))
    .description('Gives one hint more for an exercise.')
    .addOption(new Option('--again', 'only the hints given before'))
    .action(run)
}

async function run(slug: string, flags: Flags): Promise<void> {
  const lab = labOf(flags)
  write(await nextHint(lab, new Progress(lab), slug, flags.again))
}

/** All hints so far and one more, which is remembered. */
export async function nextHint(lab: Lab, progress: Progress, slug: string, again?: boolean): Promise<string> {
  const { hints } = await loadExercise(slug)
  const seen = progress.of(slug).hints ?? 0
  const count = Math.min(hints.length, again ? seen : seen + 1)
  progress.note(slug, { hints: count })
  if (count === 0) return 'No hint was given yet.\n'
  const texts = hints
    .slice(0, count)
    .map((hint, i) => wrap(`${i + 1}/${hints.length} ${hint}`, outputWidth()).join('\n'))
  const end =
    count === hints.length
      ? `\nThat was the last. ${programIn(lab)} solution ${slug} shows a solution.\n`
      : ''
  return `${texts.join('\n\n')}\n${end}`
}
