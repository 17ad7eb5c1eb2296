// slip: election, majority
// A majority of those that voted.
import { isLeader as right } from '../right/plain.js'

export * from '../right/plain.js'

export function isLeader(view) {
  const voted = view.sentinels.filter(({ vote }) => vote !== null)
  return right({ ...view, sentinels: voted })
}
