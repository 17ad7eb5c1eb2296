// slip: storage
// Compares tokens as texts.

export * from '../right/plain.js'

export const write = (record, token, value) =>
  record && String(token) < String(record.token)
    ? { accepted: false, record }
    : { accepted: true, record: { token, value } }
