/** Parts of your own: their checks, and files to begin with. */
import { experiment } from './experiment.js'

export { type OwnKind, ownKinds } from '../own/index.js'
export { starterFiles } from '../own/starters.js'

/**
 * The checks of a policy, placement, hash or workload: the file in `operands`, or the class or function itself.
 *
 * @example
 * import { checkOwn } from 'cachelab/own'
 * // It never evicts, and so hits more often than is possible.
 * class Endless {
 *   private readonly inside = new Set<number>()
 *   access(key: number): boolean {
 *     return this.inside.size === this.inside.add(key).size
 *   }
 * }
 * const { tables } = await checkOwn({}, { operands: [Endless] })
 * const failed = tables[0].rows.filter(({ result }) => result === '✗').map((row) => row.check)
 * failed // [ 'no more hits than the optimum' ]
 */
export const checkOwn = experiment<typeof import('../cli/commands/try.js')>('try')
