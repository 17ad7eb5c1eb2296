// slip: schedule, storage
// Says that it refuses, and stores it.

export * from '../right/plain.js'

export const write = (record, token, value) => ({
  accepted: record === null || token >= record.token,
  record: { token, value },
})
