// slip: session
// Only new fields are set.
export * from '../right/plain.js'

export const changeField = (id, field, value) => [['HSETNX', `session:${id}`, field, value]]
