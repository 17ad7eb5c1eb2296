import { createRandom, type Random } from '../../../src/random/random.js'
import { changed } from '../bytes.js'
import { chance, pick } from '../command-lines/values.js'
import { jsonValues, longJsonValues, otherJson } from '../json.js'

/** A line that a solution writes, and what it could know. */
interface Said {
  readonly line: string
  /** The identity of the call that it belongs to. */
  readonly id: string
  readonly random: Random
  /** Lines that were written before, the last one first; ids of calls, the oldest first. */
  readonly earlier: readonly string[]
  readonly ids: readonly string[]
}

/** What is written instead; undefined where the program ends. */
type Written = Iterable<string | Uint8Array | undefined>

const value = (random: Random) => pick(random, chance(random, 0.1) ? longJsonValues : jsonValues)

/** Lines that answer nothing. */
const STRANGE = [
  ...[
    '',
    '{}',
    '[]',
    'null',
    '0',
    '{',
    '{"',
    '{NaN',
    '{"id"',
    '\u0000',
    '{"id":NaN}',
    '{"value":NaN}',
    '"id"',
  ],
  ...[
    '\u001b[2J\u001b]0;title\u0007',
    '\u009b2J',
    '\u202eevil',
    '::error::x',
    '##[error]x',
    '::stop-commands::x',
  ],
  ...[
    '{"ask":1}',
    '{"ask":1,"function":"__proto__","arguments":[]}',
    '{"ask":{},"function":"get","arguments":[1]}',
  ],
  ...[
    '{"ask":1,"function":"get","arguments":{"length":1}}',
    '{"answer":1,"value":1}',
    '{"id":"0","value":1}',
  ],
  ...[
    '{"id":["0"],"error":{"toString":null}}',
    '{"id":"__proto__","missing":{"map":1}}',
    '{"__proto__":{"value":1}}',
  ],
  ...[
    'Error: a\u001b[31mb (x.js, line 1)',
    'Failure',
    '  at x.js:1:1',
    '\ufeff{"value":1}',
    '\u2028',
    '\ud800',
  ],
]

const FIELDS = ['id', 'value', 'error', 'missing', 'ask', 'function', 'arguments', 'answer']
const MB = 1 << 20

/** Ways to say something else. */
export const kinds: Readonly<Record<string, (said: Said) => Written>> = {
  bytes: ({ line, random }) => [changed(random, Buffer.from(`${line}\n`))],
  json: ({ line, random }) => [otherJson(random, Buffer.from(line)), '\n'],
  value: ({ id, random }) => [`{"id":"${id}","value":${value(random)}}\n`],
  error: ({ id, random }) => [`{"id":"${id}","error":${value(random)}}\n`],
  missing: ({ id, random }) => [`{"id":"${id}","missing":${value(random)}}\n`],
  ask: ({ id, random }) => [
    `{"ask":${value(random)},"function":${pick(random, ['"get"', '"set"', '"__proto__"', value(random)])},"arguments":[${value(random)},${value(random)},${value(random)}]}\n`,
    chance(random, 0.5) ? `{"id":"${id}","value":${value(random)}}\n` : '',
  ],
  fields: ({ id, random }) => [
    `{${FIELDS.filter(() => chance(random, 0.5))
      .map((field) => `"${field}":${field === 'id' && chance(random, 0.6) ? `"${id}"` : value(random)}`)
      .join()}}\n`,
  ],
  twice: ({ line }) => [`${line}\n${line}\n`],
  nothing: () => [],
  again: ({ line, earlier, random }) => [`${earlier.length > 0 ? pick(random, earlier) : line}\n`],
  'other call': ({ line, id, ids, random }) => [`${line.replace(id, pick(random, ids))}\n`],
  before: ({ line, random }) => [`${pick(random, STRANGE)}\n${line}\n`],
  glued: ({ line, random }) => [`${line}${pick(random, STRANGE)}\n`],
  after: ({ line, random }) => [`${line}\n${pick(random, STRANGE)}\n`],
  'no end': ({ line }) => [line],
  packets: ({ line, random }) => {
    const bytes = Buffer.from(`${line}\n`)
    const at = random.below(bytes.length)
    return [bytes.subarray(0, at), bytes.subarray(at)]
  },
  long: ({ line, id, random }) => [
    pick(random, [`{"id":"${id}","value":"`, '', '{', `${line}\n`]) + 'x'.repeat((1 + random.below(4)) * MB),
    '\n',
  ],
  flood: ({ line, random }) => [`${pick(random, ['', '{}', 'x', line])}\n`.repeat(1 + random.below(3000))],
  ends: ({ line, random }) => [pick(random, ['', `${line}\n`, line, pick(random, STRANGE)]), undefined],
}

/** From which line on, counted over all programs of a check, what is said is changed. */
export interface Change {
  readonly from: number
  /** Whether all lines from there on are changed, or only that one. */
  readonly all: boolean
  readonly kind: string
  readonly seed: number
}

export function drawChange(random: Random): Change {
  return {
    from: chance(random, 0.5) ? random.below(4) : random.below(200),
    all: chance(random, 0.3),
    kind: pick(random, Object.keys(kinds)),
    seed: random.below(2 ** 31),
  }
}

const MAX_EARLIER = 10

/** Says what a solution says, with changes; the first that fits is taken for each line. */
export class Changes {
  private count = 0
  private readonly earlier: string[] = []
  private readonly ids: string[] = []

  constructor(private readonly changes: readonly Change[]) {}

  /** What is written instead of a line; the same line where nothing is changed. */
  of(line: string, id: string): Written {
    const at = this.count++
    if (this.ids.at(-1) !== id) this.ids.push(id)
    const change = this.changes.find(({ from, all }) => (all ? at >= from : at === from))
    const { earlier, ids } = this
    const random = change && createRandom(String(change.seed), String(at))
    const written = change
      ? [...kinds[change.kind]({ line, id, random: random!, earlier, ids })]
      : [`${line}\n`]
    earlier.unshift(line)
    earlier.length = Math.min(earlier.length, MAX_EARLIER)
    return written
  }
}
