// slip: following
// Forgotten after a day.
import * as plain from '../right/plain.js'

export * from '../right/plain.js'

export const follow = (a, b) => {
  const [[, key]] = plain.following(a)
  return [...plain.follow(a, b), ['EXPIRE', key, 5]]
}
