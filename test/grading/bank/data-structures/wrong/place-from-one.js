// slip: leaderboard, leaderboard-cost
// The best has the first place, not place 0.
export * from '../right/plain.js'

export const place = (player) => [
  ['SET', 'place', 1],
  ['ZREVRANK', 'leaderboard', player],
  ['GET', 'place'],
]
