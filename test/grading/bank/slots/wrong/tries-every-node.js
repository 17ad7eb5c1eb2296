// fails: ask, ask-once, chain, errors, moved, remembered
// Asks one node after the other.
import { nodeOf, slot } from '../right/plain.js'

export * from '../right/plain.js'

export async function run(slots, commands, nodes) {
  const replies = []
  for (const command of commands) {
    const all = new Set([nodeOf(slots, slot(command[1])), ...slots.map(({ node }) => node)])
    let reply
    for (const node of all) {
      try {
        reply = await nodes.send(node, command)
        break
      } catch (error) {
        reply = error.message
      }
    }
    replies.push(reply)
  }
  return replies
}
