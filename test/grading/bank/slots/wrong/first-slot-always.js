// fails: ask, ask-once, chain, direct, errors, moved, remembered
// One node for all keys.
export * from '../right/plain.js'

export async function run(slots, commands, nodes) {
  const replies = []
  for (const command of commands)
    replies.push(await nodes.send(slots[0].node, command).catch(({ message }) => message))
  return replies
}
