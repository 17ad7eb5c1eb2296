import { InputError } from '../../input-error.js'
import { bestIsolation, type Isolation } from './index.js'

export const isolationChoices = ['require', 'best', 'none'] as const
/** Whether solutions must be isolated: `require` refuses a machine that can’t, `best` takes what there is. */
export type IsolationChoice = (typeof isolationChoices)[number]

const HOW = 'install bubblewrap, and allow user namespaces (see: cachelab docs grading)'

/** What solutions are kept in by. Throws InputError where isolation is required and this system has none. */
export function chosenIsolation(choice: IsolationChoice): Isolation {
  if (choice === 'none') return 'none'
  const best = bestIsolation()
  if (choice === 'require' && best === 'none')
    throw new InputError(`--isolation require: this system can't isolate solutions; ${HOW}`)
  return best
}
