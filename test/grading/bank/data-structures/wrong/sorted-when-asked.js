// slip: leaderboard-cost
// Sorts all players for the best three.
export * from '../right/plain.js'

export const addPoints = (player, points) => [
  ['SADD', 'players', player],
  ['INCRBY', `points:${player}`, points],
  ['ZINCRBY', 'leaderboard', points, player],
]

export const best = (count) => [['SORT', 'players', 'BY', 'points:*', 'DESC', 'LIMIT', 0, count]]
