// fails: errors
// An error is no reply.
import { run as right } from '../right/plain.js'

export * from '../right/plain.js'

export const run = async (...given) =>
  (await right(...given)).map((reply) => (String(reply).startsWith('ERR') ? null : reply))
