// A map of all slots, filled once a run, and a client that calls itself.
import { slot, together } from './plain.js'

export { slot, together }

export async function run(ranges, commands, nodes) {
  const owners = new Array(16384)
  for (const { from, to, node } of ranges) owners.fill(node, from, to + 1)
  const attempt = async (command, node, left) => {
    try {
      return await nodes.send(node, command)
    } catch (error) {
      const moved = /^MOVED (\d+) (\S+)$/.exec(error.message)
      const ask = /^ASK \d+ (\S+)$/.exec(error.message)
      if (left === 0 || !(moved || ask)) return error.message
      if (moved) {
        owners[Number(moved[1])] = moved[2]
        return attempt(command, moved[2], left - 1)
      }
      await nodes.send(ask[1], ['ASKING'])
      return attempt(command, ask[1], left - 1)
    }
  }
  const replies = []
  for (const command of commands) replies.push(await attempt(command, owners[slot(command[1])], 5))
  return replies
}
