// slip: unfollow
// Follows instead.
export * from '../right/plain.js'

export { follow as unfollow } from '../right/plain.js'
