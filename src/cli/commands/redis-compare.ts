import { InputError } from '../../input-error.js'
import { stringify } from '../../redis/present.js'
import { toText } from '../../redis/reply.js'
import { joinWords } from '../../redis/split.js'
import { compare, type Difference } from '../../redis-guide/compare/compare.js'
import { RandomCommands } from '../../redis-guide/compare/random-commands.js'
import { parseRedisAddress } from '../../remote/address.js'
import { RedisPeer } from '../../remote/redis-peer.js'
import { reportOf } from '../../report/build.js'
import { countOf } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { wholeNumber } from '../options/arguments.js'
import { command, type FlagsOf, flag, option } from '../options/declare.js'
import { formatOption, seedOption } from '../options/ring.js'
import { show } from '../output/show.js'
import { scriptLines } from '../shells/redis-script.js'
import { fail, surface } from '../surface.js'

const HERE = 'redis://127.0.0.1:6379'

const options = {
  url: option(
    '<url>',
    'the server; a password is taken from CACHELAB_PASSWORD',
    (text: string) => parseRedisAddress('--url', text),
    HERE,
  ),
  database: option('<number>', 'which database of the server to use', wholeNumber(0, 1023), 0),
  flush: flag('empty that database first'),
  commands: option('<count>', 'how many random commands', wholeNumber(1, 10_000_000), 10_000),
  seed: seedOption('seed of the random commands'),
  format: formatOption,
}

type Flags = FlagsOf<typeof options>

export const { configure, examples, accepts } = command({
  description:
    'Sends the same commands to the store and to a real Redis server, and shows where the replies differ. The server’s database must be empty; it is emptied at the end. Needs the npm package redis.',
  operand: option('[file]', 'a script for both; without one, random commands'),
  options,
  again: 'trusted',
  examples: [
    ['cachelab redis compare', '10,000 random commands on the server of this machine'],
    ['cachelab redis compare lesson.redis --url redis://127.0.0.1:6380', 'a script'],
    ['cachelab redis compare --database 9 --flush --seed 2', 'in a database that may be emptied'],
  ],
  async run(flags, file) {
    const script = file === undefined ? undefined : await commandsOf(file)
    const remote = await RedisPeer.connect(flags.url, surface().env, {
      database: flags.database,
      flush: flags.flush ?? false,
    })
    try {
      await show(flags.format, 'comparing', async (progress) => {
        const found = script ? await compareScript(remote, script) : await random(remote, flags, progress)
        await remote.answer([])
        if (found.difference) fail()
        return comparison(found, flags)
      })
    } finally {
      remote.close()
    }
  },
})

/** Random commands are compared in sequences of this length, each on an empty database. */
const SEQUENCE = 2000

interface Comparison {
  readonly difference: Difference | undefined
  readonly commands: number
}

async function commandsOf(file: string): Promise<(readonly string[])[]> {
  return (await scriptLines(file)).map(({ words, client, number }) => {
    if (client > 1) throw new InputError(`line ${number}: only scripts of one client can be compared`)
    return words
  })
}

async function compareScript(
  remote: RedisPeer,
  commands: readonly (readonly string[])[],
): Promise<Comparison> {
  return { difference: await compare(remote, commands), commands: commands.length }
}

async function random(
  remote: RedisPeer,
  { commands: count, seed, database }: Flags,
  progress: (done: number, total: number) => void,
): Promise<Comparison> {
  const drawn = new RandomCommands(seed, String(database))
  for (let done = 0; done < count; done += SEQUENCE) {
    const commands = Array.from({ length: Math.min(SEQUENCE, count - done) }, () => drawn.next())
    const difference = await compare(remote, commands)
    if (difference) return { difference, commands: done + difference.commands.length }
    progress(done, count)
  }
  return { difference: undefined, commands: count }
}

function comparison({ difference, commands }: Comparison, { url }: Flags): Report {
  return reportOf('redis compare', {
    title: `The store and ${url.text}: ${countOf(commands, 'command')}`,
    tables: {
      script: {
        title: difference ? 'The last reply of this script differs' : 'No script shows a difference',
        columns: { command: 'command' },
        rows: (difference?.commands ?? []).map((words) => ({ command: toText(joinWords(words)) })),
      },
    },
    findings: {
      same: {
        text: difference ? 'The replies to the last command differ.' : 'All replies are alike.',
        ok: difference === undefined,
      },
      ours: difference && `The store: ${stringify(difference.ours)}`,
      theirs: difference && `The server: ${stringify(difference.theirs)}`,
    },
  })
}
