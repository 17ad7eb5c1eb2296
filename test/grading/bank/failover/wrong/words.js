// slip: fresh, odown, sdown
// Says it in words.
import { stateOf as right } from '../right/plain.js'

export * from '../right/plain.js'

const words = { up: 'up', sdown: 'subjectively down', odown: 'objectively down' }

export const stateOf = (view) => words[right(view)]
