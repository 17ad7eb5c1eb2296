// slip: storage, schedule
// Accepts only the next token.

export * from '../right/plain.js'

export const write = (record, token, value) =>
  record && token !== record.token + 1 && token !== record.token
    ? { accepted: false, record }
    : { accepted: true, record: { token, value } }
