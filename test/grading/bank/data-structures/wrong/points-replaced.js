// slip: leaderboard
// The last points instead of their sum.
export * from '../right/plain.js'

export const addPoints = (player, points) => [['ZADD', 'leaderboard', points, player]]
