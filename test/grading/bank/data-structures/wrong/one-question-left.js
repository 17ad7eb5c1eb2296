// slip: leaderboard, leaderboard-cost
// A question is not written yet.
export * from '../right/plain.js'

export const place = () => [['PING']]
