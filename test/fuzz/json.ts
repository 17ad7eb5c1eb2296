import type { Random } from '../../src/random/random.js'
import { pick } from './command-lines/values.js'

const DEPTH = 20_000

/** Values that nothing expects, as JSON. */
export const jsonValues: readonly string[] = [
  ...[
    'null',
    '[]',
    '{}',
    '-1',
    '0',
    '1e999',
    '-1e999',
    '1e308',
    '9007199254740993',
    '5e-324',
    'true',
    '""',
    '" "',
  ],
  ...[
    '"__proto__"',
    '"constructor"',
    '{"__proto__":1}',
    '{"constructor":{"name":"Failure"}}',
    '{"length":1e9}',
  ],
  ...[
    '{"toString":null}',
    '{"toString":1,"valueOf":1}',
    '{"toJSON":1}',
    '{"then":1}',
    '[null]',
    '[[]]',
    '[[[]]]',
  ],
  ...[
    '"a\\u001b[2J"',
    '"\\u0000"',
    '"\\u009b2J"',
    '"a\\nb\\r\\n::error::x"',
    '"\\u202ea\\u2066"',
    '"\\ud800"',
    '"\\u2028"',
  ],
  ...[
    '"<b>](x)|`"',
    '"=cmd()"',
    '"##[error]x"',
    '"]]>&#0;"',
    '"#\\\\"',
    '"NaN"',
    '"undefined"',
    '"[object Object]"',
  ],
  ...[
    '[["PING"]]',
    '["GET a"]',
    '[["SET","a",1e21]]',
    '["\\"unclosed"]',
    '["EVAL \\"while 1 do end\\" 0"]',
    '["MULTI"]',
  ],
]

/** As the values above, and longer ones, which no line of a report may carry on. */
export const longJsonValues: readonly string[] = [
  '['.repeat(DEPTH) + ']'.repeat(DEPTH),
  '{"a":'.repeat(DEPTH) + 1 + '}'.repeat(DEPTH),
  `"${'x'.repeat(300_000)}"`,
  `[${'1,'.repeat(100_000)}1]`,
  `[${'["GET","a"],'.repeat(10_000)}1]`,
  `{${Array.from({ length: 10_000 }, (_, i) => `"${i}":1`).join()}}`,
  '1'.repeat(400),
]

/** JSON with another value in the place of one. */
export function otherJson(random: Random, bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes).toString()
  const values = [...text.matchAll(/"[^"]*"(?!:)|\d+|\[[^\]]*\]|\{[^{}]*\}/g)]
  if (values.length === 0) return Buffer.from(bytes)
  const { 0: old, index } = pick(random, values)
  return Buffer.from(text.slice(0, index) + pick(random, jsonValues) + text.slice(index + old.length))
}
