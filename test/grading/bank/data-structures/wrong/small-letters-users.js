// slip: recent, likes
import * as plain from '../right/plain.js'

export * from '../right/plain.js'

export const view = (first, ...more) => plain.view(first.toLowerCase(), ...more)
export const recent = (first, ...more) => plain.recent(first.toLowerCase(), ...more)
export const like = (first, ...more) => plain.like(first.toLowerCase(), ...more)
export const likes = (first, ...more) => plain.likes(first.toLowerCase(), ...more)
export const hasLiked = (first, ...more) => plain.hasLiked(first.toLowerCase(), ...more)
