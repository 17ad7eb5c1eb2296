import { createInterface } from 'node:readline/promises'
import { endProcess } from '../../at-end.js'
import { sourceOf } from '../../grading/course.js'
import { languageNames, languages } from '../../grading/languages.js'
import { Progress } from '../../grading/progress.js'
import { InputError } from '../../input-error.js'
import { choice } from '../options/arguments.js'
import { command, flag, option } from '../options/declare.js'
import { labOf, labOption, program, requiredExercise } from '../options/lab.js'
import { INTERRUPTED, note, write, writeData } from '../output/terminal.js'
import { surface } from '../surface.js'

export const { configure, examples } = command({
  description: 'Shows a solution of an exercise, and remembers that it did.',
  operand: requiredExercise,
  options: {
    lab: labOption,
    language: option('<name>', 'which language (default: the lab’s)', choice(languageNames)),
    yes: flag('do not ask'),
  },
  examples: [
    ['cachelab solution hash-ring --yes', 'without asking first'],
    ['cachelab solution hash-ring --yes --language py', 'in Python'],
    ['cachelab solution eviction --yes --lab my-lab', 'for a lab in another folder'],
  ],
  async run(flags, slug) {
    const lab = labOf(flags)
    if (!flags.yes && !(await isWanted(slug))) return write('Not shown.\n')
    const file = lab.entries.get(slug)?.file ?? ''
    const own = languageNames.find((name) => file.endsWith(`.${languages[name].extension}`))
    new Progress(lab).note(slug, () => ({ solution: true }))
    writeData(sourceOf(slug, 'solution', flags.language ?? own ?? 'ts'))
  },
})

async function isWanted(slug: string): Promise<boolean> {
  if (!surface().stdin.isTTY)
    throw new InputError('cachelab solution asks before it shows one; without a terminal add --yes')
  note(`${program()} hint ${slug} gives a hint instead`)
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  asking.on('SIGINT', () => {
    surface().warn('\n')
    endProcess(INTERRUPTED)
  })
  const answer = await asking.question('Show the solution, and remember that it was shown? [y/N] ')
  asking.close()
  return /^y(es)?$/i.test(answer.trim())
}
