// slip: names
// Names are cut at the first blank.
export * from '../right/plain.js'

const first = (name) => name.split(' ')[0]

export const followers = (b) => [['SMEMBERS', `user:${first(b)}:followers`]]
