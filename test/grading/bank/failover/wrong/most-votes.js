// slip: election, fresh, majority
// The most votes win, however few.

export * from '../right/plain.js'

export function isLeader(view) {
  const votes = [view.vote, ...view.sentinels.filter((one) => one.reportAgeMs <= 5000).map((one) => one.vote)]
  const counts = {}
  for (const one of votes) if (one?.epoch === view.epoch) counts[one.leader] = (counts[one.leader] ?? 0) + 1
  return Object.values(counts).every((count) => count <= (counts[view.me] ?? 0)) && (counts[view.me] ?? 0) > 0
}
