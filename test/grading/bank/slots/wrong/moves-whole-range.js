// slip: remembered
// MOVED moves all slots of a range.
import { slot } from '../right/plain.js'

export * from '../right/plain.js'

export async function run(slots, commands, nodes) {
  const ranges = slots.map((range) => ({ ...range }))
  const replies = []
  for (const command of commands) {
    const place = slot(command[1])
    const range = ranges.find(({ from, to }) => from <= place && place <= to)
    let { node } = range
    for (let count = 0; ; count++) {
      try {
        replies.push(await nodes.send(node, command))
        break
      } catch ({ message }) {
        const [kind, , target] = message.split(' ')
        if ((kind !== 'MOVED' && kind !== 'ASK') || count === 5) {
          replies.push(message)
          break
        }
        node = target
        if (kind === 'MOVED') range.node = node
        else await nodes.send(node, ['ASKING'])
      }
    }
  }
  return replies
}
