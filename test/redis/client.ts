import { type Plain, plain, stringify } from '../../src/redis/present.js'
import { toBytes } from '../../src/redis/reply.js'
import { ask, parseLine } from '../../src/redis/script.js'
import { Server } from '../../src/redis/server.js'

/** A client of a store of its own, which takes lines as a script has them and gives replies as JSON has them. */
export function connect(server = new Server()) {
  const client = server.connect()
  const say = (line: string): Plain => {
    const parsed = parseLine(toBytes(line), 1)
    if (!parsed) throw new Error(`no command: ${line}`)
    return JSON.parse(stringify(plain(ask(client, parsed.words))))
  }
  return { server, client, say }
}
