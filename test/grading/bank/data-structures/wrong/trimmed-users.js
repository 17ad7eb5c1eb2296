// slip: together
import * as plain from '../right/plain.js'

export * from '../right/plain.js'

export const view = (first, ...more) => plain.view(first.trim(), ...more)
export const recent = (first, ...more) => plain.recent(first.trim(), ...more)
export const like = (first, ...more) => plain.like(first.trim(), ...more)
export const likes = (first, ...more) => plain.likes(first.trim(), ...more)
export const hasLiked = (first, ...more) => plain.hasLiked(first.trim(), ...more)
