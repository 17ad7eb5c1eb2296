import { breathe } from '../../parallel/breathe.js'
import { raw } from '../../redis/present.js'
import { toText } from '../../redis/reply.js'
import { type LineResult, RedisSession } from '../../redis/script.js'
import { Server } from '../../redis/server.js'
import { SystemTime } from '../../redis/time-source.js'
import { command } from '../options/declare.js'
import { saltOption } from '../options/ring.js'
import { write, writeData } from '../output/terminal.js'
import { scriptLines } from '../shells/redis-script.js'
import { shownReply } from '../shells/redis-transcript.js'
import { surface } from '../surface.js'

export const { configure, examples } = command({
  description:
    'A shell on an empty store that answers as Redis 7 does. Tab completes commands, "help SET" explains one, and "client:2>" before a command sends it from a second client. Nothing is kept at the end. A pipe is read as a script.',
  options: {
    seed: saltOption('seed of random choices (SPOP, eviction)'),
  },
  examples: [
    ["printf 'SET n 41\\nINCR n\\nTYPE n\\n' | cachelab redis", 'a script from a pipe: only the replies'],
    ["printf 'SADD a 1 2 3\\nSADD b 2 3 4\\nSINTER a b\\n' | cachelab redis", 'what two sets have in common'],
    ["printf 'SET s hello\\nLPUSH s x\\nINCR s\\n' | cachelab redis", 'two errors'],
  ],
  async run(flags) {
    const seed = flags.seed ?? 1
    if (surface().stdin.isTTY) {
      const { RedisShell } = await import('../shells/redis-shell.js')
      await new RedisShell(new Server({ seed, clock: new SystemTime() })).run()
      return
    }
    const isRead = surface().columns !== undefined
    const show = ({ replies }: LineResult) => {
      if (isRead) write(replies.map(shownReply).join(''))
      else writeData(toText(replies.map((reply) => `${raw(reply)}\n`).join('')))
    }
    const session = new RedisSession(new Server({ seed }), show)
    for await (const line of await scriptLines('-')) {
      await breathe()
      session.run(line)
    }
    session.finish()
  },
})
