import { loadExercise } from '../../grading/course.js'
import type { Lab } from '../../grading/lab.js'
import { Progress } from '../../grading/progress.js'
import { printable } from '../../report/text.js'
import { wrap } from '../../report/wrap.js'
import { command, flag } from '../options/declare.js'
import { labOf, labOption, programIn, requiredExercise } from '../options/lab.js'
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
    const lab = labOf(flags)
    write(await nextHint(lab, new Progress(lab), slug, flags.again))
  },
})

/**
 * One hint more, which is remembered: what to do about the first check that failed when the exercise was checked last,
 * then the exercise's own, one by one. Or those given before, again.
 */
export async function nextHint(lab: Lab, progress: Progress, slug: string, again?: boolean): Promise<string> {
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
      `All hints were given. ${programIn(lab)} hint ${slug} --again repeats them; ${programIn(lab)} solution ${slug} shows a solution.`,
    )
  progress.note(slug, { hints: seen + 1 })
  return shown(general[seen])
}

function shown(hint: string): string {
  return `${wrap(printable(hint), outputWidth()).join('\n')}\n`
}
