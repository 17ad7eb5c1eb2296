// slip: recent, recent-cost
// Nothing is ever cut off.
export * from '../right/plain.js'

export const view = (user, product) => [['LPUSH', `user:${user}:recent`, product]]
