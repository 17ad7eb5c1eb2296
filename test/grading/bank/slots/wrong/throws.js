// fails: errors
// An error ends the whole run.
import { run as right } from '../right/plain.js'

export * from '../right/plain.js'

export async function run(slots, commands, nodes) {
  const replies = await right(slots, commands, nodes)
  const error = replies.find((reply) => typeof reply === 'string' && reply.startsWith('ERR'))
  if (error) throw new Error(error)
  return replies
}
