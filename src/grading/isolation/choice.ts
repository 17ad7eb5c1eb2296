import { InputError } from '../../input-error.js'
import { bestIsolation, type Isolation } from './index.js'

export const isolationChoices = ['require', 'best', 'none'] as const
export type IsolationChoice = (typeof isolationChoices)[number]

const HOW =
  'on Debian and Ubuntu: apt-get install bubblewrap, and where the kernel keeps user namespaces for root, sysctl kernel.apparmor_restrict_unprivileged_userns=0; in a container: one that may make namespaces, or --isolation none in a container for each submission'

/** What solutions are kept in by. Throws InputError where isolation is required and this system has none. */
export function chosenIsolation(choice: IsolationChoice): Isolation {
  if (choice === 'none') return 'none'
  const best = bestIsolation()
  if (choice === 'require' && best === 'none')
    throw new InputError(`--isolation require: this system can't isolate solutions; ${HOW}`)
  return best
}
