// slip: session
import * as plain from '../right/plain.js'

export * from '../right/plain.js'

export const saveSession = (first, ...more) => plain.saveSession(first.toLowerCase(), ...more)
export const changeField = (first, ...more) => plain.changeField(first.toLowerCase(), ...more)
export const readField = (first, ...more) => plain.readField(first.toLowerCase(), ...more)
