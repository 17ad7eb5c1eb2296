import { createInterface } from 'node:readline/promises'
import { type Command, Option } from 'commander'
import { sourceOf } from '../../grading/course.js'
import type { Lab } from '../../grading/lab.js'
import { type Language, languageNames, languages } from '../../grading/languages.js'
import { Progress } from '../../grading/progress.js'
import { InputError } from '../../input-error.js'
import { choice } from '../options/arguments.js'
import { exerciseArgument, type LabFlags, labOf, labOption, programIn } from '../options/lab.js'
import { note, write } from '../output/terminal.js'
import { surface } from '../surface.js'

interface Flags extends LabFlags {
  language?: Language
  yes?: true
}

export const examples = [
  ['cachelab solution hash-ring --yes', 'without asking first'],
  ['cachelab solution hash-ring --yes --language py', 'in Python'],
  ['cachelab solution eviction --yes --lab my-lab', 'for a lab in another folder'],
] as const

export function configure(command: Command): Command {
  return labOption(exerciseArgument(command, true))
    .description('Shows a solution of an exercise, and remembers that it did.')
    .addOption(
      new Option('--language <name>', 'which language (default: the lab’s)')
        .choices(languageNames)
        .argParser(choice('--language', languageNames)),
    )
    .addOption(new Option('--yes', 'do not ask'))
    .action(run)
}

async function run(slug: string, flags: Flags): Promise<void> {
  const lab = labOf(flags)
  if (!flags.yes && !(await isWanted(lab, slug))) return write('Not shown.\n')
  const file = lab.entries.get(slug)?.file ?? ''
  const own = languageNames.find((name) => file.endsWith(`.${languages[name].extension}`))
  new Progress(lab).note(slug, { solution: true })
  write(sourceOf(slug, 'solution', flags.language ?? own ?? 'ts'))
}

async function isWanted(lab: Lab, slug: string): Promise<boolean> {
  if (!surface().stdin.isTTY)
    throw new InputError('cachelab solution asks before it shows one; without a terminal add --yes')
  note(`${programIn(lab)} hint ${slug} gives a hint instead`)
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await asking.question('Show the solution, and remember that it was shown? [y/N] ')
  asking.close()
  return /^y(es)?$/i.test(answer.trim())
}
