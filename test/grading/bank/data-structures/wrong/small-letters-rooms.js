// slip: chat
import * as plain from '../right/plain.js'

export * from '../right/plain.js'

export const send = (first, ...more) => plain.send(first.toLowerCase(), ...more)
export const receive = (first, ...more) => plain.receive(first.toLowerCase(), ...more)
