import { readFileSync } from 'node:fs'
import type { Random } from '../../../src/random/random.js'
import { crc64 } from '../../../src/redis/dump/checksum.js'
import { TYPES } from '../../../src/redis/dump/types.js'
import { pick } from './values.js'

const recorded = readFileSync(new URL('../../fixtures/record/redis-replies.txt', import.meta.url), 'utf8')

/** A score that isn't a number, which the real server's ZSCAN shows as it is. */
const NO_SCORE = '1.\xb7'

/** What the recorded RESTOREs restore. */
const dumps = [...recorded.matchAll(/^RESTORE \S+ 0 "(.*)"/gm)]
  .map(([, text]) =>
    text.replace(/\\(x([0-9a-f]{2})|.)/gi, (_, one: string, hex?: string) =>
      hex ? String.fromCharCode(Number.parseInt(hex, 16)) : ({ n: '\n', r: '\r', t: '\t' }[one] ?? one),
    ),
  )
  .filter((dump) => !dump.includes(NO_SCORE))
/** Types whose items are in order. */
const IN_ORDER: readonly number[] = [TYPES.intset, TYPES.zippedSortedSet, TYPES.packedSortedSet]
/** The version and the checksum at the end. */
const TAIL = 10

/** A dump, often damaged, with or without the checksum that it then has. */
export function dumpOf(random: Random): string {
  const dump = Buffer.from(pick(dumps, random), 'latin1')
  // In the wrong order the real server keeps sorted sets as they are, and refuses integers only if it sanitizes.
  const draw = IN_ORDER.includes(dump[0]) ? 0 : random.below(5)
  if (draw < 2) return dump.toString('latin1')
  if (draw === 2) dump[random.below(dump.length)] ^= 1 << random.below(8)
  if (draw === 2) return dump.toString('latin1')
  let body = Buffer.from(dump.subarray(0, Math.max(dump.length - TAIL, 1)))
  if (draw === 3) body[random.below(body.length)] = random.below(256)
  else {
    const at = random.below(body.length)
    const inserted = Buffer.alloc(random.below(3), random.below(256))
    body = Buffer.concat([body.subarray(0, at), inserted, body.subarray(at + random.below(3))])
  }
  const versioned = Buffer.concat([body, Buffer.from([random.below(20) === 0 ? 11 : 10, 0])])
  return Buffer.concat([versioned, crc64(versioned)]).toString('latin1')
}
