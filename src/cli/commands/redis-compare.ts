import { InputError } from '../../input-error.js'
import type { Progress } from '../../keys/index.js'
import { divide } from '../../parallel/division.js'
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
import { refuseDivision, sharesOptions } from '../options/division.js'
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
  ...sharesOptions,
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
    if (file !== undefined) refuseDivision(flags, 'a script is one')
    const script = file === undefined ? undefined : await commandsOf(file)
    await show(flags.format, 'comparing', async (progress) => {
      const found = script ? await compareScript(flags, script) : await random(flags, progress)
      if (found.difference) fail()
      return comparison(found, flags)
    })
  },
})

/** Does something with the server, whose database is empty before and afterwards. */
async function withPeer<T>(
  { url, database, flush }: Flags,
  act: (remote: RedisPeer) => Promise<T>,
): Promise<T> {
  const remote = await RedisPeer.connect(url, surface().env, { database, flush: flush ?? false })
  try {
    const result = await act(remote)
    await remote.answer([])
    return result
  } finally {
    remote.close()
  }
}

/** Random commands are compared in sequences of this length, each on an empty database. */
const SEQUENCE = 2000

interface Comparison {
  readonly difference: Difference | undefined
  readonly commands: number
}

async function commandsOf(file: string): Promise<(readonly string[])[]> {
  const commands: (readonly string[])[] = []
  for await (const { words, client, number } of await scriptLines(file)) {
    if (client > 1) throw new InputError(`line ${number}: only scripts of one client can be compared`)
    commands.push(words)
  }
  return commands
}

async function compareScript(flags: Flags, commands: readonly (readonly string[])[]): Promise<Comparison> {
  const difference = await withPeer(flags, (remote) => compare(remote, commands))
  return { difference, commands: commands.length }
}

/** A sequence of the random commands. */
interface Sequence {
  readonly from: number
  readonly count: number
}

/** What a sequence shows; null for one that comes after a difference, and isn't sent. */
type Outcome = { readonly difference?: Difference } | null

async function random(flags: Flags, progress: Progress): Promise<Comparison> {
  const { commands: all } = flags
  const inputs = Array.from({ length: Math.ceil(all / SEQUENCE) }, (_, i): Sequence => {
    const from = i * SEQUENCE
    return { from, count: Math.min(SEQUENCE, all - from) }
  })
  const sequences = await divide<Sequence, Outcome>({
    name: 'sequences',
    inputs,
    cost: ({ count }) => count,
    progress,
    run: (some, done) => withPeer(flags, (remote) => compareAll(remote, flags, some, done)),
  })
  const first = sequences.find(({ result }) => result?.difference)
  const difference = first?.result?.difference
  return difference
    ? { difference, commands: first.input.from + difference.commands.length }
    : { difference: undefined, commands: sequences.reduce((sum, { input }) => sum + input.count, 0) }
}

/** Compares sequences until one shows a difference. All commands are drawn, as each depends on those before it. */
async function compareAll(
  remote: RedisPeer,
  { seed, database }: Flags,
  sequences: readonly Sequence[],
  done: (place: number, outcome: Outcome) => void,
): Promise<void> {
  const drawn = new RandomCommands(seed, String(database))
  let at = 0
  let isFound = false
  for (const [place, { from, count }] of sequences.entries()) {
    if (!isFound) for (; at < from; at++) drawn.next()
    const commands: string[][] = isFound ? [] : Array.from({ length: count }, () => drawn.next())
    at += commands.length
    const difference: Difference | undefined = isFound ? undefined : await compare(remote, commands)
    done(place, isFound ? null : { ...(difference && { difference }) })
    isFound ||= difference !== undefined
  }
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
