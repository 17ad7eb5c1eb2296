import { loadExercise } from '../../grading/course.js'
import { Progress } from '../../grading/progress.js'
import { printable } from '../../report/text.js'
import { wrap } from '../../report/wrap.js'
import { command, flag } from '../options/declare.js'
import { labOf, labOption, program, requiredExercise, typed } from '../options/lab.js'
import { outputWidth, withCommand, write } from '../output/terminal.js'

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
  const general = hints.map((hint, i) => `${i + 1}/${hints.length} ${hint}`)
  if (again) {
    const { next = '', nextShown = false, hints: seen = 0 } = progress.of(slug)
    const given = [...(nextShown && next ? [next] : []), ...general.slice(0, seen)]
    return given.length === 0 ? 'No hint was given yet.\n' : given.map(shown).join('\n')
  }
  const before = progress.note(slug, ({ next, nextShown, hints: seen = 0 }) =>
    next && !nextShown ? { nextShown: true } : { hints: Math.min(seen + 1, hints.length) },
  )
  if (before.next && !before.nextShown) return shown(before.next)
  const seen = before.hints ?? 0
  if (seen >= hints.length)
    return [
      withCommand('All hints were given. They are repeated by:', `${program()} hint ${slug} --again`),
      withCommand('A solution is shown by:', `${program()} solution ${slug}\n`),
    ].join('\n')
  return shown(general[seen])
}

function shown(hint: string): string {
  return `${wrap(printable(typed(hint)), outputWidth()).join('\n')}\n`
}
