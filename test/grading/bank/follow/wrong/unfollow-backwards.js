// slip: unfollow
// The other one unfollows.
import { unfollow as right } from '../right/plain.js'

export * from '../right/plain.js'

export const unfollow = (a, b) => right(b, a)
