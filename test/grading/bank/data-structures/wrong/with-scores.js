// slip: leaderboard
// Names and points.
export * from '../right/plain.js'

export const best = (count) => [['ZREVRANGE', 'leaderboard', 0, count - 1, 'WITHSCORES']]
