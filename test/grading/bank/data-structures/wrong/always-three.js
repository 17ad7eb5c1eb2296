// slip: leaderboard
// The best three, however many are asked for.
export * from '../right/plain.js'

export const best = () => [['ZREVRANGE', 'leaderboard', 0, 2]]
