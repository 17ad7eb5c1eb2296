// slip: schedule, storage
// A holder may write once only.

export * from '../right/plain.js'

export const write = (record, token, value) =>
  record && token <= record.token ? { accepted: false, record } : { accepted: true, record: { token, value } }
