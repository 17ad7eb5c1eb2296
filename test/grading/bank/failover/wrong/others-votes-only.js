// slip: election, fresh, majority
// Leaves out its own vote.
import { isLeader as right } from '../right/plain.js'

export * from '../right/plain.js'

export const isLeader = (view) => right({ ...view, vote: null })
