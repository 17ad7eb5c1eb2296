import type { Random } from '../../../src/random/random.js'
import { placeNames } from '../place.js'

export const pick = <T>(random: Random, list: readonly T[]): T => list[random.below(list.length)]
export const chance = (random: Random, probability: number): boolean => random.next() < probability

/** Values that no option expects, or hardly any. */
const ABSURD = [
  ...['0', '-1', '1.5', '-0', '007', '+1', '1e3', '1e9', '1e999', '0x10', '١', '1_000', '1,000', ' 1', '1 '],
  ...['9007199254740993', '100000000000000000000', '0.0000001', '0.999999999', '99.99%', '100%', '0%', '-5%'],
  ...[
    'NaN',
    'Infinity',
    '-Infinity',
    'undefined',
    'null',
    'true',
    '[object Object]',
    '',
    ' ',
    '\t',
    '\n',
    'a\nb',
  ],
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype', 'valueOf', 'all', 'auto'],
  ...['\u0000', '\u0007', '\u001b[31mred\u001b[0m', '\u001b]0;title\u0007', '\u009b2J', '\r', '\u007f'],
  ...[
    '\u202eevil',
    '\u2066a\u2069',
    '\u200b',
    '\ufeff',
    '\u00ad',
    'e\u0301\u0301\u0301',
    '\ud800',
    'a\udc00',
  ],
  ...['漢字', '👩‍👩‍👧', '🇩🇪', 'ﷺ', 'ÿ', 'İ', 'ß'],
  ...[
    ',',
    ',,',
    'a,a',
    'a,,b',
    '=',
    'a=',
    '=1',
    'a=b=c',
    '@',
    'node-A@1s',
    'node-A@',
    '|',
    ':',
    '/',
    '80/20',
    '0/0',
  ],
  ...['1ms', '0ms', '1us', '1h', '-1s', '10GB', '0B', '1B', '1KB,1MB', '10x', '0x', '1:2:3'],
  ...[
    '-',
    '--',
    '---',
    '-x',
    '--x',
    '-h',
    '--help',
    '--version',
    '--no-',
    '--=',
    '--format',
    '$HOME',
    '*',
    '%s',
  ],
  ...['::error::x', '##[error]x', '=cmd()', '<script>', '](x)', '|a|b|', '"', "'", '\\', '`'],
  'x'.repeat(300),
  '漢'.repeat(200),
  'word '.repeat(60),
  '1,'.repeat(500),
  '9'.repeat(400),
]

const PATHS = [
  ...placeNames,
  ...[
    'missing.txt',
    'missing/file',
    'folder/',
    './keys.txt',
    'keys.txt/',
    '../held/keys.txt',
    '~',
    '.',
    '..',
  ],
  ...[
    '/dev/null',
    '/dev/full',
    '/dev/stdin',
    '/proc/self/mem',
    '/proc/version',
    '/proc',
    '/proc/nothing',
    '/',
  ],
]

/** A value of which nothing is to be expected. Numbers are seldom large: what is accepted takes its time. */
export function absurd(random: Random): string {
  if (chance(random, 0.15)) return pick(random, PATHS)
  return pick(random, ABSURD)
}

/** A value of the kind of an example. */
export function valid(random: Random, samples: readonly string[]): string {
  const sample = pick(random, samples)
  if (chance(random, 0.03)) return sample
  // What took a minute would take it from thousands of other cases.
  const small = sample.replace(/\d{3,}/g, (digits) => digits.slice(0, 1 + random.below(2)))
  return chance(random, 0.3) ? small.replace(/\d+/g, () => String(random.below(12))) : small
}

const TRACES = [
  '1 2 3\n4 5 6\n',
  '"2024-01-01T00:00:00Z",GET,key\n',
  '128166372003061629,usr,0,Read,7014609920,24576,41286\n',
  '{"key":"a","size":10}\n{"key":"b"}\n',
  '*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n',
  '<html><body>404</body></html>\n',
  'key\tcount\na\t1\n',
]

/** Standard input. */
export function input(random: Random): string | Uint8Array {
  const kinds = [
    () => '',
    () => 'a\nb\na\nc\n',
    () => 'GET a\nSET a 1\nINCR a\nLRANGE a 0 -1\nNOTHING\nEVAL "return 1" 0\n',
    () => pick(random, TRACES),
    () => pick(random, TRACES).repeat(20),
    () => Uint8Array.from({ length: random.below(200) }, () => random.below(256)),
    () => Uint8Array.of(0x1f, 0x8b, 8, 0, random.below(256)),
    () => '\ufeffa\r\nb\r\n',
    () => '\n\n \n',
    () => 'x'.repeat(200_000),
    () => Array.from({ length: 5 }, () => pick(random, ABSURD)).join('\n'),
    () => 'q\n1\n2\nyes\nhint\n\n',
  ]
  return pick(random, kinds)()
}
