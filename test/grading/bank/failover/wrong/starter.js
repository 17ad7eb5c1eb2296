// fails: apart, election, fresh, majority, odown, priority, sdown, ties, unfit, vote
// What the starter returns.

export * from '../right/plain.js'

export const stateOf = () => 'up'
export const vote = (mine) => mine
export const isLeader = () => false
export const promote = () => null
