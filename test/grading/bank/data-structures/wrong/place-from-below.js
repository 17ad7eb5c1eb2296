// slip: leaderboard
// Counts how many are worse.
export * from '../right/plain.js'

export const place = (player) => [['ZRANK', 'leaderboard', player]]
