// slip: common, count
// As in the starter.
export * from '../right/plain.js'

export const common = () => [['PING']]
export const followerCount = () => [['PING']]
