// slip: odown
// Down if enough others say so, also for one that hears the master.
import { stateOf as right } from '../right/plain.js'

export * from '../right/plain.js'

export function stateOf(view) {
  const others = view.sentinels.filter((one) => one.saysDown && one.reportAgeMs <= 5000).length
  return others >= view.quorum ? 'odown' : right(view)
}
