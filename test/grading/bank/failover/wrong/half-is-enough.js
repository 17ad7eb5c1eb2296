// slip: election, majority
// Half of all is taken for a majority.

export * from '../right/plain.js'

export function isLeader(view) {
  const votes = [view.vote, ...view.sentinels.filter((one) => one.reportAgeMs <= 5000).map((one) => one.vote)]
  const own = votes.filter((one) => one?.leader === view.me && one.epoch === view.epoch).length
  return own >= Math.max(view.quorum, (view.sentinels.length + 1) / 2)
}
