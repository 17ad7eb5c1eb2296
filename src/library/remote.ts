/** Real servers in the place of simulated nodes. */
import { experiment } from './experiment.js'

export { type Address, parseAddresses } from '../remote/address.js'
export { realClock } from '../remote/clock.js'
export { RemoteSession } from '../remote/session.js'

/**
 * The master of a lab of real servers is killed: its outage beside the simulated one.
 *
 * @example
 * import { labFailover } from 'cachelab/remote'
 * // It kills servers that `cachelab lab up` has started; what it does by default:
 * const options = await labFailover.defaults()
 * options // { runs: 5 }
 */
export const labFailover = experiment<typeof import('../cli/commands/lab-failover.js')>('lab failover')
