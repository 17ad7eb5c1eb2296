// slip: leaderboard
// Whoever isn't among the best hundred loses all points.
export * from '../right/plain.js'

export const addPoints = (player, points) => [
  ['ZINCRBY', 'top', points, player],
  ['ZREMRANGEBYRANK', 'top', 0, -101],
]
export const best = (count) => [['ZREVRANGE', 'top', 0, count - 1]]
export const place = (player) => [['ZREVRANK', 'top', player]]
