import type { Random } from '../../../src/random/random.js'
import { splitWords } from '../../../src/redis/split.js'
import conversations from '../../fixtures/redis-7.0.15-conversations.json' with { type: 'json' }
import groups from '../../fixtures/redis-7.0.15-replies.json' with { type: 'json' }
import { changed, shorterBytes } from '../bytes.js'
import { chance, pick } from '../command-lines/values.js'

/** What a client sends. */
export interface Sent {
  readonly bytes: Uint8Array
  /** Where packets end, in any order; the same bytes are also sent as one packet. */
  readonly cuts: readonly number[]
}

/** Commands that real servers were asked; each group makes a state that the next of its commands uses. */
const GROUPS = [
  ...groups.map(({ steps }) => steps.map(({ command }) => command)),
  ...conversations.map(({ steps }) =>
    steps.flatMap(({ line }) => (/^\d+> /.test(line) ? [line.replace(/^\d+> /, '')] : [])),
  ),
]
const MAX_COMMANDS = 12
/** Bytes of a value that is longer than what a connection keeps as text. */
const LONG = 100_000

/** Some commands in a row, of which some bytes are wrong in most cases. */
export function generate(random: Random): Sent {
  const lines = pick(random, GROUPS)
  const first = random.below(lines.length)
  const commands = lines.slice(first, first + 1 + random.below(MAX_COMMANDS))
  if (chance(random, 0.3)) commands.unshift('HELLO 3')
  const pieces = commands.map((line) => {
    const right = chance(random, 0.2) ? Buffer.from(`${line}\r\n`, 'latin1') : asArray(random, line)
    return chance(random, 0.15) ? changed(random, right) : right
  })
  const all = Buffer.concat(pieces)
  const bytes = chance(random, 0.3) ? changed(random, all) : all
  const count = chance(random, 0.2) ? Math.min(bytes.length, 300) : random.below(6)
  return { bytes, cuts: Array.from({ length: count }, () => random.below(bytes.length + 1)) }
}

/** A command in RESP. */
function asArray(random: Random, line: string): Buffer {
  const words = (splitWords(line) ?? [line]).map((word) => Buffer.from(String(word), 'latin1'))
  if (chance(random, 0.03)) words.push(Buffer.alloc(LONG, 'x'))
  const count = chance(random, 0.02) ? 1 + random.below(2 ** 31) : words.length
  const bulks = words.flatMap((word) => [`$${word.length}\r\n`, word, '\r\n'])
  return Buffer.concat([`*${count}\r\n`, ...bulks].map((piece) => Buffer.from(piece)))
}

/** Fewer bytes; fewer packets. */
export function* simplify({ bytes, cuts }: Sent): Iterable<Sent> {
  if (cuts.length > 1) yield { bytes, cuts: [] }
  for (const shorter of shorterBytes(bytes))
    yield { bytes: shorter, cuts: cuts.filter((at) => at <= shorter.length) }
  for (const cut of cuts) yield { bytes, cuts: cuts.filter((other) => other !== cut) }
}
