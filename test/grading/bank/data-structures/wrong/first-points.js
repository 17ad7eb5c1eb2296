// slip: leaderboard
// Keeps the first points only.
export * from '../right/plain.js'

export const addPoints = (player, points) => [['ZADD', 'leaderboard', 'NX', points, player]]
