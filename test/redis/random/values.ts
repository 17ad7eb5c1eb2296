import type { Random } from '../../../src/random/random.js'

/** One of a list. */
export const pick = <T>(list: readonly T[], random: Random): T => list[random.below(list.length)]

const words = (text: string) => text.split(' ')

/** The keys of all commands. Each family has some of its own, which others use now and then. */
export const keysOf: Readonly<Record<string, readonly string[]>> = {
  string: ['s1', 's2', '7'],
  bitmap: ['s2', 'b1'],
  hash: ['h1', 'h2', 'w_1'],
  list: ['l1', 'l2', 'l3'],
  set: ['t1', 't2', 't3'],
  'sorted-set': ['z1', 'z2', 'z3'],
  hyperloglog: ['p1', 'p2'],
  stream: ['x1', 'x2'],
  other: ['', 'w_a', 'w_b', 'w_3', '\0\xff', 'none'],
}
const allKeys = Object.values(keysOf).flat()

const WHOLE = [
  ...words('0 1 -1 2 -2 3 -3 4 5 7 -7 10 -100 100 2147483647 2147483648 -2147483648 4294967295 4294967296'),
  ...words(
    '9007199254740993 9223372036854775807 -9223372036854775808 -9223372036854775807 9223372036854775808',
  ),
  ...words('4611686018427387904 -4611686018427387905 18446744073709551615 18446744073709551616'),
]
const NO_WHOLE = [...words('abc 01 +1 -0 1.0 1e3 0x10 --1 -'), ...['', ' 1', '1 ', '1\0', '\xb2']]
const FLOATS = [
  ...words('0 -0 1 1.5 -1.5 0.1 3.3 1e17 -1e17 1e-5 123456789012345680 2.5e-10 -2245679775933582.2 1e308'),
  ...words(
    '1.7976931348623157e308 4.9e-324 1e21 100000000000000000000 inf -inf +inf INFINITY -Infinity 1e400',
  ),
  ...words(
    '-1e400 1e-400 1e4932 1e-4960 nan NaN -nan nan(1) infinit 0x1p3 0X10 -0x.8 0x 1e e1 .5 5. . +5 05',
  ),
  ...words('1_000 0.1e1 1e+2 1.5.5 3.0e0003 17179869184 0x1p-1074'),
  ...[' 1', '1 ', '', '1\0'],
]
/** Texts short and long, with bytes of every kind. */
export const texts: readonly string[] = [
  ...words('a b c A aa 1 2 10 -5 1.5 07 3 9223372036854775807 0.1'),
  ...[
    '',
    'hello world',
    '\0',
    '\xff\x80',
    'a\0b',
    '\r\n',
    'x'.repeat(30),
    'y'.repeat(44),
    'z'.repeat(45),
    'w'.repeat(65),
  ],
]
const PATTERNS = [
  ...words('* ? a* [ab] [^a]* [a-z]? [z-a]* [ [] [a ** *1 ?1 h[12 *[^b-c] s? [^ *?*? [a-]*'),
  ...['\\a', 'a\\', '', '[\\]]', '*\0*'],
]
const SORT_PATTERNS = [...words('w_* none_* const # h1->* h*->a w_*->a * h1-> *->* l* ##'), ...['']]
const ENCODINGS = [...words('u8 i8 u1 i64 u63 i5 u64 i65 u0 U8 x8 i i08 u-1 i1'), ...['']]
/** Offsets that don't make a string long. */
const OFFSETS = [...words('0 1 7 8 9 15 100 333 -1 4294967296 9223372036854775807 1e2 a'), ...['']]
const LEX = [...words('- + [a (a [b (c [ ( [zz a -- +x'), ...['', '[\xff']]
const bounds = (random: Random) => `${random.below(4) === 0 ? '(' : ''}${pick(FLOATS, random)}`

const whole = (random: Random): string => {
  if (random.below(3) > 0) return String(random.below(14) - 5)
  return random.below(3) === 0 ? pick(NO_WHOLE, random) : pick(WHOLE, random)
}
/** Counts that may be drawn with repetition: a large negative one would be that many items. */
const drawn = (random: Random): string => {
  const text = whole(random)
  return /^-\d{3,}$/.test(text) ? pick(['-9223372036854775808', '-12', '9223372036854775807'], random) : text
}
const float = (random: Random): string => {
  const draw = random.below(6)
  if (draw < 2) return String(random.below(20) - 6)
  if (draw === 2) return String((random.next() - 0.3) * 10 ** (random.below(40) - 18))
  return pick(FLOATS, random)
}
const FREQUENT = words('a b c A 1 2 10 -5')
const text = (random: Random) => {
  if (random.below(2) === 0) return pick(FREQUENT, random)
  return random.below(4) === 0 ? float(random) : pick(texts, random)
}
const offset = (random: Random) => (random.below(2) === 0 ? String(random.below(300)) : pick(OFFSETS, random))
/** Times that neither pass during a run nor are equal by chance, and some of the past. */
function duration(random: Random): string {
  const draw = random.below(12)
  if (draw === 0) return pick(NO_WHOLE, random)
  if (draw === 1)
    return pick(
      WHOLE.filter((one) => one.length > 10 || one.startsWith('-')),
      random,
    )
  return String(100_000_000 + random.below(2 ** 31) * 100)
}
const isoTime = (random: Random) =>
  random.below(6) === 0
    ? pick(['0', '1', '-1', '1000', ...NO_WHOLE], random)
    : String(9e12 + random.below(2 ** 31))

/** IDs without the server's time, which differs. */
const ids = (random: Random) => {
  if (random.below(6) === 0) return pick(IDS, random)
  return `${random.below(60)}${pick(['', '', '-1', '-2', '-*', '-0'], random)}`
}
const IDS = [
  ...words('0 0-0 0-1 1--1 - + $ > (1 1-a -5 01-02 +7 5-18446744073709551615 18446744073709551615'),
  ...['', '1-\0'],
]
const idEnd = (random: Random) =>
  random.below(3) === 0 ? pick(['-', '+'], random) : `${pick(['', '', '('], random)}${ids(random)}`

type Draw = (random: Random) => string
const from =
  (list: readonly string[]): Draw =>
  (random) =>
    pick(list, random)

/** What a name in a usage stands for. */
const draws: Readonly<Record<string, Draw>> = {
  count: whole,
  'num-matches': whole,
  rank: whole,
  len: whole,
  limit: whole,
  index: whole,
  offset,
  increment: (random) => (random.below(2) === 0 ? whole(random) : float(random)),
  decrement: whole,
  score: float,
  weight: float,
  seconds: duration,
  milliseconds: duration,
  ttl: (random) => (random.below(2) === 0 ? '0' : duration(random)),
  frequency: whole,
  'unix-time-seconds': isoTime,
  'unix-time-milliseconds': isoTime,
  cursor: from([
    '0',
    '0',
    '0',
    '0',
    '0',
    '-1',
    '',
    'a',
    ' 0',
    '00',
    '+0',
    '18446744073709551615',
    '18446744073709551616',
  ]),
  pattern: from(PATTERNS),
  encoding: from(ENCODINGS),
  operation: from(['AND', 'or', 'XOR', 'NOT', 'nor', '']),
  bit: from(['0', '1', '1', '0', '2', '-1', '', 'a', '01']),
  timeout: from(['0', '0.01', '-1', 'a', '', 'nan', '1e400', '0x1', '0.0001']),
  db: from(['0', '1', '2', '-1', '16', '99', 'a', '', '01', '9223372036854775807']),
  type: from(['string', 'list', 'SET', 'zset', 'hash', 'stream', 'none', '']),
  '=': from(['=']),
  '~': from(['~']),
  '*': ids,
  id: ids,
  'last-id': ids,
  threshold: (random) => (random.below(2) === 0 ? ids(random) : whole(random)),
  'client-id': from(['0', '-1', 'a', '999999999', '', '9223372036854775808']),
  'connection-name': from(['a', 'lib', 'with space', '', 'a\n']),
  message: text,
  protover: from(['2', '3', '3', '2', '4', '1', 'a', '']),
  username: from(['default', 'default', 'nobody', '']),
  password: from(['', 'a']),
  clientname: from(['a', 'with space', '']),
  prefix: from(['', 's', 'h', 'h1', 'x', 't']),
  command: from([
    'get',
    'SET',
    'mget',
    'zunionstore',
    'eval',
    'nosuch',
    'xread',
    'sort',
    'config|get',
    'ping',
    '',
  ]),
  'command-name': from(['get', 'SET', 'nosuch', 'config|get', 'zadd', 'config', '']),
  category: from(['string', 'read', 'nosuch', 'scripting', '']),
  'module-name': from(['a', '']),
  event: from(['command', 'fork', 'a', '']),
  numreplicas: from(['0', '0', '1', '-1', 'a']),
  slot: from(['0', '16383', '16384', '-1', 'a', '']),
  shardchannel: from(['c1', 'c2', '', 'c\0']),
  channel: from(['c1', 'c2', '', 'c\0']),
}
for (const name of ['destination-db', 'index1', 'index2']) (draws as Record<string, Draw>)[name] = draws.db

/**
 * Sorted sets for ranges of names: those of few short members. In the skip list of others, whose scores differ, the real
 * server finds the ends of such a range by chance.
 */
const PACKED = ['z8', 'z9']

const KEYS = /^(key\d?|source|destination|destkey|sourcekey|newkey|dst|src)$/

/** Ends of ranges between which there often is something: of ranks, of scores, of names. */
const WIDE = {
  first: { rank: words('0 0 1 -3 -100'), score: words('-inf -inf (-5 0'), name: words('- - [a (1') },
  last: { rank: words('-1 -1 2 10 100'), score: words('+inf inf 10 (7'), name: words('+ + [c (zz') },
}

/** An end of a range, by the options of the command. */
function endOf(name: string, command: string, options: readonly string[], random: Random): string {
  const isScore = /score$|zcount/.test(command) || options.includes('BYSCORE')
  const kind = isScore ? 'score' : /lex/.test(command) || options.includes('BYLEX') ? 'name' : 'rank'
  const isReversed = kind !== 'rank' && options.includes('REV')
  const isFirst = ['min', 'start'].includes(name) !== isReversed
  if (random.below(2) === 0) return pick(WIDE[isFirst ? 'first' : 'last'][kind], random)
  return kind === 'score' ? bounds(random) : kind === 'name' ? pick(LEX, random) : whole(random)
}

/** A value for a name in the usage of a command. */
export function valueFor(
  name: string,
  command: string,
  group: string,
  words: readonly string[],
  random: Random,
): string {
  if (command.startsWith('x') && (name === 'start' || name === 'end')) return idEnd(random)
  const isByName = /lex/.test(command) || words.some((word) => word.toUpperCase() === 'BYLEX')
  if (KEYS.test(name) && !name.startsWith('d') && (isByName || (command === 'zadd' && random.below(4) === 0)))
    return pick(PACKED, random)
  if (KEYS.test(name)) return pick(random.below(8) === 0 ? allKeys : (keysOf[group] ?? allKeys), random)
  if (name === 'pattern' && command.startsWith('sort')) return pick(SORT_PATTERNS, random)
  if (name === 'count' && command.endsWith('scan'))
    return pick(['100000', '100000', '100000', '0', '-1', 'a', ''], random)
  if (name === 'count' && /rand(member|field)$/.test(command)) return drawn(random)
  // SPOP takes all or nothing, so that both servers keep the same.
  if (name === 'count' && command === 'spop')
    return pick(['100000', '0', '-1', 'a', '9223372036854775807'], random)
  if (name === 'index' && command === 'select') return draws.db(random)
  if (name === 'value' && command === 'setbit') return draws.bit(random)
  if (name === 'value' && command === 'bitfield') return whole(random)
  if (['min', 'max', 'start', 'stop', 'end'].includes(name)) {
    return endOf(
      name,
      command,
      words.map((word) => word.toUpperCase()),
      random,
    )
  }
  return (Object.hasOwn(draws, name) ? draws[name] : text)(random)
}

/** Something that doesn't belong there. */
export const oddWord = (random: Random) =>
  pick(
    [
      whole,
      float,
      text,
      (own: Random) => pick(allKeys, own),
      from(['NX', 'WITHSCORES', 'LIMIT', 'COUNT', 'GET']),
    ],
    random,
  )(random)
