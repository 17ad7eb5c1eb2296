// slip: leaderboard-cost
// Reads the whole board first.
export * from '../right/plain.js'

export const place = (player) => [
  ['ZRANGE', 'leaderboard', 0, -1],
  ['ZREVRANK', 'leaderboard', player],
]
