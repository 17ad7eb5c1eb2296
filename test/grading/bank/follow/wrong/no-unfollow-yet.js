// slip: unfollow
// As in the starter.
export * from '../right/plain.js'

export const unfollow = () => ['PING']
