// slip: recent, recent-cost
// A set has no order.
export * from '../right/plain.js'

export const view = (user, product) => [['SADD', `user:${user}:recent`, product]]
export const recent = (user) => [['SMEMBERS', `user:${user}:recent`]]
