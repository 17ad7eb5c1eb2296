import { InputError } from '../../input-error.js'
import { breathe } from '../../parallel/breathe.js'
import { plain, raw, stringify } from '../../redis/present.js'
import { RedisError, toText } from '../../redis/reply.js'
import { type LineResult, RedisSession } from '../../redis/script.js'
import { Server } from '../../redis/server.js'
import { printable } from '../../report/text.js'
import { fileText, labelOf } from '../input.js'
import { choice } from '../options/arguments.js'
import { command, flag, option, word } from '../options/declare.js'
import { saltOption } from '../options/ring.js'
import { write, writeData, writeProse } from '../output/terminal.js'
import { scriptLines } from '../shells/redis-script.js'
import { Transcript } from '../shells/redis-transcript.js'
import { repliesJson } from '../shells/replies-json.js'
import { fail } from '../surface.js'

const formats = ['text', 'raw', 'json'] as const
type Format = (typeof formats)[number]

export const { configure, examples, accepts } = command({
  description:
    'Reads a whole script of Redis commands, runs it on an empty store and prints what Redis 7 would answer. # begins a comment line, and client:2> sends a command from a second client. Time passes only with DEBUG SLEEP and while all clients wait.',
  operand: word('<file>', 'a script with a command a line; - is standard input'),
  options: {
    seed: saltOption('seed of random choices (SPOP, eviction)'),
    format: option('<name>', 'how to print replies', choice(formats), 'text'),
    expect: option('<file>', 'compare with the output of an earlier run'),
    stopOnError: flag('end at the first error, with exit code 1'),
  },
  examples: [
    [
      "printf 'SET a 1 EX 60\\nTTL a\\nLPUSH a x\\n' | cachelab redis run -",
      'a string, and a command of another type',
    ],
    ["printf 'client:2> BLPOP q 0\\nclient:1> RPUSH q job\\n' | cachelab redis run -", 'a worker that waits'],
    ["printf 'ZADD z 1 ann 2 bob\\nZRANGE z 0 -1\\n' | cachelab redis run - --format json", 'for a program'],
  ],
  async run(flags, path) {
    const expected = flags.expect === undefined ? undefined : await fileText(flags.expect)
    const isJson = expected !== undefined && /^\s*\{\s*"schema"/.test(expected)
    const printer = printers[isJson ? 'json' : flags.format]()
    let printed = ''
    const print = (text: string) => {
      if (expected === undefined) (flags.format === 'json' ? writeData : write)(text)
      else printed += text
    }
    const session = new RedisSession(new Server({ seed: flags.seed ?? 1 }), (outcome) =>
      print(printer.complete(outcome)),
    )
    let hasFailed = false
    for await (const line of await scriptLines(path)) {
      await breathe()
      const outcome = session.run(line)
      if (outcome.replies.length === 0 && !outcome.silence) print(printer.waits(outcome))
      hasFailed = flags.stopOnError === true && outcome.replies.some((reply) => reply instanceof RedisError)
      if (hasFailed) break
    }
    session.finish()
    const end = printer.end(session.outcomes)
    for (const text of typeof end === 'string' ? [end] : end) print(text)
    if (hasFailed) fail()
    if (expected !== undefined && flags.expect !== undefined) {
      const label = labelOf(flags.expect)
      if (isJson) judge(jsonItems(expected, label), jsonItems(printed, label), label, 'Reply')
      else judge(textLines(expected), textLines(printed), label, 'Line')
    }
  },
})

interface Printer {
  /** A command with its replies, or a message. */
  complete(outcome: LineResult): string
  /** A command that waits for its reply. */
  waits(outcome: LineResult): string
  end(outcomes: readonly LineResult[]): string | Iterable<string>
}

const nothing = () => ''

/** Replies alone, as redis-cli writes them into a pipe. */
const rawPrinter = (): Printer => ({
  complete: ({ replies }) => toText(replies.map((reply) => `${raw(reply)}\n`).join('')),
  waits: nothing,
  end: nothing,
})

const jsonPrinter = (): Printer => ({
  complete: nothing,
  waits: nothing,
  end: (outcomes) => repliesJson('redis run', jsonItemsOf(outcomes)),
})

function* jsonItemsOf(outcomes: readonly LineResult[]): Generator<string> {
  const hasClients = outcomes.some(({ client }) => client > 1)
  for (const { client, line, replies, silence } of outcomes) {
    const reply = replies.length === 1 ? plain(replies[0]) : replies.length === 0 ? null : replies.map(plain)
    const item = {
      ...(hasClients ? { client } : {}),
      ...(line ? { command: toText(line.text) } : silence ? {} : { message: true }),
      reply,
      ...(silence ? { [silence]: true } : replies.length === 0 ? { answered: false } : {}),
    }
    yield stringify(item)
  }
}

const printers: Readonly<Record<Format, () => Printer>> = {
  text: () => new Transcript(),
  raw: rawPrinter,
  json: jsonPrinter,
}

const textLines = (text: string) => text.replaceAll('\r\n', '\n').trimEnd().split('\n')

/** The replies of JSON, each without insignificant whitespace. */
function jsonItems(text: string, label: string): string[] {
  try {
    return (JSON.parse(text) as { replies: unknown[] }).replies.map((item) => JSON.stringify(item))
  } catch (error) {
    throw new InputError(`${label} is not JSON: ${(error as Error).message}`)
  }
}

/** Writes where the output first differs from the expected one. */
function judge(wanted: readonly string[], got: readonly string[], label: string, what: string): void {
  const differs = (i: number) => wanted[i] !== got[i]
  const at = Array.from({ length: Math.max(wanted.length, got.length) }, (_, i) => i).find(differs)
  if (at === undefined) {
    writeProse(`Same as ${label}: ${got.length} ${what === 'Line' ? 'lines' : 'replies'}.\n`)
    return
  }
  const end = '(nothing more)'
  const [expected, found] = [wanted, got].map((lines) => printable(lines[at] ?? end))
  writeProse(`${what} ${at + 1} differs from ${label}:\n`)
  write(`  expected  ${expected}\n  got       ${found}\n`)
  fail()
}
