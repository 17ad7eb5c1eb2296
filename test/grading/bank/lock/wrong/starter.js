// fails: one, expiry, race, owner, release, tokens, storage, waiting, schedule
// What the starter returns.

export * from '../right/plain.js'

export const acquire = async () => null
export const release = async () => false
export const write = (record) => ({ accepted: false, record })
export const acquireWithin = async () => null
