/** Parts of your own: their checks, and files to begin with. */
import { experiment } from './experiment.js'

export { type OwnKind, ownKinds } from '../own/index.js'
export { starterFiles } from '../own/starters.js'

/** The checks of a policy, placement, hash or workload: the file in `operands`, or the class or function itself. */
export const checkOwn = experiment<typeof import('../cli/commands/try.js')>('try')
