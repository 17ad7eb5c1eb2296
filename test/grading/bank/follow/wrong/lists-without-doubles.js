// fails: cost, popular
// Lists beside the sets, out of which everybody is taken before being put in.
export * from '../right/plain.js'

export const follow = (a, b) => [
  ['LREM', 'all', 0, b],
  ['RPUSH', 'all', b],
  ['LREM', `user:${b}:order`, 0, a],
  ['RPUSH', `user:${b}:order`, a],
  ['SADD', `user:${a}:following`, b],
  ['SADD', `user:${b}:followers`, a],
]
