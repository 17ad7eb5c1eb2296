// slip: leaderboard
// The worst are first.
export * from '../right/plain.js'

export const best = (count) => [['ZRANGE', 'leaderboard', 0, count - 1]]
