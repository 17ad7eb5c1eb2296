// slip: leaderboard
// Points that are taken away are added.
export * from '../right/plain.js'

export const addPoints = (player, points) => [['ZINCRBY', 'leaderboard', Math.abs(points), player]]
