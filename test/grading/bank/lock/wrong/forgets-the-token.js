// slip: storage
// Keeps the token, and not the new value.

export * from '../right/plain.js'

export const write = (record, token, value) =>
  record && token < record.token
    ? { accepted: false, record }
    : { accepted: true, record: { value, ...record, token } }
