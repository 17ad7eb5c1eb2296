import { toBytes } from '../../redis/reply.js'
import { parseLine, RedisSession } from '../../redis/script.js'
import { Server } from '../../redis/server.js'
import { demoNames, demos } from '../../redis-guide/demos/index.js'
import { renderListing } from '../../report/listing.js'
import { wrap } from '../../report/wrap.js'
import { choice } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { outputPaint, outputWidth, withCommand, write, writeProse } from '../output/terminal.js'
import { Transcript } from '../shells/redis-transcript.js'

export const { configure, examples } = command({
  description:
    'Runs a use case of the lesson command by command, and shows the race condition that atomic commands prevent.',
  operand: option('[name]', 'which use case; without one, they are listed', choice(demoNames)),
  called: 'the demo',
  examples: [
    ['cachelab redis demo lock', 'two clients that both believe they hold it'],
    ['cachelab redis demo queue', 'workers that wait'],
    ['cachelab redis demo rate-limit', 'three requests a minute'],
  ],
  async run(_, name) {
    if (name === undefined) {
      write(list())
      return
    }
    const { dim, bold } = await outputPaint()
    const transcript = new Transcript(demos[name].includes('client:'))
    const session = new RedisSession(new Server(), (outcome) => writeProse(transcript.complete(outcome)))
    writeProse(`${bold(`Redis: ${name}`)}\n`)
    for (const [i, text] of demos[name].trimEnd().split('\n').entries()) {
      if (text.startsWith('#')) {
        write(`\n${wrap(text.slice(2), outputWidth()).map(dim).join('\n')}\n`)
        continue
      }
      const outcome = session.run(parseLine(toBytes(text), i + 1)!)
      if (outcome.replies.length === 0 && !outcome.silence) writeProse(transcript.waits(outcome))
    }
    write(`\n${dim(withCommand('To try it yourself:', 'cachelab redis'))}\n`)
  },
})

function list(): string {
  const rows = demoNames.map((name) => [name, demos[name].slice(2).split('\n')[0]] as const)
  return `${renderListing(rows, outputWidth())}\n`
}
