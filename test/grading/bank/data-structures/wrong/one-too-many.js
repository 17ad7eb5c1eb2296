// slip: leaderboard
// Both ends are included.
export * from '../right/plain.js'

export const best = (count) => [['ZREVRANGE', 'leaderboard', 0, count]]
