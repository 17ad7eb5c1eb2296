// slip: names
// A name with a blank becomes two words.
export * from '../right/plain.js'

export const follow = (a, b) => [`SADD user:${a}:following ${b}`, `SADD user:${b}:followers ${a}`]
