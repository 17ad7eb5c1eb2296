// fails: apart, election, fresh, majority, priority, ties, unfit, vote
// Only the state is written yet.

export * from '../right/plain.js'

export const vote = (mine) => mine
export const isLeader = () => false
export const promote = () => null
