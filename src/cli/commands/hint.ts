import { loadExercise } from '../../grading/course.js'
import { Progress } from '../../grading/progress.js'
import { printable } from '../../report/text.js'
import { wrap } from '../../report/wrap.js'
import { command, flag } from '../options/declare.js'
import { labOf, labOption, program, requiredExercise, typed } from '../options/lab.js'
import { outputWidth, write } from '../output/terminal.js'

export const { configure, examples } = command({
  description:
    'Gives the next hint for an exercise: first for the check that failed last time, then general ones.',
  operand: requiredExercise,
  options: {
    lab: labOption,
    again: flag('repeat the hints given so far'),
  },
  examples: [
    ['cachelab hint hash-ring', 'the next hint; the last one is nearly the answer'],
    ['cachelab hint hash-ring --again', 'the hints given before'],
    ['cachelab hint eviction --lab my-lab', 'in another folder'],
  ],
  async run(flags, slug) {
    write(await nextHint(new Progress(labOf(flags)), slug, flags.again))
  },
})

/**
 * The next hint, which is noted as given: first the one for the check that failed first last time, then the exercise's
 * own, one by one. With `again`, those given before.
 */
export async function nextHint(progress: Progress, slug: string, again?: boolean): Promise<string> {
  const { hints } = await loadExercise(slug)
  const { next = '', nextShown = false, hints: seen = 0 } = progress.of(slug)
  const general = hints.map((hint, i) => `${i + 1}/${hints.length} ${hint}`)
  if (again) {
    const given = [...(nextShown && next ? [next] : []), ...general.slice(0, seen)]
    return given.length === 0 ? 'No hint was given yet.\n' : given.map(shown).join('\n')
  }
  if (next && !nextShown) {
    progress.note(slug, { nextShown: true })
    return shown(next)
  }
  if (seen >= hints.length)
    return shown(
      `All hints were given. ${program()} hint ${slug} --again repeats them; ${program()} solution ${slug} shows a solution.`,
    )
  progress.note(slug, { hints: seen + 1 })
  return shown(general[seen])
}

function shown(hint: string): string {
  return `${wrap(printable(typed(hint)), outputWidth()).join('\n')}\n`
}
