// fails: followers
// The example of the text.
export * from '../right/plain.js'

export const followers = () => [
  ['DEL', 'answer'],
  ['RPUSH', 'answer', 'ann', 'cid'],
  ['LRANGE', 'answer', 0, -1],
]
